//! The part of `std::fs` that the core uses, with its names, on the disk of a browser.

use std::{
    ffi::OsString,
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use rusqlite::ffi::disk::{self, Kind};

fn named(path: &Path) -> io::Result<&str> {
    path.to_str().ok_or_else(|| ErrorKind::InvalidFilename.into())
}

/// How a file is opened.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "they are those of std")]
pub struct OpenOptions {
    create: bool,
    create_new: bool,
    truncate: bool,
    append: bool,
}

macro_rules! options {
    ($($option:ident),*) => {$(
        #[doc = concat!("As `std::fs::OpenOptions::", stringify!($option), "` does.")]
        pub const fn $option(&mut self, yes: bool) -> &mut Self {
            self.$option = yes;
            self
        }
    )*};
}

impl OpenOptions {
    options!(create, create_new, truncate, append);

    /// With nothing asked for.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every file can be read here.
    pub const fn read(&mut self, _: bool) -> &mut Self {
        self
    }

    /// Every file can be written here.
    pub const fn write(&mut self, _: bool) -> &mut Self {
        self
    }

    /// Opens a file as asked.
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let path = named(path.as_ref())?;
        match disk::kind(path)? {
            Some(_) if self.create_new => return Err(ErrorKind::AlreadyExists.into()),
            Some(Kind::Folder) => return Err(ErrorKind::IsADirectory.into()),
            _ => {}
        }
        let file = if self.create || self.create_new {
            disk::open_or_make(path)?
        } else {
            disk::open(path)?
        };
        if self.truncate {
            file.bytes().set_length(0)?;
        }
        let at = if self.append { file.bytes().length()? } else { 0 };
        Ok(File { file, at: Arc::new(AtomicU64::new(at)) })
    }
}

/// An open file, and the place in it that is read or written next.
#[derive(Clone)]
pub struct File {
    file: disk::File,
    at: Arc<AtomicU64>,
}

impl File {
    /// Opens a file to be read.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        // A folder is opened to make its names durable, which they are.
        if matches!(disk::kind(named(path)?)?, Some(Kind::Folder)) {
            return Ok(Self { file: disk::File::nameless(), at: Arc::default() });
        }
        OpenOptions::new().open(path)
    }

    /// Makes a file, or empties the one that is there.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        OpenOptions::new().create(true).truncate(true).open(path)
    }

    /// Returns once what was written would be there after the power went.
    pub fn sync_all(&self) -> io::Result<()> {
        self.file.bytes().flush()
    }

    /// What is known of it.
    pub fn metadata(&self) -> io::Result<Metadata> {
        Ok(Metadata(Kind::File(self.file.bytes().length()?)))
    }

    fn moved_by(&self, bytes: usize) -> usize {
        self.at.fetch_add(bytes as u64, Ordering::Relaxed);
        bytes
    }
}

impl Read for &File {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.bytes().read(self.at.load(Ordering::Relaxed), into)?;
        Ok(self.moved_by(read))
    }
}

impl Read for File {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        (&*self).read(into)
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.bytes().write(self.at.load(Ordering::Relaxed), bytes)?;
        Ok(self.moved_by(bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for &File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.file.bytes().length()?, by),
            SeekFrom::Current(by) => (self.at.load(Ordering::Relaxed), by),
        };
        let at = from.checked_add_signed(by).ok_or(ErrorKind::InvalidInput)?;
        self.at.store(at, Ordering::Relaxed);
        Ok(at)
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        (&*self).seek(to)
    }
}

/// What is known of a file or a folder.
#[derive(Debug, Clone)]
pub struct Metadata(Kind);

impl Metadata {
    /// Whether it is a file.
    pub const fn is_file(&self) -> bool {
        matches!(self.0, Kind::File(_))
    }

    /// Whether it is a folder.
    pub const fn is_dir(&self) -> bool {
        matches!(self.0, Kind::Folder)
    }

    /// Its bytes, if it is a file.
    #[allow(clippy::len_without_is_empty, reason = "std has none either")]
    pub const fn len(&self) -> u64 {
        match self.0 {
            Kind::File(bytes) => bytes,
            Kind::Folder => 0,
        }
    }

    /// The disk keeps no times.
    pub fn modified(&self) -> io::Result<SystemTime> {
        Err(ErrorKind::Unsupported.into())
    }

    /// The disk keeps no times.
    pub fn created(&self) -> io::Result<SystemTime> {
        Err(ErrorKind::Unsupported.into())
    }
}

/// Something in a folder.
pub struct DirEntry(PathBuf);

impl DirEntry {
    /// The folder it is in, and its name.
    pub fn path(&self) -> PathBuf {
        self.0.clone()
    }

    /// What it is called in its folder.
    pub fn file_name(&self) -> OsString {
        self.0.file_name().unwrap_or_default().to_owned()
    }

    /// Whether it is a file or a folder.
    pub fn file_type(&self) -> io::Result<Metadata> {
        metadata(&self.0)
    }
}

/// What is in a folder.
pub fn read_dir(path: impl AsRef<Path>) -> io::Result<impl Iterator<Item = io::Result<DirEntry>>> {
    let path = path.as_ref();
    if !metadata(path)?.is_dir() {
        return Err(ErrorKind::NotADirectory.into());
    }
    let path = path.to_owned();
    let names = disk::names_in(named(&path)?);
    Ok(names.into_iter().map(move |name| Ok(DirEntry(path.join(name)))))
}

/// What is known of a file or a folder.
pub fn metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    let kind = disk::kind(named(path.as_ref())?)?;
    kind.map(Metadata).ok_or_else(|| ErrorKind::NotFound.into())
}

/// The same: there are no links.
pub fn symlink_metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    metadata(path)
}

/// Whether something is there.
pub fn exists(path: impl AsRef<Path>) -> io::Result<bool> {
    Ok(disk::kind(named(path.as_ref())?)?.is_some())
}

/// All that is in a file.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    OpenOptions::new().open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Copies a file, and says how many bytes that were.
pub fn copy(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<u64> {
    let bytes = read(from)?;
    File::create(to)?.write_all(&bytes)?;
    Ok(bytes.len() as u64)
}

/// Gives a file another name.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    disk::rename(named(from.as_ref())?, named(to.as_ref())?)
}

/// Takes the name from a file: it is gone once nobody holds it.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    disk::remove(named(path.as_ref())?)
}

/// Removes a folder and everything in it.
pub fn remove_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    disk::remove_folder(named(path.as_ref())?)
}

/// Makes a folder that is not there yet.
pub fn create_dir(path: impl AsRef<Path>) -> io::Result<()> {
    if exists(&path)? {
        return Err(ErrorKind::AlreadyExists.into());
    }
    create_dir_all(path)
}

/// Makes a folder, if it is not there.
pub fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    disk::make_folder(named(path.as_ref())?);
    Ok(())
}
