//! After a damaged file was salvaged: documents of which a page in the middle is gone cannot be
//! opened, or lack words that they had. The server has all that it was ever given, so such a
//! document is set back to before its first change and comes again whole, with the next answers.
//! What it was not given yet goes into the quarantine and is done once more when the rest is there.

use enhance_model::RefusalCode;
use enhance_store::{DocumentRow, DocumentState, Entry, EntryKind, EntryLink, SALVAGED};

use super::{
    judge::arriving_key,
    rescue::{self, Reason},
};
use crate::{
    error::Error,
    state::{State, documents::has_content, facts::Facts, lock::StateLock},
};

/// Documents whose rows are read at once.
const AT_ONCE: u32 = 64;

/// What is written beside the fact of a salvage once only private documents are left to be looked
/// at, whose key nobody typed in yet. Until then no sync opens anything again.
const WAITS_FOR_KEY: &[u8] = b"key";

/// How a document is here.
enum Condition {
    Whole,
    Torn,
    /// A private one whose key nobody typed in yet.
    Sealed,
}

/// Sets back what a salvage left torn, each document by itself. Says how much went into the
/// quarantine. Does nothing if the database was not salvaged since it was done.
pub(crate) fn set_back(lock: &StateLock) -> Result<u64, Error> {
    let Some(stage) = lock.with(|state| Ok(state.store().meta(SALVAGED)?))? else { return Ok(0) };
    let only_sealed = stage == WAITS_FOR_KEY;
    if only_sealed && lock.with(|state| Ok(state.facts()?.account_key.is_none()))? {
        return Ok(0);
    }
    let (mut after, mut quarantined, mut is_done) = (None, 0, true);
    loop {
        let rows = lock.with(|state| Ok(state.store().documents_after(after, AT_ONCE)?))?;
        let Some((last, _)) = rows.last() else { break };
        after = Some(last.id);
        let active = rows.iter().filter(|(_, state)| *state == DocumentState::Active);
        for (row, _) in active.filter(|(row, _)| !only_sealed || row.kind.is_sealed()) {
            match lock.with(|state| look_at(state, row))? {
                (Condition::Sealed, _) => is_done = false,
                (_, kept) => quarantined += kept,
            }
        }
    }
    lock.with(|state| {
        state.write(|write| {
            if is_done {
                return Ok(write.remove_meta(SALVAGED)?);
            }
            Ok(write.set_meta(SALVAGED, WAITS_FOR_KEY)?)
        })
    })?;
    Ok(quarantined)
}

/// Looks at one document, and sets it back if it is torn.
fn look_at(state: &mut State, row: &DocumentRow) -> Result<(Condition, u64), Error> {
    let facts = state.facts()?;
    find_key(state, &facts, row)?;
    let links = state.store().links(row.id)?;
    let condition = condition(state, &facts, row, &links)?;
    state.forget(row.id);
    if !matches!(condition, Condition::Torn) {
        return Ok((condition, 0));
    }
    tracing::warn!(document = %row.id, "a damaged document is fetched whole");
    let unstored = unstored(state, &links)?;
    let reason = Reason {
        code: RefusalCode::Unloadable,
        explanation: "the file on this device was damaged, and this was not stored yet".to_owned(),
    };
    let rescued = if unstored.is_empty() {
        None
    } else {
        Some(rescue::shown_last(state, row, unstored, &reason)?)
    };
    state.write(|write| {
        rescued.iter().try_for_each(|rescued| rescued.write(write))?;
        Ok(write.set_back(row.id)?)
    })?;
    Ok((condition, rescued.map_or(0, |rescued| rescued.count())))
}

/// Finds again the key of a private document whose row was lost: its owner keeps it wrapped in what
/// made the document known.
fn find_key(state: &mut State, facts: &Facts, row: &DocumentRow) -> Result<(), Error> {
    if !row.kind.is_sealed() || state.store().document_key(row.id)?.is_some() {
        return Ok(());
    }
    let Some(key) = arriving_key(state, facts, row, None)? else { return Ok(()) };
    state.write(|write| Ok(write.put_document_key(row.id, key.as_bytes())?))
}

fn condition(
    state: &mut State,
    facts: &Facts,
    row: &DocumentRow,
    links: &[EntryLink],
) -> Result<Condition, Error> {
    if !has_content(row) && links.is_empty() {
        return Ok(Condition::Whole);
    }
    let has_key = !row.kind.is_sealed() || state.store().document_key(row.id)?.is_some();
    if !has_key && facts.account_key.is_none() {
        return Ok(Condition::Sealed);
    }
    let is_folded_there = state.store().fold(row.id)?.is_some_and(|fold| fold.stored);
    let is_at_server = is_folded_there || links.iter().any(|link| link.stored);
    Ok(match state.document(row) {
        // Of what the server never had, all that can be opened is all there is.
        Ok(_) if !is_at_server => Condition::Whole,
        Ok(document) if row.version.heads().iter().all(|head| document.contains(*head)) => {
            Condition::Whole
        }
        Ok(_) | Err(Error::Damaged { .. }) => Condition::Torn,
        Err(error) => return Err(error),
    })
}

/// What the server was not given of a document: its words, and what would make it known.
fn unstored(state: &State, links: &[EntryLink]) -> Result<Vec<Entry>, Error> {
    let is_lost = |link: &&EntryLink| {
        !link.stored && (link.kind.is_content() || link.kind == EntryKind::Create)
    };
    let hashes: Vec<_> = links.iter().filter(is_lost).map(|link| link.hash).collect();
    Ok(state.store().entries(&hashes)?)
}
