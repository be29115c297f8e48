//! The page of the supervisor's desk: the files of a folder, read once when the server starts.
//!
//! The build packs each file beforehand; what is sent is what was read. A file whose name or kind
//! is none of a page's keeps the server from starting: it is in the wrong folder.

mod coding;
mod kind;

use std::{collections::BTreeMap, fs, io, path::Path};

use bytes::Bytes;
use sha2::{Digest, Sha256};

pub(crate) use self::{coding::Coding, kind::Kind};
use crate::storage::{StorageError, whole_file};

/// Files of a page at most, packed ones included.
const MOST_FILES: usize = 2_000;
/// Bytes of all files of a page at most: they stay in memory.
const MOST_BYTES: usize = 64 << 20;
/// The folder whose names change with what is in the files.
const IMMUTABLE: &str = "/assets/";

/// What is served beside what devices ask for; nothing without a folder.
#[derive(Default)]
pub(crate) struct Page {
    files: BTreeMap<String, PageFile>,
}

/// A file, plain and packed.
pub(crate) struct PageFile {
    pub kind: Kind,
    /// Whether another content would have another address.
    pub immutable: bool,
    codings: BTreeMap<Coding, Coded>,
}

/// The bytes of a file as they are sent.
pub(crate) struct Coded {
    pub bytes: Bytes,
    /// Names these bytes among all that the address ever had.
    pub tag: String,
}

impl Page {
    pub(crate) fn read(folder: Option<&Path>) -> Result<Self, StorageError> {
        let mut page = Self::default();
        let Some(folder) = folder else { return Ok(page) };
        let mut room = Room { files: MOST_FILES, bytes: MOST_BYTES };
        page.read_folder(folder, "", &mut room)?;
        page.read_folder(&folder.join("assets"), "assets/", &mut room)?;
        if page.at("/").is_none() {
            return Err(refused(&folder.join("index.html"), "the page has none"));
        }
        if let Some((path, _)) = page.files.iter().find(|(_, file)| file.plain().is_none()) {
            return Err(refused(&folder.join(path), "only packed forms of it are here"));
        }
        Ok(page)
    }

    /// The file at an address; its beginning is at `/`.
    pub(crate) fn at(&self, path: &str) -> Option<&PageFile> {
        self.files.get(path)
    }

    fn read_folder(
        &mut self,
        folder: &Path,
        prefix: &str,
        room: &mut Room,
    ) -> Result<(), StorageError> {
        let here = || StorageError::file(folder.display().to_string());
        for entry in fs::read_dir(folder).map_err(here())? {
            let entry = entry.map_err(here())?;
            let path = entry.path();
            if entry.file_type().map_err(here())?.is_dir() {
                let is_known = prefix.is_empty() && entry.file_name() == "assets";
                if !is_known {
                    return Err(refused(&path, "a page has no such folder"));
                }
                continue;
            }
            let name = entry.file_name().into_string().map_err(|_| refused(&path, NOT_OURS))?;
            let bytes = room.read(&path)?;
            self.add(&path, &format!("/{prefix}{name}"), bytes)?;
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, address: &str, bytes: Vec<u8>) -> Result<(), StorageError> {
        let (address, coding) = Coding::of(address);
        let kind = Kind::of(address).ok_or_else(|| refused(path, NOT_OURS))?;
        let address = if address == "/index.html" { "/" } else { address };
        let file = self.files.entry(address.to_owned()).or_insert_with(|| PageFile {
            kind,
            immutable: address.starts_with(IMMUTABLE),
            codings: BTreeMap::new(),
        });
        file.codings.insert(coding, Coded::from(bytes));
        Ok(())
    }
}

impl PageFile {
    /// The smallest form that an `Accept-Encoding` allows.
    pub(crate) fn coded(&self, accepted: &str) -> Option<(Coding, &Coded)> {
        let allowed = self.codings.iter().find(|(coding, _)| coding.is_in(accepted));
        allowed.map(|(coding, coded)| (*coding, coded)).or_else(|| self.plain())
    }

    fn plain(&self) -> Option<(Coding, &Coded)> {
        self.codings.get(&Coding::Plain).map(|coded| (Coding::Plain, coded))
    }
}

impl From<Vec<u8>> for Coded {
    fn from(bytes: Vec<u8>) -> Self {
        let digest = Sha256::digest(&bytes);
        let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&digest));
        Self { bytes: bytes.into(), tag }
    }
}

/// How much more of a page may be read.
struct Room {
    files: usize,
    bytes: usize,
}

impl Room {
    fn read(&mut self, path: &Path) -> Result<Vec<u8>, StorageError> {
        let bytes = whole_file::bytes(path, MOST_BYTES as u64)?;
        let files = self.files.checked_sub(1);
        let left = self.bytes.checked_sub(bytes.len());
        let (Some(files), Some(left)) = (files, left) else {
            return Err(refused(path, "the page is larger than a server keeps in memory"));
        };
        (self.files, self.bytes) = (files, left);
        Ok(bytes)
    }
}

const NOT_OURS: &str = "a page has no file of such a name";

fn refused(path: &Path, why: &str) -> StorageError {
    let source = io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    StorageError::File { what: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("assets")).unwrap();
        for name in files {
            fs::write(folder.path().join(name), name.as_bytes()).unwrap();
        }
        folder
    }

    #[test]
    fn a_page_has_its_files_at_their_addresses_and_its_beginning_at_the_root() {
        let folder = folder(&[
            "index.html",
            "index.html.br",
            "assets/core-A1.wasm",
            "assets/core-A1.wasm.gz",
        ]);
        let page = Page::read(Some(folder.path())).unwrap();
        let addresses: Vec<_> = page.files.keys().collect();
        assert_eq!(addresses, ["/", "/assets/core-A1.wasm"]);
        let (coding, coded) = page.at("/").unwrap().coded("gzip, br").unwrap();
        assert_eq!((coding, &*coded.bytes), (Coding::Brotli, &b"index.html.br"[..]));
        let wasm = page.at("/assets/core-A1.wasm").unwrap();
        assert!(wasm.immutable && !page.at("/").unwrap().immutable);
        assert_eq!(wasm.coded("br").unwrap().0, Coding::Plain);
    }

    #[test]
    fn what_is_no_file_of_a_page_keeps_the_server_from_starting() {
        for (files, named) in [
            (&["index.html", "server.toml"][..], "server.toml"),
            (&["index.html", "assets/.hidden.js"], ".hidden.js"),
            (&["index.html", "assets/a b.js"], "a b.js"),
            (&["index.html", "assets/only.js.br"], "only.js"),
            (&["assets/app.js"], "index.html"),
        ] {
            let folder = folder(files);
            let error = Page::read(Some(folder.path())).err().unwrap().to_string();
            assert!(error.contains(named), "{error}");
        }
        assert!(Page::read(Some(Path::new("/nowhere/at/all"))).is_err());
    }

    #[test]
    fn without_a_folder_there_is_no_page() {
        assert!(Page::read(None).unwrap().at("/").is_none());
    }
}
