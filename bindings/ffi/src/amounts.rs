//! What was counted and measured: values without rounding, and what each device counted.

use std::collections::{BTreeMap, HashMap};

use enhance_client::model::{change_project::Value, record};

use crate::{ids::DeviceId, values::Count};

/// A value without rounding.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ObservedValue {
    /// A number in thousandths of the measure's unit, so that no binary fraction creeps in.
    Number { thousandths: i64 },
    /// A share, kept as it was counted. `0 <= numerator <= denominator` and `denominator > 0`.
    Ratio {
        /// How many of them.
        numerator: Count,
        /// How many there were.
        denominator: Count,
    },
}

uniffi::custom_type!(Value, ObservedValue, {
    remote,
    lower: |value| value.into(),
    try_lift: |value| Ok(value.into()),
});

impl From<Value> for ObservedValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Number { thousandths } => Self::Number { thousandths },
            Value::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        }
    }
}

impl From<ObservedValue> for Value {
    fn from(value: ObservedValue) -> Self {
        match value {
            ObservedValue::Number { thousandths } => Self::Number { thousandths },
            ObservedValue::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        }
    }
}

/// What each device counted.
pub(crate) type DeviceCounts = BTreeMap<DeviceId, Value>;

uniffi::custom_type!(DeviceCounts, HashMap<DeviceId, ObservedValue>, {
    remote,
    lower: |counts| counts.into_iter().map(|(device, value)| (device, value.into())).collect(),
    try_lift: |counts| {
        Ok(counts.into_iter().map(|(device, value)| (device, value.into())).collect())
    },
});

/// What one device counted, in all.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeviceCount {
    pub device: DeviceId,
    pub value: ObservedValue,
}

/// The same, as the model has it.
pub(crate) type CountOfDevice = record::Count;

uniffi::custom_type!(CountOfDevice, DeviceCount, {
    remote,
    lower: |count| DeviceCount { device: count.device, value: count.value.into() },
    try_lift: |count| Ok(record::Count { device: count.device, value: count.value.into() }),
});
