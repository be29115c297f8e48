//! A phone whose clock is off by years works, shares and joins like any other, and goes on when its
//! clock comes right. Nothing is lost, and nothing is refused for ever.

use std::time::Duration;

use enhance_client::{Error, Stage};
use enhance_model::{
    Right, Role, Timestamp,
    change_project::Section::{Plan, Problem},
};
use enhance_tests::{clock::StoryClock, device::Device, world::World};

/// 1970-01-01, to which the clock of a phone falls back whose battery was empty.
const NINETEEN_SEVENTY: Timestamp = Timestamp::from_unix_millis(1_000);
/// 2099-06-01.
const TWENTY_NINETY_NINE: Timestamp = Timestamp::from_unix_millis(4_083_955_200_000);

const WRONG: [Timestamp; 2] = [NINETEEN_SEVENTY, TWENTY_NINETY_NINE];

/// Makes a device live by a clock of its own.
fn at(device: &mut Device, moment: Timestamp) -> StoryClock {
    let clock = StoryClock::at(moment);
    device.live_by(&clock);
    clock
}

fn is_whole(device: &Device) {
    assert_eq!(device.quarantined().unwrap(), [], "{}", device.name());
    assert_eq!(device.sync_state().unwrap().waiting_entries, 0, "{}", device.name());
}

#[tokio::test]
async fn what_is_written_and_shared_by_a_wrong_clock_is_everywhere_and_stays() {
    for wrong in WRONG {
        let world = World::new();
        let (mut ana, ben, cara) =
            (world.trainee().await, world.supervisor().await, world.fellow().await);
        let shared = world.shared_project(&ana, &[&ben]).await;
        ana.know(cara.person()).await;
        at(&mut ana, wrong);
        ana.append(shared, Problem, "By a wrong clock. ");
        let reflection = ana.reflect("By a wrong clock");
        ana.answer(reflection, "Words.");
        let project = ana.create_project("Begun by a wrong clock", "env", "Clinic").unwrap();
        world.let_edit(&ana, project, cara.person());
        ana.add_member(shared, cara.person(), Right::Comment).unwrap();
        ana.comment(shared, "", "A comment").unwrap();
        ana.share_reflection(reflection, ben.person()).unwrap();
        world.settle(&[&ana, &ben, &cara]).await;
        is_whole(&ana);
        cara.append(project, Plan, "Cara's. ");
        ben.append(shared, Plan, "Ben's. ");
        cara.comment(shared, "", "Cara's comment").unwrap();
        world.settle(&[&ben, &cara, &ana]).await;
        ana.remove_member(shared, cara.person()).unwrap();
        world.settle(&[&ana, &ben, &cara]).await;
        assert!(cara.project(shared).is_err());

        // The clock comes right, and everything that was done can be done again and undone.
        ana.live_by(&world.clock);
        ana.append(shared, Problem, "By the right one. ");
        ana.answer(reflection, "Words, and more of them.");
        ana.append(project, Problem, "By the right one. ");
        world.let_edit(&ana, shared, cara.person());
        world.settle(&[&ana, &ben, &cara]).await;
        for (project, others) in [(shared, [&ben, &cara]), (project, [&cara, &ana])] {
            world.assert_text((project, Problem), &["By the right one."], &others);
            world.assert_converged(project, &[&ana, others[0], others[1]]);
        }
        world.assert_text((shared, Problem), &["By a wrong clock."], &[&ana, &ben, &cara]);
        world.assert_text((shared, Plan), &["Ben's."], &[&ana, &ben, &cara]);
        ana.remove_member(shared, cara.person()).unwrap();
        ana.delete(reflection).unwrap();
        world.settle(&[&ana, &ben, &cara]).await;
        assert!(cara.project(shared).is_err());
        assert!(ana.reflection(reflection).is_err());
        for device in [&ana, &ben, &cara] {
            is_whole(device);
        }
        assert_eq!(ana.status(shared).unwrap().stage, Stage::Stored);
    }
}

#[tokio::test]
async fn who_joins_by_a_wrong_clock_stays_when_it_comes_right() {
    for wrong in WRONG {
        let world = World::new();
        let ben = world.supervisor().await;
        let mut ana = world.device("Ana's phone");
        at(&mut ana, wrong);
        ana.join(&world.server.invite(Role::Trainee, "Dr Ana Ruiz")).await;
        let project = world.shared_project(&ana, &[&ben]).await;
        let mut tablet = world.device("Ana's tablet");
        let of_tablet = at(&mut tablet, wrong);
        tablet.join(&ana.invitation().await).await;
        tablet.use_recovery_key(ana.recovery_key.as_deref().unwrap()).unwrap();
        let mut reflections = vec![ana.reflect("By a wrong clock")];
        world.settle(&[&ana, &ben, &tablet]).await;
        // Tokens are renewed by the month.
        of_tablet.jump_days(40);
        reflections.push(tablet.reflect("A month later"));
        world.settle(&[&tablet, &ana]).await;
        for device in [&mut ana, &mut tablet] {
            device.live_by(&world.clock);
        }
        for month in 0..3 {
            reflections.push(ana.reflect("By the right clock"));
            tablet.append(project, Problem, &format!("Month {month}. "));
            world.settle(&[&ana, &tablet, &ben]).await;
            world.clock.jump(Duration::from_secs(31 * 86_400));
        }
        for reflection in reflections {
            assert!([&ana, &tablet].iter().all(|device| device.reflection(reflection).is_ok()));
        }
        world.assert_text((project, Problem), &["Month 0.", "Month 2."], &[&ana, &ben, &tablet]);
        for device in [&ana, &tablet, &ben] {
            is_whole(device);
        }
    }
}

/// What a server or a phone asks to wait for is counted by each one's own clock.
#[tokio::test]
async fn a_pause_that_was_noted_by_a_clock_ahead_ends_when_it_comes_right() {
    for wrong in WRONG {
        let world = World::builder().settings(TWO_IN_A_MINUTE).begin();
        let mut ana = world.trainee().await;
        at(&mut ana, wrong);
        let refused = loop {
            if let Err(error) = ana.try_sync().await {
                break error;
            }
        };
        assert!(matches!(refused, Error::Refused { .. } | Error::Offline { .. }), "{refused:?}");
        ana.live_by(&world.clock);
        world.clock.jump(Duration::from_secs(120));
        ana.note_session("By the right clock");
        assert_eq!(ana.sync().await.waiting, 0);
    }
}

const TWO_IN_A_MINUTE: &str = "watch = '127.0.0.1:0'
[limits]
requests_per_minute = 3
";
