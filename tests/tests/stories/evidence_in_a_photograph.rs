//! A photograph as evidence: attached offline, sent after the words, fetched on another device,
//! destroyed with what it belongs to.

use std::{fs, path::Path};

use enhance_client::{AttachmentView, Cancellation, Error, model::Noun};
use enhance_model::{
    DocumentId,
    attachment::strip,
    personal_record::{Certificate, EvidenceSource, RecordItem},
};
use enhance_tests::{
    device::Device,
    network::{Portal, Weather},
    world::World,
};

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
const CERTIFICATE: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/certificate.pdf");

/// A photograph of a megabyte or so: nobody decodes it, so that its picture may be anything.
fn large() -> Vec<u8> {
    let mut photograph = strip(PHOTOGRAPH).unwrap().bytes;
    let end = photograph.len() - 2;
    photograph.splice(end..end, vec![0x5a; 1_000_000]);
    photograph
}

/// The files somewhere under a folder, in a folder of this name.
fn files(under: &Path, named: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, named));
        } else if path.ancestors().skip(1).any(|folder| folder.ends_with(named)) {
            found.push(fs::read(&path).unwrap());
        }
    }
    found
}

fn one(device: &Device, of: EvidenceSource) -> AttachmentView {
    let mut attached = device.attachments(&of).unwrap();
    assert_eq!(attached.len(), 1);
    attached.remove(0)
}

async fn fetch(device: &Device, of: EvidenceSource) -> Result<Vec<u8>, Error> {
    let id = one(device, of).id;
    device.fetch_attachment(of, id, &Cancellation::new(), &|_| ()).await
}

fn reflect(device: &Device) -> (DocumentId, EvidenceSource) {
    let reflection = device.reflect("The whiteboard");
    device.answer(reflection, "We drew the way of the patient.");
    (reflection, EvidenceSource::Document(reflection))
}

#[tokio::test]
async fn attached_offline_sent_after_the_words_fetched_elsewhere_and_destroyed_everywhere() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    phone.network.down();
    let (reflection, of) = reflect(&phone);
    let photograph = large();
    let (id, kept) = phone.attach(&of, "whiteboard.jpg", &photograph).unwrap();
    assert_eq!((kept.bytes, kept.bytes_before), (photograph.len() as u64, photograph.len() as u64));
    assert_eq!(phone.open_attachment(&of, id).unwrap(), photograph);
    for sealed in files(phone.folder(), "attachments") {
        assert!(!sealed.windows(64).any(|part| part == [0x5a; 64]), "it is sealed where it lies");
    }

    // The words arrive although no piece of the file does.
    phone.network.set_for("/v1/blobs", Weather::Down);
    let report = phone.sync().await;
    assert_eq!((report.waiting, report.uploaded, report.uploads_waiting), (0, 0, 1));
    tablet.sync().await;
    assert_eq!(tablet.answered(reflection), "We drew the way of the patient.");
    let elsewhere = one(&tablet, of);
    assert_eq!((elsewhere.here, elsewhere.stored), (false, false));
    assert!(fetch(&tablet, of).await.is_err(), "nobody but the phone has it yet");

    // Cut off within a piece, it goes on with what is lacking.
    phone.network.up();
    for _ in 0..2 {
        phone.network.set_for("/v1/blobs", Weather::CutResponse { after: 0 });
        phone.sync().await;
    }
    phone.network.up();
    phone.network.forget();
    let report = phone.sync().await;
    assert_eq!((report.uploaded, report.uploads_waiting), (1, 0));
    let state = phone.sync_state().unwrap();
    assert_eq!((state.attachments, state.attachments_stored), (1, 1));
    let on_server = files(world.folder(), "blobs");
    assert_eq!(on_server.len(), 1);
    assert_eq!(on_server[0].len() as u64, one(&phone, of).attachment.sealed_bytes);

    // The tablet hears that the server has it, and does not say that it sent it.
    let report = tablet.sync().await;
    assert_eq!((report.uploaded, report.uploads_waiting), (0, 0));
    assert!(one(&tablet, of).stored);

    // On the tablet it comes when it is asked for, also in two goes.
    tablet.network.set_for("/v1/blobs", Weather::CutResponse { after: 300_000 });
    assert!(fetch(&tablet, of).await.is_err());
    tablet.network.up();
    assert_eq!(fetch(&tablet, of).await.unwrap(), photograph);
    assert_eq!(tablet.open_attachment(&of, id).unwrap(), photograph);

    phone.delete(reflection).unwrap();
    assert!(files(phone.folder(), "attachments").is_empty(), "at once, where it was deleted");
    phone.sync().await;
    assert!(files(world.folder(), "blobs").is_empty(), "and on the server");
    tablet.sync().await;
    assert!(files(tablet.folder(), "attachments").is_empty(), "and where it had been fetched");
}

