//! The files of attachments on their way: up after the words and never instead of them, down when
//! a person asks for one. Both go on where they stopped.

pub(crate) mod fetch;
pub(super) mod upload;

use enhance_protocol::{BlobRequest, BlobResponse, BlobStep, PROTOCOL, path};

use crate::{
    error::Error,
    network::answer::{NoAnswer, ask, post},
    state::{State, lock::StateLock},
};

/// Bytes that an answer to a step may have.
const ANSWER_BYTES: usize = 64 << 10;

/// Takes one step with the server, which says how much of each file is there then. Returns that with
/// how many bytes went over the network.
async fn step(lock: &StateLock, step: BlobStep) -> Result<(BlobResponse, u64), Error> {
    let named = match &step {
        BlobStep::Ask { blobs } | BlobStep::Forget { blobs } => blobs.len(),
        BlobStep::Piece { .. } => 1,
    };
    let facts = lock.with(State::facts)?;
    let nonce = lock.environment().nonce();
    let question = BlobRequest { protocol: PROTOCOL, nonce, step };
    let request = post(&facts.server, path::BLOBS, Some(facts.token()), &question)?;
    let sent = request.body.len() as u64;
    let transport = &*lock.environment().transport;
    let reply = ask::<BlobResponse>(transport, request, &nonce, ANSWER_BYTES).await?;
    if reply.answer.stored.len() != named {
        return Err(NoAnswer::foreign("this answers another question").into());
    }
    Ok((reply.answer, sent.saturating_add(reply.bytes)))
}
