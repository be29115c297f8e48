//! Who may do what: rights as the server told them, and as this device has asked for since.

use enhance_model::{DocumentId, DocumentKind, ItemId, Noun, Person, PersonId, Right};
use enhance_protocol::{Grant, Revoke};
use enhance_store::{DocumentRow, Origin};
use serde::Serialize;

use crate::{Error, InputField, LearningCore, core::State, writing::edits::own_grant};

/// A person and what they may do with a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    pub person: Person,
    /// What they may do.
    pub right: Right,
    /// Whether the server knows it already.
    pub confirmed: bool,
}

impl State {
    /// What this person may do with a document; nothing of one that is not here.
    pub(crate) fn my_right(&mut self, row: &DocumentRow) -> Result<Right, Error> {
        let facts = self.facts()?;
        if facts.is_me(row.owner) {
            return Ok(Right::Own);
        }
        let members = self.store.members(row.id)?;
        let mine = members.into_iter().find(|grant| facts.is_me(grant.person));
        Ok(mine.map_or(Right::Read, |grant| grant.right))
    }

    /// A document of this kind that this person may change.
    pub(crate) fn writable(
        &mut self,
        document: DocumentId,
        kind: DocumentKind,
    ) -> Result<DocumentRow, Error> {
        let row = self.row_of(document, kind)?;
        self.require(&row, Right::Edit, "changing this document")?;
        Ok(row)
    }

    /// Refuses what this person has no right to.
    pub(crate) fn require(
        &mut self,
        row: &DocumentRow,
        right: Right,
        what: &str,
    ) -> Result<(), Error> {
        let mine = self.my_right(row)?;
        if mine >= right {
            return Ok(());
        }
        Err(Error::not_allowed(format_args!("{what} needs the right to {right}; yours is {mine}")))
    }

    /// A person, by name if they are known. Somebody this device has not heard of yet has none.
    pub(crate) fn person(&self, person: PersonId) -> Result<Option<Person>, Error> {
        Ok(self.store.person(person)?)
    }

    /// A person that something can be shared with.
    pub(crate) fn somebody_else(&mut self, person: PersonId) -> Result<Person, Error> {
        if self.facts()?.is_me(person) {
            return Err(Error::invalid(InputField::Person, "that is you"));
        }
        self.person(person)?.ok_or_else(|| Error::not_found(Noun::Person, person))
    }

    /// Those with a right to a document, its owner first.
    pub(crate) fn members(&self, row: &DocumentRow) -> Result<Vec<Member>, Error> {
        let mut members = Vec::new();
        if let Some(person) = self.person(row.owner)? {
            members.push(Member { person, right: Right::Own, confirmed: true });
        }
        for grant in self.store.members(row.id)? {
            let is_owner = grant.person == row.owner;
            if let Some(person) = self.person(grant.person)?.filter(|_| !is_owner) {
                let (right, confirmed) = (grant.right, grant.confirmed);
                members.push(Member { person, right, confirmed });
            }
        }
        Ok(members)
    }
}

impl LearningCore {
    /// Gives somebody a right to a plan, or another one than they have. Only its owner can.
    pub fn add_member(
        &self,
        project: DocumentId,
        person: PersonId,
        right: Right,
    ) -> Result<(), Error> {
        self.with(|state| {
            let row = state.row_of(project, DocumentKind::ChangeProject)?;
            state.require(&row, Right::Own, "adding a member")?;
            state.somebody_else(person)?;
            if right == Right::Own {
                return Err(Error::invalid(
                    InputField::Right,
                    "a plan has one owner: who began it",
                ));
            }
            let at = state.now();
            let grant = Grant { id: state.item_id(), to: person, right, at };
            let entry = state.control(project, &grant)?;
            state.write(|write| {
                write.put_entry(&entry, Origin::Here { at })?;
                Ok(write.put_grant(&own_grant(project, &grant))?)
            })
        })
    }

    /// Takes every right to a plan away from somebody. Only its owner can.
    pub fn remove_member(&self, project: DocumentId, person: PersonId) -> Result<(), Error> {
        self.with(|state| {
            let row = state.row_of(project, DocumentKind::ChangeProject)?;
            state.require(&row, Right::Own, "removing a member")?;
            let is_member = state.store.members(project)?.iter().any(|one| one.person == person);
            if !is_member || person == row.owner {
                return Err(Error::not_found(Noun::Member, person));
            }
            let at = state.now();
            let entry =
                state.control(project, &Revoke { id: state.item_id(), from: person, at })?;
            state.write(|write| {
                write.put_entry(&entry, Origin::Here { at })?;
                Ok(write.remove_grant(project, person)?)
            })
        })
    }
}

impl LearningCore {
    /// A fresh id, for an item that is about to be added to a plan.
    pub fn new_item_id(&self) -> ItemId {
        self.environment().item_id()
    }
}

impl State {
    pub(crate) fn item_id(&self) -> ItemId {
        self.environment.item_id()
    }
}
