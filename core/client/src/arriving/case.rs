//! Judging what arrived of one document away from the lock: what it takes is collected under it, and
//! what it came to is settled under it, on what the document is then.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use enhance_documents::Document;
use enhance_model::{ChangeHash, EntryHash, Timestamp, Version};
use enhance_protocol::{EnvelopeHeader, Pulled};
use enhance_store::{DocumentSize, Entry, EntryKind, FoldHead, Origin};

use super::{
    catalogue::KeptCatalogue,
    judge::{Arrival, Intake, arriving_key, judge, received, unreadable},
};
use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State,
        documents::has_content,
        facts::Facts,
        open_document::{OpenDocument, StoredDocument, size_of},
        projection::DocumentProjection,
    },
};

/// What arrived of one document, with all that it takes to judge it away from the lock.
pub(crate) struct Case<'a> {
    arrival: Arrival<'a>,
    key: Option<DocumentKey>,
    create: Option<EntryHash>,
    present: Present,
    /// Where its fold ends, if it has one.
    folded: Vec<FoldHead>,
    /// The version that the document has while the case is open.
    version: Version,
    /// What is kept of the document's catalogue.
    catalogue: KeptCatalogue,
}

/// What is here of a document.
enum Present {
    Nothing,
    /// A copy of the one in memory.
    Lent(Box<Document>),
    /// What has to be opened first.
    Stored(Box<StoredDocument>),
}

/// What a case came to, ready to be written.
pub(crate) struct Decision<'a> {
    arrival: Arrival<'a>,
    pub(super) intake: Intake,
    /// The document with what was admitted.
    document: Changed,
    /// By how much its history is longer.
    growth: DocumentSize,
    /// The changes in the entries that are new.
    changes: BTreeMap<EntryHash, ChangeHash>,
    /// The version that the document in memory must still have, and its row.
    version: Version,
    row_version: Version,
    /// Whether a part of it is written.
    is_begun: bool,
}

enum Changed {
    /// To be read from the database at its next use.
    Unknown,
    Lent(Box<Document>),
    Opened(Box<OpenDocument>),
}

impl<'a> Case<'a> {
    /// Collects what it takes to judge an arrival.
    pub(crate) fn open(
        state: &mut State,
        facts: &Facts,
        arrival: Arrival<'a>,
    ) -> Result<Self, Error> {
        let row = &arrival.row;
        let key = arriving_key(state, facts, row, arrival.create)?;
        let create = match arrival.create {
            Some(create) => Some(create.hash),
            None => state.create_of(row.id).ok(),
        };
        let mut version = row.version.clone();
        let present = if !has_content(row) {
            Present::Nothing
        } else if let Some(opened) = state.if_open(row.id) {
            version = opened.document.version();
            Present::Lent(Box::new(opened.document.lend()))
        } else {
            Present::Stored(Box::new(state.stored(row)?))
        };
        let folded = state.store().fold_heads(row.id)?;
        let is_known = matches!(&present, Present::Lent(document) if document.catalogued() > 0);
        let catalogue = KeptCatalogue::read(state.store(), row.id, is_known)?;
        Ok(Self { arrival, key, create, present, folded, version, catalogue })
    }

    /// Judges all of it at once. Entries that are known are kept as they are.
    pub(crate) fn judge(
        self,
        facts: &Facts,
        known: &BTreeSet<EntryHash>,
        now: Timestamp,
    ) -> Result<Decision<'a>, Error> {
        let Self { arrival, key, create, present, folded, version, catalogue } = self;
        let row = arrival.row.clone();
        let newest = arrival.pulled.iter().map(|pulled| pulled.received_at).max();
        let Sorted { accepted, fresh, origins } = Sorted::of(&arrival, create, known);
        let row_version = row.version.clone();
        let (quarantined, not_kept) = (Vec::new(), Vec::new());
        let intake = Intake {
            row,
            key,
            accepted,
            shown: None,
            catalogue: None,
            quarantined,
            folded: not_kept,
        };
        let mut decision = Decision {
            arrival,
            intake,
            document: Changed::Unknown,
            growth: size_of(&[]),
            changes: BTreeMap::new(),
            version,
            row_version,
            is_begun: false,
        };
        let sealed_for_now = decision.intake.row.kind.is_sealed() && decision.intake.key.is_none();
        // To be opened when the recovery key is typed; until then it is kept as it came.
        let kept = if fresh.is_empty() || sealed_for_now {
            decision.document = present.unchanged();
            fresh
        } else {
            let fresh = Fresh { entries: fresh, folded: &folded, catalogue };
            decision.admit(facts, present, fresh, (newest.unwrap_or_default(), now))?
        };
        decision.growth = size_of(&kept);
        let origin = |entry: Entry| origins.get(&entry.hash).map(|origin| (entry, *origin));
        decision.intake.accepted.extend(kept.into_iter().filter_map(origin));
        Ok(decision)
    }
}

