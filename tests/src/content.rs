//! The Enhance programme, as stories use it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use enhance_model::programme::{Programme, ResourceKind};

/// The pack's key.
pub const PACK: &str = "enhance";

/// A template for reflections that every version of the programme has.
pub const TEMPLATE: &str = "what-so-what";

/// Its first prompt.
pub const PROMPT: &str = "what";

/// Its second prompt.
pub const OTHER_PROMPT: &str = "so-what";

/// The folder educators edit.
pub fn enhance() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/enhance")
}

/// The next version of the programme with another title, in a folder of its own.
#[track_caller]
pub fn next_version(folder: &Path, title: &str) -> PathBuf {
    let next = folder.join("next-version");
    copy(&enhance(), &next);
    let manifest = next.join("pack.toml");
    let text = fs::read_to_string(&manifest).expect("the pack's manifest");
    let lines = text.lines().map(|line| match line.split_once(" = ") {
        Some(("version", _)) => "version = 1000".to_owned(),
        Some(("title", _)) => format!("title = {title:?}"),
        _ => line.to_owned(),
    });
    // Only the head of the file is about the pack; titles further down have the same name.
    let head = text.lines().take_while(|line| !line.starts_with('[')).count();
    let rest = text.lines().skip(head).map(str::to_owned);
    let lines: Vec<String> = lines.take(head).chain(rest).collect();
    fs::write(&manifest, lines.join("\n")).expect("the next manifest");
    next
}

/// The key of the programme's 360-degree film.
#[track_caller]
pub fn film(programme: &Programme) -> String {
    let film = programme.resources.iter().find(|each| each.kind == ResourceKind::Video360);
    film.expect("a 360-degree film").key.clone()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the folder of the pack") {
        let entry = entry.expect("a file of the pack");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
