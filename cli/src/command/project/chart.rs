//! The chart of a measure: drawn in the terminal, or written as a picture.

use std::path::PathBuf;

use enhance_client::{GroupChart, LearningCore};
use enhance_model::{
    DocumentId, ItemId, Noun,
    chart::{ChartView, Condition, Glyphs, PhaseSuggestion, Picture, svg, text},
};

use super::paper::written;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
    picture::png,
    words::whole_number,
};

/// Pixels of a picture for a slide: as SVG, which grows with what it is put into, and as PNG.
const SVG_WIDTH: u16 = Picture::SLIDE;
const PNG_WIDTH: u16 = 1_600;

/// What `enhance project chart` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The measure's id, or enough of it.
    measure: String,
    /// Write it as SVG to this file, replaced whole or not at all; - is standard output.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write it as PNG for a slide, likewise: the same bytes on every machine.
    #[arg(long, value_name = "FILE", conflicts_with = "svg")]
    png: Option<PathBuf>,
    /// How wide the picture is, in pixels: 320 for a phone, 640 for a page [default:
    /// 1000 as SVG, 1600 as PNG].
    #[arg(long, value_name = "PIXELS", value_parser = whole_number::<u16>(240..=4_000))]
    #[arg(allow_negative_numbers = true)]
    width: Option<u16>,
    /// Draw in the terminal with ASCII alone.
    #[arg(long, conflicts_with_all = ["svg", "png"])]
    ascii: bool,
    /// Draw a chart for each group by which the measure is looked at. Small numbers are hidden.
    #[arg(long, conflicts_with_all = ["svg", "png"])]
    by_group: bool,
    /// Ask whether to mark a new phase: four conditions, for you to answer. Nothing is marked.
    #[arg(long, conflicts_with_all = ["svg", "png", "ascii", "by_group"])]
    suggest_phase: bool,
}

/// Draws the chart of a measure in the terminal, or writes it as a picture.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let measure = measure(&core, project, &arguments.measure)?;
    match arguments {
        Arguments { width: Some(_), svg: None, png: None, .. } => {
            let why = "--width is of a picture; name its file with --svg or --png";
            return Err(Failure::Usage(why.to_owned()));
        }
        Arguments { by_group: true, .. } => {
            let charts = core.charts_by_group(project, measure)?;
            context.output.answer(&charts, |sheet| draw_groups(sheet, &charts, arguments.ascii))?;
        }
        Arguments { suggest_phase: true, .. } => {
            let suggestion = core.phase_suggestion(project, measure)?;
            let place = [short(project), short(measure)];
            context.output.answer(&suggestion, |sheet| ask(sheet, &suggestion, &place))?;
        }
        _ => picture(context, &core, arguments, (project, measure))?,
    }
    Ok(Exit::Done)
}

fn measure(core: &LearningCore, project: DocumentId, typed: &str) -> Result<ItemId, Failure> {
    let standing = core.project(project)?.project;
    let measures = standing.ids_of(Noun::Measure).into_iter();
    let choices: Vec<_> = measures.map(|id| (id, standing.label(Noun::Measure, id))).collect();
    ids::resolve("measure", typed, &choices)
}

fn picture(
    context: &Context,
    core: &LearningCore,
    arguments: &Arguments,
    (project, measure): (DocumentId, ItemId),
) -> Result<(), Failure> {
    let view = core.chart(project, measure)?;
    let drawn = |width| svg(&view, &Picture::new(width, &format!("chart-{}", short(measure))));
    match (&arguments.svg, &arguments.png) {
        (Some(file), _) => {
            let drawing = drawn(arguments.width.unwrap_or(SVG_WIDTH));
            written(context, project, file, drawing.as_bytes())
        }
        (None, Some(file)) => {
            let width = arguments.width.unwrap_or(PNG_WIDTH);
            // Two pixels for one, as far as a drawing can be so narrow: letters are 24 high.
            let picture = png(&drawn(width / 2), width);
            let picture = picture.map_err(|error| Failure::Usage(error.to_string()))?;
            written(context, project, file, &picture)
        }
        (None, None) => context.output.answer(&view, |sheet| draw(sheet, &view, arguments.ascii)),
    }
}

fn draw(sheet: &mut Sheet, view: &ChartView, ascii: bool) {
    let glyphs = if ascii { Glyphs::Ascii } else { Glyphs::Unicode };
    sheet.verbatim(&text(view, sheet.columns(), glyphs));
}

fn draw_groups(sheet: &mut Sheet, charts: &[GroupChart], ascii: bool) {
    if charts.is_empty() {
        sheet.line("No value of this measure is of a group.");
    }
    for (number, GroupChart { chart, .. }) in charts.iter().enumerate() {
        if number > 0 {
            sheet.blank();
        }
        draw(sheet, chart, ascii);
    }
}

/// The question, with what the chart can say of each condition.
fn ask(sheet: &mut Sheet, suggestion: &PhaseSuggestion, [project, measure]: &[String; 2]) {
    let PhaseSuggestion { at, conditions, question } = suggestion;
    for Condition { sentence, holds, seen } in conditions {
        let holds = match holds {
            Some(true) => "yes",
            Some(false) => "no",
            None => "for you to say",
        };
        sheet.item(0, format!("{sentence} {holds}: {seen}"));
    }
    sheet.line(question);
    if let Some(at) = at {
        let command = format!(
            "enhance project add {project} phase measure={measure} from={at} label=\"...\""
        );
        sheet.next(&command, "mark it, if all four hold");
    }
}
