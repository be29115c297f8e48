//! Envelopes that wait, sealed once more in the name of another device. The changes in them stay the
//! same ones, so that nothing is doubled where an envelope was stored after all.

use std::collections::BTreeMap;

use enhance_model::{DeviceId, DocumentId, EntryHash};
use enhance_protocol::entry;
use enhance_store::{Entry, EntryKind};

use crate::{
    error::Error,
    state::{
        State,
        open_document::{Chain, change_bytes},
        sealing,
    },
};

/// An envelope in the place of another.
pub(crate) struct Resealed {
    pub(crate) before: EntryHash,
    pub(crate) entry: Entry,
}

/// What waits of the envelopes of device `from`, sealed in the name of `to`. What cannot be opened
/// here stays as it is.
pub(crate) fn waiting(state: &State, from: DeviceId, to: DeviceId) -> Result<Vec<Resealed>, Error> {
    let mut chains: BTreeMap<DocumentId, Chain> = BTreeMap::new();
    let mut resealed = Vec::new();
    for envelope in state.store().waiting_envelopes(from)? {
        let (document, before, by) = (envelope.document, envelope.hash, envelope.by);
        let Some(key) = state.stored_key(document)? else { continue };
        let change = change_bytes(envelope, Some(&key))?;
        let chain = match chains.get(&document) {
            Some(chain) => *chain,
            None => Chain::new(state.create_of(document)?),
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
