//! A chart as a picture, as lines of a terminal, and as a table.
//!
//! All three are made from the same [`ChartView`](super::ChartView) and hold whole numbers only, so
//! that they are the same bytes on every machine. None needs anything but text, which is why they
//! stand in this crate; what turns a picture into pixels belongs to whoever needs pixels.
//!
//! Libraries that draw axes and shapes were tried with ten points at 320 pixels, and none is used:
//!
//! - `plotters` (with `plotters-svg`) writes each grid line and colour into the elements, 25 kB for
//!   the ten points, so that there is no dark version, and calculates sizes in floating point
//!   (`font-size="11.290322580645162"`).
//! - `poloto` has classes and themes, but one mark for a whole series, a fixed legend at the right
//!   of 800 by 500, and no place for phases or notes.
//! - `charts-rs` brings 45 crates and a font, and writes colours into the elements.
//! - `svg` builds elements and draws nothing; escaping a text is the part of it that is needed.
//!
//! None of them gives a title, a description or shapes by meaning, which are most of what is here.

mod axis;
mod svg;
mod table;
mod terminal;

pub use self::{
    svg::{Picture, svg},
    table::table,
    terminal::{Glyphs, text},
};

use super::{ChartPoint, ChartView, Exact, Meaning, Notice, PointState, Rule, Unit, summary};
use crate::folding;

/// How a point is drawn. Each has a shape of its own, since some readers see no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Common,
    /// On the centre line of a run chart.
    OnLine,
    Improvement,
    Concern,
    Change,
    Excluded,
    Conflict,
    Gap,
    Hidden,
    Invalid,
}

impl Mark {
    /// How a point is drawn, by its own value or for want of one.
    fn of(view: &ChartView, point: &ChartPoint) -> Self {
        match &point.state {
            PointState::Excluded => Self::Excluded,
            PointState::Gap => Self::Gap,
            PointState::Hidden => Self::Hidden,
            PointState::Conflict { .. } => Self::Conflict,
            PointState::Invalid { .. } => Self::Invalid,
            PointState::Counted => match point.meaning {
                Meaning::Improvement => Self::Improvement,
                Meaning::Concern => Self::Concern,
                Meaning::Neutral => Self::Change,
                Meaning::Common if is_on_median(view, point) => Self::OnLine,
                Meaning::Common => Self::Common,
            },
        }
    }

    /// What it says, for the key.
    const fn words(self) -> &'static str {
        match self {
            Self::Common => "value",
            Self::OnLine => "value on the middle line",
            Self::Improvement => "improvement",
            Self::Concern => "concern",
            Self::Change => "change",
            Self::Excluded => "excluded",
            Self::Conflict => "two values, to be settled",
            Self::Gap => "no value",
            Self::Hidden => "hidden, a small number",
            Self::Invalid => "not a value",
        }
    }

    /// The marks that a chart uses, in the order of the key.
    fn used(view: &ChartView) -> Vec<Self> {
        let mut marks: Vec<Self> = view.points.iter().map(|point| Self::of(view, point)).collect();
        if view.points.iter().any(|point| !point.excluded.is_empty()) {
            marks.push(Self::Excluded);
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

fn is_on_median(view: &ChartView, point: &ChartPoint) -> bool {
    view.kind == super::ChartKind::Run && point.side == Some(super::Side::On)
}

/// The word for the centre line, with its plain one.
const fn centre_words(view: &ChartView) -> &'static str {
    match view.kind {
        super::ChartKind::Run => "middle value (median)",
        super::ChartKind::Xmr => "average (mean)",
    }
}

/// What kind of chart it is of how many values, in one line.
fn subtitle(view: &ChartView) -> String {
    let kind = match view.kind {
        super::ChartKind::Run => "Run chart",
        super::ChartKind::Xmr => "Chart with limits (XmR)",
    };
    let mut counted = view.points.iter().filter(|point| point.value.is_some());
    let count = super::notice::some(counted.clone().count(), "value");
    match (counted.clone().next(), counted.next_back()) {
        (Some(first), Some(last)) if first.number < last.number => {
            format!("{kind}: {count}, {} to {}", first.label, last.label)
        }
        (Some(only), _) => format!("{kind}: {count}, {}", only.label),
        (None, _) => format!("{kind}: no values yet"),
    }
}

/// More lines of one sort than this are counted, and not written one by one.
const MOST_LINES: usize = 8;

/// A line below a picture, with what it is about in front of it.
struct Line {
    /// The number of a signal, the letter of a note; empty where a line stands for itself.
    lead: String,
    text: String,
    /// Whether it is something to be careful about, rather than what is seen.
    is_caution: bool,
}

impl Line {
    fn of(lead: &str, text: String) -> Self {
        Self { lead: lead.to_owned(), text, is_caution: false }
    }
}

/// What stands below a picture: phases, signals, notes and cautions.
fn lines(view: &ChartView) -> Vec<Line> {
    let mut signals: Vec<Line> = view
        .signals
        .iter()
        .map(|signal| {
            let meaning = match signal.meaning {
                Meaning::Improvement => "Improvement",
                Meaning::Concern => "Concern",
                Meaning::Neutral | Meaning::Common => "Change",
            };
            Line::of(&signal.number.to_string(), format!("{meaning}: {}", signal.words))
        })
        .collect();
    let too_few = view
        .notices
        .iter()
        .any(|notice| matches!(notice, Notice::TooFew { .. } | Notice::NoLimits { .. }));
    let is_there = view.points.iter().any(|point| point.value.is_some());
    if signals.is_empty() && is_there && !too_few {
        signals.push(Line::of("", summary::nothing(view)));
    }
    let notes = view.annotations.iter().map(|note| {
        let cycle = note.cycle.map(|cycle| format!(" (cycle {cycle})")).unwrap_or_default();
        Line::of(&note.letter(), format!("{}{cycle}", note.text))
    });
    let cautions = view.notices.iter().map(|notice| {
        let phase = notice.phase().filter(|_| view.phases.len() > 1);
        let phase = phase.map(|phase| format!("Phase {phase}: ")).unwrap_or_default();
        Line { lead: String::new(), text: format!("{phase}{notice}"), is_caution: true }
    });
    let sorts: [(&str, Vec<Line>); 4] = [
        ("phases", phases(view)),
        ("signals", signals),
        ("notes", notes.collect()),
        ("cautions", cautions.collect()),
    ];
    let mut lines = Vec::new();
    for (what, sort) in sorts {
        let rest = sort.len().saturating_sub(MOST_LINES);
        lines.extend(sort.into_iter().take(MOST_LINES));
        if rest > 0 {
            lines.push(Line::of("", format!("and {rest} more {what}")));
        }
    }
    lines
}

/// The phases with their names and centre lines, where there are several.
fn phases(view: &ChartView) -> Vec<Line> {
    let phases = view.phases.iter().filter(|phase| phase.counted > 0 && view.phases.len() > 1);
    let lines = phases.map(|phase| {
        let centre = phase.centre.as_ref().map(|centre| summary::said(centre, view.unit));
        let mut text = format!("Phase {}", phase.number);
        for (before, part) in [(", ", &phase.label), (": ", &phase.reason)] {
            if !part.is_empty() {
                text.push_str(before);
                text.push_str(part);
            }
        }
        let centre = centre.unwrap_or_default();
        Line::of("", format!("{text}. The {} is {centre}.", centre_words(view)))
    });
    lines.collect()
}

/// A text on lines of at most so many characters; a word that is longer is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(width) {
            let piece: String = piece.iter().collect();
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + piece.chars().count() <= width => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

/// A text of at most so many characters, with an ellipsis where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text without what steers terminals, breaks markup or turns the direction of writing.
fn plain(text: &str) -> String {
    let harmless = |c: char| {
        let is_nothing = matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}');
        if c.is_control() || folding::is_direction(c) || is_nothing { ' ' } else { c }
    };
    text.chars().map(harmless).collect()
}

