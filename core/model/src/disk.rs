//! What a file system says, as far as somebody can do something about it.

use std::io::{Error, ErrorKind};

/// Whether there is no room for what was to be written: on the disk, in what this user may have of
/// it, or in one file.
pub fn has_no_room(error: &Error) -> bool {
    use ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Whether nothing at all can be written there.
pub fn takes_no_writing(error: &Error) -> bool {
    error.kind() == ErrorKind::ReadOnlyFilesystem
}

/// Numbers by which Unix says that this process, or all of them, may open no more files.
const NO_MORE_FILES: [i32; 2] = [24, 23];

/// What is wrong and what to do about it, in words for a person: without the number that a system
/// has for it. An error that has words of its own keeps them.
pub fn in_words(error: &Error) -> String {
    use ErrorKind::{
        AlreadyExists, FileTooLarge, InvalidFilename, IsADirectory, NotADirectory, NotFound,
        PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    if error.get_ref().is_some() {
        return error.to_string();
    }
    if error.raw_os_error().is_some_and(|number| NO_MORE_FILES.contains(&number)) {
        return "no more files can be open; raise the limit (`ulimit -n`), or end something else"
            .to_owned();
    }
    let words = match error.kind() {
        NotFound => "there is no such file or folder; look how it is written",
        PermissionDenied => {
            "this user may not use it; do this as the user whose it is, or give this one the right"
        }
        StorageFull | QuotaExceeded => {
            "there is no room left on the disk; make some, and try again"
        }
        FileTooLarge => "no file may be so large here; allow larger ones, and try again",
        ReadOnlyFilesystem => "this disk takes no writing; name a folder on another one",
        IsADirectory => "this is a folder and no file; name a file",
        NotADirectory => "this, or something on the way to it, is a file and no folder",
        AlreadyExists => "there is something of this name already; name another",
        InvalidFilename => "no file can have such a name; name another",
        _ => return without_number(&error.to_string()),
    };
    words.to_owned()
}

/// What a system says, up to the number that it has for it.
fn without_number(said: &str) -> String {
    let (words, _) = said.split_once(" (os error").unwrap_or((said, ""));
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn d1_a_full_disk_a_used_up_quota_and_a_file_that_is_too_large_are_want_of_room() {
        // EFBIG, ENOSPC and EDQUOT.
        for number in [27, 28, 122] {
            let error = Error::from_raw_os_error(number);
            assert!(has_no_room(&error) && !takes_no_writing(&error), "{error}");
        }
        // EROFS, and what is neither: ENOENT, EIO, EACCES, EMFILE.
        assert!(takes_no_writing(&Error::from_raw_os_error(30)));
        for number in [2, 5, 13, 24, 30] {
            assert!(!has_no_room(&Error::from_raw_os_error(number)), "{number}");
        }
    }

    #[test]
    fn an_error_of_the_system_is_said_without_its_number() {
        // Every one that Linux has.
        for number in 1..=133 {
            let said = in_words(&Error::from_raw_os_error(number));
            assert!(!said.contains("os error") && !said.is_empty(), "{number}: {said}");
        }
        let own = Error::new(ErrorKind::NotFound, "no server has kept data here");
        assert_eq!(in_words(&own), "no server has kept data here");
    }
}
