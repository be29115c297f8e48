//! What is brought up to date in the background: rows that screens read, and the search index.
//!
//! Documents are read and rows made outside every lock; the lock is taken to write a batch of
//! them, and old rows are shown until then. What is not done when the core is suspended, closed or
//! killed is found again by what is out of date, and goes on at the next opening.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use enhance_documents::Document;
use enhance_model::{DocumentId, Version};
use enhance_store::{DocumentState, IndexFirst, Topic, Write};
use tokio::sync::Notify;

use super::{
    documents,
    lock::StateLock,
    open_document,
    projection::{DocumentProjection, REVISION, searched_text},
    rows,
};
use crate::{
    error::Error,
    observe::Observation,
    platform::{
        task::Background,
        time::{sleep, timeout},
    },
};

/// Rows that are written in one transaction.
const ROWS: u32 = 50;
/// Texts that are indexed in one transaction: what takes a few milliseconds.
const TEXTS: u32 = 16;
/// How long nothing was written before texts are indexed, which a person who types should not feel.
const QUIET: Duration = Duration::from_millis(500);
/// Lets others have the lock between two batches.
const PAUSE: Duration = Duration::from_millis(1);

/// What brings things up to date. It ends when this is dropped.
pub(crate) struct Refresher {
    wake: Arc<Notify>,
    is_over: Arc<AtomicBool>,
    work: Option<Background>,
    _observation: Observation,
}

impl Refresher {
    /// Begins with what is out of date now, and goes on whenever documents have changed.
    pub(crate) fn begin(lock: &StateLock) -> Self {
        let wake = Arc::new(Notify::new());
        let (tell, woken) = (Arc::clone(&wake), Arc::clone(&wake));
        let observation = lock.observe(move |changes| {
            if changes.touches(Topic::Documents) {
                tell.notify_one();
            }
        });
        let is_over = Arc::new(AtomicBool::new(false));
        let work = Work { lock: lock.clone(), is_over: Arc::clone(&is_over) };
        let work = Background::begin("enhance-refresh", move || work.run(woken));
        if let Err(error) = &work {
            tracing::warn!(%error, "rows and the search index are not brought up to date");
        }
        Self { wake, is_over, work: work.ok(), _observation: observation }
    }

    /// Looks again for what is out of date, now that the core is awake again.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }
}

impl Drop for Refresher {
    /// Waits for the step under way, since the folder is to be free when the core is gone. An
    /// observer that lets go of the core may be called by that very step.
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.wake();
        if self.work.take().is_some_and(|work| !work.ended()) {
            tracing::warn!("bringing rows up to date ended in a panic");
        }
    }
}

struct Work {
    lock: StateLock,
    is_over: Arc<AtomicBool>,
}

/// A row that was made, and the version of the document it was made of.
struct Made {
    of: Version,
    row: DocumentProjection,
}

impl Work {
    async fn run(self, woken: Arc<Notify>) {
        while !self.is_over() {
            match self.go().await {
                Ok(()) => {}
                Err(error) if error.is_absence() => {}
                // A full disk must not keep a person from reading what is there.
                Err(error) => tracing::warn!(%error, "not everything is up to date"),
            }
            woken.notified().await;
            while !self.is_over() && timeout(QUIET, woken.notified()).await.is_ok() {}
        }
    }

    async fn go(&self) -> Result<(), Error> {
        self.rows().await?;
        self.index().await
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Makes every row again that is missing, out of date, or of another shape than this version
    /// of the app makes. Each document is tried once.
    async fn rows(&self) -> Result<(), Error> {
        let mut after = None;
        loop {
            let stale = self
                .lock
                .read(|screen| Ok(screen.store().stale_projections(REVISION, after, ROWS)?))?;
            let Some(last) = stale.last() else { return Ok(()) };
            after = Some(*last);
            let mut made = Vec::with_capacity(stale.len());
            for document in stale {
                if self.is_over() {
                    return Ok(());
                }
                match self.row(document) {
                    Ok(row) => made.extend(row),
                    Err(error) if error.is_absence() => return Err(error),
                    Err(error) => tracing::warn!(%document, %error, "a document cannot be shown"),
                }
            }
            if !made.is_empty() {
                self.lock.with(|state| state.write(|write| write_rows(write, &made)))?;
            }
            sleep(PAUSE).await;
        }
    }

    /// The row of a document; none of one that cannot be read here yet.
    fn row(&self, document: DocumentId) -> Result<Option<Made>, Error> {
        let found = self.lock.read(|screen| {
            let row = documents::row(screen.store(), document)?;
            let key = documents::stored_key(screen.store(), document)?;
            if row.kind.is_sealed() && key.is_none() {
                return Ok(None);
            }
            let known_date = rows::known_date(screen.store(), &row)?;
            let (tail, facts) = (screen.store().tail(document)?, screen.facts()?);
            Ok(Some((row, key, tail, facts, known_date)))
        });
        let (row, key, tail, facts, known_date) = match found {
            Ok(Some(found)) => found,
            // It may have been deleted since it was found to be out of date.
            Ok(None) | Err(Error::NotEnrolled | Error::Gone { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let showing = AssertUnwindSafe(|| {
            let parts = open_document::parts(tail, key.as_ref())?;
            let mut opened = Document::open(&parts, facts.device)?;
            rows::row_of(&row, &mut opened, known_date, &facts)
        });
        let made =
            catch_unwind(showing).unwrap_or_else(|_| Err(Error::internal("showing a document")));
        Ok(Some(Made { of: row.version, row: made? }))
    }

    /// Indexes what waits for it, what was changed longest ago first.
    async fn index(&self) -> Result<(), Error> {
        while !self.is_over() && self.lock.read(|screen| Ok(screen.store().is_indexing_due()?))? {
            self.lock.with(|state| {
                state.write(|write| Ok(write.index(IndexFirst::Oldest, TEXTS, searched_text)?))
            })?;
            sleep(PAUSE).await;
        }
        Ok(())
    }
}

/// Whether there is nothing to do.
#[cfg(test)]
pub(crate) fn is_up_to_date(screen: &mut super::screens::Screen<'_>) -> Result<bool, Error> {
    let store = screen.store();
    Ok(store.stale_projections(REVISION, None, 1)?.is_empty() && !store.is_indexing_due()?)
}

/// Writes the rows of documents that are still as they were read.
fn write_rows(write: &mut Write<'_>, made: &[Made]) -> Result<(), Error> {
    for Made { of, row } in made {
        match write.document(row.document())? {
            Some((now, DocumentState::Active)) if now.version == *of => row.write(write)?,
            _ => {}
        }
    }
    Ok(())
}
