//! Reading a file that somebody named, as a whole: one that never ends, or that waits for somebody
//! else, is refused instead.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::Path,
};

use enhance_model::size;

use super::StorageError;

/// The bytes of a file of which no more is read than this; one that is larger is refused.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
    let what = || StorageError::file(path.display().to_string());
    check(path)?;
    let file = File::open(path).map_err(what())?;
    let mut bytes = Vec::new();
    // It may grow while it is read.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(what())?;
    if bytes.len() as u64 > most {
        let why = format!("it has more than {}, and is not what is to be read here", size(most));
        return Err(what()(io::Error::new(ErrorKind::InvalidData, why)));
    }
    Ok(bytes)
}

/// The same as text.
pub fn text(path: &Path, most: u64) -> Result<String, StorageError> {
    String::from_utf8(bytes(path, most)?).map_err(|error| {
        let good = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = 1 + good.filter(|byte| **byte == b'\n').count();
        let why = format!("line {line} is not text in UTF-8; save it as that");
        StorageError::file(path.display().to_string())(io::Error::new(ErrorKind::InvalidData, why))
    })
}

/// Refuses what is no file with an end: a folder, a pipe, a device. Asked before it is opened:
/// whoever opens a pipe waits for its other end.
pub fn check(path: &Path) -> Result<(), StorageError> {
    let what = || StorageError::file(path.display().to_string());
    let found = fs::metadata(path).map_err(what())?;
    if found.is_file() {
        return Ok(());
    }
    let (kind, why) = if found.is_dir() {
        (ErrorKind::IsADirectory, "this is a folder and no file; name a file")
    } else {
        (ErrorKind::InvalidInput, "this is a pipe or a device, and may never end; name a file")
    };
    Err(what()(io::Error::new(kind, why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_what_it_may_have() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cohort.csv");
        fs::write(&path, "name,roles\n").unwrap();
        assert_eq!(text(&path, 11).unwrap(), "name,roles\n");
        let said = |refused: Result<String, StorageError>| refused.unwrap_err().to_string();
        let long = said(text(&path, 10));
        assert!(long.contains("cohort.csv: it has more than 10 bytes"), "{long}");
        fs::write(&path, b"name\nZo\xeb\n").unwrap();
        let foreign = said(text(&path, 100));
        assert!(foreign.contains("line 2 is not text in UTF-8"), "{foreign}");
        let missing = said(text(&folder.path().join("nosuch"), 10));
        assert!(
            missing.ends_with("nosuch: there is no such file or folder; look how it is written")
        );
        let opened = said(text(folder.path(), 10));
        assert!(opened.contains("this is a folder and no file"), "{opened}");
    }

    #[cfg(unix)]
    #[test]
    fn what_has_no_end_is_not_begun() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [Path::new("/dev/zero"), &pipe] {
            let said = bytes(path, 10).unwrap_err().to_string();
            assert!(said.contains("a pipe or a device"), "{said}");
        }
    }
}
