//! One type for each kind of identifier, so that a person is never taken for a device.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Quoted, hex, time::Timestamp};

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is not {expected}", text = Quoted(.text))]
pub struct IdError {
    text: String,
    expected: &'static str,
}

impl IdError {
    fn new(text: &str, expected: &'static str) -> Self {
        // An id in an error message is for a person to read, who reads no more than this.
        Self { text: text.chars().take(80).collect(), expected }
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new id: version 7, so that ids sort by the time they were made.
            ///
            /// Of `random` ten bytes are used; they must be fresh for every id.
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.unix_millis(), &random).into_uuid())
            }

            /// The id with these bytes, of any version.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(uuid::Uuid::from_bytes(bytes))
            }

            /// The sixteen bytes of the id.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The id that begins a hash: the same for whoever hashes the same.
            pub fn from_hash(hash: [u8; 32]) -> Self {
                let mut id = [0; 16];
                id.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
                Self::from_bytes(id)
            }

            /// The id in a slice of exactly sixteen bytes.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdError> {
                uuid::Uuid::from_slice(bytes)
                    .map(Self)
                    .map_err(|_| IdError::new(&format!("{} bytes", bytes.len()), $expected))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| IdError::new(text, $expected))
            }
        }
    };
}

uuid_id!(
    /// A person on the programme: trainee, supervisor, fellow, partner or administrator.
    PersonId, "the id of a person"
);
uuid_id!(
    /// One installation of the app. A person has as many as they have phones.
    DeviceId, "the id of a device"
);
uuid_id!(
    /// One Automerge document: a reflection, a project, a personal record, the comments of one person.
    DocumentId, "the id of a document"
);
uuid_id!(
    /// One thing inside a document: a measure, an observation, a cycle, an action, a session.
    ItemId, "the id of an item"
);
uuid_id!(
    /// The time between two starts of the server. The data of one are those of the one before it
    /// carried on, unless a backup was restored in between or older data were put in their place.
    Epoch, "the id of an epoch"
);

impl Epoch {
    /// Four bytes of chance that tell the epochs of one server apart.
    pub const fn tag(&self) -> [u8; 4] {
        let [.., a, b, c, d] = *self.as_bytes();
        [a, b, c, d]
    }
}

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// The hash with these bytes.
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The thirty-two bytes of the hash.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The hash in a slice of exactly thirty-two bytes.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdError> {
                bytes
                    .try_into()
                    .map(Self)
                    .map_err(|_| IdError::new(&format!("{} bytes", bytes.len()), $expected))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex::write(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                hex::read(text).map(Self).ok_or_else(|| IdError::new(text, $expected))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() { to.collect_str(self) } else { to.serialize_bytes(&self.0) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<$name, E> {
                        $name::from_slice(bytes).map_err(E::custom)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                if from.is_human_readable() {
                    from.deserialize_str(Visitor)
                } else {
                    from.deserialize_bytes(Visitor)
                }
            }
        }
    };
}

hash_id!(
    /// The hash by which Automerge knows a change.
    ChangeHash, "the hash of a change (64 hexadecimal digits)"
);
hash_id!(
    /// The hash by which phone and server know an entry. For a plain change it is the change's own.
    EntryHash, "the hash of an entry (64 hexadecimal digits)"
);
hash_id!(
    /// The SHA-256 of a file of a content pack: its name and its check at once.
    Sha256, "a SHA-256 (64 hexadecimal digits)"
);

impl From<ChangeHash> for EntryHash {
    fn from(hash: ChangeHash) -> Self {
        Self(hash.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let early = ItemId::new(Timestamp::from_unix_millis(1_000), [0xff; 10]);
        let late = ItemId::new(Timestamp::from_unix_millis(2_000), [0; 10]);
        assert!(early < late);
    }

    #[test]
    fn an_id_reads_what_it_prints() {
        let id = DocumentId::new(Timestamp::from_unix_millis(5), [7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        let hash = EntryHash::from_bytes([0xa5; 32]);
        assert_eq!(hash.to_string().parse(), Ok(hash));
    }

    #[test]
    fn a_hash_is_sixty_four_digits_without_a_sign() {
        let digits = "e6b70de9".repeat(8);
        let hash: ChangeHash = digits.parse().unwrap();
        assert_eq!(digits.to_uppercase().parse(), Ok(hash));
        for wrong in [
            digits.replacen("0d", "+d", 1),
            digits.replacen("0d", "-d", 1),
            digits.replacen("0d", " d", 1),
            digits.replacen("0d", "0x", 1),
            format!("{digits}00"),
            digits[1..].to_owned(),
        ] {
            assert!(wrong.parse::<ChangeHash>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_broken_id_is_named_in_the_error() {
        let error = "ward-7".parse::<PersonId>().unwrap_err();
        assert_eq!(error.to_string(), "\"ward-7\" is not the id of a person");
        assert!("é".repeat(32).parse::<Sha256>().is_err());
    }
}
