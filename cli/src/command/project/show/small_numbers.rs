//! Small numbers of groups, which are not shown: hidden is said as hidden, and never as nothing.

use std::collections::BTreeSet;

use enhance_model::ItemId;
use serde::Serialize;
use serde_json::Value;

use crate::exit::Failure;

/// The observations and tally sheets whose numbers nobody is shown.
pub type Hidden = BTreeSet<ItemId>;

/// What stands in the place of a number.
pub const HIDDEN: &str = "hidden";

/// An answer for scripts without the numbers that are hidden. The plan is at this place in it.
pub fn left_out(answer: &impl Serialize, project: &str, hidden: &Hidden) -> Result<Value, Failure> {
    let unsaid = |error: serde_json::Error| Failure::Output(error.into());
    let mut answer = serde_json::to_value(answer).map_err(unsaid)?;
    for id in hidden {
        for (things, number) in [("observations", "value"), ("tallies", "ticks")] {
            let place = format!("{project}/{things}/{id}/{number}");
            if let Some(number) = answer.pointer_mut(&place) {
                *number = Value::from(HIDDEN);
            }
        }
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_that_a_number_is_hidden() {
        let [few, many] = [1, 2].map(|number| ItemId::from_bytes([number; 16]));
        let value = |number: u32| serde_json::json!({ "value": number, "group": "over 85" });
        let observations =
            serde_json::json!({ few.to_string(): value(3), many.to_string(): value(30) });
        let answer = serde_json::json!({ "project": { "observations": observations } });
        let told = left_out(&answer, "/project", &[few].into()).unwrap();
        let observations = &told["project"]["observations"];
        assert_eq!(observations[few.to_string()]["value"], HIDDEN);
        assert_eq!(observations[many.to_string()]["value"], 30);
    }
}
