//! Comments in threads on plans and shared copies, and suggestions for plans.

use enhance_client::{
    AnchorStanding, CommentPlace, LearningCore, RemarkView, SuggestionView, ThreadView,
};
use enhance_model::{
    DocumentId, ItemId, Person, Quoted,
    anchor::Place,
    comments::{CommentRef, SuggestionState},
};
use serde::Serialize;

use super::reflect::check;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
    text::TextSource,
    when::when,
};

/// What a comment is done with, on whatever document it is.
#[derive(Debug, clap::Subcommand)]
pub enum CommentVerb {
    /// List what people said, with the answers, and where what it is about stands now.
    #[command(after_help = "Example:\n  enhance project threads 1c9e77d0")]
    Threads(DocumentArguments),
    /// Answer a comment, of whomever it is.
    #[command(
        after_help = "Example:\n  enhance project answer 1c9e77d0 40be9a11 \"Four a month.\""
    )]
    Answer(SayingArguments),
    /// Settle a comment, of whomever it is, or open it again.
    #[command(after_help = "Example:\n  enhance project resolve 1c9e77d0 40be9a11")]
    Resolve(ResolveArguments),
    /// Say a comment of yours in other words. What it said is kept.
    #[command(
        after_help = "Example:\n  enhance project edit-comment 1c9e77d0 40be9a11 \"Since when?\""
    )]
    EditComment(SayingArguments),
    /// Delete a comment or a suggestion of yours for everybody.
    #[command(after_help = "Example:\n  enhance project delete-comment 1c9e77d0 40be9a11")]
    DeleteComment(OneArguments),
}

/// What is done with suggestions for a plan.
#[derive(Debug, clap::Subcommand)]
pub enum SuggestionVerb {
    /// Say what a part of a plan's text should read instead.
    #[command(
        after_help = "Example:\n  enhance project suggest 1c9e77d0 --on problem --replace dark --with \"dark at night\""
    )]
    Suggest(SuggestArguments),
    /// List the suggestions for a plan, and what became of them.
    #[command(after_help = "Example:\n  enhance project suggestions 1c9e77d0")]
    Suggestions(DocumentArguments),
    /// Make a suggestion's words part of a plan.
    #[command(after_help = "Example:\n  enhance project accept-suggestion 1c9e77d0 40be9a11")]
    AcceptSuggestion(AcceptArguments),
    /// Reject a suggestion; it is kept.
    #[command(after_help = "Example:\n  enhance project reject-suggestion 1c9e77d0 40be9a11")]
    RejectSuggestion(OneArguments),
}

/// Which plan or copy it is about.
#[derive(Debug, clap::Args)]
pub struct DocumentArguments {
    /// The document's id, or enough of it.
    id: String,
}

/// Names one comment or suggestion.
#[derive(Debug, clap::Args)]
pub struct OneArguments {
    /// The document's id, or enough of it.
    id: String,
    /// The id of what was said, or enough of it.
    comment: String,
}

/// Names one comment, and what is said.
#[derive(Debug, clap::Args)]
pub struct SayingArguments {
    #[command(flatten)]
    one: OneArguments,
    /// What you say; @FILE reads a file, - standard input.
    text: TextSource,
    /// Yes, also what may tell who somebody is: you have seen what was found.
    #[arg(long)]
    acknowledge: bool,
}

/// Which thread is settled or opened again.
#[derive(Debug, clap::Args)]
pub struct ResolveArguments {
    #[command(flatten)]
    one: OneArguments,
    /// Open it again instead.
    #[arg(long)]
    reopen: bool,
}

/// Which words of a plan, and what they should be.
#[derive(Debug, clap::Args)]
pub struct SuggestArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The text it is about: a section's name, aim/sentence, or as measures/ID/FIELD.
    #[arg(long, value_name = "PART")]
    on: String,
    /// The words that would go, which the text has once.
    #[arg(long, value_name = "WORDS")]
    replace: String,
    /// The words that would come; empty takes the others out.
    #[arg(long, value_name = "WORDS")]
    with: String,
    /// Why the plan should read so.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
    /// Yes, also what may tell who somebody is: you have seen what was found.
    #[arg(long)]
    acknowledge: bool,
}

