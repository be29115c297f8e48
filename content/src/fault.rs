//! What is wrong with a folder of content, said so that its author can put it right.

use std::{cell::RefCell, fmt};

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, relative to the pack's folder, with `/` between its parts.
    pub file: String,
    /// The line in it, counted from one, where there is one.
    pub line: Option<usize>,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// Everything that is wrong with a folder of content, by file and line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0))]
pub struct PackFaults(pub Vec<Fault>);

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A place in a file of the pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: Option<usize>,
}

impl Place {
    /// A file as a whole, where no line is at fault.
    pub(crate) fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Where faults are gathered. Several readers of one file report to it at the same time.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, place: &Place, what: impl Into<String>) {
        let fault = Fault { file: place.file.clone(), line: place.line, what: what.into() };
        self.0.borrow_mut().push(fault);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Nothing if there were no faults; otherwise all of them, sorted and each said once.
    pub(crate) fn into_result(self) -> Result<(), PackFaults> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        if faults.is_empty() { Ok(()) } else { Err(PackFaults(faults)) }
    }
}
