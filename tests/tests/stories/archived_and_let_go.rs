//! Reflections that rest are sealed together by their owner's device. A device that joins later
//! reads that instead of every change ever made, and the server lets go of the changes.

use enhance_client::SearchPage;
use enhance_model::{DocumentId, Role, change_project::Section};
use enhance_tests::{device::Device, world::World};
use rusqlite::Connection;

/// Reflections of a trainee, each written in a few sittings, all on the server.
async fn reflections(ana: &Device, count: usize) -> Vec<DocumentId> {
    let mut ids = Vec::new();
    for number in 0..count {
        let id = ana.reflect(&format!("Reflection {number}"));
        for words in ["It was", "It was a long", "It was a long night"] {
            ana.answer(id, &format!("{words} on ward {number}."));
        }
        ids.push(id);
    }
    ana.sync().await;
    ids
}

/// A day later: what rests is folded, then archived, then let go.
async fn rest(world: &World, devices: &[&Device]) {
    world.clock.jump_days(1);
    for _ in 0..3 {
        for device in devices {
            device.sync().await;
        }
    }
}

/// What the server's database says to a question that is answered with a number.
fn ask(world: &World, sql: &str) -> i64 {
    let db = Connection::open(world.server.database()).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

const ENVELOPES: &str = "SELECT count(*) FROM entry WHERE kind = 'envelope'
    AND document IN (SELECT id FROM document WHERE kind = 'reflection')";
const ARCHIVES: &str = "SELECT count(*) FROM archive";
const NEWEST: &str = "SELECT max(sequence) FROM archive";
const ARCHIVED: &str = "SELECT count(*) FROM archived";

fn assert_reads(device: &Device, reflections: &[DocumentId]) {
    for (number, id) in reflections.iter().enumerate() {
        let expected = format!("It was a long night on ward {number}.");
        assert_eq!(device.answered(*id), expected);
    }
}

#[tokio::test]
async fn a_new_device_reads_what_was_archived_and_the_server_lets_go_of_the_rest() {
    let world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 40).await;
    let before = ask(&world, ENVELOPES);
    assert!(before >= 160, "{before}");
    rest(&world, &[&ana]).await;
    assert_eq!((ask(&world, ENVELOPES), ask(&world, ARCHIVES)), (0, 1));

    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    assert!(!tablet.search("ward 17", SearchPage::ALL).unwrap().is_empty());
    assert_reads(&tablet, &ids);
    let traffic = tablet.traffic();
    assert!(traffic.bytes_down < 40 * 1_000, "{traffic:?}");

    tablet.answer(ids[3], "Later, on the tablet.");
    world.settle(&[&tablet, &ana]).await;
    assert_eq!(ana.answered(ids[3]), "Later, on the tablet.");
    ana.answer(ids[3], "Later still, on the phone.");
    world.settle(&[&ana, &tablet]).await;
    assert_eq!(tablet.answered(ids[3]), "Later still, on the phone.");
}

#[tokio::test]
async fn archives_that_come_before_the_recovery_key_are_opened_by_it() {
    let world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 40).await;
    rest(&world, &[&ana]).await;
    let tablet = world.another_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    tablet.sync().await;
    assert!(tablet.reflection(ids[0]).is_err());
    tablet.use_recovery_key(ana.recovery_key.as_deref().unwrap()).unwrap();
    assert_reads(&tablet, &ids);
}

#[tokio::test]
async fn nothing_is_let_go_before_the_other_device_has_read_it_or_a_month_has_passed() {
    let world = World::new();
    let ana = world.trainee().await;
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let ids = reflections(&ana, 40).await;
    tablet.sync().await;
    let before = ask(&world, ENVELOPES);
    rest(&world, &[&ana]).await;
    assert_eq!((ask(&world, ENVELOPES), ask(&world, ARCHIVES)), (before, 1));
    let first = ask(&world, NEWEST);
    rest(&world, &[&tablet, &ana]).await;
    assert_eq!(ask(&world, ENVELOPES), 0);
    assert_eq!(ask(&world, NEWEST), first, "the tablet makes no second one");
    assert_reads(&tablet, &ids);
}

