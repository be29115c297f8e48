//! The Enhance programme, as stories use it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use enhance_model::programme::{Programme, ResourceKind};

use crate::traces;

/// The key of the programme's pack.
pub const PACK: &str = "enhance";

/// A template for reflections that every version of the programme has.
pub const TEMPLATE: &str = "what-so-what";

/// The key of its first prompt.
pub const PROMPT: &str = "what";

/// The key of its second prompt.
pub const OTHER_PROMPT: &str = "so-what";

/// The folder that educators edit.
pub fn enhance() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/enhance")
}

/// A word that is on a page of every later edition, and on none of the first.
pub const NEW_WORD: &str = "quokka";

/// A later edition of the programme in a folder of its own. Its title has its number, and a page
/// the new word.
#[track_caller]
pub fn edition(folder: &Path, version: u64) -> PathBuf {
    let edition = folder.join(format!("edition-{version}"));
    copy(&enhance(), &edition);
    let manifest = edition.join("pack.toml");
    let text = fs::read_to_string(&manifest).expect("the pack's manifest");
    // Only the head of the file is about the pack; titles further down have the same name.
    let head = text.lines().take_while(|line| !line.starts_with('[')).count();
    let lines = text.lines().enumerate().map(|(number, line)| match line.split_once(" = ") {
        Some(("version", _)) if number < head => format!("version = {version}"),
        Some(("title", _)) if number < head => format!("title = {:?}", edition_title(version)),
        _ => line.to_owned(),
    });
    let lines: Vec<String> = lines.collect();
    fs::write(&manifest, lines.join("\n")).expect("the next manifest");
    let page = traces::files(&edition.join("handbook")).into_iter().next().expect("a page");
    let text = fs::read_to_string(&page).expect("the page");
    fs::write(&page, format!("{text}\n\nA {NEW_WORD} was here.\n")).expect("the next page");
    edition
}

/// A later edition in which every template has the next version and asks in other words,
/// with another key for the first.
#[track_caller]
pub fn edition_with_other_prompts(folder: &Path, version: u64) -> PathBuf {
    let edition = edition(folder, version);
    let file = edition.join("templates.toml");
    let text = fs::read_to_string(&file).expect("the templates");
    let raised = text.replace("\nversion = 1\n", "\nversion = 2\n");
    let raised = raised
        .replace("\nlabel = \"", "\nlabel = \"Anew: ")
        .replace("key = \"what\"", "key = \"zero\"");
    fs::write(&file, raised).expect("the next templates");
    edition
}

/// The programme as another pack, under a key of its own.
#[track_caller]
pub fn renamed(folder: &Path, key: &str, version: u64) -> PathBuf {
    let other = edition(folder, version);
    let manifest = other.join("pack.toml");
    let text = fs::read_to_string(&manifest).expect("the pack's manifest");
    let text = text.replacen(&format!("key = {PACK:?}"), &format!("key = {key:?}"), 1);
    fs::write(&manifest, text).expect("the other manifest");
    other
}

/// The title of a later edition.
pub fn edition_title(version: u64) -> String {
    format!("Enhance, edition {version}")
}

/// The key of the programme's 360-degree film.
#[track_caller]
pub fn film(programme: &Programme) -> String {
    let film = programme.resources.iter().find(|each| each.kind == ResourceKind::Video360);
    film.expect("a 360-degree film").key.clone()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("the folder of the pack") {
        let file = file.expect("a file of the pack");
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copy(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).expect("a copy");
        }
    }
}
