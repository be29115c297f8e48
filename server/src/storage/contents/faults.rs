//! What was found to be wrong.

use std::fmt;

use crate::storage::error::StorageError;

/// Faults that are named one by one.
const NAMED: usize = 20;

/// What is wrong, as far as it is named, and how much there is of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    named: Vec<String>,
    all: usize,
}

impl Faults {
    /// Adds a fault; the first of them are named.
    pub fn add(&mut self, fault: impl fmt::Display) {
        self.all += 1;
        if self.named.len() < NAMED {
            self.named.push(fault.to_string());
        }
    }

    /// Adds all of others.
    pub fn extend(&mut self, others: Self) {
        self.all += others.all;
        self.named.extend(others.named);
        self.named.truncate(NAMED);
    }

    /// Whether nothing is wrong.
    pub const fn is_empty(&self) -> bool {
        self.all == 0
    }

    /// As an error, if anything is wrong.
    pub fn into_result(self) -> Result<(), StorageError> {
        if self.is_empty() { Ok(()) } else { Err(StorageError::Damaged(self.to_string())) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.named.join("; "))?;
        match self.all - self.named.len() {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}
