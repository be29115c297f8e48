//! Searching: never stale, for any text that is typed.

use enhance_model::DocumentKind;
use enhance_store::{Hit, HitSource, IndexFirst, PageText, Search, SearchOrder};

use crate::shelf::*;

fn found(shelf: &mut Shelf, typed: &str) -> Vec<String> {
    let hits = shelf.search(&looking_for(typed)).unwrap();
    hits.into_iter().map(|hit| hit.title).collect()
}

fn page(key: &str, title: &str, body: &str) -> PageText {
    PageText { page: key.to_owned(), title: title.to_owned(), body: body.to_owned() }
}

/// A shelf with two reflections, a project and a page to search in.
fn library() -> Shelf {
    let rows = [reflection(1), reflection(2), project(3)];
    let texts = [
        ("A night on call", "The café was closed. I asked for help early."),
        ("Asking for help", "Naïve questions are the best ones."),
        ("Fewer falls", "Falls on the ward happen at night; COVID-19 made it worse."),
    ];
    let mut shelf = shelf();
    shelf.write(|write| {
        for ((row, (title, body)), changed_at) in rows.iter().zip(texts).zip([30, 20, 10]) {
            write.put_document(row)?;
            note(write, &text(row, title, body, changed_at))?;
        }
        let pages = [page("welcome", "Welcome", "Ask for help when you need it, night and day.")];
        write.replace_pack_search_entries("enhance", &pages, at(5))
    });
    shelf
}

#[test]
fn what_was_just_saved_is_found() {
    let mut shelf = library();
    let mut sorted = |typed| {
        let mut titles = found(&mut shelf, typed);
        titles.sort();
        titles
    };
    assert_eq!(sorted("night"), ["A night on call", "Fewer falls", "Welcome"]);
    assert_eq!(sorted("night help"), ["A night on call", "Welcome"]);
    let row = reflection(2);
    shelf.write(|write| note(write, &text(&row, "Asking", "Other words", 90)));
    assert_eq!(found(&mut shelf, "questions"), Vec::<String>::new());
    assert_eq!(found(&mut shelf, "other"), ["Asking"]);
}

#[test]
fn accents_case_and_the_end_of_the_last_word_do_not_matter() {
    let mut shelf = library();
    assert_eq!(found(&mut shelf, "CAFE"), ["A night on call"]);
    assert_eq!(found(&mut shelf, "cafe\u{301}"), ["A night on call"]);
    assert_eq!(found(&mut shelf, "naive ques"), ["Asking for help"]);
    assert_eq!(found(&mut shelf, "ques naive"), Vec::<String>::new(), "only the last word");
    assert_eq!(found(&mut shelf, "covid-19"), ["Fewer falls"]);
}

#[test]
fn whatever_is_typed_is_a_question_and_never_an_error() {
    let mut shelf = library();
    let typed = [
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "night*",
        "NEAR",
        "NEAR(night call, 2)",
        "night AND",
        "OR",
        "NOT night",
        "title:night",
        "^night",
        "-night",
        "(night",
        "night)",
        "{title}:x",
        "🙂",
        "night 🙂",
        "\0",
        "night\0call",
        "'; DROP TABLE entry; --",
        "\u{2}night\u{3}",
        "a\"b\"c",
        "ﬁ",
        "夜勤",
        "%",
        "_",
        "\\",
        "col : night + call",
    ];
    for typed in typed {
        shelf.search(&looking_for(typed)).unwrap_or_else(|error| panic!("{typed:?}: {error}"));
    }
    shelf.search(&looking_for(&"word ".repeat(50_000))).unwrap();
    assert_eq!(found(&mut shelf, "night 🙂").len(), 3, "a picture is no word");
    assert_eq!(found(&mut shelf, "\"night").len(), 3);
}

#[test]
fn the_words_are_marked_in_the_snippet() {
    let mut shelf = library();
    let row = reflection(1);
    shelf.write(|write| {
        note(write, &text(&row, "Marks\u{2}", "Ä \u{2}fake\u{3} mark and a trüe one", 99))
    });
    let hit = shelf.search(&looking_for("true mark")).unwrap().remove(0);
    let source = HitSource::Document { id: row.id, kind: DocumentKind::Reflection };
    let marked = |hit: &Hit| -> Vec<String> {
        let texts =
            hit.snippet.marked.iter().map(|range| hit.snippet.text[range.clone()].to_owned());
        texts.collect()
    };
    assert_eq!(marked(&hit), ["mark", "trüe"]);
    assert_eq!((hit.source, hit.title.as_str(), hit.at), (source, "Marks ", at(99)));
}

#[test]
fn the_best_comes_first_a_page_at_a_time() {
    let mut shelf = library();
    let best = found(&mut shelf, "help");
    assert_eq!(best.first().map(String::as_str), Some("Asking for help"), "short and in the title");
    let second = Search { limit: 1, offset: 1, ..looking_for("help") };
    assert_eq!(shelf.search(&second).unwrap()[0].title, best[1]);
}

#[test]
fn the_newest_comes_first_if_that_is_wanted() {
    let mut shelf = library();
    let newest = Search { order: SearchOrder::Newest, ..looking_for("help") };
    let titles = |shelf: &mut Shelf| -> Vec<String> {
        shelf.search(&newest).unwrap().into_iter().map(|hit| hit.title).collect()
    };
    assert_eq!(titles(&mut shelf), ["A night on call", "Asking for help", "Welcome"]);
    shelf.write(|write| note(write, &text(&reflection(2), "Asking", "for help again", 90)));
    assert_eq!(titles(&mut shelf), ["Asking", "A night on call", "Welcome"]);
}

#[test]
fn a_search_that_cannot_wait_indexes_what_was_written_last() {
    let mut shelf = library();
    let (indexed, _) = shelf.write(|write| write.index(IndexFirst::Newest, 2, body));
    assert_eq!(indexed, 2);
    let titles: Vec<String> = shelf
        .store
        .search(&looking_for("ward"))
        .unwrap()
        .into_iter()
        .map(|hit| hit.title)
        .collect();
    assert_eq!(titles, Vec::<String>::new(), "changed longest ago, it waits");
    assert_eq!(shelf.store.search(&looking_for("caf")).unwrap().len(), 1);
    assert!(shelf.store.is_indexing_due().unwrap());
    assert_eq!(found(&mut shelf, "ward"), ["Fewer falls"]);
    assert!(!shelf.store.is_indexing_due().unwrap());
}

#[test]
fn a_text_that_is_noted_again_as_it_was_keeps_its_place() {
    let mut shelf = library();
    assert_eq!(found(&mut shelf, "ward"), ["Fewer falls"]);
    let newest = Search { order: SearchOrder::Newest, ..looking_for("help") };
    let before = shelf.search(&newest).unwrap();
    let body = "Naïve questions are the best ones.";
    shelf.write(|write| note(write, &text(&reflection(2), "Asking for help", body, 20)));
    assert_eq!(shelf.search(&newest).unwrap(), before);
}

#[test]
fn a_new_version_of_a_pack_replaces_what_is_found_in_it() {
    let mut shelf = library();
    shelf.write(|write| {
        let pages = [page("start", "Start here", "Nothing of the old text.")];
        write.replace_pack_search_entries("enhance", &pages, at(6))
    });
    let hits = shelf.search(&looking_for("old")).unwrap();
    let source = HitSource::Page { pack: "enhance".to_owned(), page: "start".to_owned() };
    assert_eq!(hits.into_iter().map(|hit| hit.source).collect::<Vec<_>>(), [source]);
    assert!(!found(&mut shelf, "help").contains(&"Welcome".to_owned()));
}
