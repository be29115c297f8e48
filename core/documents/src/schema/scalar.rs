//! Single values, as a document holds them.

use automerge::ScalarValue;
use enhance_model::{CalendarDate, ItemId, Timestamp, change_project::Value};

use super::field::Shape;

impl Shape {
    /// Whether a value is of this type, or the values of its entries are.
    pub fn takes(&self, scalar: &ScalarValue) -> bool {
        match (self, scalar) {
            (Self::Number, _) => number(scalar).is_some(),
            (
                Self::String | Self::Word(_) | Self::Id | Self::Date | Self::Strings,
                ScalarValue::Str(_),
            )
            | (Self::Moment, ScalarValue::Timestamp(_))
            | (Self::Amount, ScalarValue::Int(_) | ScalarValue::Str(_))
            | (Self::Tags, ScalarValue::Boolean(_)) => true,
            _ => false,
        }
    }

    /// Whether a value of this type says something to this version.
    pub fn reads(&self, scalar: &ScalarValue) -> bool {
        match self {
            Self::Word(words) => string(scalar).is_some_and(|text| words.contains(&text.as_str())),
            Self::Id => string(scalar).is_some_and(|text| text.parse::<ItemId>().is_ok()),
            Self::Date => string(scalar).is_some_and(|text| text.parse::<CalendarDate>().is_ok()),
            Self::Amount => amount(scalar).is_some(),
            _ => self.takes(scalar),
        }
    }
}

pub fn string(scalar: &ScalarValue) -> Option<String> {
    match scalar {
        ScalarValue::Str(text) => Some(text.to_string()),
        _ => None,
    }
}

pub fn number(scalar: &ScalarValue) -> Option<u64> {
    match scalar {
        ScalarValue::Uint(number) => Some(*number),
        ScalarValue::Int(number) => u64::try_from(*number).ok(),
        _ => None,
    }
}

pub fn moment(scalar: &ScalarValue) -> Option<Timestamp> {
    match scalar {
        ScalarValue::Timestamp(millis) => Some(Timestamp::from_unix_millis(*millis)),
        _ => None,
    }
}

pub fn flag(scalar: &ScalarValue) -> Option<bool> {
    match scalar {
        ScalarValue::Boolean(flag) => Some(*flag),
        _ => None,
    }
}

pub fn amount(scalar: &ScalarValue) -> Option<Value> {
    let value = match scalar {
        ScalarValue::Int(thousandths) => Value::Number { thousandths: *thousandths },
        ScalarValue::Str(text) => {
            let (numerator, denominator) = text.split_once('/')?;
            Value::Ratio {
                numerator: numerator.parse().ok()?,
                denominator: denominator.parse().ok()?,
            }
        }
        _ => return None,
    };
    value.fault().is_none().then_some(value)
}

/// A moment as it is written; other values convert by themselves.
pub fn of_moment(moment: Timestamp) -> ScalarValue {
    ScalarValue::Timestamp(moment.as_millis())
}

/// A value as it is written. It must have no [`Value::fault`].
pub fn of_amount(value: &Value) -> ScalarValue {
    match value {
        Value::Number { thousandths } => (*thousandths).into(),
        Value::Ratio { numerator, denominator } => format!("{numerator}/{denominator}").into(),
    }
}
