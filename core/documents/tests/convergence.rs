//! Several devices write, and what each writes reaches the others in any order: all read the same
//! in the end, and nothing that a person typed is lost.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod written;

use enhance_documents::{AdmissionRules, Content, Document, Edit, NewDocument, Ruling};
use enhance_model::{
    Noun, Tag, Version,
    change_project::{CycleEdit, ProjectEdit, Section},
    reflection::{Reflection, ReflectionEdit},
};
use proptest::{collection::vec, prelude::*};
use written::{NOW, device, item, open, owner, section};

/// What one device shows on its screen: a text as it was when the screen was last drawn.
struct Screen {
    version: Version,
    text: String,
}

struct Phone {
    document: Document,
    screen: Option<Screen>,
}

#[derive(Debug, Clone)]
enum Step {
    /// Types a character that is typed once, at a share of the text on the screen.
    Type { phone: usize, place: usize },
    /// Draws the screen anew.
    Look { phone: usize },
    /// Does something that is not typing.
    Tick { phone: usize, number: u8 },
    /// Brings everything that one phone has to another.
    Bring { from: usize, to: usize },
    /// Closes the document and opens it again from disk.
    Reopen { phone: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let phone = 0..6_usize;
    let step = prop_oneof![
        5 => (phone.clone(), 0..1_000_usize).prop_map(|(phone, place)| Step::Type { phone, place }),
        1 => phone.clone().prop_map(|phone| Step::Look { phone }),
        1 => (phone.clone(), any::<u8>()).prop_map(|(phone, number)| Step::Tick { phone, number }),
        3 => (phone.clone(), phone.clone()).prop_map(|(from, to)| Step::Bring { from, to }),
        1 => phone.prop_map(|phone| Step::Reopen { phone }),
    ];
    vec(step, 1..40)
}

/// A text field of a kind of document, and something else to do to that document.
trait Field {
    fn create() -> NewDocument;
    /// What is written before the phones part.
    fn prepare(_document: &mut Document) {}
    fn write(text: &str) -> Edit;
    fn read(document: &Document) -> String;
    fn tick(number: u8) -> Edit;
}

struct CycleOfProject;

impl Field for CycleOfProject {
    fn create() -> NewDocument {
        let (title, topic, setting) = ("T".to_owned(), "quality".to_owned(), "Ward".to_owned());
        NewDocument::ChangeProject { owner: owner(), title, topic, setting }
    }

    fn prepare(document: &mut Document) {
        let start = ProjectEdit::Add { noun: Noun::Cycle, id: item(1) };
        let start = Edit::ChangeProject(start);
        written::write(document, &[start, section(Section::Problem, "Dark")]);
    }

    fn write(text: &str) -> Edit {
        let edit = CycleEdit::Studied(text.into());
        Edit::ChangeProject(ProjectEdit::Cycle { id: item(1), edit })
    }

    fn read(document: &Document) -> String {
        written::project(document).cycles[&item(1)].studied.clone()
    }

    fn tick(number: u8) -> Edit {
        Edit::ChangeProject(match number % 3 {
            0 => ProjectEdit::AddTag { tag: Tag::Theme((number % 8).to_string()) },
            1 => ProjectEdit::RemoveTag { tag: Tag::Theme((number % 8).to_string()) },
            _ => ProjectEdit::Add { noun: Noun::Action, id: item(number) },
        })
    }
}

/// A section, of which an edit has nothing else read anew.
struct SectionOfProject;

impl Field for SectionOfProject {
    fn create() -> NewDocument {
        CycleOfProject::create()
    }

    fn write(text: &str) -> Edit {
        section(Section::Problem, text)
    }

    fn read(document: &Document) -> String {
        written::project(document).sections[&Section::Problem].clone()
    }

    fn tick(number: u8) -> Edit {
        CycleOfProject::tick(number)
    }
}

/// An answer to a prompt that the reflection was not created with, so that each device makes it.
struct NewAnswer;

impl Field for NewAnswer {
    fn create() -> NewDocument {
        NewDocument::Reflection { owner: owner(), reflection: Reflection::default() }
    }

    fn write(text: &str) -> Edit {
        Edit::Reflection(ReflectionEdit::Answer { prompt: "new".into(), text: text.into() })
    }

