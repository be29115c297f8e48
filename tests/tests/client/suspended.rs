//! Suspending in the middle of what uses the network.

use std::{
    thread,
    time::{Duration, Instant},
};

use enhance_client::{
    Budget, Cancellation, Conditions, Error, LearningCore, Progress, Stage, SyncReport,
};
use enhance_model::{
    DocumentId, Role,
    change_project::Section::{Plan, Problem},
};
use enhance_tests::{chance::Chance, device::Device, network::Weather, wait, world::World};
use tokio::{
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

use crate::project_of_two;

/// How long an operating system waits for an app that it suspends.
const AT_ONCE: Duration = Duration::from_secs(2);

const PAUSE_AT_MOST: Duration = Duration::from_millis(3);

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(3_600);

/// A network that is slow, or at some place stops altogether.
fn slowness(chance: &Chance) -> Weather {
    let pause = || match chance.below(8) {
        0 => NEVER,
        _ => chance.up_to(PAUSE_AT_MOST),
    };
    Weather::Slow { before: pause(), within: pause() }
}

fn core_of(device: &Device) -> LearningCore {
    LearningCore::clone(device)
}

/// Whether another program could have the folder of a device.
fn another_can_open(device: &Device) -> bool {
    LearningCore::open(device.options()).is_ok()
}

fn begin_to_sync(device: &Device) -> JoinHandle<Result<SyncReport, Error>> {
    let core = core_of(device);
    tokio::spawn(async move { core.sync(Budget::default(), &Cancellation::new(), &|_| ()).await })
}

/// Suspends a device after a while, and says how long that took.
async fn suspend_after(device: &Device, pause: Duration) -> Duration {
    let core = core_of(device);
    let suspended = spawn_blocking(move || {
        // More precise than the timers of the runtime, which count in milliseconds.
        thread::sleep(pause);
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
async fn write_for(
    moment: u32,
    text: &str,
    project: DocumentId,
    [trainee, supervisor]: [&Device; 2],
) {
    match moment % 4 {
        0 | 2 => trainee.write(project, Problem, text),
        1 => {
            supervisor.write(project, Plan, text);
            supervisor.sync().await;
        }
        _ => {}
    }
}

/// How long a sync takes that brings something, on a slow network.
async fn length_of_a_sync(device: &Device, project: DocumentId) -> Duration {
    device.write(project, Problem, "As it was at first.");
    device.network.set(Weather::Slow { before: PAUSE_AT_MOST, within: PAUSE_AT_MOST });
    let began = Instant::now();
    device.sync().await;
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_whatever_moment_of_a_sync_it_is_suspended_nothing_is_lost() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let longest = length_of_a_sync(&trainee, project).await.mul_f64(1.2);
    let mut cut_short = 0;
    for moment in 0..200 {
        let text = format!("As it was at moment {moment}.");
        write_for(moment, &text, project, [&trainee, &supervisor]).await;
        trainee.network.set(slowness(&world.chance));
        let syncing = begin_to_sync(&trainee);
        let pause = world.chance.up_to(longest);
        let took = suspend_after(&trainee, pause).await;
        assert!(took < AT_ONCE, "moment {moment}, after {pause:?}: it took {took:?}");
        match end_of(syncing).await {
            Ok(_) => {}
            Err(Error::Suspended) => cut_short += 1,
            Err(other) => panic!("moment {moment}, after {pause:?}: {other}"),
        }
        assert!(another_can_open(&trainee), "moment {moment}, after {pause:?}");

        trainee.network.set(Weather::Clear);
        trainee.resume().unwrap();
        let report = trainee.sync().await;
        assert_eq!((report.waiting, report.more), (0, false), "moment {moment}, after {pause:?}");
        if moment % 4 == 2 {
            supervisor.sync().await;
            let (here, there) =
                (trainee.project(project).unwrap(), supervisor.project(project).unwrap());
            assert_eq!(here.version, there.version, "moment {moment}, after {pause:?}");
            assert_eq!(here.project, there.project, "moment {moment}, after {pause:?}");
            assert_eq!(
                supervisor.section(project, Problem),
                text,
                "moment {moment}, after {pause:?}"
            );
        }
    }
    assert!((20..200).contains(&cut_short), "{cut_short} of 200 were cut short");
    assert_eq!(trainee.quarantined().unwrap(), []);
    assert_eq!(trainee.status(project).unwrap().stage, Stage::Stored);
}

#[tokio::test]
async fn between_two_trips_a_sync_ends_too() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Falls.");
    let core = core_of(&trainee);
    let suspend = |progress| {
        assert!(matches!(progress, Progress::Exchanged { pushed: 1, .. }), "{progress:?}");
        core.suspend();
    };
    let ended = trainee.core().sync(Budget::default(), &Cancellation::new(), &suspend).await;
    assert_eq!(ended, Err(Error::Suspended));
    trainee.resume().unwrap();
    assert_eq!(trainee.status(project).unwrap().stage, Stage::Stored, "what was taken in stays");
    assert_eq!(trainee.sync_state().unwrap().last_error, None, "it is no failure");
}

#[tokio::test]
async fn a_sync_that_is_suspended_ends_even_if_the_core_is_resumed_at_once() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Falls.");
    trainee.network.forget();
    trainee.network.set(Weather::Silence);
    let syncing = begin_to_sync(&trainee);
    wait::until_so("it has asked", || trainee.network.attempts() > 0).await;
    // As when the operating system freezes the app between the two.
    trainee.suspend();
    trainee.resume().unwrap();
    assert_eq!(end_of(syncing).await, Err(Error::Suspended));
    trainee.network.set(Weather::Clear);
    assert_eq!(trainee.sync().await.waiting, 0);
}

#[tokio::test]
async fn whatever_else_waits_for_the_network_ends_too() {
    let world = World::new();
    let trainee = world.trainee().await;
    let newcomer = world.device("a new phone");
    let (invitation, url) = (world.server.invite(Role::Trainee, "Dr Dee Shah"), newcomer.server());
    for device in [&trainee, &newcomer] {
        device.network.set(Weather::Silence);
        device.network.forget();
    }
    let (core, to_enrol) = (core_of(&trainee), core_of(&newcomer));
    let (url, invited) = (url.as_str(), invitation.as_str());
    let cancel = Cancellation::new();
    let suspending = async {
        for device in [&trainee, &newcomer] {
            wait::until_so("it has asked", || device.network.attempts() > 0).await;
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
    newcomer.network.set(Weather::Clear);
    let enrolled = newcomer.enrol(url, invited, "Phone", &cancel).await.unwrap();
    assert_eq!(enrolled.account.person.name, "Dr Dee Shah", "the server may have taken it already");
}

#[tokio::test]
async fn syncing_by_itself_rests_while_suspended_and_goes_on_when_resumed() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Before.");
    let _keeping = trainee.keep_in_sync();
    wait::until_so("the change is stored", || {
        trainee.status(project).unwrap().stage == Stage::Stored
    })
    .await;
    trainee.network.forget();
    trainee.resume().unwrap();
    wait::a_moment().await;
    assert_eq!(trainee.network.attempts(), 0, "resuming what is open does nothing");
    let offline = Conditions { online: false, ..Conditions::default() };
    for (weather, text) in [(Weather::Clear, "Between two syncs."), (Weather::Silence, "In one.")] {
        trainee.network.forget();
        trainee.network.set(weather.clone());
        trainee.write(project, Problem, text);
        if let Weather::Silence = weather {
            wait::until_so("it is syncing", || trainee.network.attempts() > 0).await;
        }
        trainee.suspend();
        wait::a_moment().await;
        trainee.network.forget();
        trainee.set_conditions(offline);
        wait::a_moment().await;
        trainee.set_conditions(Conditions::default());
        wait::a_moment().await;
        assert_eq!(trainee.network.attempts(), 0, "{text} A suspended core asks no server");
        assert!(another_can_open(&trainee), "{text}");

        trainee.network.set(Weather::Clear);
        trainee.resume().unwrap();
        wait::until_so(text, || trainee.status(project).unwrap().stage == Stage::Stored).await;
        supervisor.sync().await;
        assert_eq!(supervisor.section(project, Problem), text);
    }
}
