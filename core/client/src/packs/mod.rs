//! Content packs: what publishers made and signed, fetched file by file and put to use at once.
//!
//! A manifest is believed because of its publisher's signature, a file because of its SHA-256;
//! where they came from does not matter. A version is in use only when all of it is here, and the
//! one before it stays in use until then. A device never goes back to a lower version.

mod fetch;
mod install;
mod media;

pub use self::media::MediaView;

use std::collections::BTreeMap;

use enhance_model::pack::{Fetch, PackManifest};
use enhance_protocol::codec;
use enhance_store::{Pack, PackStage};
use serde::Serialize;

use crate::{Error, LearningCore, core::State};

/// A content pack as far as this device knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackState {
    pub key: String,
    /// The version in use.
    pub installed: Option<u64>,
    /// The newest version the server offers.
    pub available: Option<u64>,
    /// Bytes of the newest version this device has the manifest of, without what is fetched on
    /// request.
    pub bytes: Option<u64>,
    /// Those of them that are not here yet.
    pub bytes_missing: Option<u64>,
}

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

impl LearningCore {
    /// The content packs that are here or that the server offers, by key.
    pub fn packs(&self) -> Result<Vec<PackState>, Error> {
        self.with(State::pack_states)
    }
}

impl State {
    fn pack_states(&mut self) -> Result<Vec<PackState>, Error> {
        let mut known: BTreeMap<String, PackState> = BTreeMap::new();
        let offered = match self.facts() {
            Ok(facts) => facts.settings.packs.clone(),
            Err(Error::NotEnrolled) => Vec::new(),
            Err(error) => return Err(error),
        };
        for pack in offered {
            entry(&mut known, &pack.key).available = Some(pack.version);
        }
        for pack in
            self.store.packs()?.into_iter().filter(|pack| pack.state != PackStage::Superseded)
        {
            let manifest = manifest_of(&pack)?;
            let missing = self.bytes_missing(&manifest)?;
            let state = entry(&mut known, &pack.key);
            if pack.state == PackStage::Ready {
                state.installed = Some(pack.version);
            }
            state.bytes = Some(manifest.bytes_with_pack());
            state.bytes_missing = Some(missing);
        }
        Ok(known.into_values().collect())
    }

    fn bytes_missing(&self, manifest: &PackManifest) -> Result<u64, Error> {
        let mut missing = 0_u64;
        for file in manifest.files.iter().filter(|file| file.fetch == Fetch::WithPack) {
            if !self.store.pack_file(file.sha256)?.is_some_and(|row| row.have) {
                missing = missing.saturating_add(file.bytes);
            }
        }
        Ok(missing)
    }
}

fn entry<'a>(known: &'a mut BTreeMap<String, PackState>, key: &str) -> &'a mut PackState {
    known.entry(key.to_owned()).or_insert_with(|| PackState {
        key: key.to_owned(),
        installed: None,
        available: None,
        bytes: None,
        bytes_missing: None,
    })
}

/// The manifest of a pack in the database, which was verified before it was put there.
fn manifest_of(pack: &Pack) -> Result<PackManifest, Error> {
    codec::from_cbor(&pack.manifest).map_err(|_| broken(&pack.key, "its manifest cannot be read"))
}

fn broken(key: &str, why: impl std::fmt::Display) -> Error {
    Error::damaged(format_args!("content pack {key:?} ({why})"))
}
