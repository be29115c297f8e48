//! C1: a photograph that never reached the server stays with the refused work of its device when
//! another device deletes what it was attached to, until the person has dealt with it.

use std::{fs, path::Path};

use enhance_client::{Budget, Cancellation, Error};
use enhance_model::{DocumentId, ItemId, attachment::strip, personal_record::EvidenceSource};
use enhance_tests::{device::Device, network::Weather, world::World};

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");

/// A photograph of so many bytes more: nobody decodes it, so that its picture may be anything.
fn photograph(more: usize) -> Vec<u8> {
    let mut photograph = strip(PHOTOGRAPH).unwrap().bytes;
    let end = photograph.len() - 2;
    photograph.splice(end..end, vec![0x5a; more]);
    photograph
}

fn sealed_files(device: &Device) -> usize {
    fs::read_dir(device.folder().join("attachments")).map_or(0, Iterator::count)
}

/// Whether the server has a file of somebody, or a part of one.
fn has_files(under: &Path) -> bool {
    let mut entries = fs::read_dir(under).unwrap().flatten().map(|entry| entry.path());
    entries.any(
        |path| if path.is_dir() { has_files(&path) } else { path.iter().any(|it| it == "blobs") },
    )
}

struct Story {
    world: World,
    phone: Device,
    tablet: Device,
    reflection: DocumentId,
    of: EvidenceSource,
}

impl Story {
    /// A reflection that both devices have.
    async fn new() -> Self {
        let world = World::new();
        let phone = world.trainee().await;
        phone.sync().await;
        let tablet = world.trusted_device(&phone, "Ana's tablet").await;
        let reflection = phone.reflect("Regretted");
        phone.answer(reflection, "We drew the way of the patient.");
        world.settle(&[&phone, &tablet]).await;
        Self { world, phone, tablet, reflection, of: EvidenceSource::Document(reflection) }
    }

    fn attach(&self, name: &str, more: usize) -> ItemId {
        self.phone.attach(&self.of, name, &photograph(more)).unwrap().0
    }

    async fn deleted_on_the_tablet(&self) {
        self.tablet.delete(self.reflection).unwrap();
        self.tablet.sync().await;
    }

    /// The one piece of refused work on the phone, and the names of the files that are kept with it.
    #[track_caller]
    fn kept(&self) -> (i64, Vec<String>) {
        let kept = self.phone.quarantined().unwrap();
        assert_eq!(kept.len(), 1, "{kept:?}");
        let view = self.phone.quarantined_item(kept[0].id).unwrap();
        assert_eq!(kept[0].attachments, view.attachments.len() as u64);
        assert!(view.attachments.iter().all(|one| one.here && !one.stored && one.of == self.of));
        (kept[0].id, view.attachments.into_iter().map(|one| one.attachment.name).collect())
    }
}

#[tokio::test]
async fn c1_a_photograph_attached_offline_stays_with_what_was_written_until_it_is_dealt_with() {
    for attached_before in [true, false] {
        let mut story = Story::new().await;
        story.phone.network.down();
        if !attached_before {
            story.deleted_on_the_tablet().await;
        }
        story.phone.answer(story.reflection, "And never sent.");
        let id = story.attach("board.jpg", 0);
        if attached_before {
            story.deleted_on_the_tablet().await;
        }
        story.phone.network.up();
        let report = story.phone.sync().await;
        assert!(report.quarantined > 0, "the person is told: {report:?}");
        let (refused, names) = story.kept();
        assert_eq!(names, ["board.jpg"]);
        let open = |story: &Story| story.phone.open_attachment(&story.of, id);
        assert_eq!(open(&story).unwrap(), photograph(0));

        // Neither a start nor a sync takes it away, and it takes no space on the server.
        story.phone.restart();
        story.phone.sync().await;
        assert_eq!(open(&story).unwrap(), photograph(0));
        let state = story.phone.sync_state().unwrap();
        assert_eq!((state.attachments, sealed_files(&story.phone)), (0, 1));
        assert!(!has_files(story.world.folder()));

        story.phone.dismiss(refused).unwrap();
        assert_eq!(sealed_files(&story.phone), 0);
        let gone = open(&story).unwrap_err();
        assert!(matches!(gone, Error::Gone { .. }), "{gone}");
        assert_eq!(story.phone.quarantined_item(refused).unwrap().attachments, []);
        story.world.settle(&[&story.phone, &story.tablet]).await;
        story.phone.restart();
        assert!(story.phone.quarantined().unwrap().is_empty());
    }
}

#[tokio::test]
async fn c1_a_photograph_whose_words_alone_were_sent_stays_and_what_was_stored_goes() {
    let story = Story::new().await;
    let stored = story.attach("stored.jpg", 0);
    story.world.settle(&[&story.phone, &story.tablet]).await;
    story.phone.network.set_for("/v1/blobs", Weather::Down);
    let waits = story.attach("waits.jpg", 10);
    story.phone.sync().await;
    story.tablet.sync().await;
    story.deleted_on_the_tablet().await;
    story.phone.network.up();
    let report = story.phone.sync().await;
    assert!(report.quarantined > 0, "the person is told: {report:?}");
    let (_, names) = story.kept();
    assert_eq!((names, sealed_files(&story.phone)), (vec!["waits.jpg".to_owned()], 1));
    assert_eq!(story.phone.open_attachment(&story.of, waits).unwrap(), photograph(10));
    assert!(story.phone.open_attachment(&story.of, stored).is_err());
    assert!(story.tablet.quarantined().unwrap().is_empty());
    assert!(!has_files(story.world.folder()));
}

#[tokio::test]
async fn c1_a_photograph_of_which_half_was_sent_stays_whole_here_and_goes_from_the_server() {
    let story = Story::new().await;
    let id = story.attach("half.jpg", 1_000_000);
    let little = Budget { max_bytes: Some(100_000), ..Budget::default() };
    story.phone.core().sync(little, &Cancellation::new(), &|_| ()).await.unwrap();
    assert!(has_files(story.world.folder()), "some of it is there");
    story.tablet.sync().await;
    story.deleted_on_the_tablet().await;
    story.phone.sync().await;
    let (_, names) = story.kept();
    assert_eq!(names, ["half.jpg"]);
    assert_eq!(story.phone.open_attachment(&story.of, id).unwrap(), photograph(1_000_000));
    assert!(!has_files(story.world.folder()));
}

#[tokio::test]
async fn c1_a_photograph_that_was_fetched_from_the_server_goes_with_its_reflection() {
    let story = Story::new().await;
    let id = story.attach("board.jpg", 0);
    story.world.settle(&[&story.phone, &story.tablet]).await;
    story.tablet.fetch_attachment(story.of, id, &Cancellation::new(), &|_| ()).await.unwrap();
    story.phone.delete(story.reflection).unwrap();
    assert_eq!(sealed_files(&story.phone), 0);
    story.phone.sync().await;
    story.tablet.sync().await;
    assert_eq!(sealed_files(&story.tablet), 0);
    assert!(story.tablet.quarantined().unwrap().is_empty());
}

/// Whoever deletes it where the photograph is means the photograph as well.
#[tokio::test]
async fn c1_deleted_on_the_device_that_has_it_a_photograph_goes_whether_or_not_it_was_sent() {
    let story = Story::new().await;
    story.phone.network.down();
    story.attach("board.jpg", 0);
    story.phone.delete(story.reflection).unwrap();
    assert_eq!(sealed_files(&story.phone), 0);
    story.phone.network.up();
    story.world.settle(&[&story.phone, &story.tablet]).await;
    assert!(story.phone.quarantined().unwrap().is_empty());
}
