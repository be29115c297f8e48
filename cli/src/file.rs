//! Files that a command reads, no more of them than it can use, and files that it writes: whole or
//! not at all, and readable by their owner alone.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use enhance_model::size;

use crate::exit::Failure;

/// What is in a file of so many bytes at most. A pipe would be waited for, and a device has no end.
pub fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let failure = |source| Failure::File { path: path.to_owned(), source };
    let found = fs::metadata(path).map_err(failure)?;
    if found.is_dir() {
        return Err(failure(io::ErrorKind::IsADirectory.into()));
    }
    if !found.is_file() {
        return Err(Failure::Usage(format!(
            "{} is a pipe or a device; save what comes from it in a file, and name that",
            path.display()
        )));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failure)?;
    if found.len() <= most {
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failure)?;
    }
    if found.len() > most || bytes.len() as u64 > most {
        let (path, most) = (path.display(), size(most));
        return Err(Failure::Usage(format!("{path} is too large: {most} is the most here")));
    }
    Ok(bytes)
}

/// The text in a file of so many bytes at most.
pub fn text_of(path: &Path, most: u64) -> Result<String, Failure> {
    String::from_utf8(bytes_of(path, most)?).map_err(|_| Failure::File {
        path: path.to_owned(),
        source: io::ErrorKind::InvalidData.into(),
    })
}

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
    // A file that takes the place of a device is one that nothing writes to the device any more.
    if fs::metadata(file).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(Failure::Usage(format!(
            "{} is a pipe or a device, and would be replaced; name a file",
            file.display()
        )));
    }
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
    let mut writer = BufWriter::new(new_file(file)?);
    write(&mut writer)?;
    writer.flush()?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// A new file, readable by its owner alone, in the place of what an earlier attempt left. It is
/// written there and nowhere else: a link of this name is taken away.
pub fn new_file(file: &Path) -> io::Result<File> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
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
    fn no_more_is_read_than_there_may_be_and_nothing_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let (file, pipe) = (folder.path().join("file"), folder.path().join("pipe"));
        fs::write(&file, "four").unwrap();
        assert_eq!(text_of(&file, 4).unwrap(), "four");
        let said = |path: &Path, most| text_of(path, most).unwrap_err().to_string();
        assert!(said(&file, 3).contains("is too large"));
        File::options().write(true).open(&file).unwrap().set_len(1 << 40).unwrap();
        assert!(said(&file, 1 << 20).contains("is too large"), "no terabyte is read");
        assert!(said(folder.path(), 4).contains("it is a folder and no file"));
        assert!(said(Path::new("/dev/zero"), 4).contains("is a pipe or a device"));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert!(said(&pipe, 4).contains("is a pipe or a device"));
        let replaced = write_whole(&pipe, |writer| writer.write_all(b"1")).unwrap_err();
        assert!(replaced.to_string().contains("would be replaced"), "{replaced}");
        assert!(!fs::metadata(&pipe).unwrap().is_file());
        fs::write(&file, [0xff]).unwrap();
        assert!(said(&file, 4).contains("no text"));
    }

    #[test]
    fn a_link_where_a_file_is_written_in_passing_leads_nothing_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let (file, elsewhere) = (folder.path().join("out.json"), folder.path().join("elsewhere"));
        fs::write(&elsewhere, "of somebody").unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.path().join("out.json.part")).unwrap();
        write_whole(&file, |writer| writer.write_all(b"1")).unwrap();
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "of somebody");
        assert_eq!(fs::read_to_string(&file).unwrap(), "1");
        assert!(!file.is_symlink());
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
