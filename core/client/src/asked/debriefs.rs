//! Debriefs of simulations and immersive films: how sure one was before and after, and what one
//! wrote of it.

use super::{
    debriefed::{DebriefView, of_activity},
    keys_of_programme, record,
};
use crate::{
    error::{Error, InputField},
    state::State,
};
use enhance_model::{
    DocumentId, DocumentKind, ItemId,
    personal_record::{Debrief, DebriefEdit, EvidenceSource, RecordEdit, RecordItem},
    record::Whole,
};

/// What somebody says of an activity that is talked over. What they leave out stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DebriefAnswer {
    /// How sure they were before, from 0 to 10.
    pub before: Option<Whole>,
    /// How sure they were after it, from 0 to 10.
    pub after: Option<Whole>,
    /// The reflection in which they answered its prompts.
    pub reflection: Option<DocumentId>,
}

/// Notes what somebody says of an activity that is talked over: in the debrief that is open, or in
/// a new one if the last has been ended by saying how sure they were after it.
pub(crate) fn answer(
    state: &mut State,
    activity: &str,
    answer: DebriefAnswer,
) -> Result<ItemId, Error> {
    let pack = state.installed()?;
    keys_of_programme::talked_over(&pack.programme, activity)?;
    let DebriefAnswer { before, after, reflection } = answer;
    if before.is_none() && after.is_none() && reflection.is_none() {
        let why = "say how sure you are, from 0 to 10, or name the reflection";
        return Err(Error::invalid(InputField::Edit, why));
    }
    if let Some(id) = reflection {
        state.row_of(id, DocumentKind::Reflection)?;
    }
    let edits = [
        before.map(|sure| DebriefEdit::ConfidenceBefore(Some(sure))),
        after.map(|sure| DebriefEdit::ConfidenceAfter(Some(sure))),
        reflection.map(|id| DebriefEdit::Evidence(Some(EvidenceSource::Document(id)))),
    ];
    let edits = edits.into_iter().flatten();
    let standing = record::read(state)?;
    let latest = of_activity(&standing, activity).pop();
    // Who writes it up the day after means the one that took place.
    let goes_on = |one: &DebriefView| one.debrief.confidence_after.is_none() || before.is_none();
    let (id, mut written) = if let Some(open) = latest.filter(goes_on) {
        (open.id, Vec::new())
    } else {
        let at = state.now();
        let begun = Debrief { activity: activity.to_owned(), at, ..Debrief::default() };
        let id = state.environment().item_id();
        (id, begun.adding(id))
    };
    written.extend(edits.map(|edit| RecordEdit::Debrief { id, edit }));
    record::edit(state, &written)?;
    Ok(id)
}
