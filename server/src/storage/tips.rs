//! The newest number for each person, in memory, so that "nothing new" costs no query.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use enhance_model::PersonId;
use rusqlite::Connection;
use tokio::sync::watch;

use super::{error::StorageError, row};

/// What is newest for whom.
#[derive(Debug, Default)]
pub struct Tips {
    of_person: RwLock<BTreeMap<PersonId, Tip>>,
    /// Whoever wants to hear of what is newest for a person, for those of whom somebody does.
    listeners: Mutex<BTreeMap<PersonId, watch::Sender<u64>>>,
    last: AtomicU64,
}

/// What is newest for one person.
#[derive(Debug, Clone, Copy, Default)]
struct Tip {
    newest: u64,
    /// How many numbers they were fed since the server started.
    fed: u64,
}

/// What a person had been fed at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fed {
    /// The newest number they may read.
    pub newest: u64,
    count: u64,
}

impl Fed {
    /// Whether since then they were fed as many numbers as this and nothing else.
    pub const fn only(self, before: Self, count: u64) -> bool {
        self.count == before.count + count
    }
}

/// What a transaction brought, to be told once it is committed.
#[derive(Debug, Default)]
pub(super) struct News {
    /// Who got something to read, and its number.
    pub(super) fed: Vec<(PersonId, u64)>,
    pub(super) last: u64,
    /// Whether something was destroyed, and must not stay readable in the log either.
    pub(super) destroyed: bool,
}

impl Tips {
    /// Reads them from the database.
    pub(super) fn load(db: &Connection) -> Result<Self, StorageError> {
        let mut statement = db.prepare(
            "SELECT person, max(sequence) AS newest FROM (
                            SELECT person, max(sequence) AS sequence FROM feed GROUP BY person
                            UNION ALL SELECT person, max(last) FROM fold_feed GROUP BY person
                            UNION ALL SELECT person, max(sequence) FROM directory GROUP BY person)
                        GROUP BY person",
        )?;
        let tips = statement.query_map([], |each| {
            let tip = Tip { newest: row::count(each, "newest")?, fed: 0 };
            Ok((row::id(each, "person", PersonId::from_bytes)?, tip))
        })?;
        let of_person = row::readable(tips)?.into_iter().collect();
        let last: i64 = db.query_row("SELECT last FROM sequence", [], |each| each.get(0))?;
        let last = AtomicU64::new(row::unsigned(last));
        Ok(Self { of_person: RwLock::new(of_person), listeners: Mutex::default(), last })
    }

    /// The newest number a person may read.
    pub fn of(&self, person: PersonId) -> u64 {
        let of_person = self.of_person.read().unwrap_or_else(PoisonError::into_inner);
        let own = of_person.get(&person).copied().unwrap_or_default();
        own.newest
    }

    /// What a person has been fed by now.
    pub fn fed(&self, person: PersonId) -> Fed {
        let of_person = self.of_person.read().unwrap_or_else(PoisonError::into_inner);
        let own = of_person.get(&person).copied().unwrap_or_default();
        Fed { newest: own.newest, count: own.fed }
    }

    /// The newest number a person may read, each time that there is a newer one.
    pub fn listen(&self, person: PersonId) -> watch::Receiver<u64> {
        // In this order, as where they are told.
        let of_person = self.of_person.read().unwrap_or_else(PoisonError::into_inner);
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = of_person.get(&person).copied().unwrap_or_default().newest;
        let new = || watch::Sender::new(newest);
        listeners.entry(person).or_insert_with(new).subscribe()
    }

    /// The newest number of all.
    pub fn last(&self) -> u64 {
        self.last.load(Ordering::Acquire)
    }

    /// Hears what commands wrote beside this server. A person whom it is for counts as fed, so that
    /// nobody reads past it.
    pub(super) fn catch_up(&self, db: &Connection) -> Result<(), StorageError> {
        let heard = self.last();
        let last: i64 = db.query_row("SELECT last FROM sequence", [], |each| each.get(0))?;
        if row::unsigned(last) <= heard {
            return Ok(());
        }
        let mut statement = db.prepare_cached(
            "SELECT person, max(sequence) AS newest FROM (
                 SELECT person, sequence FROM feed WHERE sequence > ?1
                 UNION ALL SELECT person, sequence FROM directory WHERE sequence > ?1)
             GROUP BY person",
        )?;
        let fed = row::readable(statement.query_map([row::signed(heard)], |each| {
            Ok((row::id(each, "person", PersonId::from_bytes)?, row::count(each, "newest")?))
        })?)?;
        self.tell(&[News { fed, last: row::unsigned(last), ..News::default() }]);
        Ok(())
    }

    pub(super) fn tell(&self, news: &[News]) {
        let mut of_person = self.of_person.write().unwrap_or_else(PoisonError::into_inner);
        for each in news {
            for (person, sequence) in &each.fed {
                let tip = of_person.entry(*person).or_default();
                tip.newest = tip.newest.max(*sequence);
                tip.fed += 1;
            }
            self.last.fetch_max(each.last, Ordering::AcqRel);
        }
        self.ring(&of_person, news);
    }

    /// Tells those who listen. It is done while the numbers are held, so that nobody hears of an
    /// older one after a newer.
    fn ring(&self, of_person: &BTreeMap<PersonId, Tip>, news: &[News]) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        if listeners.is_empty() {
            return;
        }
        let fed = news.iter().flat_map(|each| &each.fed);
        for person in fed.map(|(person, _)| person).collect::<BTreeSet<_>>() {
            let tip = of_person.get(person).copied().unwrap_or_default();
            // An error says that nobody of theirs listens any more.
            if listeners.get(person).is_some_and(|sender| sender.send(tip.newest).is_err()) {
                listeners.remove(person);
            }
        }
    }
}
