//! What arrives, taken in by slices: nothing long is done under the lock, so that a person goes on
//! writing and reading meanwhile.
//!
//! Documents are judged away from the lock, each once for all that came of it. What came of it is
//! written a few hundred entries at a time, and the row that screens read with the last of them.
//! However it is cut off, nothing is half there: the cursor moves when all of a page is written,
//! and what comes twice is kept once.

use std::{collections::BTreeSet, mem};

use enhance_model::Timestamp;
use enhance_protocol::Pulled;
use enhance_store::Write;

use super::{
    case::{self, Case, Decision},
    judge::Intake,
    page::Page,
};
use crate::{
    error::Error,
    state::{State, facts::Facts, lock::StateLock},
    writing::{doubles, twins, typed_twice},
};

/// Entries that are written at once: a few milliseconds.
const SLICE: usize = 256;

/// Documents that are kept in memory until they are written.
const HELD: usize = 8;

/// A page that is being taken in.
pub(crate) struct Slices<'s, 'a> {
    lock: &'s StateLock,
    facts: &'s Facts,
    page: &'s Page<'a>,
    /// People and new documents that are written.
    begun: usize,
    /// Judged, and not written.
    waiting: Vec<Decision<'a>>,
}

impl<'s, 'a> Slices<'s, 'a> {
    /// Takes in all of the content of a page but for a last slice, which
    /// [`Slices::write_last`] writes.
    pub(crate) fn of(
        lock: &'s StateLock,
        facts: &'s Facts,
        page: &'s Page<'a>,
    ) -> Result<Self, Error> {
        let mut slices = Self { lock, facts, page, begun: 0, waiting: Vec::new() };
        while page.beginnings() - slices.begun > SLICE {
            slices.write(SLICE)?;
        }
        for (document, pulled) in &page.content {
            let opened = lock.with(|state| {
                let arrival = page.arrival(state.store(), *document, pulled)?;
                arrival.map(|arrival| Case::open(state, facts, arrival)).transpose()
            })?;
            if let Some(case) = opened {
                slices.judge(case, pulled)?;
            }
        }
        Ok(slices)
    }

    /// Writes what is left of the page in one transaction with `first` and `last`. Says how much
    /// went into the quarantine.
    pub(crate) fn finish(
        self,
        state: &mut State,
        first: impl FnOnce(&mut Write<'_>, Timestamp) -> Result<(), Error>,
        last: impl FnOnce(&mut Write<'_>) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        let (now, page) = (state.now(), self.page);
        let departures = page.departures(state)?;
        self.write_last(state, |write| {
            first(write, now)?;
            page.write_rest(write, &departures, now)?;
            last(write)
        })?;
        departures.documents().for_each(|document| state.forget(document));
        Ok(departures.rescued())
    }

    fn judge(&mut self, case: Case<'a>, pulled: &[&'a Pulled]) -> Result<(), Error> {
        let mut known = BTreeSet::new();
        for some in pulled.chunks(SLICE) {
            known.extend(self.lock.with(|state| case::known(state, some))?);
        }
        let now = self.lock.environment().clock.now();
        let mut decision = case.judge(self.facts, &known, now)?;
        let waiting: usize = self.waiting.iter().map(Decision::entries).sum();
        let held = self.waiting.iter().filter(|waiting| waiting.holds_document()).count();
        if waiting + decision.entries() > SLICE || held >= HELD {
            self.write(usize::MAX)?;
        }
        while decision.entries() > SLICE {
            self.write_part(&mut decision)?;
        }
        self.waiting.push(decision);
        Ok(())
    }

    /// Writes entries of one document before its last ones.
    fn write_part(&self, decision: &mut Decision<'a>) -> Result<(), Error> {
        self.lock.with(|state| {
            let Some((part, version)) = decision.part(state, SLICE)? else { return Ok(()) };
            state.write(|write| {
                part.write(write)?;
                Ok(write.set_version(part.document(), &version)?)
            })
        })
    }

    /// Writes all that waits, after the next few people and new documents.
    fn write(&mut self, beginnings: usize) -> Result<(), Error> {
        let lock = self.lock;
        lock.with(|state| self.write_with(state, beginnings, |_| Ok(())))
    }

    /// Writes all that is left in one transaction with `rest`, under the lock.
    pub(crate) fn write_last(
        mut self,
        state: &mut State,
        rest: impl FnOnce(&mut Write<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.write_with(state, usize::MAX, rest)
    }

    fn write_with(
        &mut self,
        state: &mut State,
        beginnings: usize,
        rest: impl FnOnce(&mut Write<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let now = state.now();
        let mut intakes = Vec::new();
        for decision in mem::take(&mut self.waiting) {
            intakes.extend(decision.settle(state, self.facts)?);
        }
        let (page, begun) = (self.page, self.begun);
        state.write(|write| {
            page.write_beginnings(write, (begun, beginnings), now)?;
            intakes.iter().try_for_each(|intake| intake.write(write))?;
            rest(write)
        })?;
        for intake in intakes.iter().filter(|intake| intake.changes_project()) {
            if state.if_open(intake.document()).is_none() {
                continue;
            }
            if let Err(error) = doubles::remove(state, intake.document()) {
                tracing::warn!(document = %intake.document(), %error, "it stands twice");
            }
        }
        for document in intakes.iter().map(Intake::document) {
            if state.if_open(document).is_none_or(|opened| !opened.document.has_twins()) {
                continue;
            }
            if let Err(error) = twins::remove(state, document) {
                tracing::warn!(%document, %error, "the same words stand twice");
            }
        }
        let documents: Vec<_> = intakes.iter().map(Intake::document).collect();
        if let Err(error) = typed_twice::remove(state, &documents) {
            tracing::warn!(%error, "what was only typed may stand twice");
        }
        self.begun = page.beginnings().min(begun.saturating_add(beginnings));
        Ok(())
    }
}
