//! Two devices that write in one document.

use super::*;
use crate::gate::{MAX_CHANGE_BYTES, scan};

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
fn a_document_that_two_devices_made_alike_is_made_once_and_each_goes_on_in_its_own_name() {
    let answers = [("what".to_owned(), "It was dark.".to_owned())].into();
    let reflection = Reflection { answers, ..Reflection::default() };
    let new = NewDocument::Reflection { owner: person(), reflection };
    let made = |by| Document::create_alike(&new, &[7; 32], device(by), (NOW, 1_000)).unwrap();
    let ((mut mine, changes), (mut theirs, again)) = (made(1), made(2));
    let bytes = |changes: Vec<Change>| changes.into_iter().map(|one| one.bytes).collect::<Vec<_>>();
    assert_eq!(bytes(changes), bytes(again));
    // What is made at another moment is another document, and nobody's actor comes twice.
    let later = Document::create_alike(&new, &[7; 32], device(1), (NOW.plus_millis(9_000), 1_000));
    let actor = |change: &Change| scan(&change.bytes, MAX_CHANGE_BYTES).unwrap().actor;
    let actors = [made(1).1, later.unwrap().1].map(|changes| actor(&changes[0]));
    assert_ne!(actors[0], actors[1]);
    let answer = |text: &str| {
        Edit::Reflection(ReflectionEdit::Answer { prompt: "what".into(), text: text.into() })
    };
    write(&mut mine, answer("It was dark. Lamps!"));
    write(&mut theirs, answer("So: It was dark."));
    exchange(&mut mine, &mut theirs);
    for document in [&mine, &theirs] {
        let Content::Reflection(read) = document.content().unwrap() else { panic!() };
        assert_eq!(read.answers["what"], "So: It was dark. Lamps!");
    }
    let spans = mine.text_authors(&TextField::Answer("what".into())).unwrap();
    let by: Vec<_> = spans.iter().map(|span| span.author).collect();
    assert!(by.contains(&Some(device(1))) && by.contains(&Some(device(2))), "{by:?}");
}

#[test]
fn the_same_words_that_two_devices_wrote_at_once_stand_once_whoever_takes_them_out() {
    let new = NewDocument::PersonalRecord { owner: person() };
    let mut phone = Document::create(&new, device(1), NOW).unwrap().0;
    let mut tablet = Document::create(&new, device(2), NOW).unwrap().0;
    let id = ItemId::from_bytes([7; 16]);
    let goal = PdpGoal { text: "Lead a ward round".into(), ..PdpGoal::default() };
    for document in [&mut phone, &mut tablet] {
        let edits: Vec<Edit> = goal.adding(id).into_iter().map(Edit::PersonalRecord).collect();
        document.edit(None, &edits, NOW).unwrap().unwrap();
    }
    exchange(&mut phone, &mut tablet);
    let text = |document: &mut Document| match &*document.standing().unwrap() {
        Content::PersonalRecord(record) => record.goals[&id].text.clone(),
        other => panic!("{other:?}"),
    };
    for document in [&mut phone, &mut tablet] {
        assert_eq!(text(document), "Lead a ward round\n\nLead a ward round");
        assert!(document.has_twins());
        assert_eq!(document.take_out_twins((NOW, 1_000)).unwrap().len(), 1);
        assert_eq!(text(document), goal.text);
    }
    exchange(&mut phone, &mut tablet);
    for document in [&mut phone, &mut tablet] {
        assert_eq!(text(document), goal.text, "both took out the same one");
        assert!(!document.has_twins());
        assert_eq!(document.take_out_twins((NOW, 1_000)), Ok(vec![]));
    }
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
        let both = [[one, other].join(" "), [other, one].join(" ")];
        let both = both.map(|both| format!("Ward {both} at night"));
        assert!(both.contains(&merged), "{merged:?}");
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