#[tokio::test]
async fn a_device_that_was_away_for_months_loses_nothing_it_wrote() {
    let world = World::new();
    let ana = world.trainee().await;
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let ids = reflections(&ana, 40).await;
    tablet.sync().await;
    ana.answer(ids[5], "It was a long night on ward 5. And a short day.");
    tablet.answer(ids[5], "Truly. It was a long night on ward 5.");
    tablet.answer(ids[6], "Only on the tablet.");
    let later = reflections(&ana, 2).await;
    rest(&world, &[&ana]).await;
    world.clock.jump_days(40);
    ana.sync().await;
    assert_eq!(ask(&world, ENVELOPES), 0);

    world.settle(&[&tablet, &ana]).await;
    for device in [&ana, &tablet] {
        let expected = "Truly. It was a long night on ward 5. And a short day.";
        assert_eq!(device.answered(ids[5]), expected);
        assert_eq!(device.answered(ids[6]), "Only on the tablet.");
        assert_reads(device, &ids[..5]);
        assert_reads(device, &later);
    }
}

#[tokio::test]
async fn what_is_deleted_leaves_the_archive_as_well() {
    let world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 40).await;
    rest(&world, &[&ana]).await;
    let first = ask(&world, NEWEST);
    ana.delete(ids[0]).unwrap();
    ana.sync().await;
    ana.sync().await;
    assert_eq!((ask(&world, ARCHIVES), ask(&world, ARCHIVED)), (1, 39));
    assert!(ask(&world, NEWEST) > first, "it was made anew");
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    assert!(tablet.reflection(ids[0]).is_err());
    assert_eq!(tablet.answered(ids[1]), "It was a long night on ward 1.");
}

#[tokio::test]
async fn a_restored_server_gets_archives_and_all_that_was_let_go_back() {
    let mut world = World::new();
    let ana = world.trainee().await;
    let early = reflections(&ana, 3).await;
    let backup = world.server.backup();
    let ids = reflections(&ana, 40).await;
    ana.answer(early[0], "It was a long night on ward 0.");
    rest(&world, &[&ana]).await;
    assert_eq!(ask(&world, ENVELOPES), 0);

    world.server.restore(&backup);
    for _ in 0..4 {
        ana.sync().await;
    }
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    assert_reads(&tablet, &ids);
    assert_reads(&tablet, &early);
    ana.answer(ids[7], "After the restore.");
    world.settle(&[&ana, &tablet]).await;
    assert_eq!(tablet.answered(ids[7]), "After the restore.");
}

#[tokio::test]
async fn nobody_archives_what_is_another_persons() {
    let world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 40).await;
    rest(&world, &[&ana]).await;
    let dan = world.person(Role::Trainee, "Dr Dan Mora").await;
    reflections(&dan, 40).await;
    rest(&world, &[&dan]).await;
    dan.sync().await;
    assert_eq!((ask(&world, ARCHIVES), ask(&world, ARCHIVED)), (2, 80));
    assert!(dan.reflection(ids[0]).is_err());
}

/// How many archives on the server speak of a document.
fn archives_with(world: &World, document: DocumentId) -> i64 {
    let id = document.to_string().replace('-', "");
    ask(world, &format!("SELECT count(*) FROM archive WHERE instr(body, x'{id}') > 0"))
}

#[tokio::test]
async fn what_is_written_on_before_a_restore_is_noticed_reaches_the_server() {
    let mut world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 3).await;
    let backup = world.server.backup();
    ana.answer(ids[0], "After the backup.");
    ana.sync().await;
    rest(&world, &[&ana]).await;
    world.server.restore(&backup);
    ana.answer(ids[0], "After the backup. And after the restore.");
    for _ in 0..3 {
        ana.sync().await;
    }
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    assert_eq!(tablet.answered(ids[0]), "After the backup. And after the restore.");
}

