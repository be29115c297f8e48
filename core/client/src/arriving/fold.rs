//! Plain documents that come as one piece: what this device gets whole.
//!
//! A piece is looked through, opened and compared with what was promised away from the lock, and is
//! then kept as this device's own fold, without a row for each change. A document that is here
//! already may have work in it that the server has not: then the changes of the piece are taken in
//! one by one, as if they had come so.

use enhance_documents::{Document, Piece};
use enhance_model::{ChangeHash, Version};
use enhance_protocol::{EntryKind, Item, Offer, Pulled, PulledFold, SentChange};
use enhance_store::{DocumentRow, DocumentSize, DocumentState, Fold, FoldHead};

use super::{
    page::{self, control, origin},
    slices::Slices,
};
use crate::{
    error::Error,
    state::{
        State, documents::has_content, facts::Facts, lock::StateLock, open_document::snapshot_in,
        projection::DocumentProjection,
    },
};

/// Takes in a document. Doing it twice is doing it once. One that is not what it claims to be
/// changes nothing. Says how much went into the quarantine.
pub(crate) fn take_in(lock: &StateLock, facts: &Facts, fold: &PulledFold) -> Result<u64, Error> {
    let document = fold.document();
    let opened = match Opened::of(facts, fold) {
        Ok(opened) => opened,
        Err(error) => {
            tracing::warn!(%document, %error, "a document that came as one piece is refused");
            return Ok(0);
        }
    };
    match lock.with(|state| keep(state, fold, &opened))? {
        Kept::Whole | Kept::Nothing => Ok(0),
        Kept::OneByOne => {
            let items = opened.one_by_one(fold);
            let page = page::sort(&items, facts);
            let slices = Slices::of(lock, facts, &page)?;
            lock.with(|state| slices.finish(state, |_, _| Ok(())))
        }
    }
}

/// A piece that is what was promised.
struct Opened {
    row: DocumentRow,
    document: Document,
    sent: Vec<SentChange>,
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

impl Opened {
    fn of(facts: &Facts, pulled: &PulledFold) -> Result<Self, Error> {
        let broken = || Error::damaged(format_args!("the piece of {}", pulled.document()));
        let row = page::row_of(&pulled.create).filter(|row| !row.kind.is_sealed());
        let row = row.ok_or_else(broken)?;
        let head = |hash| FoldHead { hash, device: None, counter: 0 };
        let fold = Fold {
            body: pulled.body.to_vec(),
            heads: pulled.heads.iter().copied().map(head).collect(),
            size: DocumentSize { changes: pulled.changes, bytes: pulled.bytes },
            stored: true,
            archived: false,
        };
        let sent = SentChange::unpack(&pulled.sent, pulled.changes)
            .map_err(|error| broken().because(error))?;
        let snapshot = snapshot_in(&fold)?;
        let piece = Piece { snapshot: &snapshot, changes: sent.len() };
        let hash = |hash: &enhance_model::EntryHash| ChangeHash::from_bytes(*hash.as_bytes());
        let version = Version::new(pulled.heads.iter().map(hash).collect());
        let document = Document::open_piece((row.kind, row.owner), piece, &version, facts.device)?;
        let newest = sent.iter().map(|sent| sent.received_at).max().unwrap_or_default();
        let shown = DocumentProjection::new(&row, &document.content()?, version, newest, facts)?;
        Ok(Self { row, document, sent, fold, shown })
    }

    /// Its creation and its changes, as they were stored.
    fn one_by_one(mut self, pulled: &PulledFold) -> Vec<Item> {
        let changes = self.document.changes_not_in(&Version::default());
        let mut entries = vec![pulled.create.clone()];
        entries.extend(self.sent.iter().zip(changes).map(|(sent, change)| {
            let SentChange { sequence, person, device, received_at } = *sent;
            let (kind, document) = (EntryKind::Change, self.row.id);
            let (hash, body) = (change.hash.into(), change.bytes);
            let offer = Offer { kind, document, hash, body };
            Pulled { offer, sequence, person, device, received_at }
        }));
        entries.sort_by_key(|entry| entry.sequence);
        entries.into_iter().map(Item::Entry).collect()
    }
}

/// Keeps a piece of a document of which nothing is here.
fn keep(state: &mut State, pulled: &PulledFold, opened: &Opened) -> Result<Kept, Error> {
    let id = opened.row.id;
    match state.store().document(id)? {
        Some((_, DocumentState::Deleted)) => return Ok(Kept::Nothing),
        Some((row, DocumentState::Active)) if has_content(&row) => return Ok(Kept::OneByOne),
        _ => {}
    }
    state.forget(id);
    state.write(|write| {
        write.put_document(&opened.row)?;
        write.put_entry(&control(&pulled.create, Vec::new()), origin(&pulled.create))?;
        write.put_fold(id, &opened.fold, &[])?;
        opened.shown.write(write)
    })?;
    Ok(Kept::Whole)
}
