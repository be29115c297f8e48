//! A database whose file was damaged: what can be read of it is taken into a new one, and the server
//! gives back the rest.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
    thread,
    time::Duration,
};

use enhance_client::{Error, LearningCore, ListPage, Salvaged, SearchPage};
use enhance_tests::{device::Device, world::World};

const PAGE: u64 = 4_096;

/// Spoils a page of a file.
fn spoil(database: &Path, page: u64) {
    let mut file = fs::OpenOptions::new().write(true).open(database).unwrap();
    file.seek(SeekFrom::Start(page * PAGE)).unwrap();
    file.write_all(&[0xa5; 4_096]).unwrap();
}

fn salvage(device: &Device) -> Result<Salvaged, Error> {
    let options = device.options();
    LearningCore::salvage(options.folder, options.key.as_ref(), &options.environment)
}

/// A phone with thirty nights that the server has and ten that it has not.
async fn phone_with_forty_nights(world: &World) -> Device {
    let phone = world.trainee().await;
    let night = |number: usize| {
        let id = phone.reflect(&format!("Night {number}"));
        phone.answer(id, &"The ward was full of frightened people. ".repeat(60));
    };
    (0..30).for_each(night);
    phone.sync().await;
    (30..40).for_each(night);
    phone
}

#[tokio::test]
async fn whatever_page_is_damaged_the_others_are_taken_out_and_the_server_gives_back_its_part() {
    let world = World::new();
    let mut phone = phone_with_forty_nights(&world).await;
    phone.close();
    let database = phone.database();
    let good = fs::read(&database).unwrap();
    let pages = good.len() as u64 / PAGE;
    assert!(pages > 100, "{pages}");
    let (mut most, mut fewest, mut unopened) = (0, 40, 0);
    for page in (1..pages).step_by(usize::try_from(pages / 12).unwrap()) {
        fs::write(&database, &good).unwrap();
        spoil(&database, page);
        // Some pages say which tables there are. Without one of them nothing can be taken out.
        let salvaged = match salvage(&phone) {
            Err(Error::Damaged { .. }) => {
                unopened += 1;
                continue;
            }
            salvaged => salvaged.unwrap(),
        };
        assert!(salvaged.documents <= 40 && salvaged.aside.join("enhance.db").exists());
        if salvaged.unreadable.is_empty() {
            assert_eq!(salvaged.documents, 40, "page {page}");
        }
        most = most.max(salvaged.documents);
        // Without the facts of the account nobody is enrolled, and the file is kept beside.
        if phone.try_start().is_err() || phone.account().ok().flatten().is_none() {
            phone.close();
            fs::remove_dir_all(&salvaged.aside).unwrap();
            continue;
        }
        let before = phone.reflections(ListPage::ALL).unwrap().len();
        let synced = phone.try_sync().await;
        // Rows that were lost are made again in the background.
        let listed = || phone.reflections(ListPage::ALL).unwrap().len();
        let mut after = listed();
        for _ in 0..200 {
            if after >= 40 {
                break;
            }
            thread::sleep(Duration::from_millis(25));
            after = listed();
        }
        assert!(after >= before && after >= 30, "page {page}: {after}, {salvaged:?}, {synced:?}");
        fewest = fewest.min(after);
        assert_eq!(phone.integrity(), "ok");
        phone.close();
        fs::remove_dir_all(&salvaged.aside).unwrap();
    }
    assert!(unopened <= 2, "{unopened} of some twelve pages said which tables there are");
    assert_eq!(most, 40, "most pages take nothing with them that is not made again");
    assert!(fewest >= 35, "a page holds few of those that were never sent: {fewest}");
}

#[tokio::test]
async fn a_whole_database_loses_nothing_by_it_and_what_was_not_sent_is_offered() {
    let world = World::new();
    let mut phone = phone_with_forty_nights(&world).await;
    phone.close();
    let salvaged = salvage(&phone).unwrap();
    assert_eq!((salvaged.documents, salvaged.unreadable.len()), (40, 0));
    phone.start();
    assert_eq!(phone.reflections(ListPage::ALL).unwrap().len(), 40);
    phone.sync().await;
    assert!(phone.quarantined().unwrap().is_empty());
    let other = world.trusted_device(&phone, "a tablet").await;
    other.sync().await;
    assert_eq!(other.reflections(ListPage::ALL).unwrap().len(), 40);
    assert_eq!(phone.search("frightened", SearchPage::ALL).unwrap().len(), 40);
}

#[tokio::test]
async fn what_is_no_database_any_more_is_left_where_it_is_and_said() {
    let world = World::new();
    let mut phone = phone_with_forty_nights(&world).await;
    phone.close();
    for harm in [0, 1] {
        let database = phone.database();
        let good = fs::read(&database).unwrap();
        if harm == 0 {
            spoil(&database, 0);
        } else {
            fs::write(&database, b"short").unwrap();
        }
        let error = salvage(&phone).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. } | Error::WrongKey), "{error:?}");
        assert!(database.exists() && !database.with_extension("db.new").exists());
        fs::write(&database, good).unwrap();
        phone.start();
        phone.close();
    }
}
