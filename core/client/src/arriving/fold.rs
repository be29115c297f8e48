//! Plain documents that come as one piece: what this device gets whole.
//!
//! A piece is looked through and compared with what was promised away from the lock, and is then
//! kept as this device's own fold, without a row for each change. What screens show comes with it,
//! so that it is opened when somebody looks at it, and must then be what it was said to be. A
//! document that is here already may have work in it that the server has not: then the piece is
//! opened at once, and its changes are taken in one by one, as if they had come so.

use enhance_documents::{Content, Document, Piece};
use enhance_model::{ChangeHash, DocumentKind, Version};
use enhance_protocol::{EntryKind, FoldBody, FoldReceipt, Item, Offer, Pulled, PulledFold, Sent};
use enhance_store::{DocumentRow, DocumentSize, DocumentState, Fold, FoldHead, ReceiptRow, Write};

use super::{
    page::{self, control, origin},
    slices::Slices,
};
use crate::{
    error::Error,
    state::{
        State,
        documents::has_content,
        facts::Facts,
        lock::StateLock,
        open_document::{FOLD_BYTES, compressed},
        projection::DocumentProjection,
    },
};

/// Takes in a document. Doing it twice is doing it once. One that is not what it claims to be
/// changes nothing. Says how much went into the quarantine.
pub(crate) fn take_in(lock: &StateLock, facts: &Facts, fold: &PulledFold) -> Result<u64, Error> {
    let document = fold.document();
    let refused = |error: Error| {
        tracing::warn!(%document, %error, "a document that came as one piece is refused");
        Ok(0)
    };
    let whole = match Whole::of(facts, fold) {
        Ok(whole) => whole,
        Err(error) => return refused(error),
    };
    match lock.with(|state| keep(state, fold, &whole))? {
        Kept::Whole | Kept::Nothing => Ok(0),
        Kept::OneByOne => {
            let items = match whole.one_by_one(facts, fold) {
                Ok(items) => items,
                Err(error) => return refused(error),
            };
            let page = page::sort(&items, facts);
            let slices = Slices::of(lock, facts, &page)?;
            lock.with(|state| {
                slices.finish(state, |_, _| Ok(()), |write| put_receipts(write, fold))
            })
        }
    }
}

/// A piece that is what was promised, as far as one sees without opening it.
struct Whole {
    row: DocumentRow,
    snapshot: Vec<u8>,
    version: Version,
    sent: Vec<Sent>,
    fold: Fold,
    shown: DocumentProjection,
}

/// What became of a piece.
enum Kept {
    /// It is this device's fold now.
    Whole,
    /// The document is not to be here.
    Nothing,
    /// The document is here already, so that its changes come one by one.
    OneByOne,
}

impl Whole {
    fn of(facts: &Facts, pulled: &PulledFold) -> Result<Self, Error> {
        let broken = || Error::damaged(format_args!("the piece of {}", pulled.document()));
        let row = page::row_of(&created(pulled)).filter(|row| !row.kind.is_sealed());
        let row = row.ok_or_else(broken)?;
        let FoldBody { content, snapshot } =
            FoldBody::unpack(&pulled.body, FOLD_BYTES).map_err(|error| broken().because(error))?;
        let snapshot = snapshot.into_vec();
        let head = |hash| FoldHead { hash, device: None, counter: 0 };
        let fold = Fold {
            body: compressed(&snapshot)?,
            heads: pulled.heads.iter().copied().map(head).collect(),
            size: DocumentSize { changes: pulled.changes, bytes: pulled.bytes },
            stored: true,
            archived: false,
        };
        let sent =
            Sent::unpack(&pulled.sent, pulled.changes).map_err(|error| broken().because(error))?;
        let piece = Piece { snapshot: &snapshot, changes: sent.len() };
        let hash = |hash: &enhance_model::EntryHash| ChangeHash::from_bytes(*hash.as_bytes());
        let version = Version::new(pulled.heads.iter().map(hash).collect());
        piece.check(&version)?;
        // A newer server may say it in words that this version does not know.
        let content = if let Some(content) = read(row.kind, &content) {
            content
        } else {
            let kind = (row.kind, row.creator);
            Document::open_piece(kind, piece, &version, facts.device)?.content()?
        };
        let newest = sent.iter().map(|sent| sent.received_at).max().unwrap_or_default();
        let shown = DocumentProjection::new(&row, &content, version.clone(), newest, facts)?;
        Ok(Self { row, snapshot, version, sent, fold, shown })
    }