/// Which suggestion, and whether changed text is no reason to ask.
#[derive(Debug, clap::Args)]
pub struct AcceptArguments {
    #[command(flatten)]
    one: OneArguments,
    /// Yes, also if the text was changed since: what is there now is replaced.
    #[arg(long)]
    anyway: bool,
}

#[derive(Serialize)]
struct Done {
    document: DocumentId,
    id: ItemId,
    state: &'static str,
}

/// Does what a verb says with a comment.
pub fn comment(context: &Context, verb: &CommentVerb) -> Result<Exit, Failure> {
    let core = context.core()?;
    let find = |one: &OneArguments| -> Result<(DocumentId, CommentRef), Failure> {
        let document = documents::any(&core, &one.id)?;
        Ok((document, comment_of(&core, document, &one.comment)?))
    };
    let (document, id, state) = match verb {
        CommentVerb::Threads(arguments) => {
            let threads = core.threads(documents::any(&core, &arguments.id)?)?;
            context.output.answer(&threads, |sheet| write_threads(sheet, &threads))?;
            return Ok(Exit::Done);
        }
        CommentVerb::Answer(arguments) => {
            let (document, to) = find(&arguments.one)?;
            let text = arguments.text.read()?;
            check::may_say(context, &core, (document, &[&text]), arguments.acknowledge)?;
            let id = core.answer_comment(document, to, &text)?;
            (document, id, "added")
        }
        CommentVerb::Resolve(arguments) => {
            let (document, CommentRef { id, .. }) = find(&arguments.one)?;
            if arguments.reopen {
                core.reopen_comment(document, id)?;
                (document, id, "opened again")
            } else {
                core.resolve_comment(document, id)?;
                (document, id, "settled")
            }
        }
        CommentVerb::EditComment(arguments) => {
            let (document, CommentRef { id, .. }) = find(&arguments.one)?;
            let text = arguments.text.read()?;
            check::may_say(context, &core, (document, &[&text]), arguments.acknowledge)?;
            core.rewrite_comment(document, id, &text)?;
            (document, id, "rewritten")
        }
        CommentVerb::DeleteComment(arguments) => {
            let document = documents::any(&core, &arguments.id)?;
            let found = comment_of(&core, document, &arguments.comment);
            let place = found.or_else(|_| suggestion_of(&core, document, &arguments.comment))?;
            core.delete_comment(document, place.id)?;
            (document, place.id, "deleted")
        }
    };
    answer(context, &Done { document, id, state }, "Comment")
}

/// Says something about a document as a whole, or a part of it.
pub fn say(
    context: &Context,
    (id, on): (&str, &str),
    text: &TextSource,
    acknowledge: bool,
) -> Result<Exit, Failure> {
    let core = context.core()?;
    let document = documents::any(&core, id)?;
    let text = text.read()?;
    check::may_say(context, &core, (document, &[&text]), acknowledge)?;
    let id = core.comment(document, on, &text)?;
    answer(context, &Done { document, id, state: "added" }, "Comment")
}

