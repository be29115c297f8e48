//! Finding files in a pack's folder, and never outside it.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use enhance_model::disk;

use crate::{
    fault::{Faults, Place},
    wording::{self, RetiredWord},
};

/// Bytes of one text at most: a page, a manifest, captions.
pub const TEXT_BYTES: u64 = 256 << 10;

/// Bytes of one media file at most.
pub const MEDIA_BYTES: u64 = 200 << 20;

/// A folder, and which of its files the pack uses.
pub(crate) struct Folder<'f> {
    root: PathBuf,
    used: BTreeSet<String>,
    retired: Vec<RetiredWord>,
    faults: &'f Faults,
}

impl<'f> Folder<'f> {
    pub(crate) fn new(root: &Path, faults: &'f Faults) -> Self {
        Self { root: root.to_owned(), used: BTreeSet::new(), retired: Vec::new(), faults }
    }

    /// Has every text that is read from now on searched for words that the pack says no more.
    pub(crate) fn retire(&mut self, words: Vec<RetiredWord>) {
        self.retired = words;
    }

    /// The path of a file of the pack. `name` is relative to `base`, which is a folder of the pack
    /// or empty; faults are reported at `place`, where the file is named.
    pub(crate) fn file(&mut self, base: &str, name: &str, place: &Place) -> Option<PathBuf> {
        let plain = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !plain || name.contains(['\\', ':', '\0']) {
            let what = format!("{name:?} is not a plain path inside the pack's folder");
            self.faults.add(place, what);
            return None;
        }
        let relative = join(base, name);
        match self.follow(&relative) {
            Ok(path) => {
                self.used.insert(relative);
                Some(path)
            }
            Err(why) => {
                self.faults.add(place, why);
                None
            }
        }
    }

    /// Reads a text of the pack. `name` and `place` are as for [`Self::file`].
    pub(crate) fn text(&mut self, base: &str, name: &str, place: &Place) -> Option<String> {
        let path = self.file(base, name, place)?;
        let whole = Place::file(join(base, name));
        let bytes = self.size(&path, TEXT_BYTES, &whole).and_then(|_| self.read(&path, &whole))?;
        match String::from_utf8(bytes) {
            Ok(text) => {
                wording::check(&self.retired, &text, &whole.file, self.faults);
                Some(text)
            }
            Err(error) => {
                let good = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
                let line = 1 + good.filter(|byte| **byte == b'\n').count();
                self.faults.add(&Place { line: Some(line), ..whole }, "this is not UTF-8 text");
                None
            }
        }
    }

    /// The size of a file, if it has one and that is at most `limit`.
    pub(crate) fn size(&self, path: &Path, limit: u64, place: &Place) -> Option<u64> {
        let bytes = match fs::metadata(path) {
            Ok(about) => about.len(),
            Err(error) => {
                self.faults.add(place, unreadable(&error));
                return None;
            }
        };
        if bytes == 0 {
            self.faults.add(place, "this file is empty");
        } else if bytes > limit {
            self.faults.add(place, format!("this file has {bytes} bytes; {limit} are allowed"));
        }
        (1..=limit).contains(&bytes).then_some(bytes)
    }

    /// Reports every file that nothing in the pack uses: most often a name was misspelt.
    pub(crate) fn report_unused(&self) {
        self.report_unused_in("");
    }

    fn report_unused_in(&self, folder: &str) {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => {
                let what = format!("this folder cannot be read: {}", disk::in_words(&error));
                return self.faults.add(&Place::file(folder), what);
            }
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = join(folder, &name);
            if name.starts_with('.') || self.used.contains(&path) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.report_unused_in(&path);
            } else {
                self.faults.add(&Place::file(path), "nothing in the pack uses this file");
            }
        }
    }

    fn read(&self, path: &Path, place: &Place) -> Option<Vec<u8>> {
        fs::read(path).map_err(|error| self.faults.add(place, unreadable(&error))).ok()
    }

    /// Goes to a file one step at a time, because a link half-way would lead outside.
    fn follow(&self, relative: &str) -> Result<PathBuf, String> {
        let mut path = self.root.clone();
        for part in relative.split('/') {
            path.push(part);
            let about = fs::symlink_metadata(&path)
                .map_err(|_| format!("there is no file \"{relative}\""))?;
            if about.is_symlink() {
                return Err(format!("\"{relative}\" leads over a symbolic link"));
            }
        }
        if path.is_file() { Ok(path) } else { Err(format!("\"{relative}\" is not a file")) }
    }
}

/// What is said of a file that the system does not give.
pub(crate) fn unreadable(error: &io::Error) -> String {
    format!("this cannot be read: {}", disk::in_words(error))
}

fn join(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}
