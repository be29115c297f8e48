//! Who takes part in a project: rights as the server told them, and as this device has asked for
//! since.

use enhance_model::{DocumentId, DocumentKind, Noun, Person, PersonId, Right};
use enhance_protocol::{Grant, Revoke};
use enhance_store::{DocumentRow, Origin, Store, StoreReader};
use serde::Serialize;

use crate::{
    error::{Error, InputField},
    state::{State, facts::Facts},
    writing::{entries, rights, target::Target},
};

/// A person and what they may do with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    pub person: Person,
    pub right: Right,
    /// Whether the server knows it already.
    pub confirmed: bool,
}

/// Those with a right to a document, its owner first.
pub(super) fn of(store: &StoreReader, row: &DocumentRow) -> Result<Vec<Member>, Error> {
    let mut members = Vec::new();
    if let Some(person) = store.person(row.owner)? {
        members.push(Member { person, right: Right::Own, confirmed: true });
    }
    for grant in store.members(row.id)? {
        let is_owner = grant.person == row.owner;
        if let Some(person) = store.person(grant.person)?.filter(|_| !is_owner) {
            let (right, confirmed) = (grant.right, grant.confirmed);
            members.push(Member { person, right, confirmed });
        }
    }
    Ok(members)
}

/// A person that something can be shared with.
pub(super) fn another_person(
    store: &Store,
    facts: &Facts,
    person: PersonId,
) -> Result<Person, Error> {
    if facts.is_me(person) {
        return Err(Error::invalid(InputField::Person, "that is you"));
    }
    store.person(person)?.ok_or_else(|| Error::not_found(Noun::Person, person))
}

/// Gives a person a right to a project, or another one than they have.
pub(crate) fn add(
    state: &mut State,
    project: DocumentId,
    person: PersonId,
    right: Right,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "adding a member")?;
    another_person(state.store(), &target.facts, person)?;
    if right == Right::Own {
        return Err(Error::invalid(InputField::Right, "a plan has one owner: who began it"));
    }
    let at = state.now();
    let round = rights::next_round(state.store(), project, person)?;
    let grant = Grant { id: state.environment().item_id(), to: person, right, round, at };
    let entry = entries::control(state, &target, &grant)?;
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        rights::give(write, project, &grant, false)
    })
}

/// Takes every right to a project away from a person.
pub(crate) fn remove(
    state: &mut State,
    project: DocumentId,
    person: PersonId,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "removing a member")?;
    let is_member = state.store().members(project)?.iter().any(|one| one.person == person);
    if !is_member || person == target.row.owner {
        return Err(Error::not_found(Noun::Member, person));
    }
    let at = state.now();
    let round = rights::next_round(state.store(), project, person)?;
    let revoke = Revoke { id: state.environment().item_id(), from: person, round, at };
    let entry = entries::control(state, &target, &revoke)?;
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        rights::take(write, project, &revoke)
    })
}
