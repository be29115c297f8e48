//! The command line of the server. Everything it does is in the library.

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use enhance_model::shortened;
use enhance_server::{command::CommandLine, log};

/// How a run ends whose command line cannot be read.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    log::init();
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) if error.use_stderr() => {
            // The program has no colours, so that what steers a screen is what somebody typed.
            complain(&error.render().ansi().to_string());
            return ExitCode::from(USAGE);
        }
        Err(help) => help.exit(),
    };
    match line.run(&mut io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_of_closed_output() => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("enhance-server: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong, without the whole of what was typed and with nothing that steers a screen.
fn complain(sentence: &str) {
    let typed = env::args_os().map(|word| word.to_string_lossy().into_owned());
    // If the complaint cannot be written either, the exit code still says it.
    let _ = write!(io::stderr(), "{}", shortened(sentence, typed));
}
