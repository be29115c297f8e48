//! Opening, the account, observers, and what is left when something fails.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::{
    Error, InputField, ListPage, PrivateAccess, SearchPage, Topic,
    testing::{Phone, asha, asha_on_second_device, holds, sam},
};

#[test]
fn before_enrolment_there_is_no_account_and_nothing_can_be_written() {
    let phone = Phone::new();
    let core = phone.open();
    assert_eq!(core.account(), Ok(None));
    assert_eq!(core.reflections(ListPage::ALL).unwrap().items, []);
    assert_eq!(core.create_project("Falls", "", ""), Err(Error::NotEnrolled));
    assert_eq!(core.create_reflection("gibbs", "", None), Err(Error::NotEnrolled));
}

#[test]
fn a_second_opener_is_told_that_the_folder_is_in_use() {
    let phone = Phone::new();
    let core = phone.open();
    assert_eq!(LearningCore::open(phone.options()).err(), Some(Error::InUse));
    drop(core);
    phone.open();
}

#[test]
fn another_key_does_not_open_the_database_and_harms_nothing() {
    let mut phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "still here");
    drop(core);
    let right = phone.key.replace(crate::DatabaseKey::from_bytes([8; 32]));
    assert_eq!(LearningCore::open(phone.options()).err(), Some(Error::WrongKey));
    phone.key = right;
    assert_eq!(answered(&phone.open(), id), "still here");
}

#[test]
fn with_a_key_no_word_can_be_found_in_the_files() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "canary in the text");
    let field = crate::DraftField::Answer("what".to_owned());
    core.autosave(id, &field, &version(&core, id), "canary in a draft").unwrap();
    core.create_project("canary in a plan", "", "").unwrap();
    core.search("canary", SearchPage::ALL).unwrap();
    assert!(!holds(&phone.bytes(), "canary"));
    drop(core);
    assert!(!holds(&phone.bytes(), "canary"));
}

#[test]
fn what_was_saved_is_there_after_a_drop_without_a_close() {
    for phone in [Phone::new(), Phone::keyed()] {
        let core = phone.enrolled(&asha());
        let id = reflection(&core, "The night shift.");
        let project = core.create_project("Falls", "pcp", "Ward 7").unwrap();
        core.edit_project(project, None, &[section(Section::Problem, "Too many.")]).unwrap();
        drop(core);
        let core = phone.open();
        assert_eq!(answered(&core, id), "The night shift.");
        assert_eq!(problem(&core, project), "Too many.");
        core.edit_reflection(id, None, &[answer("what", "The night shift. Again.")]).unwrap();
        assert_eq!(answered(&core, id), "The night shift. Again.");
    }
}

#[test]
fn without_the_account_key_private_documents_say_what_they_need() {
    let (_phone, core) = Phone::of(&asha_on_second_device());
    let account = core.account().unwrap().unwrap();
    assert_eq!(account.private_access, PrivateAccess::RecoveryKeyNeeded);
    assert_eq!(core.create_reflection("gibbs", "", None), Err(Error::RecoveryKeyNeeded));
    assert_eq!(core.learning_log(), Err(Error::RecoveryKeyNeeded));
    let project = core.create_project("Falls", "", "").unwrap();
    assert_eq!(core.project(project).unwrap().project.title, "Falls");
}

#[test]
fn the_recovery_key_makes_private_documents_possible_however_it_is_typed() {
    let (_phone, core) = Phone::of(&asha_on_second_device());
    let typed = crate::testing::recovery_key().to_string().to_lowercase().replace('-', " ");
    core.use_recovery_key(&typed).unwrap();
    assert_eq!(core.account().unwrap().unwrap().private_access, PrivateAccess::Open);
    assert_eq!(answered(&core, reflection(&core, "mine")), "mine");
}

#[test]
fn a_wrong_recovery_key_is_told_apart_from_a_mistyped_one() {
    let (_phone, core) = Phone::of(&asha_on_second_device());
    let reason = |typed: &str| match core.use_recovery_key(typed) {
        Err(Error::InvalidInput { field: InputField::RecoveryKey, reason }) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        reason("60RK-4CSM-6MV3-EE1S-C5H6-6S35-CSKP-GTBA-1KYA"),
        "a letter or digit is mistyped"
    );
    let other = crate::RecoveryKey::new(&crate::SystemRandomness).to_string();
    assert_eq!(reason(&other), "it is not the one of this person");
    assert_eq!(core.account().unwrap().unwrap().private_access, PrivateAccess::RecoveryKeyNeeded);
}

#[test]
fn observers_hear_of_each_kind_of_change_until_they_are_dropped() {
    let (_phone, core) = Phone::of(&asha());
    let heard = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&heard);
    let asked = core.clone();
    let observation = core.observe(move |changes| {
        // An observer may ask the core: nothing is locked while it is told.
        asked.reflections(ListPage::ALL).unwrap();
        if changes.touches(Topic::Documents) {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    let id = core.create_reflection("gibbs", "", None).unwrap();
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    core.reflection(id).unwrap();
    assert_eq!(heard.load(Ordering::SeqCst), 1, "reading changes nothing");
    drop(observation);
    core.create_project("Falls", "", "").unwrap();
    assert_eq!(heard.load(Ordering::SeqCst), 1);
}

#[test]
fn a_panic_while_writing_leaves_what_was_committed_and_the_core_usable() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let before = version(&core, project);
    let edits = [enhance_documents::Edit::ChangeProject(section(Section::Problem, "half done"))];
    let failed: Result<(), Error> = core.with(|state| {
        state.document(&state.row(project)?)?.edit(
            None,
            &edits,
            enhance_model::Timestamp::default(),
        )?;
        panic!("on purpose")
    });
    assert!(matches!(failed, Err(Error::Internal { .. })));
    assert_eq!(core.with(|state| Ok(state.document(&state.row(project)?)?.version())), Ok(before));
    core.edit_project(project, None, &[section(Section::Problem, "whole")]).unwrap();
    assert_eq!(problem(&core, project), "whole");
}

#[test]
fn two_accounts_in_two_folders_see_nothing_of_each_other() {
    let (asha_phone, sam_phone) = (Phone::new(), Phone::new());
    let (of_asha, of_sam) = (asha_phone.enrolled(&asha()), sam_phone.enrolled(&sam()));
    reflection(&of_asha, "private to Asha");
    assert_eq!(of_sam.reflections(ListPage::ALL).unwrap().items, []);
    assert_eq!(of_sam.search("private", SearchPage::ALL).unwrap().items, []);
}

#[test]
fn what_screens_read_can_be_dropped_and_is_made_again() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "the whole text");
    core.create_project("Falls", "", "").unwrap();
    let listed = |core: &LearningCore| -> Vec<(DocumentId, String)> {
        let reflections = core.reflections(ListPage::ALL).unwrap().into_iter();
        let all = reflections.chain(core.projects(ListPage::ALL).unwrap());
        all.map(|one| (one.id, one.preview)).collect()
    };
    let before = listed(&core);
    core.with(|state| state.write(|write| Ok(write.clear_derived()?))).unwrap();
    drop(core);
    let core = phone.open();
    core.until_up_to_date();
    assert_eq!(listed(&core), before);
    assert_eq!(answered(&core, id), "the whole text");
    assert_eq!(core.search("whole", SearchPage::ALL).unwrap().len(), 1);
}
