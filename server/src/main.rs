//! The command line of the server. Everything it does is in the library.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use enhance_server::{command::CommandLine, log::LogWriter};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| LogWriter).init();
    match CommandLine::parse().run(&mut io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If the complaint cannot be written either, the exit code still says it.
            let _ = writeln!(io::stderr(), "enhance-server: {error}");
            ExitCode::FAILURE
        }
    }
}
