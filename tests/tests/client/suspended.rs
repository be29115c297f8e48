//! Suspending in the middle of what uses the network.

use std::{thread, time::Instant};

use enhance_model::Limits;
use enhance_server::Config;
use tokio::{
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

use super::*;
use crate::{
    Conditions, Environment, Error, LearningCore, OpenOptions, Stage,
    sync::{Progress, SyncReport},
};

/// How long an operating system waits for an app that it suspends.
const AT_ONCE: Duration = Duration::from_secs(2);

const PAUSE_AT_MOST: Duration = Duration::from_millis(3);

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(3_600);

impl Chance {
    fn up_to(&mut self, longest: Duration) -> Duration {
        let micros = u64::try_from(longest.as_micros()).unwrap();
        Duration::from_micros(self.below(micros + 1))
    }

    /// A network that is slow, or at some place stops altogether.
    fn slowness(&mut self) -> Weather {
        let mut pause = || match self.below(8) {
            0 => NEVER,
            _ => self.up_to(PAUSE_AT_MOST),
        };
        Weather::Slow(pause(), pause())
    }
}

fn core_of(device: &Device) -> LearningCore {
    LearningCore::clone(device)
}

/// Whether somebody else can have the folder of a device.
fn another_can_open(device: &Device) -> bool {
    let folder = device.folder.path().join("account");
    LearningCore::open(OpenOptions { folder, key: None, environment: Environment::real() }).is_ok()
}

fn begin_to_sync(device: &Device) -> JoinHandle<Result<SyncReport, Error>> {
    let core = core_of(device);
    tokio::spawn(async move { core.sync(Budget::default(), &Cancellation::new(), &|_| ()).await })
}

/// Suspends a device after a while, and says how long that took.
async fn suspend_after(device: &Device, wait: Duration) -> Duration {
    let core = core_of(device);
    let suspended = spawn_blocking(move || {
        // More precise than the timers of the runtime, which count in milliseconds.
        thread::sleep(wait);
        let began = Instant::now();
        core.suspend();
        began.elapsed()
    });
    suspended.await.unwrap()
}

async fn end_of<T>(task: JoinHandle<T>) -> T {
    timeout(AT_ONCE, task).await.expect("it ends when the core is suspended").unwrap()
}

/// What is written before a sync, so that there is something to take there, to bring, or nothing.
async fn write_for(moment: u32, text: &str, plan: DocumentId, [trainee, supervisor]: [&Device; 2]) {
    match moment % 4 {
        0 | 2 => write_problem(trainee, plan, text),
        1 => {
            let edit = ProjectEdit::Section { section: Section::Plan, text: text.to_owned() };
            supervisor.edit_project(plan, None, &[edit]).unwrap();
            supervisor.sync_now().await.unwrap();
        }
        _ => {}
    }
}

/// How long a sync takes that brings something, on a slow network.
async fn length_of_a_sync(device: &Device, plan: DocumentId) -> Duration {
    write_problem(device, plan, "As it was at first.");
    device.network.is(Weather::Slow(PAUSE_AT_MOST, PAUSE_AT_MOST));
    let began = Instant::now();
    device.sync_now().await.unwrap();
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_whatever_moment_of_a_sync_it_is_suspended_nothing_is_lost() {
    let limits = Limits { requests_per_minute: 100_000, ..Limits::default() };
    let world = World::with(Config { limits, ..Config::default() }).await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    let longest = length_of_a_sync(&trainee, plan).await.mul_f64(1.2);
    let (mut chance, mut cut_short) = (Chance(20_261_122), 0);
    for moment in 0..200 {
        let text = format!("As it was at moment {moment}.");
        write_for(moment, &text, plan, [&trainee, &supervisor]).await;
        trainee.network.is(chance.slowness());
        let syncing = begin_to_sync(&trainee);
        let wait = chance.up_to(longest);
        let took = suspend_after(&trainee, wait).await;
        assert!(took < AT_ONCE, "moment {moment}, after {wait:?}: it took {took:?}");
        match end_of(syncing).await {
            Ok(_) => {}
            Err(Error::Suspended) => cut_short += 1,
            Err(other) => panic!("moment {moment}, after {wait:?}: {other}"),
        }
        assert!(another_can_open(&trainee), "moment {moment}, after {wait:?}");

        trainee.network.is(Weather::Good);
        trainee.resume().unwrap();
        let report = trainee.sync_now().await.unwrap();
        assert_eq!((report.waiting, report.more), (0, false), "moment {moment}, after {wait:?}");
        if moment % 4 == 2 {
            supervisor.sync_now().await.unwrap();
            let (here, there) = (trainee.project(plan).unwrap(), supervisor.project(plan).unwrap());
            assert_eq!(here.version, there.version, "moment {moment}, after {wait:?}");
            assert_eq!(here.project, there.project, "moment {moment}, after {wait:?}");
            assert_eq!(problem(&supervisor, plan), text, "moment {moment}, after {wait:?}");
        }
    }
    assert!((20..200).contains(&cut_short), "{cut_short} of 200 were cut short");
    assert_eq!(trainee.quarantined().unwrap(), []);
    assert_eq!(trainee.status(plan).unwrap().stage, Stage::Stored);
}

#[tokio::test]
async fn between_two_trips_a_sync_ends_too() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Falls.");
    let core = core_of(&trainee);
    let suspend = |progress| {
        assert!(matches!(progress, Progress::Exchanged { pushed: 1, .. }), "{progress:?}");
        core.suspend();
    };
    let ended = trainee.sync(Budget::default(), &Cancellation::new(), &suspend).await;
    assert_eq!(ended, Err(Error::Suspended));
    trainee.resume().unwrap();
    assert_eq!(trainee.status(plan).unwrap().stage, Stage::Stored, "what was taken in stays");
    assert_eq!(trainee.sync_state().unwrap().last_error, None, "it is no failure");
}

#[tokio::test]
async fn a_sync_that_is_suspended_ends_even_if_the_core_is_resumed_at_once() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Falls.");
    trainee.network.requests();
    trainee.network.is(Weather::Hangs);
    let syncing = begin_to_sync(&trainee);
    until("it has asked", || !trainee.network.requests().is_empty()).await;
    // As when the operating system freezes the app between the two.
    trainee.suspend();
    trainee.resume().unwrap();
    assert_eq!(end_of(syncing).await, Err(Error::Suspended));
    trainee.network.is(Weather::Good);
    assert_eq!(trainee.sync_now().await.unwrap().waiting, 0);
}

