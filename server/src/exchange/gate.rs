//! Plain changes on their way through the admission gate.
//!
//! The gate needs the document in memory and time, so it runs on a blocking thread before the
//! writing thread decides. What it saw may be out of date by then; the writing thread compares the
//! number of changes and has everything looked at again if it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use enhance_documents::{AdmissionRules, Content, Document, Finding, Ruling};
use enhance_model::{DocumentId, Limits, RefusalCode};
use enhance_protocol::{Create, EntryBody, EntryKind, Offer};
use rusqlite::Connection;

use super::{report::Report, rights::may_change};
use crate::{
    state::ServerState,
    storage::{
        StorageError,
        documents::{self, DocumentRow},
        people::Sender,
    },
};

/// A document as it is stored.
struct StoredDocument {
    row: DocumentRow,
    changes: Vec<Vec<u8>>,
}

/// Takes the plain changes among the offers to the gate, document by document. Those that the
/// sender may not make anyway are left out.
pub(super) async fn inspect(
    state: &ServerState,
    sender: Sender,
    offers: &Arc<Vec<Offer>>,
) -> Result<BTreeMap<DocumentId, Report>, StorageError> {
    let plain = offers.iter().filter(|offer| offer.kind == EntryKind::Change);
    let touched: BTreeSet<DocumentId> = plain.map(|offer| offer.document).collect();
    let mut reports = BTreeMap::new();
    for document in touched {
        let known = Arc::clone(offers);
        let stored = state.storage.read(move |db| find(db, sender, document, &known)).await?;
        let Some(stored) = stored else { continue };
        let changes = stored.changes.len() as u64;
        let permit = Arc::clone(&state.gates).acquire_owned().await;
        let (offered, limits) = (Arc::clone(offers), state.config.limits.clone());
        let inspecting = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            admit(&stored, sender, &offered, &limits)
        });
        let findings = inspecting.await.unwrap_or_else(|_| {
            // The gate catches what goes wrong in the engine. If it goes wrong itself, that must
            // not keep the phone from ever sending anything else.
            tracing::error!(%document, "the gate failed");
            refuse_all(offers.len(), RefusalCode::Unloadable)
        });
        let places = places(offers, document).map(|(place, _)| place);
        reports.insert(document, Report { changes, findings: places.zip(findings).collect() });
    }
    Ok(reports)
}

/// The plain changes of a document among the offers, with their places.
fn places(offers: &[Offer], document: DocumentId) -> impl Iterator<Item = (usize, &Offer)> {
    let of_document =
        move |offer: &Offer| offer.kind == EntryKind::Change && offer.document == document;
    offers.iter().enumerate().filter(move |(_, offer)| of_document(offer))
}

/// The document as it is stored, or as an offer of the same request makes it.
fn find(
    db: &Connection,
    sender: Sender,
    id: DocumentId,
    offers: &[Offer],
) -> Result<Option<StoredDocument>, StorageError> {
    let Some(row) = documents::find(db, id)? else {
        return Ok(
            created_here(sender, id, offers).map(|row| StoredDocument { row, changes: Vec::new() })
        );
    };
    if row.deleted || row.kind.is_sealed() || !may_change(db, sender.person, &row)? {
        return Ok(None);
    }
    let changes = documents::changes(db, id)?;
    Ok(Some(StoredDocument { row, changes }))
}

fn created_here(sender: Sender, id: DocumentId, offers: &[Offer]) -> Option<DocumentRow> {
    let offer =
        offers.iter().find(|offer| offer.kind == EntryKind::Create && offer.document == id)?;
    let create = Create::read(&offer.body).ok()?;
    Some(DocumentRow {
        id,
        kind: create.kind,
        owner: sender.person,
        about: create.about,
        creation: offer.hash,
        bytes: 0,
        changes: 0,
        deleted: false,
    })
}

/// What the gate says to each plain change of the document among the offers.
fn admit(
    stored: &StoredDocument,
    sender: Sender,
    offers: &[Offer],
    limits: &Limits,
) -> Vec<Finding> {
    let row = &stored.row;
    let bodies: Vec<&[u8]> =
        places(offers, row.id).map(|(_, offer)| offer.body.as_slice()).collect();
    let rules = AdmissionRules::from_device(sender.device, limits, row.bytes);
    if stored.changes.is_empty() {
        let (document, admission) =
            Document::admit_new(row.kind, row.owner, &bodies, sender.device, &rules);
        return if document.is_none_or(|document| is_about(&document, row)) {
            admission.findings
        } else {
            refuse_all(bodies.len(), RefusalCode::WrongSchema)
        };
    }
    match Document::open(&stored.changes, sender.device) {
        Ok(mut document) => document.admit(&bodies, &rules).findings,
        Err(error) => {
            tracing::error!(document = %row.id, %error, "a stored document cannot be opened");
            refuse_all(bodies.len(), RefusalCode::Unloadable)
        }
    }
}

/// Comments must be about the project that they were made known for: it decides who reads them.
fn is_about(document: &Document, row: &DocumentRow) -> bool {
    match document.content() {
        Ok(Content::Comments(comments)) => Some(comments.about) == row.about,
        Ok(_) => row.about.is_none(),
        Err(_) => false,
    }
}

fn refuse_all(count: usize, code: RefusalCode) -> Vec<Finding> {
    vec![Finding { ruling: Ruling::Rejected(code), change: None }; count]
}
