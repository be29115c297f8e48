//! The one thread that writes: many jobs a transaction, each answered after the commit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use enhance_model::PersonId;
use rusqlite::{Connection, config::DbConfig, params};
use tokio::sync::oneshot;

use super::{
    error::StorageError,
    place::Place,
    row::signed,
    tips::{News, Tips},
};

/// Jobs that may wait. More are refused, so that a phone hears soon that it has to come later.
const WAITING: usize = 1024;
/// Jobs at most, and time at most, of one transaction.
const BATCH: usize = 256;
const BATCH_TIME: Duration = Duration::from_millis(100);

type Answer = Box<dyn FnOnce(Result<(), StorageError>) + Send>;
type Job = Box<dyn FnOnce(&Connection, u64) -> Result<(News, Answer), StorageError> + Send>;

/// A place in the running transaction.
pub struct Write<'c> {
    /// The connection. Only this job uses it until it returns.
    pub db: &'c Connection,
    /// The last number of the sequence, which the transaction writes once.
    last: u64,
    news: News,
}

impl<'c> Write<'c> {
    fn new(db: &'c Connection, last: u64) -> Self {
        Self { db, last, news: News::default() }
    }

    /// The next number of the one sequence.
    pub fn next_sequence(&mut self) -> u64 {
        self.last += 1;
        self.news.last = self.last;
        self.last
    }

    /// Lets a person read what has this number.
    pub fn feed(&mut self, person: PersonId, sequence: u64) -> Result<(), StorageError> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO feed (person, sequence) VALUES (?1, ?2)")?
            .execute(params![person.as_bytes(), signed(sequence)])?;
        self.news.fed.push((person, sequence));
        Ok(())
    }

    /// Says that something was destroyed: it is to leave the database's log as well.
    pub fn destroyed(&mut self) {
        self.news.destroyed = true;
    }

    /// Says that a person is to hear of what has this number.
    pub fn tell(&mut self, person: PersonId, sequence: u64) {
        self.news.fed.push((person, sequence));
    }
}

/// Does something in a transaction of its own, for a command beside the server, which hears of it
/// when it writes next or is told.
pub fn write_beside<T, E: From<StorageError>>(
    db: &mut Connection,
    work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let begun = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate);
    let transaction = begun.map_err(StorageError::from)?;
    let at = last_number(&transaction)?;
    let mut write = Write::new(&transaction, at);
    let done = work(&mut write)?;
    if write.last > at {
        note_last(&transaction, write.last)?;
    }
    transaction.commit().map_err(StorageError::from)?;
    Ok(done)
}

/// How many transactions there were and how many jobs they held.
#[derive(Debug, Default)]
pub struct Batches {
    transactions: AtomicU64,
    jobs: AtomicU64,
    waiting: AtomicUsize,
}

impl Batches {
    /// Transactions committed since the start.
    pub fn transactions(&self) -> u64 {
        self.transactions.load(Ordering::Relaxed)
    }

    /// Jobs in these transactions.
    pub fn jobs(&self) -> u64 {
        self.jobs.load(Ordering::Relaxed)
    }

    /// How full the queue is, in hundredths.
    pub fn load_percent(&self) -> usize {
        self.waiting.load(Ordering::Relaxed) * 100 / WAITING
    }
}

pub(super) struct Writer {
    queue: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    batches: Arc<Batches>,
}

impl Writer {
    pub(super) fn start(
        (place, db): (Arc<Place>, Connection),
        tips: Arc<Tips>,
    ) -> Result<Self, StorageError> {
        let (queue, jobs) = sync_channel(WAITING);
        let batches = Arc::new(Batches::default());
        let counted = Arc::clone(&batches);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                run((&db, &place), &jobs, &tips, &counted);
                if place.check().is_err() {
                    leave_log(&db);
                }
            })
            .map_err(StorageError::file("the writing thread"))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)), batches })
    }

    pub(super) fn batches(&self) -> &Batches {
        &self.batches
    }

    pub(super) async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<T, E>>();
        self.submit(Box::new(move |db, last| in_savepoint((db, last), work, answer)))?;
        answered.await.unwrap_or_else(|_| Err(StorageError::Closed.into()))
    }

    fn submit(&self, job: Job) -> Result<(), StorageError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queue.as_ref().ok_or(StorageError::Closed)?;
        self.batches.waiting.fetch_add(1, Ordering::Relaxed);
        queue.try_send(job).map_err(|error| {
            self.batches.waiting.fetch_sub(1, Ordering::Relaxed);
            match error {
                TrySendError::Full(_) => StorageError::Busy,
                TrySendError::Disconnected(_) => StorageError::Closed,
            }
        })
    }

    pub(super) fn close(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writing thread ended badly");
        }
    }
}

/// Has a connection close without writing the log into the database: that is another by now, and
/// what is in the log belongs to the one that was there.
pub(super) fn leave_log(db: &Connection) {
    let left = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    if let Err(error) = left {
        tracing::error!(%error, "the database took no settings");
    }
}

