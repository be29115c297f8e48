//! How far a device has read.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor, value::SeqAccessDeserializer},
};

/// How far a device has read.
///
/// A shortcut and never the truth: where a server begins anew, heads are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// Everything up to this number of the server's one sequence has been read.
    pub sequence: u64,
    /// Of the document granted at the number after it, everything up to this number as well.
    /// A document granted late comes whole, and may need more than one page.
    pub within: u64,
}

impl Serialize for Cursor {
    /// A number, or two of them inside a document.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.within {
            0 => self.sequence.serialize(to),
            within => (self.sequence, within).serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Cursor;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a cursor")
            }

            fn visit_u64<E: Error>(self, sequence: u64) -> Result<Cursor, E> {
                Ok(Cursor { sequence, within: 0 })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Cursor, A::Error> {
                let numbers = SeqAccessDeserializer::new(array);
                let (sequence, within) = Deserialize::deserialize(numbers)?;
                Ok(Cursor { sequence, within })
            }
        }
        from.deserialize_any(Numbers)
    }
}
