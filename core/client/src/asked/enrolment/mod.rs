//! Joining: how this device becomes one of a person's, and how it does so once more after the
//! server forgot it.
//!
//! Everything the device brings along is made and durable before it asks: its id, its token, the
//! keys. An answer that is lost is asked for again in the same words, under whatever address, and
//! the server gives the same one.

mod attempt;
mod returning;

use std::borrow::Cow;

use enhance_model::{
    Noun, Person, PersonId, crockford,
    link::{self, LinkKind},
};
use enhance_protocol::{
    EnrolResponse, InvitationRequest, InvitationResponse, Nonce, PROTOCOL, PersonRequest,
    PersonResponse, path,
};
use zeroize::Zeroizing;

use self::attempt::{ANSWER_BYTES, Application, Attempt, attempt, in_cbor, kept, own_recovery_key};
use super::account::{self, Account};
use crate::{
    cancellation::Cancellation,
    environment::transport::Request,
    error::{Errand, Error, InputField},
    keys::RecoveryKey,
    network::{
        address,
        answer::{Echo, NoAnswer, ask, post},
        identity,
    },
    state::{State, facts::Facts, lock::StateLock},
    sync,
};

/// Characters of the longest code, however it is spaced out.
const LONGEST_CODE: usize = 200;

/// The device is enrolled.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Whose device it is now.
    pub account: Account,
    /// On the first device of a person: the key to write down. It opens their private documents
    /// on every other device, and only they have it. It is here when the device is enrolled, and
    /// when that is asked again before its first sync: an app may have ended before it was seen.
    pub recovery_key: Option<RecoveryKey>,
    /// Whether the server, when it was asked, knew this device already, so that nothing changed.
    pub was_enrolled: bool,
}

/// Makes this device one of a person's, with the invitation they were given. One that the server
/// forgot is enrolled again in its place, with the account, the keys and the words it has.
pub(crate) async fn enrol(
    lock: &StateLock,
    server: &str,
    invitation: &str,
    device_name: &str,
    cancel: &Cancellation,
) -> Result<Enrolment, Error> {
    let server = address::typed(server, InputField::Server)?;
    let code = code_in(invitation)?;
    let invitation = &*code;
    let known = lock.with(|state| Ok(account::of_device(state)?.map(|_| state.facts())))?;
    let facts = known.transpose()?;
    let application = Application { server: &server, invitation, device_name };
    // On the heap, since three ways to enrol are more than a caller's future should hold.
    let enrolling = Box::pin(async {
        let Some(facts) = &facts else { return enrol_first(lock, application).await };
        let is_same = lock.with(|state| was_accepted(state, facts, invitation))?;
        if is_same && returning::is_enrolled(lock, facts, application.server, cancel).await? {
            return Ok(true);
        }
        returning::enrol_again(lock, facts, application).await.map(|()| false)
    });
    let enrolled = cancel.race(lock.while_awake(enrolling)).await?;
    let was_enrolled = enrolled.map_err(|error| error.during(Errand::Enrolling))?;
    lock.with(|state| {
        let facts = state.facts()?;
        let account = Account::of(&facts);
        let is_unseen = sync::standing::last_exchange(state.store())?.is_none();
        let recovery_key = if is_unseen { recovery_key(state)? } else { None };
        Ok(Enrolment { account, recovery_key, was_enrolled })
    })
}

/// The code in what a person typed or pasted: the code itself, or a link that has it.
fn code_in(invitation: &str) -> Result<Cow<'_, str>, Error> {
    let wrong = |why: String| Error::invalid(InputField::Invitation, why);
    let code = if link::is_one(invitation) {
        let link = link::read(invitation, LinkKind::Invitation);
        Cow::from(link.map_err(|error| wrong(error.to_string()))?.value)
    } else {
        Cow::from(invitation.trim())
    };
    if code.is_empty() {
        return Err(wrong("it is empty; a code looks like ABCD-EFGH-JKMN".to_owned()));
    }
    if code.chars().nth(LONGEST_CODE).is_some() {
        let why = "it is longer than any code; copy it alone: a code looks like ABCD-EFGH-JKMN";
        return Err(wrong(why.to_owned()));
    }
    Ok(code)
}

/// The recovery key, if this is the device that made it.
pub(crate) fn recovery_key(state: &mut State) -> Result<Option<RecoveryKey>, Error> {
    let facts = state.facts()?;
    match kept(state, &facts.publisher_key)? {
        Some(attempt) => own_recovery_key(&facts, &attempt),
        None => Ok(None),
    }
}

