//! `enhance`: the learning core in a terminal, for people who like one and for scripts.
//!
//! A third host of the same core beside the two phones. Everything here is arguments in, the
//! core's answer out: as a table for people, as one JSON document with `--json`, and as an exit
//! code that says what to do about it.

mod args;
mod command;
mod context;
mod documents;
mod exit;
mod fault;
mod file;
mod home;
mod ids;
mod long_work;
mod output;
mod picture;
mod programme;
mod short_ids;
mod text;
mod when;
mod words;

use std::{
    env,
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use clap::{Parser, error::ErrorKind as UsageError};
use enhance_client::Environment;
use enhance_model::shortened;

use crate::{
    args::Arguments,
    context::Context,
    exit::{ErrorDocument, Exit, Failure, typed},
    home::Home,
    long_work::runtime,
    output::{Format, Output, harmless, note},
};

fn main() -> ExitCode {
    let exit = match Arguments::try_parse() {
        Ok(arguments) => run(&arguments),
        Err(error) => explain(&error),
    };
    ExitCode::from(exit as u8)
}

fn run(arguments: &Arguments) -> Exit {
    let format = if arguments.json { Format::Json } else { Format::Text };
    let output = Output::new(format);
    let done = runtime().and_then(|runtime| {
        let home = arguments.home().ok_or_else(|| {
            Failure::Usage("no home folder is known; say where it is: --home DIR".to_owned())
        })?;
        let environment = Environment::real();
        let context = Context { home: Home::new(home), output, environment };
        runtime.block_on(arguments.command.run(&context))
    });
    done.unwrap_or_else(|failure| report(output, &failure))
}

/// Says why it was not done.
fn report(output: Output, failure: &Failure) -> Exit {
    match failure {
        // The reader of the output has seen enough; what was asked is done.
        Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe => return Exit::Done,
        _ if output.format() == Format::Json => {
            // If this cannot be printed either, the exit code still says it.
            let _ = output.answer(&ErrorDocument::from(failure), |_| {});
        }
        _ => {
            note(&format!("enhance: {}", failure.said()));
            if let Some(hint) = failure.hint() {
                note(&hint);
            }
        }
    }
    failure.exit()
}

/// Prints help, or what is wrong with the command line.
fn explain(error: &clap::Error) -> Exit {
    let is_help = matches!(error.kind(), UsageError::DisplayHelp | UsageError::DisplayVersion);
    if !is_help && args::asks_for_json(env::args_os()) {
        let message = shortened(&error.render().to_string(), typed());
        let _ = Output::new(Format::Json).answer(&ErrorDocument::usage(message), |_| {});
        return Exit::Usage;
    }
    if is_help {
        // A closed pipe is no reason to complain about help nobody reads any more.
        let _ = error.print();
        return Exit::Done;
    }
    let said = shortened(&error.render().to_string(), typed());
    let _ = write!(io::stderr().lock(), "{}", harmless(&said));
    Exit::Usage
}
