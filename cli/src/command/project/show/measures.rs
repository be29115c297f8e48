//! Measures: how each is defined, and its values with a row for each.

use enhance_model::{
    DocumentId, ItemId,
    change_project::{ChangeProject, Improvement, Measure, Unit, Value},
};

use super::{
    periods::{Period, Standing, periods},
    small_numbers::{HIDDEN, Hidden},
};
use crate::{ids::short, output::Sheet};

/// Writes every measure with its values.
pub fn write(sheet: &mut Sheet, of: DocumentId, project: &ChangeProject, hidden: &Hidden) {
    for (id, measure) in &project.measures {
        sheet.heading(format!("Measure [{}]: {}", short(id), measure.name));
        write_definition(sheet, measure);
        let targets = project.targets.iter().filter(|(_, target)| target.measure == *id);
        for (target, says) in targets {
            let value = &says.value;
            sheet.field("Target", format!("{value} from {} [{}]", says.from, short(target)));
        }
        write_marks(sheet, project, *id);
        write_tallies(sheet, project, *id, hidden);
        let periods = periods(project, *id);
        write_values(sheet, project, &periods, hidden);
        write_unsettled(sheet, of, &periods);
    }
    let everywhere = project.annotations.iter().filter(|(_, note)| note.measure.is_none());
    let mut everywhere = everywhere.peekable();
    if everywhere.peek().is_some() {
        sheet.heading("In all charts");
        for (id, note) in everywhere {
            sheet.item(0, format!("{}: {} [{}]", note.at, note.text, short(id)));
        }
    }
}

fn write_definition(sheet: &mut Sheet, measure: &Measure) {
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    sheet.field("Kind", measure.kind.to_string());
    sheet.field("Unit", word(measure.unit.map(Unit::as_str)));
    sheet.field("Better", word(measure.improvement.map(Improvement::as_str)));
    for (name, text) in [
        ("Definition", &measure.definition),
        ("Numerator", &measure.numerator),
        ("Denominator", &measure.denominator),
        ("Who is in", &measure.inclusion),
        ("Source", &measure.source),
        ("Collected by", &measure.collector),
        ("How often", &measure.frequency),
    ] {
        sheet.field(name, text);
    }
    sheet.field("Chart", format!("{}, read by the rules {}", measure.chart, measure.rules));
}

fn write_marks(sheet: &mut Sheet, project: &ChangeProject, measure: ItemId) {
    for (id, phase) in project.phases.iter().filter(|(_, phase)| phase.measure == measure) {
        let reason = if phase.reason.is_empty() { "" } else { " because " };
        let fixed =
            phase.fixed_after.map(|points| format!(", limits of the first {points} points"));
        let (label, fixed) = (&phase.label, fixed.unwrap_or_default());
        let begins = format!("from {} {label}{reason}{}{fixed}", phase.from, phase.reason);
        sheet.field("Phase", format!("{begins} [{}]", short(id)));
    }
    for (id, note) in project.annotations.iter().filter(|(_, note)| note.measure == Some(measure)) {
        sheet.field("Note", format!("{}: {} [{}]", note.at, note.text, short(id)));
    }
}

fn write_tallies(sheet: &mut Sheet, project: &ChangeProject, measure: ItemId, hidden: &Hidden) {
    for (id, tally) in project.tallies.iter().filter(|(_, tally)| tally.measure == measure) {
        let counted = tally.counted();
        let counted = counted.map_or_else(
            || "nothing ticked yet".to_owned(),
            |(numerator, denominator)| {
                if hidden.contains(id) {
                    return HIDDEN.to_owned();
                }
                let devices = tally.ticks.len();
                let devices = if devices == 1 { "" } else { &format!(", on {devices} devices") };
                format!("{numerator} of {denominator}{devices}")
            },
        );
        let group = if tally.group.is_empty() { "" } else { &format!(", {}", tally.group) };
        sheet.field("Tally sheet", format!("{}{group}: {counted} [{}]", tally.at, short(id)));
    }
}

fn write_values(sheet: &mut Sheet, project: &ChangeProject, periods: &[Period], hidden: &Hidden) {
    let has_targets = periods.iter().any(|period| period.target.is_some());
    let has_groups = periods.iter().any(|period| !period.group.is_empty());
    let shown = |row: [String; 6]| {
        let kept = [true, true, true, has_groups, has_targets, true];
        row.into_iter().zip(kept).filter_map(|(cell, is_kept)| is_kept.then_some(cell))
    };
    let rows = periods.iter().map(|period| shown(row(project, period, hidden)).collect());
    let header: Vec<String> =
        shown(["id", "period", "value", "group", "target", ""].map(str::to_owned)).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    sheet.blank().table(&header, rows.collect(), "No values yet.");
    if periods.iter().any(|period| is_hidden(period, hidden)) {
        sheet.line("Hidden are small numbers of groups, and what would give them away.");
    }
}

fn write_unsettled(sheet: &mut Sheet, of: DocumentId, periods: &[Period]) {
    let unsettled = periods.iter().filter(|period| period.standing == Standing::ToSettle);
    if let Some(observation) = unsettled.filter_map(|period| period.observation).next_back() {
        let command = format!("enhance project take-back {} {}", short(of), short(observation));
        sheet.line("Several values of one period: keep one of each and take the others back, e.g.");
        sheet.command(0, &command);
    }
}

/// The row of a period: id, period, value, group, target, and how it stands.
fn row(project: &ChangeProject, period: &Period, hidden: &Hidden) -> [String; 6] {
    let target = period.target.as_ref().map(ToString::to_string).unwrap_or_default();
    let (id, seen) = match period.observation {
        Some(id) => (short(id), project.observations.get(&id)),
        None => (String::new(), None),
    };
    let until = period.until.filter(|until| *until != period.at);
    let until = until.map(|until| format!(" to {until}")).unwrap_or_default();
    let standing = match (period.standing, seen) {
        (Standing::Gap, _) => "a gap".to_owned(),
        (Standing::ToSettle, _) => "to be settled".to_owned(),
        (Standing::Excluded, Some(seen)) => format!("not counted: {}", seen.excluded),
        _ => String::new(),
    };
    let source = seen.map(|seen| seen.source.as_str()).filter(|source| !source.is_empty());
    let source = source.map(|source| format!("from {source}"));
    let notes: Vec<String> = [Some(standing).filter(|standing| !standing.is_empty()), source]
        .into_iter()
        .flatten()
        .collect();
    let value = match seen {
        Some(_) if is_hidden(period, hidden) => HIDDEN.to_owned(),
        Some(seen) => with_share(&seen.value),
        None => String::new(),
    };
    let at = format!("{}{until}", period.at);
    [id, at, value, period.group.clone(), target, notes.join("; ")]
}

fn is_hidden(period: &Period, hidden: &Hidden) -> bool {
    period.observation.is_some_and(|id| hidden.contains(&id))
}

/// A share with what it is of a hundred, to a tenth.
fn with_share(value: &Value) -> String {
    let Value::Ratio { numerator, denominator } = value else { return value.to_string() };
    let of = u64::from(*denominator).max(1);
    let tenths = (u64::from(*numerator) * 1_000 + of / 2) / of;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let tenth = if tenth == 0 { String::new() } else { format!(".{tenth}") };
    format!("{value} ({whole}{tenth}%)")
}
