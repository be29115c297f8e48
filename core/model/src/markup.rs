//! Texts inside of markup and files: of pictures, tables and pages.

use crate::folding;

/// A text as it stands in markup. What no document may have, a control character, is left out.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(letter),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A text on one line of a page, such as a name, as it stands in markup: without what would turn
/// the line around it.
///
/// ```
/// use enhance_model::markup::escaped_line;
///
/// assert_eq!(escaped_line("Ward 7\u{202e} & 8"), "Ward 7 &amp; 8");
/// ```
pub fn escaped_line(text: &str) -> String {
    escaped(&straight(text))
}

/// A text without the signs that steer its direction.
pub(crate) fn straight(text: &str) -> String {
    text.chars().filter(|letter| !folding::is_direction(*letter)).collect()
}

/// A text as it was before it stood in markup.
pub fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">");
    // What stands for the sign itself comes last, since it may have stood before any of the others.
    plain.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// The text of a file without the mark of its encoding, which some editors put at its beginning.
///
/// ```
/// use enhance_model::markup::without_mark;
///
/// assert_eq!(without_mark("\u{feff}{}"), "{}");
/// assert_eq!(without_mark("{}"), "{}");
/// ```
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        for text in ["&lt;", "<b title=\"x\">", "&amp;#39;", "it's & more"] {
            assert_eq!(unescaped(&escaped(text)), text);
        }
    }

    #[test]
    fn nothing_that_steers_markup_stays() {
        let text = "<b title=\"x\" id='y'>&\u{0}\u{7}\n";
        assert_eq!(escaped(text), "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;\n");
    }
}