/// Entries that arrived, by whether they are kept here.
#[derive(Default)]
struct Sorted {
    /// Known here already, and kept as they are.
    accepted: Vec<(Entry, Origin)>,
    /// New here, and still to be judged.
    fresh: Vec<Entry>,
    /// How the new ones came here.
    origins: BTreeMap<EntryHash, Origin>,
}

impl Sorted {
    fn of(arrival: &Arrival<'_>, create: Option<EntryHash>, known: &BTreeSet<EntryHash>) -> Self {
        let mut sorted = Self::default();
        for pulled in &arrival.pulled {
            let entry = received(pulled, create);
            let (sequence, received_at) = (pulled.sequence, pulled.received_at);
            let origin = Origin::Server { sequence, received_at };
            if known.contains(&entry.hash) {
                sorted.accepted.push((entry, origin));
            } else {
                sorted.origins.insert(entry.hash, origin);
                sorted.fresh.push(entry);
            }
        }
        sorted
    }
}

impl Present {
    fn unchanged(self) -> Changed {
        match self {
            Self::Lent(document) => Changed::Lent(document),
            Self::Nothing | Self::Stored(_) => Changed::Unknown,
        }
    }
}

/// Entries of one document that are not kept here one by one.
struct Fresh<'a> {
    entries: Vec<Entry>,
    /// Where the document's fold ends, if it has one.
    folded: &'a [FoldHead],
    catalogue: KeptCatalogue,
}

impl Fresh<'_> {
    /// Those that are not in the fold either, and those that are: the server may say anything again.
    fn sorted(self, document: Option<&Document>) -> (Vec<Entry>, Vec<EntryHash>, KeptCatalogue) {
        let Self { entries, folded, catalogue } = self;
        let is_sealed_in = |entry: &Entry| {
            EnvelopeHeader::split(&entry.body).is_ok_and(|(header, _)| {
                let of_device = |head: &&FoldHead| head.device == Some(header.device);
                folded.iter().find(of_device).is_some_and(|head| header.counter <= head.counter)
            })
        };
        let is_folded = |entry: &Entry| match (entry.kind, document) {
            (EntryKind::Envelope, _) => is_sealed_in(entry),
            (_, Some(document)) => {
                document.contains(ChangeHash::from_bytes(*entry.hash.as_bytes()))
            }
            (_, None) => false,
        };
        if folded.is_empty() {
            return (entries, Vec::new(), catalogue);
        }
        let (known, unknown): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_folded);
        (unknown, known.into_iter().map(|entry| entry.hash).collect(), catalogue)
    }
}

