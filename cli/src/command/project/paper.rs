//! A plan read back to its team: what it lacks, its charts, its page and a recipe for others.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use enhance_client::PageVerdict;
use enhance_model::{
    DocumentId, Noun,
    arcp::ArcpStamp,
    change_project::PlanCheck,
    chart::{ChartView, Glyphs, Picture, svg, text},
};
use serde::Serialize;

use super::arguments::ProjectArguments;
use crate::{
    command::arcp,
    context::Context,
    documents,
    exit::{Exit, Failure},
    file::write_whole,
    ids::{self, short},
    output::{Sheet, note},
    words::whole_number,
};

const VERIFY_EXAMPLES: &str = "\
Example:
  enhance verify falls.html

Takes pages of plans and pages for annual reviews. Ends with 9 if somebody altered the page. What it
was made of must be here; of a review of somebody else's only the digest can be checked.";

/// No page of a plan is larger.
const MOST_BYTES: u64 = 8 << 20;

/// What `enhance project chart` takes.
#[derive(Debug, clap::Args)]
pub struct ChartArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The measure's id, or enough of it.
    measure: String,
    /// Write it as a picture to this file, replaced whole or not at all; - is standard output.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// How wide the picture is, in pixels: 320 for a phone, 640 for a page, 1000 for a slide.
    #[arg(long, value_name = "PIXELS", requires = "svg", default_value = "1000")]
    #[arg(value_parser = whole_number::<u16>(240..=4_000))]
    width: u16,
    /// Draw in the terminal with ASCII alone.
    #[arg(long, conflicts_with = "svg")]
    ascii: bool,
}

/// What `enhance project page` takes.
#[derive(Debug, clap::Args)]
pub struct PageArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// Write it to this file, replaced whole or not at all; - is standard output.
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
}

/// What `enhance project recipe` takes.
#[derive(Debug, clap::Args)]
pub struct RecipeArguments {
    /// The plan's id, or enough of it [default: list the recipes there are].
    id: Option<String>,
    /// Write it to this file instead of standard output.
    #[arg(long, value_name = "FILE", requires = "id")]
    out: Option<PathBuf>,
}

/// Whether a printed page still agrees with what it was made of.
#[derive(Debug, clap::Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub struct VerifyArguments {
    /// The page.
    file: PathBuf,
}

#[derive(Serialize)]
struct WrittenAnswer<'a> {
    project: DocumentId,
    file: &'a Path,
    bytes: u64,
}

/// Says what a plan still lacks, and what would satisfy it.
pub fn checks(context: &Context, arguments: &ProjectArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let checks = core.plan_checks(documents::project(&core, &arguments.id)?)?;
    context.output.answer(&checks, |sheet| write_checks(sheet, &checks))?;
    Ok(Exit::Done)
}

fn write_checks(sheet: &mut Sheet, checks: &[PlanCheck]) {
    let met = checks.iter().filter(|check| check.met).count();
    sheet.line(format!("{met} of {} checks are met.", checks.len()));
    for check in checks.iter().filter(|check| !check.met) {
        sheet.item(0, format!("{} ({})", check.sentence, check.part));
    }
    let met: Vec<&str> =
        checks.iter().filter(|check| check.met).map(|check| check.check.as_str()).collect();
    sheet.field("Met", met.join(", "));
}

/// Draws the chart of a measure in the terminal, or writes it as a picture.
pub fn chart(context: &Context, arguments: &ChartArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let standing = core.project(project)?.project;
    let measures = standing.ids_of(Noun::Measure).into_iter();
    let choices: Vec<_> = measures.map(|id| (id, standing.label(Noun::Measure, id))).collect();
    let measure = ids::resolve("measure", &arguments.measure, &choices)?;
    let view = core.chart(project, measure)?;
    match &arguments.svg {
        Some(file) => {
            let picture = Picture::new(arguments.width, &format!("chart-{}", short(measure)));
            written(context, project, file, &svg(&view, &picture))?;
        }
        None => context.output.answer(&view, |sheet| draw(sheet, &view, arguments.ascii))?,
    }
    Ok(Exit::Done)
}

fn draw(sheet: &mut Sheet, view: &ChartView, ascii: bool) {
    let glyphs = if ascii { Glyphs::Ascii } else { Glyphs::Unicode };
    sheet.verbatim(&text(view, sheet.columns(), glyphs));
}

/// Writes the page of a plan that a panel would want.
pub fn page(context: &Context, arguments: &PageArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let page = core.project_page(project)?;
    written(context, project, &arguments.html, &page)?;
    Ok(Exit::Done)
}

/// Says whether a page still agrees with its plan.
pub fn verify(context: &Context, arguments: &VerifyArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let path = &arguments.file;
    let failure = |source| Failure::File { path: path.clone(), source };
    let mut html = String::new();
    let file = fs::File::open(path).map_err(failure)?;
    file.take(MOST_BYTES + 1).read_to_string(&mut html).map_err(failure)?;
    if ArcpStamp::is_in(&html) {
        return arcp::verify(context, &core, &html);
    }
    let verdict = core.verify_page(&html)?;
    let (exit, said) = match &verdict {
        PageVerdict::Agrees { project: id } => {
            (Exit::Done, format!("The page says what plan {} says now.", short(*id)))
        }
        PageVerdict::Outdated { project: id, changes } => (
            Exit::Done,
            format!("The page says what plan {} said; {changes} changes came since.", short(*id)),
        ),
        PageVerdict::Altered { project: id } => (
            Exit::Refused,
            format!("This is not what plan {} said: the page was altered.", short(*id)),
        ),
    };
    context.output.answer(&verdict, |sheet| {
        sheet.line(said);
    })?;
    Ok(exit)
}

/// Lists the recipes of the pack, or makes one of a plan.
pub fn recipe(context: &Context, arguments: &RecipeArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let Some(id) = &arguments.id else {
        let recipes = core.recipes()?;
        context.output.answer(&recipes, |sheet| {
            let row = |recipe: &enhance_client::RecipeSummary| {
                vec![recipe.key.clone(), recipe.title.clone(), recipe.summary.clone()]
            };
            let rows = recipes.iter().map(row).collect();
            sheet.table(&["key", "recipe", "good for"], rows, "No recipes here yet.");
            if let Some(first) = recipes.first() {
                let begin = format!("enhance project new --from {} --title \"...\"", first.key);
                sheet.next(&begin, "begin a plan from it");
            }
        })?;
        return Ok(Exit::Done);
    };
    let project = documents::project(&core, id)?;
    let recipe = core.recipe(project)? + "\n";
    let stdout = PathBuf::from("-");
    written(context, project, arguments.out.as_ref().unwrap_or(&stdout), &recipe)?;
    note("read it for names of people and places before you hand it on");
    Ok(Exit::Done)
}

/// Writes what is a file of its own, to a file or to standard output.
fn written(context: &Context, project: DocumentId, file: &Path, text: &str) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return context.output.file(text);
    }
    let bytes = write_whole(file, |writer| writer.write_all(text.as_bytes()))?;
    context.output.answer(&WrittenAnswer { project, file, bytes }, |sheet| {
        sheet.line(format!("Written: {} ({bytes} bytes).", file.display()));
    })
}
