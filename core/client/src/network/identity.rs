//! Which server is at an address: the one that has the key it is known by.

use enhance_protocol::{IdentityRequest, IdentityResponse, PROTOCOL, path};

use super::answer::{NoAnswer, ask, post};
use crate::{environment::Environment, error::Error};

/// Bytes of the largest answer.
const ANSWER_BYTES: usize = 4 << 10;

/// The key by which the server at an address is known, proven. No token is sent: it may be anybody.
pub(crate) async fn of_server(environment: &Environment, server: &str) -> Result<[u8; 32], Error> {
    let nonce = environment.nonce();
    let question =
        post(server, path::IDENTITY, None, &IdentityRequest { protocol: PROTOCOL, nonce })?;
    let asked = ask::<IdentityResponse>(&*environment.transport, question, &nonce, ANSWER_BYTES);
    let answer = asked.await?.answer;
    let proven = answer.proven().copied();
    proven.ok_or_else(|| NoAnswer::foreign("it does not have the key that it names").into())
}
