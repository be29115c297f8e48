//! The content pack in use, and where the files of packs are.

use std::{
    fs,
    path::{Path, PathBuf},
};

use enhance_model::{Sha256, pack::PackManifest, programme::Programme};
use enhance_protocol::codec;
use enhance_store::{Pack, PackStage, StoreReader};

use crate::error::Error;

/// The content pack in use, read into memory.
#[derive(Debug)]
pub(crate) struct InstalledPack {
    pub(crate) version: u64,
    pub(crate) programme: Programme,
}

impl InstalledPack {
    /// Reads the content pack in use; none before the first is here.
    pub(super) fn read(store: &StoreReader, folder: &Path) -> Result<Option<Self>, Error> {
        let mut packs = store.packs()?.into_iter();
        let Some(pack) = packs.find(|pack| pack.state == PackStage::Ready) else {
            return Ok(None);
        };
        let damaged = || Error::damaged(format_args!("content pack {:?}", pack.key));
        let structure = file_in(folder, manifest_of(&pack)?.structure);
        let json = fs::read(structure).map_err(|error| damaged().because(error))?;
        let programme = serde_json::from_slice(&json).map_err(|error| damaged().because(error))?;
        Ok(Some(Self { version: pack.version, programme }))
    }
}

/// The folder in which the files of content packs are.
pub(crate) fn files_in(folder: &Path) -> PathBuf {
    folder.join("files")
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
