//! How TypeScript names the types.

use anyhow::{Result, bail};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{Object, Type},
};

/// The object a host cancels with: an `AbortSignal` of the browser's.
pub(super) const CANCELS: &str = "Cancellation";
/// The object of the core: `LearningCore` in every language.
pub(super) const HANDLE: &str = "CoreHandle";
/// The ears for progress, which are an option of what they listen to.
pub(super) const PROGRESS: &str = "ProgressListener";

/// Types of their own, though the bytes of each are those of a plain one: no two of them can be
/// taken for each other. Kotlin and Swift have the same.
pub(super) const OWN: [&str; 9] = [
    "DocumentId",
    "ItemId",
    "PersonId",
    "DeviceId",
    "QuarantineId",
    "Version",
    "PackVersion",
    "TemplateVersion",
    "Sha256",
];

/// A type as the API writes it.
pub(super) fn named(of: &Type) -> Result<String> {
    Ok(match of {
        Type::Boolean => "boolean".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "Uint8Array".to_owned(),
        Type::Int8 | Type::Int16 | Type::Int32 | Type::Int64 | Type::Float32 | Type::Float64 => {
            "number".to_owned()
        }
        Type::Object { name, .. } if name == HANDLE => "LearningCore".to_owned(),
        Type::Object { name, .. } if name == CANCELS => "AbortSignal".to_owned(),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        Type::Box { inner_type } => named(inner_type)?,
        Type::Optional { inner_type } => format!("{} | null", named(inner_type)?),
        Type::Sequence { inner_type } => match named(inner_type)? {
            inner if inner.contains(' ') => format!("readonly ({inner})[]"),
            inner => format!("readonly {inner}[]"),
        },
        Type::Map { key_type, value_type } => {
            format!("ReadonlyMap<{}, {}>", named(key_type)?, named(value_type)?)
        }
        other => bail!("TypeScript has no rule for {other:?}"),
    })
}

/// What a name of the core's stands for, where it is more than its bytes.
pub(super) fn meant(name: &str, builtin: &Type) -> Result<String> {
    Ok(match name {
        "Timestamp" => "Date".to_owned(),
        own if OWN.contains(&own) => {
            format!("{} & {{ readonly [of]: {own:?} }}", named(builtin)?)
        }
        _ => named(builtin)?,
    })
}

/// An interface of the host with one method is a function.
pub(super) fn is_function(object: &Object) -> bool {
    object.has_callback_interface() && object.methods().len() == 1
}

/// The object of this name that a type is, or is perhaps.
pub(super) fn object<'i>(interface: &'i ComponentInterface, of: &Type) -> Option<&'i Object> {
    match of {
        Type::Object { name, .. } => interface.get_object_definition(name),
        Type::Optional { inner_type } => object(interface, inner_type),
        _ => None,
    }
}
