//! What fits on a sheet: lists end, and say so.

use std::fmt::Write;

use crate::printed::cut;

/// As many of these as fit into so many characters, and how many more there are.
pub(super) fn listed(entries: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut text = String::new();
    let mut left = 0;
    for entry in entries {
        let entry = cut(&entry, most / 2);
        let is_full = left > 0 || text.chars().count() + entry.chars().count() > most;
        if is_full && !text.is_empty() {
            left += 1;
            continue;
        }
        let between = if text.is_empty() { "" } else { "; " };
        text.extend([between, &entry]);
    }
    if left > 0 {
        let _ = write!(text, "; and {left} more in the plan");
    }
    text
}

/// What was left out of a list: "2 more cycles are in the plan."
pub(super) fn more(html: &mut String, left: usize, one: &str) {
    let (plural, verb) = if left == 1 { ("", "is") } else { ("s", "are") };
    if left > 0 {
        let _ =
            writeln!(html, "<p class=\"more\">{left} more {one}{plural} {verb} in the plan.</p>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let names = |count: usize| (0..count).map(|number| format!("name {number}"));
        assert_eq!(listed(names(2), 40), "name 0; name 1");
        assert_eq!(listed(names(9), 20), "name 0; name 1; name 2; and 6 more in the plan");
        assert_eq!(listed(names(0), 20), "");
        let mut html = String::new();
        more(&mut html, 0, "cycle");
        more(&mut html, 1, "cycle");
        more(&mut html, 2, "cycle");
        assert_eq!(
            html,
            "<p class=\"more\">1 more cycle is in the plan.</p>\n\
             <p class=\"more\">2 more cycles are in the plan.</p>\n"
        );
    }
}
