//! The content packs in use, and where the files of packs are.
//!
//! A file of a pack is believed for its SHA-256 alone, each time it is read: a disk can change what
//! was whole when it came. What is not as its publisher signed it counts as not here. A page costs
//! microseconds to compare; films are compared once for each opening of the
//! core: see what `packs/media.rs` does.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use enhance_model::{Sha256, pack::PackManifest, programme::Programme};
use enhance_protocol::codec;
use enhance_store::{PACK_FILES, Pack, PackStage, StoreReader, fs::File};
use sha2::Digest;

use super::place::file_length;
use crate::error::Error;

/// Bytes of a file that is read as a whole, if nothing says how many it has: 16 MiB.
const WHOLE_AT_MOST: u64 = 16 << 20;

/// The programme of the content packs in use, read into memory.
#[derive(Debug)]
pub(crate) struct InstalledPack {
    pub(crate) version: u64,
    pub(crate) programme: Programme,
}

impl InstalledPack {
    /// Reads the programme of the content packs in use; none before the first is here, and none
    /// where its structure is not what its publisher signed.
    ///
    /// Of several packs the one with most modules leads, and what others have beside is added to it,
    /// so that none hides another.
    pub(super) fn read(store: &StoreReader, folder: &Path) -> Result<Option<Self>, Error> {
        let in_use = store.packs()?.into_iter().filter(|pack| pack.state == PackStage::Ready);
        let mut installed: Vec<Self> = Vec::new();
        for pack in in_use {
            if let Some(programme) = structure(store, folder, &pack) {
                installed.push(Self { version: pack.version, programme });
            } else {
                tracing::warn!(pack = pack.key, "the structure of a pack is not here");
            }
        }
        // Stable: of two with as many modules the first key leads.
        installed.sort_by_key(|one| usize::MAX - one.programme.modules.len());
        let mut installed = installed.into_iter();
        let Some(mut leading) = installed.next() else { return Ok(None) };
        installed.for_each(|other| leading.programme.add(other.programme));
        Ok(Some(leading))
    }
}

fn structure(store: &StoreReader, folder: &Path, pack: &Pack) -> Option<Programme> {
    let sha256 = manifest_of(pack).ok()?.structure;
    let json = intact_bytes(store, folder, sha256).ok().flatten()?;
    serde_json::from_slice(&json).ok()
}

/// The bytes of a file of a pack, if it is here as its publisher signed it.
pub(super) fn intact_bytes(
    store: &StoreReader,
    folder: &Path,
    sha256: Sha256,
) -> Result<Option<Vec<u8>>, Error> {
    let at_most = store.pack_file(sha256)?.map_or(WHOLE_AT_MOST, |row| row.bytes);
    let path = file_in(folder, sha256);
    match read_at_most(&path, at_most) {
        Ok(bytes) => Ok(bytes.filter(|bytes| hash_of(bytes) == sha256)),
        Err(error) => {
            tracing::info!(%error, "a file of a content pack cannot be read");
            Ok(None)
        }
    }
}

/// The bytes of a file that is one, and not longer than it may be.
fn read_at_most(path: &Path, at_most: u64) -> io::Result<Option<Vec<u8>>> {
    if file_length(path)?.is_none_or(|length| length > at_most) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(at_most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Whether a file is here as its publisher signed it, read piece by piece.
pub(crate) fn is_intact(path: &Path, sha256: Sha256, bytes: u64) -> bool {
    let hash = || -> io::Result<bool> {
        if file_length(path)? != Some(bytes) {
            return Ok(false);
        }
        let mut hasher = Hasher(sha2::Sha256::new());
        io::copy(&mut File::open(path)?.take(bytes.saturating_add(1)), &mut hasher)?;
        Ok(Sha256::from_bytes(hasher.0.finalize().into()) == sha256)
    };
    hash().unwrap_or(false)
}

struct Hasher(sha2::Sha256);

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hash_of(bytes: &[u8]) -> Sha256 {
    Sha256::from_bytes(sha2::Sha256::digest(bytes).into())
}

/// The folder in which the files of content packs are.
pub(crate) fn files_in(folder: &Path) -> PathBuf {
    folder.join(PACK_FILES)
}

/// Where a file of a content pack is, once it is here.
pub(crate) fn file_in(folder: &Path, sha256: Sha256) -> PathBuf {
    files_in(folder).join(sha256.to_string())
}

/// The manifest of a pack in the database, which was verified before it was put there.
pub(crate) fn manifest_of(pack: &Pack) -> Result<PackManifest, Error> {
    codec::from_cbor(&pack.manifest).map_err(|error| {
        Error::damaged(format_args!("the manifest of content pack {:?}", pack.key)).because(error)
    })
}
