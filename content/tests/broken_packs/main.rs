//! What an author hears when a pack is not in order: each fault with its file and its line.

#![allow(clippy::unwrap_used, reason = "a test may fail in its helpers as well")]

mod files;
mod pages;
mod parts;
mod small_pack;

use std::fs;

use enhance_content::check_and_compile;
use enhance_model::Timestamp;

use small_pack::{MODULE, PACK, RESOURCES, TEMPLATES, after, faults, small_pack};

#[test]
fn the_small_pack_itself_is_in_order() {
    let folder = small_pack();
    let pack = check_and_compile(folder.path(), Timestamp::default()).unwrap();
    assert_eq!(pack.programme.modules[0].activities[0].page.title, "About walking");
}

#[test]
fn a_name_that_nothing_bears_is_reported_where_it_stands() {
    let module = "modules/walk/module.toml";
    let table = [
        (
            "domains = [\"out\"]",
            "domains = [\"out\", \"in\"]",
            r#"modules/walk/module.toml:2: module "walk" names the domain "in", which pack.toml does not have"#,
        ),
        (
            "themes = [\"calm\"]",
            "themes = [\n  \"calm\",\n  \"noise\",\n]",
            r#"modules/walk/module.toml:5: module "walk" names the theme "noise", which pack.toml does not have"#,
        ),
        (
            "outcomes = [\"out-walk\"]",
            "outcomes = [\"out-run\"]",
            r#"modules/walk/module.toml:18: activity "walk-read" names the outcome "out-run", which no module has"#,
        ),
        (
            "resources = [\"hill\"]",
            "resources = [\"hill\", \"sea\"]",
            r#"modules/walk/module.toml:19: activity "walk-read" names the resource "sea", which resources/resources.toml does not have"#,
        ),
        (
            "page = \"walk-read.md\"",
            "page = \"walk-reed.md\"",
            r#"modules/walk/module.toml:20: there is no file "modules/walk/walk-reed.md""#,
        ),
    ];
    for (old, new, fault) in table {
        assert_eq!(after(module, old, new), fault);
    }
    assert_eq!(
        after("pack.toml", "[\"walk\"]", "[\"walk\", \"swim\"]"),
        r#"pack.toml:6: there is no file "modules/swim/module.toml""#
    );
    assert_eq!(
        after("handbook/handbook.toml", "\"start\",\n", "\"start\",\n    \"end\",\n"),
        r#"handbook/handbook.toml:3: there is no file "handbook/end.md""#
    );
}

#[test]
fn an_outcome_is_of_a_domain_of_its_module() {
    let folder = small_pack();
    let more = "\n[[domains]]\nkey = \"in\"\ntitle = \"In\"\npurpose = \"To come in.\"\n";
    fs::write(folder.path().join("pack.toml"), format!("{PACK}{more}")).unwrap();
    let module = MODULE.replace("domain = \"out\"", "domain = \"in\"");
    fs::write(folder.path().join("modules/walk/module.toml"), module).unwrap();
    assert_eq!(
        faults(folder.path()),
        r#"modules/walk/module.toml:9: outcome "out-walk" is of the domain "in", not of its module"#
    );
}

#[test]
fn a_key_is_given_once_in_every_space() {
    let repeated = [
        ("pack.toml", 8..12, "pack.toml:19", "pack.toml:9", "out"),
        ("pack.toml", 13..17, "pack.toml:19", "pack.toml:14", "calm"),
        (
            "modules/walk/module.toml",
            7..12,
            "modules/walk/module.toml:23",
            "modules/walk/module.toml:8",
            "out-walk",
        ),
        (
            "modules/walk/module.toml",
            13..21,
            "modules/walk/module.toml:23",
            "modules/walk/module.toml:14",
            "walk-read",
        ),
        (
            "resources/resources.toml",
            1..8,
            "resources/resources.toml:23",
            "resources/resources.toml:2",
            "hill",
        ),
        ("templates.toml", 1..11, "templates.toml:13", "templates.toml:2", "quick"),
        ("templates.toml", 7..11, "templates.toml:13", "templates.toml:8", "what"),
    ];
    for (file, lines, second, first, key) in repeated {
        let folder = small_pack();
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let again: Vec<&str> =
            text.lines().skip(lines.start - 1).take(lines.end - lines.start).collect();
        fs::write(&path, format!("{text}\n{}\n", again.join("\n"))).unwrap();
        let said = faults(folder.path());
        let fault = format!("{second}: the key {key:?} is taken: {first} has it already");
        assert!(said.lines().any(|line| line == fault), "{fault}\nis not in\n{said}");
    }
}

