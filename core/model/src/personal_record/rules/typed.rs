//! What is asked of that alone which somebody types now. What was written before, or is read back
//! from an export, is taken as it is: nobody loses a session for a slip that was let through then.

use std::ops::RangeInclusive;

use super::{RecordFault, in_range, names::name_of};
use crate::{
    Noun, Timestamp,
    ahead::value_is_ahead,
    folding::is_blank,
    personal_record::{PersonalRecord, RecordEdit, Split},
    record::{FieldValue, RecordRef},
    years::value_in_our_years,
};

/// Minutes of one stretch of learning: nobody learns for longer than a day without a break.
pub(crate) const STRETCH: RangeInclusive<u32> = 1..=24 * 60;
/// Minutes of a whole module: a thousand hours, which no programme asks for.
const MODULE: RangeInclusive<u32> = 0..=60_000;
/// Days between two steps of a journey: the longest life.
const GAP: RangeInclusive<u32> = 0..=45_000;

/// Numbers that have a range, by the thing and its field.
const RANGES: [(Noun, &str, RangeInclusive<u32>); 6] = [
    (Noun::LearningSession, "minutes", STRETCH),
    (Noun::LearningSession, "online", 0..=*STRETCH.end()),
    (Noun::Experience, "minutes", STRETCH),
    (Noun::ModuleCompletion, "minutes", MODULE),
    (Noun::JourneyStep, "place", 1..=1_000),
    (Noun::JourneyStep, "gap", GAP),
];

/// What is said to have been, by the thing and its field. All else may lie ahead: a placement, leave
/// that is planned, the day a goal is due, a portfolio closes or a certificate runs out.
const FACTS: [(Noun, &str); 6] = [
    (Noun::LearningSession, "start"),
    (Noun::Experience, "at"),
    (Noun::Certificate, "issued"),
    (Noun::ModuleCompletion, "at"),
    (Noun::ActivityCompletion, "at"),
    (Noun::Debrief, "at"),
];

impl PersonalRecord {
    /// Refuses days and moments of another calendar, those ahead of what is said to have been,
    /// names that show nothing and numbers that nobody means, in what edits write;
    /// [`PersonalRecord::check`] asks whether it makes sense with the rest.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId, Minutes, Timestamp,
    ///     personal_record::{ExperienceEdit, PersonalRecord, RecordEdit},
    /// };
    ///
    /// let minutes = |number| RecordEdit::Experience {
    ///     id: ItemId::from_bytes([7; 16]),
    ///     edit: ExperienceEdit::Minutes(Some(Minutes(number))),
    /// };
    /// let now = Timestamp::default();
    /// assert!(PersonalRecord::check_typed(&[minutes(1_440)], now).is_ok());
    /// let fault = PersonalRecord::check_typed(&[minutes(99_999)], now).unwrap_err();
    /// assert_eq!(fault.to_string(), "minutes goes from 1 to 1440, not 99999");
    /// ```
    pub fn check_typed(edits: &[RecordEdit], now: Timestamp) -> Result<(), RecordFault> {
        for edit in edits {
            if let RecordEdit::Start { at, .. } = edit {
                check_moment(Noun::Activity, *at, now)?;
            }
        }
        edits.iter().filter_map(RecordEdit::record).try_for_each(|written| {
            value_in_our_years(&written.value)?;
            check_has_been(&written, now)?;
            check_names(&written)?;
            check_range(&written)
        })
    }
}

fn check_has_been(written: &RecordRef<'_>, now: Timestamp) -> Result<(), RecordFault> {
    let RecordRef { noun, field, value, .. } = written;
    match value {
        _ if !FACTS.contains(&(*noun, *field)) => Ok(()),
        // The clock that says now is that of whoever notes it.
        FieldValue::Moment(Some(at)) => check_moment(*noun, *at, now),
        FieldValue::Day(Some(day)) if value_is_ahead(value, now) => {
            Err(RecordFault::Future { noun: *noun, at: day.to_string() })
        }
        _ => Ok(()),
    }
}

fn check_moment(noun: Noun, at: Timestamp, now: Timestamp) -> Result<(), RecordFault> {
    if at > now { Err(RecordFault::Future { noun, at: at.to_string() }) } else { Ok(()) }
}

/// Signs that nobody sees are no name, and one part of a placement stands in it once.
fn check_names(RecordRef { noun, field, value, .. }: &RecordRef<'_>) -> Result<(), RecordFault> {
    if !matches!(value, FieldValue::Text(_) | FieldValue::String(_)) {
        return Ok(());
    }
    let text = value.in_words();
    let name = name_of(*noun).filter(|(key, _)| key == field);
    if let Some((_, asked)) = name.filter(|_| !text.is_empty() && is_blank(&text)) {
        return Err(RecordFault::Blank { noun: *noun, field: asked });
    }
    let is_split = (*noun, *field) == (Noun::Placement, "split");
    match text.parse::<Split>() {
        Ok(split) if is_split => split.check_typed().map_err(RecordFault::Split),
        _ => Ok(()),
    }
}

fn check_range(RecordRef { noun, field, value, .. }: &RecordRef<'_>) -> Result<(), RecordFault> {
    let FieldValue::Number(number) = value else { return Ok(()) };
    let mut ranges = RANGES.iter();
    let range = ranges.find(|(of, key, _)| (of, key) == (noun, field));
    range.map_or(Ok(()), |(_, field, range)| in_range(field, range, *number))
}
