//! `enhance modules` and `enhance module`: the programme, and how far one is in it.

use enhance_client::{ActivityView, LearningCore, ModuleSummary, ModuleView, PageView};
use enhance_model::programme::Page;
use serde::Serialize;

use super::record;
use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::Sheet,
};

const LIST_EXAMPLES: &str = "\
Examples:
  enhance modules
  enhance modules --map
  enhance modules --json | jq -r \".[] | select(.complete) | .key\"";

const EXAMPLES: &str = "\
Examples:
  enhance module population-health
  enhance module population-health --page pop-read-causes
  enhance module --handbook
  enhance module --handbook reflecting-well";

/// The programme's modules, and how far you are.
#[derive(Debug, clap::Args)]
#[command(after_help = LIST_EXAMPLES)]
pub struct ListArguments {
    /// By training year: minutes, evidence and what is complete.
    #[arg(long)]
    map: bool,
}

/// One module, a page of it, or the handbook.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The key of the module; enhance modules lists it.
    #[arg(required_unless_present_any = ["handbook", "page"], value_parser = crate::words::key)]
    key: Option<String>,

    /// Read one page: an activity's key, or that of a page.
    #[arg(long, value_name = "PAGE", conflicts_with = "handbook", value_parser = crate::words::key)]
    page: Option<String>,

    /// List the handbook's pages, or read one.
    #[arg(long, value_name = "PAGE", num_args = 0..=1, conflicts_with = "key")]
    #[expect(
        clippy::option_option,
        reason = "clap's shape for an option whose value may be left out"
    )]
    handbook: Option<Option<String>>,
}

#[derive(Serialize)]
struct PageTitle {
    key: String,
    title: String,
}

/// Lists the modules of the programme.
pub fn list(context: &Context, arguments: &ListArguments) -> Result<Exit, Failure> {
    if arguments.map {
        return record::map(context);
    }
    let modules = context.core()?.modules()?;
    context.output.answer(&modules, |sheet| write_list(sheet, &modules))?;
    Ok(Exit::Done)
}

/// Shows a module, a page, or the handbook.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let page = arguments.page.as_ref().or(arguments.handbook.as_ref().and_then(Option::as_ref));
    match (&arguments.key, page) {
        (Some(key), None) => {
            let module = core.module(key)?;
            context.output.answer(&module, |sheet| write_module(sheet, &module))?;
        }
        (Some(key), Some(page)) => show_page(context, &page_of(&core, key, page)?)?,
        (None, Some(page)) => show_page(context, &core.page(page)?)?,
        (None, None) => handbook(context, &core)?,
    }
    Ok(Exit::Done)
}

/// A page of a module, named by its own key or by that of the activity it belongs to.
fn page_of(core: &LearningCore, module: &str, page: &str) -> Result<PageView, Failure> {
    let module = core.module(module)?;
    let mut activities = module.activities.iter().map(|view| &view.activity);
    let of_activity = activities.find(|activity| activity.key == page);
    Ok(core.page(of_activity.map_or(page, |activity| &activity.page.key))?)
}

fn show_page(context: &Context, page: &PageView) -> Result<(), Failure> {
    context.output.answer(page, |sheet| {
        sheet.verbatim(&page.text);
    })
}

fn handbook(context: &Context, core: &LearningCore) -> Result<(), Failure> {
    let pages = core.programme()?.map(|programme| programme.handbook).unwrap_or_default();
    let titles: Vec<_> =
        pages.into_iter().map(|Page { key, title, .. }| PageTitle { key, title }).collect();
    context.output.answer(&titles, |sheet| {
        let rows = titles.iter().map(|page| vec![page.key.clone(), page.title.clone()]);
        sheet.table(&["page", "title"], rows.collect(), "The handbook is not here yet.");
        match titles.first() {
            Some(first) => {
                sheet.next(&format!("enhance module --handbook {}", first.key), "read it")
            }
            None => sheet.next("enhance pack update", "fetch it"),
        };
    })
}

fn write_list(sheet: &mut Sheet, modules: &[ModuleSummary]) {
    let row = |module: &ModuleSummary| {
        vec![
            module.key.clone(),
            module.title.clone(),
            module.domains.join(" "),
            module.suggested_stage.clone(),
            format!("{} of {}", module.minutes_done, module.min_minutes),
            format!("{} of {}", module.activities_done, module.activities),
            if module.complete { "complete" } else { "" }.to_owned(),
        ]
    };
    let header = ["module", "title", "domains", "stage", "time", "activities", ""];
    sheet.table(&header, modules.iter().map(row).collect(), "The programme is not here yet.");
    match modules.iter().find(|module| !module.complete).or(modules.first()) {
        Some(module) => sheet.next(&format!("enhance module {}", module.key), "open it"),
        None => sheet.next("enhance pack update", "fetch it"),
    };
}

fn write_module(sheet: &mut Sheet, module: &ModuleView) {
    let summary = &module.summary;
    sheet.line(format!("{}  [{}]", summary.title, summary.key));
    sheet.field("Domains", summary.domains.join(", "));
    sheet.field("Themes", summary.themes.join(", "));
    sheet.field("Suggested stage", &summary.suggested_stage);
    sheet.field("Time", format!("{} of {}", summary.minutes_done, summary.min_minutes));
    if module.page.is_missing {
        let page = &module.page.key;
        sheet.line(format!("The page {page} is not whole here, so its text is not shown."));
        sheet.next("enhance pack update", "fetch it again");
    } else {
        sheet.blank().verbatim(&module.page.text);
    }
    sheet.heading("You will be able to");
    for outcome in &module.outcomes {
        sheet.line(format!("- {} [{}]", outcome.text, outcome.key));
    }
    sheet.heading("Activities");
    let rows = module.activities.iter().map(activity_row);
    let header = ["activity", "kind", "title", "time", "required", "state"];
    sheet.table(&header, rows.collect(), "None.");
    for view in module.activities.iter().filter(|view| !view.activity.parts.is_empty()) {
        sheet.heading(format!("Parts of {}", view.activity.key));
        for part in &view.activity.parts {
            let mode = part.mode.as_str().replace('_', " ");
            let cap = part.cap.map(|cap| format!(", counts up to {cap} a year"));
            let cap = cap.unwrap_or_default();
            sheet.field(&part.key, format!("{}: {}, {mode}{cap}", part.title, part.minutes));
        }
    }
    let is_open = |view: &&ActivityView| view.progress.completed_at.is_none();
    if let Some(next) = module.activities.iter().find(is_open) {
        let read = format!("enhance module {} --page {}", summary.key, next.activity.key);
        sheet.next(&read, "read the next activity");
    }
}

fn activity_row(view: &ActivityView) -> Vec<String> {
    let state = match (view.progress.completed_at, view.progress.started_at) {
        (Some(_), _) => "completed",
        (None, Some(_)) => "started",
        (None, None) => "",
    };
    let lived = view.activity.debrief.is_some() && view.debriefs.is_empty();
    let state = if lived { format!("{state} debrief to come") } else { state.to_owned() };
    let activity = &view.activity;
    vec![
        activity.key.clone(),
        activity.kind.to_string(),
        activity.title.clone(),
        activity.minutes.to_string(),
        if activity.required { "yes" } else { "" }.to_owned(),
        state.trim().to_owned(),
    ]
}
