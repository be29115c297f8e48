//! A database whose file was damaged: what can be read of it is taken into a new one, and the server
//! gives back the rest.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
    thread,
    time::Duration,
};

use enhance_client::{DatabaseKey, Error, LearningCore, ListPage, Salvaged, SearchPage};
use enhance_model::{DocumentId, PersonId};
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
    let (person, recovery) = (phone.person(), phone.recovery_key.clone().unwrap());
    phone.close();
    let database = phone.database();
    let good = fs::read(&database).unwrap();
    let pages = good.len() as u64 / PAGE;
    assert!(pages > 100, "{pages}");
    let (mut most, mut fewest) = (0, 40);
    for page in (0..pages).step_by(usize::try_from(pages / 12).unwrap()) {
        fs::write(&database, &good).unwrap();
        spoil(&database, page);
        let salvaged = salvage(&phone).unwrap();
        assert!(salvaged.documents <= 40 && salvaged.aside.join("enhance.db").exists());
        if salvaged.unreadable.is_empty() {
            assert_eq!(salvaged.documents, 40, "page {page}");
        }
        most = most.max(salvaged.documents);
        phone.start();
        if phone.account().unwrap().is_none() {
            enrol_again(&world, &mut phone, person, &recovery).await;
        }
        let before = phone.reflections(ListPage::ALL).unwrap().len();
        phone.try_sync().await.unwrap_or_else(|error| panic!("page {page}: {error}"));
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
        assert!(after >= before && after >= 30, "page {page}: {after}, {salvaged:?}");
        fewest = fewest.min(after);
        assert_eq!(phone.integrity(), "ok");
        phone.close();
        fs::remove_dir_all(&salvaged.aside).unwrap();
    }
    assert_eq!(most, 40, "most pages take nothing with them that is not made again");
    assert!(fewest >= 35, "a page holds few of those that were never sent: {fewest}");
}

/// What stands in six nights that the server has, one of which goes on here.
async fn phone_with_six_nights(world: &World) -> (Device, Vec<(DocumentId, String)>) {
    let phone = world.trainee().await;
    let mut nights = Vec::new();
    for number in 0..6 {
        let night = phone.reflect(&format!("Night {number}"));
        for times in 1..=4 {
            phone.answer(night, &"The ward was full of frightened people. ".repeat(times * 20));
        }
        nights.push((night, phone.answered(night)));
    }
    phone.sync().await;
    let (last, text) = nights.last_mut().unwrap();
    text.push_str("Then it was morning.");
    phone.answer(*last, text);
    (phone, nights)
}

#[tokio::test]
async fn whatever_page_is_damaged_each_document_that_the_server_has_comes_back_and_can_be_written_in()
 {
    let world = World::new();
    let (mut phone, nights) = phone_with_six_nights(&world).await;
    let (person, recovery) = (phone.person(), phone.recovery_key.clone().unwrap());
    phone.close();
    let database = phone.database();
    let good = fs::read(&database).unwrap();
    let (mut harmed, mut done_again) = (0, 0);
    for page in 0..good.len() as u64 / PAGE {
        fs::write(&database, &good).unwrap();
        spoil(&database, page);
        let salvaged = salvage(&phone).unwrap();
        let has_words = |table: &String| ["entry", "document_key"].contains(&&**table);
        if !salvaged.unreadable.iter().any(has_words) {
            fs::remove_dir_all(&salvaged.aside).unwrap();
            continue;
        }
        harmed += 1;
        phone.start();
        if phone.account().unwrap().is_none() {
            enrol_again(&world, &mut phone, person, &recovery).await;
        }
        phone.try_sync().await.unwrap_or_else(|error| panic!("page {page}: {error}"));
        let refused = phone.quarantined().unwrap();
        // What was put aside for the time being, and is dealt with.
        if refused.is_empty() && phone.quarantined_item(1).is_ok() {
            let (last, text) = nights.last().unwrap();
            assert_eq!(phone.answered(*last), *text, "page {page}");
            done_again += 1;
        }
        for (night, text) in &nights {
            let answered = phone.answered(*night);
            let is_whole = answered == *text;
            // What was never sent may have been on that page.
            let is_as_sent = text.starts_with(&answered) && answered.len() > 3_000;
            assert!(is_whole || is_as_sent, "page {page}: {answered:?}, {salvaged:?}, {refused:?}");
            phone.answer(*night, "It goes on.");
        }
        phone.close();
        fs::remove_dir_all(&salvaged.aside).unwrap();
    }
    assert!(harmed > 5 && done_again > 0, "{harmed} pages with words, {done_again} done again");
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

/// Enrols a phone in the folder in which whose it was could not be read any more.
async fn enrol_again(world: &World, phone: &mut Device, person: PersonId, recovery: &str) {
    phone.join(&world.server.invite_device(person)).await;
    phone.use_recovery_key(recovery).unwrap();
}

#[tokio::test]
async fn d_a_file_of_which_nothing_is_left_is_set_aside_and_the_phone_enrolled_again_in_its_folder()
{
    let world = World::new();
    let mut phone = phone_with_forty_nights(&world).await;
    let (person, recovery) = (phone.person(), phone.recovery_key.clone().unwrap());
    phone.close();
    let database = phone.database();
    let good = fs::read(&database).unwrap();
    let harms: [fn(&mut Vec<u8>); 3] =
        [Vec::clear, |bytes| bytes.truncate(100), |bytes| bytes[16..].fill(0x5a)];
    for (number, harm) in harms.into_iter().enumerate() {
        let mut bytes = good.clone();
        harm(&mut bytes);
        fs::write(&database, &bytes).unwrap();
        assert!(matches!(phone.try_start(), Err(Error::Damaged { .. })));
        let salvaged = salvage(&phone).unwrap();
        assert_eq!((salvaged.documents, salvaged.drafts), (0, 0));
        assert!(fs::read(salvaged.aside.join("enhance.db")).unwrap() == bytes, "it is kept");
        phone.start();
        assert_eq!(phone.account(), Ok(None));
        enrol_again(&world, &mut phone, person, &recovery).await;
        phone.sync().await;
        assert_eq!(phone.reflections(ListPage::ALL).unwrap().len(), 30 + number, "as the server");
        phone.reflect("Written after it");
        phone.sync().await;
        phone.close();
        fs::write(&database, &good).unwrap();
    }
}

#[tokio::test]
async fn d_another_key_changes_nothing_and_the_right_one_opens_it_again() {
    let world = World::new();
    let mut phone = phone_with_forty_nights(&world).await;
    phone.close();
    let good = fs::read(phone.database()).unwrap();
    let options = phone.options();
    let wrong = DatabaseKey::from_bytes([9; 32]);
    let error = LearningCore::salvage(options.folder, Some(&wrong), &options.environment);
    assert_eq!(error.err(), Some(Error::WrongKey));
    assert!(fs::read(phone.database()).unwrap() == good);
    phone.start();
    assert_eq!(phone.reflections(ListPage::ALL).unwrap().len(), 40);
}