#[tokio::test]
async fn a_certificate_keeps_its_file_until_that_is_taken_away() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let item = phone.new_item_id();
    let title = "Advanced life support".to_owned();
    phone.edit_record(&Certificate { title, ..blank() }.adding(item)).unwrap();
    let of = EvidenceSource::Item(item);
    let (id, kept) = phone.attach(&of, "/sdcard/als.pdf", CERTIFICATE).unwrap();
    assert_eq!(kept.name, "als.pdf");
    phone.sync().await;
    assert!(one(&phone, of).stored);
    assert_eq!(files(world.folder(), "blobs").len(), 1);
    tablet.sync().await;
    fetch(&tablet, of).await.unwrap();
    assert_eq!(files(tablet.folder(), "attachments").len(), 1);

    phone.remove_attachment(&of, id).unwrap();
    assert_eq!(phone.attachments(&of).unwrap(), []);
    let gone = phone.open_attachment(&of, id).unwrap_err();
    assert!(matches!(gone, Error::NotFound { what: Noun::Attachment, .. }), "{gone}");
    phone.sync().await;
    assert!(files(world.folder(), "blobs").is_empty());
    tablet.sync().await;
    assert_eq!(tablet.attachments(&of).unwrap(), []);
    assert!(files(tablet.folder(), "attachments").is_empty(), "and where it had been fetched");
}

fn blank() -> Certificate {
    Certificate::default()
}

#[tokio::test]
async fn what_a_kill_left_behind_goes_at_the_next_start_and_what_is_attached_stays() {
    let world = World::new();
    let mut phone = world.trainee().await;
    let (_, of) = reflect(&phone);
    let (id, _) = phone.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
    // Killed between file and row, and while a file was written.
    let folder = phone.folder().join("attachments");
    for left in ["ab".repeat(32), format!("{}.new", "cd".repeat(32))] {
        fs::write(folder.join(left), b"sealed").unwrap();
    }
    phone.restart();
    assert_eq!(files(phone.folder(), "attachments").len(), 1);
    assert!(phone.open_attachment(&of, id).is_ok());
}

#[tokio::test]
async fn a_file_that_a_stranger_or_a_bad_disk_changed_is_never_shown() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let (_, of) = reflect(&phone);
    let (id, _) = phone.attach(&of, "board.jpg", &large()).unwrap();
    phone.sync().await;
    tablet.sync().await;
    tablet.network.set_for("/v1/blobs", Weather::Damage { at: 5_000 });
    let damaged = fetch(&tablet, of).await.unwrap_err();
    assert!(matches!(damaged, Error::Damaged { .. }), "{damaged}");
    assert!(tablet.open_attachment(&of, id).is_err());
    tablet.network.up();
    assert_eq!(fetch(&tablet, of).await.unwrap(), large());

    let file = fs::read_dir(phone.folder().join("attachments")).unwrap().next().unwrap().unwrap();
    fs::write(file.path(), b"spoilt").unwrap();
    assert!(phone.open_attachment(&of, id).is_err());
    assert_eq!(fetch(&phone, of).await.unwrap(), large(), "the server's copy takes its place");
}

