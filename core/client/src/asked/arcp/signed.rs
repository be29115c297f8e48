//! The sign-offs on a page: those that count, and whether what was signed has changed since.
//!
//! A request and a sign-off never change, so that a page that names them can be made again.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, Version,
    arcp::SignOffLine,
    learning_log::local_day,
    personal_record::PersonalRecord,
    sign_off::{Decision, SignOff, SignOffRequest, SignerRole},
};

use crate::{asked::sign_offs::views, error::Error, state::State};

/// The requests of this person that were answered in a way that counts, with those answers and what
/// they are about.
pub(super) fn documents(state: &mut State) -> Result<BTreeSet<DocumentId>, Error> {
    let mut documents = BTreeSet::new();
    for request in views::requests(&mut state.screen(), true, (None, u32::MAX))? {
        let counting = request.answers.iter().filter(|answer| answer.counts());
        let answers: Vec<_> = counting.map(|answer| answer.id).collect();
        if !answers.is_empty() {
            documents.insert(request.id);
            documents.extend(request.request.subject.document);
            documents.extend(answers);
        }
    }
    Ok(documents)
}

/// A line for each sign-off among these documents, with what the placements of the record say of
/// who signed.
pub(super) fn lines(
    record: &PersonalRecord,
    documents: &BTreeMap<DocumentId, (Version, Content)>,
) -> Vec<SignOffLine> {
    let answers = documents.values().filter_map(|(_, content)| match content {
        Content::SignOff(sign_off) => Some(&**sign_off),
        _ => None,
    });
    let line = |sign_off: &SignOff| {
        let Some((_, Content::SignOffRequest(request))) = documents.get(&sign_off.request) else {
            return None;
        };
        let role = SignerRole::of(sign_off, Some(record.roles_of(&sign_off.signer)));
        Some(line((sign_off, &role), request, documents))
    };
    answers.filter_map(line).collect()
}

fn line(
    (sign_off, role): (&SignOff, &SignerRole),
    request: &SignOffRequest,
    documents: &BTreeMap<DocumentId, (Version, Content)>,
) -> SignOffLine {
    let SignOff { subject, signer, .. } = sign_off;
    let witnessed = if signer.witnessed.is_some() { ", witnessed by the trainee" } else { "" };
    let now = subject.document.and_then(|id| documents.get(&id)).map(|(version, _)| version);
    let state = match now {
        Some(now) if *now != subject.version => "changed since",
        Some(_) => "as it was then",
        None => "of that day",
    };
    SignOffLine {
        what: request.title.clone(),
        who: format!("{}, {}{witnessed}", signer.name, role.in_words()),
        when: local_day(sign_off.at),
        decision: match sign_off.decision {
            Decision::Signed => "signed".to_owned(),
            Decision::Returned => "returned".to_owned(),
        },
        state: state.to_owned(),
    }
}
