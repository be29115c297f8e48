//! Changes that are taken out of a document and made again.

use super::*;

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
    let replayed = cleaned.replay(&refused, (NOW, MAX_OPERATIONS)).unwrap().remove(0);
    let text = project(&cleaned).sections[&Section::Problem].clone();
    assert!(text.contains("bad, and more") && text.contains("Written since."), "{text}");
    assert!(!cleaned.contains(bad.hash) && cleaned.contains(replayed.hash));
    assert_eq!(
        cleaned.replay(&refused[1..], (NOW, MAX_OPERATIONS)).unwrap_err(),
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
    document.replay(&[refused.bytes], (NOW, MAX_OPERATIONS)).unwrap();
    assert_eq!(document.content(), copy.content());
    assert_ne!(document.version(), copy.version());
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
    let change = mine.replay(&[refused.unwrap().bytes], (NOW, MAX_OPERATIONS)).unwrap().remove(0);
    assert_eq!(mine.version(), Version::new(vec![change.hash]), "one head after all");
    let text = project(&mine).sections[&Section::Problem].clone();
    assert!(["old", "long", "low", "at night."].iter().all(|word| text.contains(word)), "{text}");
}
