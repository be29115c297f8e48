//! A pack with one of each thing, in order until a test breaks it.

use std::{fs, path::Path};

use enhance_content::check_and_compile;
use enhance_model::Timestamp;
use tempfile::TempDir;

pub(crate) const PACK: &str = r#"key = "small"
version = 1
title = "A small pack"
years = 1
source_url = "https://example.org/small"
modules = ["walk"]

[[domains]]
key = "out"
title = "Out of doors"
purpose = "To go out."

[[themes]]
key = "calm"
title = "Calm"
purpose = "To be calm."
"#;

pub(crate) const MODULE: &str = r#"title = "A walk"
domains = ["out"]
themes = ["calm"]
min_minutes = 60
suggested_stage = "F1"

[[outcomes]]
key = "out-walk"
domain = "out"
text = "walk a mile"
source = "ours"

[[activities]]
key = "walk-read"
title = "Read about walking"
kind = "read"
minutes = 60
outcomes = ["out-walk"]
resources = ["hill"]
page = "walk-read.md"
"#;

pub(crate) const RESOURCES: &str = r#"[[resources]]
key = "hill"
title = "A hill"
kind = "video360"
licence = "MIT"
file = "hill.gif"
transcript = "hill.vtt"
length_seconds = 30

[[resources.pause_points]]
key = "hill-top"
at_seconds = 10
scene = "The top"
prompt = "What do you see?"

[[resources.pause_points]]
key = "hill-foot"
at_seconds = 30
scene = "The foot"
prompt = "What did you see?"
"#;

pub(crate) const TEMPLATES: &str = r#"[[templates]]
key = "quick"
version = 1
title = "Quick"
purpose = "To be quick."

[[templates.prompts]]
key = "what"
label = "What?"
max_words = 50
"#;

const HANDBOOK: &str = "pages = [\n    \"start\",\n]\n";

pub(crate) fn small_pack() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("pack.toml", PACK),
        ("templates.toml", TEMPLATES),
        ("handbook/handbook.toml", HANDBOOK),
        ("handbook/start.md", "# Start\n\nHere.\n"),
        ("modules/walk/module.toml", MODULE),
        ("modules/walk/module.md", "# Walking\n\nOne foot, then the other.\n"),
        ("modules/walk/walk-read.md", "# About walking\n\nIt is old.\n"),
        ("resources/resources.toml", RESOURCES),
        ("resources/hill.gif", "GIF89a"),
        ("resources/hill.vtt", "WEBVTT\n"),
    ];
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn faults(folder: &Path) -> String {
    check_and_compile(folder, Timestamp::default()).unwrap_err().to_string()
}

/// Replaces `old` in a file of the small pack by `new`; it must be there exactly once.
#[track_caller]
pub(crate) fn after(file: &str, old: &str, new: &str) -> String {
    let folder = small_pack();
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
    fs::write(&path, text.replace(old, new)).unwrap();
    faults(folder.path())
}
