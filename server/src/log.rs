//! Where the log goes: to standard error, bounded by line, by cause and in all.
//!
//! Whoever asks a thousand times for what fails makes a few lines, and the number of those that were
//! left out; so no stranger fills the disk by way of the log, and what matters is found in it. A
//! line that cannot be written is lost, and nothing else.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use enhance_model::counted;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer,
    fmt::MakeWriter,
    layer::{Context, Filter, SubscriberExt},
    util::SubscriberInitExt,
};

/// Bytes of a line.
pub const LINE_BYTES: usize = 1 << 10;
/// Lines of one cause in an hour: one place in the program with one message.
pub const LINES_BY_CAUSE: u32 = 60;
/// Bytes that may be written at once, and that come back evenly within a day: 32 MiB in a day at
/// most.
pub const BYTES_IN_A_DAY: u64 = 16 << 20;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY_MS: u128 = 24 * 60 * 60 * 1000;

/// Lets the log of this process go to standard error, within its bounds. What `RUST_LOG` asks for
/// is written; without it what an operator needs. A panic is a line without what was said by it.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = Log::new(io::stderr, Instant::now());
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(log.clone());
    tracing_subscriber::registry().with(filter).with(lines.with_filter(log)).init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// The bounds of a log and where it goes.
#[derive(Debug)]
pub struct Log<W> {
    shared: Arc<Mutex<Bounds>>,
    out: W,
}

impl<W: Clone> Clone for Log<W> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), out: self.out.clone() }
    }
}

/// What was written lately.
#[derive(Debug)]
struct Bounds {
    /// By the place in the program that an event comes from.
    causes: BTreeMap<(&'static str, u32), Cause>,
    /// Bytes that may be written now.
    room: u64,
    at: Instant,
    /// Lines for which there was no room.
    lost: u64,
}

#[derive(Debug)]
struct Cause {
    since: Instant,
    lines: u32,
    more: u64,
}

impl<W> Log<W> {
    /// A log that has written nothing yet.
    pub fn new(out: W, now: Instant) -> Self {
        let bounds = Bounds { causes: BTreeMap::new(), room: BYTES_IN_A_DAY, at: now, lost: 0 };
        Self { shared: Arc::new(Mutex::new(bounds)), out }
    }

    fn bounds(&self) -> std::sync::MutexGuard<'_, Bounds> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bounds {
    /// Whether one more line of a cause is written; and how many like it were left out before.
    fn admit(&mut self, cause: (&'static str, u32), now: Instant) -> (bool, u64) {
        let fresh = Cause { since: now, lines: 0, more: 0 };
        let cause = self.causes.entry(cause).or_insert(fresh);
        let mut more = 0;
        if now.duration_since(cause.since) >= HOUR {
            more = std::mem::take(&mut cause.more);
            (cause.since, cause.lines) = (now, 0);
        }
        if cause.lines >= LINES_BY_CAUSE {
            cause.more += 1;
            return (false, 0);
        }
        cause.lines += 1;
        (true, more)
    }

    /// Whether so many bytes may be written; and how many lines could not be before.
    fn take(&mut self, bytes: u64, now: Instant) -> Option<u64> {
        let back = now.duration_since(self.at).as_millis() * u128::from(BYTES_IN_A_DAY) / DAY_MS;
        if back > 0 {
            self.room = self.room.saturating_add(u64::try_from(back).unwrap_or(u64::MAX));
            self.room = self.room.min(BYTES_IN_A_DAY);
            self.at = now;
        }
        if self.room < bytes {
            self.lost += 1;
            return None;
        }
        self.room -= bytes;
        Some(std::mem::take(&mut self.lost))
    }
}

/// Where in the program something is said.
fn place(metadata: &Metadata<'static>) -> (&'static str, u32) {
    (metadata.file().unwrap_or(metadata.target()), metadata.line().unwrap_or_default())
}

impl<S: Subscriber, W: Fn() -> O + 'static, O: Write> Filter<S> for Log<W> {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        let metadata = event.metadata();
        let (is_written, more) = self.bounds().admit(place(metadata), Instant::now());
        if more > 0 {
            let (file, line) = place(metadata);
            let said = format!("{more} more of the same were left out: {file}:{line}\n");
            let _ = Line(self).write(said.as_bytes());
        }
        is_written
    }
}

