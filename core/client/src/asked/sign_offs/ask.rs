//! Asking for a sign-off.

use enhance_documents::NewDocument;
use enhance_model::{DocumentId, PersonId, Right, Round, sign_off::SignOffRequest};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::Origin;

use super::subjects::{self, Rendered, SignOffSubject};
use crate::{
    asked::members,
    error::Error,
    state::State,
    writing::{create, entries, rights},
};

/// Asks a person to sign something as it stands, or nobody: then it is signed on this phone.
pub(crate) fn request(
    state: &mut State,
    subject: &SignOffSubject,
    with: Option<PersonId>,
    message: &str,
) -> Result<DocumentId, Error> {
    let facts = state.facts()?;
    if let Some(person) = with {
        members::another_person(state.store(), &facts, person)?;
    }
    let Rendered { subject, title, text } = subjects::render(state, subject)?;
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
    let grant = Grant { id: state.environment().item_id(), to, right, round, at };
    let granted = entries::own(grant.offer(id), vec![state.create_of(id)?], &facts)?;
    state.write(|write| {
        pending.write(write)?;
        write.put_entry(&granted, Origin::Here { at })?;
        rights::give(write, id, &grant, false)
    })?;
    Ok(id)
}
