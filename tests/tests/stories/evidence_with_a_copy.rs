//! A photograph goes with the copy of a reflection: chosen, asked about, fetched by the one it was
//! shared with, by nobody else, and gone with the copy.

use std::{fs, path::Path};

use enhance_client::{Cancellation, Error, SharingCheck};
use enhance_model::{
    DocumentId, ItemId, LimitExceeded, attachment::strip, identifiers::FindingKind,
    personal_record::EvidenceSource,
};
use enhance_tests::{device::Device, world::World};

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
const CERTIFICATE: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/certificate.pdf");

/// How many files are somewhere under a folder of this name.
fn count(under: &Path, named: &str) -> usize {
    let found = fs::read_dir(under).into_iter().flatten().flatten();
    found
        .map(|file| match file.path() {
            path if path.is_dir() => count(&path, named),
            path => usize::from(path.ancestors().any(|folder| folder.ends_with(named))),
        })
        .sum()
}

fn reflect(device: &Device) -> (DocumentId, ItemId) {
    let reflection = device.reflect("The whiteboard");
    device.answer(reflection, "We drew the way of the patient.");
    let of = EvidenceSource::Document(reflection);
    let (chosen, _) = device.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
    device.attach(&of, "kept.pdf", CERTIFICATE).unwrap();
    (reflection, chosen)
}

fn check(device: &Device, id: DocumentId, file: ItemId) -> SharingCheck {
    device.check_before_sharing_with_files(id, &[file]).unwrap()
}

async fn fetch(device: &Device, of: DocumentId, id: ItemId) -> Result<Vec<u8>, Error> {
    let of = EvidenceSource::Document(of);
    device.fetch_attachment(of, id, &Cancellation::new(), &|_| ()).await
}

#[tokio::test]
async fn a_photograph_goes_with_a_copy_to_its_reader_alone_and_is_gone_with_it() {
    let world = World::new();
    let phone = world.trainee().await;
    let supervisor = world.supervisor().await;
    world.settle(&[&phone, &supervisor]).await;
    let (reflection, file) = reflect(&phone);
    let reader = supervisor.person();

    // Nobody looks through a picture, so that somebody has to say that they did.
    let found = check(&phone, reflection, file);
    assert_eq!(found.probable.get(&FindingKind::UnseenFile), Some(&1));
    let words = phone.check_before_sharing(reflection).unwrap().acknowledgement;
    let asked = phone.share_reflection_with_files(reflection, reader, &[file], words).unwrap_err();
    assert!(matches!(asked, Error::Unacknowledged { .. }), "{asked}");
    assert!(asked.to_string().contains("1 file that is not looked through"), "{asked}");
    assert_eq!(count(phone.folder(), "attachments"), 2, "nothing is left of what did not go");
    let acknowledged = found.acknowledgement;
    let copy =
        phone.share_reflection_with_files(reflection, reader, &[file], acknowledged).unwrap();
    let sent = phone.sync().await;
    assert_eq!((sent.uploaded, sent.uploads_waiting), (3, 0));

    let report = supervisor.sync().await;
    assert_eq!((report.uploaded, report.uploads_waiting), (0, 0), "it is not theirs to send");
    let of = EvidenceSource::Document(copy);
    let listed = supervisor.attachments(&of).unwrap();
    assert_eq!(listed.len(), 1, "what was chosen and nothing else");
    assert_eq!((listed[0].attachment.name.as_str(), listed[0].here), ("board.jpg", false));
    let photograph = strip(PHOTOGRAPH).unwrap().bytes;
    assert_eq!(fetch(&supervisor, copy, listed[0].id).await.unwrap(), photograph);
    assert_eq!(supervisor.open_attachment(&of, listed[0].id).unwrap(), photograph);
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("mine-files");
    let cancel = Cancellation::new();
    let export = supervisor.export_with_files(&folder, false, &cancel, &|_| ()).await.unwrap();
    let path = export.files[0].path().unwrap();
    assert_eq!(fs::read(place.path().join(path)).unwrap(), photograph, "what is here goes along");
    let refused = supervisor.attach(&of, "mine.jpg", PHOTOGRAPH).unwrap_err();
    assert!(matches!(refused, Error::NotFound { .. } | Error::NotAllowed { .. }), "{refused}");

    // Nothing says that it is the same file as that of the private reflection.
    let private = phone.attachments(&EvidenceSource::Document(reflection)).unwrap();
    assert!(private.iter().all(|one| one.attachment.sha256 != listed[0].attachment.sha256));

    phone.delete(copy).unwrap();
    assert_eq!(count(phone.folder(), "attachments"), 2, "the reflection keeps its own");
    phone.sync().await;
    assert_eq!(count(world.folder(), "blobs"), 2);
    supervisor.sync().await;
    assert_eq!(count(supervisor.folder(), "attachments"), 0, "and it is gone from the reader");
    assert!(fetch(&supervisor, copy, listed[0].id).await.is_err());
    assert!(fetch(&phone, reflection, file).await.is_ok());
}

#[tokio::test]
async fn a_file_for_which_the_server_has_no_room_says_so_where_it_is_listed() {
    let world = World::builder().settings("[limits]\nperson_bytes = 8400\n").begin();
    let phone = world.trainee().await;
    let reflection = phone.reflect("The whiteboard");
    phone.answer(reflection, &"We drew the way of the patient. ".repeat(20));
    let of = EvidenceSource::Document(reflection);
    phone.attach(&of, "first.jpg", PHOTOGRAPH).unwrap();
    phone.attach(&of, "second.jpg", PHOTOGRAPH).unwrap();
    let report = phone.sync().await;
    assert_eq!((report.waiting, report.uploaded, report.uploads_waiting), (0, 1, 1));
    let mut listed = phone.attachments(&of).unwrap();
    listed.sort_by_key(|one| one.stored);
    let refusal = listed[0].refusal.as_ref().unwrap();
    let full = LimitExceeded::Person { bytes: 0, limit: 0 };
    assert_eq!(refusal.code, full.code().as_str());
    assert!(!refusal.reason.is_empty());
    assert_eq!(listed[1].refusal, None);
    assert_eq!(phone.sync_state().unwrap().attachments_refused, 1);

    // It is not sent again with every exchange, and goes as soon as there is room.
    let quiet = phone.sync().await;
    assert!(quiet.bytes_up < 2_000, "{quiet:?}");
    phone.remove_attachment(&of, listed[1].id).unwrap();
    assert_eq!(phone.sync().await.uploaded, 1);
    assert_eq!(phone.attachments(&of).unwrap()[0].refusal, None);
    assert_eq!(phone.sync_state().unwrap().attachments_refused, 0);
}
