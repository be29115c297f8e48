//! The pack that comes out: a manifest, the programme, and where each file's bytes are.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

use enhance_model::{Sha256, pack::PackManifest, programme::Programme};

/// A folder of content that was found in order, ready to be signed and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledPack {
    pub manifest: PackManifest,
    /// Every file the manifest names, by its hash.
    pub files: BTreeMap<Sha256, FileSource>,
    /// The programme, as the structure file says it.
    pub programme: Programme,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// In a file of the folder: media, too large to keep in memory. Who copies it checks the hash
    /// again, because the file may have changed since.
    Path(PathBuf),
    Bytes(Vec<u8>),
}

impl FileSource {
    /// Reads the file from its beginning.
    pub fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Path(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(bytes.as_slice()),
        })
    }
}
