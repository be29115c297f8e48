//! Looking through a document on the device before it is shared.
//!
//! Writing is never checked and never in the way: what may tell who somebody is concerns nobody
//! before another person reads it. Then a probable identifier is asked about once, of the text as
//! it stands; after an edit it is asked again.

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Sha256, Tag,
    change_project::Section,
    identifiers::{Finding, FindingKind, Scan, Writer, scan_all, scan_patient},
    personal_record::PersonalRecord,
    record::Record as _,
};
use serde::Serialize;
use sha2::Digest as _;

use super::{members, record};
use crate::{error::Error, state::State};

/// What was found in a document that may tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharingCheck {
    /// What was looked through; none for what is in the personal record.
    pub document: Option<DocumentId>,
    /// In the order of the document; a combination comes last.
    pub findings: Vec<PlacedFinding>,
    /// How many more there are, of which only the number is told.
    pub more: usize,
    /// How many of all are probable identifiers, of each kind. Sharing asks about these.
    pub probable: BTreeMap<FindingKind, usize>,
    /// Handed in with the next sharing, this says that the person has seen what was found. It holds
    /// for these texts and these findings alone.
    pub acknowledgement: Sha256,
}

/// Something that was found, and in which text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedFinding {
    pub place: TextPlace,
    pub finding: Finding,
}

/// A text of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "in", content = "of", rename_all = "snake_case")]
pub enum TextPlace {
    Title,
    /// An answer to the prompt with this key.
    Answer(String),
    /// What the document is about.
    Tagged(Tag),
    /// Where a project is done.
    Setting,
    Section(Section),
    AimSentence,
    /// What is to be signed of the personal record.
    Signed,
    /// What is said to who is asked.
    Message,
    /// The name of a file, which is this.
    FileName(String),
    /// A text of a thing in a project.
    Item {
        what: Noun,
        id: ItemId,
    },
}

/// The texts of a document that its readers would see.
pub(crate) type Texts = Vec<(TextPlace, String)>;

impl SharingCheck {
    /// Looks through texts, whoever is going to read them.
    pub(crate) fn of(
        document: Option<DocumentId>,
        texts: &[(TextPlace, String)],
        writer: &Writer,
    ) -> Self {
        Self::with_files(document, texts, &[], writer)
    }

    /// The same with files that go along. Nobody looks through a picture, so that a person is asked
    /// about each of them.
    pub(crate) fn with_files(
        document: Option<DocumentId>,
        texts: &[(TextPlace, String)],
        files: &[ItemId],
        writer: &Writer,
    ) -> Self {
        let scan = scan_all(texts.iter().map(|(_, text)| text.as_str()), writer);
        Self::found(document, (texts, files), scan)
    }

    /// Looks through the way of a patient, in which no name, date or age has a place.
    fn of_patient(texts: &[(TextPlace, String)], writer: &Writer) -> Self {
        let scan = scan_patient(texts.iter().map(|(_, text)| text.as_str()), writer);
        Self::found(None, (texts, &[]), scan)
    }

    fn found(
        document: Option<DocumentId>,
        (texts, files): (&[(TextPlace, String)], &[ItemId]),
        mut scan: Scan,
    ) -> Self {
        if !files.is_empty() {
            scan.probable.insert(FindingKind::UnseenFile, files.len());
        }
        let acknowledgement = acknowledgement(texts, files, &scan);
        let Scan { findings, more, probable } = scan;
        let place = |finding: Finding| {
            let (place, _) = texts.get(finding.part)?;
            Some(PlacedFinding { place: place.clone(), finding })
        };
        let findings = findings.into_iter().filter_map(place).collect();
        Self { document, findings, more, probable, acknowledgement }
    }

    /// Whether there is nothing to ask about, or it was answered.
    pub(crate) fn is_settled(&self, acknowledged: Option<Sha256>) -> Result<(), Error> {
        if self.probable.is_empty() || acknowledged == Some(self.acknowledgement) {
            return Ok(());
        }
        Err(Error::Unacknowledged { probable: self.probable.clone() })
    }
}

