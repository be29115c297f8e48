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

/// A shelf with one text on it.
fn with_text(text_there: &str) -> Shelf {
    let mut shelf = shelf();
    shelf.write(|write| {
        let row = reflection(1);
        write.put_document(&row)?;
        note(write, &text(&row, "T", text_there, 30))
    });
    shelf
}

/// What is on the screen, and what a person types to find it.
const WRITTEN_AND_TYPED: &[(&str, &str)] = &[
    ("fluid\u{ad}balance chart", "fluidbalance"),
    ("pre\u{200b}scribing", "prescribing"),
    ("pre\u{2060}scribing", "prescribing"),
    ("an e\u{fb03}cient handover", "efficient hand"),
    ("o\u{fb00} work", "off"),
    ("SpO₂ fell", "SpO2"),
    ("SpO2 fell", "SpO₂ fell"),
    ("CO₂-retention", "co2 retention"),
    ("5 m² area", "m2 area"),
    ("Brand™ tablets", "brand tablets"),
    ("Ｃｏｖｉｄ ward", "covid ward"),
    ("covid ward", "ＣＯＶＩＤ"),
    ("مُسْتَشْفًى كبير", "مستشفى"),
    ("مستشفى", "مُسْتَشْفًى"),
    ("أحمد وإيمان", "احمد"),
    ("مـــريض", "مريض"),
    ("שָׁלוֹם לכולם", "שלום"),
    ("患者は夜勤明けに転倒した", "夜勤"),
    ("患者は夜勤明けに転倒した", "転倒した"),
    ("患者は夜勤明けに転倒した", "転"),
    ("患者は夜勤明けに転倒した", "た"),
    ("患者は夜勤明けに転倒した", "夜勤 転倒"),
    ("ICUで転倒", "icu 転倒"),
    ("病院SpO₂測定", "SpO2測定"),
    ("国立병원에서", "병원"),
    ("ผู้ป่วยล้มในหอผู้ป่วย", "หอผู้ป่วย"),
    ("ผู้ป่วยล้มในหอผู้ป่วย", "ล้ม"),
    ("ຄົນເຈັບລົ້ມ", "ລົ້ມ"),
    ("អ្នកជំងឺដួល", "ជំងឺ"),
    ("Łukasz spoke", "lukasz spoke"),
    ("lukasz", "Łukasz"),
    ("Øyvind", "oyvind"),
    ("Æsop", "aesop"),
    ("Straße", "strasse"),
    ("Đặng Thị", "dang thi"),
    ("İstanbul", "istanbul"),
    ("ısı", "isi"),
    ("Þórður", "thordur"),
    ("Ἀσκληπιός", "ασκληπιος"),
    ("ΑΣΚΛΗΠΙΟΣ", "ασκληπιός"),
    ("ещё", "еще"),
    ("O’Brien’s bay", "OBrien"),
    ("O’Brien’s bay", "o'brien's bay"),
    ("OBrien", "O'Brien"),
    ("patient’s fall", "patient fall"),
    ("l’hôpital", "hopital"),
    ("follow\u{2011}up", "follow-up"),
    ("follow-up clinic", "followup clinic"),
    ("followup clinic", "follow‐up clinic"),
    ("COVID–19", "covid-19"),
    ("i.v. fluids", "iv fluids"),
    ("٣ مرات", "3"),
    ("bed ９", "bed 9"),
    ("well done 👍🏽", "👍"),
    ("well done👍", "well done"),
    ("👩\u{200d}⚕\u{fe0f} came", "👩\u{200d}⚕\u{fe0f}"),
    ("🇬🇧", "🇬🇧"),
    ("हिन्दी में", "हिन्दी"),
    ("Zoe\u{308}", "Zoë"),
    ("Zoë", "Zoe\u{308}"),
    ("ｶﾞｰｾﾞ", "ガーゼ"),
    ("\u{1100}\u{1161}\u{11a8}", "각"),
];

#[test]
fn e1_what_is_on_the_screen_is_found_as_a_person_types_it() {
    for (written, typed) in WRITTEN_AND_TYPED {
        let found = found(&mut with_text(written), typed);
        assert_eq!(found, ["T"], "{typed} in {written}");
    }
}

#[test]
fn e1_what_is_not_there_is_not_found() {
    for (written, typed) in [
        ("2.5mg", "25mg"),
        ("25-11", "2511"),
        ("夜勤", "勤夜"),
        ("Lee", "leeson"),
        ("か", "が"),
        ("night", "ight"),
    ] {
        assert_eq!(found(&mut with_text(written), typed), Vec::<String>::new(), "{typed}");
    }
}

/// For every text and every word that is shown in it, asking for the word finds the text.
#[test]
fn e1_every_word_of_any_text_finds_it() {
    let scripts = [
        0x20..0x7f,
        0xa0..0x250,
        0x370..0x530,
        0x5d0..0x700,
        0x900..0x980,
        0xe00..0xee0,
        0x1780..0x1800,
        0x1e00..0x2100,
        0x2c60..0x2c80,
        0x3040..0x3100,
        0x4e00..0x4e80,
        0xac00..0xac80,
        0xfb00..0xfb07,
        0xff00..0xff60,
        0x1f600..0x1f650,
    ];
    let letters: Vec<char> = scripts.into_iter().flatten().filter_map(char::from_u32).collect();
    let mut chance = 88_172_645_463_325_252_u64;
    let mut draw = |below: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        usize::try_from(chance >> 33).unwrap() % below
    };
    for _ in 0..60 {
        let text: String = (0..40)
            .map(|_| if draw(6) == 0 { ' ' } else { letters[draw(letters.len())] })
            .collect();
        let mut shelf = with_text(&text);
        for word in text.split_whitespace() {
            let has_word = enhance_model::folding::parts(word).next().is_some();
            if has_word {
                assert_eq!(found(&mut shelf, word), ["T"], "{word:?} in {text:?}");
            }
        }
    }
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
    assert_eq!((hit.source, hit.title.as_str(), hit.at), (source, "Marks\u{2}", at(99)));
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

#[test]
fn what_waits_to_be_indexed_is_found_where_nothing_can_be_written() {
    let mut shelf = library();
    shelf.write(|write| write.index(IndexFirst::Oldest, u32::MAX, body));
    let row = reflection(2);
    shelf.write(|write| note(write, &text(&row, "Asking", "Other words for the night", 90)));
    let found = |typed: &str, offset, limit| -> Vec<String> {
        let search = Search { offset, limit, ..looking_for(typed) };
        let hits = shelf.store.search_with_waiting(&search, body).unwrap();
        hits.into_iter().map(|hit| hit.title).collect()
    };
    assert_eq!(found("other wor", 0, 20), ["Asking"]);
    assert_eq!(found("asking night", 0, 20), ["Asking"], "a word in the title, one in the text");
    assert_eq!(found("naive", 0, 20), Vec::<String>::new(), "and as it stands now");
    let all = found("night", 0, 20);
    assert_eq!((all.len(), all[0].as_str()), (4, "Asking"), "with what is indexed: {all:?}");
    let pages = [found("night", 0, 2), found("night", 2, 2), found("night", 4, 2)].concat();
    assert_eq!(pages, all);
    let hits = shelf.store.search_with_waiting(&looking_for("other"), body).unwrap();
    assert_eq!(hits[0].snippet.text, "Other words for the night");
    let marked = hits[0].snippet.marked.iter();
    assert_eq!(
        marked.map(|range| &hits[0].snippet.text[range.clone()]).collect::<Vec<_>>(),
        ["Other"]
    );
}
