//! What stands in the file of a sign-off beside what was signed.

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
