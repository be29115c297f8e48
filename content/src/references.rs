//! The references at the foot of a page: where what it states can be read.

use crate::fault::{Faults, Place};

const HEADING: &str = "## References";

/// Reports each reference that lacks its title, its address, its publisher or its year.
pub(crate) fn check(text: &str, file: &str, faults: &Faults) {
    let lines = text.lines().enumerate().skip_while(|(_, line)| *line != HEADING);
    for (index, line) in lines {
        if line.strip_prefix("- ").is_some_and(|item| !is_whole(item)) {
            let what = "a reference is written `- [title](address). Publisher, year.`";
            faults.add(&Place { file: file.to_owned(), line: Some(index + 1) }, what);
        }
    }
}

/// A page without its references.
pub(crate) fn without(text: &str) -> &str {
    text.split_once(&format!("\n{HEADING}\n")).map_or(text, |(page, _)| page)
}

fn is_whole(item: &str) -> bool {
    let parts = item.strip_prefix('[').and_then(|item| item.split_once("]("));
    let Some((title, rest)) = parts else { return false };
    let Some((address, published)) = rest.split_once("). ") else { return false };
    let on_the_web = address.starts_with("https://") || address.starts_with("http://");
    !title.trim().is_empty() && on_the_web && published.contains(", ") && has_year(published)
}

/// Whether four digits in a row are a year in which something can have been published.
fn has_year(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers.filter(|digits| digits.len() == 4);
    years.any(|digits| digits.parse().is_ok_and(|year: u16| (1800..2100).contains(&year)))
}
