//! Asking for a sign-off.

use enhance_documents::NewDocument;
use enhance_model::{DocumentId, PersonId, Right, Round, Sha256, sign_off::SignOffRequest};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::Origin;

use super::subjects::{self, Rendered, SignOffSubject};
use crate::{
    asked::{
        checking::{self, SharingCheck, TextPlace, Texts},
        members, texts,
    },
    error::Error,
    state::State,
    writing::{create, entries, rights},
};

/// Looks through what would be signed, and what is said to who is asked.
pub(crate) fn check(
    state: &mut State,
    subject: &SignOffSubject,
    message: &str,
) -> Result<SharingCheck, Error> {
    let rendered = subjects::render(state, subject)?;
    let texts = texts(state, subject, &rendered, message)?;
    let writer = checking::writer(state)?;
    Ok(SharingCheck::of(rendered.subject.document, &texts, &writer))
}

fn texts(
    state: &mut State,
    subject: &SignOffSubject,
    rendered: &Rendered,
    message: &str,
) -> Result<Texts, Error> {
    let mut texts = match subject {
        SignOffSubject::Reflection(id)
        | SignOffSubject::SharedReflection(id)
        | SignOffSubject::Project(id) => texts::of(state, *id)?,
        SignOffSubject::Module(_) | SignOffSubject::Sessions(_) => {
            vec![(TextPlace::Signed, rendered.text.clone())]
        }
    };
    texts.push((TextPlace::Message, message.trim().to_owned()));
    Ok(texts)
}

/// Asks a person to sign something as it stands, or nobody: then it is signed on this phone.
pub(crate) fn request(
    state: &mut State,
    subject: &SignOffSubject,
    with: Option<PersonId>,
    message: &str,
    acknowledged: Option<Sha256>,
) -> Result<DocumentId, Error> {
    let facts = state.facts()?;
    if let Some(person) = with {
        members::another_person(state.store(), &facts, person)?;
    }
    let rendered = subjects::render(state, subject)?;
    let texts = texts(state, subject, &rendered, message)?;
    checking::let_leave(state, rendered.subject.document, &texts, acknowledged)?;
    let Rendered { subject, title, text } = rendered;
    let (at, message) = (state.now(), message.trim().to_owned());
    for words in [&text, &message] {
        facts.limits().check_text(words)?;
    }
    let request = SignOffRequest { subject, title, text, asked: with, message, at };
    let new = NewDocument::SignOffRequest { owner: facts.person.id, request };
    let (id, pending) = create::prepare(state, &facts, &new)?;
    let Some(to) = with else {
        state.write(|write| pending.write(write))?;
        return Ok(id);
    };
    // Who may say something about it may answer it; who may read it sees the answers.
    let (right, round) = (Right::Comment, Round::after(None));
    let grant = Grant::new(state.environment().item_id(), to, right, round, at);
    let granted = entries::own(grant.offer(id), vec![state.create_of(id)?], &facts)?;
    state.write(|write| {
        pending.write(write)?;
        write.put_entry(&granted, Origin::Here { at })?;
        rights::give(write, id, (&grant, facts.person.id), false)
    })?;
    Ok(id)
}
