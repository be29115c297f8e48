//! What was said about a plan or a copy and is still open for one person.

use crate::{
    ItemId, PersonId, Timestamp,
    anchor::Place,
    change_project::ChangeProject,
    comments::{Said, SuggestionState, threads},
};

/// The last word in a thread, said by somebody else and not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenComment {
    pub id: ItemId,
    pub by: PersonId,
    /// What the thread is about.
    pub anchor: Place,
    pub body: String,
    pub at: Timestamp,
    /// Whether the reader had said something in it before.
    pub answers_me: bool,
}

/// The threads about a document in which somebody else has the last word, unsettled.
pub fn open_comments(me: PersonId, said: &[Said<'_>]) -> Vec<OpenComment> {
    let open = threads(said).into_iter().filter(|thread| thread.waits_for(me));
    let comment = |thread: crate::comments::Thread| {
        let all = || thread.first.iter().chain(&thread.answers);
        let last = all().rfind(|remark| !remark.is_deleted)?;
        Some(OpenComment {
            id: last.place.id,
            by: last.by,
            anchor: all().next()?.comment.anchor.clone(),
            body: last.comment.body.clone(),
            at: last.comment.at,
            answers_me: all().any(|remark| remark.by == me),
        })
    };
    open.filter_map(comment).collect()
}

/// What others would change in a plan, and nobody has decided about.
pub fn open_suggestions(
    me: PersonId,
    project: &ChangeProject,
    said: &[Said<'_>],
) -> Vec<OpenComment> {
    let of_others = said.iter().filter(|one| one.by != me);
    let suggested = of_others
        .flat_map(|one| one.comments.suggestions.iter().map(|(id, made)| (one.by, *id, made)));
    let open = suggested
        .filter(|(_, id, made)| made.state(*id, &project.decisions).0 == SuggestionState::Open);
    let suggestion = |(by, id, made): (PersonId, ItemId, &crate::comments::Suggestion)| {
        let body = [made.why.as_str(), &made.replacement].into_iter().find(|one| !one.is_empty());
        let (anchor, at) = (made.anchor.clone(), made.at);
        let body = body.unwrap_or("take this out").to_owned();
        OpenComment { id, by, anchor, body, at, answers_me: false }
    };
    open.map(suggestion).collect()
}
