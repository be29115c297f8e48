use super::*;
use crate::storage::schema;

fn place(file: &std::path::Path) -> Arc<Place> {
    let db = schema::open(file).unwrap();
    schema::mark(&db, 1).unwrap();
    Arc::new(Place::of(file, 1).unwrap())
}

fn writer() -> (tempfile::TempDir, Arc<Writer>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.db");
    let db = schema::open(&file).unwrap();
    let tips = Arc::new(Tips::load(&db).unwrap());
    (folder, Arc::new(Writer::start((place(&file), db), tips).unwrap()))
}

fn last(folder: &tempfile::TempDir) -> i64 {
    let db = schema::open_to_read(&folder.path().join("server.db")).unwrap();
    db.query_row("SELECT last FROM sequence", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn jobs_share_a_transaction_and_a_failing_one_is_undone_alone() {
    let (folder, writer) = writer();
    let (release, held) = std::sync::mpsc::channel::<()>();
    let holder = tokio::spawn({
        let writer = Arc::clone(&writer);
        async move { writer.write(move |_| held.recv().map_err(|_| StorageError::Closed)).await }
    });
    while writer.batches.waiting.load(Ordering::Relaxed) == 0 {
        tokio::task::yield_now().await;
    }
    let jobs: Vec<_> = (0..10)
        .map(|number| {
            let writer = Arc::clone(&writer);
            tokio::spawn(async move {
                writer
                    .write(move |write| {
                        let sequence = write.next_sequence();
                        if number == 3 { Err(StorageError::Busy) } else { Ok(sequence) }
                    })
                    .await
            })
        })
        .collect();
    while writer.batches.waiting.load(Ordering::Relaxed) < 11 {
        tokio::task::yield_now().await;
    }
    release.send(()).unwrap();
    holder.await.unwrap().unwrap();
    let mut numbers = Vec::new();
    for job in jobs {
        numbers.extend(job.await.unwrap().ok());
    }
    assert_eq!(numbers, (1..=9).collect::<Vec<u64>>());
    assert_eq!(last(&folder), 9);
    assert_eq!((writer.batches.transactions(), writer.batches.jobs()), (1, 11));
}

#[tokio::test]
async fn d4_the_writer_survives_a_job_that_panics() {
    let (folder, writer) = writer();
    let number = |write: &mut Write<'_>| Ok::<_, StorageError>(write.next_sequence());
    let refused = writer
        .write(|write| {
            write.next_sequence();
            assert!(write.db.is_autocommit(), "a fault that nobody thought of");
            Ok::<_, StorageError>(())
        })
        .await;
    assert!(matches!(refused, Err(StorageError::NotCommitted)));
    assert_eq!(writer.write(number).await.unwrap(), 1);
    assert_eq!((last(&folder), writer.batches.load_percent()), (1, 0));
}

/// A writer of a database that has no room for another page.
fn without_room(folder: &tempfile::TempDir) -> Writer {
    let file = folder.path().join("server.db");
    let db = schema::open(&file).unwrap();
    let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let tips = Arc::new(Tips::load(&db).unwrap());
    db.pragma_update(None, "max_page_count", pages).unwrap();
    Writer::start((place(&file), db), tips).unwrap()
}

#[tokio::test]
async fn d4_the_writer_goes_on_once_a_full_disk_has_room() {
    let folder = tempfile::tempdir().unwrap();
    let writer = without_room(&folder);
    let large = |write: &mut Write<'_>| {
        write.next_sequence();
        let sql = "INSERT INTO pack VALUES ('k', 1, zeroblob(1000000), 0)";
        write.db.execute(sql, []).map_err(StorageError::from)
    };
    for _ in 0..20 {
        let refused = writer.write(large).await.unwrap_err();
        assert!(refused.is_want_of_room(), "{refused}");
    }
    let room = |write: &mut Write<'_>| {
        Ok::<_, StorageError>(write.db.pragma_update(None, "max_page_count", 100_000)?)
    };
    writer.write(room).await.unwrap();
    writer.write(large).await.unwrap();
    assert_eq!((last(&folder), writer.batches.load_percent()), (1, 0));
}

#[tokio::test]
async fn a_closed_writer_finishes_what_it_took_and_takes_no_more() {
    let (folder, writer) = writer();
    let number = |write: &mut Write<'_>| Ok::<_, StorageError>(write.next_sequence());
    writer.write(number).await.unwrap();
    writer.close();
    assert_eq!(last(&folder), 1);
    let refused = writer.write(number).await;
    assert!(matches!(refused, Err(StorageError::Closed)));
}

