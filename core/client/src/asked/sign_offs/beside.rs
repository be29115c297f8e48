//! What stands in the file of a sign-off beside what was signed.

use std::{collections::BTreeSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

/// Of so many fields the names are said.
const MOST_NAMED: usize = 5;

/// The fields that a file has and that are not known here, and those that say something else than
/// what was read of them. No signature covers either.
pub(super) fn strange_fields(file: &Value, known: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(file, known, "", &mut found);
    found.truncate(MOST_NAMED);
    found
}

fn compare(file: &Value, known: &Value, path: &str, found: &mut Vec<String>) {
    let below = |name: &dyn ToString| match path {
        "" => name.to_string(),
        path => format!("{path}.{}", name.to_string()),
    };
    match (file, known) {
        (Value::Object(file), Value::Object(known)) => {
            for (name, value) in file {
                match known.get(name) {
                    Some(known) => compare(value, known, &below(name), found),
                    None => found.push(below(name)),
                }
            }
        }
        (Value::Array(file), Value::Array(known)) if file.len() == known.len() => {
            for (at, (value, known)) in file.iter().zip(known).enumerate() {
                compare(value, known, &below(&at), found);
            }
        }
        _ if file == known => {}
        _ => found.push(path.to_owned()),
    }
}

/// Refuses a text of JSON in which a field stands twice: who opens it would read the one, and who
/// checks it the other.
pub(super) fn check_once(json: &str) -> serde_json::Result<()> {
    serde_json::from_slice::<Once>(json.as_bytes()).map(drop)
}

/// Plain data in which each field stands once.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain data")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self, A::Error> {
        let mut names = BTreeSet::new();
        while let Some((name, Self)) = fields.next_entry::<String, Self>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a field stands twice"));
            }
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self, A::Error> {
        while values.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }
}
