//! Fields that take one of a few words: the words, written once, with the names they have in
//! documents, tables and commands.

use crate::Quoted;

macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)+ }

        impl $name {
            /// Every one, in the order people use them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The names of all.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The name in documents, tables and commands.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::words::UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord {
                        text: text.chars().take(80).collect(),
                        choices: concat!($($word, " "),+),
                    }),
                }
            }
        }
    };
}

pub(crate) use words;

/// A text that is none of the words a field takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is not one of: {choices}", text = Quoted(.text))]
pub struct UnknownWord {
    pub(crate) text: String,
    pub(crate) choices: &'static str,
}
