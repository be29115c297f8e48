//! Whether to mark a new phase: a question to a person, never done by a rule.
//!
//! A chart that begins a new phase by itself hides the very change it should show, so what asks for
//! one gets four conditions and a question back (Anhøj, "Statistical process control for healthcare
//! improvement", on pitfalls).

use serde::Serialize;

use super::{ChartView, Meaning, Rule, Signal};
use crate::CalendarDate;

/// The answer to "should a new phase begin?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseSuggestion {
    /// Where it would begin: the first point of a shift that lasts to the end. None without one.
    pub at: Option<CalendarDate>,
    /// The four conditions, all of which a person should be able to say yes to.
    pub conditions: [Condition; 4],
    /// What to ask; or why there is nothing to ask.
    pub question: String,
}

/// One of the four, with what the chart can say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    pub sentence: &'static str,
    /// Whether it holds; none where only a person can tell.
    pub holds: Option<bool>,
    /// What the chart shows of it.
    pub seen: String,
}

/// Answers whether a new phase should be marked. It never makes one.
pub fn suggest_phase(view: &ChartView) -> PhaseSuggestion {
    let shift = lasting_shift(view);
    let first = shift.and_then(|shift| shift.points.first());
    let point = first.and_then(|number| view.points.get(number - 1));
    let seen = shift
        .map_or("no shift that lasts to the latest point".to_owned(), |shift| shift.words.clone());
    let is_wanted = shift.and_then(|shift| match shift.meaning {
        Meaning::Improvement => Some(true),
        Meaning::Concern => Some(false),
        Meaning::Neutral | Meaning::Common => None,
    });
    let conditions = [
        Condition { sentence: "The shift is sustained.", holds: Some(shift.is_some()), seen },
        Condition { sentence: "Its cause is known.", holds: None, seen: cause(view, first) },
        Condition {
            sentence: "It is in the direction that was wanted.",
            holds: if shift.is_some() { is_wanted } else { Some(false) },
            seen: match is_wanted {
                Some(true) => "it is an improvement".to_owned(),
                Some(false) => "it is not an improvement".to_owned(),
                None => "the chart does not say".to_owned(),
            },
        },
        Condition {
            sentence: "It is expected to last.",
            holds: None,
            seen: "only those who know the work can say".to_owned(),
        },
    ];
    let question = point.map_or_else(
        || "There is no lasting shift, so there is no reason to mark a phase.".to_owned(),
        |point| format!("Mark a phase here, at {}?", point.label),
    );
    PhaseSuggestion { at: point.map(|point| point.period), conditions, question }
}

/// A shift of the last phase that goes on to its latest useful point, and is not the whole of it.
fn lasting_shift(view: &ChartView) -> Option<&Signal> {
    let phase = view.phases.iter().rev().find(|phase| phase.counted > 0)?;
    let is_useful = |side| matches!(side, Some(super::Side::Above | super::Side::Below));
    let mut useful = view.points_of(phase).iter().filter(|point| is_useful(point.side));
    let first = useful.next()?.number;
    let last = useful.next_back()?.number;
    let mut shifts = view.signals.iter().rev().filter(|signal| {
        signal.phase == phase.number && matches!(signal.rule, Rule::Shift | Rule::LongRun)
    });
    shifts.find(|shift| shift.points.first() > Some(&first) && shift.points.last() == Some(&last))
}

/// The last note before the shift, or at its beginning.
fn cause(view: &ChartView, first: Option<&usize>) -> String {
    let notes = view.annotations.iter().rev();
    let note = first.and_then(|first| notes.clone().find(|note| note.point <= *first));
    match note {
        Some(note) => format!("the last note before it says: {}", note.text),
        None if first.is_some() => "no note tells of one".to_owned(),
        None => "there is no shift to explain".to_owned(),
    }
}
