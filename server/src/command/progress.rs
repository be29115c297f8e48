//! How far long work has come, for who waits for it.

use std::{
    fmt::Display,
    io,
    time::{Duration, Instant},
};

/// How long nothing is said. Short work ends before that.
const SILENCE: Duration = Duration::from_secs(1);

/// Says what is done next, where the work takes long.
pub(super) struct Progress<'a> {
    out: &'a mut dyn io::Write,
    said: Instant,
}

impl<'a> Progress<'a> {
    pub(super) fn new(out: &'a mut dyn io::Write) -> Self {
        Self { out, said: Instant::now() }
    }

    /// Says what comes next, if nothing was said for a while or it takes long by itself.
    pub(super) fn next(&mut self, what: &dyn Display, is_long: bool) -> io::Result<()> {
        if !is_long && self.said.elapsed() < SILENCE {
            return Ok(());
        }
        self.said = Instant::now();
        writeln!(self.out, "Looking at {what} ...")?;
        self.out.flush()
    }
}
