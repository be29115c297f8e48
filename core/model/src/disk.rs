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
}
