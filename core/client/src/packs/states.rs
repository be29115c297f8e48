//! Which content packs there are, and how far each is here.

use std::collections::BTreeMap;

use enhance_model::pack::{Fetch, PackManifest};
use enhance_store::PackStage;
use serde::Serialize;

use crate::{
    error::Error,
    state::{State, pack::manifest_of, place::file_length},
};

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

/// The content packs that are here or that the server offers, by key.
pub(crate) fn all(state: &mut State) -> Result<Vec<PackState>, Error> {
    let mut known: BTreeMap<String, PackState> = BTreeMap::new();
    let offered = match state.facts() {
        Ok(facts) => facts.settings.packs.clone(),
        Err(Error::NotEnrolled) => Vec::new(),
        Err(error) => return Err(error),
    };
    for pack in offered {
        at(&mut known, &pack.key).available = Some(pack.version);
    }
    for pack in
        state.store().packs()?.into_iter().filter(|pack| pack.state != PackStage::Superseded)
    {
        let here = at(&mut known, &pack.key);
        if pack.state == PackStage::Ready {
            here.installed = Some(pack.version);
        }
        // A manifest that cannot be read any more comes anew with the next update.
        let Ok(manifest) = manifest_of(&pack) else { continue };
        here.bytes = Some(manifest.bytes_with_pack());
        here.bytes_missing = Some(bytes_missing(state, &manifest)?);
    }
    Ok(known.into_values().collect())
}

/// Bytes of files that are not here, or not as long as they should be.
fn bytes_missing(state: &State, manifest: &PackManifest) -> Result<u64, Error> {
    let mut missing = 0_u64;
    for file in manifest.files.iter().filter(|file| file.fetch == Fetch::WithPack) {
        let known = state.store().pack_file(file.sha256)?.is_some_and(|row| row.have);
        let length = file_length(&state.file(file.sha256)).ok().flatten();
        if !known || length != Some(file.bytes) {
            missing = missing.saturating_add(file.bytes);
        }
    }
    Ok(missing)
}

fn at<'a>(known: &'a mut BTreeMap<String, PackState>, key: &str) -> &'a mut PackState {
    known.entry(key.to_owned()).or_insert_with(|| PackState {
        key: key.to_owned(),
        installed: None,
        available: None,
        bytes: None,
        bytes_missing: None,
    })
}
