//! What a person types and what is written, for each kind of field.

use std::{borrow::Cow, collections::BTreeSet, str::FromStr};

use super::values::{Count, FieldFault};
use crate::{ItemId, Minutes, Tag};

/// A value that a person may type.
pub(crate) fn typed<T: FromStr>(
    field: &'static str,
    wanted: impl Into<Cow<'static, str>>,
    text: &str,
) -> Result<Option<T>, FieldFault> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| FieldFault::value(field, wanted, text))
}

/// The same of a field that its record needs.
pub(crate) fn needed<T>(field: &'static str, typed: Option<T>) -> Result<T, FieldFault> {
    typed.ok_or_else(|| FieldFault::value(field, "a value; the record needs it", ""))
}

/// Reads the ids that stand between commas.
pub(crate) fn typed_ids(field: &'static str, text: &str) -> Result<BTreeSet<ItemId>, FieldFault> {
    let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| id.parse().map_err(|_| FieldFault::value(field, "ids", id))).collect()
}

/// Reads the tags that stand between commas.
pub(crate) fn typed_tags(field: &'static str, text: &str) -> Result<BTreeSet<Tag>, FieldFault> {
    let tags = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let wanted = "tags such as theme:digital, between commas";
    tags.map(|tag| tag.parse().map_err(|_| FieldFault::value(field, wanted, tag))).collect()
}

/// What one device counted, as `DEVICE=4/10`.
pub(crate) fn typed_count(field: &'static str, text: &str) -> Result<Count, FieldFault> {
    let wanted = || FieldFault::value(field, "a device and what it counted", text);
    let (device, value) = text.split_once('=').ok_or_else(wanted)?;
    let device = device.parse().map_err(|_| wanted())?;
    Ok(Count { device, value: value.parse().map_err(|_| wanted())? })
}

/// Minutes that were counted; more than fit are as many as fit.
pub(crate) fn minutes(number: u64) -> Minutes {
    Minutes(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A string that may be empty, which is none.
pub(crate) fn some(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// A date, an id: what prints as it is written.
pub(crate) fn printed<T: ToString>(value: Option<&T>) -> Option<Cow<'static, str>> {
    value.map(|value| Cow::Owned(value.to_string()))
}
