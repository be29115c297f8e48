//! `POST /v1/blobs` and `GET /v1/blobs/SHA256`: files of private documents, each person's own, and
//! those of shared copies, for who may read the copy.

use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use enhance_model::{RefusalCode, Sha256};
use enhance_protocol::{BlobRequest, BlobResponse, codec};

use super::{
    pack::ranged,
    request::{admit, answer, fetcher, named, read_body, read_work, request_limit, slowly},
};
use crate::{blobs, error::RequestError, state::ServerState};

pub(super) async fn step(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let (sender, visit, body) = admit(&state, &headers, body).await?;
    let limit = request_limit(&state);
    let held = read_body(&state, body, limit).await?;
    let (_held, request) = read_work(codec::from_cbor, &state, held, limit).await?;
    let BlobRequest { nonce, step, .. } = request;
    let _turn = visit.turn().await;
    let stored = blobs::step(&state, sender, step).await;
    let stored = stored.map_err(|error| error.answering(nonce))?;
    let (epoch, reached) = (state.epochs.present(), state.storage.tips().last());
    Ok(answer(&BlobResponse { nonce, stored, epoch, reached }))
}

/// What is not there, not whole yet or not to be read by this person has one answer.
pub(super) async fn file(
    State(state): State<ServerState>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, RequestError> {
    let (sender, visit) = fetcher(&state, &headers).await?;
    slowly(&state, state.admit_request(sender)).await?;
    let sha256: Sha256 = named(path)?.parse().map_err(|_| RefusalCode::NotFound)?;
    let person = sender.person;
    let find = move |db: &rusqlite::Connection| blobs::readable(db, person, sha256);
    let found = state.storage.read(find).await?.ok_or(RefusalCode::NotFound)?;
    if !found.is_whole && !found.is_asked_again {
        return Err(RefusalCode::NotFound.into());
    }
    if !found.is_whole || !blobs::is_whole(&state, (found.person, sha256)).await? {
        let words = "the server's copy of this file is damaged; it comes back with the next sync \
                     of a device that has the file";
        return Err(RequestError::because(RefusalCode::NotFound, words));
    }
    let path = state.folder.blob(found.person, sha256);
    let media_type = "application/octet-stream".to_owned();
    ranged((&headers, visit), sha256, (&path, found.bytes), media_type).await
}
