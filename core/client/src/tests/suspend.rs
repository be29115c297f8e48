//! Suspending: the folder is let go of at once and whole, and everything is back afterwards.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    Budget, Cancellation, DraftField, Error, ListPage, SearchPage,
    testing::{Phone, asha},
};

/// How long an operating system waits for an app that it suspends.
const AT_ONCE: Duration = Duration::from_secs(2);

fn suspend_at_once(core: &LearningCore) {
    let began = Instant::now();
    core.suspend();
    assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
}

fn is_suspended(core: &LearningCore) -> bool {
    core.account() == Err(Error::Suspended)
}

fn what() -> DraftField {
    DraftField::Answer("what".to_owned())
}

#[test]
fn a_suspended_core_leaves_the_folder_to_others_and_has_everything_again_afterwards() {
    for phone in [Phone::new(), Phone::keyed()] {
        let core = phone.enrolled(&asha());
        let (saved, typed) = (reflection(&core, "Saved."), reflection(&core, ""));
        core.autosave(typed, &what(), &version(&core, typed), "Half a sen").unwrap();
        let heard = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&heard);
        let _observation = core.observe(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });

        suspend_at_once(&core);
        let other = phone.open();
        assert_eq!(answered(&other, saved), "Saved.");
        other.edit_reflection(saved, None, &[answer("what", "Saved. By another.")]).unwrap();
        drop(other);
        assert!(is_suspended(&core), "nobody has resumed it");
        core.resume().unwrap();

        assert_eq!(LearningCore::open(phone.options()).err(), Some(Error::InUse));
        assert_eq!(answered(&core, saved), "Saved. By another.");
        assert_eq!(core.unsettled(), Ok(vec![typed]));
        assert_eq!(answered(&core, typed), "Half a sen");
        assert_eq!(heard.load(Ordering::SeqCst), 0, "nothing changed by itself");
        core.settle(typed).unwrap();
        assert_eq!(heard.load(Ordering::SeqCst), 1, "observers hear again");
        assert_eq!(core.search("sen", SearchPage::ALL).unwrap().len(), 1);
    }
}

#[test]
fn a_suspended_core_leaves_everything_in_the_database_and_nothing_in_its_log() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    reflection(&core, "Saved.");
    suspend_at_once(&core);
    for gone in ["enhance.db-wal", "enhance.db-shm"] {
        assert!(!phone.path().join(gone).exists(), "{gone}");
    }
}

#[tokio::test]
async fn everything_is_answered_with_suspended() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "Saved.");
    let project = core.create_project("Falls", "", "").unwrap();
    let seen = version(&core, id);
    suspend_at_once(&core);
    let local = [
        core.account().err(),
        core.people().err(),
        core.use_recovery_key("60RK-4CSM-6MV3-EE1S-C5H6-6S35-CSKP-GTBA-1KYZ").err(),
        core.create_reflection("gibbs", "", None).err(),
        core.reflections(ListPage::ALL).err(),
        core.reflection(id).err(),
        core.edit_reflection(id, None, &[answer("what", "More.")]).err(),
        core.autosave(id, &what(), &seen, "More").err(),
        core.settle(id).err(),
        core.unsettled().err(),
        core.delete(id).err(),
        core.share_reflection(id, crate::testing::sam().person.id).err(),
        core.shared_with_me().err(),
        core.create_project("Falls", "", "").err(),
        core.projects(ListPage::ALL).err(),
        core.project(project).err(),
        core.edit_project(project, None, &[section(Section::Problem, "Too many.")]).err(),
        core.history(project).err(),
        core.comment(project, "", "Why?").err(),
        core.learning_log().err(),
        core.start_activity("activity").err(),
        core.search("saved", SearchPage::ALL).err(),
        core.status(id).err(),
        core.quarantined().err(),
        core.packs().err(),
        core.modules().err(),
        core.media("film").err(),
        core.sync_state().err(),
        core.export().err(),
    ];
    for (number, error) in local.into_iter().enumerate() {
        assert_eq!(error, Some(Error::Suspended), "call {number}");
    }
    let (cancel, server) = (Cancellation::new(), "https://127.0.0.1:1");
    let remote = [
        core.sync(Budget::default(), &cancel, &|_| ()).await.err(),
        core.enrol(server, "invitation", "Phone", &cancel).await.err(),
        core.invite_device(&cancel).await.err(),
        core.update_pack("enhance", &cancel, &|_| ()).await.err(),
        core.fetch_media("film", &cancel, &|_| ()).await.err(),
    ];
    for (number, error) in remote.into_iter().enumerate() {
        assert_eq!(error, Some(Error::Suspended), "call {number} to the network");
    }
    core.resume().unwrap();
    assert_eq!(answered(&core, id), "Saved.", "nothing was done");
    assert_eq!(core.projects(ListPage::ALL).unwrap().len(), 1, "nothing was done");
}

