//! Who takes part in a project: rights as the server told them, and as this device has asked for
//! since.

use enhance_model::{
    DocumentId, DocumentKind, Noun, Person, PersonId, Preview, Right, Standing, Timestamp, joining,
};
use enhance_protocol::{Grant, Revoke};
use enhance_store::{DocumentRow, GrantRow, Origin, Store, StoreReader};
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
    /// What they may do; of who is invited, once they accept; of who is gone, what they had.
    pub right: Right,
    /// Whether they take part, are invited, or did not want to or do not any more.
    pub standing: Standing,
    /// Of who is invited: until when they can accept, about.
    pub expires_at: Option<Timestamp>,
    /// Whether the server knows it already.
    pub confirmed: bool,
}

impl Member {
    /// Whether they can read the document.
    pub fn takes_part(&self) -> bool {
        self.standing == Standing::Member
    }
}

/// Those with a right to a document, who is invited, and who is gone, its owner first.
pub(super) fn of(store: &StoreReader, row: &DocumentRow) -> Result<Vec<Member>, Error> {
    let mut members = Vec::new();
    let handover = rights::unconfirmed_handover(store, row)?;
    let standing = Standing::Member;
    if let Some(person) = store.person(row.owner)? {
        let (right, confirmed) = (Right::Own, handover.is_none());
        members.push(Member { person, right, standing, expires_at: None, confirmed });
    }
    let hands_over = |person| handover.is_some_and(|handover| handover.from == person);
    for grant in store.members(row.id)? {
        let is_owner = grant.person == row.owner;
        if let Some(person) = store.person(grant.person)?.filter(|_| !is_owner) {
            let GrantRow { right, standing, since, .. } = grant;
            let confirmed = grant.confirmed && !hands_over(grant.person);
            let is_invited = standing == Standing::Invited;
            let expires_at = is_invited.then(|| joining::expires_at(since));
            members.push(Member { person, right, standing, expires_at, confirmed });
        }
    }
    Ok(members)
}

/// A person that something can be shared with: another one, who is on the programme.
pub(super) fn another_person(
    store: &Store,
    facts: &Facts,
    person: PersonId,
) -> Result<Person, Error> {
    if facts.is_me(person) {
        return Err(Error::invalid(InputField::Person, "that is you"));
    }
    let found = store.person(person)?.ok_or_else(|| Error::not_found(Noun::Person, person))?;
    if found.has_left() {
        let why = format!("{} has left the programme; nothing can reach them", found.name);
        return Err(Error::invalid(InputField::Person, why));
    }
    Ok(found)
}

/// Invites a person to a project with a right, or gives a member another one than they have.
pub(super) fn add(
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
    if is_waiting(state, project, person, right)? {
        // An equal invitation waits already.
        return Ok(());
    }
    give(state, &target, person, right)
}

/// Whether somebody else reads a document, or will once they accept an invitation to it.
pub(super) fn others_read(state: &mut State, row: &DocumentRow) -> Result<bool, Error> {
    let may_read =
        |grant: &GrantRow| matches!(grant.standing, Standing::Member | Standing::Invited);
    let is_other = |grant: &GrantRow| grant.person != row.owner && may_read(grant);
    let is_anothers = !state.facts()?.is_me(row.owner);
    Ok(is_anothers || state.store().members(row.id)?.iter().any(is_other))
}

/// Whether an equal invitation waits for a person already.
pub(super) fn is_waiting(
    state: &State,
    project: DocumentId,
    person: PersonId,
    right: Right,
) -> Result<bool, Error> {
    let now = state.now();
    let waits = |row: &GrantRow| {
        let still = joining::expires_at(row.since) > now;
        row.standing == Standing::Invited && row.right == right && still
    };
    Ok(state.store().member(project, person)?.as_ref().is_some_and(waits))
}

fn give(state: &mut State, target: &Target, person: PersonId, right: Right) -> Result<(), Error> {
    let preview = preview(state, target, person)?;
    say(state, target, (person, right), |grant| Grant { preview, ..grant })
}

/// Makes a grant for a person, with what else is to be in it, and keeps it.
pub(super) fn say(
    state: &mut State,
    target: &Target,
    (person, right): (PersonId, Right),
    with: impl FnOnce(Grant) -> Grant,
) -> Result<(), Error> {
    let (at, project) = (state.now(), target.row.id);
    let round = rights::next_round(state.store(), project, person)?;
    let id = state.environment().item_id();
    let grant = with(Grant::new(id, person, right, round, at));
    let entry = entries::control(state, target, &grant)?;
    let me = target.facts.person.id;
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        rights::give(write, project, (&grant, me), false)
    })
}

/// What somebody new to a project is told of it.
fn preview(state: &State, target: &Target, person: PersonId) -> Result<Option<Preview>, Error> {
    let (store, project) = (state.store(), target.row.id);
    if is_member(state, project, person)? {
        return Ok(None);
    }
    let title = store.projection(project)?.map(|shown| shown.summary.title);
    let bytes = store.document_size(project)?.bytes;
    Ok(Some(Preview::new(&title.unwrap_or_default(), bytes)))
}

/// That somebody is no member, by the name that a person knows them by.
pub(super) fn no_member(state: &State, person: PersonId) -> Result<Error, Error> {
    let name = state.store().person(person)?.map(|known| known.name);
    Ok(Error::not_found(Noun::Member, name.unwrap_or_else(|| person.to_string())))
}

pub(super) fn is_member(
    state: &State,
    project: DocumentId,
    person: PersonId,
) -> Result<bool, Error> {
    let member = state.store().member(project, person)?;
    Ok(member.is_some_and(|member| member.standing == Standing::Member))
}

fn is_invited(state: &State, project: DocumentId, person: PersonId) -> Result<bool, Error> {
    let member = state.store().member(project, person)?;
    Ok(member.is_some_and(|member| member.standing == Standing::Invited))
}

/// Takes every right to a project away from a person, or an invitation to it back.
pub(crate) fn remove(
    state: &mut State,
    project: DocumentId,
    person: PersonId,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "removing a member")?;
    let has_part = is_member(state, project, person)? || is_invited(state, project, person)?;
    if !has_part || person == target.row.owner {
        return Err(no_member(state, person)?);
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

/// Puts away what somebody shared with this person.
pub(crate) fn put_away(state: &mut State, document: DocumentId) -> Result<(), Error> {
    let target = Target::of(state, document)?;
    let me = target.facts.person.id;
    let is_shown =
        matches!(target.row.kind, DocumentKind::SharedReflection | DocumentKind::SignOffRequest);
    if !is_shown || me == target.row.owner {
        return Err(Error::not_allowed("only what others have shared with you can be put away"));
    }
    if !is_member(state, document, me)? {
        return Err(Error::not_allowed("you have put this away; it goes with the next sync"));
    }
    take(state, &target, me)
}

fn take(state: &mut State, target: &Target, person: PersonId) -> Result<(), Error> {
    let (at, project) = (state.now(), target.row.id);
    let round = rights::next_round(state.store(), project, person)?;
    let id = state.environment().item_id();
    let revoke = Revoke { id, from: person, round, at, for_good: false };
    let entry = entries::control(state, target, &revoke)?;
    let me = target.facts.person.id;
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        rights::take(write, project, (&revoke, me))
    })
}
