//! The files of a browser: in memory, or wherever [`mount`] says. SQLite keeps its database on it,
//! and the core all else that is a file elsewhere.
//!
//! A file that is removed while somebody holds it is there until it is let go. Folders are there to
//! be listed; a file needs none.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What is in one file.
pub trait Bytes: Send {
    /// How many there are.
    fn length(&self) -> io::Result<u64>;
    /// Reads what is there from a place on, and says how many bytes that was.
    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<usize>;
    /// Writes all of `bytes` from a place on.
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;
    /// Cuts it off, or fills it up with zeros.
    fn set_length(&mut self, length: u64) -> io::Result<()>;
    /// Returns once it would still be there after the power went.
    fn flush(&mut self) -> io::Result<()>;
}

/// Where files are kept that outlive the page.
pub trait Keeper: Send {
    /// Makes a new file, which is empty.
    fn make(&mut self, path: &str) -> io::Result<Box<dyn Bytes>>;
    /// Forgets a file. What is in it is overwritten or gone once this returns.
    fn remove(&mut self, path: &str) -> io::Result<()>;
    /// Gives a file another name, at once or not at all. Whatever had that name is gone then.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;
}

/// A file that somebody holds. Clones are the same file.
#[derive(Clone)]
pub struct File(Arc<Mutex<Box<dyn Bytes>>>);

impl File {
    fn of(bytes: Box<dyn Bytes>) -> Self {
        Self(Arc::new(Mutex::new(bytes)))
    }

    /// A file in memory that has no name.
    pub fn nameless() -> Self {
        Self::of(Box::<InMemory>::default())
    }

    /// What is in it, for this caller alone.
    pub fn bytes(&self) -> MutexGuard<'_, Box<dyn Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file of so many bytes.
    File(u64),
    Folder,
}

#[derive(Default)]
struct Disk {
    files: BTreeMap<String, File>,
    folders: BTreeSet<String>,
    /// None while everything is in memory.
    keeper: Option<Box<dyn Keeper>>,
}

static DISK: Mutex<Disk> =
    Mutex::new(Disk { files: BTreeMap::new(), folders: BTreeSet::new(), keeper: None });

fn disk() -> MutexGuard<'static, Disk> {
    DISK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts a keeper in the place of the memory, with the files that it has. What was in memory is
/// gone. Only to be done while nothing is open.
pub fn mount(keeper: Option<Box<dyn Keeper>>, files: Vec<(String, Box<dyn Bytes>)>) {
    let files = files.into_iter().map(|(path, bytes)| (path, File::of(bytes))).collect();
    *disk() = Disk { files, folders: BTreeSet::new(), keeper };
}

/// The file of a name.
pub fn open(path: &str) -> io::Result<File> {
    disk().files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// The file of a name, made if there is none.
pub fn open_or_make(path: &str) -> io::Result<File> {
    let mut disk = disk();
    if let Some(file) = disk.files.get(path) {
        return Ok(file.clone());
    }
    let bytes = match &mut disk.keeper {
        Some(keeper) => keeper.make(path)?,
        None => Box::<InMemory>::default(),
    };
    let file = File::of(bytes);
    disk.files.insert(path.to_owned(), file.clone());
    Ok(file)
}

/// Takes the name from a file.
pub fn remove(path: &str) -> io::Result<()> {
    let mut disk = disk();
    if !disk.files.contains_key(path) {
        return Err(io::ErrorKind::NotFound.into());
    }
    if let Some(keeper) = &mut disk.keeper {
        keeper.remove(path)?;
    }
    disk.files.remove(path);
    Ok(())
}

/// Gives a file another name. Whatever had that name is gone then.
pub fn rename(from: &str, to: &str) -> io::Result<()> {
    let mut disk = disk();
    if !disk.files.contains_key(from) {
        return Err(io::ErrorKind::NotFound.into());
    }
    if let Some(keeper) = &mut disk.keeper {
        keeper.rename(from, to)?;
    }
    if let Some(file) = disk.files.remove(from) {
        disk.files.insert(to.to_owned(), file);
    }
    Ok(())
}

/// What has a name, if anything has.
pub fn kind(path: &str) -> io::Result<Option<Kind>> {
    let disk = disk();
    if let Some(file) = disk.files.get(path) {
        return Ok(Some(Kind::File(file.bytes().length()?)));
    }
    let is_folder = disk.folders.contains(path) || !within(&disk.files, path).is_empty();
    Ok(is_folder.then_some(Kind::Folder))
}

/// Makes a folder, if it is not there.
pub fn make_folder(path: &str) {
    disk().folders.insert(path.to_owned());
}

/// The names of what is in a folder.
pub fn names_in(folder: &str) -> BTreeSet<String> {
    let disk = disk();
    let folders = disk.folders.iter().filter_map(|path| name_within(path, folder));
    within(&disk.files, folder).into_iter().chain(folders.map(str::to_owned)).collect()
}

/// Removes a folder and everything in it.
pub fn remove_folder(folder: &str) -> io::Result<()> {
    let begin = format!("{}/", folder.trim_end_matches('/'));
    let paths: Vec<String> =
        disk().files.keys().filter(|path| path.starts_with(&begin)).cloned().collect();
    paths.iter().try_for_each(|path| remove(path))?;
    disk().folders.retain(|path| path != folder && !path.starts_with(&begin));
    Ok(())
}

fn within(files: &BTreeMap<String, File>, folder: &str) -> BTreeSet<String> {
    files.keys().filter_map(|path| name_within(path, folder)).map(str::to_owned).collect()
}

/// The first part of a path below a folder.
fn name_within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')?.split('/').next()
}