#[test]
fn suspending_and_resuming_twice_is_doing_it_once() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "Saved.");
    core.resume().unwrap();
    assert_eq!(answered(&core, id), "Saved.", "it was never suspended");
    let clone = core.clone();
    core.suspend();
    clone.suspend();
    assert!(is_suspended(&core) && is_suspended(&clone));
    core.resume().unwrap();
    clone.resume().unwrap();
    assert_eq!(answered(&core, id), "Saved.");
    assert_eq!(LearningCore::open(phone.options()).err(), Some(Error::InUse));
    drop((core, clone));
    phone.open();
}

#[test]
fn while_another_has_the_folder_a_core_stays_suspended() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "Saved.");
    core.suspend();
    let other = phone.open();
    assert_eq!(core.resume(), Err(Error::InUse));
    assert!(is_suspended(&core));
    assert_eq!(answered(&other, id), "Saved.", "the other is not disturbed");
    drop(other);
    assert!(is_suspended(&core), "nobody has resumed it");
    core.resume().unwrap();
    assert_eq!(answered(&core, id), "Saved.");
}

#[test]
fn a_database_that_was_taken_away_meanwhile_is_not_made_anew() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    core.suspend();
    LearningCore::set_aside(phone.path().to_owned(), core.environment()).unwrap();
    assert!(matches!(core.resume(), Err(Error::NotFound { .. })));
    assert!(is_suspended(&core));
}

#[test]
fn a_core_that_cannot_be_resumed_can_be_dropped() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "Saved.");
    core.suspend();
    let other = phone.open();
    assert_eq!(core.resume(), Err(Error::InUse));
    drop(core);
    let third = LearningCore::open(phone.options());
    assert_eq!(third.err(), Some(Error::InUse), "the folder is still the other's");
    assert_eq!(answered(&other, id), "Saved.");
    drop(other);
    assert_eq!(answered(&phone.open(), id), "Saved.");
}

#[test]
fn an_observer_may_suspend_the_core_that_is_calling_it() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let called = core.clone();
    let observation = core.observe(move |_| suspend_at_once(&called));
    let after = Arc::new(Mutex::new(Vec::new()));
    let (heard, asked) = (Arc::clone(&after), core.clone());
    let second = core.observe(move |_| heard.lock().unwrap().push(is_suspended(&asked)));
    let id = core.create_reflection("gibbs", "Night shift", None);
    let id = id.expect("it was saved before anybody was told");
    assert_eq!(*after.lock().unwrap(), [true], "the next observer is called all the same");
    assert!(is_suspended(&core));
    drop((observation, second));
    phone.open().reflection(id).unwrap();
    core.resume().unwrap();
    assert_eq!(core.reflection(id).unwrap().reflection.title, "Night shift");
}

/// Stops the threads of a test, should it fail too.
struct Stopping<'a>(&'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Goes on writing and reading one entry; how often it was written, as it was acknowledged.
fn write_and_read(core: &LearningCore, id: DocumentId, stop: &AtomicBool) -> (usize, usize) {
    let (mut acknowledged, mut refused) = (0, 0);
    while !stop.load(Ordering::SeqCst) {
        match core.edit_reflection(id, None, &[answer("what", &(acknowledged + 1).to_string())]) {
            Ok(_) => acknowledged += 1,
            Err(Error::Suspended) => refused += 1,
            Err(other) => panic!("{other}"),
        }
        match core.reflection(id) {
            Ok(view) => assert_eq!(view.reflection.answers["what"], acknowledged.to_string()),
            Err(Error::Suspended) => thread::sleep(Duration::from_micros(500)),
            Err(other) => panic!("{other}"),
        }
    }
    (acknowledged, refused)
}

#[test]
fn whatever_was_acknowledged_is_there_however_often_it_was_suspended_meanwhile() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let ids: Vec<DocumentId> = (0..8).map(|_| reflection(&core, "0")).collect();
    let stop = AtomicBool::new(false);
    let written: Vec<(usize, usize)> = thread::scope(|scope| {
        let threads: Vec<_> =
            ids.iter().map(|id| scope.spawn(|| write_and_read(&core, *id, &stop))).collect();
        let stopping = Stopping(&stop);
        for round in 0..12_u64 {
            thread::sleep(Duration::from_micros(round * 7_919 % 20_000));
            suspend_at_once(&core);
            let other = phone.open();
            assert_eq!(other.reflections(ListPage::ALL).unwrap().len(), 8);
            drop(other);
            core.resume().unwrap();
        }
        drop(stopping);
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    drop(core);
    let core = phone.open();
    for (id, (acknowledged, _)) in ids.iter().zip(&written) {
        assert_eq!(answered(&core, *id), acknowledged.to_string());
    }
    let sum = |of: fn(&(usize, usize)) -> usize| -> usize { written.iter().map(of).sum() };
    assert!(sum(|each| each.0) > 20, "{written:?}: they did not get round to writing");
    assert!(sum(|each| each.1) > 20, "{written:?}: they were never in the way");
}
