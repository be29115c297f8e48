//! Secrets of a fixed length: wiped when they are let go of, and never printed.

/// Declares a secret of so many bytes.
macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub(crate) struct $name(zeroize::Zeroizing<[u8; $length]>);

        impl $name {
            pub(crate) fn new(randomness: &dyn crate::environment::Randomness) -> Self {
                Self(zeroize::Zeroizing::new(randomness.bytes()))
            }

            pub(crate) fn from_bytes(bytes: impl Into<zeroize::Zeroizing<[u8; $length]>>) -> Self {
                Self(bytes.into())
            }

            pub(crate) fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

pub(super) use secret;