#[cfg(unix)]
#[tokio::test]
async fn h2_nothing_is_acknowledged_into_a_database_that_is_no_longer_there() {
    let (folder, writer) = writer();
    let number = |write: &mut Write<'_>| Ok::<_, StorageError>(write.next_sequence());
    writer.write(number).await.unwrap();
    let [database, moved, log] =
        ["server.db", "moved.db", "server.db-wal"].map(|name| folder.path().join(name));
    std::fs::rename(&database, &moved).unwrap();
    for _ in 0..2 {
        assert!(matches!(writer.write(number).await, Err(StorageError::Displaced(_))));
    }
    std::fs::copy(&moved, &database).unwrap();
    assert!(writer.write(number).await.is_err(), "it is another file");
    std::fs::rename(&moved, &database).unwrap();
    assert_eq!(writer.write(number).await.unwrap(), 2, "it was put back");
    std::fs::File::create(&log).unwrap();
    assert!(writer.write(number).await.is_err(), "the log was emptied");
    std::fs::remove_file(&log).unwrap();
    assert!(writer.write(number).await.is_err(), "the log is gone");
}

/// An operator who packs the database while the server runs has cut nothing off.
#[cfg(unix)]
#[tokio::test]
async fn h2_a_database_that_became_shorter_by_vacuum_is_whole_and_one_that_is_cut_off_is_not() {
    let (folder, writer) = writer();
    let number = |write: &mut Write<'_>| Ok::<_, StorageError>(write.next_sequence());
    let filled = |write: &mut Write<'_>| {
        write.next_sequence();
        let sql = "INSERT INTO pack VALUES ('k', 1, zeroblob(1000000), 0)";
        write.db.execute(sql, []).map_err(StorageError::from)
    };
    let emptied = |write: &mut Write<'_>| {
        write.next_sequence();
        write.db.execute("DELETE FROM pack", []).map_err(StorageError::from)
    };
    let database = folder.path().join("server.db");
    let length = || std::fs::metadata(&database).unwrap().len();
    let checkpoint = || {
        let beside = Connection::open(&database).unwrap();
        beside.query_row("PRAGMA wal_checkpoint", [], |row| row.get::<_, i64>("busy")).unwrap()
    };
    writer.write(filled).await.unwrap();
    checkpoint();
    writer.write(emptied).await.unwrap();
    let before = length();
    Connection::open(&database).unwrap().execute_batch("VACUUM").unwrap();
    assert_eq!(checkpoint(), 0);
    assert!(length() + 500_000 < before, "{} of {before}", length());
    for expected in 3..6 {
        assert_eq!(writer.write(number).await.unwrap(), expected);
    }
    // It grows again, and is then cut off.
    writer.write(filled).await.unwrap();
    checkpoint();
    writer.write(number).await.unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(&database).unwrap();
    file.set_len(length() - 4_096).unwrap();
    assert!(matches!(writer.write(number).await, Err(StorageError::Displaced(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn h2_nothing_is_acknowledged_into_a_database_that_was_written_over_or_cut_off() {
    type Harm = fn(&std::fs::File, &std::path::Path);
    let number = |write: &mut Write<'_>| Ok::<_, StorageError>(write.next_sequence());
    let harms: [Harm; 3] = [
        |file, _| file.set_len(4_096).unwrap(),
        |file, _| std::io::Write::write_all(&mut &*file, &[7; 200]).unwrap(),
        |file, other| {
            let bytes = std::fs::read(other).unwrap();
            std::io::Write::write_all(&mut &*file, &bytes).unwrap();
        },
    ];
    for harm in harms {
        let (folder, writer) = writer();
        writer.write(number).await.unwrap();
        let other = folder.path().join("other.db");
        schema::mark(&schema::open(&other).unwrap(), 7).unwrap();
        let database = folder.path().join("server.db");
        let before = std::fs::read(&database).unwrap();
        let file = std::fs::OpenOptions::new().write(true).open(&database).unwrap();
        harm(&file, &other);
        for _ in 0..2 {
            assert!(matches!(writer.write(number).await, Err(StorageError::Displaced(_))));
        }
        std::fs::write(&database, &before).unwrap();
        assert!(writer.write(number).await.is_err(), "what was read of it is still in memory");
        writer.close();
        assert_eq!(std::fs::read(&database).unwrap(), before, "it is left as it is");
        assert_eq!(last(&folder), 1, "and so is its log");
    }
}
