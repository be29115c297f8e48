//! Running one thing after the other, with a line on screen before and after each.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// A failure in words for the person who ran the command.
pub type Outcome<T = ()> = Result<T, String>;

/// Steps of a command, numbered and timed.
pub struct Steps {
    total: usize,
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Begins a row of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { total, done: Vec::new() }
    }

    /// Runs one step, which is shown with its number and timed.
    pub fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        println!("\n[{}/{}] {name}", self.done.len() + 1, self.total);
        let began = Instant::now();
        let outcome = work().map_err(|reason| format!("{name}: {reason}"))?;
        self.done.push((name, began.elapsed()));
        Ok(outcome)
    }

    /// Says how long each step took.
    pub fn summary(&self) -> String {
        let lines =
            self.done.iter().map(|(name, took)| format!("  {:>6.1} s  {name}", took.as_secs_f64()));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A cargo command in the folder of the workspace.
pub fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Runs a command, its output going to the screen.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{command:?} did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", shown(command))) }
}

/// Runs a command, its standard output going to the screen and, line by line, to `each`.
pub fn run_reading(command: &mut Command, mut each: impl FnMut(&str)) -> Outcome {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{command:?} did not start: {error}"))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            each(&line);
        }
    }
    let status = child.wait().map_err(|error| format!("{command:?} got lost: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", shown(command))) }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
