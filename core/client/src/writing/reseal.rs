//! Envelopes that wait, sealed once more in the name of another device. The changes in them stay the
//! same ones, so that nothing is doubled where an envelope was stored after all.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DeviceId, DocumentId, EntryHash, Timestamp};
use enhance_protocol::entry;
use enhance_store::{Entry, EntryKind, Origin, Write};

use crate::{
    error::Error,
    state::{
        State,
        facts::Facts,
        open_document::{Chain, change_bytes},
        sealing,
    },
};

/// An envelope in the place of another.
pub(crate) struct Resealed {
    pub(crate) before: EntryHash,
    pub(crate) entry: Entry,
}

/// What waits of the envelopes of device `from`, sealed in the name of `to`, of which there is none
/// yet. What cannot be opened here stays as it is.
pub(crate) fn waiting(state: &State, from: DeviceId, to: DeviceId) -> Result<Vec<Resealed>, Error> {
    let begin = |document| Ok(Chain::new(state.create_of(document)?));
    resealed(state, state.store().waiting_envelopes(from)?, to, begin)
}

/// Puts what waits of other devices' envelopes in these documents on top of what this one sealed.
/// The server has others in their places, of a folder that was put back and sealed anew.
pub(crate) fn overtaken(
    state: &mut State,
    facts: &Facts,
    overtaken: &BTreeSet<(DocumentId, DeviceId)>,
) -> Result<(), Error> {
    for (document, device) in overtaken {
        let Some((row, _)) = state.store().document(*document)? else { continue };
        let mut waiting = state.store().waiting_envelopes(*device)?;
        waiting.retain(|envelope| envelope.document == row.id);
        let begin = |_| state.chain(&row, facts.device);
        let resealed = resealed(state, waiting, facts.device, begin)?;
        let at = state.now();
        state.write(|write| put(write, &resealed, at))?;
        state.forget(row.id);
    }
    Ok(())
}

/// Writes envelopes in the places of others.
pub(crate) fn put(
    write: &mut Write<'_>,
    resealed: &[Resealed],
    at: Timestamp,
) -> Result<(), Error> {
    for one in resealed {
        write.remove_entries(&[one.before])?;
    }
    for one in resealed {
        write.put_entry(&one.entry, Origin::Here { at })?;
    }
    Ok(())
}

/// Envelopes sealed in the name of `to`, in each document from where `begin` says.
fn resealed(
    state: &State,
    envelopes: Vec<Entry>,
    to: DeviceId,
    begin: impl Fn(DocumentId) -> Result<Chain, Error>,
) -> Result<Vec<Resealed>, Error> {
    let mut chains: BTreeMap<DocumentId, Chain> = BTreeMap::new();
    let mut resealed = Vec::new();
    for envelope in envelopes {
        let (document, before, by) = (envelope.document, envelope.hash, envelope.by);
        let Some(key) = state.stored_key(document)? else { continue };
        let change = change_bytes(envelope, Some(&key))?;
        let chain = match chains.get(&document) {
            Some(chain) => *chain,
            None => begin(document)?,
        };
        let link = chain.next(document, to);
        let body = sealing::seal(&key, link, state.environment().randomness.bytes(), &change)?;
        let hash = entry::hash(EntryKind::Envelope, document, &body);
        let deps = chain.deps(link.previous.into_iter().collect());
        let mut chain = chain;
        chain.advance(hash);
        chains.insert(document, chain);
        let (kind, device) = (EntryKind::Envelope, Some(to));
        let entry = Entry { hash, document, kind, body, deps, device, by };
        resealed.push(Resealed { before, entry });
    }
    Ok(resealed)
}
