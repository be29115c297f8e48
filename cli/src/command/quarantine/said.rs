//! What refused work did, in sentences: a person wrote words and no fields.

use std::collections::BTreeMap;

use enhance_client::EditView;
use enhance_model::DocumentKind;

use crate::when::when;

/// One thing that was done.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// What was done, such as "You commented".
    pub what: String,
    /// What it said before; empty if nothing.
    pub before: String,
    /// What it said after; empty if nothing.
    pub after: String,
}

/// What was done, each with its words.
pub fn said(kind: DocumentKind, edits: &[EditView]) -> Vec<Said> {
    let mut said = Vec::new();
    let mut things: BTreeMap<(&str, &str), BTreeMap<&str, &EditView>> = BTreeMap::new();
    for edit in edits {
        let mut parts = edit.path.splitn(3, '/');
        let place = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        match (kind, place) {
            // Whose it is, of which kind and when it was begun: nobody wrote that.
            (_, ("schema" | "kind" | "owner" | "created_at" | "about", None, None)) => {}
            (DocumentKind::Comments, (noun, Some(id), field))
            | (_, (noun @ "attachments", Some(id), field)) => {
                things.entry((noun, id)).or_default().insert(field.unwrap_or_default(), edit);
            }
            _ => said.push(Said {
                what: in_words(&edit.path),
                before: moment_in_words(&edit.before),
                after: moment_in_words(&edit.after),
            }),
        }
    }
    said.extend(things.iter().filter_map(|((noun, _), fields)| of_comments(noun, fields)));
    said
}

/// What a field says; a moment as people read it, by the clock of this machine.
fn moment_in_words(said: &str) -> String {
    said.parse().map_or_else(|_| said.to_owned(), when)
}

fn of_comments(noun: &str, fields: &BTreeMap<&str, &EditView>) -> Option<Said> {
    let after = |field: &str| fields.get(field).map_or("", |edit| edit.after.as_str());
    let before = |field: &str| fields.get(field).map_or("", |edit| edit.before.as_str());
    let only = |what: &str| {
        Some(Said { what: what.to_owned(), before: String::new(), after: String::new() })
    };
    match noun {
        "comments" if fields.contains_key("body") => {
            let what = match (before("body"), after("answers"), after("quote")) {
                ("", "", "") => "You commented".to_owned(),
                ("", "", quote) => format!("You commented on the words \u{201c}{quote}\u{201d}"),
                ("", ..) => "You answered".to_owned(),
                _ => "You said in other words".to_owned(),
            };
            Some(Said { what, before: before("body").into(), after: after("body").into() })
        }
        "comments" if fields.contains_key("resolved_at") => only("You settled a thread"),
        "suggestions" => {
            let why = after("why");
            let why = if why.is_empty() { String::new() } else { format!(", because: {why}") };
            Some(Said {
                what: format!("You suggested other words{why}"),
                before: after("original").into(),
                after: after("replacement").into(),
            })
        }
        "nudges" => Some(Said {
            what: "You said what you wait for".to_owned(),
            before: String::new(),
            after: after("why").into(),
        }),
        "attachments" if after("name").is_empty() => only("You took away what was attached"),
        "attachments" => {
            only(&format!("You attached {} ({} bytes)", after("name"), after("bytes")))
        }
        "resolved" => only("You settled a thread"),
        "reopened" => only("You opened a thread again"),
        "taken_back" => only("You took back what you had said"),
        _ => None,
    }
}

/// The place of a text as a heading: `sections/who_is_in` reads "Who is in".
fn in_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let named = match parts.as_slice() {
        ["sections" | "answers", name] => (*name).to_owned(),
        [noun, _, field] => format!("{field} of one of the {noun}"),
        other => other.join(" "),
    };
    let words = named.replace(['_', '-'], " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(path: &str, before: &str, after: &str) -> EditView {
        EditView { path: path.to_owned(), before: before.to_owned(), after: after.to_owned() }
    }

    fn sentences(kind: DocumentKind, edits: &[EditView]) -> Vec<(String, String)> {
        said(kind, edits).into_iter().map(|one| (one.what, one.after)).collect()
    }

    #[test]
    fn refused_comments_are_sentences_with_their_words_and_no_fields() {
        let edits = [
            edit("about", "", "0193"),
            edit("comments/01/anchor", "", "problem"),
            edit("comments/01/at", "", "1000"),
            edit("comments/01/body", "", "Ask the porters."),
            edit("comments/02/answers", "", "01"),
            edit("comments/02/body", "", "I did."),
            edit("nudges/03/why", "", "A date."),
            edit("owner", "", "0194"),
            edit("reopened/01", "", "2000"),
            edit("suggestions/04/original", "", "Patients fall."),
            edit("suggestions/04/replacement", "", "Residents fall."),
            edit("suggestions/04/why", "", "They live here."),
        ];
        let said = sentences(DocumentKind::Comments, &edits);
        let pairs: Vec<(&str, &str)> =
            said.iter().map(|(what, after)| (what.as_str(), after.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("You commented", "Ask the porters."),
                ("You answered", "I did."),
                ("You said what you wait for", "A date."),
                ("You opened a thread again", ""),
                ("You suggested other words, because: They live here.", "Residents fall."),
            ]
        );
    }

    #[test]
    fn a_moment_is_a_day_and_a_time_and_nothing_else_is_taken_for_one() {
        let edits = [
            edit("sessions/01/minutes", "", "60"),
            edit("sessions/01/start", "2026-11-22T08:30:00Z", "2026-11-22T09:30:00Z"),
            edit("sessions/01/title", "", "2026-11-22"),
        ];
        let said = said(DocumentKind::PersonalRecord, &edits);
        let after: Vec<&str> = said.iter().map(|one| one.after.as_str()).collect();
        let moment = when("2026-11-22T09:30:00Z".parse().unwrap());
        assert_eq!(after, ["60", &moment, "2026-11-22"]);
        assert_eq!(said[1].before, when("2026-11-22T08:30:00Z".parse().unwrap()));
    }

    #[test]
    fn what_was_attached_is_called_by_its_name() {
        let edits = [
            edit("answers/what", "", "Ask."),
            edit("attachments/01/bytes", "", "178"),
            edit("attachments/01/name", "", "chart.png"),
            edit("attachments/01/sha256", "", "9b3ed85f"),
        ];
        let said = sentences(DocumentKind::Reflection, &edits);
        let heads: Vec<&str> = said.iter().map(|(what, _)| what.as_str()).collect();
        assert_eq!(heads, ["What", "You attached chart.png (178 bytes)"]);
    }

    #[test]
    fn other_work_is_headed_by_the_place_of_its_words() {
        let edits = [
            edit("answers/what_now", "", "Ask."),
            edit("measures/01/title", "Falls", "Falls at night"),
            edit("sections/problem", "", "Patients fall."),
            edit("title", "", "Safer nights"),
        ];
        let said = sentences(DocumentKind::ChangeProject, &edits);
        let heads: Vec<&str> = said.iter().map(|(what, _)| what.as_str()).collect();
        assert_eq!(heads, ["What now", "Title of one of the measures", "Problem", "Title"]);
    }
}
