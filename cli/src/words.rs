//! Words and values as people type them.

/// A parser for a word of the domain that names its choices in the help and in errors.
macro_rules! one_of {
    ($words:ty) => {{
        use clap::builder::{PossibleValuesParser, TypedValueParser};
        let choices = <$words>::ALL.iter().map(|word| word.as_str());
        PossibleValuesParser::new(choices).try_map(|word| word.parse::<$words>())
    }};
}
pub(crate) use one_of;
