//! What one person says about a project or a shared copy.

use enhance_model::{
    DocumentId, ItemId, Items, Noun,
    anchor::{Place, Span},
    comments::{Comment, CommentEdit, CommentRef, Comments, Suggestion},
    field::{Field, Shape},
    nudge::{self, Nudge},
    record::Fields,
};

use super::{
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// What is declared of a document of comments. What is late came with schema 2 or 3.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::id("about").needed().fixed(),
    Field::items(COMMENTS, Noun::Comment, COMMENT),
    Field::items(SUGGESTIONS, Noun::Suggestion, SUGGESTION).late(),
    Field::moments(TAKEN_BACK).late(),
    Field::items("nudges", Noun::Nudge, NUDGE).late(),
    Field::moments(RESOLVED).late(),
    Field::moments(REOPENED).late(),
];

const COMMENTS: &str = "comments";
const SUGGESTIONS: &str = "suggestions";
/// Since when comments and suggestions are shown no more, by their ids.
const TAKEN_BACK: &str = "taken_back";
/// When comments, of anybody, were settled last.
const RESOLVED: &str = "resolved";
/// When they were opened again last.
const REOPENED: &str = "reopened";

const COMMENT: &[Field] = &[
    Field::text("body"),
    Field::place("anchor"),
    Field::mark("start").optional(),
    Field::mark("end").optional(),
    Field::passage("quote"),
    Field::id("answers_in").optional(),
    Field::id("answers").optional(),
    Field::moment("at"),
    Field::moment("edited_at").optional(),
    // Of schema 1 and 2, which only its author could settle.
    Field::moment("resolved_at").optional(),
];

/// Made once by whichever device of a person. Two that make it at once may say different things.
const NUDGE: &[Field] = &[Field::place("anchor"), Field::passage("why"), Field::moment("at")];
const SUGGESTION: &[Field] = &[
    Field::place("anchor").needed(),
    Field::mark("start").needed(),
    Field::mark("end").needed(),
    Field::passage("original"),
    Field::passage("replacement"),
    Field::passage("why"),
    Field::moment("at"),
];

/// Writes a new, empty document of comments.
pub fn create(root: &mut Writer<'_, '_>, about: DocumentId) -> Result<(), DocumentError> {
    root.put("about", about.to_string())
}

/// Writes an edit of comments.
pub fn write(mut root: Writer<'_, '_>, edit: &CommentEdit) -> Result<(), DocumentError> {
    let key = edit.id().to_string();
    match edit {
        CommentEdit::Add { id, comment } => add(&mut root.item_or_new(COMMENTS, id)?, comment),
        CommentEdit::Suggest { id, suggestion } => {
            suggest(&mut root.item_or_new(SUGGESTIONS, id)?, suggestion)
        }
        CommentEdit::Rewrite { id, body, at } => {
            let mut item = root.item(COMMENTS, id)?;
            item.text("body", body)?;
            item.put("edited_at", of_moment(*at))
        }
        CommentEdit::Resolve { at, .. } => {
            root.put_at(RESOLVED, Shape::Moments, &key, of_moment(*at))
        }
        CommentEdit::Reopen { at, .. } => {
            root.put_at(REOPENED, Shape::Moments, &key, of_moment(*at))
        }
        CommentEdit::TakeBack { id, at } => {
            check_there(&mut root, *id)?;
            root.put_at(TAKEN_BACK, Shape::Moments, &key, of_moment(*at))
        }
        CommentEdit::PutBack { id } => {
            check_there(&mut root, *id)?;
            root.clear_at(TAKEN_BACK, Shape::Moments, &key)
        }
        CommentEdit::Nudge { id, nudge } => {
            if root.has_item("nudges", id)? {
                return Ok(());
            }
            let mut item = root.item_or_new("nudges", id)?;
            item.put("anchor", nudge.anchor.as_str())?;
            item.put("why", nudge.why.as_str())?;
            item.put("at", of_moment(nudge.at))
        }
    }
}

fn check_there(root: &mut Writer<'_, '_>, id: ItemId) -> Result<(), DocumentError> {
    if root.has_item(SUGGESTIONS, id)? {
        return Ok(());
    }
    root.item(COMMENTS, id).map(|_| ())
}

