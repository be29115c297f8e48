//! What people say about a project.

use enhance_client::CommentView;
use enhance_model::{DocumentId, ItemId, comments::CommentEdit};
use serde::Serialize;

use super::arguments::ProjectArguments;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
    text::TextSource,
    when::when,
};

/// What `enhance project comment` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The plan's id, or enough of it.
    id: String,
    /// What you say; @FILE reads a file, - standard input.
    #[arg(required_unless_present = "resolve")]
    text: Option<TextSource>,
    /// The part it is about: a section's name or an item's id [default: the whole plan].
    #[arg(long, value_name = "PART", default_value = "", hide_default_value = true)]
    on: String,
    /// Settle a comment of yours.
    #[arg(long, value_name = "COMMENT", conflicts_with_all = ["text", "on"])]
    resolve: Option<String>,
}

#[derive(Serialize)]
struct CommentAnswer {
    project: DocumentId,
    comment: ItemId,
    state: &'static str,
}

/// Adds a comment, or settles one.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let (comment, state) = match (&arguments.resolve, &arguments.text) {
        (Some(typed), _) => {
            let comments = core.project(project)?.comments;
            let choices: Vec<_> =
                comments.iter().map(|each| (each.id, each.comment.body.clone())).collect();
            let id = ids::resolve("comment", typed, &choices)?;
            core.edit_comments(project, &[CommentEdit::Resolve { id, at: context.now() }])?;
            (id, "settled")
        }
        (None, Some(text)) => (core.comment(project, &arguments.on, &text.read()?)?, "added"),
        (None, None) => return Err(Failure::Usage("type what you want to say".to_owned())),
    };
    context.output.answer(&CommentAnswer { project, comment, state }, |sheet| {
        sheet.line(format!("Comment {} {state}. Saved here.", short(comment)));
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}

/// Lists what people said about a project.
pub fn list(context: &Context, arguments: &ProjectArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let comments = core.project(documents::project(&core, &arguments.id)?)?.comments;
    context.output.answer(&comments, |sheet| write(sheet, &comments))?;
    Ok(Exit::Done)
}

/// Writes comments, oldest first.
pub fn write(sheet: &mut Sheet, comments: &[CommentView]) {
    if comments.is_empty() {
        sheet.line("Nobody has said anything yet.");
    }
    for view in comments {
        let comment = &view.comment;
        let by = view.by.as_ref().map_or("a person not known here", |by| by.name.as_str());
        let on = if comment.anchor.is_empty() { "" } else { " on " };
        let settled = if comment.resolved_at.is_some() { ", settled" } else { "" };
        let id = short(view.id);
        sheet.line(format!("{by}{on}{}, {}{settled}  [{id}]", comment.anchor, when(comment.at)));
        sheet.prose(&comment.body);
    }
}
