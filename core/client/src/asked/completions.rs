//! What is asked of whatever is said to be complete, however that is noted: by completing the
//! activity, or by writing the fact into the record by hand.

use std::collections::BTreeSet;

use enhance_model::{
    CalendarDate, DocumentId, DocumentKind, ItemId, Minutes, Noun, Quoted,
    arcp::{document_in_words, item_in_words},
    learning_log::set_aside,
    personal_record::{
        ActivityCompletion, ActivityCompletionEdit, Debrief, EvidenceSource, KeptSignOff,
        LearningSession, ModuleCompletion, ModuleCompletionEdit, PersonalRecord, RecordEdit,
    },
    programme::{Evidence, Module, Programme},
    sign_off::Decision,
};
use enhance_protocol::sign_off;
use enhance_store::{DocumentRow, DocumentState};

use super::{
    debriefed, keys_of_programme,
    sign_offs::{
        paper::SignOffPaper,
        views::{self, SignOffStanding},
    },
    work_of_module::WorkOfModule,
};
use crate::{
    error::{Error, InputField},
    state::{State, documents::has_content},
};

/// Refuses completions of what the programme does not have, and those that show nothing where it
/// asks for something. Returns what is written with them: what is known to show one already.
pub(super) fn completed(
    state: &mut State,
    programme: &Programme,
    edits: &[RecordEdit],
    (after, today): (&PersonalRecord, CalendarDate),
) -> Result<Vec<RecordEdit>, Error> {
    let mut more = Vec::new();
    for (noun, id) in edits.iter().filter_map(asked_about).collect::<BTreeSet<_>>() {
        if noun == Noun::ActivityCompletion {
            let fact = after.activities_completed.get(&id);
            let evidence =
                fact.map(|fact| activity(state, programme, (id, fact), after)).transpose()?;
            more.extend(evidence.flatten());
        } else {
            let fact = after.modules_completed.get(&id);
            fact.map_or(Ok(()), |fact| module(state, programme, fact, (after, today)))?;
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
    state: &mut State,
    programme: &Programme,
    (id, fact): (ItemId, &ActivityCompletion),
    after: &PersonalRecord,
) -> Result<Option<RecordEdit>, Error> {
    let key = &fact.activity;
    let found = programme.activity(key);
    let (module, activity) = found.ok_or_else(|| Error::not_found(Noun::Activity, key))?;
    let work = WorkOfModule { programme, module, record: after };
    let has_reason = !fact.reason.trim().is_empty();
    let debrief = debriefed::of_activity(after, key).pop().map(|view| view.debrief);
    if let Some(lacking) = debrief.as_ref().and_then(half_said).filter(|_| !has_reason) {
        let why = format!(
            "the debrief of {key} does not say how sure you were {lacking}: say it, or say why not"
        );
        return Err(Error::invalid(InputField::Evidence, why));
    }
    if let Some(given) = fact.evidence.filter(|given| is_such(*given, activity.evidence, after)) {
        if !has_reason {
            check(state, key, (given, Some(activity.evidence)), &work)?;
        }
        return Ok(None);
    }
    let debriefed = debrief.and_then(|debrief| debrief.evidence);
    if let Some(evidence) = debriefed.filter(|_| fact.evidence.is_none()) {
        if !has_reason {
            check(state, key, (evidence, Some(activity.evidence)), &work)?;
        }
        let edit = ActivityCompletionEdit::Evidence(Some(evidence));
        return Ok(Some(RecordEdit::ActivityCompletion { id, edit }));
    }
    let asked = match activity.evidence {
        Evidence::Reflection => "a reflection",
        Evidence::Signoff => "a sign-off",
        Evidence::None => return Ok(None),
    };
    if !has_reason {
        let why = format!("{key} asks for {asked}: name it, or say why there is none");
        return Err(Error::invalid(InputField::Evidence, why));
    }
    Ok(None)
}

/// When nobody said in a debrief how sure they were, who said it of the other time: what was learned
/// is told by both.
const fn half_said(debrief: &Debrief) -> Option<&'static str> {
    match (debrief.confidence_before, debrief.confidence_after) {
        (Some(_), None) => Some("after it"),
        (None, Some(_)) => Some("before it"),
        _ => None,
    }
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

/// Refuses what shows nothing of what is asked for: `asked` by an activity, or none by a module,
/// which asks for anything that is about it.
fn check(
    state: &mut State,
    key: &str,
    (given, asked): (EvidenceSource, Option<Evidence>),
    work: &WorkOfModule<'_>,
) -> Result<(), Error> {
    let wrong = match given {
        EvidenceSource::Document(id) => {
            wrong_with(state, id, asked.unwrap_or(Evidence::None))?.map(str::to_owned)
        }
        EvidenceSource::Item(id) => match work.record.kept_sign_offs.get(&id) {
            Some(kept) => uncounted(state, work.record, kept)?,
            None => None,
        },
    };
    let why = match wrong {
        Some(wrong) => {
            format!("what is named for {key} {wrong}: name another, or say why there is none")
        }
        None if asked == Some(Evidence::None) || work.is_shown_by(state, given)? => return Ok(()),
        None => format!(
            "what is named for {key}, {shown}, is not about the module {title}: name what is, link \
             or tag it with what that module teaches, or say why it shows this all the same",
            shown = Quoted(&in_words(state, work.record, given)?),
            title = Quoted(&work.module.title),
        ),
    };
    Err(Error::invalid(InputField::Evidence, why))
}

/// What is given as evidence is called, by its kind and title.
fn in_words(
    state: &State,
    record: &PersonalRecord,
    given: EvidenceSource,
) -> Result<String, Error> {
    let id = match given {
        EvidenceSource::Item(id) => return Ok(item_in_words(record, id).unwrap_or_default()),
        EvidenceSource::Document(id) => id,
    };
    let Some(row) = state.active(id)? else { return Ok(String::new()) };
    let titled = row.about.filter(|_| row.kind == DocumentKind::SignOff).unwrap_or(id);
    let title = state.store().projection(titled)?.map(|shown| shown.summary.title);
    Ok(document_in_words(row.kind, &title.unwrap_or_default()))
}

/// Why a sign-off that the record keeps shows nothing.
fn uncounted(
    state: &mut State,
    record: &PersonalRecord,
    kept: &KeptSignOff,
) -> Result<Option<String>, Error> {
    let Some(paper) = SignOffPaper::in_record(kept) else {
        return Ok(Some("cannot be read".to_owned()));
    };
    let (facts, one) = (state.facts()?, &paper.sign_off);
    let checked = sign_off::check(one, &paper.text, &facts.publisher_key)
        .and_then(|()| sign_off::check_device(one, &facts.settings.revoked));
    if let Err(fault) = checked {
        return Ok(Some(format!("does not count: {fault}")));
    }
    if one.decision == Decision::Returned {
        return Ok(Some("was returned, and not signed".to_owned()));
    }
    let mut others = record.kept_sign_offs.values().filter_map(SignOffPaper::in_record);
    let is_superseded = others.any(|other| other.sign_off.supersedes == Some(paper.id));
    let is_taken_back = state.store().state(one.request)? == Some(DocumentState::Deleted);
    let wrong = match (is_superseded, is_taken_back) {
        (true, _) => Some("has another answer in its place"),
        (_, true) => Some("answers a request that was taken back"),
        _ => None,
    };
    Ok(wrong.map(str::to_owned))
}

/// What is wrong with a document that is to show something, as far as it is here.
fn wrong_with(
    state: &mut State,
    id: DocumentId,
    asked: Evidence,
) -> Result<Option<&'static str>, Error> {
    if state.store().state(id)? == Some(DocumentState::Deleted) {
        return Ok(Some("was deleted"));
    }
    let Some(row) = state.active(id)?.filter(has_content) else { return Ok(None) };
    let is_mine = state.facts()?.is_me(row.owner);
    Ok(match (row.kind, asked) {
        (
            DocumentKind::SignOff | DocumentKind::SignOffRequest,
            Evidence::Signoff | Evidence::None,
        ) => unsigned(state, &row)?,
        (DocumentKind::Reflection | DocumentKind::SharedReflection, Evidence::Reflection) => {
            (!is_mine).then_some("is somebody else's")
        }
        (_, Evidence::None) => None,
        (_, Evidence::Reflection) => Some("is no reflection"),
        (_, Evidence::Signoff) => Some("is no sign-off"),
    })
}

/// Why a sign-off, or the request for one, shows nothing.
fn unsigned(state: &mut State, row: &DocumentRow) -> Result<Option<&'static str>, Error> {
    let answered = row.about.filter(|_| row.kind == DocumentKind::SignOff);
    let request = answered.unwrap_or(row.id);
    // An answer may be here before what it answers is.
    if !state.active(request)?.as_ref().is_some_and(has_content) {
        return Ok(None);
    }
    Ok(match views::view(&mut state.screen(), request)?.standing {
        SignOffStanding::Signed => None,
        SignOffStanding::Asked => Some("is not signed yet"),
        SignOffStanding::Returned => Some("was returned, and not signed"),
    })
}

/// A module is noted as complete by itself once its minutes and activities are there. Whoever says
/// so before that shows something else, or says why there is nothing.
fn module(
    state: &mut State,
    programme: &Programme,
    fact: &ModuleCompletion,
    (after, today): (&PersonalRecord, CalendarDate),
) -> Result<(), Error> {
    let key = &fact.module;
    let known = keys_of_programme::module(programme, key)?;
    for activity in fact.activities.split_whitespace() {
        keys_of_programme::activity(programme, activity)?;
    }
    if !fact.reason.trim().is_empty() || is_satisfied(known, after, today) {
        return Ok(());
    }
    if let Some(given) = fact.evidence {
        let work = WorkOfModule { programme, module: known, record: after };
        return check(state, key, (given, None), &work);
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
