//! Files that a command writes: whole or not at all, and readable by their owner alone.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use crate::exit::Failure;

/// Refuses a name that is taken: a picture that is saved must not end another one.
pub fn require_new(file: &Path) -> Result<(), Failure> {
    require_folder(file)?;
    if fs::symlink_metadata(file).is_ok() {
        let file = file.display();
        return Err(Failure::Usage(format!("{file} is there already; name a file that is not")));
    }
    Ok(())
}

/// Refuses a file of which the folder is not there: nobody types a new folder on purpose.
pub fn require_folder(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => {
            let folder = folder.display();
            Err(Failure::Usage(format!(
                "there is no folder {folder}; make it first, or name another"
            )))
        }
        _ => Ok(()),
    }
}

/// Writes beside the file and renames, so that a full disk leaves an older one as it was. Answers
/// how many bytes there are.
pub fn write_whole(
    file: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<u64, Failure> {
    written(file, write).map_err(|source| Failure::File { path: file.to_owned(), source })
}

fn written(
    file: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<u64> {
    let mut name = file.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
    name.push(".part");
    let unfinished = file.with_file_name(name);
    let written = write_to(&unfinished, write).and_then(|bytes| {
        fs::rename(&unfinished, file)?;
        Ok(bytes)
    });
    if written.is_err() {
        // The first error says what is wrong; a second about the leftover would hide it.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn write_to(
    file: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<u64> {
    let file: File =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    let mut writer = BufWriter::new(file);
    write(&mut writer)?;
    writer.flush()?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_whole_replaces_the_last_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.json");
        assert!(require_new(&file).is_ok());
        for text in ["[1, 2]", "[3]"] {
            let bytes = write_whole(&file, |writer| writer.write_all(text.as_bytes())).unwrap();
            assert_eq!(bytes, text.len() as u64);
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
        assert!(require_new(&file).unwrap_err().to_string().contains("there already"));
        let nowhere = folder.path().join("nosuch/out.json");
        assert!(require_folder(&nowhere).unwrap_err().to_string().contains("no folder"));
        assert!(require_folder(Path::new("out.json")).is_ok());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_leaves_the_last_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.json");
        write_whole(&file, |writer| writer.write_all(b"1")).unwrap();
        let fails = |writer: &mut BufWriter<File>| {
            writer.write_all(b"2")?;
            Err(io::Error::other("no"))
        };
        assert!(write_whole(&file, fails).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
