//! What an author hears of a page: its minutes, its references, and words that are said no more.

use std::fs;

use enhance_content::check_and_compile;
use enhance_model::Timestamp;

use crate::small_pack::{MODULE, PACK, after, faults, small_pack};

/// What is reported of the small pack when its activity's page is this.
#[track_caller]
fn with_page(text: &str) -> String {
    after("modules/walk/walk-read.md", "It is old.\n", text)
}

#[test]
fn a_page_counts_no_more_time_than_its_activity_can_need() {
    let page = "modules/walk/walk-read.md:3: activity \"walk-read\"";
    let table = [
        (
            "**Your time: 45 minutes.** 5 to read, 40 to walk.\n",
            format!("{page} declares 60 minutes, and its page says 45"),
        ),
        (
            "**Your time: 60 minutes.** 5 to read, 45 to walk.\n",
            format!("{page} counts parts of 50 minutes, and 60 in all"),
        ),
        (
            "**Your time: 60 minutes.** 50 to read, 10 to walk.\n",
            format!("{page} counts 50 minutes to read; for 13 words 5 are enough"),
        ),
        (
            "**Your time: 60 minutes.** 5 to read, 5 to watch, 50 to walk.\n",
            format!("{page} counts 5 minutes to watch; for its films 2 are enough"),
        ),
        (
            "**Your time: 60 minutes.** Read, and walk.\n",
            "modules/walk/walk-read.md:3: time is written \
             `**Your time: 45 minutes.** 5 to read, 40 to talk.`"
                .to_owned(),
        ),
    ];
    for (text, fault) in table {
        assert_eq!(with_page(text), fault);
    }
}

#[test]
fn a_page_that_tells_its_time_well_is_in_order() {
    let folder = small_pack();
    let page = folder.path().join("modules/walk/walk-read.md");
    let time = "**Your time: 60 minutes.** 5 to read, 2 to watch, 53 to walk.";
    fs::write(page, format!("# About walking\n\n{time}\n\nIt is old.\n")).unwrap();
    check_and_compile(folder.path(), Timestamp::default()).unwrap();
}

#[test]
fn a_reference_has_a_title_an_address_a_publisher_and_a_year() {
    let whole = "- [On foot](https://example.org/foot). A publisher, 1968.";
    for broken in [
        "- On foot. A publisher, 1968.",
        "- [](https://example.org/foot). A publisher, 1968.",
        "- [On foot](on-foot.md). A publisher, 1968.",
        "- [On foot](https://example.org/foot). A publisher.",
        "- [On foot](https://example.org/2024). A publisher, undated.",
    ] {
        let text = format!("It is old.\n\n## References\n\nRead in May.\n\n{whole}\n{broken}\n");
        assert_eq!(
            with_page(&text),
            "modules/walk/walk-read.md:10: \
             a reference is written `- [title](address). Publisher, year.`",
            "{broken}"
        );
    }
}

#[test]
fn a_retired_word_is_found_in_every_text_but_not_in_names() {
    let folder = small_pack();
    let retired = "\n[[retired_words]]\nword = \"ramble\"\ninstead = \"walk\"\n\
                   names = [\"Ramble Road\"]\n";
    fs::write(folder.path().join("pack.toml"), format!("{PACK}{retired}")).unwrap();
    let page = "# About walking\n\nGo down Ramble Road.\nThen Ramble on.\n";
    fs::write(folder.path().join("modules/walk/walk-read.md"), page).unwrap();
    let module = MODULE.replace("title = \"A walk\"", "title = \"A ramble\"");
    fs::write(folder.path().join("modules/walk/module.toml"), module).unwrap();
    assert_eq!(
        faults(folder.path()),
        "modules/walk/module.toml:1: \"ramble\" is said no more; say \"walk\"\n\
         modules/walk/walk-read.md:4: \"ramble\" is said no more; say \"walk\""
    );
}
