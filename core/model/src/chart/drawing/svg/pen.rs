//! Elements of SVG, one a line, and how much room they take.

use std::fmt::{self, Write};

use super::super::plain;
use crate::markup::escaped;

/// From the edge of the picture to anything on it.
pub(super) const MARGIN: i64 = 120;
/// From one line of text to the next.
pub(super) const LINE: i64 = 170;
/// How wide a letter is, on average and a little more, since fonts differ.
pub(super) const LETTER: i64 = 66;
/// How wide a digit is in the widest of the fonts.
const WIDE_LETTER: i64 = 77;
pub(super) const BOLD_LETTER: i64 = 90;
/// From the number of a signal to its words.
pub(super) const INDENT: i64 = 260;

/// How wide a text of 12 pixels is at most.
pub(super) fn width_of(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or_default() * WIDE_LETTER
}

/// How many letters of a text fit.
pub(super) fn letters_in(width: i64, letter: i64) -> usize {
    usize::try_from(width / letter).unwrap_or_default()
}

/// Writes elements, one a line.
#[derive(Default)]
pub(super) struct Pen {
    pub(super) elements: String,
}

impl Pen {
    pub(super) fn line(&mut self, class: &str, (x1, y1): (i64, i64), (x2, y2): (i64, i64)) {
        self.element(format_args!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    pub(super) fn path(&mut self, class: &str, path: &str) {
        self.element(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (i64, i64), radius: i64) {
        self.element(format_args!(
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"
        ));
    }

    /// A text on its base line.
    pub(super) fn text(&mut self, class: &str, (x, y): (i64, i64), text: &str) {
        let text = escaped(&plain(text));
        self.element(format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{text}</text>"));
    }

    fn element(&mut self, element: fmt::Arguments<'_>) {
        let _ = writeln!(self.elements, "{element}");
    }
}
