//! The values of a plan's measures as a table, and as CSV for a spreadsheet.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use enhance_client::LearningCore;
use enhance_model::{
    CalendarDate, DocumentId, ItemId, Noun, Person,
    change_project::{ChangeProject, Unit, Value},
    counted,
    csv::guarded,
};
use serde::Serialize;

use super::show::{HIDDEN, Hidden, Standing, periods};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    file::write_whole,
    ids::{self, short},
    output::{Sheet, one_line},
};

/// What `enhance project observations` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The measure's id, or enough of it [default: every measure].
    measure: Option<String>,
    /// Write them as CSV to this file, replaced whole or not at all; - is standard output.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// One value, as a row.
#[derive(Debug, Serialize)]
struct Row {
    measure: String,
    unit: Option<Unit>,
    /// The day, or the first day of the period.
    at: CalendarDate,
    group: String,
    /// The number; of a share what it is of a hundred. A small number of a group is `hidden`.
    value: String,
    /// None of a hidden one.
    numerator: Option<u32>,
    denominator: Option<u32>,
    standing: Standing,
    /// Why it is not counted; empty if it is.
    excluded: String,
    source: String,
    /// Who wrote the value last. Empty for somebody not known here.
    by: String,
    measure_id: ItemId,
    observation_id: ItemId,
}

#[derive(Serialize)]
struct CsvAnswer<'a> {
    project: DocumentId,
    file: &'a Path,
    rows: usize,
    bytes: u64,
}

/// Lists the values, or writes them as CSV.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let rows = rows(&core, project, arguments.measure.as_deref())?;
    match &arguments.csv {
        None => context.output.answer(&rows, |sheet| write(sheet, &rows))?,
        Some(file) if file.as_os_str() == "-" => {
            context.output.file(&csv(&rows).map_err(Failure::Output)?)?;
        }
        Some(file) => {
            let csv = csv(&rows).map_err(Failure::Output)?;
            let bytes = write_whole(file, |writer| writer.write_all(&csv))?;
            let answer = CsvAnswer { project, file, rows: rows.len(), bytes };
            context.output.answer(&answer, |sheet| {
                sheet.line(format!("{} in {}.", counted(rows.len(), "value"), file.display()));
            })?;
        }
    }
    Ok(Exit::Done)
}

fn rows(
    core: &LearningCore,
    project: DocumentId,
    measure: Option<&str>,
) -> Result<Vec<Row>, Failure> {
    let standing = core.project(project)?.project;
    let measures = standing.ids_of(Noun::Measure);
    let measures = match measure {
        Some(typed) => {
            let label = |id| (id, standing.label(Noun::Measure, id));
            let choices: Vec<_> = measures.into_iter().map(label).collect();
            vec![ids::resolve("measure", typed, &choices)?]
        }
        None => measures,
    };
    let authors = core.field_authors(project)?;
    let hidden = standing.hidden_numbers(core.suppression()?);
    let of = |measure: ItemId| rows_of(&standing, &authors, &hidden, measure);
    Ok(measures.into_iter().flat_map(of).collect())
}

fn rows_of(
    project: &ChangeProject,
    authors: &BTreeMap<String, Option<Person>>,
    hidden: &Hidden,
    measure: ItemId,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let Some(of) = project.measures.get(&measure) else { return rows };
    for period in periods(project, measure) {
        let Some(id) = period.observation else { continue };
        let Some(seen) = project.observations.get(&id) else { continue };
        let is_hidden = hidden.contains(&id);
        let (numerator, denominator) = match &seen.value {
            _ if is_hidden => (None, None),
            Value::Ratio { numerator, denominator } => (Some(*numerator), Some(*denominator)),
            Value::Number { .. } => (None, None),
        };
        let by = authors.get(&format!("observations/{id}/value")).cloned().flatten();
        rows.push(Row {
            measure: of.name.clone(),
            unit: of.unit,
            at: seen.at,
            group: seen.group.clone(),
            value: if is_hidden { HIDDEN.to_owned() } else { number(&seen.value).to_string() },
            numerator,
            denominator,
            standing: period.standing,
            excluded: seen.excluded.clone(),
            source: seen.source.clone(),
            by: by.map(|by| by.name).unwrap_or_default(),
            measure_id: measure,
            observation_id: id,
        });
    }
    rows
}

