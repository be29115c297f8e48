//! Joining: an invitation makes a device one of a person's.

use enhance_model::{
    Person, PersonId, PersonRole, RefusalCode, Timestamp, folding::folded, person,
};
use enhance_protocol::{EnrolRequest, EnrolResponse, device::DEVICE_NAME_CHARS};

use crate::{
    certify,
    devices::token_hash,
    error::{RequestError, StepError},
    refusals::{self, Refused},
    state::ServerState,
    storage::{
        StorageError, Write, audit,
        audit::{Action, Event},
        invitations::{self, InvitationCode, Invitee, RANDOM_BYTES},
        people::{self, DEVICES_AT_MOST, Device, Sender},
        revocations,
    },
    surroundings::random,
};

pub const TOO_MANY_DEVICES: &str = "this person has as many devices as one can have; sign out one \
                                that is not used any more";

/// A wrapped account key is some hundred bytes; this leaves room for other ways to wrap it.
const WRAPPED_KEY_BYTES: usize = 1024;

/// Enrols a device. The same request again has the same answer.
pub async fn enrol(
    state: &ServerState,
    request: EnrolRequest,
) -> Result<EnrolResponse, RequestError> {
    let name_fits = person::line(&request.device_name, DEVICE_NAME_CHARS).is_ok();
    // Without it nobody's other devices can read what this one seals.
    let key_fits = (1..=WRAPPED_KEY_BYTES).contains(&request.wrapped_account_key.len());
    if !key_fits || !name_fits {
        return Err(RefusalCode::MalformedRequest.into());
    }
    if !is_known(state, &request.invitation).await? {
        let what = format!("enrol {}", RefusalCode::InvitationUnknown);
        let guess = Refused { what, document: None, count: 1 };
        refusals::note(state, None, vec![guess]).await?;
        return Err(RefusalCode::InvitationUnknown.into());
    }
    let was = returning(state, &request)?;
    let settings = state.settings().await?;
    let (nonce, device, token) = (request.nonce, request.device, token_hash(&request.token));
    let key = request.signing_key;
    let now = state.now();
    let fresh = PersonId::new(now, random(&*state.surroundings));
    let enrolled = state.storage.write(move |write| join(write, (&request, was), fresh, now)).await;
    let (person, wrapped_account_key, from) = enrolled.map_err(RequestError::from)?;
    let sender = Sender { device, person: person.id };
    state.devices.let_in(token, sender, now);
    let certificate = certify::certificate(state, &person, sender, (key, from));
    Ok(EnrolResponse {
        nonce,
        person,
        epoch: state.epochs.present(),
        wrapped_account_key,
        publisher_key: state.publisher_key().into(),
        certificate,
        settings: (*settings).clone(),
    })
}

/// Whether there is or was such an invitation. A guess is not worth a place in the queue of the
/// writing thread.
async fn is_known(state: &ServerState, invitation: &str) -> Result<bool, StorageError> {
    let Ok(code) = invitation.parse::<InvitationCode>() else { return Ok(false) };
    let found = state.storage.read(move |db| invitations::find(db, &code)).await?;
    Ok(found.is_some())
}

/// Whose device it was, if it says that it was enrolled here before and proves it.
fn returning(
    state: &ServerState,
    request: &EnrolRequest,
) -> Result<Option<PersonId>, RequestError> {
    let Some(returning) = &request.returning else { return Ok(None) };
    if !returning.is_proven(&state.publisher.public(), request.asks()) {
        return Err(RefusalCode::NotSigned.into());
    }
    Ok(Some(returning.certificate.person))
}