#[tokio::test]
async fn what_only_an_archive_holds_after_a_restore_reaches_the_other_device() {
    let mut world = World::new();
    let ana = world.trainee().await;
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let ids = reflections(&ana, 3).await;
    tablet.sync().await;
    let backup = world.server.backup();
    ana.answer(ids[0], "After the backup.");
    ana.sync().await;
    rest(&world, &[&ana]).await;
    world.server.restore(&backup);
    world.settle(&[&ana, &tablet]).await;
    assert_eq!(tablet.answered(ids[0]), "After the backup.");
    ana.answer(ids[0], "After the restore.");
    world.settle(&[&ana, &tablet]).await;
    assert_eq!(tablet.answered(ids[0]), "After the restore.");
}

#[tokio::test]
async fn what_came_after_an_archive_opens_with_it_when_the_recovery_key_is_typed() {
    let world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 40).await;
    rest(&world, &[&ana]).await;
    let tablet = world.another_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    ana.answer(ids[3], "Later, on the phone.");
    ana.delete(ids[4]).unwrap();
    ana.sync().await;
    tablet.sync().await;
    tablet.use_recovery_key(ana.recovery_key.as_deref().unwrap()).unwrap();
    assert!(tablet.quarantined().unwrap().is_empty());
    assert_eq!(tablet.answered(ids[3]), "Later, on the phone.");
    assert!(tablet.reflection(ids[4]).is_err(), "what was deleted is deleted");
    assert_reads(&tablet, &ids[..3]);
    tablet.answer(ids[3], "Later still, on the tablet.");
    world.settle(&[&tablet, &ana]).await;
    assert_eq!(ana.answered(ids[3]), "Later still, on the tablet.");
}

#[tokio::test]
async fn what_is_deleted_leaves_every_archive_that_held_some_of_it() {
    let world = World::new();
    let ana = world.trainee().await;
    let ids = reflections(&ana, 40).await;
    rest(&world, &[&ana]).await;
    ana.answer(ids[0], "A week later.");
    ana.sync().await;
    world.clock.jump_days(8);
    rest(&world, &[&ana]).await;
    assert_eq!(archives_with(&world, ids[0]), 2);
    ana.delete(ids[0]).unwrap();
    for _ in 0..3 {
        ana.sync().await;
    }
    assert_eq!(archives_with(&world, ids[0]), 0);
    assert!(archives_with(&world, ids[1]) > 0);
}

/// Neither the archives nor the project fit into one page.
#[tokio::test]
async fn a_new_device_reads_archives_and_a_long_project_in_small_pages() {
    let world = World::builder().settings("page_bytes = 8192\n").begin();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    ben.sync().await;
    let project = ben.create_project("Falls on ward 7", "sys", "Ward 7").unwrap();
    for number in 0..40 {
        ben.append(project, Section::Problem, &format!("{number} {}", "long ".repeat(200)));
    }
    ben.sync().await;
    let early = reflections(&ana, 40).await;
    ben.know(ana.person()).await;
    world.let_edit(&ben, project, ana.person());
    world.settle(&[&ben, &ana]).await;
    let late = reflections(&ana, 40).await;
    rest(&world, &[&ana]).await;
    ana.answer(late[0], "Again.");
    ana.sync().await;
    world.clock.jump_days(8);
    rest(&world, &[&ana]).await;
    assert!(ask(&world, ARCHIVES) > 1);

    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let report = tablet.sync().await;
    assert!(!report.more && report.round_trips < 60, "{report:?}");
    assert_reads(&tablet, &early);
    assert_eq!(tablet.section(project, Section::Problem), ben.section(project, Section::Problem));
    assert_eq!(tablet.sync().await.pulled, 0);
}