fn add(item: &mut Writer<'_, '_>, comment: &Comment) -> Result<(), DocumentError> {
    let Comment { body, anchor, span, answers, at, edited_at, resolved_at } = comment;
    item.text("body", body)?;
    item.put("anchor", anchor.to_string())?;
    if let Some(span) = span {
        item.put("start", span.start.to_string())?;
        item.put("end", span.end.to_string())?;
        item.put("quote", span.quote.as_str())?;
    }
    if let Some(CommentRef { document, id }) = answers {
        item.put("answers_in", document.to_string())?;
        item.put("answers", id.to_string())?;
    }
    item.put("at", of_moment(*at))?;
    item.put_or_clear("edited_at", edited_at.map(of_moment))?;
    item.put_or_clear("resolved_at", resolved_at.map(of_moment))
}

fn suggest(item: &mut Writer<'_, '_>, suggestion: &Suggestion) -> Result<(), DocumentError> {
    let Suggestion { anchor, span, original, replacement, why, at, withdrawn_at: _ } = suggestion;
    item.put("anchor", anchor.to_string())?;
    item.put("start", span.start.to_string())?;
    item.put("end", span.end.to_string())?;
    item.put("original", original.as_str())?;
    item.put("replacement", replacement.as_str())?;
    item.put("why", why.as_str())?;
    item.put("at", of_moment(*at))
}

/// Reads all comments in the document.
pub fn read(root: &Reader<'_>) -> Result<Comments, DocumentError> {
    let about = root.word("about").ok_or(DocumentError::NotADocument { field: "about" })?;
    let (mut resolved, reopened) = (root.moments(RESOLVED), root.moments(REOPENED));
    let mut all: Items<Comment> = root.items(COMMENTS, |item| Some(read_comment(item)));
    for (id, comment) in &mut all {
        if let Some(at) = comment.resolved_at {
            let latest = resolved.get_or_insert_with(*id, || at);
            *latest = at.max(*latest);
        }
        let opened = reopened.get(id);
        let standing = resolved.get(id).filter(|at| opened.is_none_or(|opened| opened < at));
        comment.resolved_at = standing.copied();
    }
    let moments = root.moments(TAKEN_BACK);
    let mut suggestions: Items<Suggestion> = root.items(SUGGESTIONS, read_suggestion);
    for (id, suggestion) in &mut suggestions {
        suggestion.withdrawn_at = moments.get(id).copied();
    }
    let (taken_back, comments) = all.into_iter().partition(|(id, _)| moments.contains_key(id));
    let nudges = read_nudges(root);
    Ok(Comments { about, comments, taken_back, suggestions, resolved, reopened, nudges })
}

/// Each nudge under its id, and what another device said at once in other words under one of its own.
fn read_nudges(root: &Reader<'_>) -> Items<Nudge> {
    let each = |item: &Reader<'_>| {
        let maps = item.maps.iter().cloned().rev();
        let each =
            maps.filter_map(|map| read_nudge(&Reader::of(item.view, item.fields, vec![map])));
        Some(each.collect::<Vec<Nudge>>())
    };
    let at_once: Items<Vec<Nudge>> = root.items("nudges", each);
    let mut nudges = Items::new();
    for (id, said) in at_once {
        let mut said = said.into_iter();
        let Some(standing) = said.next() else { continue };
        for other in said.filter(|other| other.why != standing.why) {
            nudges.insert(nudge::id_of_other_words(id, &other.why), other);
        }
        nudges.insert(id, standing);
    }
    nudges
}

fn read_nudge(item: &Reader<'_>) -> Option<Nudge> {
    let at = item.moment("at")?;
    Some(Nudge { anchor: item.string("anchor"), why: item.string("why"), at })
}

fn read_comment(item: &Reader<'_>) -> Comment {
    let answers = item.word("answers_in").zip(item.word("answers"));
    let quote = enhance_model::anchor::quoted(&item.string("quote"));
    Comment {
        body: item.text("body"),
        anchor: item.word("anchor").unwrap_or_default(),
        span: read_span(item, quote),
        answers: answers.map(|(document, id)| CommentRef { document, id }),
        at: item.moment("at").unwrap_or_default(),
        edited_at: item.moment("edited_at"),
        resolved_at: item.moment("resolved_at"),
    }
}

fn read_suggestion(item: &Reader<'_>) -> Option<Suggestion> {
    let original = item.string("original");
    Some(Suggestion {
        anchor: item.word::<Place>("anchor")?,
        span: read_span(item, enhance_model::anchor::quoted(&original))?,
        original,
        replacement: item.string("replacement"),
        why: item.string("why"),
        at: item.moment("at").unwrap_or_default(),
        withdrawn_at: None,
    })
}

fn read_span(item: &Reader<'_>, quote: String) -> Option<Span> {
    Some(Span { start: item.word("start")?, end: item.word("end")?, quote })
}