    fn read(document: &Document) -> String {
        match document.content().unwrap() {
            Content::Reflection(reflection) => {
                reflection.answers.get("new").cloned().unwrap_or_default()
            }
            other => panic!("not a reflection: {other:?}"),
        }
    }

    fn tick(number: u8) -> Edit {
        Edit::Reflection(ReflectionEdit::Title { title: number.to_string() })
    }
}

fn bring(from: &mut Document, to: &mut Document) {
    let mut changes = from.changes_not_in(&to.version());
    changes.retain(|change| !to.contains(change.hash));
    let bytes: Vec<_> = changes.into_iter().rev().map(|change| change.bytes).collect();
    let findings = to.admit(&bytes, &AdmissionRules::from_server()).findings;
    assert!(findings.iter().all(|finding| finding.ruling == Ruling::Admitted), "{findings:?}");
}

/// Plays the steps; returns the phones, all in step again, and every character that was typed.
fn play<F: Field>(phones: usize, steps: &[Step]) -> (Vec<Phone>, Vec<char>) {
    let (mut document, _) = Document::create(&F::create(), device(100), NOW).unwrap();
    F::prepare(&mut document);
    let snapshot = document.snapshot().unwrap();
    let start = |number| Document::open(&[&snapshot], device(number)).unwrap();
    let mut phones: Vec<_> = (1..=u8::try_from(phones).unwrap())
        .map(|number| Phone { document: start(number), screen: None })
        .collect();
    let mut typed = Vec::new();
    for step in steps {
        play_step::<F>(&mut phones, step, &mut typed);
        for phone in &mut phones {
            says_what_is_in_it(&mut phone.document);
        }
    }
    for _ in 0..2 {
        for from in 0..phones.len() {
            for to in 0..phones.len() {
                bring_between(&mut phones, from, to);
            }
        }
    }
    (phones, typed)
}

/// What a document keeps in memory of its texts, and of all it says, is what the engine reads anew.
fn says_what_is_in_it(document: &mut Document) {
    let version = document.version();
    assert_eq!(document.content(), document.content_at(&version));
    assert_eq!(document.standing().as_deref(), document.content().as_ref());
}

fn bring_between(phones: &mut [Phone], from: usize, to: usize) {
    if from != to {
        let mut sender = phones[from].document.clone();
        bring(&mut sender, &mut phones[to].document);
    }
}

fn play_step<F: Field>(phones: &mut [Phone], step: &Step, typed: &mut Vec<char>) {
    let count = phones.len();
    match *step {
        Step::Type { phone, place } => {
            let phone = &mut phones[phone % count];
            let unique = char::from_u32(0x4e00 + u32::try_from(typed.len()).unwrap()).unwrap();
            typed.push(unique);
            type_character::<F>(phone, place, unique);
        }
        Step::Look { phone } => phones[phone % count].screen = None,
        Step::Tick { phone, number } => {
            phones[phone % count].document.edit(None, &[F::tick(number)], NOW).unwrap();
        }
        Step::Bring { from, to } => bring_between(phones, from % count, to % count),
        Step::Reopen { phone } => {
            let author = device(u8::try_from(phone % count).unwrap() + 1);
            let phone = &mut phones[phone % count];
            let snapshot = phone.document.snapshot().unwrap();
            phone.document = Document::open(&[snapshot], author).unwrap();
        }
    }
}

fn type_character<F: Field>(phone: &mut Phone, place: usize, unique: char) {
    let document = &mut phone.document;
    let screen = phone
        .screen
        .take()
        .unwrap_or_else(|| Screen { version: document.version(), text: F::read(document) });
    let mut text: Vec<char> = screen.text.chars().collect();
    text.insert(place % (text.len() + 1), unique);
    let text: String = text.into_iter().collect();
    let change = document.edit(Some(&screen.version), &[F::write(&text)], NOW).unwrap().unwrap();
    phone.screen = Some(Screen { version: Version::new(vec![change.hash]), text });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn phones_that_write_one_text_read_the_same_and_each_letter_once(
        phones in 2..=6_usize,
        steps in steps(),
    ) {
        let (phones, typed) = play::<CycleOfProject>(phones, &steps);
        let text = CycleOfProject::read(&phones[0].document);
        for letter in &typed {
            prop_assert_eq!(text.matches(*letter).count(), 1, "{} in {}", letter, text);
        }
        prop_assert_eq!(text.chars().count(), typed.len());
        for phone in &phones[1..] {
            prop_assert_eq!(phone.document.content(), phones[0].document.content());
        }
    }

    #[test]
    fn phones_that_write_one_section_read_the_same_and_each_letter_once(
        phones in 2..=6_usize,
        steps in steps(),
    ) {
        let (phones, typed) = play::<SectionOfProject>(phones, &steps);
        let text = SectionOfProject::read(&phones[0].document);
        prop_assert_eq!(text.chars().count(), typed.len());
        for phone in &phones[1..] {
            prop_assert_eq!(phone.document.content(), phones[0].document.content());
        }
    }

    #[test]
    fn phones_that_begin_one_answer_apart_lose_no_letter_of_it(
        phones in 2..=6_usize,
        steps in steps(),
    ) {
        let (phones, typed) = play::<NewAnswer>(phones, &steps);
        let text = NewAnswer::read(&phones[0].document);
        for letter in &typed {
            prop_assert!(text.contains(*letter), "{} in {}", letter, text);
        }
        for phone in &phones[1..] {
            prop_assert_eq!(phone.document.content(), phones[0].document.content());
        }
    }

    #[test]
    fn a_change_is_good_or_bad_wherever_and_with_whatever_it_arrives(
        steps in steps(),
        pages in vec(1..5_usize, 1..10),
    ) {
        let (mut phones, _) = play::<CycleOfProject>(3, &steps);
        let mut changes = phones[0].document.changes_not_in(&Version::default());
        let create = changes.remove(0);
        let mut paged = open(&create, 50);
        for size in pages.into_iter().cycle() {
            if changes.is_empty() {
                break;
            }
            let rest = changes.split_off(size.min(changes.len()));
            let page: Vec<_> = changes.into_iter().map(|change| change.bytes).collect();
            let findings = paged.admit(&page, &AdmissionRules::from_server()).findings;
            prop_assert!(findings.iter().all(|finding| finding.ruling == Ruling::Admitted));
            changes = rest;
        }
        prop_assert_eq!(paged.content(), phones[0].document.content());
        prop_assert_eq!(paged.history(), phones[0].document.history());
    }
}

/// What stands in a section after each of two people has made it read otherwise.
fn written_at_once(before: &str, texts: [&str; 2]) -> String {
    let (mut mine, _) = Document::create(&SectionOfProject::create(), device(1), NOW).unwrap();
    written::write(&mut mine, &[SectionOfProject::write(before)]);
    let mut theirs = Document::open(&[mine.snapshot().unwrap()], device(2)).unwrap();
    for (document, text) in [&mut mine, &mut theirs].into_iter().zip(texts) {
        written::write(document, &[SectionOfProject::write(text)]);
    }
    bring(&mut theirs, &mut mine);
    bring(&mut mine, &mut theirs);
    assert_eq!(mine.content(), theirs.content());
    SectionOfProject::read(&mine)
}

#[test]
fn of_two_who_rewrite_one_sentence_at_once_both_find_theirs_whole() {
    let before = "We lose time. Too many patients fall at night. We count them.";
    let rewritten =
        ["Corridors without lamps are where most falls happen.", "Nobody had a night round."];
    let texts = rewritten.map(|text| before.replace("Too many patients fall at night.", text));
    let text = written_at_once(before, [&texts[0], &texts[1]]);
    assert!(rewritten.iter().all(|sentence| text.contains(sentence)), "{text}");
    assert!(text.starts_with("We lose time. ") && text.ends_with(" We count them."), "{text}");
    assert!(!text.contains("patients"), "{text}");
}

#[test]
fn words_that_two_people_change_in_one_sentence_at_once_are_all_changed() {
    let before = "Too many patients fall at night on the ward and nobody counts them.";
    let mine = "Too many people fall at night on the ward and everybody counts them.";
    let theirs = "Too many patients trip at night on our ward and nobody counts them.";
    let both = "Too many people trip at night on our ward and everybody counts them.";
    assert_eq!(written_at_once(before, [mine, theirs]), both);
}

#[test]
fn a_word_put_before_a_short_sentence_does_not_write_it_anew() {
    let (mine, theirs) = ("Frail patients fall.", "Patients fall at night.");
    let both = "Frail patients fall at night.";
    assert_eq!(written_at_once("Patients fall.", [mine, theirs]), both);
}
