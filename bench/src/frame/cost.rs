//! What work costs: processor time, which decides, and the time on the wall beside it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nix::{
    sys::resource::{UsageWho, getrusage},
    time::{ClockId, clock_gettime},
    unistd::Pid,
};

/// What a piece of work cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub cpu: Duration,
    pub wall: Duration,
}

/// Whose processor time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processor {
    /// Of the thread that asks: for work that starts no other.
    Thread,
    /// Of all threads of this process.
    Process,
    /// Of another process, such as a server; only Linux tells.
    Other(u32),
    /// Of the processes that this one started and that have ended.
    Ended,
}

impl Processor {
    /// The processor time used so far.
    pub fn used(self) -> Result<Duration> {
        let clock = match self {
            Self::Thread => ClockId::CLOCK_THREAD_CPUTIME_ID,
            Self::Process => ClockId::CLOCK_PROCESS_CPUTIME_ID,
            Self::Other(process) => clock_of(process)?,
            Self::Ended => return used_by_ended(),
        };
        Ok(clock_gettime(clock).context("the processor's clock")?.into())
    }

    /// Does the work and says what it cost.
    pub fn cost<T>(self, work: impl FnOnce() -> T) -> Result<(T, Cost)> {
        let (began, used) = (Instant::now(), self.used()?);
        let done = work();
        let cpu = self.used()?.saturating_sub(used);
        Ok((done, Cost { cpu, wall: began.elapsed() }))
    }
}

impl Cost {
    /// Processor time in milliseconds.
    pub fn millis(self) -> f64 {
        self.cpu.as_secs_f64() * 1_000.0
    }
}

#[cfg(target_os = "linux")]
fn clock_of(process: u32) -> Result<ClockId> {
    let process = Pid::from_raw(i32::try_from(process)?);
    ClockId::pid_cpu_clock_id(process).context("the processor's clock of another process")
}

#[cfg(not(target_os = "linux"))]
fn clock_of(_: u32) -> Result<ClockId> {
    anyhow::bail!("only Linux tells the processor time of another process")
}

fn used_by_ended() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("the usage of ended processes")?;
    let times = [usage.user_time(), usage.system_time()];
    let micros: i64 = times.iter().map(|one| one.tv_sec() * 1_000_000 + one.tv_usec()).sum();
    Ok(Duration::from_micros(u64::try_from(micros)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_costs_the_wall_and_not_the_processor() {
        let pause = Duration::from_millis(30);
        let ((), waited) = Processor::Thread.cost(|| std::thread::sleep(pause)).unwrap();
        assert!(waited.wall >= pause && waited.cpu < pause, "{waited:?}");
    }
}
