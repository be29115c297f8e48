//! Refused work: read, done once more, or put aside.

use std::slice;

use enhance_model::{
    DocumentKind, RefusalCode,
    personal_record::{EvidenceSource, PdpGoal, RecordItem},
};
use enhance_store::NewQuarantine;

use super::*;
use crate::{
    EditView, Error, SignOffSubject,
    arriving::reject::reject,
    testing::{Phone, asha, sam},
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
    let (_phone, core) = Phone::of(&asha());
    let (project, id) = refused(&core);
    assert_eq!(problem(&core, project), "Patients fall.");
    assert!(core.status(project).unwrap().quarantined);
    let view = core.quarantined_item(id).unwrap();
    assert_eq!(view.summary.code, "not_granted");
    assert_eq!(view.summary.words, RefusalCode::NotGranted.in_words());
    let [edit] = view.edits.as_slice() else { panic!("{:?}", view.edits) };
    assert_eq!(edit.after, "Patients fall at night.");
    let export = serde_json::to_string(&core.export().unwrap()).unwrap();
    assert!(export.contains("Patients fall at night."));
}

#[test]
fn refused_work_is_done_once_more_on_what_the_project_says_now() {
    let (_phone, core) = Phone::of(&asha());
    let (project, id) = refused(&core);
    core.edit_project(project, None, &[section(Section::Problem, "Old patients fall.")]).unwrap();
    core.replay(id).unwrap();
    assert_eq!(problem(&core, project), "Old patients fall at night.");
    assert_eq!(core.quarantined(), Ok(Vec::new()));
    assert!(matches!(core.replay(id), Err(Error::NotAllowed { .. })), "once is enough");
}

#[test]
fn dismissed_work_stays_readable() {
    let (_phone, core) = Phone::of(&asha());
    let (project, id) = refused(&core);
    core.dismiss(id).unwrap();
    assert_eq!(core.quarantined(), Ok(Vec::new()));
    assert!(!core.status(project).unwrap().quarantined);
    assert!(core.quarantined_item(id).unwrap().summary.resolved_at.is_some());
    assert!(matches!(core.dismiss(id + 1), Err(Error::NotFound { .. })));
}

/// A refusal for a while, or of words beside it, is no reason to destroy what is nowhere else.
#[test]
fn a_photograph_in_refused_work_is_kept_and_attached_again_when_that_is_done_once_more() {
    let photograph: &[u8] =
        include_bytes!("../../../model/tests/golden/attachments/photograph.jpg");
    for is_done_again in [true, false] {
        let (phone, core) = Phone::of(&asha());
        let reflected = reflection(&core, "A night on call.");
        let of = EvidenceSource::Document(reflected);
        let (file, _) = core.attach(&of, "board.jpg", photograph).unwrap();
        let opened = core.open_attachment(&of, file).unwrap();
        core.with(|state| {
            let (facts, last) = (state.facts()?, state.store().links(reflected)?.pop().unwrap());
            reject(state, &facts, last.hash, RefusalCode::TooManyHeads, "too many").map(drop)
        })
        .unwrap();
        assert_eq!(core.attachments(&of), Ok(Vec::new()));
        let listed = core.quarantined().unwrap();
        assert_eq!((listed.len(), listed[0].attachments), (1, 1));
        // Something else is written in it meanwhile, and the app is started anew.
        core.edit_reflection(reflected, None, &[answer("what", "A long night.")]).unwrap();
        drop(core);
        let core = phone.open();
        let kept = core.quarantined_item(listed[0].id).unwrap().attachments;
        assert_eq!((kept[0].id, kept[0].of), (file, of));
        assert_eq!(core.open_attachment(&of, file), Ok(opened.clone()));
        if is_done_again {
            core.replay(listed[0].id).unwrap();
            assert_eq!(core.attachments(&of).unwrap()[0].id, file);
            assert_eq!(core.open_attachment(&of, file), Ok(opened));
            core.dismiss(listed[0].id).unwrap();
            assert!(core.open_attachment(&of, file).is_ok(), "it is attached now");
        } else {
            core.delete(reflected).unwrap();
            assert!(matches!(core.open_attachment(&of, file), Err(Error::Gone { .. })));
            assert_eq!(core.quarantined(), Ok(Vec::new()));
        }
    }
}

/// Takes the last entry out that is left of a document, again and again, as refusals by the server
/// do; what was refused can be done once more exactly if its view says so. Says how often it could.
fn refuse_all(core: &LearningCore, document: DocumentId) -> usize {
    let (mut done, mut is_done_again) = (0, false);
    for _ in 0..60 {
        let last = core.with(|state| Ok(state.store().links(document)?.pop())).unwrap();
        let Some(link) = last else { return done };
        core.with(|state| {
            let facts = state.facts()?;
            reject(state, &facts, link.hash, RefusalCode::NotGranted, "not any more").map(drop)
        })
        .unwrap();
        for listed in core.quarantined().unwrap() {
            let view = core.quarantined_item(listed.id).unwrap();
            if is_done_again {
                core.dismiss(listed.id).unwrap();
                continue;
            }
            let replayed = core.replay(listed.id);
            assert_eq!(view.can_replay, replayed.is_ok(), "{:?} of {view:?}", replayed.err());
            if view.can_replay {
                done += 1;
            } else {
                core.dismiss(listed.id).unwrap();
            }
        }
        is_done_again = !is_done_again && done > 0;
    }
    panic!("a refusal takes its entry out");
}

#[test]
fn whether_refused_work_can_be_done_once_more_is_said_for_every_kind() {
    let (_phone, core) = Phone::of(&asha());
    let reflected = reflection(&core, "A night on call.");
    core.edit_reflection(reflected, None, &[answer("what", "A long night on call.")]).unwrap();
    let copy = core.share_reflection(reflected, sam().person.id).unwrap();
    let project = core.create_project("Falls", "", "").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "Patients fall.")]).unwrap();
    core.comment(project, "problem", "Ask the porters.").unwrap();
    core.comment(copy, "", "Thank you.").unwrap();
    let subject = SignOffSubject::Project(project);
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let goal = PdpGoal { text: "Lead a ward round".to_owned(), ..PdpGoal::default() };
    core.edit_record(&goal.adding(core.new_item_id())).unwrap();
    let all: Vec<(DocumentId, DocumentKind)> = core
        .with(|state| {
            let mut all = Vec::new();
            for kind in DocumentKind::ALL {
                let rows = state.store().documents(kind)?;
                all.extend(rows.into_iter().map(|row| (row.id, row.kind)));
            }
            Ok(all)
        })
        .unwrap();
    assert!(all.iter().any(|(id, _)| *id == request), "{all:?}");
    // What is said about something before what it is said about.
    let (about, rest): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, kind)| *kind == DocumentKind::Comments);
    let mut kinds = std::collections::BTreeSet::new();
    for (document, kind) in about.into_iter().chain(rest) {
        if refuse_all(&core, document) > 0 {
            kinds.insert(kind);
        }
    }
    for kind in [DocumentKind::Reflection, DocumentKind::ChangeProject, DocumentKind::Comments] {
        assert!(kinds.contains(&kind), "{kind} can be done once more: {kinds:?}");
    }
}
