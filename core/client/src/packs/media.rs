//! Films, sound and pictures: shown with their size, and fetched when a person asks for them.

use std::path::PathBuf;

use enhance_model::{
    Noun, Sha256,
    pack::PackFile,
    programme::{PausePoint, Resource, ResourceKind},
};
use enhance_store::{PackStage, Store};
use serde::Serialize;

use super::fetch::{Download, Downloads};
use crate::{
    cancellation::Cancellation,
    error::{Errand, Error},
    progress::OnProgress,
    state::{
        State,
        lock::StateLock,
        pack::{file_in, manifest_of},
    },
};

/// Something an activity uses, and whether it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MediaView {
    pub key: String,
    pub title: String,
    pub kind: ResourceKind,
    /// Its size in bytes. Nothing for an address on the web.
    pub bytes: u64,
    /// The media type of its file.
    pub media_type: Option<String>,
    /// Its file, once it is here.
    pub path: Option<PathBuf>,
    /// Where it is on the web, if it is.
    pub url: Option<String>,
    /// Its captions or transcript.
    pub transcript: Option<String>,
    /// Places where one stops and thinks.
    pub pause_points: Vec<PausePoint>,
}

/// Something an activity uses: how large it is, and where, if it is here. A film is compared with its
/// hash away from the lock, since that takes a second for some hundred megabytes.
pub(crate) fn view(lock: &StateLock, downloads: &Downloads, key: &str) -> Result<MediaView, Error> {
    let (resource, file, transcript) = lock.with(|state| {
        let resource = resource(state, key)?;
        let file = file_of(state.store(), &resource)?;
        let transcript = resource.transcript.map(|file| state.intact_file(file)).transpose()?;
        Ok((resource, file, transcript.flatten()))
    })?;
    let path = file.as_ref().map(|file| whole_file(lock, downloads, file)).transpose()?.flatten();
    let read = |bytes: Vec<u8>| {
        String::from_utf8(bytes).map_err(|error| {
            Error::damaged(format_args!("transcript of {:?}", resource.key)).because(error)
        })
    };
    let transcript = transcript.map(read).transpose()?;
    Ok(MediaView {
        key: resource.key,
        title: resource.title,
        kind: resource.kind,
        bytes: file.as_ref().map_or(0, |file| file.bytes),
        media_type: file.map(|file| file.media_type),
        path,
        url: resource.url,
        transcript,
        pause_points: resource.pause_points,
    })
}

/// Bytes of the largest file that is handed over whole.
const MOST_BYTES: u64 = 32 << 20;

/// The file of something an activity uses, once it is here and if it is not too large: for a host
/// that has no files.
pub(crate) fn bytes(state: &mut State, key: &str) -> Result<Option<Vec<u8>>, Error> {
    let resource = resource(state, key)?;
    match file_of(state.store(), &resource)? {
        Some(file) if file.bytes <= MOST_BYTES => state.intact_file(file.sha256),
        _ => Ok(None),
    }
}

/// Fetches the file of something an activity uses, and says where it is then. Goes on where an
/// earlier attempt stopped.
pub(crate) async fn fetch(
    lock: &StateLock,
    downloads: &Downloads,
    key: &str,
    cancel: &Cancellation,
    progress: OnProgress<'_>,
) -> Result<PathBuf, Error> {
    let file = lock.with(|state| {
        let resource = resource(state, key)?;
        file_of(state.store(), &resource)
    })?;
    let file = file.ok_or_else(|| Error::not_found(Noun::File, key))?;
    let _turn = cancel.race(downloads.turn()).await?;
    let mut download = Download::new(lock, cancel, progress)?;
    download.total = file.bytes;
    let fetched = lock.while_awake(download.file(&file)).await;
    fetched.map_err(|error| error.during(Errand::FetchingContent))
}

fn resource(state: &mut State, key: &str) -> Result<Resource, Error> {
    let pack = state.installed()?;
    let resource = pack.programme.resource(key).cloned();
    resource.ok_or_else(|| Error::not_found(Noun::Resource, key))
}

fn file_of(store: &Store, resource: &Resource) -> Result<Option<PackFile>, Error> {
    match resource.file {
        Some(sha256) => file_in_use(store, sha256),
        None => Ok(None),
    }
}

/// What the packs in use say of a file.
fn file_in_use(store: &Store, sha256: Sha256) -> Result<Option<PackFile>, Error> {
    for pack in store.packs()?.iter().filter(|pack| pack.state == PackStage::Ready) {
        let Ok(manifest) = manifest_of(pack) else { continue };
        if let Some(file) = manifest.file(sha256) {
            return Ok(Some(file.clone()));
        }
    }
    Ok(None)
}

/// Where a file is, if it is here as its publisher signed it.
fn whole_file(
    lock: &StateLock,
    downloads: &Downloads,
    file: &PackFile,
) -> Result<Option<PathBuf>, Error> {
    let path = file_in(lock.folder(), file.sha256);
    let known = lock.with(|state| Ok(state.store().pack_file(file.sha256)?))?;
    if !known.is_some_and(|row| row.have) {
        return Ok(None);
    }
    if downloads.is_intact(&path, file) {
        return Ok(Some(path));
    }
    lock.with(|state| state.note_missing(file.sha256))?;
    Ok(None)
}
