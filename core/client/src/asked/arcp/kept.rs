//! The sign-offs on a page that were read back from an export: those that count, with whose they
//! were.

use enhance_model::{
    ItemId, PersonId,
    arcp::SignOffLine,
    learning_log::local_day,
    personal_record::{EvidenceSource, KeptSignOff, ModuleCompletion, PersonalRecord},
    sign_off::{Decision, PublicKey, SignOff, SignerRole, Subject, SubjectKind},
};
use enhance_protocol::sign_off;

use super::since::{Since, SinceSigned};
use crate::asked::sign_offs::{kept::paper_of, paper::SignOffPaper};

/// What somebody said by a sign-off, and of what.
pub(super) struct Said {
    pub(super) sign_off: SignOff,
    /// As what they signed.
    pub(super) role: SignerRole,
    pub(super) sources: Vec<EvidenceSource>,
    pub(super) is_as_signed: bool,
}

/// What they say of what was read back with them, if the organisation with this key certified them.
/// Whoever makes a key of their own can certify anybody with it, so that no other key counts.
pub(super) fn said(
    record: &PersonalRecord,
    since: &SinceSigned,
    publisher: &PublicKey,
) -> Vec<Said> {
    let one = |(id, kept): (&ItemId, &KeptSignOff)| {
        let SignOffPaper { sign_off, text, .. } = &paper_of(kept)?;
        sign_off::check(sign_off, text, publisher.as_bytes()).ok()?;
        let is_as_signed = since.of_kept(*id) == Since::AsItWas;
        let sources = sources_of(record, &sign_off.subject, kept.of);
        // Placements of before were read back with the record, and others may have come since.
        let role = SignerRole::of(sign_off, Some(record.roles_of(&sign_off.signer)));
        Some(Said { role, sign_off: sign_off.clone(), sources, is_as_signed })
    };
    record.kept_sign_offs.iter().filter_map(one).collect()
}

/// What of a record a sign-off is of, as evidence names it: the document by the id it has here.
pub(super) fn sources_of(
    record: &PersonalRecord,
    subject: &Subject,
    document: Option<EvidenceSource>,
) -> Vec<EvidenceSource> {
    let is_it =
        |fact: &ModuleCompletion| subject.kind == SubjectKind::Module && fact.module == subject.key;
    let modules = record.modules_completed.iter().filter(|(_, fact)| is_it(fact));
    let items = subject.items.iter().chain(modules.map(|(id, _)| id));
    items.map(|id| EvidenceSource::Item(*id)).chain(document).collect()
}

/// A line for each of them, in the account of a trainee and an organisation with this key.
pub(super) fn lines(
    record: &PersonalRecord,
    (trainee, publisher): (PersonId, &PublicKey),
) -> Vec<SignOffLine> {
    let all = record.kept_sign_offs.values();
    all.filter_map(|kept| line(kept, (trainee, publisher))).collect()
}

fn line(kept: &KeptSignOff, (trainee, publisher): (PersonId, &PublicKey)) -> Option<SignOffLine> {
    let paper = paper_of(kept)?;
    let SignOffPaper { sign_off, text, publisher_key, .. } = &paper;
    sign_off::check(sign_off, text, publisher_key.as_bytes()).ok()?;
    let SignOff { signer, decision, at, .. } = sign_off;
    let witnessed = if signer.witnessed.is_some() { ", witnessed by the trainee" } else { "" };
    let mut state = if sign_off.trainee == trainee {
        "read back from an export".to_owned()
    } else {
        format!("made under another account, for {}", sign_off.trainee_name)
    };
    // Whoever makes a key of their own can certify anybody with it.
    if publisher_key != publisher {
        state.push_str("; certified by another organisation");
    }
    Some(SignOffLine {
        what: kept.title.clone(),
        who: format!("{}, {}{witnessed}", signer.name, paper.signer_role().in_words()),
        when: local_day(*at),
        decision: match decision {
            Decision::Signed => "signed".to_owned(),
            Decision::Returned => "returned".to_owned(),
        },
        state,
    })
}