/// Runs one job so that its failure undoes it alone. The answer waits for the commit.
fn in_savepoint<T, E>(
    (db, last): (&Connection, u64),
    work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    answer: oneshot::Sender<Result<T, E>>,
) -> Result<(News, Answer), StorageError>
where
    T: Send + 'static,
    E: From<StorageError> + Send + 'static,
{
    db.prepare_cached("SAVEPOINT job")?.execute([])?;
    let mut write = Write::new(db, last);
    // A job that panics is one that failed: what others wait for goes on.
    let worked = catch_unwind(AssertUnwindSafe(|| work(&mut write)));
    let worked = worked.unwrap_or_else(|_| {
        tracing::error!("a job of the writing thread panicked; nothing of it was stored");
        Err(StorageError::NotCommitted.into())
    });
    let (done, news) = match worked {
        Ok(done) => (Ok(done), write.news),
        Err(error) => {
            let undone = db.prepare_cached("ROLLBACK TO job").and_then(|mut it| it.execute([]));
            if let Err(whole) = undone {
                // On a full disk the whole transaction is undone. What led to that is known here.
                let _ = answer.send(Err(error));
                return Err(whole.into());
            }
            (Err(error), News::default())
        }
    };
    db.prepare_cached("RELEASE job")?.execute([])?;
    let answer: Answer = Box::new(move |committed| {
        // The phone may have gone and wait no more; what it sent is stored all the same.
        let _ = answer.send(committed.map_err(E::from).and(done));
    });
    Ok((news, answer))
}

fn run((db, place): (&Connection, &Place), jobs: &Receiver<Job>, tips: &Tips, batches: &Batches) {
    let mut to_forget = false;
    while let Ok(first) = jobs.recv() {
        // Whatever goes wrong with one transaction, the next is begun.
        let ran = || batch((db, place), (first, jobs), (tips, batches), &mut to_forget);
        if catch_unwind(AssertUnwindSafe(ran)).is_err() {
            tracing::error!("the writing thread panicked, and goes on");
        }
    }
}

/// Does what waits in one transaction, and answers.
fn batch(
    (db, place): (&Connection, &Place),
    (first, jobs): (Job, &Receiver<Job>),
    (tips, batches): (&Tips, &Batches),
    to_forget: &mut bool,
) {
    let mut done = Done { batches, taken: 1, answers: Vec::new(), news: Vec::new() };
    let result = transaction(db, || {
        // Commands write beside this thread; what they wrote is older than what comes now.
        tips.catch_up(db)?;
        work_off(db, (first, jobs), &mut done)?;
        place.check()
    });
    // Once more: it may have been moved while the disk was at work.
    let result = result.and_then(|()| place.check());
    batches.transactions.fetch_add(1, Ordering::Relaxed);
    batches.jobs.fetch_add(done.taken as u64, Ordering::Relaxed);
    let answers = std::mem::take(&mut done.answers);
    match result {
        Ok(()) => {
            tips.tell(&done.news);
            *to_forget |= done.news.iter().any(|news| news.destroyed);
            *to_forget = *to_forget && !forget(db);
            place.note();
            for answer in answers {
                answer(Ok(()));
            }
        }
        Err(error) => {
            let is_full = error.is_want_of_room();
            for answer in answers {
                answer(Err(match &error {
                    _ if is_full => StorageError::NoRoom,
                    StorageError::Displaced(file) => StorageError::Displaced(file.clone()),
                    _ => StorageError::NotCommitted,
                }));
            }
            place.say(&error);
        }
    }
}

/// The jobs of one transaction, which do not wait any more, however it ends.
struct Done<'b> {
    batches: &'b Batches,
    taken: usize,
    answers: Vec<Answer>,
    news: Vec<News>,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.batches.waiting.fetch_sub(self.taken, Ordering::Relaxed);
    }
}

fn work_off(
    db: &Connection,
    (first, jobs): (Job, &Receiver<Job>),
    done: &mut Done<'_>,
) -> Result<(), StorageError> {
    let begun = Instant::now();
    let at = last_number(db)?;
    let (mut next, mut last) = (Some(first), at);
    while let Some(job) = next {
        let (fresh, answer) = job(db, last)?;
        last = last.max(fresh.last);
        done.news.push(fresh);
        done.answers.push(answer);
        let full = done.taken >= BATCH || begun.elapsed() >= BATCH_TIME;
        next = if full { None } else { jobs.try_recv().ok() };
        done.taken += usize::from(next.is_some());
    }
    if last > at { note_last(db, last) } else { Ok(()) }
}

fn note_last(db: &Connection, last: u64) -> Result<(), StorageError> {
    db.prepare_cached("UPDATE sequence SET last = ?1")?.execute([signed(last)])?;
    Ok(())
}

fn last_number(db: &Connection) -> Result<u64, StorageError> {
    let mut statement = db.prepare_cached("SELECT last FROM sequence")?;
    Ok(statement.query_row([], |row| super::row::count(row, "last"))?)
}

/// Empties the log, in which what was destroyed can still be read. False if a reader was reading
/// from it just then; it is tried again after the next transaction.
fn forget(db: &Connection) -> bool {
    let emptied = || -> rusqlite::Result<bool> {
        db.busy_timeout(Duration::ZERO)?;
        let busy: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(busy == 0)
    };
    let emptied = emptied().unwrap_or(false);
    // Nor are pages kept in memory that hold it.
    if let Err(error) = db.execute_batch("PRAGMA shrink_memory") {
        tracing::warn!(%error, "memory was not given back");
    }
    if let Err(error) = db.busy_timeout(super::schema::BUSY_TIMEOUT) {
        tracing::error!(%error, "the database took no settings");
    }
    emptied
}

fn transaction(
    db: &Connection,
    work: impl FnOnce() -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    if !db.is_autocommit() {
        // Left over from one that could not even be undone, as on a full disk.
        db.execute_batch("ROLLBACK")?;
    }
    db.execute_batch("BEGIN IMMEDIATE")?;
    let result = work().and_then(|()| Ok(db.execute_batch("COMMIT")?));
    if result.is_err() && !db.is_autocommit() {
        db.execute_batch("ROLLBACK")?;
    }
    result
}

#[cfg(test)]
mod tests;
