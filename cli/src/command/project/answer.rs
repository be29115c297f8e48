//! What every edit of a project answers.

use enhance_client::LearningCore;
use enhance_model::{DocumentId, ItemId, Version, change_project::ProjectEdit};
use serde::Serialize;

use super::version;
use crate::{
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
}

/// Makes edits of a project and answers with what became of them.
pub fn edit_and_answer(
    context: &Context,
    core: &LearningCore,
    (project, base): (DocumentId, Option<&Version>),
    item: Option<ItemId>,
    edits: &[ProjectEdit],
) -> Result<Exit, Failure> {
    let version = core.edit_project(project, base, edits)?;
    answer(context, &EditAnswer { project, version, item })
}

/// Says that a project was saved, and as which version.
pub fn answer(context: &Context, edited: &EditAnswer) -> Result<Exit, Failure> {
    context.output.answer(edited, |sheet| {
        sheet.line(format!("Plan {} saved here.", short(edited.project)));
        sheet.field("Version", version::brief(&edited.version));
        if let Some(item) = edited.item {
            sheet.field("Item", short(item));
        }
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}
