//! Doing refused work once more, as a fresh change of what the document says now.

use enhance_documents::{Document, DocumentError, gate, operations_within};
use enhance_model::{DocumentKind, Noun, RefusalCode, Right, Version};
use enhance_protocol::{Create, EntryBody};
use enhance_store::{DocumentRow, DocumentState, Entry, Origin, Quarantine};

use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State, documents::has_content, open_document::change_bytes, projection::DocumentProjection,
    },
    writing::{edits, entries::own, target::Target},
};

/// Why refused work cannot be done once more.
const GONE: &str = "what this was written on is gone; it can still be read and exported";

/// Why a document that is here is not begun once more.
const BEGUN: &str = "it is here already, begun on another device; read this, and write in it what is \
                     missing there";

/// How refused work can be done once more.
enum Way {
    /// By these changes of a document that is here.
    Edit(Target, Vec<Vec<u8>>),
    /// By making a document of comments known again, with what was refused.
    Anew(DocumentRow),
}

/// How this can be done once more, or why it cannot.
fn way(state: &mut State, refused: &Quarantine, entries: &[Entry]) -> Result<Way, Error> {
    if refused.resolved_at.is_some() {
        return Err(Error::not_allowed("this has been dealt with already"));
    }
    let document = refused.about.document;
    if refused.about.kind == DocumentKind::Comments {
        let found = state.store().document(document)?;
        let (row, standing) = found.ok_or_else(|| Error::not_found(Noun::Document, document))?;
        let about = row.about.ok_or_else(|| Error::damaged("refused work"))?;
        Target::of(state, about)?.require(state, Right::Comment, "doing this once more")?;
        if standing == DocumentState::Revoked {
            return Ok(Way::Anew(row));
        }
    }
    let target = Target::of(state, document)?;
    target.require(state, Right::Edit, "doing this once more")?;
    let row = &target.row;
    let key = if row.kind.is_sealed() { Some(state.document_key(row.id)?) } else { None };
    let changes = changes(entries.to_vec(), key.as_ref())?;
    if has_content(row) && changes.iter().any(|change| begins(change)) {
        return Err(Error::not_allowed(BEGUN));
    }
    Ok(Way::Edit(target, changes))
}

/// Whether refused work can be done once more as things stand.
pub(crate) fn can_be_done(state: &mut State, id: i64) -> Result<bool, Error> {
    let Some((refused, entries)) = state.store().quarantine(id)? else { return Ok(false) };
    match way(state, &refused, &entries) {
        Ok(Way::Edit(target, changes)) => {
            let document = state.document(&target.row);
            Ok(document.is_ok_and(|document| document.readable(&changes).is_ok()))
        }
        Ok(Way::Anew(_)) => Ok(opened(state, &entries).is_ok()),
        Err(Error::StorageFull) => Err(Error::StorageFull),
        Err(_) => Ok(false),
    }
}

/// Does refused work once more.
pub(crate) fn replay(state: &mut State, id: i64) -> Result<Version, Error> {
    let found = state.store().quarantine(id)?;
    let (refused, entries) = found.ok_or_else(|| Error::not_found(Noun::Quarantined, id))?;
    let (target, changes) = match way(state, &refused, &entries)? {
        Way::Edit(target, changes) => (target, changes),
        Way::Anew(row) => return begin_again(state, id, &row, &entries),
    };
    let now = state.now();
    let most = operations_within(target.facts.limits().change_bytes);
    let document = state.document(&target.row)?;
    let replayed = document.replay(&changes, (now, most)).map_err(|error| match error {
        DocumentError::MissingDependencies { .. } => Error::not_allowed(GONE),
        other => other.into(),
    })?;
    if replayed.is_empty() {
        let version = document.version();
        state.write(|write| Ok(write.resolve_quarantine(id, now)?))?;
        return Ok(version);
    }
    let pending = edits::prepare(state, &target, replayed, (now, None))?;
    state.write(|write| {
        pending.write(write)?;
        Ok(write.resolve_quarantine(id, now)?)
    })?;
    Ok(pending.version().clone())
}

/// Makes a document of comments known again that left this device with the right to comment, and
/// that the server never had: as it was, so that nothing of it is said twice.
fn begin_again(
    state: &mut State,
    id: i64,
    row: &DocumentRow,
    entries: &[Entry],
) -> Result<Version, Error> {
    let (facts, now) = (state.facts()?, state.now());
    let mut document = opened(state, entries)?;
    if (document.kind(), document.owner()) != (row.kind, row.creator) {
        return Err(Error::not_allowed(GONE));
    }
    let DocumentRow { kind, about, created_at, .. } = *row;
    let create = Create { kind, about, created_at, wrapped_key: None }.offer(row.id);
    let create = own(create, Vec::new(), &facts)?;
    let version = document.version();
    let shown = DocumentProjection::new(row, &document.content()?, version.clone(), now, &facts)?;
    let origin = Origin::Here { at: now };
    state.write(|write| {
        write.put_document(row)?;
        write.put_entry(&create, origin)?;
        for entry in entries.iter().filter(|entry| entry.kind.is_content()) {
            write.put_entry(entry, origin)?;
        }
        shown.write(write)?;
        Ok(write.resolve_quarantine(id, now)?)
    })?;
    state.forget(row.id);
    Ok(version)
}

/// Does once more, on all that arrived, what was refused for nothing but that too much stood side
/// by side, where the new change joins it, that it was written before this became another device, or
/// that its document was damaged here. Says how much that was.
pub(crate) fn join_heads(state: &mut State) -> Result<u64, Error> {
    let mut joined = 0;
    let refused = state.store().quarantines(true)?;
    let codes = [
        RefusalCode::TooManyHeads,
        RefusalCode::WrongAuthor,
        RefusalCode::ForeignActor,
        RefusalCode::Unloadable,
    ];
    let is_ours = |code: &str| codes.iter().any(|ours| ours.as_str() == code);
    for quarantine in refused.into_iter().rev().filter(|one| is_ours(&one.about.code)) {
        match replay(state, quarantine.id) {
            Ok(_) => joined += 1,
            Err(error @ Error::StorageFull) => return Err(error),
            // It stays where the person can read it and decide.
            Err(error) => {
                let id = quarantine.id;
                tracing::warn!(id, %error, "refused work could not be done once more");
            }
        }
    }
    Ok(joined)
}

/// Whether a change creates its document.
fn begins(change: &[u8]) -> bool {
    gate::scan(change, gate::MAX_CHANGE_BYTES).is_ok_and(|change| change.deps.is_empty())
}

/// The document that refused changes are all of.
fn opened(state: &mut State, entries: &[Entry]) -> Result<Document, Error> {
    let document = Document::open(&changes(entries.to_vec(), None)?, state.facts()?.device);
    document.map_err(|_| Error::not_allowed(GONE))
}

fn changes(entries: Vec<Entry>, key: Option<&DocumentKey>) -> Result<Vec<Vec<u8>>, Error> {
    let content = entries.into_iter().filter(|entry| entry.kind.is_content());
    let changes: Vec<Vec<u8>> =
        content.map(|entry| change_bytes(entry, key)).collect::<Result<_, _>>()?;
    if changes.is_empty() {
        return Err(Error::not_allowed("there is no text in this that could be written again"));
    }
    Ok(changes)
}
