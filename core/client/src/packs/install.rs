//! Putting a version of a pack to use: all of it at once, and searchable at once.

use std::collections::BTreeSet;

use enhance_model::{
    Noun, RefusalCode, Sha256,
    pack::{Fetch, PackFile, PackManifest},
    programme::{Module, Page, Programme},
};
use enhance_protocol::SignedManifest;
use enhance_store::{PackFileRow, PackStage, PageText, fs};
use serde::Serialize;

use super::{
    fetch::{Download, Downloads, broken, on_disk},
    room,
};
use crate::{
    cancellation::Cancellation,
    error::{Errand, Error},
    progress::OnProgress,
    state::{
        State,
        lock::StateLock,
        pack::{file_in, files_in, manifest_of},
        place::{self, file_length},
    },
};

/// What became of an update of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackUpdate {
    pub key: String,
    /// The version that was in use before.
    pub before: Option<u64>,
    /// The version in use now.
    pub version: u64,
    /// Bytes that were fetched.
    pub bytes: u64,
}

/// Fetches the newest version of a content pack and puts it to use. Goes
/// on where an earlier attempt stopped.
pub(crate) async fn update(
    lock: &StateLock,
    downloads: &Downloads,
    key: &str,
    cancel: &Cancellation,
    progress: OnProgress<'_>,
) -> Result<PackUpdate, Error> {
    let _turn = cancel.race(downloads.turn()).await?;
    let mut download = Download::new(lock, cancel, progress)?;
    let manifest = download.manifest(key).await;
    let (signed, manifest) = manifest.map_err(|error| error.during(Errand::FetchingContent))?;
    let in_use = lock.with(|state| Ok(state.store().pack_in_use(key)?))?;
    let before = in_use.as_ref().map(|pack| pack.version);
    let version = manifest.version;
    if before.is_some_and(|before| before > version) {
        return Err(Error::not_allowed(format_args!(
            "content pack {key:?} never goes back to version {version}"
        )));
    }
    if before != Some(version) {
        lock.with(|state| begin(state, &signed, &manifest))?;
    }
    download.total = manifest.bytes_with_pack();
    let to_come = to_come(lock, &manifest).saturating_mul(room::TEXT_TAKES);
    room::leave_for_words(lock.folder(), to_come)?;
    if let Err(error) = fetch_all(&mut download, &manifest).await {
        return Err(given_up(lock, &manifest, error.during(Errand::FetchingContent)));
    }
    let is_as_it_was = in_use.is_some_and(|pack| {
        pack.manifest == signed.manifest && pack.signature == signed.signature.as_slice()
    });
    if !is_as_it_was || download.fetched > 0 {
        lock.work(move |state| switch(state, &signed, &manifest)).await?;
    }
    Ok(PackUpdate { key: key.to_owned(), before, version, bytes: download.fetched })
}

/// Bytes of a version that are certainly not here yet, so that one for which there is no room
/// is not even begun.
fn to_come(lock: &StateLock, manifest: &PackManifest) -> u64 {
    let with_pack = manifest.files.iter().filter(|file| file.fetch == Fetch::WithPack);
    let is_to_come = |file: &&PackFile| {
        let length = file_length(&file_in(lock.folder(), file.sha256));
        length.ok().flatten() != Some(file.bytes)
    };
    with_pack.filter(is_to_come).fold(0, |sum, file| sum.saturating_add(file.bytes))
}

/// A version that is not in order is forgotten; of one that is only cut off, the parts stay.
fn given_up(lock: &StateLock, manifest: &PackManifest, error: Error) -> Error {
    let is_wrong = matches!(
        &error,
        Error::Damaged { .. } | Error::Refused { code: RefusalCode::DamagedOnServer, .. }
    );
    if is_wrong {
        let forgotten = lock.with(|state| {
            state.write(|write| Ok(write.remove_pack(&manifest.key, manifest.version)?))
        });
        if let Err(error) = forgotten {
            tracing::warn!(%error, "a content pack could not be forgotten");
        }
    }
    error
}

/// Fetches the structure first: a pack that is no programme is not worth the rest.
async fn fetch_all(download: &mut Download<'_>, manifest: &PackManifest) -> Result<(), Error> {
    let structure = manifest
        .file(manifest.structure)
        .filter(|file| file.fetch == Fetch::WithPack)
        .ok_or_else(|| broken(&manifest.key, "its structure file is not in it"))?;
    let path = download.file(structure).await?;
    check(&read_programme(manifest, &path)?, manifest)?;
    let others = manifest
        .files
        .iter()
        .filter(|file| file.fetch == Fetch::WithPack && file.sha256 != manifest.structure);
    for file in others {
        download.file(file).await?;
    }
    Ok(())
}

fn read_programme(manifest: &PackManifest, path: &std::path::Path) -> Result<Programme, Error> {
    let json = fs::read(path).map_err(on_disk)?;
    serde_json::from_slice(&json)
        .map_err(|error| broken(&manifest.key, format_args!("it is no programme: {error}")))
}

