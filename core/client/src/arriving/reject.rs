//! What the server refuses for good: taken out of the way and kept, so that it blocks nothing that
//! comes after it and is not lost.

use std::collections::BTreeSet;

use enhance_model::{ChangeHash, DocumentId, EntryHash, PersonId, RefusalCode, Round};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::{DocumentRow, DocumentState, Entry, EntryKind, Store};

use super::{
    copies, kept,
    rescue::{self, Reason, Rescue, UnstoredChange},
};
use crate::{
    error::Error,
    state::{State, facts::Facts, projection::DocumentProjection},
    writing::{
        entries::{self, own_unstored},
        fold, rights,
    },
};

/// Whether a refusal is one that time may heal: the entry keeps waiting.
pub(crate) const fn may_pass(code: RefusalCode) -> bool {
    matches!(
        code,
        RefusalCode::QuotaExceeded
            | RefusalCode::RateLimited
            | RefusalCode::Unavailable
            | RefusalCode::ServerFull
            | RefusalCode::DamagedOnServer
    )
}

/// Takes a refused entry out, with everything that was built on it. Says how many went.
pub(crate) fn reject(
    state: &mut State,
    facts: &Facts,
    hash: EntryHash,
    code: RefusalCode,
    message: &str,
) -> Result<u64, Error> {
    let Some(entry) = state.store().entry(hash)? else { return Ok(0) };
    let Some((row, document_state)) = state.store().document(entry.document)? else { return Ok(0) };
    tracing::warn!(document = %row.id, %hash, kind = %entry.kind, %code, "the server refused");
    let reason = Reason { code, explanation: message.to_owned() };
    match entry.kind {
        EntryKind::Change | EntryKind::Envelope if document_state == DocumentState::Active => {
            content(state, facts, &row, entry, &reason)
        }
        EntryKind::Create if document_state == DocumentState::Active => whole(state, &row, &reason),
        EntryKind::Grant | EntryKind::Revoke if document_state == DocumentState::Active => {
            right(state, &row, entry, &reason)
        }
        EntryKind::Grant => acceptance(state, &row, entry, &reason),
        EntryKind::Delete => delete(state, &row, entry, &reason),
        _ => state.write(|write| Ok(write.remove_entries(&[hash])?)).map(|()| 0),
    }
}

/// A change goes with all that depend on it. An envelope also goes with this device's later ones of
/// the document: each names the one before it.
fn content(
    state: &mut State,
    facts: &Facts,
    row: &DocumentRow,
    entry: Entry,
    reason: &Reason,
) -> Result<u64, Error> {
    let refused = entry.hash;
    let later: BTreeSet<EntryHash> = own_unstored(state.store(), row.id, facts)?
        .into_iter()
        .skip_while(|hash| *hash != refused)
        .filter(|_| entry.kind == EntryKind::Envelope)
        .collect();
    let all: Vec<EntryHash> = state.store().links(row.id)?.iter().map(|link| link.hash).collect();
    let entries = state.store().entries(&all)?;
    let carried = rescue::carried(state, row, entries)?;
    let is_rejected = |hash: EntryHash| hash == refused || later.contains(&hash);
    let rejected: Vec<ChangeHash> =
        carried.iter().filter(|one| is_rejected(one.entry.hash)).map(|one| one.hash).collect();
    if rejected.is_empty() {
        // It cannot even be opened here; then nothing of it is in the document.
        let rescued = rescue::note(state, row, entry, reason)?;
        return keep(state, &rescued);
    }
    let noted = copies::noted_in(state.document(row)?.content().ok().as_ref());
    let Ok((mut remaining, removed)) = state.document(row)?.without(&rejected) else {
        return whole(state, row, reason);
    };
    let content = remaining.content()?;
    let noted = &noted - &copies::noted_in(Some(&content));
    let removed: BTreeSet<ChangeHash> = removed.into_iter().collect();
    let mut going: Vec<UnstoredChange> =
        carried.into_iter().filter(|one| removed.contains(&one.hash)).collect();
    going.extend(folded_among(state, row, &removed, &going, facts)?);
    // What was folded and is offered again is in the fold as well.
    let fold = fold::without(state, row, &removed)?;
    let files = kept::files(state, row, Some(&content))?;
    let rescued = rescue::rescue(state, row, going, (Vec::new(), &files), reason)?;
    let version = remaining.version();
    let shown = DocumentProjection::new(row, &content, version, state.now(), facts)?;
    state.write(|write| {
        fold.iter().try_for_each(|fold| write.put_fold(row.id, fold, &[]))?;
        rescued.write(write)?;
        copies::note(write, row.id, &noted)?;
        shown.write(write)
    })?;
    state.forget(row.id);
    Ok(rescued.count())
}

