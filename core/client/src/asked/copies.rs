//! What others can read of this person's documents: copies that were shared and requests for a
//! sign-off, each with its reader. They outlive the document they are of, unless they are taken
//! back.

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Person, PersonId, Standing, Timestamp,
    personal_record::{EvidenceSource, PersonalRecord},
    reflection::{Reflection, SharedReflection},
    sign_off::SignOffRequest,
};
use enhance_store::{Stage, StoreReader};
use serde::Serialize;

use super::{deletion, reflections, texts};
use crate::{
    error::Error,
    state::{State, documents, rows, screens::Screen},
};

/// A copy of one of this person's documents that somebody can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyView {
    /// The copy, which is a document of its own.
    pub document: DocumentId,
    /// A shared reflection, or a request for a sign-off.
    pub kind: DocumentKind,
    pub title: String,
    /// Who can read it, if this device has heard of them.
    pub reader: Option<Person>,
    /// Whether they still have it, or put it away.
    pub standing: Standing,
    /// Device clock when it was shared.
    pub shared_at: Timestamp,
    /// When they said that they saw it, by their clock.
    pub seen_at: Option<Timestamp>,
    /// Whether the server has it: before that nobody can read it.
    pub stage: Stage,
    /// How many sign-offs answer it, or a request about it: without it they show nothing.
    pub sign_offs: u64,
}

/// What deleting a document does and does not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeletionPreview {
    pub document: DocumentId,
    pub kind: DocumentKind,
    pub title: String,
    /// Who reads the document itself and loses it.
    pub readers: Vec<Person>,
    /// Copies that remain, unless they are taken back.
    pub copies: Vec<CopyView>,
    /// What in the personal record it shows, and will show no more: evidence, completions, debriefs.
    pub evidence: Vec<ItemId>,
}

impl CopyView {
    /// Whether it goes when the copies are taken back: what was signed is evidence, and is deleted
    /// by itself or not at all.
    pub const fn can_be_taken_back(&self) -> bool {
        self.sign_offs == 0
    }
}

/// The copies of a document of this person, the newest first.
pub(crate) fn of(screen: &mut Screen<'_>, id: DocumentId) -> Result<Vec<CopyView>, Error> {
    let facts = screen.facts()?;
    let store = screen.store();
    let row = documents::row(store, id)?;
    if !facts.is_me(row.owner) {
        return Err(Error::not_allowed("only its owner sees the copies of a document"));
    }
    let mut copies = Vec::new();
    let mut subjects = vec![id];
    if row.kind == DocumentKind::Reflection {
        let (_, reflection) = rows::shown::<Reflection>(store, id)?;
        for (document, copy) in &reflection.copies {
            subjects.push(*document);
            copies.extend(shared(store, *document, copy.with)?);
        }
    }
    let mut signed: BTreeMap<DocumentId, u64> = BTreeMap::new();
    for listed in store.list(DocumentKind::SignOffRequest, None, u32::MAX)? {
        let document = listed.summary.document;
        let request = rows::shown_if_any::<SignOffRequest>(store, document)?;
        let Some((summary, request)) = request.filter(|_| facts.is_me(listed.owner)) else {
            continue;
        };
        let subject = request.subject.document.filter(|subject| subjects.contains(subject));
        let Some(subject) = subject else { continue };
        *signed.entry(subject).or_default() += sign_offs(store, document)?;
        if let Some(asked) = request.asked {
            let about = (DocumentKind::SignOffRequest, summary.title, request.at);
            copies.push(view(store, document, asked, about)?);
        }
    }
    for copy in &mut copies {
        copy.sign_offs += signed.get(&copy.document).copied().unwrap_or_default();
    }
    copies.sort_by_key(|copy| std::cmp::Reverse((copy.shared_at, copy.document)));
    Ok(copies)
}

