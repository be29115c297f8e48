use super::*;

const ON_SCREEN: Conditions = Conditions { online: true, metered: false, foreground: true };
const BEHIND: Conditions = Conditions { foreground: false, ..ON_SCREEN };
const BEHIND_METERED: Conditions = Conditions { metered: true, ..BEHIND };
const NO_NETWORK: Conditions = Conditions { online: false, ..ON_SCREEN };
const NO_WAIT: Event = Event::Succeeded { wait: Duration::ZERO };
const TOGETHER: Event = Event::Company { present: true };
const BUSY: Event = Event::Succeeded { wait: ms(7_000) };
const FAILED: Event = Event::Failed { wait: Duration::ZERO, by_stranger: false };
const PORTAL: Event = Event::Failed { wait: ms(3_600_000), by_stranger: true };
const ON_PAID_DATA: Conditions = Conditions { metered: true, ..ON_SCREEN };

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// When to sync next after these events, each at its moment, without luck in the jitter.
fn next_after(conditions: Conditions, events: &[(u64, Event)]) -> Option<Duration> {
    let mut schedule = Schedule::new(conditions, Duration::ZERO);
    for (at, event) in events {
        schedule.on(*event, ms(*at), 0);
    }
    schedule.next()
}

/// What happens, and when the next sync is to come.
type Row = (&'static str, Conditions, &'static [(u64, Event)], Option<u64>);

