//! Identifiers and versions. Each is a type of its own in Kotlin and Swift, and crosses as text.
//!
//! A text that is none is answered with [`CoreError::InvalidInput`].

use std::{fmt::Display, str::FromStr};

use enhance_client::InputField;
pub(crate) use enhance_client::model::{DeviceId, DocumentId, ItemId, PersonId, Sha256, Version};

use crate::CoreError;

macro_rules! texts {
    ($($type:ident, $field:ident;)+) => {
        $(uniffi::custom_type!($type, String, {
            remote,
            lower: |value| value.to_string(),
            try_lift: |text| read(&text, InputField::$field),
        });)+
    };
}

texts! {
    DocumentId, Id;
    ItemId, Id;
    PersonId, Id;
    DeviceId, Id;
    Version, Version;
    Sha256, Id;
}

/// The number by which a refused piece of work is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuarantineId(pub(crate) i64);

uniffi::custom_type!(QuarantineId, i64, {
    lower: |id| id.0,
    try_lift: |id| Ok(QuarantineId(id)),
});

pub(crate) fn read<T: FromStr<Err: Display>>(text: &str, field: InputField) -> uniffi::Result<T> {
    text.parse().map_err(|error: T::Err| CoreError::invalid(field, &error).into())
}
