//! What every command works with.

use enhance_client::{Environment, LearningCore};
use enhance_model::Timestamp;

use crate::{exit::Failure, home::Home, output::Output};

/// What a command works with.
#[derive(Debug)]
pub struct Context {
    pub home: Home,
    pub output: Output,
    pub environment: Environment,
}

impl Context {
    /// The account that was enrolled in this home.
    pub fn core(&self) -> Result<LearningCore, Failure> {
        self.home.open(self.environment.clone())
    }

    /// The moment it is now.
    pub fn now(&self) -> Timestamp {
        self.environment.clock.now()
    }
}
