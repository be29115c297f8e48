//! Ids as lists and sentences show them.

use std::fmt::Display;

use enhance_model::ItemId;

/// The characters of an id that lists show.
const SHOWN: usize = 8;

/// The short id that lists show.
pub fn short(id: impl Display) -> String {
    let id = id.to_string().replace('-', "");
    id.chars().skip(id.chars().count().saturating_sub(SHOWN)).collect()
}

/// A sentence with the ids in it as lists show them.
pub fn with_short_ids(text: &str) -> String {
    let is_of_id = |sign: char| sign.is_ascii_hexdigit() || sign == '-';
    let (mut said, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(is_of_id) {
        let (before, from) = rest.split_at(at);
        let (word, after) = from.split_at(from.find(|sign| !is_of_id(sign)).unwrap_or(from.len()));
        let id = word.parse::<ItemId>().ok().filter(|id| id.to_string() == word);
        said.push_str(before);
        said.push_str(&id.map_or_else(|| word.to_owned(), short));
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_what_it_is_about_by_short_ids() {
        let id = "01a21d12-95c8-7c46-8c6d-848a1b89b6ea";
        let said = with_short_ids(&format!("placement names a placement {id} that is not here"));
        assert_eq!(said, "placement names a placement 1b89b6ea that is not here");
        assert_eq!(with_short_ids(&format!("item:{id}")), "item:1b89b6ea");
        for text in ["", "2026-12-01 is over", "a bed-day, \u{e9}", "deadbeef-dead"] {
            assert_eq!(with_short_ids(text), text);
        }
    }
}
