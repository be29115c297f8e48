//! Arguments and answers as bytes, for a host that calls methods by their names: a page in a
//! browser. They are written as `UniFFI` writes them for Kotlin and Swift. Objects do not cross so:
//! what stands for one is the host's matter.

use uniffi::{Lift, Lower};

use crate::{CoreError, UniFfiTag};

/// What the first byte of an answer says: what follows is what was asked for.
const GIVEN: u8 = 0;
/// What the first byte of an answer says: what follows is why there is nothing else.
const FAILED: u8 = 1;

/// The arguments of a call, read one after the other.
#[derive(Debug, Clone, Default)]
pub struct Arguments {
    bytes: Vec<u8>,
    at: usize,
}

impl Arguments {
    /// The arguments that these bytes say.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, at: 0 }
    }

    /// Reads the next one, of which what is called says the type.
    pub fn value<T: Lift<UniFfiTag>>(&mut self) -> Result<T, CoreError> {
        let mut rest = self.bytes.get(self.at..).unwrap_or_default();
        let value = T::try_read(&mut rest).map_err(unread)?;
        self.at = self.bytes.len() - rest.len();
        Ok(value)
    }

    /// Reads the next one, which is a text.
    pub fn text(&mut self) -> Result<String, CoreError> {
        self.value()
    }
}

/// What was handed in and is no value of its type says so itself.
fn unread(error: uniffi::deps::anyhow::Error) -> CoreError {
    error.downcast().unwrap_or_else(|_| CoreError::internal("reading what it was asked"))
}

/// A value as bytes, as listeners hear it.
pub fn written<T: Lower<UniFfiTag>>(value: T) -> Vec<u8> {
    let mut bytes = Vec::new();
    T::write(value, &mut bytes);
    bytes
}

/// The answer to a call that gives something.
pub fn answer<T: Lower<UniFfiTag>>(outcome: Result<T, CoreError>) -> Vec<u8> {
    match outcome {
        Ok(value) => {
            let mut bytes = vec![GIVEN];
            T::write(value, &mut bytes);
            bytes
        }
        Err(error) => failed(error),
    }
}

fn failed(error: CoreError) -> Vec<u8> {
    let mut bytes = vec![FAILED];
    <CoreError as Lower<UniFfiTag>>::write(error, &mut bytes);
    bytes
}

/// The answer to a call that gives nothing.
pub fn nothing(outcome: Result<(), CoreError>) -> Vec<u8> {
    match outcome {
        Ok(()) => vec![GIVEN],
        Err(error) => failed(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DocumentId;

    #[test]
    fn arguments_are_read_one_after_the_other() {
        let mut bytes = written("café".to_owned());
        bytes.extend(written(Some(7_i32)));
        let mut arguments = Arguments::new(bytes);
        assert_eq!(arguments.text().unwrap(), "café");
        assert_eq!(arguments.value::<Option<i32>>().unwrap(), Some(7));
    }

    #[test]
    fn what_is_no_value_of_its_type_says_so() {
        let no_id = Arguments::new(written("no id".to_owned())).value::<DocumentId>();
        assert!(matches!(no_id, Err(CoreError::InvalidInput { .. })), "{no_id:?}");
        let cut_off = Arguments::new(vec![0, 0, 0, 9, b'x']).text();
        assert!(matches!(cut_off, Err(CoreError::Unexpected { .. })), "{cut_off:?}");
    }

    #[test]
    fn the_first_byte_of_an_answer_says_whether_it_is_an_error() {
        assert_eq!(answer(Ok(true)), [0, 1]);
        assert_eq!(nothing(Ok(())), [0]);
        assert_eq!(nothing(Err(CoreError::internal("testing"))).first(), Some(&1));
    }
}
