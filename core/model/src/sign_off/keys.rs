//! Keys and signatures, as bytes: what makes and checks them is not in this crate.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::hex;

macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// The one with these bytes.
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// The bytes it consists of.
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
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
            type Err = NotOfThisLength;

            fn from_str(text: &str) -> Result<Self, NotOfThisLength> {
                hex::read_typed(text).map(Self).ok_or(NotOfThisLength($expected))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let bytes = hex::read(&String::deserialize(from)?).map(Self);
                bytes.ok_or_else(|| de::Error::custom(NotOfThisLength($expected)))
            }
        }
    };
}

/// A text that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not {0}")]
pub struct NotOfThisLength(&'static str);

fixed_bytes!(
    /// The Ed25519 key by which a device's signatures are checked.
    PublicKey, 32, "a public key (64 hexadecimal digits)"
);
fixed_bytes!(
    /// A signature of Ed25519.
    Signature, 64, "a signature (128 hexadecimal digits)"
);