impl<'a, W: Fn() -> O + 'a, O: Write> MakeWriter<'a> for Log<W> {
    type Writer = Line<'a, W>;

    fn make_writer(&'a self) -> Line<'a, W> {
        Line(self)
    }
}

/// Writes one line, cut where it is too long, and says that it did even if it could not: whoever
/// logs from the middle of something must not be ended by a full disk.
#[derive(Debug)]
pub struct Line<'a, W>(&'a Log<W>);

impl<W: Fn() -> O, O: Write> Write for Line<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = cut(bytes);
        let lost = self.0.bounds().take(line.len() as u64, Instant::now());
        if let Some(lost) = lost {
            let mut out = (self.0.out)();
            if lost > 0 {
                let _ = out.write_all(format!("{} left out\n", counted(lost, "line")).as_bytes());
            }
            let _ = out.write_all(line.as_bytes());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is written of a line: one line of letters, however long it was and whatever was in it.
fn cut(bytes: &[u8]) -> String {
    const CUT: &str = " ...";
    let text = String::from_utf8_lossy(bytes.get(..LINE_BYTES * 4).unwrap_or(bytes));
    let mut line = String::new();
    for letter in text.trim_end().chars() {
        let letter = if letter.is_control() { ' ' } else { letter };
        if line.len() + letter.len_utf8() + CUT.len() + 1 > LINE_BYTES {
            line.push_str(CUT);
            break;
        }
        line.push(letter);
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was written to a log.
    #[derive(Debug, Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn g15_of_one_cause_so_many_lines_are_written_and_others_all_the_same() {
        let kept = Kept::default();
        let out = kept.clone();
        let log = Log::new(move || out.clone(), Instant::now());
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(log.clone());
        let subscriber = tracing_subscriber::registry().with(lines.with_filter(log));
        tracing::subscriber::with_default(subscriber, || {
            for number in 0..1_000 {
                tracing::warn!(number, "the same");
            }
            tracing::warn!(text = "y".repeat(10_000), "a long one\nof two lines");
        });
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.matches("the same").count(), LINES_BY_CAUSE as usize);
        assert_eq!(text.lines().count(), LINES_BY_CAUSE as usize + 1, "a line is one line");
        assert!(text.lines().all(|line| line.len() < LINE_BYTES));
    }

    #[test]
    fn g15_what_was_left_out_of_a_cause_is_said_an_hour_later() {
        let now = Instant::now();
        let log = Log::new(io::stderr, now);
        let mut bounds = log.bounds();
        for _ in 0..LINES_BY_CAUSE + 5 {
            bounds.admit(("a.rs", 1), now);
        }
        assert_eq!(bounds.admit(("a.rs", 1), now), (false, 0));
        assert_eq!(bounds.admit(("a.rs", 2), now), (true, 0));
        assert_eq!(bounds.admit(("a.rs", 1), now + HOUR), (true, 6));
        assert_eq!(bounds.admit(("a.rs", 1), now + HOUR), (true, 0));
    }

    #[test]
    fn g15_a_log_takes_so_many_bytes_in_a_day_and_says_what_it_left_out() {
        let now = Instant::now();
        let log = Log::new(io::stderr, now);
        let mut bounds = log.bounds();
        let mut written = 0;
        // Two days, a line of a kilobyte each second.
        for second in 0..2 * 24 * 60 * 60 {
            let taken = bounds.take(1_024, now + Duration::from_secs(second));
            written += taken.map_or(0, |_| 1_024);
        }
        assert!(written <= 3 * BYTES_IN_A_DAY, "{written}");
        assert!(bounds.lost > 0);
        assert!(bounds.take(1_024, now + Duration::from_secs(3 * 24 * 60 * 60)).unwrap() > 0);
    }
}
