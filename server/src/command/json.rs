//! How commands answer scripts.

use std::io;

use enhance_model::Timestamp;
use serde::Serializer;

use super::error::CommandError;

/// A moment as people write it.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a field so")]
pub(super) fn moment<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(at)
}

/// The same where there may be none.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes a field so")]
pub(super) fn moment_if<S: Serializer>(at: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => moment(at, to),
        None => to.serialize_none(),
    }
}

/// Writes a value as JSON on lines of its own.
pub(super) fn write_json(
    out: &mut dyn io::Write,
    value: &impl serde::Serialize,
) -> Result<(), CommandError> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}
