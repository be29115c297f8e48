//! Why what was signed counts no more, or not for what it says now.
//!
//! What a signature is worth may end long after it was given, by what happens elsewhere. Whose
//! evidence it is hears of it once, and reads the same in lists and beside files.

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Timestamp,
    personal_record::PersonalRecord,
    record::TakenBack,
    sign_off::{Decision, SignOff, SignOffRequest, Subject, SubjectKind},
};
use enhance_protocol::sign_off;
use serde::Serialize;

use super::{
    kept,
    paper::SignOffPaper,
    since::{self, ChangedSince},
    views::{self, SignOffView},
};
use crate::{
    asked::record,
    error::Error,
    state::{State, rows},
};

/// Why a sign-off ended, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedWhy {
    /// It does not count, since the device it was signed on was reported lost before that.
    Lost,
    /// It does not count, for what else speaks against it.
    Fault,
    /// Another answer stands in its place.
    Superseded,
    /// What was signed says something else now.
    Changed,
    /// What was signed is gone: deleted, taken out of the log, or not completed any more.
    Deleted,
}

/// An answer that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndedSignOff {
    pub id: DocumentId,
    /// Who answered, as their name was shown then.
    pub signer: String,
    pub why: EndedWhy,
    /// Why it counts no more, as a person is told.
    pub words: String,
    /// Since when, by the clock of who or what ended it, as far as that is known here.
    pub since: Timestamp,
    #[serde(skip)]
    pub(in crate::asked) sign_off: SignOff,
}

impl EndedWhy {
    /// What tells the reasons apart where each is told once.
    pub(in crate::asked) const fn key(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Fault => "fault",
            Self::Superseded => "superseded",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
        }
    }
}

const SUPERSEDED: &str = "Another answer stands in its place.";
const CHANGED: &str = "What was signed has changed since. The signature covers what it said then; \
                       ask for it again.";

/// The answers to a request of this person that ended; none to what others asked.
pub(crate) fn of_request(state: &mut State, id: DocumentId) -> Result<Vec<EndedSignOff>, Error> {
    let facts = state.facts()?;
    let row = state.row_of(id, DocumentKind::SignOffRequest)?;
    if !facts.is_me(row.owner) {
        return Ok(Vec::new());
    }
    let (_, request) = rows::shown::<SignOffRequest>(state.store(), id)?;
    let answers = views::answers(state.store(), &facts, (&row, &request), None)?;
    let standing = answers.iter().rev().find(|answer| answer.counts()).map(|answer| answer.id);
    let mut ended = Vec::new();
    for answer in answers {
        if let Some(one) = by_itself(&answer) {
            ended.push(one);
        } else if Some(answer.id) == standing && answer.sign_off.decision == Decision::Signed {
            let changed = since::changed_since(state, id)?;
            ended.extend(by_change(state, answer, &changed)?);
        }
    }
    Ok(ended)
}

/// What this device knows of the file of a sign-off that the file does not say: why it counts no
/// more. None if nothing speaks against it here, or if nothing is known of it.
pub(crate) fn of_paper(state: &mut State, paper: &SignOffPaper) -> Result<Option<String>, Error> {
    let facts = state.facts()?;
    let is_known = *paper.publisher_key.as_bytes() == facts.publisher_key;
    let revoked = &facts.settings.revoked;
    if is_known && sign_off::check_device(&paper.sign_off, revoked).is_err() {
        return Ok(sign_off::lost_in_words(&paper.sign_off, revoked));
    }
    let row = state.active(paper.id)?.filter(|row| row.kind == DocumentKind::SignOff);
    if let Some(request) = row.and_then(|row| row.about) {
        let ended = of_request(state, request)?;
        return Ok(ended.into_iter().find(|one| one.id == paper.id).map(|one| one.words));
    }
    let kept = kept::all(state)?;
    let kept = kept.into_iter().find(|one| one.paper.id == paper.id);
    Ok(kept.and_then(|one| {
        if let Some(fault) = one.fault {
            return Some(format!("It does not count: {fault}."));
        }
        if one.superseded {
            return Some(SUPERSEDED.to_owned());
        }
        in_words(one.paper.sign_off.subject.kind, &one.changed).map(|(_, words)| words.to_owned())
    }))
}

/// What an answer itself, and those beside it, say.
fn by_itself(answer: &SignOffView) -> Option<EndedSignOff> {
    let (why, words) = match &answer.fault {
        _ if answer.superseded => (EndedWhy::Superseded, SUPERSEDED.to_owned()),
        Some(_) if !answer.lost.is_empty() => (EndedWhy::Lost, answer.lost.clone()),
        Some(fault) => (EndedWhy::Fault, format!("It does not count: {fault}.")),
        None => return None,
    };
    Some(ended(answer.clone(), (why, words), answer.sign_off.at))
}

fn by_change(
    state: &mut State,
    answer: SignOffView,
    changed: &ChangedSince,
) -> Result<Option<EndedSignOff>, Error> {
    let subject = &answer.sign_off.subject;
    let Some((why, words)) = in_words(subject.kind, changed) else { return Ok(None) };
    let since = changed_at(state, subject)?.unwrap_or(answer.sign_off.at);
    let since = since.max(answer.sign_off.at);
    Ok(Some(ended(answer, (why, words.to_owned()), since)))
}

fn ended(answer: SignOffView, (why, words): (EndedWhy, String), since: Timestamp) -> EndedSignOff {
    let SignOffView { id, sign_off, .. } = answer;
    EndedSignOff { id, signer: sign_off.signer.name.clone(), why, words, since, sign_off }
}

fn in_words(kind: SubjectKind, changed: &ChangedSince) -> Option<(EndedWhy, &'static str)> {
    let gone = match kind {
        SubjectKind::Module => {
            "The completion of this module was taken back since. The signature is of what it was."
        }
        SubjectKind::Sessions => "What was signed was taken out of the log since.",
        SubjectKind::Reflection | SubjectKind::SharedReflection | SubjectKind::Project => {
            "What was signed was deleted since."
        }
    };
    match changed {
        ChangedSince::Unchanged | ChangedSince::Unknown => None,
        ChangedSince::Changed { .. } => Some((EndedWhy::Changed, CHANGED)),
        ChangedSince::Deleted => Some((EndedWhy::Deleted, gone)),
    }
}

/// When what was signed was last written to, or taken back.
fn changed_at(state: &mut State, subject: &Subject) -> Result<Option<Timestamp>, Error> {
    if let Some(document) = subject.document {
        let shown = state.store().projection(document)?;
        return Ok(shown.map(|shown| shown.summary.updated_at));
    }
    let facts = state.facts()?;
    let Some(id) = record::document_of(state.store(), &facts)? else { return Ok(None) };
    let shown = rows::shown_if_any::<PersonalRecord>(state.store(), id)?;
    let Some((summary, record)) = shown else { return Ok(None) };
    let was_signed = |(id, gone): (&ItemId, &TakenBack)| {
        let is_it = match gone.noun {
            Noun::ModuleCompletion => gone.label == subject.key,
            _ => subject.items.contains(id),
        };
        is_it.then_some(gone.at)
    };
    let gone = record.taken_back.iter().filter_map(was_signed).max();
    Ok(Some(gone.unwrap_or(summary.updated_at)))
}