/// Everything the programme shows must be in the pack.
fn check(programme: &Programme, manifest: &PackManifest) -> Result<(), Error> {
    let with_pack = |file: Sha256| {
        manifest.file(file).is_some_and(|file: &PackFile| file.fetch == Fetch::WithPack)
    };
    if let Some(page) = programme.pages().find(|page| !with_pack(page.file)) {
        return Err(broken(&manifest.key, format_args!("page {:?} is not in it", page.key)));
    }
    let is_missing = |file: Option<Sha256>| file.is_some_and(|file| manifest.file(file).is_none());
    let missing = |resource: &&enhance_model::programme::Resource| {
        is_missing(resource.file) || is_missing(resource.transcript)
    };
    match programme.resources.iter().find(missing) {
        Some(resource) => {
            Err(broken(&manifest.key, format_args!("resource {:?} is not in it", resource.key)))
        }
        None => Ok(()),
    }
}

fn begin(state: &mut State, signed: &SignedManifest, manifest: &PackManifest) -> Result<(), Error> {
    let PackManifest { key, version, .. } = manifest;
    state.write(|write| {
        // One left from an attempt that was given up may have other bytes.
        write.remove_pack(key, *version)?;
        write.put_pack(key, *version, &signed.manifest, signed.signature.as_slice())?;
        for PackFile { sha256, bytes, .. } in &manifest.files {
            if write.pack_file(*sha256)?.is_none() {
                let (sha256, bytes) = (*sha256, *bytes);
                write.put_pack_file(PackFileRow { sha256, bytes, have: false })?;
            }
        }
        Ok(())
    })
}

/// Puts a version to use whose files are all here, then clears away what nothing needs.
fn switch(
    state: &mut State,
    signed: &SignedManifest,
    manifest: &PackManifest,
) -> Result<(), Error> {
    let programme = read_programme(manifest, &state.file(manifest.structure))?;
    let pages = page_texts(state, &programme)?;
    let now = state.now();
    let key = manifest.key.as_str();
    state.write(|write| {
        write.put_pack(key, manifest.version, &signed.manifest, signed.signature.as_slice())?;
        write.switch_pack(key, manifest.version)?;
        write.replace_pack_search_entries(key, &pages, now)?;
        for old in write.packs()? {
            let is_old = old.key == key && old.version < manifest.version;
            if is_old && old.state != PackStage::Ready {
                write.remove_pack(key, old.version)?;
            }
        }
        Ok(())
    })?;
    if let Err(error) = remove_unneeded_files(state) {
        tracing::warn!(%error, "files of an older content pack could not be removed");
    }
    Ok(())
}

fn page_texts(state: &mut State, programme: &Programme) -> Result<Vec<PageText>, Error> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    for page in programme.pages() {
        if !seen.insert(page.key.as_str()) {
            continue;
        }
        let bytes = state.intact_file(page.file)?;
        let bytes = bytes.ok_or_else(|| Error::not_fetched(Noun::Page, page.key.as_str()))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| Error::damaged(format_args!("page {:?}", page.key)).because(error))?;
        let body = match programme.modules.iter().find(|module| module.page.key == page.key) {
            Some(module) => with_outcomes(&text, module),
            None => text,
        };
        let Page { key, title, .. } = page;
        pages.push(PageText { page: key.clone(), title: title.clone(), body });
    }
    Ok(pages)
}

fn remove_unneeded_files(state: &mut State) -> Result<(), Error> {
    let mut needed = BTreeSet::new();
    for pack in state.store().packs()? {
        needed.extend(manifest_of(&pack)?.files.iter().map(|file| file.sha256));
    }
    let files = state.store().pack_files()?.into_iter();
    let unneeded: Vec<Sha256> =
        files.map(|row| row.sha256).filter(|sha256| !needed.contains(sha256)).collect();
    // Said to be gone before it is: the other way round a page could be missing.
    state.write(|write| {
        unneeded.iter().try_for_each(|sha256| Ok(write.remove_pack_file(*sha256)?))
    })?;
    if place::is_elsewhere(&files_in(state.folder())) {
        return Ok(());
    }
    for sha256 in unneeded {
        let path = state.file(sha256);
        for path in [path.with_extension("part"), path] {
            if fs::exists(&path).map_err(on_disk)? {
                fs::remove_file(path).map_err(on_disk)?;
            }
        }
    }
    Ok(())
}

/// A module is found by what one will be able to do as well as by its page.
fn with_outcomes(text: &str, module: &Module) -> String {
    let outcomes = module.outcomes.iter().map(|outcome| outcome.text.as_str());
    let activities = module.activities.iter().map(|activity| activity.title.as_str());
    [text].into_iter().chain(outcomes).chain(activities).collect::<Vec<_>>().join("\n\n")
}
