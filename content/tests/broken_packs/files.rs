//! The files of a pack: each inside its folder, of a size that can be read, and used.

use std::fs;

use enhance_content::{MEDIA_BYTES, TEXT_BYTES};

use crate::small_pack::{MODULE, after, faults, small_pack};

#[test]
fn a_path_never_leads_out_of_the_folder() {
    for outside in [
        "../secret.md",
        "/etc/hosts.md",
        "a/../../secret.md",
        "..\\\\secret.md",
        "./walk.md",
        "a//b.md",
    ] {
        let said = after(
            "modules/walk/module.toml",
            "page = \"walk-read.md\"",
            &format!("page = \"{outside}\""),
        );
        let name = outside.replace("\\\\", "\\");
        assert_eq!(
            said,
            format!(
                "modules/walk/module.toml:20: {name:?} is not a plain path inside the pack's folder"
            )
        );
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed_wherever_it_stands() {
    let (folder, outside) = (small_pack(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("module.toml"), MODULE).unwrap();
    let page = folder.path().join("modules/walk/walk-read.md");
    fs::rename(&page, outside.path().join("walk-read.md")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("walk-read.md"), &page).unwrap();
    assert_eq!(
        faults(folder.path()),
        "modules/walk/module.toml:20: \"modules/walk/walk-read.md\" leads over a symbolic link"
    );
    fs::remove_dir_all(folder.path().join("modules/walk")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("modules/walk")).unwrap();
    assert_eq!(
        faults(folder.path()),
        "pack.toml:6: \"modules/walk/module.toml\" leads over a symbolic link"
    );
}

#[test]
fn files_are_neither_too_large_nor_empty() {
    let folder = small_pack();
    let page = folder.path().join("handbook/start.md");
    fs::write(&page, format!("# Start\n\n{}", "x".repeat(256 << 10))).unwrap();
    assert_eq!(
        faults(folder.path()),
        format!("handbook/start.md: this file has 262153 bytes; {TEXT_BYTES} are allowed")
    );

    let folder = small_pack();
    let film = fs::File::create(folder.path().join("resources/hill.gif")).unwrap();
    film.set_len(MEDIA_BYTES + 1).unwrap();
    assert_eq!(
        faults(folder.path()),
        "resources/hill.gif: this file has 209715201 bytes; 209715200 are allowed"
    );
    film.set_len(0).unwrap();
    assert_eq!(faults(folder.path()), "resources/hill.gif: this file is empty");
}

#[test]
fn a_page_is_utf8_has_a_title_and_says_something() {
    let folder = small_pack();
    let page = folder.path().join("handbook/start.md");
    fs::write(&page, b"# Start\n\nCaf\xe9\n").unwrap();
    assert_eq!(faults(folder.path()), "handbook/start.md:3: this is not UTF-8 text");
    fs::write(&page, "Start\n\nHere.\n").unwrap();
    assert_eq!(
        faults(folder.path()),
        "handbook/start.md:1: a page begins with its title: # and a few words"
    );
    fs::write(&page, "# Start\n\n").unwrap();
    assert_eq!(faults(folder.path()), "handbook/start.md:1: this page has a title and no text");
}

#[test]
fn a_file_that_nothing_uses_is_reported_once_the_rest_is_in_order() {
    let folder = small_pack();
    fs::write(folder.path().join("modules/walk/walk-raed.md"), "# Lost\n\nLost.\n").unwrap();
    fs::write(folder.path().join(".hidden"), "an editor's own").unwrap();
    assert_eq!(
        faults(folder.path()),
        "modules/walk/walk-raed.md: nothing in the pack uses this file"
    );
}

#[test]
fn a_missing_manifest_and_a_missing_folder_are_reported() {
    for file in
        ["pack.toml", "templates.toml", "handbook/handbook.toml", "resources/resources.toml"]
    {
        let folder = small_pack();
        fs::remove_file(folder.path().join(file)).unwrap();
        assert_eq!(faults(folder.path()), format!("{file}: there is no file {file:?}"));
    }
    let nowhere = tempfile::tempdir().unwrap().path().join("nowhere");
    assert_eq!(faults(&nowhere), "pack.toml: there is no file \"pack.toml\"");
}