const TABLE: &[Row] = {
    use Event::{LocalChange, Refused, Rung, Started, Unblocked};
    &[
        ("at once when the app starts", ON_SCREEN, &[], Some(0)),
        ("never while one is running", ON_SCREEN, &[(0, Started), (1, LocalChange)], None),
        ("never without a network", NO_NETWORK, &[(0, LocalChange)], None),
        ("refresh on the screen", ON_SCREEN, &[(0, Started), (100, NO_WAIT)], Some(60_100)),
        ("seldom behind", BEHIND, &[(0, Started), (100, NO_WAIT)], Some(1_800_100)),
        ("no refresh behind on paid data", BEHIND_METERED, &[(0, Started), (9, NO_WAIT)], None),
        (
            "yet a change goes even behind on paid data",
            BEHIND_METERED,
            &[(0, Started), (9, NO_WAIT), (5_000, LocalChange)],
            Some(6_500),
        ),
        (
            "soon after the last of several changes",
            ON_SCREEN,
            &[(0, Started), (9, NO_WAIT), (1_000, LocalChange), (1_100, LocalChange)],
            Some(1_300),
        ),
        (
            "and not so soon on paid data",
            ON_PAID_DATA,
            &[(0, Started), (9, NO_WAIT), (1_000, LocalChange), (2_000, LocalChange)],
            Some(3_500),
        ),
        (
            "a change written during a sync goes with the next",
            ON_SCREEN,
            &[(0, Started), (500, LocalChange), (900, NO_WAIT)],
            Some(1_000),
        ),
        (
            "at once when the doorbell rings, but for a moment after the last",
            ON_SCREEN,
            &[(0, Started), (500, NO_WAIT), (5_000, Rung)],
            Some(600),
        ),
        (
            "and sooner where the last took no time",
            ON_SCREEN,
            &[(0, Started), (10, NO_WAIT), (12, Rung)],
            Some(20),
        ),
        (
            "not while one runs, and then once",
            ON_SCREEN,
            &[
                (0, Started),
                (100, Rung),
                (200, Rung),
                (500, NO_WAIT),
                (600, Started),
                (700, NO_WAIT),
            ],
            Some(60_700),
        ),
        (
            "the doorbell does not ring past what the server asks",
            ON_SCREEN,
            &[(0, Started), (500, BUSY), (600, Rung)],
            Some(7_500),
        ),
        (
            "with company as soon as it is settled",
            ON_SCREEN,
            &[(0, Started), (500, NO_WAIT), (900, TOGETHER), (1_000, LocalChange)],
            Some(1_020),
        ),
        (
            "with company not more often than others can follow",
            ON_SCREEN,
            &[(0, Started), (500, NO_WAIT), (510, TOGETHER), (520, LocalChange)],
            Some(600),
        ),
        (
            "and as often as that takes little of their time",
            ON_SCREEN,
            &[(0, Started), (30, NO_WAIT), (31, TOGETHER), (32, LocalChange)],
            Some(60),
        ),
        (
            "at once when the network is back, whatever failed before",
            ON_SCREEN,
            &[
                (0, Started),
                (9, FAILED),
                (20, Event::Conditions(NO_NETWORK)),
                (700, Event::Conditions(ON_SCREEN)),
            ],
            Some(700),
        ),
        (
            "at once when the app comes to the screen",
            BEHIND,
            &[(0, Started), (9, NO_WAIT), (700, Event::Conditions(ON_SCREEN))],
            Some(700),
        ),
        (
            "leaving the screen is no reason to sync",
            ON_SCREEN,
            &[(0, Started), (9, NO_WAIT), (700, Event::Conditions(BEHIND_METERED))],
            None,
        ),
        ("first retry", ON_SCREEN, &[(0, Started), (100, FAILED)], Some(2_100)),
        (
            "second retry after twice as long",
            ON_SCREEN,
            &[(0, Started), (100, FAILED), (2_100, Started), (2_200, FAILED)],
            Some(6_200),
        ),
        (
            "a change does not shorten the wait after a failure",
            ON_SCREEN,
            &[(0, Started), (0, FAILED), (0, Started), (0, FAILED), (1, LocalChange)],
            Some(4_000),
        ),
        (
            "a success ends the waiting",
            ON_SCREEN,
            &[(0, Started), (0, FAILED), (9, Started), (10, NO_WAIT), (20, LocalChange)],
            Some(220),
        ),
        (
            "the server's wish counts before the network's return",
            ON_SCREEN,
            &[
                (0, Started),
                (100, Event::Succeeded { wait: ms(30_000) }),
                (200, Event::Conditions(NO_NETWORK)),
                (300, Event::Conditions(ON_SCREEN)),
            ],
            Some(30_100),
        ),
        (
            "the server's wish counts before a retry",
            ON_SCREEN,
            &[(0, Started), (100, Event::Failed { wait: ms(30_000), by_stranger: false })],
            Some(30_100),
        ),
        (
            "what a portal wishes counts on its own network",
            ON_SCREEN,
            &[(0, Started), (100, PORTAL), (200, LocalChange)],
            Some(3_600_100),
        ),
        (
            "and on no other",
            ON_SCREEN,
            &[
                (0, Started),
                (100, PORTAL),
                (200, Event::Conditions(NO_NETWORK)),
                (300, Event::Conditions(ON_SCREEN)),
            ],
            Some(300),
        ),
        (
            "whether or not there is a moment without one",
            ON_SCREEN,
            &[(0, Started), (100, PORTAL), (300, Event::Conditions(ON_PAID_DATA))],
            Some(300),
        ),
        (
            "nor once the server's address is another",
            ON_SCREEN,
            &[(0, Started), (100, PORTAL), (300, Unblocked)],
            Some(300),
        ),
        (
            "another network is no reason to sync where nothing failed",
            ON_SCREEN,
            &[(0, Started), (100, NO_WAIT), (300, Event::Conditions(ON_PAID_DATA))],
            Some(300_100),
        ),
        (
            "at once after enrolling",
            ON_SCREEN,
            &[(0, Started), (0, Refused), (700, Unblocked)],
            Some(700),
        ),
        ("rarely when refused", ON_SCREEN, &[(0, Started), (0, Refused)], Some(900_000)),
    ]
};

#[test]
fn the_next_sync_comes_when_it_should() {
    for (what, conditions, events, expected) in TABLE {
        assert_eq!(next_after(*conditions, events), expected.map(ms), "{what}");
    }
}

#[test]
fn somebody_who_never_pauses_is_not_kept_waiting() {
    let mut schedule = Schedule::new(ON_PAID_DATA, Duration::ZERO);
    schedule.on(Event::Started, ms(0), 0);
    schedule.on(NO_WAIT, ms(1), 0);
    for second in 1..40 {
        schedule.on(Event::LocalChange, ms(second * 1_000), 0);
    }
    assert_eq!(schedule.next(), Some(ms(16_000)));
}

#[test]
fn waiting_grows_to_a_quarter_of_an_hour_and_is_spread_by_chance() {
    let waits: Vec<_> = (1..=12).map(|failures| retry_after(failures, 0).as_secs()).collect();
    assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    for failures in [1, 5, 20, u32::MAX] {
        let longest = retry_after(failures, 0);
        let shortest = retry_after(failures, u32::MAX);
        assert!(shortest < longest && shortest >= longest / 2, "after {failures} failures");
    }
}
