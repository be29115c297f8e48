//! Single values, as a document holds them.

use automerge::ScalarValue;
use enhance_model::{
    CalendarDate, ItemId, Timestamp, anchor,
    change_project::Value,
    field::{STRING_CHARS, Shape},
};

/// Single values as the engine has them, by their declaration.
pub trait Scalars {
    /// Whether a value is of this type, or the values of its entries are.
    fn takes(&self, scalar: &ScalarValue) -> bool;

    /// Whether a value of this type says something to this version.
    fn reads(&self, scalar: &ScalarValue) -> bool;
}

impl Scalars for Shape {
    fn takes(&self, scalar: &ScalarValue) -> bool {
        match (self, scalar) {
            (Self::Number, _) => number(scalar).is_some(),
            (Self::Place | Self::Mark, ScalarValue::Str(text)) => anchor::fits(*self, text),
            (Self::String | Self::Word(_) | Self::Id | Self::Date, ScalarValue::Str(text)) => {
                is_short(text)
            }
            (Self::Passage | Self::Strings, ScalarValue::Str(_))
            | (Self::Moment | Self::Moments, ScalarValue::Timestamp(_))
            | (Self::Amount | Self::Counts, ScalarValue::Int(_) | ScalarValue::Str(_))
            | (Self::Tags | Self::Ids, ScalarValue::Boolean(_)) => true,
            _ => false,
        }
    }

    fn reads(&self, scalar: &ScalarValue) -> bool {
        match self {
            Self::Word(words) => string(scalar).is_some_and(|text| words.contains(&text.as_str())),
            Self::Id => string(scalar).is_some_and(|text| text.parse::<ItemId>().is_ok()),
            Self::Date => string(scalar).is_some_and(|text| text.parse::<CalendarDate>().is_ok()),
            Self::Amount => amount(scalar).is_some(),
            _ => self.takes(scalar),
        }
    }
}

/// Whether a text is short enough for a [`Shape::String`].
fn is_short(text: &str) -> bool {
    text.len() <= STRING_CHARS || text.chars().count() <= STRING_CHARS
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

/// A value as a person writes it.
pub fn in_words(scalar: &ScalarValue) -> Option<String> {
    match scalar {
        ScalarValue::Int(thousandths) => {
            Some(Value::Number { thousandths: *thousandths }.to_string())
        }
        ScalarValue::Uint(number) => Some(number.to_string()),
        ScalarValue::Boolean(flag) => Some(flag.to_string()),
        ScalarValue::Timestamp(_) => moment(scalar).map(|moment| moment.to_string()),
        _ => string(scalar),
    }
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
