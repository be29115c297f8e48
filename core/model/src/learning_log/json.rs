//! Exact numbers as a script reads them.

use serde::Serializer;

use crate::{Minutes, chart::Exact};

/// An exact number as a script reads it: whole where it is, or else to nine places.
pub(crate) fn number<S: Serializer>(exact: &Exact, serializer: S) -> Result<S::Ok, S::Error> {
    let whole = exact.whole_down();
    if *exact == Exact::from(Minutes(whole)) {
        serializer.serialize_u32(whole)
    } else {
        serializer.serialize_f64(exact.to_f64())
    }
}

/// The same as a text, for CSV.
pub(crate) fn number_in_text(exact: &Exact) -> String {
    let text = exact.to_fixed(9);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The same of a number that may be missing.
#[allow(clippy::ref_option, reason = "serde hands the field in as it is")]
pub(super) fn number_if_any<S: Serializer>(
    exact: &Option<Exact>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match exact {
        Some(exact) => number(exact, serializer),
        None => serializer.serialize_none(),
    }
}
