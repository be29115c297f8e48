//! Nudging the owner of a plan: once, and not again for a week.

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Right,
    comments::CommentEdit,
    learning_log::local_day,
    nudge::{self, Nudge, WHY_CHARS},
};

use super::comments::{places, said};
use crate::{
    error::{Error, InputField},
    state::State,
    writing::target::Target,
};

/// Lets the owner of a plan know that this person waits for something in it. The same words again on
/// the same day are the same nudge; another one within a week is refused.
pub(crate) fn nudge(
    state: &mut State,
    project: DocumentId,
    anchor: &str,
    why: &str,
) -> Result<ItemId, Error> {
    let about = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    about.require(state, Right::Comment, "nudging its owner")?;
    if about.facts.is_me(about.row.owner) {
        return Err(Error::not_allowed("this plan is yours; a nudge is for its owner"));
    }
    if !about.facts.person.is_educator() {
        return Err(Error::not_allowed("supervisors and fellows nudge; say it in a comment"));
    }
    let why = why.trim();
    if why.is_empty() || why.chars().count() > WHY_CHARS {
        let asked = format!("say in 1 to {WHY_CHARS} letters what you wait for");
        return Err(Error::invalid(InputField::Comment, asked));
    }
    let now = state.now();
    let anchor = places::typed(state, &about.row, anchor)?.to_string();
    let id = nudge::id_of(project, &anchor, local_day(now));
    let all = said::all_on(state.store(), project)?;
    let own = all.iter().filter(|(row, _)| about.facts.is_me(row.owner));
    let own = own.flat_map(|(_, comments)| &comments.nudges);
    match nudge::in_the_way(own, now) {
        Some((standing, earlier)) if standing == id && earlier.why == why => return Ok(id),
        Some((_, earlier)) => {
            let day = local_day(earlier.at);
            let why = format!("you nudged on {day}; give it a week");
            return Err(Error::not_allowed(why));
        }
        None => {}
    }
    let nudge = Nudge { anchor, why: why.to_owned(), at: now };
    said::edit(state, project, &[CommentEdit::Nudge { id, nudge }])?;
    Ok(id)
}
