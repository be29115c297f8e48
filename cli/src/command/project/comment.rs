//! What people say about a project.

use std::slice;

use enhance_client::CommentView;
use enhance_model::{
    DocumentId, ItemId, anchor::Place, change_project::ChangeProject, comments::CommentEdit,
};
use serde::Serialize;

use super::{arguments::ProjectArguments, thing::item_of};
use crate::{
    command::reflect::check,
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
    #[arg(required_unless_present_any = ["resolve", "take_back", "put_back", "taken_back"])]
    text: Option<TextSource>,
    /// The part it is about: a section's name, aim, or an item's id [default: the whole plan].
    #[arg(long, value_name = "PART", default_value = "", hide_default_value = true)]
    on: String,
    /// Settle a comment, of whomever it is.
    #[arg(long, value_name = "COMMENT", conflicts_with_all = ["text", "on", "rewrite", "take_back"])]
    resolve: Option<String>,
    /// Say it in other words in a comment of yours.
    #[arg(long, value_name = "COMMENT", conflicts_with_all = ["on", "take_back"])]
    rewrite: Option<String>,
    /// Take a comment of yours back.
    #[arg(long, value_name = "COMMENT", conflicts_with_all = ["text", "on"])]
    take_back: Option<String>,
    /// Put back a comment of yours that you took back.
    #[arg(long, value_name = "COMMENT")]
    #[arg(conflicts_with_all = ["text", "on", "resolve", "rewrite", "take_back"])]
    put_back: Option<String>,
    /// List the comments of yours that you took back.
    #[arg(long)]
    #[arg(conflicts_with_all = ["text", "on", "resolve", "rewrite", "take_back", "put_back"])]
    taken_back: bool,
    /// Yes, also what may tell who somebody is: you have seen what was found.
    #[arg(long)]
    acknowledge: bool,
}

#[derive(Serialize)]
struct CommentAnswer {
    project: DocumentId,
    comment: ItemId,
    state: &'static str,
    /// What it said, where it says that no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

/// Adds a comment, or settles, rewrites, takes back or puts back one of one's own.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    if arguments.taken_back {
        let comments = core.taken_back_comments(project)?;
        context.output.answer(&comments, |sheet| write(sheet, &comments))?;
        return Ok(Exit::Done);
    }
    let view = core.project(project)?;
    let own = |typed: &String| own_comment(&view.comments, typed);
    let changed = |edit: &CommentEdit| core.edit_comments(project, slice::from_ref(edit));
    let may_say =
        |text: &str| check::may_say(context, &core, (project, &[text]), arguments.acknowledge);
    let at = context.now();
    let (comment, state, said) = match arguments {
        Arguments { resolve: Some(typed), .. } => {
            let choices = view.comments.iter().map(|each| (each.id, each.comment.body.clone()));
            let id = ids::resolve("comment", typed, &choices.collect::<Vec<_>>())?;
            changed(&CommentEdit::Resolve { id, at })?;
            (id, "settled", None)
        }
        Arguments { take_back: Some(typed), .. } => {
            let (id, said) = own(typed)?;
            changed(&CommentEdit::TakeBack { id, at })?;
            (id, "taken back", Some(said))
        }
        Arguments { put_back: Some(typed), .. } => {
            let (id, _) = own_comment(&core.taken_back_comments(project)?, typed)?;
            changed(&CommentEdit::PutBack { id })?;
            (id, "put back", None)
        }
        Arguments { rewrite: Some(typed), text: Some(text), .. } => {
            let (id, said) = own(typed)?;
            let body = text.read()?;
            may_say(&body)?;
            changed(&CommentEdit::Rewrite { id, body, at })?;
            (id, "rewritten", Some(said))
        }
        Arguments { text: Some(text), on, .. } => {
            let anchor = anchor(&view.project, on)?;
            let text = text.read()?;
            may_say(&text)?;
            (core.comment(project, &anchor, &text)?, "added", None)
        }
        _ => return Err(Failure::Usage("type what you want to say".to_owned())),
    };
    let answer = CommentAnswer { project, comment, state, said };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("Comment {} {state}. Saved here.", short(comment)));
        if let Some(said) = &answer.said {
            sheet.line("It said:").prose(said);
        }
        if state == "taken back" {
            let (project, comment) = (short(project), short(comment));
            let command = format!("enhance project comment {project} --put-back {comment}");
            sheet.next(&command, "put it back");
        }
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}

/// The comment of one's own with the id that was typed, and what it says.
fn own_comment(comments: &[CommentView], typed: &str) -> Result<(ItemId, String), Failure> {
    let choices: Vec<_> =
        comments.iter().map(|each| (each.id, each.comment.body.clone())).collect();
    let id = ids::resolve("comment", typed, &choices)?;
    let of_id = comments.iter().find(|each| each.id == id);
    match of_id {
        Some(view) if view.mine => Ok((id, view.comment.body.clone())),
        Some(CommentView { by: Some(by), .. }) => {
            Err(Failure::Usage(format!("{} said that; only they can change it", by.name)))
        }
        _ => Err(Failure::Usage("somebody else said that; only they can change it".to_owned())),
    }
}

/// The part of a plan that was typed: as it stands, or an item's id made whole. What is neither is
/// refused by the core, with the parts there are.
fn anchor(project: &ChangeProject, typed: &str) -> Result<String, Failure> {
    match item_of(project, typed) {
        _ if typed.parse::<Place>().is_ok() => Ok(typed.to_owned()),
        Ok((_, id)) => Ok(id.to_string()),
        Err(ambiguous @ Failure::Ambiguous { .. }) => Err(ambiguous),
        Err(_) => Ok(typed.to_owned()),
    }
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
        let anchor = comment.anchor.to_string();
        let on = if anchor.is_empty() { "" } else { " on " };
        let settled = if comment.resolved_at.is_some() { ", settled" } else { "" };
        let id = short(view.id);
        sheet.line(format!("{by}{on}{anchor}, {}{settled}  [{id}]", when(comment.at)));
        sheet.prose(&comment.body);
    }
}
