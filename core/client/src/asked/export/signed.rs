//! Sign-offs in an export that is read back: each is kept as a record of its own, with all by which
//! anybody can check it, and what is not kept is named with the reason.

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, ItemId, PersonId, Timestamp,
    personal_record::{EvidenceSource, KeptSignOff, PersonalRecord},
    sign_off::{self as sign_offs, Answer, PublicKey, SignOff, SignOffRequest},
};
use enhance_protocol::{SignOffFault, sign_off};
use serde::Deserialize;
use serde_json::Value;

use super::{
    super::record,
    report::{DOES_NOT_COUNT, ImportReport, SignOffLeftOut},
};
use crate::{
    asked::sign_offs::{
        keeping::kept_in,
        paper::{self, SignOffPaper, SinceThen},
    },
    error::Error,
    state::{State, facts::Facts},
};

/// The sign-offs that are kept in the record of an export.
fn kept(export: &mut Value) -> impl Iterator<Item = &mut Value> {
    let kept = export.pointer_mut("/personal_record/kept_sign_offs").and_then(Value::as_object_mut);
    kept.into_iter().flatten().filter_map(|(_, one)| one.get_mut("paper"))
}

/// Writes what is kept of sign-offs as plain data.
pub(super) fn open(export: &mut Value) {
    for paper in kept(export) {
        if let Some(opened) = paper.as_str().and_then(paper::opened) {
            *paper = opened;
        }
    }
}

/// The other way round, once moments are milliseconds. An older export has texts there.
pub(super) fn close(export: &mut Value) {
    for paper in kept(export).filter(|paper| paper.is_object()) {
        let closed = paper::closed(paper.take()).to_string();
        *paper = closed.into();
    }
}

/// A request in an export, with its answers.
#[derive(Deserialize)]
pub(super) struct SignOffOfFile {
    pub(super) id: DocumentId,
    request: SignOffRequest,
    mine: bool,
    pub(super) answers: Vec<AnswerOfFile>,
}

#[derive(Deserialize)]
pub(super) struct AnswerOfFile {
    pub(super) id: DocumentId,
    sign_off: SignOff,
    #[serde(default)]
    fault: Option<SignOffFault>,
}

/// What is kept of answers, by their ids: each under the id it has here.
type KeptAnswers = BTreeMap<DocumentId, (ItemId, KeptSignOff)>;

/// What sign-offs in an export are kept with.
struct Keeping<'a> {
    /// Whose account they go into.
    here: PersonId,
    /// The key by which the organisation of the export certified its signers.
    publisher_key: PublicKey,
    exported_at: Timestamp,
    /// The record in the export, whose placements name supervisors.
    record: &'a PersonalRecord,
    /// What was known there of what became of what each request is about.
    since: &'a BTreeMap<DocumentId, SinceThen>,
    /// Characters that the file of one has at most.
    most_chars: usize,
}

/// The sign-offs in an export.
pub(super) struct Signed {
    pub(super) sign_offs: Vec<SignOffOfFile>,
    /// By which they are checked; without it none counts.
    pub(super) publisher_key: Option<PublicKey>,
    pub(super) exported_at: Timestamp,
    pub(super) since: BTreeMap<DocumentId, SinceThen>,
}

impl Signed {
    /// The record in an export with its sign-offs kept in it: those that are lacking here. What a
    /// request and each answer is here, which the record may give as evidence, goes into `sources`.
    pub(super) fn keep(
        &self,
        state: &mut State,
        facts: &Facts,
        mut record: PersonalRecord,
        (report, sources): (&mut ImportReport, &mut BTreeMap<DocumentId, EvidenceSource>),
    ) -> Result<PersonalRecord, Error> {
        let standing = record::read(state)?;
        let mut kept = std::mem::take(&mut record.kept_sign_offs);
        let keeping = Keeping {
            here: facts.person.id,
            publisher_key: self.publisher_key.unwrap_or(PublicKey::from_bytes([0; 32])),
            exported_at: self.exported_at,
            record: &record,
            since: &self.since,
            most_chars: usize::try_from(facts.limits().text_chars).unwrap_or(usize::MAX),
        };
        for file in &self.sign_offs {
            if state.store().document(file.id)?.is_some() {
                report.already_here += 1;
                continue;
            }
            let (new, left_out) = keeping.of(file);
            sources.extend(keeping.sources(file, &new));
            kept.extend(new.into_values());
            report.sign_offs_left_out.extend(left_out);
        }
        let all = kept.len();
        kept.retain(|id, _| {
            !standing.kept_sign_offs.contains_key(id) && !standing.taken_back.contains_key(id)
        });
        report.already_here += all - kept.len();
        record.kept_sign_offs = kept;
        Ok(record)
    }
}