impl ChartView {
    /// What is said of a point, in words: for a table, and for who hears the chart.
    pub fn words(&self, point: &ChartPoint) -> String {
        let mut words = Vec::new();
        let said = |value: Exact| summary::said(&value, self.unit);
        match &point.state {
            // An excluded value says so itself, below.
            PointState::Counted | PointState::Excluded => {}
            PointState::Gap => words.push("no value".to_owned()),
            PointState::Hidden => words.push("hidden, a small number".to_owned()),
            PointState::Conflict { values } => {
                let values = values
                    .iter()
                    .map(|value| value.map_or("none".to_owned(), |value| said(Exact::from(value))));
                let values: Vec<String> = values.collect();
                words.push(format!("{}, to be settled", values.join(" or ")));
            }
            PointState::Invalid { why } => words.push(format!("not a value: {why}")),
        }
        words.extend(point.excluded.iter().map(|excluded| {
            let value = excluded.value.map_or("a value".to_owned(), |value| said(value.into()));
            format!("{value} excluded: {}", excluded.reason)
        }));
        if is_on_median(self, point) {
            words.push("on the middle line".to_owned());
        }
        words.extend(point.rules.iter().map(|rule| of_rule(*rule).to_owned()));
        match point.meaning {
            Meaning::Improvement => words.push("improvement".to_owned()),
            Meaning::Concern => words.push("concern".to_owned()),
            Meaning::Neutral | Meaning::Common => {}
        }
        let notes = self.annotations.iter().filter(|note| note.point == point.number);
        words.extend(notes.map(|note| format!("note {}: {}", note.letter(), note.text)));
        words.join("; ")
    }
}

/// What a rule that marks a point saw there.
const fn of_rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Outside => "beyond a limit",
        Rule::Trend => "in a trend",
        Rule::TwoOfThree => "two of three near a limit",
        Rule::Shift | Rule::LongRun => "in a long row on one side",
        Rule::FewCrossings => "few crossings",
        Rule::FewRuns => "few rows",
        Rule::ManyRuns => "many rows",
    }
}

/// The unit for a heading; empty where the numbers carry it or there is none.
const fn heading(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Days => "days",
        Unit::Carbon => "kgCO2e",
        Unit::Count | Unit::Score | Unit::Percent | Unit::Pounds => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::PlacedNote;
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let letter = |number| {
            let at = jiff::civil::date(2026, 1, 1);
            PlacedNote { number, at, text: String::new(), cycle: None, point: 1 }.letter()
        };
        assert_eq!([1, 26, 27, 52, 703].map(letter), ["A", "Z", "AA", "AZ", "AAA"]);
    }

    #[test]
    fn a_text_is_broken_at_words_and_a_long_word_is_cut() {
        assert_eq!(wrapped("one two  three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("abcdefghijkl", 8), ["abcdefgh", "ijkl"]);
        assert!(wrapped("", 8).is_empty());
        assert_eq!(cut("a longer text", 9), "a longer…");
    }

    #[test]
    fn nothing_in_a_text_steers_what_shows_it() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\nd"), "a [31mb c d");
    }
}
