//! Handing a project over: offered by its owner, accepted or declined by whom it is offered to.

use enhance_model::{
    Claim, DocumentId, DocumentKind, Person, PersonId, Right, Timestamp, inbox::OfferFacts,
    ownership::ORGANISATION,
};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::{DocumentRow, StoreReader};
use serde::Serialize;

use super::members;
use crate::{
    error::{Error, InputField},
    state::State,
    writing::{rights, target::Target},
};

/// A project that is offered to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoverView {
    /// Whom it is offered to; theirs once they accept.
    pub to: Person,
    /// Who owns it until then.
    pub from: Person,
    /// Whether the organisation offers it, because its owner has left.
    pub by_organisation: bool,
    /// What who owns it now may do with it once it is somebody else's.
    pub keeps: Right,
    /// Whether it was declined, and its owner has it still.
    pub declined: bool,
}

/// The offer of a document that stands, or that was declined last.
pub(super) fn offer(store: &StoreReader, row: &DocumentRow) -> Result<Option<OfferFacts>, Error> {
    let now = rights::ownership(store, row)?;
    // A later right for the same person took it back.
    let offered = now.offer.filter(|_| row.kind == DocumentKind::ChangeProject);
    let stands = offered.is_some() && store.offered_to(row.id)?.is_some();
    let (claim, declined) = match (offered.filter(|_| stands), now.declined) {
        (Some(offer), _) => (offer, false),
        (None, Some(offer)) if offered.is_none() => (offer, true),
        (None, _) => return Ok(None),
    };
    let answers = |said: &Claim| said.declines() && said.to == claim.to;
    let is_it = |said: &Claim| {
        if declined { answers(said) && said.number > claim.number } else { *said == claim }
    };
    let since = came_at(store, row, is_it)?.unwrap_or(row.created_at);
    Ok(Some(OfferFacts { claim, since, declined }))
}

/// When a claim came to the server, or was made where it has not come to it yet.
fn came_at(
    store: &StoreReader,
    row: &DocumentRow,
    is_it: impl Fn(&Claim) -> bool,
) -> Result<Option<Timestamp>, Error> {
    for entry in store.grants(row.id)? {
        if rights::claim(&entry).is_some_and(|claim| is_it(&claim)) {
            let made = Grant::read(&entry.body).ok().map(|grant| grant.at);
            return Ok(store.received_at(entry.hash)?.or(made));
        }
    }
    Ok(None)
}

/// The same as a screen shows it.
pub(super) fn view(store: &StoreReader, row: &DocumentRow) -> Result<Option<HandoverView>, Error> {
    let Some(OfferFacts { claim, declined, .. }) = offer(store, row)? else { return Ok(None) };
    let people = (store.person(claim.to)?, store.person(row.owner)?);
    let (Some(to), Some(from)) = people else { return Ok(None) };
    let (by_organisation, keeps) = (claim.by == ORGANISATION, claim.keeps);
    Ok(Some(HandoverView { to, from, by_organisation, keeps, declined }))
}

/// Offers a project to a member, and says what its owner may do with it after that. It is theirs
/// once they accept it.
pub(crate) fn offer_ownership(
    state: &mut State,
    project: DocumentId,
    person: PersonId,
    keeps: Right,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "handing a plan over")?;
    members::another_person(state.store(), &target.facts, person)?;
    if keeps == Right::Own {
        let why = "a plan has one owner: who hands it over may read, comment or edit after that";
        return Err(Error::invalid(InputField::Right, why));
    }
    if !members::is_member(state, project, person)? {
        return Err(members::no_member(state, person)?);
    }
    let keeps = Some(keeps).filter(|keeps| *keeps != Claim::KEEPS);
    members::say(state, &target, (person, Right::Own), |grant| Grant { keeps, ..grant })
}

/// Takes the offer of a project back.
pub(crate) fn withdraw_offer(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "taking an offer of a plan back")?;
    let Some(to) = state.store().offered_to(project)? else {
        return Err(Error::not_allowed("this plan is offered to nobody"));
    };
    members::say(state, &target, (to, Right::Own), |grant| Grant { ends: true, ..grant })
}

/// Accepts a project that its owner offers to this person.
pub(crate) fn accept_ownership(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let (target, me) = offered_to_me(state, project)?;
    members::say(state, &target, (me, Right::Own), |grant| grant)
}

/// Declines a project that its owner offers to this person. Its owner keeps it, and is told.
pub(crate) fn decline_ownership(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let (target, me) = offered_to_me(state, project)?;
    members::say(state, &target, (me, Right::Own), |grant| Grant { ends: true, ..grant })
}

fn offered_to_me(state: &mut State, project: DocumentId) -> Result<(Target, PersonId), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    let me = target.facts.person.id;
    if state.store().offered_to(project)? != Some(me) {
        return Err(Error::not_allowed("its owner does not offer you this plan"));
    }
    Ok((target, me))
}
