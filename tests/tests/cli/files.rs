//! Photographs and PDFs that go along with an export, and folders that are not what was written.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
const CERTIFICATE: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/certificate.pdf");

/// A reflection with two photographs of one name and a PDF.
fn attach(home: &Home) {
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A home visit"];
    let id = home.json(&new)["document"].as_str().unwrap().to_owned();
    let board = home.path().join("board.jpg");
    for _ in 0..2 {
        fs::write(&board, PHOTOGRAPH).unwrap();
        home.json(&["attach", &id, board.to_str().unwrap(), "--again"]);
    }
    let pdf = home.path().join("als.pdf");
    fs::write(&pdf, CERTIFICATE).unwrap();
    home.json(&["attach", &id, pdf.to_str().unwrap()]);
}

/// The files beside an export, in the order of their names.
fn beside(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn photographs_go_along_in_a_folder_and_come_back_in_another_account() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    attach(&home);
    let check = home.text(&["export", "--check"]);
    assert!(check.contains("3 photographs and PDFs belong to what you wrote"), "{check}");
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("mine.json");
    let name = file.to_str().unwrap();
    let said = home.json(&["export", "--out", name]);
    assert_eq!((&said["files"], said["left_out"].as_array().unwrap().len()), (&3.into(), 0));
    let folder = place.path().join("mine-files");
    let names: Vec<String> = beside(&folder)
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 3);
    assert!(names[0].contains(" als ") && names[1].contains(" board "), "{names:?}");
    let page = place.path().join("mine.html");
    home.json(&["export", "--html", page.to_str().unwrap()]);
    let html = fs::read_to_string(&page).unwrap();
    assert_eq!(html.matches("<img src=\"mine-files/").count(), 2, "{html}");
    assert_eq!(beside(&folder).len(), 3, "the same files, written once more");

    let (other, _) = world.home(Role::Trainee, "Ben Ode");
    let check = other.text(&["import", "--check", name]);
    assert!(check.contains("3 photographs and PDFs") && check.contains("have room"), "{check}");
    assert_eq!(other.json(&["reflect", "list"]).as_array().map(Vec::len), Some(0));
    assert_eq!(other.json(&["import", name])["files"], 3);
    let again = other.json(&["import", name]);
    assert_eq!((&again["files"], &again["files_already_here"]), (&0.into(), &3.into()));

    let words = home.json(&["export", "--words-only", "--out", name]);
    assert_eq!(words["left_out"].as_array().unwrap().len(), 3);
    assert_eq!(words["folder"], Value::Null);
}

/// Does something to the folder of an export, reads it into an account, and says what a person reads
/// of the files. The words have come all the same.
fn told_after(world: &World, export: &Path, harm: impl FnOnce(&Path)) -> String {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("mine-files");
    fs::create_dir(&folder).unwrap();
    fs::copy(export, place.path().join("mine.json")).unwrap();
    for file in beside(&export.with_file_name("mine-files")) {
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
    harm(&beside(&folder)[0]);
    let (home, _) = world.home(Role::Trainee, "Ben Ode");
    let read = home.run(&["import", place.path().join("mine.json").to_str().unwrap()]);
    assert_eq!(read.exit, 9, "{}{}", read.stdout, read.stderr);
    assert!(read.stdout.contains("Saved here: 1 reflection,"), "{}", read.stdout);
    assert_eq!(home.json(&["reflect", "list"]).as_array().map(Vec::len), Some(1));
    read.stdout
}

#[test]
fn a_hostile_folder_loses_one_file_and_is_told_of_by_its_name() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    attach(&home);
    let place = tempfile::tempdir().unwrap();
    let export = place.path().join("mine.json");
    home.json(&["export", "--out", export.to_str().unwrap()]);
    let named = |said: &str, why: &str| {
        assert!(said.contains(" 2 files.") && said.contains("mine-files/"), "{said}");
        assert!(said.contains(why), "{said}");
    };
    named(&told_after(&world, &export, |file| fs::remove_file(file).unwrap()), "not there");
    let changed = |file: &Path| {
        let mut bytes = fs::read(file).unwrap();
        bytes[100] ^= 1;
        fs::write(file, bytes).unwrap();
    };
    named(&told_after(&world, &export, changed), "was changed");
    let huge = |file: &Path| {
        fs::File::options().write(true).open(file).unwrap().set_len(1 << 40).unwrap();
    };
    named(&told_after(&world, &export, huge), "larger than an attachment may be");
    let directory = |file: &Path| {
        fs::remove_file(file).unwrap();
        fs::create_dir(file).unwrap();
    };
    named(&told_after(&world, &export, directory), "no file");
    let link = |file: &Path| {
        fs::remove_file(file).unwrap();
        symlink("/dev/zero", file).unwrap();
    };
    named(&told_after(&world, &export, link), "a link");
    let leads_out = |file: &Path| {
        let json = file.parent().unwrap().with_file_name("mine.json");
        let name = file.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&json).unwrap();
        let hostile = text.replace(&format!("mine-files/{name}"), "../../mine-files/x.pdf");
        fs::write(&json, hostile).unwrap();
    };
    named(&told_after(&world, &export, leads_out), "leads out of the folder");
}

#[test]
fn a_photograph_that_was_never_sent_is_saved_from_the_quarantine_and_goes_with_it() {
    let world = World::new();
    let (tablet, recovery) = world.home(Role::Trainee, "Asha Rao");
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A home visit"];
    let id = tablet.json(&new)["document"].as_str().unwrap().to_owned();
    tablet.json(&["sync"]);
    let invitation = tablet.json(&["enrol", "--invite-device"])["invitation"].clone();
    let phone = Home::new();
    let server = world.server.url();
    phone.json(&["enrol", "--server", &server, invitation.as_str().unwrap()]);
    phone.json(&["enrol", "--recovery-key", &recovery]);
    phone.json(&["sync"]);
    let board = phone.path().join("board.jpg");
    fs::write(&board, PHOTOGRAPH).unwrap();
    phone.json(&["attach", &id, board.to_str().unwrap()]);
    let attached = phone.path().join("attached.jpg");
    phone.json(&["attachments", &id, "save", "board.jpg", attached.to_str().unwrap()]);
    tablet.json(&["reflect", "delete", &id, "--yes"]);
    tablet.json(&["sync"]);
    assert_eq!(phone.run(&["sync"]).exit, 9);

    let listed = phone.text(&["quarantine"]);
    assert!(listed.contains("A home visit (with 1 attachment)"), "{listed}");
    let piece = phone.json(&["quarantine"])[0]["id"].to_string();
    let shown = phone.text(&["quarantine", "show", &piece]);
    assert!(shown.contains("board.jpg, photograph (JPEG)"), "{shown}");
    assert!(shown.contains(&format!("enhance quarantine save {piece} ")), "{shown}");
    let saved = phone.path().join("saved.jpg");
    phone.json(&["quarantine", "save", &piece, "board.jpg", saved.to_str().unwrap()]);
    assert_eq!(fs::read(&saved).unwrap(), fs::read(&attached).unwrap());
    let again = phone.run(&["quarantine", "save", &piece, "board.jpg", saved.to_str().unwrap()]);
    assert_eq!(again.exit, 2, "nothing is overwritten: {}", again.stderr);

    phone.json(&["quarantine", "dismiss", &piece]);
    assert_eq!(beside(&phone.path().join("account/attachments")), Vec::<PathBuf>::new());
    let gone = phone.run(&["quarantine", "save", &piece, "board.jpg", "-"]);
    assert_eq!(gone.exit, 6, "{}", gone.stderr);
}
