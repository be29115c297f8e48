//! `GET /v1/packs/KEY` and `GET /v1/files/SHA256`: content that devices fetch, with ranges so that
//! a broken download goes on where it stopped.

use std::{io::SeekFrom, ops::Range};

use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use enhance_model::{RefusalCode, Sha256};
use enhance_protocol::{SignedManifest, decode};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use super::{
    range::{Selection, select},
    request::{fetcher, named},
};
use crate::{
    error::{RequestError, framed},
    state::ServerState,
    storage::{StorageError, packs},
    turns::Visit,
};

/// Bytes read from disk at a time.
const CHUNK: u64 = 64 << 10;

pub(super) async fn manifest(
    State(state): State<ServerState>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, RequestError> {
    let _counted = fetcher(&state, &headers).await?;
    let key = named(path)?;
    let frame = state.storage.read(move |db| packs::signed_manifest(db, &key)).await?;
    let Some(frame) = frame else {
        let words = "this server has no such content; what is on this device stays in use";
        return Err(RequestError::because(RefusalCode::NotFound, words));
    };
    let signed = decode::<SignedManifest>(&frame, packs::MANIFEST_BYTES).ok();
    if signed.is_none_or(|signed| signed.verify(&state.publisher_key()).is_err()) {
        // A phone could only take it for somebody else's.
        tracing::error!("a manifest of a pack is damaged; publish its content as a next version");
        return Err(RefusalCode::DamagedOnServer.into());
    }
    Ok(framed(StatusCode::OK, frame))
}

pub(super) async fn file(
    State(state): State<ServerState>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, RequestError> {
    let (_, visit) = fetcher(&state, &headers).await?;
    let sha256: Sha256 = named(path)?.parse().map_err(|_| RefusalCode::NotFound)?;
    let found = state.storage.read(move |db| packs::file(db, sha256)).await?;
    let (total, media_type) = found.ok_or(RefusalCode::NotFound)?;
    let path = state.folder.file(sha256);
    let there = tokio::fs::metadata(&path).await;
    if !there.is_ok_and(|there| there.is_file() && there.len() == total) {
        // It does not come back by itself, so that nobody is told to wait for it.
        tracing::error!(%sha256, "a file of a pack is not whole; publish its content once more");
        return Err(RefusalCode::NotFound.into());
    }
    ranged((&headers, visit), sha256, (&path, total), media_type).await
}

/// A file, or the part of it that is asked for.
pub(super) async fn ranged(
    (headers, visit): (&HeaderMap, Visit),
    sha256: Sha256,
    (path, total): (&std::path::Path, u64),
    media_type: String,
) -> Result<Response, RequestError> {
    let tag = format!("\"{sha256}\"");
    let (status, range, content_range) = match select(headers, &tag, total) {
        Selection::Whole => (StatusCode::OK, 0..total, None),
        Selection::Part(range) => {
            let said = format!("bytes {}-{}/{total}", range.start, range.end.saturating_sub(1));
            (StatusCode::PARTIAL_CONTENT, range, Some(said))
        }
        Selection::Unsatisfiable => {
            (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{total}")))
        }
    };
    let length = range.end - range.start;
    let mut response = Response::new(part(path, range, visit).await?);
    *response.status_mut() = status;
    let fields = [
        (header::CONTENT_TYPE, Some(media_type)),
        (header::ETAG, Some(tag)),
        (header::ACCEPT_RANGES, Some("bytes".to_owned())),
        (header::CONTENT_LENGTH, Some(length.to_string())),
        (header::CONTENT_RANGE, content_range),
    ];
    for (name, value) in fields {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// A part of a file as a body.
async fn part(
    path: &std::path::Path,
    range: Range<u64>,
    visit: Visit,
) -> Result<Body, StorageError> {
    if range.is_empty() {
        return Ok(Body::empty());
    }
    let what = || StorageError::file(path.display().to_string());
    let mut file = File::open(path).await.map_err(what())?;
    file.seek(SeekFrom::Start(range.start)).await.map_err(what())?;
    Ok(stream(file, range.end - range.start, visit))
}

/// The next bytes of a file, which is on its way until the last of them went.
fn stream(file: File, length: u64, visit: Visit) -> Body {
    let begun = (file, length, visit);
    let chunks = futures_util::stream::try_unfold(begun, |(mut file, left, visit)| async move {
        if left == 0 {
            return Ok::<_, std::io::Error>(None);
        }
        let mut chunk = vec![0; usize::try_from(left.min(CHUNK)).unwrap_or(1)];
        let read = file.read(&mut chunk).await?;
        if read == 0 {
            // The connection breaks, which the device takes for what it is: go on from here.
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        chunk.truncate(read);
        Ok(Some((Bytes::from(chunk), (file, left - read as u64, visit))))
    });
    Body::from_stream(chunks)
}
