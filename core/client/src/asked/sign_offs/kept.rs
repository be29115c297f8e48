//! Sign-offs that are kept in the record of who asked for them, since they were read back from an
//! export or their request was taken back: checked anew whenever they are shown.

use std::collections::BTreeSet;

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun,
    personal_record::{EvidenceSource, KeptSignOff, PersonalRecord},
    sign_off::{self as sign_offs, Answer, Decision, Difference, SignOff, SignerRole},
};
use enhance_protocol::{SignOffFault, sign_off};
use enhance_store::DocumentState;
use serde::Serialize;

use super::{
    paper::{SignOffPaper, SinceThen},
    since::{self, ChangedSince},
};
use crate::{
    asked::record,
    error::Error,
    state::{State, documents, facts::Facts},
};

/// A sign-off, as a screen shows it, that was read back from an export or is kept of a request
/// that the trainee took back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing about it")]
pub struct KeptSignOffView {
    pub id: ItemId,
    /// What was signed, in a line.
    pub title: String,
    pub paper: SignOffPaper,
    /// Why it does not count; none if it does, as far as it and the key of its organisation tell.
    pub fault: Option<SignOffFault>,
    /// Whether the organisation that certified it is that of this account.
    pub publisher_known: bool,
    /// Whether it was made under another account than this one.
    pub another_account: bool,
    /// Whether another answer that was read back stands in its place: see [`sign_offs::superseded`].
    pub superseded: bool,
    /// As what it was signed, and what placements and the certificate say of the signer.
    pub signer_role: SignerRole,
    /// Whether what was signed still says the same here.
    pub changed: ChangedSince,
    /// Whether the trainee took back the request: it can be read, and counts for nothing.
    pub request_taken_back: bool,
    /// When the device it was signed on was reported lost, whether it was signed before that, and
    /// what that means. Empty if it never was.
    pub lost: String,
    /// How it stands, in a line: what was decided, and all that its reader has to know of that.
    pub in_words: String,
}

/// One of them that can be read.
pub(in crate::asked) struct Standing<'r> {
    pub(in crate::asked) id: ItemId,
    pub(in crate::asked) kept: &'r KeptSignOff,
    pub(in crate::asked) paper: SignOffPaper,
}

/// All of them that can be read.
fn readable(record: &PersonalRecord) -> Vec<Standing<'_>> {
    let all = record.kept_sign_offs.iter();
    all.filter_map(|(id, kept)| {
        Some(Standing { id: *id, kept, paper: SignOffPaper::in_record(kept)? })
    })
    .collect()
}

/// Those that say how things stand: of the answers of a signer to a request the last.
pub(in crate::asked) fn standing_of(record: &PersonalRecord) -> Vec<Standing<'_>> {
    let mut all = readable(record);
    let gone = superseded(&all);
    all.retain(|one| !gone.contains(&one.id));
    all
}

