//! Sign-offs that were read back from an export: checked anew whenever they are shown.

use enhance_model::{
    DocumentKind, ItemId, Noun,
    personal_record::{EvidenceSource, KeptSignOff, PersonalRecord},
    sign_off::{SignOff, SignerRole},
};
use enhance_protocol::{SignOffFault, sign_off};
use serde::Serialize;

use super::{
    paper::SignOffPaper,
    since::{self, ChangedSince},
};
use crate::{
    asked::record,
    error::Error,
    state::{State, documents, facts::Facts},
};

/// A sign-off that was read back from an export, as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// As what it was signed, and what placements and the certificate say of the signer.
    pub signer_role: SignerRole,
    /// Whether what was signed still says the same here.
    pub changed: ChangedSince,
}

/// All of them, those that were signed last first. What is on this device as a sign-off too is
/// shown there and not here.
pub(crate) fn all(state: &mut State) -> Result<Vec<KeptSignOffView>, Error> {
    let facts = state.facts()?;
    let record = record::read(state)?;
    let mut views = Vec::new();
    for (id, kept) in &record.kept_sign_offs {
        let Some(paper) = paper_of(kept) else { continue };
        let is_here = documents::active(state.store(), paper.id)?
            .is_some_and(|row| row.kind == DocumentKind::SignOff);
        if !is_here {
            views.push(view(state, (&facts, &record), *id, (kept, paper))?);
        }
    }
    let signed_at = |view: &KeptSignOffView| view.paper.sign_off.at;
    views.sort_by_key(|view| std::cmp::Reverse((signed_at(view), view.id)));
    Ok(views)
}

/// The file of one of them, as it was made.
pub(crate) fn paper(state: &mut State, id: ItemId) -> Result<SignOffPaper, Error> {
    let record = record::read(state)?;
    let paper = record.kept_sign_offs.get(&id).and_then(paper_of);
    paper.ok_or_else(|| Error::not_found(Noun::KeptSignOff, id))
}

/// What is in its file; none where somebody wrote something else there.
pub(in crate::asked) fn paper_of(kept: &KeptSignOff) -> Option<SignOffPaper> {
    serde_json::from_slice(kept.paper.as_bytes()).ok()
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
    id: ItemId,
    (kept, paper): (&KeptSignOff, SignOffPaper),
) -> Result<KeptSignOffView, Error> {
    let (fault, publisher_known) = checked(facts, &paper);
    let SignOff { trainee, .. } = paper.sign_off;
    let document = match kept.of {
        Some(EvidenceSource::Document(document)) => Some(document),
        _ => None,
    };
    Ok(KeptSignOffView {
        id,
        title: kept.title.clone(),
        fault,
        publisher_known,
        another_account: !facts.is_me(trainee),
        signer_role: paper.signer_role(),
        changed: since::of_paper(state, record, &paper, document)?,
        paper,
    })
}