/// Does what a verb says with a suggestion.
pub fn suggestion(context: &Context, verb: &SuggestionVerb) -> Result<Exit, Failure> {
    let core = context.core()?;
    let find = |one: &OneArguments| -> Result<(DocumentId, CommentRef), Failure> {
        let document = documents::project(&core, &one.id)?;
        Ok((document, suggestion_of(&core, document, &one.comment)?))
    };
    let (document, id, state) = match verb {
        SuggestionVerb::Suggest(arguments) => suggest(context, &core, arguments)?,
        SuggestionVerb::Suggestions(arguments) => {
            let views = core.suggestions(documents::project(&core, &arguments.id)?)?;
            context.output.answer(&views, |sheet| write_suggestions(sheet, &views))?;
            return Ok(Exit::Done);
        }
        SuggestionVerb::AcceptSuggestion(arguments) => {
            let (document, place) = find(&arguments.one)?;
            if !arguments.anyway {
                ask_about_change(&core.suggestions(document)?, place)?;
            }
            core.accept_suggestion(document, place, arguments.anyway)?;
            let done = Done { document, id: place.id, state: "accepted" };
            return accepted(context, &done);
        }
        SuggestionVerb::RejectSuggestion(arguments) => {
            let (document, place) = find(arguments)?;
            core.reject_suggestion(document, place)?;
            (document, place.id, "rejected")
        }
    };
    answer(context, &Done { document, id, state }, "Suggestion")
}

/// Asks where the text of a suggestion was changed since, which is not replaced unseen.
fn ask_about_change(views: &[SuggestionView], place: CommentRef) -> Result<(), Failure> {
    let found = views.iter().find(|one| one.place == place);
    let Some(now) = found.and_then(|one| one.reads_now.as_ref()) else { return Ok(()) };
    let now = Quoted(now);
    let why = format!("the text was changed since and reads {now} now; if that is meant: --anyway");
    Err(Failure::Usage(why))
}

fn suggest(
    context: &Context,
    core: &LearningCore,
    arguments: &SuggestArguments,
) -> Result<(DocumentId, ItemId, &'static str), Failure> {
    let document = documents::project(core, &arguments.id)?;
    let view = core.project(document)?;
    let place = arguments.on.parse::<Place>().map_err(|error| Failure::Usage(error.to_string()))?;
    let text = place.text_in(&view.project).unwrap_or_default();
    let mut found = text.match_indices(&arguments.replace);
    let (at, words) = match (found.next(), found.next()) {
        (Some(found), None) => found,
        (None, _) => {
            let wanted = Quoted(&arguments.replace);
            let why = format!("{place} does not have {wanted}; capitals and spaces count");
            return Err(Failure::Usage(why));
        }
        (Some(_), Some(_)) => {
            let wanted = Quoted(&arguments.replace);
            let why = format!("{place} has {wanted} more than once; name more words around it");
            return Err(Failure::Usage(why));
        }
    };
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let start = count(text.get(..at).unwrap_or_default());
    let range = Some(start..start.saturating_add(count(words)));
    let part = arguments.on.clone();
    let place = CommentPlace { part, range, version: Some(view.version) };
    let said = [arguments.with.as_str(), &arguments.why];
    check::may_say(context, core, (document, &said), arguments.acknowledge)?;
    let id = core.suggest(document, &place, &arguments.with, &arguments.why)?;
    Ok((document, id, "made"))
}

