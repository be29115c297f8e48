//! The files that make up a pack, each under its hash.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use enhance_model::{
    Sha256,
    pack::{Fetch, PackFile},
};
use sha2::Digest;

use crate::pack::FileSource;

/// The files gathered so far. A file that is named twice is there once.
#[derive(Default)]
pub(crate) struct Files(BTreeMap<Sha256, (PackFile, FileSource)>);

impl Files {
    /// Adds a text that comes with the pack.
    pub(crate) fn add_text(&mut self, text: String, media_type: &str) -> Sha256 {
        let bytes = text.into_bytes();
        let sha256 = Sha256::from_bytes(sha2::Sha256::digest(&bytes).into());
        let file = PackFile {
            sha256,
            bytes: bytes.len() as u64,
            media_type: media_type.to_owned(),
            fetch: Fetch::WithPack,
        };
        self.0.insert(sha256, (file, FileSource::Bytes(bytes)));
        sha256
    }

    /// A text that was added, by its hash.
    pub(crate) fn text(&self, sha256: Sha256) -> Option<&str> {
        match self.0.get(&sha256)? {
            (_, FileSource::Bytes(bytes)) => std::str::from_utf8(bytes).ok(),
            (_, FileSource::Path(_)) => None,
        }
    }

    /// Adds a file that is fetched when a person asks for it.
    pub(crate) fn add_media(&mut self, path: PathBuf, media_type: &str) -> io::Result<Sha256> {
        let (sha256, bytes) = hash(&path)?;
        let file =
            PackFile { sha256, bytes, media_type: media_type.to_owned(), fetch: Fetch::OnRequest };
        // A text with the same bytes stays: it must come with the pack.
        self.0.entry(sha256).or_insert((file, FileSource::Path(path)));
        Ok(sha256)
    }

    /// What the manifest says of the files, in the order of their hashes, and where they are.
    pub(crate) fn into_parts(self) -> (Vec<PackFile>, BTreeMap<Sha256, FileSource>) {
        let sorted = self.0.into_iter();
        sorted.map(|(sha256, (file, source))| (file, (sha256, source))).unzip()
    }
}

/// The media type of a file, by the end of its name.
pub(crate) fn media_type(name: &str) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    Some(match end {
        "md" => "text/markdown",
        "vtt" => "text/vtt",
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "m4a" => "audio/mp4",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        _ => return None,
    })
}

fn hash(path: &Path) -> io::Result<(Sha256, u64)> {
    let mut hashing = Hashing(sha2::Sha256::new());
    let bytes = io::copy(&mut File::open(path)?, &mut hashing)?;
    Ok((Sha256::from_bytes(hashing.0.finalize().into()), bytes))
}

struct Hashing(sha2::Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
