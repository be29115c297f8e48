//! Rows and the index are brought up to date in the background, and reading waits for nobody.

use std::thread;

use enhance_model::{DocumentId, DocumentKind};
use enhance_store::Projection;

use super::{answer, answered, reflection};
use crate::{
    LearningCore, ListPage, SearchPage,
    testing::{Phone, asha},
};

/// As if the app had come to make rows of another shape.
fn make_stale(core: &LearningCore) {
    let made = |state: &mut crate::state::State| {
        for listed in state.store().list(DocumentKind::Reflection, None, u32::MAX)? {
            let row = state.store().projection(listed.summary.document)?.unwrap();
            let mut older = Projection { revision: u32::MAX, ..row };
            older.summary.title = "as it was".to_owned();
            state.write(|write| Ok(write.put_projection(&older)?))?;
        }
        Ok(())
    };
    core.with(made).unwrap();
}

fn titles(core: &LearningCore) -> Vec<String> {
    let listed = core.reflections(ListPage::ALL).unwrap().into_iter();
    listed.map(|one| one.title).collect()
}

#[test]
fn old_rows_are_shown_until_new_ones_are_made_however_often_that_is_interrupted() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    let ids: Vec<DocumentId> =
        (0..130).map(|number| reflection(&core, &format!("text {number}"))).collect();
    make_stale(&core);
    drop(core);
    for round in 0..3 {
        let core = phone.open();
        assert_eq!(titles(&core).len(), ids.len());
        if round == 1 {
            core.suspend();
            core.resume().unwrap();
            assert_eq!(titles(&core).len(), ids.len());
        }
        if round == 2 {
            core.until_up_to_date();
            assert!(titles(&core).iter().all(|title| title.starts_with("text ")));
            let found = core.search("text 12", SearchPage::ALL).unwrap();
            assert_eq!(found.len(), 11, "12 and 120 to 129");
        }
    }
}

#[test]
fn what_is_written_while_rows_are_made_again_stays() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let ids: Vec<DocumentId> = (0..60).map(|_| reflection(&core, "before")).collect();
    make_stale(&core);
    drop(core);
    let core = phone.open();
    for id in &ids {
        core.edit_reflection(*id, None, &[answer("what", "after")]).unwrap();
    }
    core.until_up_to_date();
    assert!(titles(&core).iter().all(|title| title == "after"), "{:?}", titles(&core));
    assert!(ids.iter().all(|id| answered(&core, *id) == "after"));
}

#[test]
fn no_screen_waits_while_something_is_written() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "the whole text");
    let project = core.create_project("Falls", "", "").unwrap();
    core.until_up_to_date();
    let held = core.with(|state| {
        // Whoever asked the core for what this lock guards would never come back.
        state.write(|write| {
            write.set_meta("being written", b"yes")?;
            thread::scope(|scope| {
                let screens = scope.spawn(|| {
                    core.reflections(ListPage::ALL)?;
                    core.projects(ListPage::ALL)?;
                    core.shared_with_me()?;
                    core.reflection(id)?;
                    core.project(project)?;
                    core.status(id)?;
                    core.readers(id)?;
                    core.unsettled()?;
                    core.stages()?;
                    core.sync_state()?;
                    core.search("whole", SearchPage::ALL)
                });
                screens.join().unwrap()
            })
        })
    });
    assert_eq!(held.unwrap().len(), 1);
}

#[test]
fn a_row_that_is_made_again_keeps_its_place_in_the_list_and_in_the_index() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    for number in 0..5 {
        reflection(&core, &format!("text {number}"));
    }
    core.until_up_to_date();
    let dates = |core: &LearningCore| {
        let listed = core.reflections(ListPage::ALL).unwrap().into_iter();
        listed.map(|one| (one.id, one.updated_at)).collect::<Vec<_>>()
    };
    let before = dates(&core);
    make_stale(&core);
    drop(core);
    let core = phone.open();
    core.until_up_to_date();
    assert!(titles(&core).iter().all(|title| title.starts_with("text ")));
    assert_eq!(dates(&core), before, "to the millisecond, which changes do not know");
}
