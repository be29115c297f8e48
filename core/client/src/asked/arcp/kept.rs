//! The sign-offs on a page that were read back from an export: those that count, with whose they
//! were.

use enhance_model::{
    PersonId,
    arcp::SignOffLine,
    learning_log::local_day,
    personal_record::{KeptSignOff, PersonalRecord},
    sign_off::{Decision, SignOff},
};
use enhance_protocol::sign_off;

use crate::asked::sign_offs::{kept::paper_of, paper::SignOffPaper};

/// A line for each of them.
pub(super) fn lines(record: &PersonalRecord, trainee: PersonId) -> Vec<SignOffLine> {
    record.kept_sign_offs.values().filter_map(|kept| line(kept, trainee)).collect()
}

fn line(kept: &KeptSignOff, trainee: PersonId) -> Option<SignOffLine> {
    let paper = paper_of(kept)?;
    let SignOffPaper { sign_off, text, publisher_key, .. } = &paper;
    sign_off::check(sign_off, text, publisher_key.as_bytes()).ok()?;
    let SignOff { signer, decision, at, .. } = sign_off;
    let witnessed = if signer.witnessed.is_some() { ", witnessed by the trainee" } else { "" };
    let state = if sign_off.trainee == trainee {
        "read back from an export".to_owned()
    } else {
        format!("made under another account, for {}", sign_off.trainee_name)
    };
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
