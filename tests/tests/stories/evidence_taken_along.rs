//! A trainee goes to another programme and takes her photographs along: exported where some of them
//! are not, read back into an account on another server, and fetched there on a second phone.

use enhance_client::{Cancellation, Error, Export, LeftOut, ListPage, Progress};
use enhance_model::{
    attachment::strip,
    change_project::Section,
    personal_record::{Certificate, EvidenceLink, EvidenceSource, RecordItem},
};
use enhance_tests::{device::Device, world::World};

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
const CERTIFICATE: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/certificate.pdf");

async fn export(device: &Device, place: &std::path::Path, fetch: bool) -> Export {
    let files = place.join("evidence-files");
    device.export_with_files(&files, fetch, &Cancellation::new(), &|_| ()).await.unwrap()
}

fn left_out(export: &Export) -> Vec<LeftOut> {
    export.files.iter().filter_map(enhance_client::ExportedFile::left_out).collect()
}

/// Everything that is attached, fetched if it is not here.
async fn contents(device: &Device) -> Vec<Vec<u8>> {
    let mut contents = Vec::new();
    for file in device.export().unwrap().files {
        let cancel = Cancellation::new();
        contents.push(device.fetch_attachment(file.of, file.id, &cancel, &|_| ()).await.unwrap());
    }
    contents.sort();
    contents
}

#[tokio::test]
async fn photographs_are_fetched_exported_and_read_back_into_an_account_of_another_server() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let reflection = EvidenceSource::Document(phone.reflect("The whiteboard"));
    phone.attach(&reflection, "board.jpg", PHOTOGRAPH).unwrap();
    let item = phone.new_item_id();
    let title = "Advanced life support".to_owned();
    phone.edit_record(&Certificate { title, ..Certificate::default() }.adding(item)).unwrap();
    phone.attach(&EvidenceSource::Item(item), "als.pdf", CERTIFICATE).unwrap();
    phone.sync().await;
    tablet.sync().await;

    // The tablet has none of them. Each is named, whether or not anybody can be asked.
    let place = tempfile::tempdir().unwrap();
    let without = export(&tablet, place.path(), false).await;
    assert_eq!(left_out(&without), [LeftOut::NotHere; 2]);
    tablet.network.down();
    tablet.network.forget();
    assert_eq!(left_out(&export(&tablet, place.path(), true).await), [LeftOut::NotFetched; 2]);
    tablet.network.up();
    let sizes = tablet.export_sizes().unwrap();
    assert_eq!((sizes.files, sizes.files_here, sizes.bytes_here), (2, 0, 0));
    let whole = export(&tablet, place.path(), true).await;
    assert_eq!(left_out(&whole), []);
    let json = whole.to_json().unwrap();

    let elsewhere = World::new();
    let new_phone = elsewhere.trainee().await;
    let heard = std::sync::Mutex::new(Vec::new());
    let hear = |step| heard.lock().unwrap().push(step);
    let cancel = Cancellation::new();
    let report = new_phone.import_with_files(&json, place.path(), &cancel, &hear).unwrap();
    assert_eq!((report.files, report.files_not_read.len()), (2, 0));
    let bytes = sizes.bytes;
    let last = heard.into_inner().unwrap().pop();
    assert_eq!(last, Some(Progress::Copied { bytes, total: bytes }));
    let again = new_phone.import_with_files(&json, place.path(), &cancel, &|_| ()).unwrap();
    assert_eq!((again.files, again.files_already_here), (0, 2));

    // There they are hers as if she had attached them: sealed, sent, and on her other device.
    let sent = new_phone.sync().await;
    assert_eq!((sent.uploaded, sent.uploads_waiting), (2, 0));
    let new_tablet = elsewhere.trusted_device(&new_phone, "Ana's new tablet").await;
    new_tablet.sync().await;
    let mut expected = vec![strip(PHOTOGRAPH).unwrap().bytes, strip(CERTIFICATE).unwrap().bytes];
    expected.sort();
    assert_eq!(contents(&new_tablet).await, expected);
}

/// An export of a reflection with a photograph, a plan and evidence, with its file beside it.
async fn exported(place: &std::path::Path) -> String {
    let world = World::new();
    let phone = world.trainee().await;
    let reflection = phone.reflect("The whiteboard");
    phone.answer(reflection, "It was dark.");
    let source = EvidenceSource::Document(reflection);
    phone.attach(&source, "board.jpg", PHOTOGRAPH).unwrap();
    let link = EvidenceLink::new(source, "capability:fpc-9".parse().unwrap(), "I asked who fell.");
    phone.edit_record(&link.adding(phone.new_item_id())).unwrap();
    let project = phone.create_project("Lamps", "sys", "Ward 7").unwrap();
    phone.write(project, Section::Problem, "Too dark.");
    phone.sync().await;
    export(&phone, place, false).await.to_json().unwrap()
}

#[tokio::test]
async fn what_two_devices_read_back_before_they_meet_is_one_and_each_reads_what_the_other_writes() {
    let place = tempfile::tempdir().unwrap();
    let json = exported(place.path()).await;
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    for device in [&phone, &tablet] {
        let cancel = Cancellation::new();
        let read = device.import_with_files(&json, place.path(), &cancel, &|_| ()).unwrap();
        assert_eq!((read.reflections, read.projects, read.files), (1, 1, 1));
    }
    world.settle(&[&phone, &tablet]).await;
    let reflection = phone.reflections(ListPage::ALL).unwrap()[0].id;
    let project = phone.projects(ListPage::ALL).unwrap()[0].id;
    for device in [&phone, &tablet] {
        assert_eq!(device.answered(reflection), "It was dark.", "{}", device.name());
        assert_eq!(device.section(project, Section::Problem), "Too dark.");
        let link = device.evidence().unwrap().remove(0).link;
        assert_eq!(link.justification, "I asked who fell.");
    }

    // A plan is plain, and the server keeps the one that came first. The other can be read, and does
    // not begin the plan once more.
    let refused = tablet.quarantined().unwrap();
    let [aside] = refused.as_slice() else { panic!("{refused:?}") };
    let view = tablet.quarantined_item(aside.id).unwrap();
    assert!(format!("{view:?}").contains("Too dark.") && !view.can_replay, "{view:?}");
    assert!(matches!(tablet.replay(aside.id), Err(Error::NotAllowed { .. })));
    tablet.dismiss(aside.id).unwrap();

    tablet.answer(reflection, "It was dark. I asked for lamps.");
    tablet.write(project, Section::Problem, "Too dark at night.");
    world.settle(&[&tablet, &phone]).await;
    phone.answer(reflection, "It was dark. I asked for lamps. They came.");
    let third = world.trusted_device(&phone, "Ana's desk").await;
    world.settle(&[&phone, &tablet, &third]).await;
    for device in [&phone, &tablet, &third] {
        assert_eq!(device.answered(reflection), "It was dark. I asked for lamps. They came.");
        assert_eq!(device.section(project, Section::Problem), "Too dark at night.");
        assert_eq!(device.quarantined().unwrap(), [], "{}", device.name());
        assert_eq!(contents(device).await, [strip(PHOTOGRAPH).unwrap().bytes]);
    }
}
