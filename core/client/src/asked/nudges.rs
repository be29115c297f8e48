//! Nudging who is waited for: the owner of a plan, or who is asked for a sign-off. Once, and not
//! again for a week.

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Right, Sha256,
    comments::CommentEdit,
    learning_log::local_day,
    nudge::{self, Nudge, WHY_CHARS},
    sign_off::SignOffRequest,
};
use enhance_store::Stage;
use serde::Serialize;

use super::{
    checking::{self, SharingCheck, TextPlace},
    comments::{places, said},
    sign_offs::views,
    status,
};
use crate::{
    error::{Error, InputField},
    state::State,
    writing::target::Target,
};

/// Looks through the words of a nudge.
pub(crate) fn check(
    state: &mut State,
    document: DocumentId,
    why: &str,
) -> Result<SharingCheck, Error> {
    state.row(document)?;
    let writer = checking::writer(state)?;
    Ok(SharingCheck::of(Some(document), &texts(why), &writer))
}

fn texts(why: &str) -> checking::Texts {
    vec![(TextPlace::Message, why.trim().to_owned())]
}

/// A nudge of this person that stands in the way of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnNudge {
    pub id: ItemId,
    pub nudge: Nudge,
    /// Whether it has still to go out, with the next sync.
    pub waits: bool,
}

/// What this person nudged about a plan or a request within the week; none if they may nudge.
pub(crate) fn own(state: &mut State, document: DocumentId) -> Result<Option<OwnNudge>, Error> {
    state.row(document)?;
    let (facts, now) = (state.facts()?, state.now());
    let store = state.store();
    let all = said::all_on(store, document)?;
    let own = || all.iter().filter(|(row, _)| facts.is_me(row.owner));
    let nudges = own().flat_map(|(_, comments)| &comments.nudges);
    let Some((id, nudge)) = nudge::in_the_way(nudges, now) else { return Ok(None) };
    let mut waits = false;
    for (row, _) in own().filter(|(_, comments)| comments.nudges.contains_key(&id)) {
        waits |= status::of(store, row)?.stage < Stage::Stored;
    }
    Ok(Some(OwnNudge { id, nudge: nudge.clone(), waits }))
}

/// The nudge of today in which this person said the same of the same part, if there is one.
fn same(
    state: &mut State,
    document: DocumentId,
    (anchor, why): (&str, &str),
) -> Result<Option<ItemId>, Error> {
    let (facts, today) = (state.facts()?, local_day(state.now()));
    let is_same =
        |nudge: &Nudge| nudge.anchor == anchor && nudge.why == why && local_day(nudge.at) == today;
    let all = said::all_on(state.store(), document)?;
    let own = all.iter().filter(|(row, _)| facts.is_me(row.owner));
    let mut own = own.flat_map(|(_, comments)| &comments.nudges);
    Ok(own.find(|(_, nudge)| is_same(nudge)).map(|(id, _)| *id))
}

/// Lets the owner of a plan know that this person waits for something in it, or who is asked for a
/// sign-off that it is waited for. The same words again on the same day are the same nudge; another
/// one within a week is refused.
pub(crate) fn nudge(
    state: &mut State,
    document: DocumentId,
    (anchor, why): (&str, &str),
    acknowledged: Option<Sha256>,
) -> Result<ItemId, Error> {
    let about = Target::of(state, document)?;
    let anchor = match about.row.kind {
        DocumentKind::ChangeProject => in_project(state, &about, anchor)?,
        DocumentKind::SignOffRequest => in_request(state, &about, anchor)?,
        _ => return Err(Error::not_allowed("a nudge is about a plan or a sign-off")),
    };
    let why = why.trim();
    if why.is_empty() || why.chars().count() > WHY_CHARS {
        let asked = format!("say in 1 to {WHY_CHARS} letters what you wait for");
        return Err(Error::invalid(InputField::Comment, asked));
    }
    let now = state.now();
    if let Some(id) = same(state, document, (&anchor, why))? {
        return Ok(id);
    }
    if let Some(OwnNudge { nudge, waits, .. }) = own(state, document)? {
        let day = local_day(nudge.at);
        let why = if waits {
            format!("a nudge of {day} waits already and goes out with the next sync")
        } else {
            format!("you nudged on {day}; give it a week")
        };
        return Err(Error::not_allowed(why));
    }
    checking::let_leave(state, Some(document), &texts(why), acknowledged)?;
    let id = nudge::id_of(document, &anchor, local_day(now));
    let nudge = Nudge { anchor, why: why.to_owned(), at: now };
    said::write(state, &about, CommentEdit::Nudge { id, nudge })?;
    Ok(id)
}

/// The part of a plan that is meant, if this person may nudge its owner.
fn in_project(state: &State, about: &Target, anchor: &str) -> Result<String, Error> {
    about.require(state, Right::Comment, "nudging its owner")?;
    if about.facts.is_me(about.row.owner) {
        return Err(Error::not_allowed("this plan is yours; a nudge is for its owner"));
    }
    if !about.facts.person.is_educator() {
        return Err(Error::not_allowed("supervisors and fellows nudge; say it in a comment"));
    }
    Ok(places::typed(state, &about.row, anchor)?.to_string())
}

/// The whole of a request, if this person asked for it and somebody has still to answer.
fn in_request(state: &State, about: &Target, anchor: &str) -> Result<String, Error> {
    about.require(state, Right::Own, "nudging who is asked")?;
    if !anchor.trim().is_empty() {
        let why = "a sign-off is nudged about as a whole; name no part of it";
        return Err(Error::invalid(InputField::Comment, why));
    }
    let (_, request) = state.shown::<SignOffRequest>(about.row.id)?;
    let Some(asked) = request.asked else {
        return Err(Error::not_allowed("nobody is asked; it is to be signed on this device"));
    };
    let counted = views::counted(state.store(), &about.facts, &about.row, &request)?;
    if counted.iter().any(|answer| answer.sign_off.signer.person == Some(asked)) {
        return Err(Error::not_allowed("it is answered; ask anew if you wait for more"));
    }
    Ok(String::new())
}
