//! What is on this device alone, so that a person can be told before it goes.

use rusqlite::Row;
use sha2::{Digest, Sha256};

use crate::{
    StoreError, StoreReader,
    error::During,
    sql::{self, column},
};

/// What is on this device alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnsentCounts {
    /// Documents of which something waits for the server's answer.
    pub documents: u64,
    /// Texts that were typed and are no part of their document yet.
    pub drafts: u64,
    /// Attached files that the server does not have whole.
    pub files: u64,
    /// Pieces of refused work that the person has not dealt with.
    pub refused: u64,
    /// Another one whenever any of it changes.
    pub fingerprint: [u8; 8],
}

/// What each of them is known by. What is typed and saved again counts as something else.
const MARKS: [&str; 4] = [
    "SELECT entry.hash AS mark FROM outbox JOIN entry USING (position) ORDER BY outbox.position",
    "SELECT document || field || saved_at AS mark FROM draft ORDER BY document, field",
    "SELECT sha256 AS mark FROM attachment WHERE gone = 0 AND stored = 0 ORDER BY sha256",
    "SELECT CAST(id AS TEXT) AS mark FROM quarantine WHERE resolved_at IS NULL ORDER BY id",
];

impl StoreReader {
    /// What is on this device alone.
    pub fn unsent(&self) -> Result<UnsentCounts, StoreError> {
        let sql = "SELECT
            (SELECT count(DISTINCT document) FROM outbox) AS documents,
            (SELECT count(*) FROM draft) AS drafts,
            (SELECT count(*) FROM attachment WHERE gone = 0 AND stored = 0) AS files,
            (SELECT count(*) FROM quarantine WHERE resolved_at IS NULL) AS refused";
        let during = "counting what is unsent";
        let read = |row: &Row<'_>| {
            Ok(UnsentCounts {
                documents: column(row, "documents")?,
                drafts: column(row, "drafts")?,
                files: column(row, "files")?,
                refused: column(row, "refused")?,
                fingerprint: [0; 8],
            })
        };
        let counts = sql::first(&self.connection, during, sql, [], read)?.unwrap_or_default();
        Ok(UnsentCounts { fingerprint: self.unsent_fingerprint(during)?, ..counts })
    }

    fn unsent_fingerprint(&self, during: &'static str) -> Result<[u8; 8], StoreError> {
        let mut hasher = Sha256::new();
        for sql in MARKS {
            let mut statement = self.connection.prepare_cached(sql).during(during)?;
            let mut rows = statement.query([]).during(during)?;
            while let Some(row) = rows.next().during(during)? {
                let mark = row.get_ref("mark").during(during)?;
                hasher.update(mark.as_bytes_or_null().ok().flatten().unwrap_or_default());
                hasher.update([0]);
            }
            hasher.update([1]);
        }
        Ok(hasher.finalize().first_chunk().copied().unwrap_or_default())
    }
}

impl UnsentCounts {
    /// Whether there is nothing.
    pub const fn is_nothing(&self) -> bool {
        self.documents + self.drafts + self.files + self.refused == 0
    }
}
