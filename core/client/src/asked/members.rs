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
        let why = "a plan has one owner: offer it to a member, who accepts it";
        return Err(Error::invalid(InputField::Right, why));
    }
    give(state, &target, person, right)
}

/// Offers a project to a member. It is theirs once they accept it.
pub(crate) fn offer_ownership(
    state: &mut State,
    project: DocumentId,
    person: PersonId,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "handing a plan over")?;
    another_person(state.store(), &target.facts, person)?;
    if !is_member(state, project, person)? {
        return Err(Error::not_found(Noun::Member, person));
    }
    give(state, &target, person, Right::Own)
}

/// Accepts a project that its owner offers to this person.
pub(crate) fn accept_ownership(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    let me = target.facts.person.id;
    if state.store().offered_to(project)? != Some(me) {
        return Err(Error::not_allowed("its owner does not offer you this plan"));
    }
    give(state, &target, me, Right::Own)
}

fn give(state: &mut State, target: &Target, person: PersonId, right: Right) -> Result<(), Error> {
    let (at, project) = (state.now(), target.row.id);
    let round = rights::next_round(state.store(), project, person)?;
    let grant = Grant { id: state.environment().item_id(), to: person, right, round, at };
    let entry = entries::control(state, target, &grant)?;
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        rights::give(write, project, &grant, false)
    })
}

fn is_member(state: &State, project: DocumentId, person: PersonId) -> Result<bool, Error> {
    Ok(state.store().members(project)?.iter().any(|one| one.person == person))
}

/// Takes every right to a project away from a person.
pub(crate) fn remove(
    state: &mut State,
    project: DocumentId,
    person: PersonId,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "removing a member")?;
    if !is_member(state, project, person)? || person == target.row.owner {
        return Err(Error::not_found(Noun::Member, person));
    }
    take(state, &target, person)
}

/// Takes this person's own right to another's project away.
pub(crate) fn leave(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    let me = target.facts.person.id;
    if me == target.row.owner {
        return Err(Error::not_allowed("its owner cannot leave a plan; hand it over first"));
    }
    if !is_member(state, project, me)? {
        return Err(Error::not_allowed("you have left this plan; it goes with the next sync"));
    }
    take(state, &target, me)
}

fn take(state: &mut State, target: &Target, person: PersonId) -> Result<(), Error> {
    let (at, project) = (state.now(), target.row.id);
    let round = rights::next_round(state.store(), project, person)?;
    let revoke = Revoke { id: state.environment().item_id(), from: person, round, at };
    let entry = entries::control(state, target, &revoke)?;
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        rights::take(write, project, &revoke)
    })
}
