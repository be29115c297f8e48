//! Refused work: read, done once more, or put aside.

use std::slice;

use enhance_model::DocumentKind;
use enhance_store::NewQuarantine;

use super::*;
use crate::{
    EditView, Error,
    testing::{Phone, asha},
};

/// Takes the last change of a plan out, as a refusal by the server does.
fn refuse_last(core: &LearningCore, project: DocumentId) {
    core.with(|state| {
        let link = state.store().links(project)?.pop().unwrap();
        let entry = state.store().entry(link.hash)?.unwrap();
        let rejected = enhance_model::ChangeHash::from_bytes(*entry.hash.as_bytes());
        let (mut without, _) = state.document(&state.row(project)?)?.without(&[rejected])?;
        let edits: Vec<EditView> = without
            .readable(slice::from_ref(&entry.body))?
            .into_iter()
            .map(EditView::from)
            .collect();
        let about = NewQuarantine {
            document: project,
            kind: DocumentKind::ChangeProject,
            title: "Falls".to_owned(),
            code: "not_granted".to_owned(),
            explanation: "You may no longer change this plan.".to_owned(),
            readable: serde_json::to_string(&edits).unwrap(),
            base: without.version(),
            at: state.now(),
        };
        state.write(|write| Ok(write.quarantine_entries(&about, &[entry])?))?;
        state.forget(project);
        state.refresh_projection(&state.row(project)?)
    })
    .unwrap();
}

fn refused(core: &LearningCore) -> (DocumentId, i64) {
    let project = core.create_project("Falls", "", "").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "Patients fall.")]).unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "Patients fall at night.")])
        .unwrap();
    refuse_last(core, project);
    let listed = core.quarantined().unwrap();
    assert_eq!(listed.len(), 1);
    (project, listed[0].id)
}

#[test]
fn refused_work_is_listed_and_readable() {
    let core = Phone::new().enrolled(&asha());
    let (project, id) = refused(&core);
    assert_eq!(problem(&core, project), "Patients fall.");
    assert!(core.status(project).unwrap().quarantined);
    let view = core.quarantined_item(id).unwrap();
    assert_eq!(view.summary.code, "not_granted");
    let [edit] = view.edits.as_slice() else { panic!("{:?}", view.edits) };
    assert_eq!(edit.after, "Patients fall at night.");
    let export = serde_json::to_string(&core.export().unwrap()).unwrap();
    assert!(export.contains("Patients fall at night."));
}

#[test]
fn refused_work_is_done_once_more_on_what_the_project_says_now() {
    let core = Phone::new().enrolled(&asha());
    let (project, id) = refused(&core);
    core.edit_project(project, None, &[section(Section::Problem, "Old patients fall.")]).unwrap();
    core.replay(id).unwrap();
    assert_eq!(problem(&core, project), "Old patients fall at night.");
    assert_eq!(core.quarantined(), Ok(Vec::new()));
    assert!(matches!(core.replay(id), Err(Error::NotAllowed { .. })), "once is enough");
}

#[test]
fn dismissed_work_stays_readable() {
    let core = Phone::new().enrolled(&asha());
    let (project, id) = refused(&core);
    core.dismiss(id).unwrap();
    assert_eq!(core.quarantined(), Ok(Vec::new()));
    assert!(!core.status(project).unwrap().quarantined);
    assert!(core.quarantined_item(id).unwrap().summary.resolved_at.is_some());
    assert!(matches!(core.dismiss(id + 1), Err(Error::NotFound { .. })));
}
