//! Moments in an export: there they are as people write them, elsewhere they are milliseconds.
//!
//! A moment is a number under one of a few keys, and nothing else that is exported is a number under
//! those. What a person wrote is under keys of a template and is let alone. The file of a single
//! sign-off is written likewise.

use enhance_model::Timestamp;
use serde_json::{Map, Value};

/// Under these stand texts whose keys may be any. Answers to a request stand in a list, and have the
/// keys of our own.
const WRITTEN: [&str; 2] = ["answers", "sections"];

/// Writes milliseconds as 2026-11-22T08:30:00Z.
pub(in crate::asked) fn in_words(value: &mut Value) {
    each_moment("", value, &|value| {
        let millis = value.as_i64()?;
        let words = Timestamp::from_unix_millis(millis).to_string();
        // A moment that no calendar has stays a number.
        let is_read_back = words.parse().ok() == Some(Timestamp::from_unix_millis(millis));
        is_read_back.then_some(Value::String(words))
    });
}

/// The other way round.
pub(in crate::asked) fn in_millis(value: &mut Value) {
    each_moment("", value, &|value| {
        let moment: Timestamp = value.as_str()?.parse().ok()?;
        Some(moment.as_millis().into())
    });
}

/// Whether what stands under a key, in what stands under another, is a moment.
fn is_moment(of: &str, key: &str) -> bool {
    matches!(key, "at" | "start" | "seen")
        || key.ends_with("_at")
        || (of, key) == ("certificate", "from")
        || of == "inbox_seen"
}

fn each_moment(of: &str, value: &mut Value, write: &impl Fn(&Value) -> Option<Value>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| each_moment(of, value, write)),
        Value::Object(fields) => each_field(of, fields, write),
        _ => {}
    }
}

fn each_field(of: &str, fields: &mut Map<String, Value>, write: &impl Fn(&Value) -> Option<Value>) {
    for (key, value) in fields {
        if WRITTEN.contains(&key.as_str()) && value.is_object() {
            continue;
        }
        match write(value).filter(|_| is_moment(of, key)) {
            Some(written) => *value = written,
            None => each_moment(key, value, write),
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
            "inbox_seen": {"7": 1_795_336_200_000_i64},
            "certificate": {"from": 1_795_336_200_000_i64},
            "aim": {"from": 12},
            "left_at": i64::MAX,
            "resolved_at": null,
        });
        let mut value = before.clone();
        in_words(&mut value);
        assert_eq!(value["created_at"], "2026-11-22T08:30:00.123Z");
        assert_eq!(value["sessions"]["7"]["start"], "2026-11-22T08:30:00Z");
        assert_eq!(value["inbox_seen"]["7"], "2026-11-22T08:30:00Z");
        assert_eq!(value["certificate"]["from"], "2026-11-22T08:30:00Z");
        assert_eq!((&value["answers"], &value["aim"]), (&before["answers"], &before["aim"]));
        in_millis(&mut value);
        assert_eq!(value, before);
    }
}
