//! The command line of the server. Everything it does is in the library.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use enhance_server::{command::CommandLine, log};

fn main() -> ExitCode {
    log::init();
    match CommandLine::parse().run(&mut io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If the complaint cannot be written either, the exit code still says it.
            let _ = writeln!(io::stderr(), "enhance-server: {error}");
            ExitCode::FAILURE
        }
    }
}
