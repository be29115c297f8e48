//! CPU of this process, and how a row of the table reads.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use enhance_client::LearningCore;
use rustix::time::{ClockId, clock_gettime};

/// What one piece of work cost, each time it was done.
#[derive(Debug, Clone, Default)]
pub struct Costs(Vec<Duration>);

impl From<Duration> for Costs {
    fn from(cost: Duration) -> Self {
        Self(vec![cost])
    }
}

impl Costs {
    pub fn add(&mut self, cost: Duration) {
        self.0.push(cost);
    }

    fn at(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        sorted.get((sorted.len().max(1) - 1) * percent / 100).copied().unwrap_or_default()
    }
}

/// CPU that all threads of this process have spent, those that have ended too.
pub fn cpu() -> Duration {
    on(ClockId::ProcessCPUTime)
}

fn on(clock: ClockId) -> Duration {
    let spent = clock_gettime(clock);
    let nanos = u32::try_from(spent.tv_nsec).unwrap_or_default();
    Duration::new(u64::try_from(spent.tv_sec).unwrap_or_default(), nanos)
}

/// What work costs, and what it returns.
pub fn spent<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let before = cpu();
    let done = work();
    (cpu().saturating_sub(before), done)
}

/// What work costs, and how long somebody else had to wait meanwhile who asked the core something
/// small again and again.
pub fn beside_somebody(core: &LearningCore, work: impl FnOnce()) -> (Duration, Duration) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let mut longest = Duration::ZERO;
            while !done.load(Ordering::SeqCst) {
                let began = Instant::now();
                core.account().unwrap();
                longest = longest.max(began.elapsed());
                thread::sleep(Duration::from_micros(500));
            }
            (longest, on(ClockId::ThreadCPUTime))
        });
        let before = cpu();
        work();
        let after = cpu();
        done.store(true, Ordering::SeqCst);
        let (longest, asked) = asking.join().unwrap();
        (after.saturating_sub(before).saturating_sub(asked), longest)
    })
}

/// Prints what something costs beside its limit, which is the sum of these.
pub fn row(what: &str, ours: &Costs, limits: &[(&str, &Costs)]) {
    let limit: Duration = limits.iter().map(|(_, costs)| costs.at(50)).sum();
    let parts: Vec<String> =
        limits.iter().map(|(of, costs)| format!("{of} {:.2?}", costs.at(50))).collect();
    let (middle, low, high) = (ours.at(50), ours.at(10), ours.at(90));
    print!("{what:>34} {middle:>9.2?}");
    if ours.0.len() > 1 {
        print!(" ({low:.2?} to {high:.2?})");
    }
    if limit > Duration::ZERO {
        let times = middle.as_secs_f64() / limit.as_secs_f64();
        print!("  {times:.2} times {}", parts.join(" + "));
    }
    println!();
}
