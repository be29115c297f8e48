//! Photographs and PDFs that go along with an export and are read back.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use enhance_model::{
    ItemId,
    attachment::strip,
    personal_record::{Certificate, EvidenceSource, RecordItem},
};
use serde_json::Value;
use tempfile::TempDir;

use super::*;
use crate::{
    Cancellation, Export, FileFault, ImportReport, LeftOut,
    testing::{Phone, sam},
};

const PHOTOGRAPH: &[u8] = include_bytes!("../../../model/tests/golden/attachments/photograph.jpg");
const CERTIFICATE: &[u8] =
    include_bytes!("../../../model/tests/golden/attachments/certificate.pdf");

/// An account with two photographs of one name at a reflection, and a PDF at a certificate.
fn full(phone: &Phone) -> (LearningCore, EvidenceSource) {
    let core = phone.enrolled(&asha());
    let reflection = EvidenceSource::Document(reflection(&core, "We drew the way of a patient."));
    for more in [1, 2] {
        core.attach(&reflection, "../board.jpg", &photograph(more)).unwrap();
    }
    let item = core.new_item_id();
    let title = "Advanced life support".to_owned();
    let issued = "2025-03-01".parse().unwrap();
    let certificate = Certificate { title, issued: Some(issued), ..Certificate::default() };
    core.edit_record(&certificate.adding(item)).unwrap();
    core.attach(&EvidenceSource::Item(item), "als.pdf", CERTIFICATE).unwrap();
    (core, reflection)
}

/// A photograph that differs from others in its picture, which nobody decodes.
fn photograph(more: u8) -> Vec<u8> {
    let mut photograph = strip(PHOTOGRAPH).unwrap().bytes;
    let end = photograph.len() - 2;
    photograph.splice(end..end, vec![more; 100]);
    photograph
}

/// An export with its files, in a folder of its own.
async fn exported(core: &LearningCore) -> (TempDir, Export, String) {
    let place = tempfile::tempdir().unwrap();
    let export = exported_to(core, place.path()).await;
    let json = export.to_json().unwrap();
    (place, export, json)
}

async fn exported_to(core: &LearningCore, place: &Path) -> Export {
    let files = place.join("my-files");
    core.export_with_files(&files, false, &Cancellation::new(), &|_| ()).await.unwrap()
}

fn import(core: &LearningCore, json: &str, beside: &Path) -> ImportReport {
    core.import_with_files(json, beside, &Cancellation::new(), &|_| ()).unwrap()
}

/// What is in every file of an account, in the order of what they belong to and of their names.
fn contents(core: &LearningCore) -> Vec<Vec<u8>> {
    let export = core.export().unwrap();
    let mut contents: Vec<Vec<u8>> =
        export.files.iter().map(|one| core.open_attachment(&one.of, one.id).unwrap()).collect();
    contents.sort();
    contents
}

/// What became of files: read, here already, and why those that were not read were not.
fn files(report: &ImportReport) -> (usize, usize, Vec<FileFault>) {
    let faults = report.files_not_read.iter().map(|one| one.fault).collect();
    (report.files, report.files_already_here, faults)
}