#[test]
fn modules_activities_pages_and_pause_points_share_their_keys() {
    assert_eq!(
        after("resources/resources.toml", "key = \"hill-top\"", "key = \"walk-read\""),
        "resources/resources.toml:11: the key \"walk-read\" is taken: \
         modules/walk/module.toml:14 has it already"
    );
}

#[test]
fn a_field_that_is_unknown_missing_blank_or_of_the_wrong_kind_is_reported() {
    let module = "modules/walk/module.toml";
    let table = [
        (
            "kind = \"read\"",
            "kind = \"sleep\"",
            "modules/walk/module.toml:16: `kind`: unknown variant `sleep`, expected one of `read`, \
             `watch`, `vr`, `attend`, `visit`, `discuss`, `teach`, `simulate`, `write`",
        ),
        ("min_minutes = 60\n", "", "modules/walk/module.toml: `min_minutes` is missing"),
        ("text = \"walk a mile\"\n", "", "modules/walk/module.toml:7: `text` is missing"),
        (
            "text = \"walk a mile\"",
            "text = \" \"",
            "modules/walk/module.toml:10: `text` says nothing",
        ),
        (
            "minutes = 60\noutcomes",
            "minutes = \"an hour\"\noutcomes",
            "modules/walk/module.toml:17: `minutes` must be a whole number from 1",
        ),
        (
            "domains = [\"out\"]",
            "domains = \"out\"",
            "modules/walk/module.toml:2: `domains` must be a list, but has the type string\n\
             modules/walk/module.toml:9: outcome \"out-walk\" is of the domain \"out\", not of its module",
        ),
        (
            "suggested_stage = \"F1\"",
            "suggested_stage = 1",
            "modules/walk/module.toml:5: `suggested_stage` must be a text, but has the type integer",
        ),
        (
            "page = \"walk-read.md\"",
            "page = \"walk-read.md\"\nrequired = \"yes\"",
            "modules/walk/module.toml:21: `required` must be true or false",
        ),
        (
            "suggested_stage = \"F1\"",
            "suggested_stage = \"F1\"\nauthor = \"me\"",
            "modules/walk/module.toml:6: unknown field `author`; known here: domains, title, themes, \
             min_minutes, suggested_stage, outcomes, activities",
        ),
    ];
    for (old, new, fault) in table {
        assert_eq!(after(module, old, new), fault);
    }
}

#[test]
fn a_module_covers_at_least_one_domain() {
    let said = after("modules/walk/module.toml", "domains = [\"out\"]", "domains = []");
    assert!(said.starts_with("modules/walk/module.toml:2: `domains` needs at least one"), "{said}");
}

#[test]
fn versions_keys_and_addresses_have_their_form() {
    let table = [
        ("version = 1", "version = 0", "pack.toml:2: `version` must be a whole number from 1"),
        (
            "key = \"small\"",
            "key = \"Small pack\"",
            "pack.toml:1: the key \"Small pack\" may have only a-z, 0-9 and -",
        ),
        (
            "https://example.org/small",
            "javascript:alert(1)",
            "pack.toml:5: the address \"javascript:alert(1)\" does not begin with https://",
        ),
        (
            "modules = [\"walk\"]",
            "modules = [\"walk\", \"../walk\"]",
            "pack.toml:6: the key \"../walk\" may have only a-z, 0-9 and -",
        ),
    ];
    for (old, new, fault) in table {
        assert_eq!(after("pack.toml", old, new), fault);
    }
}

#[test]
fn all_that_is_no_toml_is_reported_with_its_lines() {
    let said = after("templates.toml", "title = \"Quick\"", "title = Quick\nversion = 2");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].starts_with("templates.toml:4: this is not TOML: "), "{said}");
    assert!(lines[1].starts_with("templates.toml:5: this is not TOML: duplicate key"), "{said}");
}

