//! Arguments that several commands have.

use std::path::PathBuf;

/// The folder of a server.
#[derive(Debug, clap::Args)]
pub struct DataFolder {
    /// The folder in which the server keeps everything.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}
