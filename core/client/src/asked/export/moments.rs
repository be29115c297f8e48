//! Moments in an export: there they are as people write them, elsewhere they are milliseconds.
//!
//! A moment is a number under one of a few keys, and nothing else that is exported is a number under
//! those. What a person wrote is under keys of a template and is let alone.

use enhance_model::Timestamp;
use serde_json::{Map, Value};

/// Under these stand texts whose keys may be any.
const WRITTEN: [&str; 2] = ["answers", "sections"];

/// Writes milliseconds as 2026-11-22T08:30:00Z.
pub(super) fn in_words(value: &mut Value) {
    each_moment(value, &|value| {
        let millis = value.as_i64()?;
        let words = Timestamp::from_unix_millis(millis).to_string();
        // A moment that no calendar has stays a number.
        let is_read_back = words.parse().ok() == Some(Timestamp::from_unix_millis(millis));
        is_read_back.then_some(Value::String(words))
    });
}

/// The other way round.
pub(super) fn in_millis(value: &mut Value) {
    each_moment(value, &|value| {
        let moment: Timestamp = value.as_str()?.parse().ok()?;
        Some(moment.as_millis().into())
    });
}

fn each_moment(value: &mut Value, write: &impl Fn(&Value) -> Option<Value>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| each_moment(value, write)),
        Value::Object(fields) => each_field(fields, write),
        _ => {}
    }
}

fn each_field(fields: &mut Map<String, Value>, write: &impl Fn(&Value) -> Option<Value>) {
    for (key, value) in fields {
        let is_moment = matches!(key.as_str(), "at" | "start") || key.ends_with("_at");
        if WRITTEN.contains(&key.as_str()) {
            continue;
        }
        match write(value).filter(|_| is_moment) {
            Some(written) => *value = written,
            None => each_moment(value, write),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn moments_come_back_as_they_were_and_what_was_written_is_let_alone() {
        let before = json!({
            "created_at": 1_795_336_200_123_i64,
            "start": "2026-08-05",
            "sessions": {"7": {"start": 1_795_336_200_000_i64, "minutes": 60}},
            "answers": {"at": "2026-11-22T08:30:00Z", "start": "1795336200000"},
            "left_at": i64::MAX,
            "resolved_at": null,
        });
        let mut value = before.clone();
        in_words(&mut value);
        assert_eq!(value["created_at"], "2026-11-22T08:30:00.123Z");
        assert_eq!(value["sessions"]["7"]["start"], "2026-11-22T08:30:00Z");
        assert_eq!(value["answers"], before["answers"]);
        in_millis(&mut value);
        assert_eq!(value, before);
    }
}
