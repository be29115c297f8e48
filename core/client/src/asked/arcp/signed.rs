//! The sign-offs on a page: those that count, and whether what was signed has changed since.
//!
//! A request and a sign-off never change, so that a page that names them can be made again.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, Version,
    arcp::SignOffLine,
    learning_log::local_day,
    personal_record::{Agreement, EvidenceSource, PersonalRecord, SupervisorAnswer},
    sign_off::{Decision, PublicKey, SignOff, SignOffRequest, SignerRole},
};

use super::{
    kept::{self, Said, decided, who},
    since::{Since, SinceSigned},
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

/// A line for each sign-off among these documents, with what the placements of
/// the record say of who signed.
pub(super) fn lines(
    record: &PersonalRecord,
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    since: &SinceSigned,
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
        Some(line((sign_off, &role), request, since.of(sign_off.request)))
    };
    answers.filter_map(line).collect()
}

/// What supervisors said of what is given as evidence, by the sign-offs among these documents, and
/// by those that were read back and that an organisation with this key certified. Of several the
/// last one stands, of those first whom placements name. Who is no supervisor has no say.
pub(super) fn answers(
    record: &PersonalRecord,
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    since: &SinceSigned,
    publisher: &PublicKey,
) -> BTreeMap<EvidenceSource, SupervisorAnswer> {
    let sign_offs = documents.values().filter_map(|(_, content)| match content {
        Content::SignOff(sign_off) => Some(&**sign_off),
        _ => None,
    });
    let here = sign_offs.map(|one| Said {
        role: SignerRole::of(one, Some(record.roles_of(&one.signer))),
        is_as_signed: since.of(one.request) == Since::AsItWas,
        sources: kept::sources_of(record, &one.subject, document_of(one)),
        sign_off: one.clone(),
    });
    let mut all: Vec<Said> = here.chain(kept::said(record, since, publisher)).collect();
    all.retain(|Said { sign_off: one, .. }| {
        one.role.supervises() && one.signer.person != Some(one.trainee)
    });
    all.sort_by_key(|Said { sign_off, role, .. }| {
        (role.is_of_a_supervisor(), sign_off.at, sign_off.request)
    });
    let mut answers = BTreeMap::new();
    for Said { sign_off, role, sources, is_as_signed } in all {
        let answer = SupervisorAnswer {
            agreement: match sign_off.decision {
                Decision::Signed => Agreement::Agreed,
                Decision::Returned => Agreement::NotAgreed,
            },
            by: who(&sign_off, &role),
            on: local_day(sign_off.at),
            is_named: role.is_of_a_supervisor(),
            is_as_signed,
            is_witnessed: sign_off.signer.witnessed.is_some(),
        };
        answers.extend(sources.into_iter().map(|source| (source, answer.clone())));
    }
    answers
}

fn document_of(sign_off: &SignOff) -> Option<EvidenceSource> {
    sign_off.subject.document.map(EvidenceSource::Document)
}

fn line(
    (sign_off, role): (&SignOff, &SignerRole),
    request: &SignOffRequest,
    since: Since,
) -> SignOffLine {
    SignOffLine {
        what: request.title.clone(),
        who: who(sign_off, role),
        when: local_day(sign_off.at),
        decision: decided(sign_off, &request.text),
        state: since.in_words().to_owned(),
    }
}