#[tokio::test]
async fn whatever_else_waits_for_the_network_ends_too() {
    let world = World::begin().await;
    let trainee = world.join(Role::Trainee, "Asha").await;
    let newcomer = Device::new();
    let (invitation, url) = (world.invite(Role::Trainee, "Dee"), world.url());
    for device in [&trainee, &newcomer] {
        device.network.is(Weather::Hangs);
        device.network.requests();
    }
    let (core, to_enrol) = (core_of(&trainee), core_of(&newcomer));
    let (url, invited) = (url.as_str(), invitation.as_str());
    let cancel = Cancellation::new();
    let suspending = async {
        for device in [&trainee, &newcomer] {
            until("it has asked", || !device.network.requests().is_empty()).await;
        }
        core.suspend();
        to_enrol.suspend();
    };
    let all = Box::pin(async {
        tokio::join!(
            trainee.invite_device(&cancel),
            trainee.update_pack("enhance", &cancel, &|_| ()),
            newcomer.enrol(url, invited, "Phone", &cancel),
            suspending,
        )
    });
    let (invited_device, updated, enrolled, ()) = timeout(AT_ONCE, all).await.unwrap();
    assert_eq!(invited_device, Err(Error::Suspended));
    assert_eq!(updated, Err(Error::Suspended));
    assert_eq!(enrolled.unwrap_err(), Error::Suspended);

    newcomer.resume().unwrap();
    newcomer.network.is(Weather::Good);
    let enrolled = newcomer.enrol(url, invited, "Phone", &cancel).await.unwrap();
    assert_eq!(enrolled.account.person.name, "Dee", "the server may have taken it already");
}

#[tokio::test]
async fn syncing_by_itself_rests_while_suspended_and_goes_on_when_resumed() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Before.");
    let _keeping = trainee.keep_in_sync();
    until("the change is stored", || trainee.status(plan).unwrap().stage == Stage::Stored).await;
    trainee.network.requests();
    trainee.resume().unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(trainee.network.requests().len(), 0, "resuming what is open does nothing");
    let offline = Conditions { online: false, ..Conditions::default() };
    for (weather, text) in [(Weather::Good, "Between two syncs."), (Weather::Hangs, "In one.")] {
        trainee.network.requests();
        trainee.network.is(weather.clone());
        write_problem(&trainee, plan, text);
        if let Weather::Hangs = weather {
            until("it is syncing", || !trainee.network.requests().is_empty()).await;
        }
        trainee.suspend();
        tokio::time::sleep(Duration::from_millis(50)).await;
        trainee.network.requests();
        trainee.set_conditions(offline);
        tokio::time::sleep(Duration::from_millis(20)).await;
        trainee.set_conditions(Conditions::default());
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(trainee.network.requests().len(), 0, "{text} A suspended core asks nobody");
        assert!(another_can_open(&trainee), "{text}");

        trainee.network.is(Weather::Good);
        trainee.resume().unwrap();
        until(text, || trainee.status(plan).unwrap().stage == Stage::Stored).await;
        supervisor.sync_now().await.unwrap();
        assert_eq!(problem(&supervisor, plan), text);
    }
}