#[tokio::test]
async fn a4_a_file_is_fetched_whatever_a_proxy_makes_of_its_tag_and_a_page_is_none() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let other_heads: [fn(&str) -> Option<String>; 2] = [
        |line| Some(line.replace("etag: \"", "etag: W/\"")),
        |line| (!line.to_lowercase().starts_with("etag:")).then(|| line.to_owned()),
    ];
    for head in other_heads {
        let (_, of) = reflect(&phone);
        let photograph = large();
        phone.attach(&of, "board.jpg", &photograph).unwrap();
        phone.sync().await;
        tablet.sync().await;
        tablet.network.set_for("/v1/blobs", Weather::Portal(Portal::page(200, "<html>Sign in")));
        let page = fetch(&tablet, of).await.unwrap_err();
        assert!(matches!(page, Error::Offline { .. }), "{page}");
        tablet.network.set_for("/v1/blobs", Weather::CutResponse { after: 300_000 });
        assert!(fetch(&tablet, of).await.is_err());
        tablet.network.set_for("/v1/blobs", Weather::OtherHead(head));
        assert_eq!(fetch(&tablet, of).await.unwrap(), photograph);
        tablet.network.up();
    }
}

#[tokio::test]
async fn b1_a_file_that_is_lost_here_holds_up_no_other_and_is_not_said_to_be_here() {
    let world = World::new();
    let phone = world.trainee().await;
    let attached: Vec<_> = (0..3)
        .map(|_| {
            let (_, of) = reflect(&phone);
            phone.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
            of
        })
        .collect();
    // The server goes through them in the order of their documents.
    let first = *attached.iter().min_by_key(|of| format!("{of:?}")).unwrap();
    let sealed = one(&phone, first).attachment.sha256.to_string();
    fs::remove_file(phone.folder().join("attachments").join(sealed)).unwrap();
    let report = phone.sync().await;
    assert_eq!(report.uploaded, 2);
    let lost = one(&phone, first);
    assert_eq!((lost.here, lost.stored), (false, false));
    assert!(fetch(&phone, first).await.is_err());
}

#[tokio::test]
async fn d3_what_stands_in_the_place_of_a_file_or_of_its_folder_stops_nothing_and_is_kept() {
    let world = World::new();
    let phone = world.trainee().await;
    let folder = phone.folder().join("attachments");
    fs::write(&folder, b"of somebody").unwrap();
    let (reflection, of) = reflect(&phone);
    let (id, _) = phone.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
    phone.sync().await;
    let kept = phone.folder().join("attachments.aside-1");
    assert_eq!(fs::read(kept).unwrap(), b"of somebody");

    let place = folder.join(one(&phone, of).attachment.sha256.to_string());
    for in_its_place in [place.with_extension("part"), place.clone()] {
        let _ = fs::remove_file(&in_its_place);
        fs::create_dir(&in_its_place).unwrap();
        fs::write(in_its_place.join("something"), b"of somebody").unwrap();
    }
    assert!(matches!(phone.open_attachment(&of, id), Err(Error::NotFound { .. })));
    let photograph = fetch(&phone, of).await.unwrap();
    assert_eq!(phone.open_attachment(&of, id).unwrap(), photograph);

    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    phone.delete(reflection).unwrap();
    assert!(place.is_dir() && phone.reflection(reflection).is_err());
    assert_eq!(phone.sync().await.waiting, 0);
}

#[tokio::test]
async fn files_that_cannot_be_attached_are_refused_with_words_and_nothing_is_kept() {
    let world = World::new();
    let phone = world.trainee().await;
    let (_, of) = reflect(&phone);
    for (name, bytes) in [("a.gif", &b"GIF89a"[..]), ("b.jpg", &PHOTOGRAPH[..200]), ("c.pdf", b"")]
    {
        let refused = phone.attach(&of, name, bytes).unwrap_err();
        assert!(matches!(refused, Error::InvalidInput { .. }), "{refused}");
    }
    assert_eq!(phone.attachments(&of).unwrap(), []);
    assert!(!phone.folder().join("attachments").exists());
}