impl Decision<'_> {
    /// Those of the entries that the gate lets in; notes what there is to show of them.
    fn admit(
        &mut self,
        facts: &Facts,
        present: Present,
        fresh: Fresh<'_>,
        (newest, now): (Timestamp, Timestamp),
    ) -> Result<Vec<Entry>, Error> {
        let mut opened = None;
        let mut present = match present {
            Present::Nothing => None,
            Present::Lent(document) => Some(*document),
            Present::Stored(stored) => {
                let OpenDocument { document, key, size, chain } = stored.open()?;
                opened = Some(move |document| OpenDocument { document, key, size, chain });
                Some(document)
            }
        };
        let intake = &mut self.intake;
        let row = &intake.row;
        let was_here = present.is_some();
        let (fresh, folded, mut kept) = fresh.sorted(present.as_ref());
        if let Some(document) = &mut present {
            kept.tell(document);
        }
        intake.folded = folded;
        let judgement = judge(facts, row, intake.key.as_ref(), fresh, present);
        self.changes = judgement.changes;
        for (entry, code) in judgement.refused {
            let hash = entry.hash;
            tracing::warn!(document = %row.id, %hash, %code, "refused from the server");
            if entry.by == Some(facts.person.id) {
                intake.quarantined.push((unreadable(row, code, now), entry));
            }
        }
        let Some(mut document) = judgement.document else { return Ok(judgement.accepted) };
        if !judgement.accepted.is_empty() {
            let (version, content) = (document.version(), document.standing()?);
            intake.shown = Some(DocumentProjection::new(row, &content, version, newest, facts)?);
        }
        intake.catalogue = kept.again(&document)?;
        // This device's own envelopes move the chain; it is read again from what was written.
        let is_own = |entry: &Entry| entry.device == Some(facts.device);
        if was_here && !judgement.accepted.iter().any(is_own) {
            self.document = match opened {
                Some(opened) => Changed::Opened(Box::new(opened(document))),
                None => Changed::Lent(Box::new(document)),
            };
        }
        Ok(judgement.accepted)
    }

    /// How many entries are to be written.
    pub(crate) fn entries(&self) -> usize {
        self.intake.accepted.len()
    }

    /// Whether it keeps a document in memory until it is written.
    pub(super) const fn holds_document(&self) -> bool {
        !matches!(self.document, Changed::Unknown)
    }

    /// Takes out so many entries, to be written before the rest under this version: none if the
    /// document is not here any more.
    ///
    /// What screens read is written with the last of them; until then the document's version is
    /// past that of its row, so that should it end here, the row is made again.
    pub(super) fn part(
        &mut self,
        state: &State,
        count: usize,
    ) -> Result<Option<(Intake, Version)>, Error> {
        let later = self.intake.accepted.split_off(count.min(self.intake.accepted.len()));
        let accepted = mem::replace(&mut self.intake.accepted, later);
        let Some(row) = state.active(self.intake.row.id)? else { return Ok(None) };
        let mut hashes = accepted.iter().filter_map(|(entry, _)| self.changes.get(&entry.hash));
        let heads = row.version.heads().iter().chain(hashes.next_back());
        let version = Version::new(heads.copied().collect());
        if row.version == self.row_version {
            self.row_version = version.clone();
        }
        self.is_begun = true;
        let key = self.intake.key.clone();
        let (quarantined, folded) = (Vec::new(), Vec::new());
        let (shown, catalogue) = (None, None);
        let part = Intake { row, key, accepted, shown, catalogue, quarantined, folded };
        Ok(Some((part, version)))
    }

    /// What is to be written, now that the lock is held again, if the document is as it was when
    /// its case was opened. If not, the arrival is judged once more, on what it is now.
    ///
    /// What is returned must be written before anything else is done with the document.
    pub(crate) fn settle(self, state: &mut State, facts: &Facts) -> Result<Option<Intake>, Error> {
        let id = self.intake.row.id;
        let found = state.active(id)?;
        if found.is_none() && has_content(&self.intake.row) {
            // It was deleted here or taken away meanwhile.
            return Ok(None);
        }
        let row_version = found.map(|row| row.version).unwrap_or_default();
        let is_as_it_was = match state.if_open(id) {
            Some(opened) => opened.document.version() == self.version,
            None => row_version == self.row_version,
        };
        if !is_as_it_was {
            return self.again(state, facts);
        }
        match (self.document, state.if_open(id)) {
            (Changed::Lent(document), Some(opened)) => {
                opened.document = *document;
                opened.grow(self.growth);
            }
            (Changed::Opened(mut opened), None) => {
                opened.grow(self.growth);
                state.keep_open(id, *opened);
            }
            _ => state.forget(id),
        }
        Ok(Some(self.intake))
    }

    fn again(self, state: &mut State, facts: &Facts) -> Result<Option<Intake>, Error> {
        let id = self.intake.row.id;
        // What was written of it already is in the database and not in the document in memory.
        if self.is_begun {
            state.forget(id);
        }
        let arrival = match state.active(id)? {
            Some(row) => Arrival { row, ..self.arrival },
            None => self.arrival,
        };
        take_in(state, facts, arrival)
    }
}

/// Judges what arrived of one document at once, under the lock.
///
/// What is returned must be written before anything else is done with the document.
pub(crate) fn take_in(
    state: &mut State,
    facts: &Facts,
    arrival: Arrival<'_>,
) -> Result<Option<Intake>, Error> {
    let known = known(state, &arrival.pulled)?;
    let now = state.now();
    Case::open(state, facts, arrival)?.judge(facts, &known, now)?.settle(state, facts)
}

/// Those of what arrived that are here.
pub(crate) fn known(state: &State, pulled: &[&Pulled]) -> Result<BTreeSet<EntryHash>, Error> {
    let mut known = BTreeSet::new();
    for pulled in pulled {
        if state.store().has(pulled.offer.hash)? {
            known.insert(pulled.offer.hash);
        }
    }
    Ok(known)
}
