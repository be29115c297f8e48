//! What of a document waits for this person, counted from rows: no document is opened.

use enhance_model::{
    DocumentId, DocumentKind, ItemId,
    change_project::{ChangeProject, Decisions},
    comments::{Suggestion, SuggestionState, threads},
};
use enhance_store::StoreReader;
use serde::Serialize;

use super::said::{all_on, said};
use crate::{
    error::Error,
    state::{documents, facts::Facts, rows, screens::Screen},
};

/// What of a document waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct WaitingAnswers {
    /// Open threads in which somebody else had the last word.
    pub threads: u32,
    /// Suggestions of others that nobody has decided about.
    pub suggestions: u32,
}

/// What of a document waits for this person.
pub(crate) fn on(
    store: &StoreReader,
    facts: &Facts,
    document: DocumentId,
) -> Result<WaitingAnswers, Error> {
    let all = all_on(store, document)?;
    if all.is_empty() {
        return Ok(WaitingAnswers::default());
    }
    let waits = |thread: &&enhance_model::comments::Thread| thread.waits_for(facts.person.id);
    let threads = threads(&said(&all));
    let threads = threads.iter().filter(waits).count();
    let of_others = all.iter().filter(|(row, _)| !facts.is_me(row.owner));
    let mut suggested = of_others.flat_map(|(_, comments)| &comments.suggestions).peekable();
    let decisions = match suggested.peek() {
        Some(_) => decisions(store, document)?,
        None => Decisions::default(),
    };
    let is_open = |(id, suggestion): &(&ItemId, &Suggestion)| {
        suggestion.state(**id, &decisions).0 == SuggestionState::Open
    };
    let suggestions = suggested.filter(is_open).count();
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(WaitingAnswers { threads: count(threads), suggestions: count(suggestions) })
}

/// The same for a screen.
pub(crate) fn of(screen: &mut Screen<'_>, document: DocumentId) -> Result<WaitingAnswers, Error> {
    let (store, facts) = (screen.store(), screen.facts()?);
    documents::row(store, document)?;
    on(store, &facts, document)
}

/// What was decided about suggestions in a plan.
pub(super) fn decisions(store: &StoreReader, document: DocumentId) -> Result<Decisions, Error> {
    if documents::row(store, document)?.kind != DocumentKind::ChangeProject {
        return Ok(Decisions::default());
    }
    let project = rows::shown_if_any::<ChangeProject>(store, document)?;
    Ok(project.map(|(_, project)| project.decisions).unwrap_or_default())
}
