//! What screens are read from: a connection of their own beside the one that writes, so that no
//! screen waits for a save, a fold or an arrival.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use enhance_store::{Store, StoreReader};

use super::{facts::Facts, pack::InstalledPack};
use crate::{error::Error, options::OpenOptions};

/// What is kept in memory of the account, read when it is needed first.
#[derive(Default)]
pub(crate) struct Kept {
    facts: Option<Arc<Facts>>,
    programme: Option<Arc<InstalledPack>>,
}

impl Kept {
    /// What enrolment left behind, or the news that this device is not enrolled.
    pub(super) fn facts(&mut self, store: &StoreReader) -> Result<Arc<Facts>, Error> {
        if let Some(facts) = &self.facts {
            return Ok(Arc::clone(facts));
        }
        let facts = Arc::new(Facts::read(store)?.ok_or(Error::NotEnrolled)?);
        self.facts = Some(Arc::clone(&facts));
        Ok(facts)
    }

    /// The content pack in use; none before the first is here.
    pub(super) fn programme(
        &mut self,
        store: &StoreReader,
        folder: &Path,
    ) -> Result<Option<Arc<InstalledPack>>, Error> {
        if self.programme.is_none() {
            self.programme = InstalledPack::read(store, folder)?.map(Arc::new);
        }
        Ok(self.programme.clone())
    }

    pub(super) fn forget_facts(&mut self) {
        self.facts = None;
    }

    pub(super) fn forget_programme(&mut self) {
        self.programme = None;
    }
}

/// What screens are read from.
pub(crate) struct Screens {
    reader: StoreReader,
    folder: PathBuf,
    kept: Kept,
}

impl Screens {
    pub(super) fn open(store: &Store, options: &OpenOptions) -> Result<Self, Error> {
        let reader = store.reader(options.key.as_ref())?;
        Ok(Self { reader, folder: options.folder.clone(), kept: Kept::default() })
    }

    /// Does `work` on one moment of the database.
    pub(super) fn at_one_moment<T>(
        &mut self,
        work: impl FnOnce(&mut Screen<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Self { reader, folder, kept } = self;
        reader.at_one_moment(|store| work(&mut Screen { store, folder, kept }))
    }

    /// Reads again what was kept in memory: it was written to since.
    pub(super) fn forget(&mut self) {
        self.kept = Kept::default();
    }
}

/// What one screen is read from: the database, and what is kept in memory of the account.
pub(crate) struct Screen<'a> {
    pub(super) store: &'a StoreReader,
    pub(super) folder: &'a Path,
    pub(super) kept: &'a mut Kept,
}

impl<'a> Screen<'a> {
    /// The database, to be read.
    pub(crate) const fn store(&self) -> &'a StoreReader {
        self.store
    }

    /// What enrolment left behind, or the news that this device is not enrolled.
    pub(crate) fn facts(&mut self) -> Result<Arc<Facts>, Error> {
        self.kept.facts(self.store)
    }

    /// The content pack in use; none before the first is here.
    pub(crate) fn programme(&mut self) -> Result<Option<Arc<InstalledPack>>, Error> {
        self.kept.programme(self.store, self.folder)
    }
}
