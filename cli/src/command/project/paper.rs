//! A plan read back to its team: what it lacks, its page and a recipe for others.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use enhance_client::{OtherName, PageVerdict};
use enhance_model::{
    DocumentId, arcp::ArcpStamp, change_project::PlanCheck, counted, markup::without_mark,
};
use serde::Serialize;

use super::arguments::ProjectArguments;
use crate::{
    command::{arcp, reflect::check},
    context::Context,
    documents,
    exit::{Exit, Failure},
    file::{text_of, write_whole},
    ids::short,
    output::{Sheet, note},
};

const VERIFY_EXAMPLES: &str = "\
Example:
  enhance verify falls.html

Takes pages of plans and pages for annual reviews. Ends with 9 if somebody altered the page. What it
was made of must be here; of a review of somebody else's only the digest can be checked, which needs
no account.";

/// No page of a plan is larger.
const MOST_BYTES: u64 = 8 << 20;

/// What `enhance project page` takes.
#[derive(Debug, clap::Args)]
pub struct PageArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// Write it to this file, replaced whole or not at all; - is standard output.
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
    /// Yes, also what may tell who somebody is: you have seen what enhance reflect check finds.
    #[arg(long)]
    acknowledge: bool,
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
    /// The page, of a plan or for an annual review.
    file: PathBuf,
}

#[derive(Serialize)]
struct WrittenAnswer<'a> {
    project: DocumentId,
    file: &'a Path,
    bytes: u64,
}

#[derive(Serialize)]
struct VerifyAnswer<'a> {
    #[serde(flatten)]
    verdict: &'a PageVerdict,
    /// Names are no part of a plan, so they are told apart from what it says.
    other_names: Vec<OtherName>,
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

/// Writes the page of a plan that a panel would want.
pub fn page(context: &Context, arguments: &PageArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let found = core.check_before_sharing(project)?;
    let asked = (arguments.acknowledge, "Make a page of it for others to read");
    let page = if check::may_leave(context, &core, &found, asked)? {
        core.project_page_acknowledged(project, found.acknowledgement)?
    } else {
        core.project_page(project)?
    };
    written(context, project, &arguments.html, page.as_bytes())?;
    Ok(Exit::Done)
}

/// Whether a file is a sign-off, of whichever version, and no page.
fn is_sign_off(text: &str) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_str(without_mark(text)).ok();
    let form = value.as_ref().and_then(|value| value.get("form")?.as_str());
    form.is_some_and(|form| form.starts_with("enhance sign-off"))
}

/// Says whether a page still agrees with its plan.
pub fn verify(context: &Context, arguments: &VerifyArguments) -> Result<Exit, Failure> {
    let path = &arguments.file;
    let html = text_of(path, MOST_BYTES)?;
    if ArcpStamp::is_in(&html) {
        return arcp::verify(context, &html);
    }
    if is_sign_off(&html) {
        let verify = format!("enhance sign-off verify {}", path.display());
        return Err(Failure::Usage(format!("this is a sign-off; check it with: {verify}")));
    }
    let core = context.core()?;
    let verdict = core.verify_page(&html)?;
    let (exit, said) = match &verdict {
        PageVerdict::Agrees { project: id } => {
            (Exit::Done, format!("The page says what plan {} says now.", short(*id)))
        }
        PageVerdict::Outdated { project: id, changes } => (
            Exit::Done,
            format!(
                "The page says what plan {} said; since then: {}.",
                short(*id),
                counted(*changes, "change")
            ),
        ),
        PageVerdict::Altered { project: id } => (
            Exit::Refused,
            format!("This is not what plan {} said: the page was altered.", short(*id)),
        ),
        PageVerdict::OtherVersion { made_by, .. } => (
            Exit::Done,
            format!(
                "The page is whole: its digest is right. Version {made_by} of Enhance made it, in \
                 words of its own, so that it cannot be compared here; make the page anew."
            ),
        ),
    };
    let answer = VerifyAnswer { verdict: &verdict, other_names: core.other_names_on_page(&html)? };
    context.output.answer(&answer, |sheet| {
        sheet.line(said);
        arcp::write_other_names(sheet, &answer.other_names);
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
    written(context, project, arguments.out.as_ref().unwrap_or(&stdout), recipe.as_bytes())?;
    note("read it for names of people and places before you hand it on");
    Ok(Exit::Done)
}

/// Writes what is a file of its own, to a file or to standard output.
pub fn written(
    context: &Context,
    project: DocumentId,
    file: &Path,
    contents: &[u8],
) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return context.output.file(contents);
    }
    let bytes = write_whole(file, |writer| writer.write_all(contents))?;
    context.output.answer(&WrittenAnswer { project, file, bytes }, |sheet| {
        sheet.line(format!("Written: {} ({}).", file.display(), counted(bytes, "byte")));
    })
}
