//! Whether what is stored can be read: every row by the readers of the service, every content by
//! its hash, and what one table says of another. That the pages of the database are whole is for
//! [`schema::check`](super::schema::check).

mod between;
mod bodies;
mod faults;
mod tables;

use std::fmt;

use enhance_model::{DocumentId, counted};
use rusqlite::Connection;

pub use self::{between::between, bodies::first_lost, faults::Faults};
use super::{error::StorageError, row};

/// Everything that is looked at, in order.
pub fn parts(db: &Connection) -> Result<Vec<Part>, StorageError> {
    let mut parts = Vec::new();
    for table in tables::present(db)? {
        let sql = format!("SELECT count(*) AS every FROM {table}");
        let count = db.query_row(&sql, [], |all| row::count(all, "every"))?;
        parts.push(Part { table, count, document: None });
    }
    let folded = bodies::folded(db)?.into_iter();
    parts.extend(folded.map(|it| Part { table: "fold", count: 1, document: Some(it) }));
    Ok(parts)
}

/// The contents of one table, or the fold of one document: to open it takes as long as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub table: &'static str,
    /// How many rows it has.
    pub count: u64,
    document: Option<DocumentId>,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.document {
            Some(document) => write!(f, "{} {document}", self.table),
            None => write!(f, "{}, {}", self.table, counted(self.count, "row")),
        }
    }
}

impl Part {
    /// Reads every row of it and compares what it holds with its hash.
    pub fn check(&self, db: &Connection) -> Result<Faults, StorageError> {
        if let Some(document) = self.document {
            return bodies::fold(db, document);
        }
        let faults = tables::check(db, self.table)?;
        // What a row holds is looked at where all of them can be read.
        if faults.is_empty() { bodies::check(db, self.table) } else { Ok(faults) }
    }
}

/// Reads everything, and says before each part of it what comes.
pub fn check(
    db: &Connection,
    progress: &mut dyn FnMut(&Part) -> Result<(), StorageError>,
) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    for part in parts(db)? {
        progress(&part)?;
        faults.extend(part.check(db)?);
    }
    faults.extend(between(db)?);
    Ok(faults)
}
