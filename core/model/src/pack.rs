//! A content pack: immutable files with their hashes, in a version that only ever rises.

use serde::{Deserialize, Serialize};

use crate::{Sha256, Timestamp};

/// What a pack consists of. Its bytes are what the publisher signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackManifest {
    /// The pack's key, the same in every version.
    pub key: String,
    /// The version. A device never goes back to a lower one.
    pub version: u64,
    /// The title to show.
    pub title: String,
    pub published_at: Timestamp,
    /// The structure file: a [`crate::programme::Programme`] as JSON.
    pub structure: Sha256,
    /// Every file, the structure file among them.
    pub files: Vec<PackFile>,
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFile {
    /// The hash by which it is stored and fetched.
    pub sha256: Sha256,
    pub bytes: u64,
    pub media_type: String,
    /// Whether it is part of the pack proper or fetched when a person asks for it.
    pub fetch: Fetch,
}

/// When a file is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fetch {
    /// With the pack; the pack is not in use without it.
    WithPack,
    /// When a person asks for it, having seen its size.
    OnRequest,
}

impl PackManifest {
    /// The file with this hash.
    pub fn file(&self, sha256: Sha256) -> Option<&PackFile> {
        self.files.iter().find(|file| file.sha256 == sha256)
    }

    /// Bytes of all files that come with the pack.
    pub fn bytes_with_pack(&self) -> u64 {
        let with_pack = self.files.iter().filter(|file| file.fetch == Fetch::WithPack);
        with_pack.fold(0, |sum, file| sum.saturating_add(file.bytes))
    }
}