/// Those of the removed changes that only the fold has: after a restore of the server, work that it
/// once had can be refused, and all that was built on it goes with it.
fn folded_among(
    state: &mut State,
    row: &DocumentRow,
    removed: &BTreeSet<ChangeHash>,
    going: &[UnstoredChange],
    facts: &Facts,
) -> Result<Vec<UnstoredChange>, Error> {
    let create = state.create_of(row.id)?;
    let document = state.document(row)?;
    let by = (facts.device, facts.person.id);
    let only_folded = removed.iter().filter(|hash| going.iter().all(|one| one.hash != **hash));
    let folded = only_folded.filter_map(|hash| document.change(*hash)).map(|change| {
        let (hash, bytes) = (change.hash, change.bytes.clone());
        let entry = entries::of_known_change(row.id, change, create, by);
        UnstoredChange { entry, hash, bytes }
    });
    Ok(folded.collect())
}

/// The server will never know the document, so nothing in it can be sent.
fn whole(state: &mut State, row: &DocumentRow, reason: &Reason) -> Result<u64, Error> {
    let rescued = rescue::own_words(state, row.id, None, reason)?;
    state.write(|write| {
        write.purge_document(row.id)?;
        rescued.iter().try_for_each(|words| words.write(write))
    })?;
    state.forget(row.id);
    Ok(rescued.as_ref().map_or(0, Rescue::count))
}

/// A right that was given or taken here is again what it was before.
fn right(
    state: &mut State,
    row: &DocumentRow,
    entry: Entry,
    reason: &Reason,
) -> Result<u64, Error> {
    if rights::claim(&entry).is_some() {
        let rescued = rescue::note(state, row, entry, reason)?;
        state.write(|write| {
            rescued.write(write)?;
            rights::follow_claims(write, row.id)
        })?;
        return Ok(rescued.count());
    }
    let Some((person, _)) = rights::place(&entry) else {
        return state.write(|write| Ok(write.remove_entries(&[entry.hash])?)).map(|()| 0);
    };
    let before = last_before(state.store(), row.id, person, entry.hash)?;
    let rescued = rescue::note(state, row, entry, reason)?;
    state.write(|write| {
        rescued.write(write)?;
        let round = before.as_ref().and_then(|(entry, _)| rights::place(entry));
        write.set_round(row.id, person, round.map(|(_, round)| round))?;
        let Some((entry, confirmed)) = before else {
            return Ok(write.remove_grant(row.id, person)?);
        };
        let by = entry.by.unwrap_or(row.owner);
        match Grant::read(&entry.body).ok().filter(|_| entry.kind == EntryKind::Grant) {
            Some(grant) => rights::give(write, row.id, (&grant, by), confirmed),
            None if by == person => rights::is_gone(write, row.id, person),
            None => Ok(write.remove_grant(row.id, person)?),
        }
    })?;
    Ok(rescued.count())
}

/// What this person accepted is not open to them any more.
fn acceptance(
    state: &mut State,
    row: &DocumentRow,
    entry: Entry,
    reason: &Reason,
) -> Result<u64, Error> {
    let mut rescued = rescue::note(state, row, entry, reason)?;
    if let Some(invitation) = state.store().invitation(row.id)? {
        rescued.call(invitation.title);
    }
    state.write(|write| {
        write.remove_invitation(row.id)?;
        rescued.write(write)
    })?;
    Ok(rescued.count())
}

/// A document that the server never had needs no deletion there. One that it has and may not delete
/// was not deleted.
fn delete(
    state: &mut State,
    row: &DocumentRow,
    entry: Entry,
    reason: &Reason,
) -> Result<u64, Error> {
    let gone = matches!(reason.code, RefusalCode::UnknownDocument | RefusalCode::DocumentDeleted);
    if gone {
        return state.write(|write| Ok(write.confirm_stored(&[entry.hash])?)).map(|()| 0);
    }
    let rescued = rescue::note(state, row, entry, reason)?;
    // It is somebody else's by now, who has it, and this person may read it on all their devices.
    state.write(|write| {
        rescued.write(write)?;
        Ok(write.take_back_deletion(row.id)?)
    })?;
    Ok(rescued.count())
}

fn keep(state: &mut State, rescued: &Rescue) -> Result<u64, Error> {
    state.write(|write| rescued.write(write))?;
    Ok(rescued.count())
}

/// What counts of all other grants and revocations for a person that are here, and
/// whether the server has it.
fn last_before(
    store: &Store,
    document: DocumentId,
    person: PersonId,
    but_for: EntryHash,
) -> Result<Option<(Entry, bool)>, Error> {
    let mut last: Option<(Round, Entry, bool)> = None;
    for link in store.links(document)?.into_iter().filter(|link| link.hash != but_for) {
        let Some(entry) = store.entry(link.hash)? else { continue };
        let Some((_, round)) = rights::place(&entry).filter(|(of, _)| *of == person) else {
            continue;
        };
        if !rights::gives(store, &entry)? {
            continue;
        }
        if last.as_ref().is_none_or(|(before, ..)| round >= *before) {
            last = Some((round, entry, link.stored));
        }
    }
    Ok(last.map(|(_, entry, stored)| (entry, stored)))
}
