//! The key of this device, replaced. What was signed with the old one goes on counting.

use enhance_protocol::{CertificateRequest, CertificateResponse, PROTOCOL, SecretKey, path};

use crate::{
    cancellation::Cancellation,
    error::{Errand, Error},
    network::answer::{ask, post},
    state::{State, facts::Signing, lock::StateLock},
};

/// Bytes of the largest answer; a certificate is small.
const ANSWER_BYTES: usize = 64 << 10;

/// Makes this device a new key to sign with, and has it certified.
pub(crate) async fn renew(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    let facts = lock.with(State::facts)?;
    let environment = lock.environment();
    // If the answer is lost, so is a key that nobody has heard of.
    let key = SecretKey::from_bytes(&environment.randomness.bytes());
    let (nonce, public) = (environment.nonce(), key.public());
    let request = CertificateRequest { protocol: PROTOCOL, nonce, key: public };
    let question = post(&facts.server, path::CERTIFICATES, Some(facts.token()), &request)?;
    let asked = cancel.race(ask(&*environment.transport, question, &nonce, ANSWER_BYTES));
    let answer = lock.while_awake(async { Ok(asked.await??.answer) }).await;
    let answer: CertificateResponse =
        answer.map_err(|error: Error| error.during(Errand::RenewingKey))?;
    let signing = Signing { key, certificate: answer.certificate };
    lock.with(|state| state.write(|write| signing.write(write)))
}
