//! Whether the database is what was written: what the start needs is looked at before it, the rest
//! in the background after it, so that a large server is there at once.

pub mod work;

use std::sync::{Mutex, PoisonError};

/// What is known of the database since the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Wholeness {
    /// Some of it was not looked at yet.
    #[default]
    Checking,
    Whole,
    /// What is wrong with it, for the operator.
    Damaged(String),
}

/// What is known, for all who ask.
#[derive(Debug, Default)]
pub struct Known(Mutex<Wholeness>);

impl Known {
    /// What is known now.
    pub fn now(&self) -> Wholeness {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, wholeness: Wholeness) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = wholeness;
    }
}