/// Enrols a device that was enrolled nowhere. False: it was not before.
async fn enrol_first(lock: &StateLock, application: Application<'_>) -> Result<bool, Error> {
    let Application { server, invitation, device_name } = application;
    let environment = lock.environment();
    let publisher = identity::of_server(environment, server).await?;
    let attempt = lock.with(|state| attempt(state, &publisher))?;
    let nonce = environment.nonce();
    let question =
        post(server, path::ENROL, None, &attempt.request(nonce, invitation, device_name))?;
    let asked = ask::<EnrolResponse>(&*environment.transport, question, &nonce, ANSWER_BYTES);
    let answer = asked.await?.answer;
    if *answer.publisher_key != publisher {
        return Err(NoAnswer::foreign("it names another key than it has").into());
    }
    lock.with(|state| accept(state, server, &attempt, invitation, answer))?;
    Ok(false)
}

/// Whether this device was enrolled with an invitation.
fn was_accepted(state: &mut State, facts: &Facts, invitation: &str) -> Result<bool, Error> {
    let attempt = kept(state, &facts.publisher_key)?;
    let accepted = attempt.as_ref().and_then(|attempt| attempt.accepted.as_deref());
    Ok(accepted.is_some_and(|known| crockford::is_same(known, invitation)))
}

/// Makes an invitation for another device of the same person. A server that was restored may know
/// this device by the token before its present one.
pub(crate) async fn invite_device(
    lock: &StateLock,
    cancel: &Cancellation,
) -> Result<String, Error> {
    match invitation(lock, cancel).await {
        Err(Error::SignInNeeded) if sync::identity::recover(lock, cancel).await? => {
            invitation(lock, cancel).await
        }
        answer => answer,
    }
}

async fn invitation(lock: &StateLock, cancel: &Cancellation) -> Result<String, Error> {
    let facts = lock.with(State::facts)?;
    let request = InvitationRequest { protocol: PROTOCOL, nonce: lock.environment().nonce() };
    let question = post(&facts.server, path::INVITATIONS, Some(facts.token()), &request)?;
    let answer = ask_for::<InvitationResponse>(lock, question, &request.nonce, cancel).await;
    Ok(answer.map_err(|error| error.during(Errand::Inviting))?.invitation)
}

/// Asks the server for a person by the id they gave, and knows them from now on.
pub(crate) async fn add_person(
    lock: &StateLock,
    person: PersonId,
    cancel: &Cancellation,
) -> Result<Person, Error> {
    let facts = lock.with(State::facts)?;
    if facts.is_me(person) {
        return Err(Error::invalid(InputField::Person, "that is you"));
    }
    let request = PersonRequest { protocol: PROTOCOL, nonce: lock.environment().nonce(), person };
    let question = post(&facts.server, path::PEOPLE, Some(facts.token()), &request)?;
    let answer: PersonResponse = ask_for(lock, question, &request.nonce, cancel).await?;
    if answer.person.id != person {
        return Err(Error::not_found(Noun::Person, person));
    }
    lock.with(|state| state.write(|write| Ok(write.put_person(&answer.person)?)))?;
    Ok(answer.person)
}

async fn ask_for<T: Echo>(
    lock: &StateLock,
    question: Request,
    nonce: &Nonce,
    cancel: &Cancellation,
) -> Result<T, Error> {
    let transport = &*lock.environment().transport;
    let asked = cancel.race(ask(transport, question, nonce, ANSWER_BYTES));
    lock.while_awake(async { Ok(asked.await??.answer) }).await
}

fn accept(
    state: &mut State,
    server: &str,
    attempt: &Attempt,
    invitation: &str,
    answer: EnrolResponse,
) -> Result<(), Error> {
    let epoch = Some(answer.epoch);
    let facts = attempt.facts(server, answer);
    let accepted = attempt.clone().accepted_with(invitation.to_owned());
    let accepted = Zeroizing::new(in_cbor(&accepted)?);
    state.write(|write| {
        // Kept with the account key beside it, of which it says no more: a phone that dies
        // before the person has seen the recovery key can ask for it once more.
        write.set_meta(&Attempt::kept_as(&facts.publisher_key), &accepted)?;
        facts.write(write)?;
        let before = write.sync_state()?;
        Ok(write.set_sync_state(&enhance_store::SyncState { epoch, ..before })?)
    })
}
