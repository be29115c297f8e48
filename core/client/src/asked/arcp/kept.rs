//! The sign-offs on a page that were read back from an export: those that count, with whose they
//! were.

use enhance_model::{
    PersonId,
    arcp::SignOffLine,
    learning_log::local_day,
    personal_record::{EvidenceSource, ModuleCompletion, PersonalRecord},
    sign_off::{
        Decision, PublicKey, SignOff, SignerRole, Subject, SubjectKind, is_of_completed_module,
    },
};
use enhance_protocol::sign_off;

use super::since::{Since, SinceSigned};
use crate::asked::sign_offs::{
    kept::{Standing, standing_of},
    paper::{NOT_TOLD, SignOffPaper, SinceThen},
};

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
    let one = |Standing { id, kept, paper }: Standing<'_>| {
        let SignOffPaper { sign_off, text, .. } = paper;
        sign_off::check(&sign_off, &text, publisher.as_bytes()).ok()?;
        let became = since.of_kept(id);
        if became == Since::RequestTakenBack {
            return None;
        }
        let is_as_signed = became == Since::AsItWas;
        let sources = sources_of(record, &sign_off.subject, kept.of);
        // Placements of before were read back with the record, and others may have come since.
        let role = SignerRole::of(&sign_off, Some(record.roles_of(&sign_off.signer)));
        Some(Said { sign_off, role, sources, is_as_signed })
    };
    standing_of(record).into_iter().filter_map(one).collect()
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
    since: &SinceSigned,
    account: (PersonId, &PublicKey),
) -> Vec<SignOffLine> {
    let all = standing_of(record).into_iter();
    all.filter_map(|one| line(&one, since.of_kept(one.id), account)).collect()
}

fn line(
    Standing { kept, paper, .. }: &Standing<'_>,
    since: Since,
    (trainee, publisher): (PersonId, &PublicKey),
) -> Option<SignOffLine> {
    let SignOffPaper { sign_off, text, publisher_key, .. } = paper;
    sign_off::check(sign_off, text, publisher_key.as_bytes()).ok()?;
    let mut state = if since == Since::RequestTakenBack {
        "kept".to_owned()
    } else if sign_off.trainee == trainee {
        "read back from an export".to_owned()
    } else {
        format!("made under another account, for {}", sign_off.trainee_name)
    };
    // Whoever makes a key of their own can certify anybody with it.
    if publisher_key != publisher {
        state.push_str("; certified by another organisation");
    }
    state.push_str("; ");
    state.push_str(match since {
        // What did not come along cannot be compared any more; what was known of it then is said.
        Since::NotHere => paper.since.map_or(NOT_TOLD, SinceThen::in_words),
        since => since.in_words(),
    });
    Some(SignOffLine {
        what: kept.title.clone(),
        who: who(sign_off, &paper.signer_role()),
        when: local_day(sign_off.at),
        decision: decided(sign_off, text),
        state,
    })
}

/// Who signed, as what, and by whose word.
pub(super) fn who(SignOff { signer, .. }: &SignOff, role: &SignerRole) -> String {
    let how = signer.how();
    let comma = if how.is_empty() { "" } else { ", " };
    format!("{}, {}{comma}{how}", signer.name, role.in_words())
}

/// What somebody decided of a text, in a word. Of a module that was not complete it says so: what
/// was signed is what was done by then.
pub(super) fn decided(sign_off: &SignOff, text: &str) -> String {
    let decided = match sign_off.decision {
        Decision::Signed => "signed",
        Decision::Returned => "returned",
    };
    let is_module = sign_off.subject.kind == SubjectKind::Module;
    if is_module && !is_of_completed_module(text) {
        format!("{decided}, while the module was not complete")
    } else {
        decided.to_owned()
    }
}