#[tokio::test]
async fn files_go_along_with_an_export_and_come_back_in_a_new_account() {
    let phone = Phone::new();
    let (core, _) = full(&phone);
    let (place, export, json) = exported(&core).await;
    assert_eq!(fs::read_dir(place.path().join("my-files")).unwrap().count(), 3);
    for file in &export.files {
        let path = place.path().join(file.path().unwrap());
        assert_eq!(fs::metadata(&path).unwrap().len(), file.bytes);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let html = export.reflections_html();
    assert_eq!(html.matches("<img src=\"my-files/2026-11-22%20board%20").count(), 2, "{html}");
    assert!(export.to_csv().contains(",file,my-files/2026-11-22 als "), "{}", export.to_csv());
    // Done again in the same place it is the same.
    assert_eq!(exported_to(&core, place.path()).await.files, export.files);

    let new = Phone::new();
    new.clock.advance(200 * 86_400_000);
    let other = new.enrolled(&sam());
    let check = other.check_import(&json, place.path(), &Cancellation::new(), &|_| ()).unwrap();
    assert_eq!((check.reflections, check.files, check.files_not_read.len()), (1, 3, 0));
    assert_eq!(check.bytes, export.files.iter().map(|file| file.bytes).sum::<u64>());
    assert!(other.export().unwrap().reflections.is_empty(), "nothing was written");

    let report = import(&other, &json, place.path());
    assert_eq!((report.reflections, report.things), (1, 1));
    assert_eq!(files(&report), (3, 0, vec![]));
    assert_eq!(contents(&other), contents(&core));
    let again = import(&other, &json, place.path());
    assert_eq!(files(&again), (0, 3, vec![]), "once is enough");
    assert_eq!(contents(&other).len(), 3);
}

#[tokio::test]
async fn what_is_here_stays_as_it_is_and_what_was_taken_away_does_not_come_back() {
    let phone = Phone::new();
    let (core, of) = full(&phone);
    let (place, _, json) = exported(&core).await;
    let away = core.attachments(&of).unwrap().remove(0).id;
    core.remove_attachment(&of, away).unwrap();
    let report = import(&core, &json, place.path());
    assert_eq!(files(&report), (0, 3, vec![]));
    assert_eq!(core.attachments(&of).unwrap().len(), 1);
    let EvidenceSource::Document(reflection) = of else { panic!("a reflection") };
    core.delete(reflection).unwrap();
    assert_eq!(files(&import(&core, &json, place.path())), (0, 3, vec![]), "deleted for ever");
}

#[tokio::test]
async fn words_alone_name_the_files_that_they_leave_out() {
    let (phone, new) = (Phone::new(), Phone::new());
    let (core, _) = full(&phone);
    let export = core.export().unwrap();
    let sizes = core.export_sizes().unwrap();
    assert_eq!((sizes.files, sizes.files_here, sizes.bytes), (3, 3, sizes.bytes_here));
    assert!(export.files.iter().all(|file| file.left_out() == Some(LeftOut::WordsOnly)));
    assert!(
        export.reflections_html().contains("board.jpg</bdi> (photograph (JPEG), 2 kB); not in")
    );
    let json = export.to_json().unwrap();
    let other = new.enrolled(&sam());
    let beside = tempfile::tempdir().unwrap();
    let report = import(&other, &json, beside.path());
    assert_eq!(files(&report), (0, 0, vec![FileFault::LeftOut; 3]));
    let (place, _, json) = exported(&core).await;
    let report = other.import(&json).unwrap();
    assert_eq!(files(&report), (0, 0, vec![FileFault::WordsOnly; 3]));
    assert_eq!(files(&import(&other, &json, place.path())), (3, 0, vec![]), "and come later");
}

#[tokio::test]
async fn a_file_that_is_not_on_this_device_is_named_as_not_here() {
    let phone = Phone::new();
    let (core, _) = full(&phone);
    for file in fs::read_dir(phone.path().join("attachments")).unwrap().flatten().take(1) {
        fs::remove_file(file.path()).unwrap();
    }
    let (_place, export, json) = exported(&core).await;
    let left: Vec<_> = export.files.iter().filter_map(crate::ExportedFile::left_out).collect();
    assert_eq!(left, [LeftOut::NotHere]);
    assert!(json.contains("\"left_out\": \"not_here\""), "{json}");
}

/// Does something to one of the exported files, and says what became of it and of the others.
async fn after(harm: impl Fn(&Path, &mut Value)) -> (usize, Vec<FileFault>) {
    let (phone, new) = (Phone::new(), Phone::new());
    let (core, _) = full(&phone);
    let (place, export, _) = exported(&core).await;
    let mut value = export.to_value().unwrap();
    harm(&place.path().join(export.files[0].path().unwrap()), &mut value);
    let other = new.enrolled(&sam());
    let json = value.to_string();
    let check = other.check_import(&json, place.path(), &Cancellation::new(), &|_| ()).unwrap();
    let report = import(&other, &json, place.path());
    assert_eq!((report.reflections, report.things, report.left), (1, 1, 0), "words are whole");
    assert_eq!(check.files_not_read, report.files_not_read, "it is said before");
    assert_eq!(contents(&other).len(), report.files);
    let (read, _, faults) = files(&report);
    (read, faults)
}

#[tokio::test]
async fn a_file_that_is_not_what_was_exported_is_left_out_alone_and_named() {
    let said = |path: &str| {
        let path = path.to_owned();
        move |_: &Path, value: &mut Value| value["files"][0]["path"] = path.clone().into()
    };
    let gone = |path: &Path, _: &mut Value| fs::remove_file(path).unwrap();
    assert_eq!(after(gone).await, (2, vec![FileFault::Missing]));
    let changed = |path: &Path, _: &mut Value| {
        let mut bytes = fs::read(path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(path, bytes).unwrap();
    };
    assert_eq!(after(changed).await, (2, vec![FileFault::Changed]));
    let empty = |path: &Path, _: &mut Value| fs::write(path, []).unwrap();
    assert_eq!(after(empty).await, (2, vec![FileFault::Changed]));
    let huge = |path: &Path, _: &mut Value| {
        fs::File::options().write(true).open(path).unwrap().set_len(1 << 40).unwrap();
    };
    assert_eq!(after(huge).await, (2, vec![FileFault::TooLarge]));
    let folder = |path: &Path, _: &mut Value| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    };
    assert_eq!(after(folder).await, (2, vec![FileFault::NoFile]));
    let link = |path: &Path, _: &mut Value| {
        let elsewhere = path.parent().unwrap().with_file_name("elsewhere");
        fs::rename(path, &elsewhere).unwrap();
        symlink(&elsewhere, path).unwrap();
    };
    assert_eq!(after(link).await, (2, vec![FileFault::NoFile]));
    let stranger = |path: &Path, _: &mut Value| {
        fs::write(path.with_file_name("stranger.txt"), "hello").unwrap();
        fs::write(path.with_file_name(".DS_Store"), "of the system").unwrap();
    };
    assert_eq!(after(stranger).await, (3, vec![FileFault::Foreign]));
    for path in ["../my-files/x", "/etc/passwd", "my-files/../x", "my-files", "a/b/c", ""] {
        let (read, faults) = after(said(path)).await;
        assert_eq!((read, faults.first()), (2, Some(&FileFault::NoPath)), "{path:?}");
    }
    let other_type = |path: &Path, value: &mut Value| {
        fs::write(path, "no picture").unwrap();
        value["files"][0]["bytes"] = 10.into();
        let hash = crate::state::attachments::hash(b"no picture").to_string();
        value["files"][0]["sha256"] = hash.into();
    };
    assert_eq!(after(other_type).await, (2, vec![FileFault::Refused]));
    let of_nothing = |_: &Path, value: &mut Value| {
        let nothing = EvidenceSource::Item(ItemId::from_bytes([9; 16]));
        value["files"][0]["of"] = nothing.to_string().into();
    };
    assert_eq!(after(of_nothing).await.1, [FileFault::OfNothing]);
}

#[tokio::test]
async fn the_folder_itself_is_no_link_and_no_pipe_is_waited_for() {
    let linked = |path: &Path, _: &mut Value| {
        let folder = path.parent().unwrap();
        fs::rename(folder, folder.with_file_name("elsewhere")).unwrap();
        symlink("elsewhere", folder).unwrap();
    };
    let (read, faults) = after(linked).await;
    assert_eq!((read, &faults[..3]), (0, &[FileFault::NoFile; 3][..]));
    let pipe = |path: &Path, _: &mut Value| {
        fs::remove_file(path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    assert_eq!(after(pipe).await, (2, vec![FileFault::NoFile]));
}

#[tokio::test]
async fn what_has_no_room_is_named_and_comes_once_there_is() {
    let (phone, new) = (Phone::new(), Phone::new());
    let (core, _) = full(&phone);
    let (place, _, json) = exported(&core).await;
    let other = new.enrolled(&sam());
    // A photograph takes all of it.
    let space = Limits::FLOOR.person_bytes;
    let own = EvidenceSource::Document(reflection(&other, "A large picture."));
    let mut large = photograph(1);
    let end = large.len() - 2;
    let more = usize::try_from(space).unwrap() - (2 << 10) - large.len();
    large.splice(end..end, vec![7; more]);
    other.attach(&own, "wall.jpg", &large).unwrap();
    with_limits(&other, Limits { person_bytes: space, ..Limits::default() });
    let report = import(&other, &json, place.path());
    assert_eq!((report.reflections, report.things), (1, 1), "words are whole");
    assert_eq!(files(&report), (0, 0, vec![FileFault::NoRoom; 3]));
    assert!(report.files_not_read[0].reason.contains("your space"), "{report:?}");
    with_limits(&other, Limits::default());
    assert_eq!(files(&import(&other, &json, place.path())), (3, 0, vec![]));
}

#[tokio::test]
async fn an_import_that_is_cancelled_says_what_it_did_not_reach_and_goes_on_when_done_again() {
    let (phone, new) = (Phone::new(), Phone::new());
    let (core, _) = full(&phone);
    let (place, _, json) = exported(&core).await;
    let other = new.enrolled(&sam());
    let cancel = Cancellation::new();
    let stop = cancel.clone();
    let report =
        other.import_with_files(&json, place.path(), &cancel, &move |_| stop.cancel()).unwrap();
    assert_eq!(report.stopped.as_ref().unwrap().code, "cancelled");
    assert_eq!((report.left, files(&report)), (2, (1, 0, vec![FileFault::NotReached; 2])));
    assert_eq!(files(&import(&other, &json, place.path())), (2, 1, vec![]));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said_and_leads_nowhere() {
    let phone = Phone::new();
    let (core, _) = full(&phone);
    let place = tempfile::tempdir().unwrap();
    let occupied = place.path().join("my-files");
    fs::write(&occupied, "a file").unwrap();
    let cancel = Cancellation::new();
    let refused = core.export_with_files(&occupied, false, &cancel, &|_| ()).await.unwrap_err();
    assert!(refused.to_string().contains("my-files"), "{refused}");
    assert!(core.export_with_files(Path::new("/"), false, &cancel, &|_| ()).await.is_err());
    assert_eq!(fs::read_to_string(&occupied).unwrap(), "a file");
}
