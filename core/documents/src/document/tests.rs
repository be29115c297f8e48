use super::*;
use crate::Edit;
use enhance_model::{
    DocumentId, ItemId, Tag, Version,
    change_project::{
        Aim, AimEdit, ChangeProject, CycleEdit, Item, Observation, PdsaCycle, ProjectEdit, Section,
        Status, Value,
    },
    comments::{Comment, CommentEdit},
    personal_record::{GoalEdit, LearningSession, PdpGoal, RecordEdit, RecordItem, SessionKind},
    record::Record,
    reflection::{Reflection, ReflectionEdit},
};

const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

fn device(number: u8) -> DeviceId {
    DeviceId::from_bytes([number; 16])
}

fn person() -> PersonId {
    PersonId::from_bytes([9; 16])
}

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn new_project(number: u8) -> Document {
    let new = NewDocument::ChangeProject {
        owner: person(),
        title: "Falls".into(),
        topic: "quality".into(),
        setting: "Ward 7".into(),
    };
    Document::create(&new, device(number), NOW).unwrap().0
}

fn reopened(document: &mut Document, number: u8) -> Document {
    Document::open(&[document.snapshot().unwrap()], device(number)).unwrap()
}

fn project(document: &Document) -> ChangeProject {
    match document.content().unwrap() {
        Content::ChangeProject(project) => *project,
        other => panic!("{other:?}"),
    }
}

fn problem(text: &str) -> Edit {
    Edit::ChangeProject(ProjectEdit::Section { section: Section::Problem, text: text.into() })
}

fn write(document: &mut Document, edit: Edit) -> Change {
    document.edit(None, &[edit], NOW).unwrap().unwrap()
}

/// Brings what each has to the other, as two phones do through the server.
fn exchange(one: &mut Document, other: &mut Document) {
    let rules = crate::AdmissionRules::from_server();
    for turn in 0..2 {
        let (from, into) =
            if turn == 0 { (&mut *one, &mut *other) } else { (&mut *other, &mut *one) };
        let mut changes = from.changes_not_in(&into.version());
        changes.retain(|change| !into.contains(change.hash));
        let bytes: Vec<_> = changes.into_iter().map(|change| change.bytes).collect();
        for finding in into.admit(&bytes, &rules).findings {
            assert_eq!(finding.ruling, crate::Ruling::Admitted);
        }
    }
}

fn aim_edits(aim: &Aim) -> Vec<Edit> {
    let edits = aim.edits().into_iter();
    edits.map(|edit| Edit::ChangeProject(ProjectEdit::Aim { edit })).collect()
}

fn plan_of_cycle(number: u8, text: &str) -> Edit {
    let edit = CycleEdit::Plan(text.into());
    Edit::ChangeProject(ProjectEdit::Cycle { id: item(number), edit })
}

