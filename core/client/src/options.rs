//! What a core is opened with.

use std::{fmt, path::PathBuf};

use enhance_store::DatabaseKey;

use crate::environment::Environment;

/// Where an account is kept and what it is opened with.
#[derive(Clone)]
pub struct OpenOptions {
    /// The folder of the account: one account, one folder. It is made if it is not there.
    pub folder: PathBuf,
    /// The key of the database. Without one it is not encrypted, which is for tests.
    pub key: Option<DatabaseKey>,
    /// The time, chance and the network.
    pub environment: Environment,
}

impl fmt::Debug for OpenOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenOptions").field("folder", &self.folder).finish_non_exhaustive()
    }
}
