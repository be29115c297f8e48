//! What gets through to the server: less at once after a refusal by size, whoever refused, and an
//! end to a sync that gets nowhere.
//!
//! Whoever says *too large* is believed at once. Of other failures of a large request it is not
//! known what they are about; so a question that offers nothing is asked, and only if that gets
//! through the size is to blame. An entry that does not get through by itself is held for some
//! hours, or until a person asks, together with what comes after it in its document.

use std::{
    collections::{BTreeSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use enhance_model::{EntryHash, RefusalCode, Timestamp, time::DAY_MS};
use enhance_protocol::{ExchangeResponse, Item};
use enhance_store::{Entry, NarrowWay, StoreReader};

use super::{budget::Asked, offer::Question, report::StepReport};
use crate::{
    error::{Error, Obstacle},
    network::answer::NoAnswer,
    state::State,
};

/// How long it is believed that little gets through.
const NARROW_FOR_MS: u64 = DAY_MS.unsigned_abs();
/// How long an entry is held that does not get through by itself.
const HELD_FOR_MS: i64 = 6 * 60 * 60 * 1_000;
/// Bytes of a request that no gateway minds.
const SMALL_BYTES: usize = 4 << 10;

/// Round trips in a row that an honest server may need without anything coming of them.
const IDLE_AT_MOST: u32 = 8;
/// How often a server may be restored while one sync is under way.
const RESTORES_AT_MOST: u32 = 3;

/// Whether a request did not get through because of its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blame {
    /// Somebody says that it is too large.
    Size,
    /// It may be the size, which nobody says.
    Perhaps,
    Other,
}

/// What a failure of a request is about.
pub(super) fn blame(error: &NoAnswer, question: &Question) -> Blame {
    if let NoAnswer::Refused(refusal) = error {
        let is_size = refusal.code == RefusalCode::RequestTooLarge;
        return if is_size { Blame::Size } else { Blame::Other };
    }
    let perhaps = match error.obstacle() {
        Some(Obstacle::Stranger { status: 413, .. }) => return Blame::Size,
        // Who they are, when to come again, or where to sign in is not about the size.
        Some(Obstacle::Stranger { status, retry_in }) => {
            retry_in.is_none() && !matches!(status, 429 | 503)
        }
        Some(Obstacle::Forbidden { retry_in, .. }) => retry_in.is_none(),
        // Some firewalls say no with a page of status 200.
        Some(Obstacle::NotEnhance { .. } | Obstacle::CutOff | Obstacle::TimedOut) => true,
        _ => false,
    };
    let is_large = question.request.body.len() > SMALL_BYTES;
    if perhaps && is_large { Blame::Perhaps } else { Blame::Other }
}

/// How a sync begins, by what is known of the way.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    /// How many bytes of entries it offers at once, if it is less than usual.
    pub(super) most_bytes: Option<u64>,
    /// Entries that were held until now, and are tried once more.
    pub(super) once_more: BTreeSet<EntryHash>,
}

/// How a sync begins. What was held long enough is offered again, and if a person asks for it, so is
/// everything: they may have gone to another network.
pub(super) fn begin(state: &mut State, asked: Asked) -> Result<Beginning, Error> {
    let now = state.now();
    let known = state.store().narrow_way()?;
    // A moment that has not come yet is one of a clock that was wrong.
    let still = known.filter(|way| way.since <= now && now.millis_since(way.since) < NARROW_FOR_MS);
    let is_over = known.is_some() && still.is_none();
    let held: BTreeSet<EntryHash> = state.store().held_entries()?.into_iter().collect();
    if is_over || !held.is_empty() {
        state.write(|write| {
            if is_over {
                write.narrow(None)?;
            }
            match asked {
                Asked::ByPerson => write.release_all()?,
                Asked::ByNobody => write.release(now)?,
            }
            Ok(())
        })?;
    }
    let most_bytes = still.map(|way| way.most_bytes);
    let once_more = if asked == Asked::ByPerson { held } else { BTreeSet::new() };
    Ok(Beginning { most_bytes, once_more })
}

/// What is in the way of what is held, if anything is.
pub(super) fn in_the_way(store: &StoreReader) -> Result<Option<Obstacle>, Error> {
    let obstacle = store.held_by_any()?;
    Ok(obstacle.and_then(|obstacle| serde_json::from_slice(obstacle.as_bytes()).ok()))
}

/// Keeps how many bytes get through at once.
pub(super) fn keep(state: &mut State, most_bytes: u64) -> Result<(), Error> {
    let since = state.now();
    state.write(|write| Ok(write.narrow(Some(NarrowWay { most_bytes, since }))?))
}

/// Holds an entry that does not get through by itself.
pub(super) fn hold(state: &mut State, hash: EntryHash, obstacle: &Obstacle) -> Result<(), Error> {
    let until: Timestamp = state.now().plus_millis(HELD_FOR_MS);
    let obstacle = serde_json::to_string(obstacle)
        .map_err(|error| Error::internal("noting what is in the way").because(error))?;
    state.write(|write| Ok(write.hold(hash, &obstacle, until)?))
}

/// Half of what entries have together.
pub(super) fn half(sent: &[Entry]) -> u64 {
    sent.iter().map(|entry| entry.body.len() as u64).sum::<u64>() / 2
}

/// Whether the answers of one sync lead anywhere.
#[derive(Debug, Default)]
pub(super) struct Headway {
    /// What was on the pages so far, in a few bytes each.
    pages: BTreeSet<u64>,
    idle: u32,
    restores: u32,
}

impl Headway {
    /// Looks at what an answer came to. False once it is certain that more would lead nowhere.
    pub(super) fn is_made(
        &mut self,
        question: &Question,
        answer: &ExchangeResponse,
        taken: &StepReport,
    ) -> bool {
        if answer.begins_anew {
            self.restores += 1;
        }
        // What is offered, told and archived comes to its own end.
        let moved = taken.brought + taken.left > 0
            || !question.sent.is_empty()
            || question.archive.is_some()
            || !question.heads.heads.is_empty();
        let is_empty = answer.items.is_empty() && answer.archives.is_empty();
        let is_new = !is_empty && self.pages.insert(in_short(answer));
        // It says that there is more, where this device stands already.
        let stands_still = answer.more && !taken.more;
        self.idle = if moved || is_new { 0 } else { self.idle + 1 };
        !stands_still && self.idle < IDLE_AT_MOST && self.restores <= RESTORES_AT_MOST
    }
}

fn in_short(answer: &ExchangeResponse) -> u64 {
    let mut hasher = DefaultHasher::new();
    for pulled in &answer.archives {
        pulled.sequence.hash(&mut hasher);
    }
    for item in &answer.items {
        match item {
            Item::Entry(pulled) => (pulled.offer.document, pulled.offer.hash).hash(&mut hasher),
            Item::Person(person) => (person.id, &person.name).hash(&mut hasher),
            Item::Fold(fold) => fold.document().hash(&mut hasher),
        }
    }
    hasher.finish()
}
