//! When to sync next: a pure machine that is told what happens and asked for the next moment.
//!
//! Moments are counted from any fixed start; the machine asks neither clock nor chance.

use std::time::Duration;

use crate::error::Obstacle;

/// What the host knows about the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// There is a network, as far as the operating system can tell.
    pub online: bool,
    /// Every byte costs money.
    pub metered: bool,
    /// The app is on the screen.
    pub foreground: bool,
}

impl Default for Conditions {
    /// Until the host says otherwise: online, unmetered, on the screen.
    fn default() -> Self {
        Self { online: true, metered: false, foreground: true }
    }
}

/// What happened, as far as it moves the next sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The host reports the phone's conditions.
    Conditions(Conditions),
    /// The doorbell rang: there is something for this person.
    Rung,
    /// Whether somebody else has the same plan open.
    Company {
        present: bool,
    },
    /// What was in the way is gone: this device was enrolled, or resumed.
    Unblocked,
    /// Something was written that the server does not have.
    LocalChange,
    Started,
    /// It succeeded; the server asks to wait this long before the next.
    Succeeded {
        wait: Duration,
    },
    /// It failed; where whoever answered said so, to wait at least this long.
    Failed {
        wait: Duration,
        /// Whether somebody on the way said so and not the server.
        by_stranger: bool,
    },
    /// Something is in the way, such as a server that refuses this device; trying again soon
    /// changes nothing.
    Refused,
}

/// However long somebody asks to wait. A phone that is silent for days looks broken, and whoever
/// asks may be anybody.
const LONGEST_WAIT: Duration = Obstacle::LONGEST_WAIT;

/// A change is not sent before it has been quiet for so long: a save is seldom alone.
const QUIET: Duration = Duration::from_millis(200);
/// The same where bytes are counted.
const QUIET_METERED: Duration = Duration::from_millis(1_500);
/// But a person who never pauses is not kept waiting for longer than this.
const QUIET_AT_MOST: Duration = Duration::from_secs(15);

/// With somebody else in the same plan a change waits no longer than typing has: that knows what a
/// pause is.
const QUIET_TOGETHER: Duration = Duration::from_millis(20);
/// Between two syncs of a plan in which several people write there is as much time as the one before
/// took, so that a slow phone has half of its time for other things, and no more than this.
const BETWEEN_RINGS: Duration = Duration::from_millis(100);

const FIRST_RETRY: Duration = Duration::from_secs(2);
const LAST_RETRY: Duration = Duration::from_secs(15 * 60);

const REFRESH_ON_SCREEN: Duration = Duration::from_secs(60);
const REFRESH_ON_SCREEN_METERED: Duration = Duration::from_secs(5 * 60);
const REFRESH_BEHIND: Duration = Duration::from_secs(30 * 60);

/// Decides when the next sync is due.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    conditions: Conditions,
    running: bool,
    /// The first and the last local change not yet sent.
    changes: Option<(Duration, Duration)>,
    /// Something waits at the server.
    rung: bool,
    /// Somebody else has the same plan open.
    together: bool,
    /// Do it now: at the start, and when the network or the person is back.
    at_once: Option<Duration>,
    failures: u32,
    /// Not before this, because of failures.
    backed_off_until: Duration,
    /// Not before this, because the server asked.
    server_asks_until: Duration,
    /// Not before this, because somebody on the way asked, whose wish ends with this way.
    way_asks_until: Duration,
    /// When the last sync began and ended.
    started_at: Duration,
    finished_at: Duration,
}

impl Schedule {
    /// A schedule that begins with a sync at once.
    pub(crate) const fn new(conditions: Conditions, now: Duration) -> Self {
        Self {
            conditions,
            running: false,
            changes: None,
            rung: false,
            together: false,
            at_once: Some(now),
            failures: 0,
            backed_off_until: Duration::ZERO,
            server_asks_until: Duration::ZERO,
            way_asks_until: Duration::ZERO,
            started_at: now,
            finished_at: now,
        }
    }

