//! Reading the rule of the learning log: its figures with their dates and places.

use enhance_model::{
    CalendarDate,
    learning_log::{Figure, LogRule},
};

use crate::{fault::Place, manifest::At, reading::Reading};

/// Reads the rule in a file of the pack; one that asks for nothing if `pack.toml` names none.
pub(crate) fn read(file: Option<At<String>>, reading: &mut Reading<'_>) -> LogRule {
    let Some(file) = file else { return LogRule::default() };
    let text = reading.folder.text("", &file.value, &file.place);
    let Some(text) = text else { return LogRule::default() };
    let rule = match toml::from_str::<LogRule>(&text) {
        Ok(rule) => rule,
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| 1 + before.matches('\n').count());
            let what = format!("this is no rule of a log: {}", error.message().replace('\n', ", "));
            reading.faults.add(&Place { file: file.value, line }, what);
            return LogRule::default();
        }
    };
    let place = Place::file(file.value);
    if !rule.part_caps.is_empty() {
        let what = "`part_caps` come from the parts of activities; say `cap` there";
        reading.faults.add(&place, what);
    }
    for (index, figure) in rule.figures.iter().enumerate() {
        check(figure, &place, reading);
        let after = rule.figures.iter().skip(index + 1);
        if after.into_iter().any(|other| are_at_odds(figure, other)) {
            let what = format!("two figures for {:?} hold on the same days", figure.of.as_str());
            reading.faults.add(&place, what);
        }
    }
    rule
}

fn check(figure: &Figure, place: &Place, reading: &Reading<'_>) {
    let of = figure.of.as_str();
    if figure.source.trim().is_empty() {
        reading.faults.add(place, format!("the figure {of:?} does not say where it was found"));
    }
    if let (Some(from), Some(until)) = (figure.from, figure.until)
        && until < from
    {
        let what = format!("the figure {of:?} ends on {until}, before it begins on {from}");
        reading.faults.add(place, what);
    }
}

/// Whether nobody could say which of two holds: the same figure, for the same place and grades, of
/// which neither begins later than the other and both are there on a day.
fn are_at_odds(one: &Figure, other: &Figure) -> bool {
    let first = |figure: &Figure| figure.from.unwrap_or(CalendarDate::MIN);
    let last = |figure: &Figure| figure.until.unwrap_or(CalendarDate::MAX);
    one.of == other.of
        && one.place.to_lowercase() == other.place.to_lowercase()
        && one.grades == other.grades
        && one.from.is_some() == other.from.is_some()
        && first(one) <= last(other)
        && first(other) <= last(one)
}
