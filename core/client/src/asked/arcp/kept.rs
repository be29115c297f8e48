//! The sign-offs on a page that were read back from an export: those that count, with whose they
//! were.

use std::collections::BTreeMap;

use enhance_documents::Content;
use enhance_model::{
    DocumentId, PersonId, Version,
    arcp::SignOffLine,
    learning_log::local_day,
    personal_record::{EvidenceSource, KeptSignOff, PersonalRecord},
    sign_off::{Decision, PublicKey, SignOff, SignerRole, SubjectKind, reflection_text, text_hash},
};
use enhance_protocol::sign_off;

use crate::asked::sign_offs::{kept::paper_of, paper::SignOffPaper, subjects};

/// What somebody said by a sign-off, and of what.
pub(super) struct Said {
    pub(super) sign_off: SignOff,
    /// As what they signed.
    pub(super) role: SignerRole,
    pub(super) sources: Vec<EvidenceSource>,
    pub(super) is_as_signed: bool,
}

/// What they say of reflections and sessions that were read back with them, if the organisation
/// with this key certified them. Of a module and of a plan the text that was signed names documents
/// and people of another account, and is not compared here.
pub(super) fn said(
    record: &PersonalRecord,
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    publisher: &PublicKey,
) -> Vec<Said> {
    let one = |kept: &KeptSignOff| {
        let paper = paper_of(kept)?;
        sign_off::check(&paper.sign_off, &paper.text, publisher.as_bytes()).ok()?;
        let items = &paper.sign_off.subject.items;
        let (now, sources) = match (paper.sign_off.subject.kind, kept.of) {
            (SubjectKind::Reflection, Some(EvidenceSource::Document(id))) => {
                let (_, Content::Reflection(one)) = documents.get(&id)? else { return None };
                let now = reflection_text(&one.title, &one.answers, &one.tags);
                (now, vec![EvidenceSource::Document(id)])
            }
            (SubjectKind::Sessions, _) => {
                let sources = items.iter().map(|id| EvidenceSource::Item(*id)).collect();
                (subjects::sessions_in(record, items), sources)
            }
            _ => return None,
        };
        let is_as_signed = text_hash(&now) == paper.sign_off.text_sha256;
        Some(Said { role: paper.signer_role(), sign_off: paper.sign_off, sources, is_as_signed })
    };
    record.kept_sign_offs.values().filter_map(one).collect()
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