/// A value as one number; a share as what it is of a hundred, to a thousandth.
fn number(value: &Value) -> Value {
    match value {
        Value::Number { .. } => value.clone(),
        Value::Ratio { numerator, denominator } => {
            let of = i64::from(*denominator).max(1);
            Value::Number { thousandths: (i64::from(*numerator) * 100_000 + of / 2) / of }
        }
    }
}

fn write(sheet: &mut Sheet, rows: &[Row]) {
    let row = |row: &Row| {
        let counted = row.numerator.zip(row.denominator);
        let excluded = match row.standing {
            Standing::ToSettle => "to be settled".to_owned(),
            _ => row.excluded.clone(),
        };
        vec![
            short(row.observation_id),
            row.measure.clone(),
            row.at.to_string(),
            row.value.clone(),
            counted.map(|(counted, of)| format!("{counted}/{of}")).unwrap_or_default(),
            row.by.clone(),
            excluded,
        ]
    };
    let header = ["id", "measure", "period", "value", "of", "by", "not counted"];
    sheet.table(&header, rows.iter().map(row).collect(), "No values yet.");
}

/// The rows as RFC 4180 has them.
fn csv(rows: &[Row]) -> io::Result<Vec<u8>> {
    const HEADER: [&str; 13] = [
        "measure",
        "unit",
        "at",
        "group",
        "value",
        "numerator",
        "denominator",
        "counted",
        "excluded",
        "source",
        "by",
        "measure_id",
        "observation_id",
    ];
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    for row in rows {
        let counted = match row.standing {
            Standing::ToSettle => "to settle",
            Standing::Excluded => "no",
            Standing::Counted | Standing::Gap => "yes",
        };
        writer.write_record([
            words(&row.measure),
            row.unit.map(|unit| unit.to_string()).unwrap_or_default(),
            row.at.to_string(),
            words(&row.group),
            row.value.clone(),
            count(row.numerator),
            count(row.denominator),
            counted.to_owned(),
            words(&row.excluded),
            words(&row.source),
            words(&row.by),
            row.measure_id.to_string(),
            row.observation_id.to_string(),
        ])?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Words of a person in a cell: on one line, and nothing that a spreadsheet would work out.
fn words(text: &str) -> String {
    guarded(&one_line(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measure: &str, excluded: &str, value: &Value) -> Row {
        let id = ItemId::from_bytes([7; 16]);
        Row {
            measure: measure.into(),
            unit: Some(Unit::Percent),
            at: CalendarDate::constant(2026, 11, 20),
            group: String::new(),
            value: number(value).to_string(),
            numerator: Some(1),
            denominator: Some(3),
            standing: Standing::Counted,
            excluded: excluded.into(),
            source: String::new(),
            by: "Zoë, \"Z\"".into(),
            measure_id: id,
            observation_id: id,
        }
    }

    #[test]
    fn what_a_person_wrote_is_quoted_and_worked_out_by_no_spreadsheet() {
        let third = Value::Ratio { numerator: 1, denominator: 3 };
        let rows = [row("=HYPERLINK(\"x\")", " @SUM(1)\nsecond\u{1b}[2J", &third)];
        let written = String::from_utf8(csv(&rows).unwrap()).unwrap();
        assert!(written.ends_with("\r\n") && written.matches("\r\n").count() == 2, "{written:?}");
        for part in [
            "\"'=HYPERLINK(\"\"x\"\")\",percent,2026-11-20,,33.333,1,3,yes,",
            "'@SUM(1) second\u{241b}[2J",
            "\"Zoë, \"\"Z\"\"\"",
        ] {
            assert!(written.contains(part), "{part}\n{written}");
        }
        let mut read = csv::Reader::from_reader(written.as_bytes());
        let cells = read.records().next().unwrap().unwrap();
        assert_eq!((cells.len(), &cells[10]), (13, "Zoë, \"Z\""));
    }

    #[test]
    fn a_negative_number_stays_a_number() {
        let rows = [row("Falls", "", &Value::Number { thousandths: -1_500 })];
        let written = String::from_utf8(csv(&rows).unwrap()).unwrap();
        assert!(written.contains(",-1.5,"), "{written}");
    }

    #[test]
    fn nothing_seen_is_a_header_alone() {
        let written = String::from_utf8(csv(&[]).unwrap()).unwrap();
        assert!(written.starts_with("measure,unit,at,") && written.lines().count() == 1);
    }
}
