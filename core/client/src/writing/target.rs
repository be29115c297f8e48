//! What a write is about: a document and the person who writes, looked up once and handed down.

use std::sync::Arc;

use enhance_model::{DocumentId, DocumentKind, Right, Standing};
use enhance_store::{DocumentRow, StoreReader};

use crate::{
    error::Error,
    state::{State, facts::Facts},
};

/// An active document and the person who writes, as they were when they were looked up.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) facts: Arc<Facts>,
    pub(crate) row: DocumentRow,
}

impl Target {
    pub(crate) fn of(state: &mut State, document: DocumentId) -> Result<Self, Error> {
        let row = state.row(document)?;
        Ok(Self { facts: state.facts()?, row })
    }

    pub(crate) fn of_kind(
        state: &mut State,
        document: DocumentId,
        kind: DocumentKind,
    ) -> Result<Self, Error> {
        let row = state.row_of(document, kind)?;
        Ok(Self { facts: state.facts()?, row })
    }

    /// A document of this kind that this person may change.
    pub(crate) fn writable(
        state: &mut State,
        document: DocumentId,
        kind: DocumentKind,
    ) -> Result<Self, Error> {
        let target = Self::of_kind(state, document, kind)?;
        target.require(state, Right::Edit, "changing this document")?;
        Ok(target)
    }

    /// What this person may do with the document.
    pub(crate) fn right(&self, state: &State) -> Result<Right, Error> {
        right(state.store(), &self.facts, &self.row)
    }

    /// Refuses what this person has no right to.
    pub(crate) fn require(&self, state: &State, right: Right, what: &str) -> Result<(), Error> {
        let mine = self.right(state)?;
        if mine >= right {
            return Ok(());
        }
        Err(Error::not_allowed(format_args!("{what} needs the right to {right}; yours is {mine}")))
    }
}

/// What this person may do with a document.
pub(crate) fn right(store: &StoreReader, facts: &Facts, row: &DocumentRow) -> Result<Right, Error> {
    if facts.is_me(row.owner) {
        return Ok(Right::Own);
    }
    let mine = store.member(row.id, facts.person.id)?;
    let mine = mine.filter(|grant| grant.standing == Standing::Member);
    Ok(mine.map_or(Right::Read, |grant| grant.right))
}