/// Lets texts leave for another reader, or refuses to until what may tell who somebody is was
/// acknowledged. Whatever leaves goes through here:
///
/// - a copy of a reflection (`sharing::share`),
/// - what is to be signed, with what is said to who is asked (`sign_offs::ask::request`),
/// - the page of a project (`paper::page_to_share`),
/// - a project, to somebody who begins to read it (`inviting::add`),
/// - the words of a nudge (`nudges::nudge`),
/// - a comment, an answer or a suggestion (`comments::said::edit`), and the statement of a sign-off
///   (`sign_offs::sign`), which go through [`let_say`],
/// - what a ticket shows, with what is said to its holder (`tickets::make`).
///
/// Those who were let in read on as it is written. The page for an annual review is there to name
/// those concerned, and does not go through here.
pub(crate) fn let_leave(
    state: &mut State,
    document: Option<DocumentId>,
    texts: &[(TextPlace, String)],
    acknowledged: Option<Sha256>,
) -> Result<(), Error> {
    let_leave_with_files(state, document, (texts, &[]), acknowledged)
}

/// What was found in words that somebody is about to say about a document: nothing of a project that
/// nobody else reads. What was said there is looked through when somebody is let in, with the rest.
pub(crate) fn said(
    state: &mut State,
    about: DocumentId,
    words: &[&str],
) -> Result<SharingCheck, Error> {
    let writer = writer(state)?;
    let words = words.iter().map(|words| (TextPlace::Message, words.trim().to_owned()));
    let row = state.row(about)?;
    let is_said = row.kind != DocumentKind::ChangeProject || members::others_read(state, &row)?;
    let texts = if is_said { words.collect() } else { Texts::new() };
    Ok(SharingCheck::of(Some(about), &texts, &writer))
}

/// What was found in the name of a file.
pub(crate) fn in_name(state: &mut State, name: &str) -> Result<Vec<PlacedFinding>, Error> {
    let texts = [(TextPlace::FileName(name.to_owned()), name.to_owned())];
    Ok(SharingCheck::of(None, &texts, &writer(state)?).findings)
}

/// Lets words be said that others read at once and that cannot be unsaid, or refuses to until what
/// was found in these same words is acknowledged.
pub(crate) fn let_say(state: &mut State, about: DocumentId, words: &[&str]) -> Result<(), Error> {
    let acknowledged = state.acknowledged();
    said(state, about, words)?.is_settled(acknowledged)
}

/// The same with files that go along.
pub(crate) fn let_leave_with_files(
    state: &mut State,
    document: Option<DocumentId>,
    (texts, files): (&[(TextPlace, String)], &[ItemId]),
    acknowledged: Option<Sha256>,
) -> Result<(), Error> {
    let writer = writer(state)?;
    SharingCheck::with_files(document, texts, files, &writer).is_settled(acknowledged)
}

/// Where this person works or has worked, by their own record, and what day it is.
pub(crate) fn writer(state: &mut State) -> Result<Writer, Error> {
    let placements = record::read(state)?.placements.into_values();
    let own_places = placements.map(|placement| placement.organisation).collect();
    Ok(Writer { own_places, today: state.now().date() })
}

/// Looks through the journeys of patients in the record: through one of them with its steps, one
/// step, or all there are.
pub(crate) fn journeys(state: &mut State, only: Option<ItemId>) -> Result<SharingCheck, Error> {
    let record = record::read(state)?;
    let writer = writer(state)?;
    Ok(SharingCheck::of_patient(&of_journeys(&record, only), &writer))
}

fn of_journeys(record: &PersonalRecord, only: Option<ItemId>) -> Texts {
    let is_meant = |id: ItemId, journey: ItemId| only.is_none_or(|it| it == id || it == journey);
    let journeys = record.journeys.iter().filter(|(id, _)| is_meant(**id, **id));
    let journeys = journeys.map(|(id, one)| (Noun::PatientJourney, *id, one.texts()));
    let steps = record.steps.iter().filter(|(id, step)| is_meant(**id, step.journey));
    let steps = steps.map(|(id, one)| (Noun::JourneyStep, *id, one.texts()));
    let all = journeys.chain(steps);
    all.map(|(what, id, texts)| (TextPlace::Item { what, id }, texts.join("\n"))).collect()
}

/// One number for the texts and for what in them has to be acknowledged.
fn acknowledgement(texts: &[(TextPlace, String)], files: &[ItemId], scan: &Scan) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(bytes);
    };
    for (_, text) in texts {
        add(text.as_bytes());
    }
    for file in files {
        add(file.as_bytes());
    }
    for (kind, count) in &scan.probable {
        add(kind.as_str().as_bytes());
        add(count.to_string().as_bytes());
    }
    let digest: [u8; 32] = hasher.finalize().into();
    Sha256::from_bytes(digest)
}
