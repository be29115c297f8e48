//! The record as a whole: a line for each thing, and what waits to be settled.

use enhance_client::LearningCore;
use enhance_model::{ItemId, personal_record::PersonalRecord, record::Disagreement};

use super::word;
use crate::{
    context::Context, exit::Failure, ids::short, output::Sheet, text::quoted, when::with_moments,
};

/// Lists everything in the record, what was taken back, and what two devices disagree on.
pub fn list(context: &Context, core: &LearningCore) -> Result<(), Failure> {
    let record = core.record()?;
    context.output.answer(&record, |sheet| {
        let rows = PersonalRecord::ITEMS.iter().flat_map(|noun| {
            let ids = record.ids_of(*noun).into_iter();
            let row = |id| vec![short(id), word(*noun).to_owned(), record.label(*noun, id)];
            ids.map(row).collect::<Vec<_>>()
        });
        sheet.table(&["id", "what", ""], rows.collect(), "Nothing is noted yet.");
        let back = record
            .taken_back
            .iter()
            .map(|(id, thing)| vec![short(*id), word(thing.noun).to_owned(), thing.label.clone()]);
        let back: Vec<_> = back.collect();
        if !back.is_empty() {
            sheet.heading("Taken back");
            sheet.table(&["id", "what", ""], back, "");
        }
        for one in &record.disagreements {
            write_apart(sheet, &record, one);
        }
        if record.placements.is_empty() {
            sheet.next(
                "enhance placement add organisation=... start=... end=...",
                "note where you work",
            );
        } else {
            sheet.next("enhance log", "see what your learning counts for");
        }
    })
}

/// What two devices set differently at once, with what settles it.
fn write_apart(sheet: &mut Sheet, record: &PersonalRecord, one: &Disagreement) {
    let values: Vec<&str> = one.values.iter().map(|value| value.text.as_str()).collect();
    let of = one.of_item();
    let what = of.map_or_else(
        || one.path.clone(),
        |(thing, field)| {
            let noun = record.noun_of(thing);
            let label = noun.map(|noun| format!("{noun} {}", record.label(noun, thing)));
            let label = label.unwrap_or_default();
            format!("{field} of the {} ({})", label.trim_end(), short(thing))
        },
    );
    let said = with_moments(&values.join(" or "));
    sheet.line(format!("Two devices disagree on {what}: {said}, which shows meanwhile"));
    if let Some(of) = of {
        write_ways_to_settle(sheet, of, values.into_iter());
    }
}

/// The command for each of the values that two devices set at once, which settles for it.
pub fn write_ways_to_settle<'v>(
    sheet: &mut Sheet,
    (thing, field): (ItemId, &str),
    values: impl Iterator<Item = &'v str>,
) {
    for value in values {
        // A leading @ would name a file.
        let at = if value.starts_with('@') { "@" } else { "" };
        let written = quoted(&format!("{field}={at}{value}"));
        sheet.command(0, &format!("enhance record set {} {written}", short(thing)));
    }
}
