//! Plans this person is invited to: they come once they accept.

use enhance_model::{DocumentId, DocumentKind, Noun, Person, Right, Timestamp};
use enhance_protocol::{EntryBody, Grant, Revoke};
use enhance_store::{InvitationAnswer, InvitationRow, Origin, StoreReader};
use serde::Serialize;

use crate::{
    error::Error,
    state::{State, screens::Screen},
    writing::entries,
};

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStanding {
    /// It waits for an answer.
    Waiting,
    /// The plan comes with the next exchange.
    Accepted,
    /// It was declined, and who sent it can send nothing more until this is taken back.
    DeclinedForGood,
}

/// An invitation to take part in a plan, with what there is to decide by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvitationView {
    pub project: DocumentId,
    /// What the plan is called, as who invites says; cut where it is long. May be empty.
    pub title: String,
    /// Who invites, if this device has heard of them.
    pub inviter: Option<Person>,
    /// What this person may do once they accept.
    pub right: Right,
    /// How many bytes come with it, about, as who invites says.
    pub bytes: u64,
    /// When it came to the server.
    pub came_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    pub standing: InvitationStanding,
}

/// The invitations that wait, those accepted whose plan is not here yet, and those declined for
/// good, newest first.
pub(crate) fn all(screen: &mut Screen<'_>, now: Timestamp) -> Result<Vec<InvitationView>, Error> {
    let store = screen.store();
    let kept = store.invitations()?.into_iter().filter(|one| is_open(one, now));
    kept.map(|one| view(store, one)).collect()
}

fn is_open(row: &InvitationRow, now: Timestamp) -> bool {
    row.answer == Some(InvitationAnswer::DeclinedForGood) || row.expires_at > now
}

fn view(store: &StoreReader, row: InvitationRow) -> Result<InvitationView, Error> {
    let InvitationRow { document: project, title, right, bytes, came_at, expires_at, .. } = row;
    let standing = match row.answer {
        None => InvitationStanding::Waiting,
        Some(InvitationAnswer::Accepted) => InvitationStanding::Accepted,
        Some(InvitationAnswer::DeclinedForGood) => InvitationStanding::DeclinedForGood,
    };
    let inviter = store.person(row.inviter)?;
    Ok(InvitationView { project, title, inviter, right, bytes, came_at, expires_at, standing })
}

fn open(state: &State, project: DocumentId) -> Result<InvitationRow, Error> {
    let (found, now) = (state.store().invitation(project)?, state.now());
    let found = found.filter(|one| is_open(one, now));
    found.ok_or_else(|| Error::not_found(Noun::Invitation, project))
}

/// Accepts an invitation. Its plan comes with the next exchange.
pub(crate) fn accept(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let invitation = open(state, project)?;
    match invitation.answer {
        Some(InvitationAnswer::Accepted) => return Ok(()),
        Some(InvitationAnswer::DeclinedForGood) => {
            let why = "you declined this for good; let them send to you again, and ask for another";
            return Err(Error::not_allowed(why));
        }
        None => {}
    }
    let (id, at, to) = (state.environment().item_id(), state.now(), state.facts()?.person.id);
    let InvitationRow { right, round, entry, .. } = invitation;
    let grant = Grant { answers: Some(entry), ..Grant::new(id, to, right, round, at) };
    let answered = InvitationRow { answer: Some(InvitationAnswer::Accepted), ..invitation };
    answer(state, &grant, Some(&answered), project)
}

/// Declines an invitation, for good if who sent it is to send nothing more.
pub(crate) fn decline(state: &mut State, project: DocumentId, for_good: bool) -> Result<(), Error> {
    let invitation = open(state, project)?;
    let declined = Some(InvitationAnswer::DeclinedForGood);
    if invitation.answer == declined {
        return Ok(());
    }
    let (id, at, from) = (state.environment().item_id(), state.now(), state.facts()?.person.id);
    let revoke = Revoke { id, from, round: invitation.round, at, for_good };
    let kept = for_good.then_some(InvitationRow { answer: declined, ..invitation });
    answer(state, &revoke, kept.as_ref(), project)
}

/// Lets somebody send to this person again whose invitation was declined for good.
pub(crate) fn welcome(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let invitation = open(state, project)?;
    if invitation.answer != Some(InvitationAnswer::DeclinedForGood) {
        return Err(Error::not_allowed("this invitation was not declined for good"));
    }
    let (id, at, from) = (state.environment().item_id(), state.now(), state.facts()?.person.id);
    let round = invitation.round.saturating_add(1);
    let revoke = Revoke { id, from, round, at, for_good: false };
    answer(state, &revoke, None, project)
}

/// Keeps what this person answers, and what is left of the invitation.
fn answer(
    state: &mut State,
    body: &impl EntryBody,
    left: Option<&InvitationRow>,
    project: DocumentId,
) -> Result<(), Error> {
    let (facts, at) = (state.facts()?, state.now());
    let entry = entries::own(body.offer(project), Vec::new(), &facts)?;
    let inviter = state.store().invitation(project)?.map(|invitation| invitation.inviter);
    let owner = inviter.unwrap_or(facts.person.id);
    state.write(|write| {
        write.put_absent_document(project, DocumentKind::ChangeProject, owner, at)?;
        write.put_entry(&entry, Origin::Here { at })?;
        match left {
            Some(left) => write.put_invitation(left)?,
            None => write.remove_invitation(project)?,
        }
        Ok(())
    })
}