    /// Takes in what happened at `now`. `random` spreads the devices of a ward over time.
    pub(crate) fn on(&mut self, event: Event, now: Duration, random: u32) {
        match event {
            Event::Conditions(conditions) => self.take_conditions(conditions, now),
            Event::Rung => self.rung = true,
            Event::Company { present } => self.together = present,
            Event::Unblocked => {
                self.way_asks_until = Duration::ZERO;
                self.come_back(now);
            }
            Event::LocalChange => {
                let first = self.changes.map_or(now, |(first, _)| first);
                self.changes = Some((first, now));
            }
            Event::Started => {
                self.running = true;
                self.started_at = now;
                self.at_once = None;
                self.changes = None;
                self.rung = false;
            }
            Event::Succeeded { wait } => self.finish(now, wait),
            Event::Failed { wait, by_stranger } => {
                let failures = self.failures.saturating_add(1);
                self.finish(now, wait);
                if by_stranger {
                    self.way_asks_until = std::mem::take(&mut self.server_asks_until);
                }
                self.back_off(failures, now, random);
            }
            Event::Refused => {
                self.finish(now, Duration::ZERO);
                self.back_off(u32::MAX, now, random);
            }
        }
    }

    /// When to sync next. None: only something that happens can tell.
    pub(crate) fn next(&self) -> Option<Duration> {
        if self.running || !self.conditions.online {
            return None;
        }
        let retry = (self.failures > 0).then_some(self.backed_off_until);
        let rung = self.rung.then(|| self.after_ring());
        let wanted = [self.at_once, self.settled(), rung, retry, self.refresh()];
        let wanted = wanted.into_iter().flatten().min()?;
        let asked = self.server_asks_until.max(self.way_asks_until);
        Some(wanted.max(self.backed_off_until).max(asked))
    }

    /// When what was written is sent.
    fn settled(&self) -> Option<Duration> {
        let (first, last) = self.changes?;
        let quiet = match (self.together, self.conditions.metered) {
            (true, _) => QUIET_TOGETHER,
            (false, true) => QUIET_METERED,
            (false, false) => QUIET,
        };
        Some((last + quiet).min(first + QUIET_AT_MOST).max(self.after_ring()))
    }

    /// When what comes together may be sent and fetched again.
    fn after_ring(&self) -> Duration {
        let took = self.finished_at.saturating_sub(self.started_at);
        self.finished_at + took.min(BETWEEN_RINGS)
    }

    fn take_conditions(&mut self, conditions: Conditions, now: Duration) {
        let before = std::mem::replace(&mut self.conditions, conditions);
        let network_is_back = conditions.online && !before.online;
        let person_is_back = conditions.foreground && !before.foreground;
        // From a hotel's network to the phone's own there is not always a moment without one.
        let network_is_another = conditions.online && conditions.metered != before.metered;
        let is_held_up = self.failures > 0;
        if network_is_back || network_is_another {
            self.way_asks_until = Duration::ZERO;
        }
        if network_is_back || person_is_back || (network_is_another && is_held_up) {
            self.come_back(now);
        }
    }

    fn come_back(&mut self, now: Duration) {
        self.at_once = Some(now);
        self.failures = 0;
        self.backed_off_until = Duration::ZERO;
    }

    fn finish(&mut self, now: Duration, wait: Duration) {
        self.running = false;
        self.failures = 0;
        self.backed_off_until = Duration::ZERO;
        self.finished_at = now;
        self.way_asks_until = Duration::ZERO;
        self.server_asks_until = now.saturating_add(wait.min(LONGEST_WAIT));
    }

    fn refresh(&self) -> Option<Duration> {
        let every = match (self.conditions.foreground, self.conditions.metered) {
            (true, false) => REFRESH_ON_SCREEN,
            (true, true) => REFRESH_ON_SCREEN_METERED,
            (false, false) => REFRESH_BEHIND,
            (false, true) => return None,
        };
        Some(self.finished_at + every)
    }

    fn back_off(&mut self, failures: u32, now: Duration, random: u32) {
        self.failures = failures;
        self.backed_off_until = now.saturating_add(retry_after(failures, random));
    }
}

/// Twice as long after each failure, and up to half of it less by chance.
pub(super) fn retry_after(failures: u32, random: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1).min(20));
    let longest = FIRST_RETRY.saturating_mul(doubled).min(LAST_RETRY);
    longest.saturating_sub((longest / 2) * (random >> 16) / (1 << 16))
}

#[cfg(test)]
mod tests;