/// The copy of a reflection that a person has already, if it says what the reflection says now, with
/// what was typed. Another one would be the same again.
pub(crate) fn same_with(
    state: &mut State,
    id: DocumentId,
    with: PersonId,
) -> Result<Option<CopyView>, Error> {
    let now = texts::of_reflection(&reflections::view(state, id)?.reflection);
    for copy in of(&mut state.screen(), id)? {
        let is_theirs = copy.reader.as_ref().is_some_and(|reader| reader.id == with)
            && copy.standing != Standing::Left;
        if copy.kind == DocumentKind::SharedReflection
            && is_theirs
            && texts::of(state, copy.document)? == now
        {
            return Ok(Some(copy));
        }
    }
    Ok(None)
}

fn shared(
    store: &StoreReader,
    document: DocumentId,
    with: PersonId,
) -> Result<Option<CopyView>, Error> {
    if documents::active(store, document)?.is_none() {
        return Ok(None);
    }
    let shown = rows::shown_if_any::<SharedReflection>(store, document)?;
    let Some((summary, copy)) = shown else { return Ok(None) };
    let about = (DocumentKind::SharedReflection, summary.title, copy.shared_at);
    view(store, document, with, about).map(Some)
}

/// How many sign-offs answer a request.
fn sign_offs(store: &StoreReader, request: DocumentId) -> Result<u64, Error> {
    let about = store.documents_about(request)?.into_iter();
    Ok(about.filter(|row| row.kind == DocumentKind::SignOff).count() as u64)
}

fn view(
    store: &StoreReader,
    document: DocumentId,
    reader: PersonId,
    (kind, title, shared_at): (DocumentKind, String, Timestamp),
) -> Result<CopyView, Error> {
    let member = store.member(document, reader)?;
    let seen = store.seen(document)?.into_iter().find(|seen| seen.person == reader);
    Ok(CopyView {
        document,
        kind,
        title,
        reader: store.person(reader)?,
        standing: member.map_or(Standing::Left, |member| member.standing),
        shared_at,
        seen_at: seen.map(|seen| seen.at),
        stage: store.status(document)?.stage,
        sign_offs: sign_offs(store, document)?,
    })
}

/// What deleting a document of this person would do.
pub(crate) fn deletion_preview(
    screen: &mut Screen<'_>,
    id: DocumentId,
) -> Result<DeletionPreview, Error> {
    let copies = of(screen, id)?;
    let facts = screen.facts()?;
    let store = screen.store();
    let row = documents::row(store, id)?;
    let title = store.projection(id)?.map(|shown| shown.summary.title).unwrap_or_default();
    let readers = deletion::others(store, &row)?;
    let record = store.documents(DocumentKind::PersonalRecord)?;
    let record = record.into_iter().find(|row| facts.is_me(row.owner));
    let record =
        record.map(|row| rows::shown_if_any::<PersonalRecord>(store, row.id)).transpose()?;
    let evidence = record.flatten().map(|(_, one)| one.shown_by(EvidenceSource::Document(id)));
    let evidence = evidence.unwrap_or_default();
    Ok(DeletionPreview { document: id, kind: row.kind, title, readers, copies, evidence })
}

/// Takes copies of a document back: they are deleted everywhere. Returns those that were; what was
/// signed stays.
pub(crate) fn take_back(state: &mut State, id: DocumentId) -> Result<Vec<DocumentId>, Error> {
    let copies = of(&mut state.screen(), id)?.into_iter();
    let taken: Vec<DocumentId> =
        copies.filter(CopyView::can_be_taken_back).map(|copy| copy.document).collect();
    taken.iter().try_for_each(|copy| deletion::delete(state, *copy))?;
    Ok(taken)
}

/// Deletes a document and takes its copies back. Returns the copies that remain.
pub(crate) fn delete_with_copies(
    state: &mut State,
    id: DocumentId,
) -> Result<Vec<CopyView>, Error> {
    deletion::check(state, id)?;
    take_back(state, id)?;
    let left = of(&mut state.screen(), id)?;
    deletion::delete_after_copies(state, id)?;
    Ok(left)
}