#[test]
fn everything_that_sounds_has_captions_or_a_transcript() {
    let resources = "resources/resources.toml";
    assert_eq!(
        after(resources, "transcript = \"hill.vtt\"\n", ""),
        "resources/resources.toml:2: resource \"hill\" has neither captions nor a transcript; \
         name one in `transcript`"
    );
    assert_eq!(
        after(resources, "transcript = \"hill.vtt\"", "transcript = \"hill.txt\""),
        "resources/resources.toml:7: \"hill.txt\" is neither captions (.vtt) nor a transcript (.md)"
    );
    assert_eq!(
        after("resources/hill.vtt", "WEBVTT", "1"),
        "resources/hill.vtt:1: captions begin with the line WEBVTT"
    );
}

#[test]
fn a_resource_is_somewhere_and_a_link_is_on_the_web() {
    let resources = "resources/resources.toml";
    assert_eq!(
        after(resources, "file = \"hill.gif\"\n", ""),
        "resources/resources.toml:2: resource \"hill\" has neither a `file` nor a `url`"
    );
    let said = after(resources, "kind = \"video360\"", "kind = \"link\"");
    assert_eq!(
        said,
        "resources/resources.toml:2: resource \"hill\" is a link and has a `file`; \
         it can be one or the other\n\
         resources/resources.toml:2: resource \"hill\" is a link without a `url`"
    );
    assert_eq!(
        after(resources, "file = \"hill.gif\"", "file = \"hill.exe\""),
        "resources/resources.toml:6: \"hill.exe\" is no kind of file known here"
    );
}

#[test]
fn pause_points_follow_each_other_inside_the_film() {
    let resources = "resources/resources.toml";
    assert_eq!(
        after(resources, "at_seconds = 10", "at_seconds = 30"),
        "resources/resources.toml:17: pause point \"hill-foot\" is not later than the one before it"
    );
    assert_eq!(
        after(resources, "length_seconds = 30", "length_seconds = 29"),
        "resources/resources.toml:17: pause point \"hill-foot\" is after the end of the film"
    );
    assert_eq!(
        after(resources, "length_seconds = 30\n", "").lines().next(),
        Some(
            "resources/resources.toml:10: pause point \"hill-top\" needs to know how long the film \
             is; say so in `length_seconds`"
        )
    );
}

#[test]
fn every_fault_of_every_file_is_reported_at_once_and_in_order() {
    let folder = small_pack();
    let write = |file: &str, text: String| fs::write(folder.path().join(file), text).unwrap();
    write(
        "pack.toml",
        PACK.replace("years = 1", "years = 0").replace("version = 1", "verzion = 1"),
    );
    write("templates.toml", TEMPLATES.replace("max_words = 50", "max_words = -1"));
    write(
        "modules/walk/module.toml",
        MODULE.replace("walk-read.md", "gone.md").replace("[\"hill\"]", "[\"sea\"]"),
    );
    write("resources/resources.toml", RESOURCES.replace("licence = \"MIT\"\n", ""));
    assert_eq!(
        faults(folder.path()),
        "modules/walk/module.toml:19: activity \"walk-read\" names the resource \"sea\", which \
         resources/resources.toml does not have\n\
         modules/walk/module.toml:20: there is no file \"modules/walk/gone.md\"\n\
         pack.toml: `version` is missing\n\
         pack.toml:2: unknown field `verzion`; known here: key, retired_words, modules, recipes, log_rule, frameworks, version, \
         title, years, source_url, domains, themes, hidden_up_to\n\
         pack.toml:4: `years` must be a whole number from 1\n\
         resources/resources.toml:1: `licence` is missing\n\
         templates.toml:10: `max_words` must be a whole number from 1"
    );
}

#[test]
fn a_manifest_that_is_no_toml_is_one_fault_and_not_one_for_each_name_in_it() {
    let said = after("resources/resources.toml", "kind = \"video360\"", "kind = video360");
    assert!(said.starts_with("resources/resources.toml:4: this is not TOML: "), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
