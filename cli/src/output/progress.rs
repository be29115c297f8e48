//! How far long work has come, on stderr: in one line of a terminal, or now and then in a log.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::escape::one_line;

/// How often a log hears of long work; short work is not worth a line there.
const IN_A_LOG: Duration = Duration::from_secs(10);

/// The line that says how far work has come. It is gone when this is dropped.
#[derive(Debug)]
pub struct ProgressLine {
    is_terminal: bool,
    last: Mutex<Instant>,
}

impl ProgressLine {
    /// For work that begins now.
    pub fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), last: Mutex::new(Instant::now()) }
    }

    /// Says how far it has come.
    pub fn say(&self, sentence: &str) {
        let sentence = one_line(sentence);
        // Nothing is lost when nobody listens on stderr.
        if self.is_terminal {
            let _ = write!(io::stderr().lock(), "\r\x1b[K{sentence}");
        } else if self.is_due() {
            let _ = writeln!(io::stderr().lock(), "{sentence}");
        }
    }

    fn is_due(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = last.elapsed() >= IN_A_LOG;
        if is_due {
            *last = Instant::now();
        }
        is_due
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_terminal {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
