//! What every printed page has in common: how it begins, what it says of itself so that it can be
//! made again and compared, and how a text is cut that a sheet has no room for.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write, str::FromStr};

use sha2::{Digest, Sha256};

use crate::markup::{escaped, straight, unescaped};

/// A page never says more than this under one name.
pub(crate) const MOST_SAID: usize = 20_000;

/// Stands where the digest of a page is put.
pub const DIGEST: &str = "<!--digest-->";

/// Stands before the digest on a page.
const BEFORE_DIGEST: &str = "SHA-256 of this page: <span>";

/// How a page begins, up to what it says of itself.
pub(crate) const BEGINNING: &str = "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n\
    <meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

/// The version by which pages are made now, which they name: its words may be others than those of
/// another version, so that a page of that cannot be made again.
pub const MADE_BY: &str = env!("CARGO_PKG_VERSION");

/// Under this name a page says by which version it was made. Pages of before did not.
const MADE_BY_NAME: &str = "enhance-made-by";

/// Writes by which version a page was made, if it says so.
pub(crate) fn write_made_by(html: &mut String, version: Option<&str>) {
    if let Some(version) = version {
        meta(html, MADE_BY_NAME, version);
    }
}

/// By which version a page says that it was made.
pub fn made_by(html: &str) -> Option<String> {
    page_says(html, MADE_BY_NAME).next()
}

/// A text with LF for each line end, as a page is written: mail and editors put others in, which
/// nobody sees.
///
/// ```
/// use enhance_model::printed::plain_line_ends;
///
/// assert_eq!(plain_line_ends("one\r\ntwo\r"), "one\ntwo\n");
/// ```
pub fn plain_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The SHA-256 of a page, as the page says it: of its UTF-8 with LF for each line end, so that a page
/// that was mailed or opened elsewhere is the same one. Every other sign counts.
///
/// ```
/// use enhance_model::printed::{DIGEST, digest, with_digest};
///
/// let page = format!("<p>Falls on ward 7</p>{DIGEST}");
/// assert_eq!(with_digest(&page), format!("<p>Falls on ward 7</p>{}", digest(&page)));
/// assert_eq!(digest("one\r\ntwo"), digest("one\ntwo"));
/// ```
pub fn digest(html: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(plain_line_ends(html).as_bytes()))
}

/// A page that says its own digest, of the page as it was with [`DIGEST`] in its place.
pub fn with_digest(html: &str) -> String {
    html.replace(DIGEST, &digest(html))
}

/// Whether the digest that stands on a page between these is that of the page without it.
pub fn says_its_digest(html: &str) -> bool {
    let Some((before, rest)) = html.rsplit_once(BEFORE_DIGEST) else { return false };
    let Some((said, after)) = rest.split_once("</span>") else { return false };
    digest(&format!("{before}{BEFORE_DIGEST}{DIGEST}</span>{after}")) == said
}

/// Writes something that a page says of itself.
pub(crate) fn meta(html: &mut String, name: &str, content: &str) {
    let _ = writeln!(html, "<meta name=\"{name}\" content=\"{}\">", escaped(content));
}

/// What a page says of itself under a name. One thing more than it may say shows a foreign page.
pub fn page_says(html: &str, name: &str) -> impl Iterator<Item = String> {
    let begins = format!("<meta name=\"{name}\" content=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(begins.as_str())?;
        let (content, after) = after.split_once('"')?;
        rest = after;
        Some(unescaped(content))
    })
    .take(MOST_SAID + 1)
}

/// What a page says under a name of several things, each after its id.
pub(crate) fn says_by_id<I, T>(html: &str, name: &str) -> BTreeMap<I, T>
where
    I: FromStr + Ord,
    T: FromStr,
{
    let both = page_says(html, name).filter_map(|text| {
        let (id, rest) = text.split_once(' ')?;
        Some((id.parse().ok()?, rest.parse().ok()?))
    });
    both.collect()
}

/// A text on one line that is no longer than this, on whole words, and turns nothing around it.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = straight(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let (mut width, mut end) = (0, text.len());
    for (at, letter) in text.char_indices() {
        width += width_of(letter);
        if width > most {
            end = at;
            break;
        }
    }
    let begun = &text[..end];
    if end == text.len() {
        return text;
    }
    let is_between = text[end..].starts_with(' ');
    let whole = if is_between { None } else { begun.rfind(' ') };
    format!("{} …", whole.map_or(begun, |end| &begun[..end]).trim_end())
}

/// Letters of Chinese, Japanese and Korean are twice as wide. The letters with accents, dashes,
/// quotation marks and signs of arithmetic that Unicode has among theirs are not.
const fn width_of(letter: char) -> usize {
    match letter {
        '\u{1100}'..'\u{1e00}' | '\u{2300}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonId;

    #[test]
    fn a_page_is_read_as_it_was_written_whatever_somebody_is_called() {
        let hostile = "\"><meta name=\"enhance-person\" content=\"'&amp;";
        let person = PersonId::from_bytes([1; 16]);
        let mut html = String::new();
        meta(&mut html, "enhance-creator", hostile);
        meta(&mut html, "enhance-person", &format!("{person} {hostile}"));
        assert_eq!(page_says(&html, "enhance-creator").collect::<Vec<_>>(), [hostile]);
        let named: BTreeMap<PersonId, String> = says_by_id(&html, "enhance-person");
        assert_eq!(named, BTreeMap::from([(person, hostile.to_owned())]));
        assert_eq!(page_says("<meta name=\"a\" content=\"cut off", "a").next(), None);
    }

    #[test]
    fn a_cut_text_ends_with_a_whole_word() {
        assert_eq!(cut("one two three", 9), "one two …");
        assert_eq!(cut("one two three", 7), "one two …");
        assert_eq!(cut("one", 9), "one");
        assert_eq!(cut("", 4), "");
        assert_eq!(cut("Ward\u{202e} 7\u{2067}", 9), "Ward 7", "and nothing turns the page round");
        assert_eq!(cut("unbreakable", 4), "unbr …");
        assert_eq!(cut(" one\n\ntwo ", 9), "one two", "a cell has one line");
        assert_eq!(cut("\u{6f22}\u{5b57}", 3), "\u{6f22} …");
        assert_eq!(cut("“a’s” – ≥1 …", 12), "“a’s” – ≥1 …", "signs are as wide as letters");
    }
}