/// Files are made of pieces of this many bytes, so that one that grows is not copied.
const PIECE: usize = 64 << 10;

#[derive(Default)]
struct InMemory {
    pieces: Vec<Box<[u8]>>,
    length: usize,
}

impl InMemory {
    /// The rest of the piece that a place is in.
    fn piece(&mut self, at: usize) -> &mut [u8] {
        while self.pieces.len() <= at / PIECE {
            self.pieces.push(vec![0; PIECE].into());
        }
        &mut self.pieces[at / PIECE][at % PIECE..]
    }
}

fn place(at: u64) -> io::Result<usize> {
    usize::try_from(at).map_err(|_| io::ErrorKind::FileTooLarge.into())
}

impl Bytes for InMemory {
    fn length(&self) -> io::Result<u64> {
        Ok(self.length as u64)
    }

    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let at = place(at)?;
        let bytes = self.length.saturating_sub(at).min(into.len());
        let mut read = 0;
        while read < bytes {
            let at = at + read;
            let piece = &self.pieces[at / PIECE][at % PIECE..];
            let some = piece.len().min(bytes - read);
            into[read..read + some].copy_from_slice(&piece[..some]);
            read += some;
        }
        Ok(bytes)
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let at = place(at)?;
        let end = at.checked_add(bytes.len()).ok_or(io::ErrorKind::FileTooLarge)?;
        let mut written = 0;
        while written < bytes.len() {
            let piece = self.piece(at + written);
            let some = piece.len().min(bytes.len() - written);
            piece[..some].copy_from_slice(&bytes[written..written + some]);
            written += some;
        }
        // What lies between was never written, and is zeros.
        if end > 0 {
            self.piece(end - 1);
        }
        self.length = self.length.max(end);
        Ok(())
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        let length = place(length)?;
        if length < self.length {
            self.pieces.truncate(length.div_ceil(PIECE));
            if length % PIECE > 0 {
                self.piece(length).fill(0);
            }
        } else if length > 0 {
            self.piece(length - 1);
        }
        self.length = length;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_memory_reads_as_it_was_written_over_the_edges_of_its_pieces() {
        let mut file = InMemory::default();
        let place = PIECE as u64 - 2;
        file.write(place, b"over the edge").unwrap();
        let mut read = [1; 20];
        assert_eq!(file.read(place - 1, &mut read).unwrap(), 14);
        assert_eq!(&read[..14], b"\0over the edge");
        file.set_length(place + 4).unwrap();
        file.set_length(place + 6).unwrap();
        assert_eq!(file.read(place, &mut read).unwrap(), 6);
        assert_eq!(&read[..6], b"over\0\0");
        assert_eq!(file.read(place + 6, &mut read).unwrap(), 0);
    }

    #[test]
    fn files_have_names_in_folders_and_stay_while_they_are_held() {
        let held = open_or_make("/one/folder/file").unwrap();
        held.bytes().write(0, b"words").unwrap();
        make_folder("/one/empty");
        assert_eq!(names_in("/one").into_iter().collect::<Vec<_>>(), ["empty", "folder"]);
        rename("/one/folder/file", "/one/other").unwrap();
        assert_eq!(kind("/one/other").unwrap(), Some(Kind::File(5)));
        assert_eq!(kind("/one/folder").unwrap(), None);
        remove_folder("/one").unwrap();
        assert!(open("/one/other").is_err());
        assert_eq!(held.bytes().length().unwrap(), 5);
    }
}
