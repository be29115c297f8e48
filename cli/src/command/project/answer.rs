//! What every edit of a project answers.

use enhance_client::{LearningCore, PlacedFinding};
use enhance_model::{DocumentId, ItemId, Quoted, Version, change_project::ProjectEdit};
use serde::Serialize;

use super::version;
use crate::{
    command::reflect::check,
    context::Context,
    exit::{Exit, Failure},
    ids::short,
};

/// What an edit answers.
#[derive(Serialize)]
pub struct EditAnswer {
    pub project: DocumentId,
    pub version: Version,
    /// The item that was added or changed, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// What in it, where others read it, may tell who somebody is, and did not before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<PlacedFinding>,
}

/// Makes edits of a project and answers with what became of them.
pub fn edit_and_answer(
    context: &Context,
    core: &LearningCore,
    (project, base): (DocumentId, Option<&Version>),
    item: Option<ItemId>,
    edits: &[ProjectEdit],
) -> Result<Exit, Failure> {
    let before = core.findings_of(project)?;
    let version = core.edit_project(project, base, edits)?;
    let is_new = |one: &PlacedFinding| !before.iter().any(|other| is_same(one, other));
    let found = core.findings_of(project)?.into_iter().filter(is_new).collect();
    answer(context, &EditAnswer { project, version, item, found })
}

fn is_same(one: &PlacedFinding, other: &PlacedFinding) -> bool {
    let (found, known) = (&one.finding, &other.finding);
    one.place == other.place && found.kind == known.kind && found.text == known.text
}

/// Says that a project was saved, and as which version.
pub fn answer(context: &Context, edited: &EditAnswer) -> Result<Exit, Failure> {
    context.output.answer(edited, |sheet| {
        sheet.line(format!("Plan {} saved here.", short(edited.project)));
        sheet.field("Version", version::brief(&edited.version));
        if let Some(item) = edited.item {
            sheet.field("Item", short(item));
        }
        for one in &edited.found {
            let (text, reason) = (Quoted(&one.finding.text), &one.finding.reason);
            sheet
                .field("Others read", format!("{}: {text}. {reason}", check::in_words(&one.place)));
        }
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}
