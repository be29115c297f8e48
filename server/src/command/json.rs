//! How commands answer scripts.

use std::io;

use super::error::CommandError;

/// Writes a value as JSON on lines of its own.
pub(super) fn write_json(
    out: &mut dyn io::Write,
    value: &impl serde::Serialize,
) -> Result<(), CommandError> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}
