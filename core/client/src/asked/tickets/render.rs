//! What a ticket shows: the text of a document as it stands, without the history behind it.

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, Right,
    ticket::{TicketPart, TicketSnapshot},
    time::with_moments,
};

use crate::{
    asked::sign_offs::subjects,
    error::Error,
    state::State,
    writing::{drafts, edits, target::Target},
};

/// Settles a document of this person, and gives its text as it stands.
pub(super) fn snapshot(
    state: &mut State,
    id: DocumentId,
    purpose: &str,
) -> Result<TicketSnapshot, Error> {
    let target = Target::of(state, id)?;
    let kind = target.row.kind;
    target.require(state, Right::Own, "making a ticket for it")?;
    if kind != DocumentKind::SharedReflection {
        let typed = drafts::of(state.store(), id)?;
        edits::settle(state, &target, typed)?;
    }
    let (at, row, names) = (state.now(), state.row(id)?, subjects::names(state)?);
    let clock = state.environment().clock.clone();
    let (title, mut parts) = match state.document(&row)?.content()? {
        Content::Reflection(one) => {
            let copy = one.to_shared(at);
            let parts = TicketPart::of_copy(&copy);
            (copy.title, parts)
        }
        Content::SharedReflection(copy) => {
            let parts = TicketPart::of_copy(&copy);
            (copy.title, parts)
        }
        Content::ChangeProject(project) => {
            let parts = TicketPart::of_project(&project, &|person| names.get(&person).cloned());
            (project.title, parts)
        }
        _ => return Err(Error::not_allowed("a ticket is for a reflection, a copy or a plan")),
    };
    // Its holder has no clock of the owner's.
    for part in &mut parts {
        part.text = with_moments(&part.text, |at| Some(at.by_clocks(clock.offset(at)?)));
    }
    let from = target.facts.person.name.clone();
    Ok(TicketSnapshot { kind, title, from, purpose: purpose.to_owned(), at, parts })
}
