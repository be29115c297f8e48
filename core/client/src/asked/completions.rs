//! What is asked of whatever is said to be complete, however that is noted: by completing the
//! activity, or by writing the fact into the record by hand.

use std::collections::BTreeSet;

use enhance_model::{
    CalendarDate, ItemId, Minutes, Noun,
    learning_log::set_aside,
    personal_record::{
        ActivityCompletion, ActivityCompletionEdit, EvidenceSource, LearningSession,
        ModuleCompletion, ModuleCompletionEdit, PersonalRecord, RecordEdit,
    },
    programme::{Evidence, Module, Programme},
};

use super::{debriefed, keys_of_programme};
use crate::error::{Error, InputField};

/// Refuses completions of what the programme does not have, and those that show nothing where it
/// asks for something. Returns what is written with them: what is known to show one already.
pub(super) fn completed(
    programme: &Programme,
    edits: &[RecordEdit],
    (after, today): (&PersonalRecord, CalendarDate),
) -> Result<Vec<RecordEdit>, Error> {
    let mut more = Vec::new();
    for (noun, id) in edits.iter().filter_map(asked_about).collect::<BTreeSet<_>>() {
        if noun == Noun::ActivityCompletion {
            let fact = after.activities_completed.get(&id);
            let evidence = fact.map(|fact| activity(programme, id, fact, after)).transpose()?;
            more.extend(evidence.flatten());
        } else {
            let fact = after.modules_completed.get(&id);
            fact.map_or(Ok(()), |fact| module(programme, fact, (after, today)))?;
        }
    }
    Ok(more)
}

/// The completion that an edit makes, or of which it changes what is asked for. Whoever corrects
/// the day of one of before is asked for nothing.
fn asked_about(edit: &RecordEdit) -> Option<(Noun, ItemId)> {
    let is_asked = match edit {
        RecordEdit::Add { noun, .. } => {
            matches!(noun, Noun::ActivityCompletion | Noun::ModuleCompletion)
        }
        RecordEdit::ActivityCompletion { edit, .. } => matches!(
            edit,
            ActivityCompletionEdit::Activity(_)
                | ActivityCompletionEdit::Evidence(_)
                | ActivityCompletionEdit::Reason(_)
        ),
        RecordEdit::ModuleCompletion { edit, .. } => matches!(
            edit,
            ModuleCompletionEdit::Module(_)
                | ModuleCompletionEdit::Activities(_)
                | ModuleCompletionEdit::Evidence(_)
                | ModuleCompletionEdit::Reason(_)
        ),
        _ => false,
    };
    edit.item().filter(|_| is_asked)
}

/// An activity shows what it asks for, or why there is nothing: what its debrief was written in
/// shows it as well.
fn activity(
    programme: &Programme,
    id: ItemId,
    fact: &ActivityCompletion,
    after: &PersonalRecord,
) -> Result<Option<RecordEdit>, Error> {
    let key = &fact.activity;
    let activity = keys_of_programme::activity(programme, key)?;
    if fact.evidence.is_some_and(|given| is_such(given, activity.evidence, after)) {
        return Ok(None);
    }
    let debriefed = debriefed::of_activity(after, key).pop();
    let debriefed = debriefed.and_then(|view| view.debrief.evidence);
    if let Some(evidence) = debriefed.filter(|_| fact.evidence.is_none()) {
        let edit = ActivityCompletionEdit::Evidence(Some(evidence));
        return Ok(Some(RecordEdit::ActivityCompletion { id, edit }));
    }
    let asked = match activity.evidence {
        Evidence::Reflection => "a reflection",
        Evidence::Signoff => "a sign-off",
        Evidence::None => return Ok(None),
    };
    if fact.reason.trim().is_empty() {
        let why = format!("{key} asks for {asked}: name it, or say why there is none");
        return Err(Error::invalid(InputField::Evidence, why));
    }
    Ok(None)
}

/// Whether what is given is of the kind that is asked for, as far as the record tells: what a
/// document is need not be known here. Whoever gives something else says why.
fn is_such(given: EvidenceSource, asked: Evidence, record: &PersonalRecord) -> bool {
    let EvidenceSource::Item(id) = given else { return true };
    match asked {
        Evidence::None => true,
        Evidence::Reflection => false,
        Evidence::Signoff => record.noun_of(id) == Some(Noun::KeptSignOff),
    }
}

/// A module is noted as complete by itself once its minutes and activities are there. Whoever says
/// so before that shows something else, or says why there is nothing.
fn module(
    programme: &Programme,
    fact: &ModuleCompletion,
    (after, today): (&PersonalRecord, CalendarDate),
) -> Result<(), Error> {
    let key = &fact.module;
    let known = keys_of_programme::module(programme, key)?;
    for activity in fact.activities.split_whitespace() {
        keys_of_programme::activity(programme, activity)?;
    }
    let is_shown = fact.evidence.is_some() || !fact.reason.trim().is_empty();
    if is_shown || is_satisfied(known, after, today) {
        return Ok(());
    }
    let why = format!(
        "{key} asks for more than the record has: name what shows that it is complete, \
         or say why there is nothing"
    );
    Err(Error::invalid(InputField::Evidence, why))
}

/// Whether a module has all that it asks for on a day: its minutes, and each required activity.
pub(super) fn is_satisfied(module: &Module, record: &PersonalRecord, today: CalendarDate) -> bool {
    let mut required = module.activities.iter().filter(|activity| activity.required);
    required.all(|activity| record.progress(&activity.key).completed_at.is_some())
        && minutes_on(module, record, today) >= module.min_minutes
}

/// Minutes of learning sessions that count towards a module on a day: none of those that nobody can
/// have had by then.
pub(super) fn minutes_on(module: &Module, record: &PersonalRecord, today: CalendarDate) -> Minutes {
    let is_of = |session: &&LearningSession| {
        session.module.as_ref() == Some(&module.key) && set_aside(session, today).is_none()
    };
    record.sessions.values().filter(is_of).map(|session| session.minutes).sum()
}

/// Whether somebody said that a module is not complete after all.
pub(super) fn was_taken_back(module: &Module, record: &PersonalRecord) -> bool {
    let mut things = record.taken_back.values();
    things.any(|thing| thing.noun == Noun::ModuleCompletion && thing.label == module.key)
}

/// Whether a module is complete: that was noted, or all that it asks for is there and nobody took
/// its completion back as wrong.
pub(super) fn is_complete(module: &Module, record: &PersonalRecord, today: CalendarDate) -> bool {
    let is_noted = record.module_completed(&module.key).is_some();
    is_noted || (is_satisfied(module, record, today) && !was_taken_back(module, record))
}
