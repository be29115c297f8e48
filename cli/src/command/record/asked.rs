//! What is asked of a completion that shows nothing, in the words of the command at hand.

use enhance_client::{Error, InputField};

use crate::exit::Failure;

/// What the core says, with how what shows a completion is typed where it lacks that.
pub fn asking(error: Error, shown_by: &str) -> Failure {
    match error {
        Error::InvalidInput { field: InputField::Evidence, reason } => {
            Failure::Usage(format!("{reason}: {shown_by}"))
        }
        error => Failure::Core(error),
    }
}