/// Those in the place of which another answer stands.
fn superseded(all: &[Standing<'_>]) -> BTreeSet<ItemId> {
    let answers: Vec<Answer<'_>> = all
        .iter()
        .map(|Standing { paper, .. }| {
            let SignOffPaper { id, sign_off, text, publisher_key, .. } = paper;
            let publisher = *publisher_key.as_bytes();
            let is_sound = sign_off::check(sign_off, text, &publisher).is_ok();
            Answer { id: *id, sign_off, publisher, is_sound }
        })
        .collect();
    let gone = std::iter::zip(all, sign_offs::superseded(&answers));
    gone.filter_map(|(one, is_gone)| is_gone.then_some(one.id)).collect()
}

/// All of them, those that were signed last first. What is on this device as a sign-off too is
/// shown there and not here.
pub(crate) fn all(state: &mut State) -> Result<Vec<KeptSignOffView>, Error> {
    let facts = state.facts()?;
    let record = record::read(state)?;
    let mut views = Vec::new();
    let kept = readable(&record);
    let gone = superseded(&kept);
    for one in kept {
        let is_here = documents::active(state.store(), one.paper.id)?
            .is_some_and(|row| row.kind == DocumentKind::SignOff);
        if !is_here {
            let superseded = gone.contains(&one.id);
            views.push(view(state, (&facts, &record), one, superseded)?);
        }
    }
    let signed_at = |view: &KeptSignOffView| view.paper.sign_off.at;
    views.sort_by_key(|view| std::cmp::Reverse((signed_at(view), view.id)));
    Ok(views)
}

/// The file of one of them, as it was made.
pub(crate) fn paper(state: &mut State, id: ItemId) -> Result<SignOffPaper, Error> {
    let record = record::read(state)?;
    let paper = record.kept_sign_offs.get(&id).and_then(SignOffPaper::in_record);
    paper.ok_or_else(|| Error::not_found(Noun::KeptSignOff, id))
}

/// A record as it is exported: each sign-off in it says what had become of what was signed.
pub(in crate::asked) fn exported(
    state: &mut State,
    mut record: PersonalRecord,
) -> Result<PersonalRecord, Error> {
    let mut kept = std::mem::take(&mut record.kept_sign_offs);
    for one in kept.values_mut() {
        let Some(paper) = SignOffPaper::in_record(one) else { continue };
        let document = document_of(one);
        let changed = since::of_paper(state, &record, &paper, document)?;
        if let Some(since) = changed.since_then() {
            one.paper = SignOffPaper { since: Some(since), ..paper }.to_record()?;
        }
    }
    record.kept_sign_offs = kept;
    Ok(record)
}

/// The document that one of them is of, as it was read back here.
const fn document_of(kept: &KeptSignOff) -> Option<DocumentId> {
    match kept.of {
        Some(EvidenceSource::Document(document)) => Some(document),
        _ => None,
    }
}

/// Why one does not count, as far as it and the key of its organisation tell; and whether that is
/// the organisation of this account.
fn checked(facts: &Facts, paper: &SignOffPaper) -> (Option<SignOffFault>, bool) {
    let SignOffPaper { sign_off, text, publisher_key, .. } = paper;
    let is_known = *publisher_key.as_bytes() == facts.publisher_key;
    let mut checked = sign_off::check(sign_off, text, publisher_key.as_bytes());
    if is_known {
        let revoked = &facts.settings.revoked;
        checked = checked.and_then(|()| sign_off::check_device(sign_off, revoked));
    }
    (checked.err(), is_known)
}

fn view(
    state: &mut State,
    (facts, record): (&Facts, &PersonalRecord),
    Standing { id, kept, paper }: Standing<'_>,
    superseded: bool,
) -> Result<KeptSignOffView, Error> {
    let (fault, publisher_known) = checked(facts, &paper);
    let document = document_of(kept);
    let changed = match (since::of_paper(state, record, &paper, document)?, paper.since) {
        (ChangedSince::Unknown, Some(SinceThen::Changed)) => ChangedSince::Changed {
            difference: Difference::between("", ""),
            sentences: vec!["It changed before it was exported.".to_owned()],
        },
        (ChangedSince::Unknown, Some(SinceThen::Deleted)) => ChangedSince::Deleted,
        (changed, _) => changed,
    };
    let mut view = KeptSignOffView {
        id,
        title: kept.title.clone(),
        fault,
        publisher_known,
        another_account: !facts.is_me(paper.sign_off.trainee),
        superseded,
        signer_role: paper.signer_role(),
        changed,
        request_taken_back: state.store().state(paper.sign_off.request)?
            == Some(DocumentState::Deleted),
        paper,
        lost: String::new(),
        in_words: String::new(),
    };
    if publisher_known {
        let revoked = &facts.settings.revoked;
        view.lost = sign_off::lost_in_words(&view.paper.sign_off, revoked).unwrap_or_default();
    }
    view.in_words = view.said().join("; ");
    Ok(view)
}

impl KeptSignOffView {
    /// How it stands, piece by piece.
    fn said(&self) -> Vec<String> {
        let SignOff { decision, signer, trainee_name, .. } = &self.paper.sign_off;
        let decided = match (&self.fault, decision) {
            (Some(SignOffFault::Revoked), _) => "does not count".to_owned(),
            (Some(fault), _) => format!("does not count: {fault}"),
            (None, Decision::Signed) => "signed".to_owned(),
            (None, Decision::Returned) => "returned".to_owned(),
        };
        let changed = match self.changed {
            ChangedSince::Unchanged => "",
            ChangedSince::Changed { .. } => "changed since sign-off",
            ChangedSince::Deleted => "deleted since sign-off",
            ChangedSince::Unknown => "what was signed is not here to be compared",
        };
        let account = format!("made under another account, for {trainee_name}");
        let pieces = [
            (true, decided.as_str()),
            (self.request_taken_back, "its request was taken back, so that it counts for nothing"),
            (self.superseded, "superseded, another answer stands in its place"),
            (true, signer.how()),
            (self.another_account, account.as_str()),
            (!self.publisher_known, "certified by another organisation"),
            (true, changed),
            (true, self.lost.trim_end_matches('.')),
        ];
        let said = pieces.into_iter().filter(|(is_so, said)| *is_so && !said.is_empty());
        said.map(|(_, said)| said.to_owned()).collect()
    }
}