    /// Its creation and its changes, as they were stored.
    fn one_by_one(&self, facts: &Facts, pulled: &PulledFold) -> Result<Vec<Item>, Error> {
        let kind = (self.row.kind, self.row.creator);
        let piece = Piece { snapshot: &self.snapshot, changes: self.sent.len() };
        let mut opened = Document::open_piece(kind, piece, &self.version, facts.device)?;
        let changes = opened.changes_not_in(&Version::default());
        let mut entries = vec![created(pulled)];
        entries.extend(self.sent.iter().zip(changes).map(|(sent, change)| {
            let Sent { sequence, person, device, received_at } = *sent;
            let (kind, document) = (EntryKind::Change, self.row.id);
            let (hash, body) = (change.hash.into(), change.bytes);
            let offer = Offer { kind, document, hash, body };
            Pulled { offer, sequence, person, device, received_at }
        }));
        entries.sort_by_key(|entry| entry.sequence);
        Ok(entries.into_iter().map(Item::Entry).collect())
    }
}

/// The entry that made the document known, as it came.
fn created(pulled: &PulledFold) -> Pulled {
    let Sent { sequence, person, device, received_at } = pulled.created;
    Pulled { offer: pulled.create.clone(), sequence, person, device, received_at }
}

/// What a document of a plain kind says, from its JSON.
fn read(kind: DocumentKind, json: &[u8]) -> Option<Content> {
    match kind {
        DocumentKind::ChangeProject => {
            serde_json::from_slice(json).ok().map(Content::ChangeProject)
        }
        DocumentKind::Comments => serde_json::from_slice(json).ok().map(Content::Comments),
        DocumentKind::SharedReflection => {
            serde_json::from_slice(json).ok().map(Content::SharedReflection)
        }
        DocumentKind::SignOffRequest => {
            serde_json::from_slice(json).ok().map(Content::SignOffRequest)
        }
        DocumentKind::SignOff => serde_json::from_slice(json).ok().map(Content::SignOff),
        DocumentKind::Reflection | DocumentKind::PersonalRecord => None,
    }
}

/// Keeps the receipts that came with a document.
fn put_receipts(write: &mut Write<'_>, pulled: &PulledFold) -> Result<(), Error> {
    let document = pulled.document();
    for FoldReceipt { hash, person, device, mac } in pulled.receipts.iter().copied() {
        let mac = mac.into_array();
        write.put_receipt(&ReceiptRow { document, hash, person, device, mac })?;
    }
    Ok(())
}

/// Keeps a piece of a document of which nothing is here.
fn keep(state: &mut State, pulled: &PulledFold, whole: &Whole) -> Result<Kept, Error> {
    let id = whole.row.id;
    match state.store().document(id)? {
        Some((_, DocumentState::Deleted)) => return Ok(Kept::Nothing),
        Some((row, DocumentState::Active)) if has_content(&row) => return Ok(Kept::OneByOne),
        _ => {}
    }
    state.forget(id);
    let create = created(pulled);
    state.write(|write| {
        write.put_document(&whole.row)?;
        write.put_entry(&control(&create, Vec::new()), origin(&create))?;
        write.put_fold(id, &whole.fold, &[])?;
        put_receipts(write, pulled)?;
        whole.shown.write(write)
    })?;
    Ok(Kept::Whole)
}
