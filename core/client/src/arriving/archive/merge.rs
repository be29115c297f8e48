//! A document of an archive that is here already: what the archive holds more of it is added.

use std::collections::BTreeMap;

use enhance_documents::Document;
use enhance_model::DeviceId;
use enhance_protocol::EnvelopeHeader;
use enhance_store::{DocumentRow, DocumentSize, Entry, Fold, FoldHead, Tail};

use crate::{
    error::Error,
    state::{
        State,
        archive::ArchivedDocument,
        facts::Facts,
        open_document::{compressed, parts},
        projection::DocumentProjection,
    },
};

/// Adds what an archive holds of a document beyond what is here.
pub(super) fn merge(
    state: &mut State,
    facts: &Facts,
    row: &DocumentRow,
    heads: &[FoldHead],
    archived: &ArchivedDocument,
) -> Result<(), Error> {
    if !row.kind.is_sealed() || !facts.is_me(row.owner) {
        tracing::warn!(document = %row.id, "an archive holds a document that is not private");
        return Ok(());
    }
    let key = state.document_key(row.id)?;
    let tail = state.store().tail(row.id)?;
    let here = chain_ends(&tail);
    let is_here = |head: &FoldHead| {
        head.device.is_some_and(|device| here.get(&device) >= Some(&head.counter))
    };
    if heads.iter().all(is_here) {
        return state.write(|write| Ok(write.mark_archived(row.id, heads)?));
    }
    let mut whole = parts(tail.clone(), Some(&key))?;
    let folded = usize::from(tail.fold.is_some());
    let unfolded = whole.split_off(folded);
    whole.push(archived.snapshot.to_vec());
    let mut folded = match Document::open(&whole, facts.device) {
        Ok(folded) => folded,
        Err(error) => {
            tracing::warn!(document = %row.id, %error, "an archived document does not open");
            return Ok(());
        }
    };
    let body = compressed(&folded.uncompressed_snapshot()?)?;
    whole.extend(unfolded);
    let mut document = Document::open(&whole, facts.device)?;
    let fold = Fold { body, ..joined(&tail, heads, archived) };
    let holding: Vec<_> =
        tail.entries.iter().filter(|entry| is_held(entry, heads)).map(|entry| entry.hash).collect();
    let (version, content) = (document.version(), document.content()?);
    let before = state.store().projection(row.id)?.map(|shown| shown.summary.updated_at);
    let at = before.map_or(archived.updated_at, |before| before.max(archived.updated_at));
    let shown = DocumentProjection::new(row, &content, version, at, facts)?;
    state.forget(row.id);
    state.write(|write| {
        write.confirm_stored(&holding)?;
        write.put_fold(row.id, &fold, &holding)?;
        shown.write(write)
    })
}

/// Whether an entry is in what an archive holds up to these heads.
pub(super) fn is_held(entry: &Entry, heads: &[FoldHead]) -> bool {
    EnvelopeHeader::split(&entry.body).is_ok_and(|(header, _)| {
        let end = heads.iter().find(|head| head.device == Some(header.device));
        end.is_some_and(|end| header.counter <= end.counter)
    })
}

/// How far each device's chain is here.
fn chain_ends(tail: &Tail) -> BTreeMap<DeviceId, u64> {
    let mut ends = BTreeMap::new();
    for head in tail.fold.iter().flat_map(|fold| &fold.heads) {
        ends.extend(head.device.map(|device| (device, head.counter)));
    }
    for entry in &tail.entries {
        if let Ok((header, _)) = EnvelopeHeader::split(&entry.body) {
            let end = ends.entry(header.device).or_insert(header.counter);
            *end = header.counter.max(*end);
        }
    }
    ends
}

/// What a fold holds once an archived document is added to it.
fn joined(tail: &Tail, heads: &[FoldHead], archived: &ArchivedDocument) -> Fold {
    let mut ends: BTreeMap<Option<DeviceId>, FoldHead> = BTreeMap::new();
    let before = tail.fold.iter().flat_map(|fold| &fold.heads);
    for head in before.chain(heads) {
        let end = ends.entry(head.device).or_insert(*head);
        if head.counter > end.counter {
            *end = *head;
        }
    }
    let size = tail.fold.as_ref().map(|fold| fold.size).unwrap_or_default();
    let size = DocumentSize {
        changes: size.changes.max(archived.changes),
        bytes: size.bytes.max(archived.bytes),
    };
    let is_held = |head: &FoldHead| {
        heads.iter().any(|end| end.device == head.device && end.counter >= head.counter)
    };
    let stored = tail.fold.as_ref().is_none_or(|b| b.stored || b.heads.iter().all(is_held));
    let heads = ends.into_values().collect();
    Fold { body: Vec::new(), heads, size, stored, archived: false }
}
