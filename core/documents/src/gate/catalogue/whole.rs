//! A catalogue as bytes, to be kept beside a document that is one piece.
//!
//! It is the journal of all changes without their hashes, which are most of a journal and are in
//! the piece: full ones stay of the heads and of the newest changes, on which nearly every new
//! change depends. Whoever depends on an older one has the piece opened, and its hashes told to the
//! catalogue ([`Catalogue::learn`]); nothing is ever recognised by a part of its hash.
//!
//! Written uncompressed: one keystroke says the same as the one before it, so that zstd makes
//! nearly nothing of it.

use std::collections::BTreeSet;

use enhance_model::{ChangeHash, DocumentKind, PersonId, RefusalCode};

use super::{
    Catalogue, Journal,
    judge::{number, refuse_unless},
};
use crate::{
    gate::{
        bytes::{Bytes, write_unsigned},
        prescan::ActorBytes,
    },
    schema::Identity,
};

/// What the bytes begin with.
const VERSION: u8 = 1;
/// How many of the newest changes keep their hashes.
const RECENT: usize = 64;

impl Catalogue {
    /// The catalogue as bytes of a document that consists of these changes, each after those it
    /// depends on, as they were admitted.
    pub fn bytes_of(
        (kind, owner): (DocumentKind, PersonId),
        changes: &[impl AsRef<[u8]>],
    ) -> Result<Vec<u8>, RefusalCode> {
        let mut catalogue = Self::kept(Identity { kind, owner });
        for bytes in changes {
            catalogue.take(bytes.as_ref())?;
        }
        catalogue.to_bytes().ok_or(RefusalCode::Malformed)
    }

    /// A catalogue without changes that can be written as bytes at any time.
    pub(crate) fn kept(identity: Identity) -> Self {
        Self::new(Some(identity)).journaling_without_hashes()
    }

    /// It as bytes, if it is one that is kept.
    pub(crate) fn to_bytes(&self) -> Option<Vec<u8>> {
        let is_of_all = |journal: &&Journal| journal.first + journal.changes == self.changes();
        let journal = self.journal.as_ref().filter(|_| self.leaves_out_hashes);
        let steps = &journal.filter(is_of_all)?.bytes;
        let mut out = vec![VERSION];
        write_unsigned(self.changes() as u64, &mut out);
        write_unsigned(steps.len() as u64, &mut out);
        out.extend_from_slice(steps);
        let known = self.known_by_hash();
        write_unsigned(known.len() as u64, &mut out);
        for (place, hash) in known {
            write_unsigned(u64::from(place), &mut out);
            out.extend_from_slice(hash.as_bytes());
        }
        Some(out)
    }

    /// The catalogue in these bytes, to be kept on.
    pub(crate) fn kept_in(identity: Identity, bytes: &[u8]) -> Result<Self, RefusalCode> {
        let (catalogue, steps) = Self::read(identity, bytes)?;
        let journal = Journal { first: 0, changes: catalogue.changes(), bytes: steps.to_vec() };
        Ok(Self { journal: Some(journal), leaves_out_hashes: true, ..catalogue })
    }

    /// The catalogue in these bytes, which must be of a document of this kind and owner.
    pub fn from_bytes(
        (kind, owner): (DocumentKind, PersonId),
        bytes: &[u8],
    ) -> Result<Self, RefusalCode> {
        Ok(Self::read(Identity { kind, owner }, bytes)?.0)
    }

    /// The catalogue in these bytes, and the journal it was made of.
    fn read(identity: Identity, bytes: &[u8]) -> Result<(Self, &[u8]), RefusalCode> {
        let mut rest = Bytes::new(bytes);
        let mut catalogue = Self::new(Some(identity));
        refuse_unless(rest.array()? == [VERSION])?;
        let changes = rest.unsigned()?;
        let length = rest.unsigned()?;
        let journal = rest.take(length)?;
        let mut steps = Bytes::new(journal);
        while !steps.is_empty() {
            catalogue.replay_one(None, &mut steps)?;
        }
        refuse_unless(catalogue.changes() as u64 == changes)?;
        for _ in 0..rest.unsigned()? {
            let place = number(rest.unsigned()?)?;
            let hash = ChangeHash::from_bytes(rest.array()?);
            catalogue.records.history.learn(place, hash);
        }
        let heads = catalogue.records.history.heads.len();
        refuse_unless(rest.is_empty() && catalogue.heads().len() == heads)?;
        Ok((catalogue, journal))
    }

    /// Tells it the hashes of its first changes, in their order.
    pub fn learn(&mut self, hashes: &[ChangeHash]) {
        for (hash, place) in hashes.iter().zip(0..) {
            self.records.history.learn(place, *hash);
        }
    }

    /// Whether it knows every change by its hash.
    pub(crate) fn knows_all_hashes(&self) -> bool {
        self.records.history.knows_all_hashes()
    }

    /// Tells it the hash of a change that it may know only as the so-manyth of an actor.
    pub(crate) fn learn_one(&mut self, actor: &ActorBytes, sequence: u64, hash: ChangeHash) {
        let history = &mut self.records.history;
        let actor = history.actor(actor).and_then(|at| history.actors.get(at as usize));
        let place = sequence.checked_sub(1).and_then(|before| usize::try_from(before).ok());
        let place = actor.zip(place).and_then(|(actor, at)| actor.changes.get(at).copied());
        if let Some(place) = place {
            history.learn(place, hash);
        }
    }

    /// The places of heads and of the newest changes, with their hashes.
    fn known_by_hash(&self) -> Vec<(u32, ChangeHash)> {
        let history = &self.records.history;
        let all = u32::try_from(history.changes.len()).unwrap_or(u32::MAX);
        let recent = all.saturating_sub(u32::try_from(RECENT).unwrap_or(u32::MAX))..all;
        let places: BTreeSet<u32> = history.heads.iter().copied().chain(recent).collect();
        let hash = |place: u32| Some((place, history.changes.get(place as usize)?.hash?));
        places.into_iter().filter_map(hash).collect()
    }
}
