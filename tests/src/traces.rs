//! Looking for words where they must not be.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::network::holds;

/// The files under a folder that hold these bytes.
pub fn files_with(folder: &Path, needle: &[u8]) -> Vec<PathBuf> {
    let all = files(folder).into_iter();
    all.filter(|file| fs::read(file).is_ok_and(|bytes| holds(&bytes, needle))).collect()
}

/// Every file under a folder, those in folders below it among them.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.filter_map(|file| Some(file.ok()?.path())) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_a_folder_of_a_folder_is_found() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::write(folder.path().join("inner/file"), b"\0\0secret\0").unwrap();
        fs::write(folder.path().join("other"), b"nothing").unwrap();
        assert_eq!(files_with(folder.path(), b"secret"), [folder.path().join("inner/file")]);
        assert!(files_with(folder.path(), b"public").is_empty());
    }
}
