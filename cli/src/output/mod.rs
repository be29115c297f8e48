//! Everything `enhance` prints, through one writer: results to stdout, messages to stderr.

mod escape;
mod progress;
mod sheet;

use std::{
    env,
    io::{self, IsTerminal, Write},
};

use serde::Serialize;

pub use self::{
    escape::{harmless, one_line},
    progress::ProgressLine,
    sheet::Sheet,
};
use crate::exit::Failure;

/// The columns assumed for a terminal that does not say how wide it is.
const USUAL_WIDTH: u16 = 80;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Tables and sentences for people.
    Text,
    /// One JSON document for scripts.
    Json,
}

/// The one writer of the programme.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    format: Format,
}

impl Output {
    /// A writer in this format.
    pub const fn new(format: Format) -> Self {
        Self { format }
    }

    /// Prints the result of a command: `value` as JSON, or the page that `write` writes.
    pub fn answer<T: Serialize>(
        self,
        value: &T,
        write: impl FnOnce(&mut Sheet),
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => print(&json(value, serde_json::to_string_pretty)?),
            Format::Text => {
                let mut sheet = Sheet::new(width());
                write(&mut sheet);
                print(&sheet.into_text())
            }
        }
    }

    /// Prints one of many results that come by and by: a JSON document or a sentence on one line.
    pub fn event<T: Serialize>(self, value: &T, sentence: &str) -> Result<(), Failure> {
        match self.format {
            Format::Json => print(&json(value, serde_json::to_string)?),
            Format::Text => print(&format!("{}\n", one_line(sentence))),
        }
    }

    /// Prints a result that is a file of its own: nothing is added to it. What goes on into a file
    /// or another program stays as it is, to the byte; a terminal is shown it made harmless.
    pub fn file(self, contents: &[u8]) -> Result<(), Failure> {
        if self.format == Format::Json {
            let why = "what goes to standard output is no JSON; name a file, or leave out --json";
            return Err(Failure::Usage(why.to_owned()));
        }
        if io::stdout().is_terminal() {
            return print(&harmless(&String::from_utf8_lossy(contents)));
        }
        print_bytes(contents)
    }

    /// Whether a person can be asked something.
    pub fn can_ask(self) -> bool {
        self.format == Format::Text && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// The format in which results are printed.
    pub const fn format(self) -> Format {
        self.format
    }
}

/// Says something beside the result, on stderr.
pub fn note(sentence: &str) {
    // Nothing is lost when nobody listens on stderr.
    let _ = writeln!(io::stderr().lock(), "{}", harmless(sentence));
}

fn json<T: Serialize>(
    value: &T,
    write: impl FnOnce(&T) -> serde_json::Result<String>,
) -> Result<String, Failure> {
    let document = write(value).map_err(|fault| Failure::Output(fault.into()))?;
    Ok(escape::harmless_json(&document) + "\n")
}

fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(Failure::Output)
}

/// The width of the terminal. Piped text is not folded, so that a line is a row to `grep`.
fn width() -> Option<u16> {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    io::stdout().is_terminal().then(|| told.unwrap_or(USUAL_WIDTH))
}
