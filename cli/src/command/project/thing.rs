//! Whatever is in a plan: added, corrected field by field, taken back and put back.

use enhance_client::LearningCore;
use enhance_model::{
    DocumentId, ItemId, Noun, Version,
    change_project::{ChangeProject, ProjectEdit},
};
use serde::Serialize;

use super::{
    answer::edit_and_answer,
    fields::{Setting, Thing, addable, missing, noun_parser, with_article},
    item::new_item,
    version,
};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    text::NamedText,
};

/// What `enhance project add` takes.
#[derive(Debug, clap::Args)]
pub struct AddArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// What kind of thing is added.
    #[arg(value_name = "NOUN", value_parser = noun_parser())]
    noun: Noun,
    /// What it says: FIELD=VALUE, FIELD=@FILE or FIELD=-.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<NamedText>,
}

/// What `enhance project set` takes.
#[derive(Debug, clap::Args)]
pub struct SetArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// What is corrected: its id, or enough of it; or aim.
    item: String,
    /// What it is to say: FIELD=VALUE, FIELD=@FILE or FIELD=-; FIELD= takes the value away.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<NamedText>,
    /// The version your texts were typed against; they are merged with what came since.
    #[arg(long, value_name = "VERSION")]
    base: Option<String>,
}

/// What `take-back` and `put-back` take.
#[derive(Debug, clap::Args)]
pub struct ItemArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// What it is about: its id, or enough of it.
    item: String,
}

/// What taking back and putting back answer.
#[derive(Serialize)]
struct TakenAnswer {
    project: DocumentId,
    version: Version,
    item: ItemId,
    noun: Noun,
    /// What it says first. May be empty.
    label: String,
    /// Whether it is taken back now.
    taken_back: bool,
}

/// Adds a thing of any kind to a plan.
pub fn add(context: &Context, arguments: &AddArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let (noun, id) = (arguments.noun, new_item(context));
    let written = edits(context, &core, project, Thing::Item(noun, id), &arguments.fields)?;
    let missing = missing(noun, &arguments.fields);
    if !missing.is_empty() {
        let (noun, missing) = (with_article(noun), missing.join("=... and "));
        return Err(Failure::Usage(format!("{noun} needs {missing}=... too")));
    }
    let edits: Vec<_> = [ProjectEdit::Add { noun, id }].into_iter().chain(written).collect();
    edit_and_answer(context, &core, (project, None), Some(id), &edits)
}

/// Corrects single fields of a thing in a plan, or of its aim.
pub fn set(context: &Context, arguments: &SetArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let base = match &arguments.base {
        Some(typed) => Some(version::resolve(&core, project, typed)?),
        None => None,
    };
    let thing = match arguments.item.as_str() {
        "aim" => Thing::Aim,
        typed => {
            let (noun, id) = item_of(&core.project(project)?.project, typed)?;
            Thing::Item(noun, id)
        }
    };
    let edits = edits(context, &core, project, thing, &arguments.fields)?;
    edit_and_answer(context, &core, (project, base.as_ref()), thing.item(), &edits)
}

/// Takes a thing back. It is kept with all it says.
pub fn take_back(context: &Context, arguments: &ItemArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let standing = core.project(project)?.project;
    let (noun, item) = item_of(&standing, &arguments.item)?;
    let label = standing.label(noun, item);
    let edit = ProjectEdit::TakeBack { noun, id: item, at: context.now() };
    let version = core.edit_project(project, None, &[edit])?;
    let answer = TakenAnswer { project, version, item, noun, label, taken_back: true };
    context.output.answer(&answer, |sheet| {
        let (noun, label) = (answer.noun, &answer.label);
        sheet.line(format!("Taken back, and kept with all it says: {noun} {label}"));
        let put_back = format!("enhance project put-back {} {}", short(project), short(item));
        sheet.next(&put_back, "put it back");
    })?;
    Ok(Exit::Done)
}

/// Puts back what was taken back.
pub fn put_back(context: &Context, arguments: &ItemArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let standing = core.project(project)?.project;
    let things = standing.taken_back.iter();
    let choices: Vec<_> = things.map(|(id, thing)| (*id, thing.label.clone())).collect();
    let item = ids::resolve("thing that was taken back", &arguments.item, &choices)?;
    let Some(thing) = standing.taken_back.get(&item) else {
        return Err(Failure::NotFound { what: "thing", typed: arguments.item.clone() });
    };
    let (noun, label) = (thing.noun, thing.label.clone());
    let version = core.edit_project(project, None, &[ProjectEdit::PutBack { noun, id: item }])?;
    let answer = TakenAnswer { project, version, item, noun, label, taken_back: false };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("Put back: {} {}", answer.noun, answer.label));
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}

fn edits(
    context: &Context,
    core: &LearningCore,
    project: DocumentId,
    thing: Thing,
    typed: &[NamedText],
) -> Result<Vec<ProjectEdit>, Failure> {
    let (standing, people) = (core.project(project)?.project, core.people()?);
    let now = context.now();
    Setting { project: &standing, people: &people, now }.edits(thing, typed)
}

/// The thing in a plan with the id that was typed, whatever it is.
pub fn item_of(project: &ChangeProject, typed: &str) -> Result<(Noun, ItemId), Failure> {
    let choices = everything_in(project);
    let ids: Vec<_> = choices.iter().map(|(_, id, label)| (*id, label.clone())).collect();
    let id = ids::resolve("thing in this plan", typed, &ids)?;
    let found = choices.iter().find(|(_, item, _)| *item == id);
    let what = "thing in this plan";
    found.map(|(noun, ..)| (*noun, id)).ok_or(Failure::NotFound { what, typed: typed.to_owned() })
}

/// Everything in a plan, each with its kind and what it says first.
fn everything_in(project: &ChangeProject) -> Vec<(Noun, ItemId, String)> {
    let of = |noun: &Noun| {
        let ids = project.ids_of(*noun).into_iter();
        let label = |id| format!("{noun} {}", project.label(*noun, id));
        ids.map(|id| (*noun, id, label(id))).collect::<Vec<_>>()
    };
    ChangeProject::ITEMS.iter().flat_map(of).collect()
}

/// The help of `enhance project add`.
pub fn add_examples() -> String {
    let words: Vec<&str> = addable().map(super::fields::word).collect();
    format!(
        "\
Examples:
  enhance project add 1c9e77d0 driver name=\"Staff see in time who needs help\"
  enhance project add 1c9e77d0 idea text=\"Lamps at the bedside\" drivers=5a0b7c66 pick=implement
  enhance project add 1c9e77d0 team role=\"ward clerk\" part=\"Counts on Fridays\"
  enhance project add 1c9e77d0 observation measure=77ab01fe at=2026-11-20 value=12/40
  enhance project add 1c9e77d0 target measure=77ab01fe from=2027-01-01 value=20
  enhance project add 1c9e77d0 impact kind=environment effect=better amount=120 text=@carbon.txt

NOUN is {}.",
        words.join(", ")
    )
}
