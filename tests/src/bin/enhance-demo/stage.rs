//! What the audience reads: numbered scenes, what happens in them, and claims that were checked.

use std::{
    fmt::Display,
    io::{self, Stdout, Write},
    time::Duration,
};

use enhance_client::SyncReport;

/// How far the story has come, and what did not hold.
#[derive(Debug)]
pub struct Stage {
    out: Stdout,
    scenes: usize,
    claims: usize,
    failed: Vec<String>,
}

impl Stage {
    /// A stage on which no scene was played.
    pub fn new() -> Self {
        Self { out: io::stdout(), scenes: 0, claims: 0, failed: Vec::new() }
    }

    /// Begins a scene with its number and its title.
    pub fn scene(&mut self, title: &str) {
        self.scenes += 1;
        self.say(format_args!("\n{}. {title}", self.scenes));
    }

    /// Tells the audience what happens.
    pub fn tell(&self, text: &str) {
        self.say(format_args!("   {text}"));
    }

    /// Tells what a sync came to.
    pub fn tell_sync(&self, who: &str, report: &SyncReport) {
        let SyncReport { round_trips, bytes_up, bytes_down, pushed, pulled, quarantined, .. } =
            report;
        let trips = if *round_trips == 1 { "round trip" } else { "round trips" };
        let aside = match quarantined {
            0 => String::new(),
            number => format!(", {number} put aside"),
        };
        self.tell(&format!(
            "{who} syncs: {round_trips} {trips}, {bytes_up} bytes up, {bytes_down} down, \
             {pushed} sent, {pulled} received{aside}"
        ));
    }

    /// Claims something that was checked.
    pub fn check(&mut self, claim: &str, holds: bool) {
        self.claims += 1;
        self.tell(&format!("[{}] {claim}", if holds { "ok" } else { "NOT SO" }));
        if !holds {
            self.failed.push(format!("scene {}: {claim}", self.scenes));
        }
    }

    /// Says how it went and returns how many claims did not hold.
    pub fn end(&self, took: Duration) -> usize {
        let seconds = took.as_secs_f32();
        if self.failed.is_empty() {
            self.say(format_args!("\nAll {} claims held, in {seconds:.1} seconds.", self.claims));
        } else {
            let (failed, claims) = (self.failed.len(), self.claims);
            self.say(format_args!("\n{failed} of {claims} claims did not hold:"));
            self.failed.iter().for_each(|claim| self.say(format_args!("  {claim}")));
        }
        self.failed.len()
    }

    fn say(&self, line: impl Display) {
        // An audience that has left is no reason to stop: the exit code still tells.
        drop(writeln!(self.out.lock(), "{line}"));
    }
}
