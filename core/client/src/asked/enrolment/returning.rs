//! Enrolling again in place: the server was restored from a backup that is older than the
//! enrolment, or signed this device out.
//!
//! The device keeps its id, so that what it made is its own, and shows the certificate that the
//! server once gave it. It gets a new token. Afterwards nothing counts as stored and everything is
//! compared, as after any restore.

use std::sync::Arc;

use enhance_model::{Epoch, RefusalCode};
use enhance_protocol::{
    Asks, BlobRequest, BlobResponse, BlobStep, EnrolRequest, EnrolResponse, Nonce, PROTOCOL,
    Refusal, Returning, path,
};
use enhance_store::Write;
use zeroize::Zeroizing;

use super::attempt::{ANSWER_BYTES, Application, Attempt, device_called, in_cbor, kept};
use crate::{
    cancellation::Cancellation,
    error::Error,
    network::{
        answer::{NoAnswer, ask, post},
        identity,
    },
    state::{
        State,
        facts::{Facts, Signing},
        lock::StateLock,
    },
    sync::identity::recover,
};

/// Where the token is kept by which the server will know this device, until it does.
const NEXT_TOKEN: &str = "next token";

/// Enrols this device once more, if its server does not know it any more.
pub(super) async fn enrol_again(
    lock: &StateLock,
    facts: &Arc<Facts>,
    application: Application<'_>,
) -> Result<(), Error> {
    let environment = lock.environment();
    let is_its_server =
        identity::of_server(environment, application.server).await? == facts.publisher_key;
    if !is_its_server || is_known(lock, facts, application.server).await? {
        return Err(Error::AlreadyEnrolled);
    }
    let Some(signing) = facts.signing.clone() else { return Err(Error::AlreadyEnrolled) };
    let token = lock.with(next_token)?;
    let nonce = environment.nonce();
    let request = request(facts, &signing, application, (nonce, &*token));
    let question = post(application.server, path::ENROL, None, &request)?;
    let asked = ask::<EnrolResponse>(&*environment.transport, question, &nonce, ANSWER_BYTES).await;
    let answer = asked.map_err(|error| of_another(error, facts))?.answer;
    if answer.person.id != facts.person.id || *answer.publisher_key != facts.publisher_key {
        return Err(NoAnswer::foreign("it enrols somebody else").into());
    }
    let (epoch, invitation) = (answer.epoch, application.invitation.to_owned());
    let now = Facts {
        person: answer.person,
        server: application.server.to_owned(),
        token,
        settings: answer.settings,
        signing: Some(Signing { key: signing.key, certificate: answer.certificate }),
        ..(**facts).clone()
    };
    lock.work(move |state| begin_again(state, &now, invitation, epoch)).await
}

/// What the server is asked: to know this device by another token. It once gave the certificate.
fn request(
    facts: &Facts,
    signing: &Signing,
    application: Application<'_>,
    (nonce, token): (Nonce, &[u8; 20]),
) -> EnrolRequest {
    let Application { invitation, device_name, .. } = application;
    let asks = Asks { nonce: &nonce, device: facts.device, token, invitation };
    let returning = Returning::new(signing.certificate.clone(), &signing.key, asks);
    EnrolRequest {
        protocol: PROTOCOL,
        nonce,
        invitation: invitation.to_owned(),
        device: facts.device,
        device_name: device_called(device_name),
        token: (*token).into(),
        wrapped_account_key: facts.wrapped_account_key.clone(),
        signing_key: signing.key.public(),
        returning: Some(returning),
    }
}

/// Keeps what the server answered: from now on nothing counts as stored.
fn begin_again(
    state: &mut State,
    now: &Facts,
    invitation: String,
    epoch: Epoch,
) -> Result<(), Error> {
    let accepted = accepted(state, now, invitation)?;
    state.write(|write| {
        now.write(write)?;
        write.set_meta(NEXT_TOKEN, &[])?;
        if let Some(accepted) = &accepted {
            write.set_meta(&Attempt::kept_as(&now.publisher_key), accepted)?;
        }
        write.keep_failure(None)?;
        Ok(write.begin_anew(epoch)?)
    })
}

/// Whether this device is enrolled at the server of this address, which is asked. One that was
/// restored may know it by the token before its present one.
pub(super) async fn is_enrolled(
    lock: &StateLock,
    facts: &Facts,
    server: &str,
    cancel: &Cancellation,
) -> Result<bool, Error> {
    if identity::of_server(lock.environment(), server).await? != facts.publisher_key {
        return Err(Error::AlreadyEnrolled);
    }
    Ok(is_known(lock, facts, server).await? || recover(lock, cancel).await?)
}

/// Whether the server knows this device, which it is asked without asking for anything.
async fn is_known(lock: &StateLock, facts: &Facts, server: &str) -> Result<bool, Error> {
    let environment = lock.environment();
    let nonce = environment.nonce();
    let step = BlobStep::Ask { blobs: Vec::new() };
    let request = BlobRequest { protocol: PROTOCOL, nonce, step };
    let question = post(server, path::BLOBS, Some(facts.token()), &request)?;
    let asked = ask::<BlobResponse>(&*environment.transport, question, &nonce, ANSWER_BYTES);
    match asked.await {
        // Who left and comes back has another invitation.
        Err(NoAnswer::Refused(Refusal {
            code: RefusalCode::SignInNeeded | RefusalCode::HasLeft,
            ..
        })) => Ok(false),
        Ok(_) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// The token to be known by, which is the same however often it is asked.
fn next_token(state: &mut State) -> Result<Zeroizing<[u8; 20]>, Error> {
    let kept = state.store().meta(NEXT_TOKEN)?.map(Zeroizing::new);
    if let Some(token) = kept.and_then(|bytes| bytes.as_slice().try_into().ok()) {
        return Ok(Zeroizing::new(token));
    }
    let token = Zeroizing::new(state.environment().randomness.bytes());
    state.write(|write: &mut Write<'_>| Ok(write.set_meta(NEXT_TOKEN, token.as_slice())?))?;
    Ok(token)
}

/// What is kept of the enrolment, with the invitation that it succeeded with last.
fn accepted(
    state: &State,
    facts: &Facts,
    invitation: String,
) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let Some(attempt) = kept(state, &facts.publisher_key)? else { return Ok(None) };
    Ok(Some(Zeroizing::new(in_cbor(&attempt.accepted_with(invitation))?)))
}

/// A refusal because of whose folder this is says so.
fn of_another(error: NoAnswer, facts: &Facts) -> Error {
    match error {
        NoAnswer::Refused(Refusal { code: RefusalCode::InvitationOfAnother, .. }) => {
            let message = format!(
                "this device is {}'s, and the invitation is not; another person needs another \
                 folder",
                facts.person.name
            );
            Error::Refused { code: RefusalCode::InvitationOfAnother, message }
        }
        other => other.into(),
    }
}
