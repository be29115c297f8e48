//! What went wrong, in words for a person: no numbers of the operating system, and no names of
//! fields in the place of a sentence.

use std::{
    fmt::Display,
    io::{self, ErrorKind},
};

use enhance_client::{Error, InputField};

use crate::short_ids::with_short_ids;

/// What the core says, as a sentence.
pub fn sentence(error: &Error) -> String {
    match error {
        // These two say themselves what they are about.
        Error::InvalidInput { field: InputField::Edit | InputField::Person, reason } => {
            without_numbers(with_short_ids(reason))
        }
        Error::InvalidInput { field, reason } => {
            let reason = with_short_ids(reason);
            without_numbers(format_args!("the {field} cannot be taken: {reason}"))
        }
        other => without_numbers(other),
    }
}

/// What the operating system says, as the end of a sentence.
pub fn in_words(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "there is no permission for that",
        ErrorKind::AlreadyExists => "something of this name is there already",
        ErrorKind::StorageFull => "there is no space left on the disk",
        ErrorKind::QuotaExceeded => "what you may have of the disk is used up",
        ErrorKind::FileTooLarge => "no file may be so large there",
        ErrorKind::ReadOnlyFilesystem => "the disk takes no writing",
        ErrorKind::IsADirectory => "it is a folder and no file",
        ErrorKind::NotADirectory => "a part of its path is no folder",
        ErrorKind::InvalidFilename => "this is no name of a file",
        ErrorKind::InvalidData => "what is in it is no text",
        ErrorKind::TooManyLinks => "there are too many links to it",
        _ => return lower(&without_numbers(error)),
    };
    known.to_owned()
}

/// The same without what only a programmer looks up, such as "(os error 13)".
fn without_numbers(text: impl Display) -> String {
    let mut text = text.to_string();
    while let Some(begin) = text.find(" (os error ") {
        let Some(end) = text[begin..].find(')') else { break };
        text.replace_range(begin..=begin + end, "");
    }
    text
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_ends_in_no_number() {
        for number in 1..=133 {
            let said = in_words(&io::Error::from_raw_os_error(number));
            assert!(!said.contains("os error") && !said.is_empty(), "{number}: {said}");
            assert!(!said.starts_with(char::is_uppercase), "{number}: {said}");
        }
    }
}