fn answer(context: &Context, done: &Done, what: &str) -> Result<Exit, Failure> {
    context.output.answer(done, |sheet| {
        sheet.line(format!("{what} {} {}. Saved here.", short(done.id), done.state));
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}

/// Says of a suggestion that was accepted what became of the text.
fn accepted(context: &Context, done: &Done) -> Result<Exit, Failure> {
    context.output.answer(done, |sheet| {
        let id = short(done.id);
        sheet.line(format!(
            "The suggestion {id} is accepted, and the plan has its words now. Saved here."
        ));
        sheet.next("enhance sync", "share it with the others");
    })?;
    Ok(Exit::Done)
}

fn comment_of(core: &LearningCore, about: DocumentId, typed: &str) -> Result<CommentRef, Failure> {
    let threads = core.threads(about)?;
    let remarks = threads.iter().flat_map(|thread| thread.first.iter().chain(&thread.answers));
    let remarks: Vec<&RemarkView> = remarks.collect();
    let choices: Vec<_> = remarks.iter().map(|one| (one.place.id, one.body.clone())).collect();
    let id = ids::resolve("comment", typed, &choices)?;
    let found = remarks.iter().find(|one| one.place.id == id).map(|one| one.place);
    found.ok_or(Failure::NotFound { what: "comment", typed: typed.to_owned() })
}

fn suggestion_of(
    core: &LearningCore,
    project: DocumentId,
    typed: &str,
) -> Result<CommentRef, Failure> {
    let views = core.suggestions(project)?;
    let label = |view: &SuggestionView| view.suggestion.replacement.clone();
    let choices: Vec<_> = views.iter().map(|view| (view.place.id, label(view))).collect();
    let id = ids::resolve("suggestion", typed, &choices)?;
    let found = views.iter().find(|view| view.place.id == id).map(|view| view.place);
    found.ok_or(Failure::NotFound { what: "suggestion", typed: typed.to_owned() })
}

fn name(person: Option<&Person>) -> &str {
    person.map_or("a person not known here", |person| person.name.as_str())
}

const fn standing(standing: AnchorStanding) -> &'static str {
    match standing {
        AnchorStanding::Here | AnchorStanding::At { .. } => "",
        AnchorStanding::DeletedText => " (on deleted text)",
        AnchorStanding::TakenBack => " (on something taken back)",
        AnchorStanding::NotHere => " (on something that is not here)",
    }
}

fn write_threads(sheet: &mut Sheet, threads: &[ThreadView]) {
    if threads.is_empty() {
        sheet.line("Nobody has said anything yet.");
    }
    for thread in threads {
        let anchor = thread.anchor.to_string();
        let on = if anchor.is_empty() { "the whole".to_owned() } else { anchor };
        sheet.heading(format!("On {on}{}", standing(thread.standing)));
        if let Some(quote) = &thread.quote {
            sheet.line(format!("\"{quote}\""));
        }
        match &thread.first {
            Some(first) => write_remark(sheet, first, ""),
            None => {
                sheet.line("To a comment that is not here:");
            }
        }
        thread.answers.iter().for_each(|answer| write_remark(sheet, answer, "  "));
        if let Some(at) = thread.resolved_at {
            let by = name(thread.resolved_by.as_ref());
            sheet.line(format!("Settled by {by}, {}", when(at)));
        }
    }
}

fn write_remark(sheet: &mut Sheet, remark: &RemarkView, indent: &str) {
    let (by, id) = (name(remark.by.as_ref()), short(remark.place.id));
    let edited = if remark.edited_at.is_some() { ", edited" } else { "" };
    sheet.line(format!("{indent}{by}, {}{edited}  [{id}]", when(remark.at)));
    sheet.prose(if remark.deleted { "Deleted by its author." } else { &remark.body });
}

fn write_suggestions(sheet: &mut Sheet, views: &[SuggestionView]) {
    if views.is_empty() {
        sheet.line("Nobody has suggested anything yet.");
    }
    for view in views {
        let (by, id) = (name(view.by.as_ref()), short(view.place.id));
        let suggestion = &view.suggestion;
        let state = match view.state {
            SuggestionState::Open => "open",
            SuggestionState::Accepted => "accepted",
            SuggestionState::Rejected => "rejected",
            SuggestionState::Withdrawn => "taken back",
        };
        let place = format!("On {}{}", suggestion.anchor, standing(view.standing));
        sheet.heading(format!("{place}: {state}  [{id}]"));
        sheet.line(format!("{by}, {}", when(suggestion.at)));
        sheet.field("Instead of", &suggestion.original);
        sheet.field("Write", &suggestion.replacement);
        sheet.field("Why", &suggestion.why);
        sheet.field("Reads now", view.reads_now.as_deref().unwrap_or_default());
        if let Some(at) = view.decided_at {
            sheet.field("Decided", format!("{}, {}", name(view.decided_by.as_ref()), when(at)));
        }
    }
}