impl Keeping<'_> {
    /// What is kept of a request by the ids of its answers, each under the id it has here, and what
    /// of it is left out.
    fn of(&self, file: &SignOffOfFile) -> (KeptAnswers, Vec<SignOffLeftOut>) {
        let (mut kept, mut left_out) = (KeptAnswers::new(), Vec::new());
        let title = &file.request.title;
        let mut leave = |reason: String| {
            left_out.push(SignOffLeftOut { title: title.clone(), reason });
        };
        if !file.mine {
            leave("it is the evidence of who asked for it".to_owned());
        } else if file.answers.is_empty() {
            leave("nobody has answered it; ask for it anew".to_owned());
        } else {
            for answer in &file.answers {
                match self.one(&file.request, answer) {
                    Ok(one) => drop(kept.insert(answer.id, one)),
                    Err(reason) => leave(reason),
                }
            }
        }
        (kept, left_out)
    }

    /// What the documents of a request are here: of an answer what is kept of it, and of the request
    /// what is kept of the answer that stands, the last if several do.
    fn sources(
        &self,
        file: &SignOffOfFile,
        kept: &KeptAnswers,
    ) -> BTreeMap<DocumentId, EvidenceSource> {
        let answers: Vec<Answer<'_>> = file
            .answers
            .iter()
            .map(|AnswerOfFile { id, sign_off, .. }| {
                let publisher = *self.publisher_key.as_bytes();
                Answer { id: *id, sign_off, publisher, is_sound: kept.contains_key(id) }
            })
            .collect();
        let standing = std::iter::zip(&answers, sign_offs::superseded(&answers));
        let standing = standing.filter(|(one, is_gone)| one.is_sound && !is_gone);
        let last = standing.max_by_key(|(one, _)| (one.sign_off.at, one.id));
        let of_answer = |id: &DocumentId| Some(EvidenceSource::Item(kept.get(id)?.0));
        let of_request = last.and_then(|(one, _)| Some((file.id, of_answer(&one.id)?)));
        kept.keys().filter_map(|id| Some((*id, of_answer(id)?))).chain(of_request).collect()
    }

    fn one(
        &self,
        request: &SignOffRequest,
        answer: &AnswerOfFile,
    ) -> Result<(ItemId, KeptSignOff), String> {
        let AnswerOfFile { id, sign_off, fault } = answer;
        let known = self.publisher_key.as_bytes();
        let checked = sign_off::check(sign_off, &request.text, known).err().or(*fault);
        let is_of_another = sign_off.subject != request.subject;
        let fault = checked.or(is_of_another.then_some(SignOffFault::AnotherText));
        if let Some(fault) = fault {
            return Err(format!("{DOES_NOT_COUNT}{fault}"));
        }
        let placements = Some(self.record.roles_of(&sign_off.signer));
        let text = request.text.clone();
        let signed = (*id, sign_off.clone(), text);
        let made = (self.exported_at, self.publisher_key);
        let since = self.since.get(&sign_off.request).copied();
        let paper = SignOffPaper { since, ..SignOffPaper::of(signed, placements, made) };
        let kept = kept_in(self.here, (&request.title, &paper), self.most_chars)
            .map_err(|error| format!("it cannot be written: {error}"))?;
        let too_large = "it is too large to be kept; its own file can be checked";
        kept.ok_or_else(|| too_large.to_owned())
    }
}
