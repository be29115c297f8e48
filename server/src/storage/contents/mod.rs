//! Whether what is stored can be read: every row by the readers of the service, every content by
//! its hash, and what rows say of one another, which is compared wherever one follows from others.
//! That the pages of the database are whole is for [`schema::check`].
//!
//! What stands in one row alone cannot be told from others, and is not: names, roles and what is
//! sealed; when something was; a greatest number that is greater than it was; which entries that
//! say who may do what somebody was told of, where they have read past them; the last rows of the
//! audit trail, and what is missing together with everything that speaks of it.

mod between;
mod bodies;
mod documents;
mod faults;
mod plain;
mod recount;
mod relations;
mod sealed;
mod tables;

use std::fmt;

use enhance_model::{DocumentId, counted};
use rusqlite::Connection;

pub use self::{
    bodies::first_lost,
    faults::Faults,
    recount::{Recounted, miscounted, recount},
    tables::singles,
};
use super::{error::StorageError, row, schema};

/// Everything that is looked at, in order.
pub fn parts(db: &Connection) -> Result<Vec<Part>, StorageError> {
    let mut parts = Vec::new();
    for table in tables::present(db)? {
        let sql = format!("SELECT count(*) AS every FROM {table}");
        let count = db.query_row(&sql, [], |all| row::count(all, "every"))?;
        parts.push(Part { what: What::Table(table), count });
    }
    let one = |what| Part { what, count: 1 };
    parts.extend(bodies::folded(db)?.into_iter().map(What::Fold).map(one));
    // Of an older database some tables are not there yet.
    if schema::is_newest(db)? {
        parts.push(one(What::Between));
        parts.extend((0..relations::count()).map(What::Relation).map(one));
        parts.extend(documents::all(db)?.into_iter().map(What::Document).map(one));
    }
    Ok(parts)
}

/// Something that is looked at in one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    what: What,
    /// How many rows it has.
    pub count: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The contents of one table.
    Table(&'static str),
    /// The fold of one document: to open it takes as long as a table.
    Fold(DocumentId),
    /// The numbers of the sequence, and what people are told of.
    Between,
    /// A question about rows that speak of one another.
    Relation(usize),
    /// A document, compared with its entries.
    Document(DocumentId),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            What::Table(table) => write!(f, "{table}, {}", counted(self.count, "row")),
            What::Fold(document) => write!(f, "fold {document}"),
            What::Between | What::Relation(_) => f.write_str("what rows say of one another"),
            What::Document(document) => write!(f, "document {document}"),
        }
    }
}

impl Part {
    /// Reads all of it and compares it with what it is known by.
    pub fn check(&self, db: &Connection) -> Result<Faults, StorageError> {
        match self.what {
            What::Table(table) => {
                let faults = tables::check(db, table)?;
                // What a row holds is looked at where all of them can be read.
                if faults.is_empty() { bodies::check(db, table) } else { Ok(faults) }
            }
            What::Fold(document) => bodies::fold(db, document),
            What::Between => between::between(db),
            What::Relation(number) => relations::check(db, number),
            What::Document(document) => documents::check(db, document),
        }
    }
}

/// Reads everything, and says before each part of it what comes.
pub fn check(
    db: &Connection,
    progress: &mut dyn FnMut(&Part) -> Result<(), StorageError>,
) -> Result<Faults, StorageError> {
    let (mut faults, mut are_readable) = (Faults::default(), true);
    for part in parts(db)? {
        // A document is compared where every row can be read.
        if !are_readable && matches!(part.what, What::Document(_)) {
            break;
        }
        progress(&part)?;
        let found = part.check(db)?;
        are_readable &= found.is_empty() || !matches!(part.what, What::Table(_) | What::Fold(_));
        faults.extend(found);
    }
    Ok(faults)
}