fn join(
    write: &mut Write<'_>,
    (request, was): (&EnrolRequest, Option<PersonId>),
    fresh: PersonId,
    now: Timestamp,
) -> Result<(Person, Vec<u8>, Timestamp), StepError> {
    let token_hash = token_hash(&request.token);
    let code: InvitationCode =
        request.invitation.parse().map_err(|_| StepError::Code(RefusalCode::InvitationUnknown))?;
    let invitation = invitations::find(write.db, &code)?
        .ok_or(StepError::Code(RefusalCode::InvitationUnknown))?;
    let known = people::device(write.db, request.device)?;
    let is_same = |known: &Device| known.token_hash == token_hash && !known.is_signed_out;
    match (invitation.used_by, known) {
        // The answer was lost on the way, and the device asks again.
        (Some(by), Some(known)) if by == request.device && is_same(&known) => {
            return whole(write, known.sender);
        }
        (Some(_), _) => return Err(StepError::Code(RefusalCode::InvitationUsed)),
        (None, _) if !invitation.is_open(now) => {
            return Err(StepError::Code(RefusalCode::InvitationExpired));
        }
        // It asks again with another invitation that was made for its person meanwhile.
        (None, Some(known)) if was.is_none() && is_same(&known) => {
            return with_another(write, (&code, invitation.invitee), known.sender);
        }
        // A device is one installation, and joins once, unless its person brings it back.
        (None, Some(known)) if was != Some(known.sender.person) => {
            return Err(StepError::Code(RefusalCode::MalformedRequest));
        }
        (None, _) => {}
    }
    if was.is_some() && revocations::has(write.db, request.device)? {
        return Err(StepError::Code(RefusalCode::NotSigned));
    }
    let person = match invitation.invitee {
        Invitee::Device(person) if was.is_none_or(|was| was == person) => person,
        Invitee::Newcomer { name, roles } if may_be(write, &name, (request, was))? => {
            // Who was here before is who they were, so that what they made is theirs.
            let id = was.unwrap_or(fresh);
            let person = Person { id, name, roles, devices: Vec::new() };
            people::add(write, &person, &request.wrapped_account_key)?;
            id
        }
        _ => return Err(StepError::Code(RefusalCode::InvitationOfAnother)),
    };
    let is_new = people::device(write.db, request.device)?.is_none_or(|one| one.is_signed_out);
    if is_new && people::devices_of(write.db, person)?.len() >= DEVICES_AT_MOST {
        return Err(StepError::Because(RefusalCode::QuotaExceeded, TOO_MANY_DEVICES));
    }
    let sender = Sender { device: request.device, person };
    let name = request.device_name.clone();
    let device = Device::new(sender, name, token_hash, now);
    people::put_device(write, &device, now)?;
    invitations::use_up(write.db, &code, request.device)?;
    let event = Event { by: Some(sender), ..Event::of_server(Action::Enrol, "") };
    audit::add(write.db, event, now)?;
    whole(write, sender)
}

/// The answer to a device that joined already and whose person was invited once more, because the
/// first answer was lost. The invitation is used up, so that it makes nobody else.
fn with_another(
    write: &mut Write<'_>,
    (code, invitee): (&InvitationCode, Invitee),
    sender: Sender,
) -> Result<(Person, Vec<u8>, Timestamp), StepError> {
    let answer = whole(write, sender)?;
    let person = &answer.0;
    let is_theirs = match invitee {
        Invitee::Device(whose) => whose == person.id,
        Invitee::Newcomer { name, roles } => {
            let is_had = |role: &PersonRole| person.roles.iter().any(|one| one.is_same(role));
            folded(&name) == folded(&person.name) && roles.iter().all(is_had)
        }
    };
    if !is_theirs {
        return Err(StepError::Code(RefusalCode::InvitationOfAnother));
    }
    invitations::use_up(write.db, code, sender.device)?;
    Ok(answer)
}

/// Whether a newcomer's invitation can be that of whose device asks: anybody's, unless it comes
/// back. Then it is of the same name, and its person was lost with the restore.
fn may_be(
    write: &Write<'_>,
    name: &str,
    (request, was): (&EnrolRequest, Option<PersonId>),
) -> Result<bool, StorageError> {
    let (Some(was), Some(returning)) = (was, &request.returning) else { return Ok(true) };
    let is_same = folded(name) == folded(&returning.certificate.name);
    Ok(is_same && !people::exists(write.db, was)?)
}

/// The person, their account key, and when the device joined: the same however often it is asked.
fn whole(write: &Write<'_>, sender: Sender) -> Result<(Person, Vec<u8>, Timestamp), StepError> {
    let id = sender.person;
    let person = people::person(write.db, id)?
        .ok_or_else(|| StorageError::Broken(format!("a device belongs to nobody: {id}")))?;
    let joined_at = people::enrolled_at(write.db, sender.device)?;
    Ok((person, people::wrapped_account_key(write.db, id)?, joined_at))
}

/// Makes an invitation for another device of the sender's person.
pub async fn invite(state: &ServerState, sender: Sender) -> Result<String, RequestError> {
    let code = InvitationCode::new(random::<RANDOM_BYTES>(&*state.surroundings));
    let (kept, now) = (code.clone(), state.now());
    let added: Result<(), StorageError> = state
        .storage
        .write(move |write| {
            invitations::make_room(write.db, sender.person, now)?;
            invitations::add(write.db, &kept, &Invitee::Device(sender.person), now)?;
            let event = Event {
                by: Some(sender),
                subject: Some(sender.person),
                ..Event::of_server(Action::Invite, "another device")
            };
            audit::add(write.db, event, now)
        })
        .await;
    added?;
    Ok(code.to_string())
}