#[test]
fn what_was_written_reads_back_after_a_snapshot() {
    let mut document = new_project(1);
    let aim = Aim { sentence: "Fewer falls".into(), from: "12".into(), ..Aim::default() };
    let value = Value::Ratio { numerator: 4, denominator: 10 };
    let observation = Observation::new(item(1), "2026-11-22".parse().unwrap(), value);
    let moved = ProjectEdit::Move { id: item(4), to: Status::Testing, at: NOW, note: "Go".into() };
    let mut edits = vec![problem("Falls at night")];
    edits.extend(aim_edits(&aim));
    edits.extend(observation.adding(item(2)).into_iter().map(Edit::ChangeProject));
    edits.extend(PdsaCycle::default().adding(item(3)).into_iter().map(Edit::ChangeProject));
    edits.extend([
        Edit::ChangeProject(moved),
        plan_of_cycle(3, "One bed"),
        Edit::ChangeProject(ProjectEdit::AddTag { tag: Tag::Theme("teams".into()) }),
    ]);
    document.edit(None, &edits, NOW).unwrap().unwrap();
    let read = project(&reopened(&mut document, 2));
    assert_eq!(read, project(&document));
    assert_eq!(read.sections[&Section::Problem], "Falls at night");
    assert_eq!((read.aim, read.status), (aim, Status::Testing));
    assert_eq!(read.observations[&item(2)], observation);
    assert_eq!(read.cycles[&item(3)].plan, "One bed");
    assert!(read.tags.contains(&Tag::Theme("teams".into())));
    assert_eq!(read.created_at, NOW);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_change() {
    let mut document = new_project(1);
    write(&mut document, problem("Falls"));
    let before = document.version();
    let edits = [
        problem("Falls"),
        Edit::ChangeProject(ProjectEdit::Title { title: "Falls".into() }),
        Edit::ChangeProject(ProjectEdit::Aim { edit: AimEdit::From(String::new()) }),
        Edit::ChangeProject(ProjectEdit::RemoveTag { tag: Tag::Theme("none".into()) }),
    ];
    assert_eq!(document.edit(None, &edits, NOW), Ok(None));
    assert_eq!(document.edit(Some(&before), &edits, NOW), Ok(None));
    assert_eq!(document.version(), before);
    // A fresh opening has an actor that never wrote; saving must not trip over it.
    let mut again = reopened(&mut document, 2);
    assert_eq!(again.edit(None, &edits, NOW), Ok(None));
    assert_eq!(reopened(&mut again, 3).version(), before);
}

#[test]
fn a_text_typed_while_another_arrived_is_merged_by_character() {
    let mut mine = new_project(1);
    write(&mut mine, problem("The ward is dark."));
    let mut theirs = reopened(&mut mine, 2);
    let shown = mine.version();
    write(&mut theirs, problem("The whole ward is dark."));
    exchange(&mut mine, &mut theirs);

    let change = mine.edit(Some(&shown), &[problem("The ward is dark at night.")], NOW);
    let change = change.unwrap().unwrap();
    assert_eq!(project(&mine).sections[&Section::Problem], "The whole ward is dark at night.");

    // The screen still shows only what was typed into it, and goes on from there.
    let shown = Version::new(vec![change.hash]);
    mine.edit(Some(&shown), &[problem("The ward is dark at night!")], NOW).unwrap().unwrap();
    assert_eq!(project(&mine).sections[&Section::Problem], "The whole ward is dark at night!");

    exchange(&mut mine, &mut theirs);
    assert_eq!(project(&mine), project(&theirs));
    assert_eq!(reopened(&mut mine, 3).content(), mine.content());
}

#[test]
fn an_edit_of_an_older_version_can_follow_ones_own_later_work() {
    let mut document = new_project(1);
    let shown = document.version();
    write(&mut document, problem("later"));
    document
        .edit(Some(&shown), &[Edit::ChangeProject(ProjectEdit::Title { title: "T".into() })], NOW)
        .unwrap()
        .unwrap();
    let read = project(&document);
    assert_eq!((read.title.as_str(), read.sections[&Section::Problem].as_str()), ("T", "later"));
    assert_eq!(reopened(&mut document, 2).content(), document.content());
    assert!(document.history().iter().all(|entry| entry.author == Some(device(1))));
}

#[test]
fn a_version_the_document_does_not_have_is_named() {
    let mut document = new_project(1);
    let hash = ChangeHash::from_bytes([7; 32]);
    let unknown = Version::new(vec![hash]);
    let error = DocumentError::UnknownVersion { hash };
    assert_eq!(document.edit(Some(&unknown), &[problem("x")], NOW), Err(error.clone()));
    assert_eq!(document.content_at(&unknown), Err(error));
}

#[test]
fn an_edit_is_all_or_nothing() {
    let mut document = new_project(1);
    let before = document.version();
    let edits = [problem("half"), plan_of_cycle(8, "One bed")];
    let error = document.edit(None, &edits, NOW).unwrap_err();
    assert_eq!(error.to_string(), format!("there is no cycle {} in this document", item(8)));
    assert_eq!(document.version(), before);
    assert_eq!(project(&document).sections[&Section::Problem], "");
    write(&mut document, problem("whole"));
    assert_eq!(project(&reopened(&mut document, 2)).sections[&Section::Problem], "whole");
}

#[test]
fn an_edit_too_large_for_one_change_is_refused_before_anything_is_written() {
    let mut document = new_project(1);
    let before = document.version();
    let error = document.edit(None, &[problem(&"word ".repeat(10_001))], NOW).unwrap_err();
    assert_eq!(error, DocumentError::EditTooLarge { operations: 50_005, limit: 50_000 });
    assert_eq!(document.version(), before);
    write(&mut document, problem(&"word ".repeat(10_000)));
}

#[test]
fn answers_that_two_devices_began_at_once_are_both_read_and_then_united() {
    let new = NewDocument::Reflection { owner: person(), reflection: Reflection::default() };
    let mut mine = Document::create(&new, device(1), NOW).unwrap().0;
    let mut theirs = reopened(&mut mine, 2);
    let answer = |text: &str| {
        Edit::Reflection(ReflectionEdit::Answer { prompt: "what".into(), text: text.into() })
    };
    let read = |document: &Document| match document.content().unwrap() {
        Content::Reflection(reflection) => reflection.answers["what"].clone(),
        other => panic!("{other:?}"),
    };
    write(&mut mine, answer("mine"));
    write(&mut theirs, answer("theirs"));
    exchange(&mut mine, &mut theirs);
    let both = read(&mine);
    assert!(both == "mine\n\ntheirs" || both == "theirs\n\nmine", "{both}");
    assert_eq!(both, read(&theirs));
    let field = TextField::Answer("what".into());
    let spans = mine.text_authors(&field).unwrap();
    assert_eq!(spans.iter().map(|span| span.text.as_str()).collect::<String>(), both);

    write(&mut mine, answer(&format!("{both}, together")));
    write(&mut theirs, Edit::Reflection(ReflectionEdit::Title { title: "T".into() }));
    exchange(&mut mine, &mut theirs);
    assert_eq!(read(&theirs), format!("{both}, together"));
}

#[test]
fn a_record_that_two_devices_created_is_one_record_and_the_first_start_stands() {
    let new = NewDocument::PersonalRecord { owner: person() };
    let mut phone = Document::create(&new, device(1), NOW).unwrap().0;
    let mut tablet = Document::create(&new, device(2), NOW.plus_millis(60_000)).unwrap().0;
    let start = |minute: i64| {
        let at = NOW.plus_millis(minute * 60_000);
        Edit::PersonalRecord(RecordEdit::Start { activity: "read/intro".into(), at })
    };
    let session = LearningSession {
        title: "Teaching".into(),
        module: Some("quality".into()),
        start: NOW,
        minutes: enhance_model::Minutes(60),
        kind: SessionKind::Core,
        ..LearningSession::default()
    };
    let goal = |text: &str| PdpGoal { text: text.into(), ..PdpGoal::default() };
    let all = |edits: Vec<RecordEdit>| edits.into_iter().map(Edit::PersonalRecord);
    let mut edits: Vec<Edit> = all(session.adding(item(1))).collect();
    edits.extend(all(goal("on the phone").adding(item(2))));
    edits.push(start(9));
    phone.edit(None, &edits, NOW).unwrap();
    let mut edits: Vec<Edit> = all(goal("on the tablet").adding(item(3))).collect();
    edits.push(start(5));
    tablet.edit(None, &edits, NOW).unwrap();
    exchange(&mut phone, &mut tablet);
    for document in [&mut phone, &mut tablet] {
        assert_eq!(document.edit(None, &[start(0)], NOW), Ok(None));
        let Content::PersonalRecord(record) = document.content().unwrap() else { panic!("kind") };
        let started = record.activities["read/intro"].started_at;
        assert_eq!(started, Some(NOW.plus_millis(5 * 60_000)));
        assert_eq!(record.sessions[&item(1)], session);
        let goals: Vec<&str> = record.goals.values().map(|goal| goal.text.as_str()).collect();
        assert_eq!(goals, ["on the phone", "on the tablet"], "each made the map of goals");
    }
}

#[test]
fn what_two_devices_set_at_once_in_a_goal_is_read_whole_and_until_somebody_settles_it() {
    let new = NewDocument::PersonalRecord { owner: person() };
    let mut phone = Document::create(&new, device(1), NOW).unwrap().0;
    let goal = PdpGoal {
        text: "Lead a ward round".into(),
        actions: "Ask Dr Lee.".into(),
        ..PdpGoal::default()
    };
    let adding: Vec<Edit> = goal.adding(item(2)).into_iter().map(Edit::PersonalRecord).collect();
    phone.edit(None, &adding, NOW).unwrap();
    let mut tablet = reopened(&mut phone, 2);
    let set = |document: &mut Document, edit: GoalEdit| {
        let edit = RecordEdit::PdpGoal { id: item(2), edit };
        document.edit(None, &[Edit::PersonalRecord(edit)], NOW).unwrap();
    };
    let read = |document: &mut Document| {
        let Content::PersonalRecord(record) = document.content().unwrap() else { panic!("kind") };
        let disagreements = record.disagreements.len();
        (record.goals[&item(2)].clone(), disagreements)
    };
    set(&mut phone, GoalEdit::Text("Lead a board round".into()));
    set(&mut phone, GoalEdit::Actions("Ask Dr Lee on Monday.".into()));
    set(&mut tablet, GoalEdit::Text("Run a falls clinic".into()));
    set(&mut tablet, GoalEdit::Actions("Ask Dr Lee. Read.".into()));
    exchange(&mut phone, &mut tablet);
    for document in [&mut phone, &mut tablet] {
        let (goal, disagreements) = read(document);
        let mut said: Vec<&str> = goal.text.lines().filter(|line| !line.is_empty()).collect();
        said.sort_unstable();
        assert_eq!(said, ["Lead a board round", "Run a falls clinic"], "no letter is mixed");
        assert_eq!(goal.actions, "Ask Dr Lee on Monday. Read.", "what is written at length merges");
        assert_eq!(disagreements, 1);
    }
    set(&mut tablet, GoalEdit::Text("Run a falls clinic".into()));
    exchange(&mut phone, &mut tablet);
    for document in [&mut phone, &mut tablet] {
        let (goal, disagreements) = read(document);
        assert_eq!((goal.text.as_str(), disagreements), ("Run a falls clinic", 0), "settled");
    }
}

#[test]
fn history_names_who_and_when_and_opens_at_every_step() {
    let mut mine = new_project(1);
    write(&mut mine, problem("one"));
    let mut theirs = reopened(&mut mine, 2);
    write(&mut theirs, problem("one two"));
    exchange(&mut mine, &mut theirs);
    let history = mine.history();
    assert_eq!(history, theirs.history());
    assert_eq!(history[2].author, Some(device(2)));
    assert_eq!(history[2].at, NOW);
    assert_eq!(history[2].version, mine.version());
    let texts = history.iter().map(|entry| match mine.content_at(&entry.version).unwrap() {
        Content::ChangeProject(project) => project.sections[&Section::Problem].clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["", "one", "one two"]);

    let spans = mine.text_authors(&TextField::Section(Section::Problem)).unwrap();
    let span =
        |number, text: &str| AuthoredSpan { author: Some(device(number)), text: text.into() };
    assert_eq!(spans, [span(1, "one"), span(2, " two")]);
    write(&mut theirs, Edit::ChangeProject(ProjectEdit::Setting { setting: "Ward 8".into() }));
    let authors = theirs.field_authors();
    assert_eq!((authors["title"], authors["setting"]), (device(1), device(2)));
}

#[test]
fn a_document_without_a_change_loses_what_depends_on_it_and_nothing_else() {
    let mut mine = new_project(1);
    let mut theirs = reopened(&mut mine, 2);
    let bad = write(&mut mine, problem("bad"));
    let after = write(&mut mine, problem("bad, and more"));
    write(&mut theirs, Edit::ChangeProject(ProjectEdit::Title { title: "Good".into() }));
    exchange(&mut mine, &mut theirs);
    let (mut cleaned, removed) = mine.without(&[bad.hash]).unwrap();
    assert_eq!(removed, [bad.hash, after.hash]);
    let read = project(&cleaned);
    assert_eq!((read.title.as_str(), read.sections[&Section::Problem].as_str()), ("Good", ""));

    let refused = [bad.bytes, after.bytes];
    let edit = FieldEdit {
        path: "sections/problem".into(),
        before: String::new(),
        after: "bad, and more".into(),
    };
    assert_eq!(cleaned.readable(&refused), Ok(vec![edit]));
    write(&mut cleaned, problem("Written since."));
    let replayed = cleaned.replay(&refused, NOW).unwrap().unwrap();
    let text = project(&cleaned).sections[&Section::Problem].clone();
    assert!(text.contains("bad, and more") && text.contains("Written since."), "{text}");
    assert!(!cleaned.contains(bad.hash) && cleaned.contains(replayed.hash));
    assert_eq!(
        cleaned.replay(&refused[1..], NOW).unwrap_err(),
        DocumentError::MissingDependencies { count: 1, first: bad.hash }
    );
}

#[test]
fn replaying_does_again_what_was_added_changed_and_removed() {
    let new = NewDocument::Comments { owner: person(), about: DocumentId::from_bytes([5; 16]) };
    let mut document = Document::create(&new, device(1), NOW).unwrap().0;
    let comment = |body: &str| Comment {
        body: body.into(),
        anchor: "problem".parse().unwrap(),
        span: None,
        answers: None,
        at: NOW,
        edited_at: None,
        resolved_at: None,
    };
    let rewritten = |body: &str| {
        Edit::Comments(CommentEdit::Rewrite { id: item(1), body: body.into(), at: NOW })
    };
    let add = |number, body: &str| {
        Edit::Comments(CommentEdit::Add { id: item(number), comment: comment(body) })
    };
    write(&mut document, add(1, "Which ward?"));
    let mut copy = document.clone();
    copy.renew_actor();
    let refused = copy
        .edit(
            None,
            &[
                add(2, "And when?"),
                Edit::Comments(CommentEdit::Resolve { id: item(1), at: NOW }),
                rewritten("Which wards?"),
            ],
            NOW,
        )
        .unwrap()
        .unwrap();
    document.replay(&[refused.bytes], NOW).unwrap().unwrap();
    assert_eq!(document.content(), copy.content());
    assert_ne!(document.version(), copy.version());
}

#[test]
fn damaged_bytes_are_an_error_and_not_a_panic() {
    let mut document = new_project(1);
    write(&mut document, problem("A text that is long enough to be worth damaging."));
    let bytes = document.snapshot().unwrap();
    for place in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x55;
        if let Ok(opened) = Document::open(&[damaged], device(2)) {
            assert_eq!(opened.content(), document.content(), "byte {place}");
        }
    }
    assert!(Document::open(&[&bytes[..bytes.len() / 2]], device(2)).is_err());
    assert!(Document::open(&[b"<html>"], device(2)).is_err());
    assert!(Document::open(&[[0_u8; 0]; 0], device(2)).is_err());
}

#[test]
fn a_text_replaced_as_a_whole_takes_no_time() {
    let mut document = new_project(1);
    write(&mut document, problem(&"abcdefghi ".repeat(1_000)));
    let other = "zyxwvu 12345".repeat(1_000);
    write(&mut document, problem(&other));
    assert_eq!(project(&document).sections[&Section::Problem], other);
}

/// Letters that are made of several characters stay whole, though two change them at once.
#[test]
fn a_letter_of_several_characters_is_written_whole() {
    for [before, one, other] in [["👨‍👩‍👧", "👨‍👩‍👦", "👨‍👩‍👧‍👦"], ["e", "e\u{301}", "e\u{300}"]]
    {
        let mut mine = new_project(1);
        let ward = |letter: &str| problem(&format!("Ward {letter} at night"));
        write(&mut mine, ward(before));
        let mut theirs = reopened(&mut mine, 2);
        write(&mut mine, ward(one));
        write(&mut theirs, ward(other));
        exchange(&mut mine, &mut theirs);
        let merged = project(&mine).sections[&Section::Problem].clone();
        assert_eq!(project(&theirs).sections[&Section::Problem], merged);
        let both = [[one, other].concat(), [other, one].concat()];
        let both = both.map(|both| format!("Ward {both} at night"));
        assert!(both.contains(&merged), "{merged:?}");
    }
}

#[test]
fn what_did_not_go_into_the_document_is_not_read_from_it() {
    let mut document = new_project(1);
    write(&mut document, problem("Falls"));
    project(&document);
    let edits = [problem("Falls at night"), plan_of_cycle(9, "x")];
    let failed = document.edit(None, &edits, NOW);
    assert!(matches!(failed, Err(DocumentError::NoSuchItem { .. })), "{failed:?}");
    assert_eq!(project(&document).sections[&Section::Problem], "Falls");
}

#[test]
fn replaying_joins_what_stands_side_by_side() {
    let mut mine = new_project(1);
    write(&mut mine, problem("The ward is dark."));
    let base = mine.version();
    let mut refused = mine.clone();
    refused.renew_actor();
    let refused = refused.edit(Some(&base), &[problem("The ward is dark at night.")], NOW).unwrap();
    for word in ["old", "long", "low"] {
        let text = format!("The {word} ward is dark.");
        mine.edit(Some(&base), &[problem(&text)], NOW).unwrap();
    }
    assert_eq!(mine.version().heads().len(), 3);
    let change = mine.replay(&[refused.unwrap().bytes], NOW).unwrap().unwrap();
    assert_eq!(mine.version(), Version::new(vec![change.hash]), "one head after all");
    let text = project(&mine).sections[&Section::Problem].clone();
    assert!(["old", "long", "low", "at night."].iter().all(|word| text.contains(word)), "{text}");
}
