//! What the core says about its work, for the host's own log. Never what a person wrote.

use std::{
    fmt::Write as _,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

use crate::ListenerError;

/// How much a line of the log matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// A fault of the core.
    Error,
    /// Something that went wrong and was dealt with.
    Warn,
    /// What the core does.
    Info,
    /// How it does it.
    Debug,
}

/// Takes lines of the log.
#[uniffi::export(foreign)]
pub trait LogListener: Send + Sync {
    /// A line, from a part of the core. Called on whatever thread has something to say; it should
    /// be quick.
    fn log(&self, level: LogLevel, part: String, line: String) -> Result<(), ListenerError>;
}

#[derive(Clone)]
struct Listening {
    listener: Arc<dyn LogListener>,
    most: LogLevel,
}

/// Who listens. One for the process, as logs are; another takes the place of the one before.
fn listening() -> &'static RwLock<Option<Listening>> {
    static LISTENING: OnceLock<RwLock<Option<Listening>>> = OnceLock::new();
    LISTENING.get_or_init(|| {
        // Fails where the host links another Rust library that took the place; then that one has
        // the lines.
        let _ = tracing_subscriber::registry().with(ToHost).try_init();
        RwLock::default()
    })
}

/// Hands what the core says to the host: everything down to `most`. Without a listener it is lost.
#[uniffi::export]
pub fn set_log_listener(listener: Option<Arc<dyn LogListener>>, most: LogLevel) {
    let mut listening = listening().write().unwrap_or_else(PoisonError::into_inner);
    *listening = listener.map(|listener| Listening { listener, most });
}

struct ToHost;

impl<S: Subscriber> Layer<S> for ToHost {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let part = event.metadata().target();
        // Other libraries may log addresses and headers.
        if !part.starts_with("enhance_") {
            return;
        }
        let level = level(*event.metadata().level());
        let host = listening().read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(Listening { listener, .. }) = host.filter(|host| level <= host.most) {
            let mut line = Line::default();
            event.record(&mut line);
            // There is nobody to tell that the log itself fails.
            let _ = listener.log(level, part.to_owned(), line.0);
        }
    }
}

const fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG | Level::TRACE => LogLevel::Debug,
    }
}

/// The message, then the fields as `name=value`.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let gap = if self.0.is_empty() { "" } else { " " };
        // Writing to a text cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, "{gap}{value:?}"),
            name => write!(self.0, "{gap}{name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Default)]
    struct Heard(Mutex<Vec<(LogLevel, String, String)>>);

    impl LogListener for Heard {
        fn log(&self, level: LogLevel, part: String, line: String) -> Result<(), ListenerError> {
            self.0.lock().unwrap().push((level, part, line));
            Err(ListenerError::Failed { reason: "full".to_owned() })
        }
    }

    #[test]
    fn a_host_hears_our_lines_of_its_level_and_nobody_elses() {
        let heard = Arc::new(Heard::default());
        set_log_listener(Some(heard.clone()), LogLevel::Warn);
        tracing::warn!(target: "enhance_client::sync", entries = 3, "held up");
        tracing::info!(target: "enhance_client::sync", "not of this level");
        tracing::error!(target: "hyper", "a header");
        set_log_listener(None, LogLevel::Debug);
        tracing::error!(target: "enhance_client::sync", "nobody listens");
        let expected =
            (LogLevel::Warn, "enhance_client::sync".to_owned(), "held up entries=3".to_owned());
        assert_eq!(*heard.0.lock().unwrap(), [expected]);
    }
}
