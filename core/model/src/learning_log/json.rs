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

/// Whole minutes of what was done: rounded down, as wherever they are shown.
pub(super) fn whole_down<S: Serializer>(minutes: &Exact, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(minutes.whole_down())
}

/// Whole minutes of what is asked for or is left: rounded up.
pub(super) fn whole_up<S: Serializer>(minutes: &Exact, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(minutes.whole_up())
}

/// The same of minutes that may be missing.
#[allow(clippy::ref_option, reason = "serde hands the field in as it is")]
pub(super) fn whole_up_if_any<S: Serializer>(
    minutes: &Option<Exact>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match minutes {
        Some(minutes) => whole_up(minutes, serializer),
        None => serializer.serialize_none(),
    }
}

/// Whole minutes of what counts at most: rounded down, as what counts is.
#[allow(clippy::ref_option, reason = "serde hands the field in as it is")]
pub(super) fn whole_down_if_any<S: Serializer>(
    minutes: &Option<Exact>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match minutes {
        Some(minutes) => whole_down(minutes, serializer),
        None => serializer.serialize_none(),
    }
}
