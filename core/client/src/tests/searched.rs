//! What is said about a document is found, and leads to the document.

use enhance_model::DocumentKind;

use super::*;
use crate::{
    CommentPlace, HitTarget, SearchPage,
    testing::{Phone, asha, sam},
};

/// What is found: the document it leads to and its title.
fn found(core: &LearningCore, words: &str) -> Vec<(DocumentId, DocumentKind, String)> {
    let hits = core.search(words, SearchPage::ALL).unwrap().into_iter();
    let place = |hit: crate::Hit| match hit.target {
        HitTarget::Document { id, kind } => Some((id, kind, hit.title)),
        HitTarget::Page { .. } => None,
    };
    hits.filter_map(place).collect()
}

#[test]
fn what_is_said_about_a_project_is_found_with_the_folding_of_all_texts_and_leads_to_the_project() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Safer nights", "", "Ward 7").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "Patients fall.")]).unwrap();
    let said = core.comment(project, "problem", "Ask the Øresund porters.").unwrap();
    let here = vec![(project, DocumentKind::ChangeProject, "Safer nights".to_owned())];
    assert_eq!(found(&core, "oresund port"), here);
    let hits = core.search("porters", SearchPage::ALL).unwrap();
    assert!(hits[0].snippet.contains("Ask the Øresund porters."), "{hits:?}");

    core.rewrite_comment(project, said, "Ask the cleaners.").unwrap();
    assert_eq!([found(&core, "porters"), found(&core, "cleaners")], [vec![], here.clone()]);
    core.delete_comment(project, said).unwrap();
    assert_eq!(found(&core, "cleaners"), [], "what was taken back is found by nobody");

    let place = CommentPlace { range: Some(0..8), ..CommentPlace::from("problem") };
    let suggested = core.suggest(project, &place, "Residents", "They are no strangers.").unwrap();
    assert_eq!([found(&core, "residents"), found(&core, "strangers")], [here.clone(), here]);
    core.delete_comment(project, suggested).unwrap();
    assert_eq!(found(&core, "strangers"), []);

    core.comment(project, "problem", "A last word.").unwrap();
    core.delete(project).unwrap();
    assert_eq!(found(&core, "last word"), [], "and nothing about what is gone");
}

#[test]
fn an_answer_on_a_copy_is_found_and_leads_to_the_copy() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "A night on call.");
    let copy = core.share_reflection(id, sam().person.id).unwrap();
    core.comment(copy, "", "Thank you for the marmalade.").unwrap();
    let targets = found(&core, "marmalade");
    assert_eq!(targets.len(), 1);
    assert_eq!((targets[0].0, targets[0].1), (copy, DocumentKind::SharedReflection));
}
