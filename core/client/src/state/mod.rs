//! What the lock guards: the database, and what is kept in memory of it.
//!
//! The fields of [`State`] are private to this folder. What lies above reads through
//! [`State::store`] and writes through [`State::write`], the one door.
//!
//! | what is kept in memory | where |
//! |---|---|
//! | whose device this is | [`facts`] |
//! | documents in use, with the key of each sealed one | [`open_document`], [`documents`] |
//! | the programme of the content pack in use | [`pack`] |
//!
//! Screens do not wait for it: they are read through [`screens`], a connection of their own.

pub(crate) mod archive;
pub(crate) mod attachments;
mod content;
pub(crate) mod copied;
pub(crate) mod documents;
pub(crate) mod facts;
pub(crate) mod lock;
pub(crate) mod open_document;
pub(crate) mod pack;
pub(crate) mod parts;
pub(crate) mod place;
pub(crate) mod projection;
pub(crate) mod refresh;
pub(crate) mod rows;
pub(crate) mod screens;
pub(crate) mod sealing;
pub(crate) mod tokens;

use std::{mem, num::NonZeroUsize, path::PathBuf, sync::Arc};

use enhance_model::{DocumentId, Sha256, Timestamp};
use enhance_store::{Changes, HeldFolder, Store, Topic, Write};
use lru::LruCache;

use self::{
    facts::Facts,
    open_document::OpenDocument,
    pack::InstalledPack,
    screens::{Kept, Screen},
};
use crate::{environment::Environment, error::Error, options::OpenOptions};

/// Documents kept open. One is a few hundred kilobytes; more than a person edits in an hour.
const OPEN_DOCUMENTS: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// The database of one account, and what is kept in memory of it.
pub(crate) struct State {
    store: Store,
    environment: Environment,
    folder: PathBuf,
    open: LruCache<DocumentId, OpenDocument>,
    kept: Kept,
    /// The last words of which this person said that they have seen what was found in them.
    acknowledged: Option<Sha256>,
    /// Committed, and not yet told to observers.
    changes: Changes,
}

impl State {
    fn open(held: HeldFolder, options: &OpenOptions) -> Result<Self, Error> {
        Ok(Self {
            store: held.open(options.key.as_ref())?,
            environment: options.environment.clone(),
            folder: options.folder.clone(),
            open: LruCache::new(OPEN_DOCUMENTS),
            kept: Kept::default(),
            acknowledged: None,
            changes: Changes::default(),
        })
    }

    /// The database, to be read. It is written through [`State::write`] alone.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Remembers that what was found in some words was seen, until others are.
    pub(crate) const fn acknowledge(&mut self, words: Sha256) {
        self.acknowledged = Some(words);
    }

    /// The last words in which it was seen what was found.
    pub(crate) const fn acknowledged(&self) -> Option<Sha256> {
        self.acknowledged
    }

    /// What a screen is read from that shows what is about to be written as well.
    pub(crate) fn screen(&mut self) -> Screen<'_> {
        Screen { store: &self.store, folder: &self.folder, kept: &mut self.kept }
    }

    /// Does all of `work` in one transaction or none of it.
    ///
    /// What a document in memory says may be ahead of the database when this fails, so all of
    /// them are dropped then.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.store.write(work);
        self.written(done)
    }

    /// The same for what makes room on the disk, so that it can be done on a full one.
    pub(crate) fn write_to_make_room<T>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.store.write_to_make_room(work);
        self.written(done)
    }

    /// Lets a full disk take what is noted of words that go to the server, until that is over.
    pub(crate) fn lend_reserve(&mut self) -> Result<(), Error> {
        Ok(self.store.lend_reserve_to_send()?)
    }

    /// Keeps a reserve again.
    pub(crate) fn take_reserve_back(&mut self) -> Result<(), Error> {
        Ok(self.store.take_reserve_back()?)
    }

    fn written<T>(&mut self, done: Result<(T, Changes), Error>) -> Result<T, Error> {
        match done {
            Ok((done, changes)) => {
                if changes.touches(Topic::Account) {
                    self.kept.forget_facts();
                }
                if changes.touches(Topic::Packs) {
                    self.kept.forget_programme();
                }
                self.changes.merge(changes);
                Ok(done)
            }
            Err(error) => {
                self.forget_all();
                Err(error)
            }
        }
    }

    /// The folder of the account.
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    pub(crate) const fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.environment.clock.now()
    }

    /// What enrolment left behind, or the news that this device is not enrolled.
    pub(crate) fn facts(&mut self) -> Result<Arc<Facts>, Error> {
        self.kept.facts(&self.store)
    }

    /// The content pack in use; none before the first is here.
    pub(crate) fn programme(&mut self) -> Result<Option<Arc<InstalledPack>>, Error> {
        self.kept.programme(&self.store, &self.folder)
    }

    /// Where a file of a content pack is, once it is here.
    pub(crate) fn file(&self, sha256: Sha256) -> PathBuf {
        pack::file_in(&self.folder, sha256)
    }

    /// Drops what is kept in memory; the next use reads it from the database.
    pub(crate) fn forget_all(&mut self) {
        self.open.clear();
        self.kept = Kept::default();
    }

    fn take_changes(&mut self) -> Changes {
        mem::take(&mut self.changes)
    }
}
