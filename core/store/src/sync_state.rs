//! How far this device is in the server's one sequence.

use enhance_model::{DocumentId, Epoch, Timestamp};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, nullable},
    write::millis,
};

/// A place in the server's sequence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Everything up to this number is here, ...
    pub sequence: u64,
    /// ... and this much of what comes at the next number: a document can come in several pages.
    pub within: u64,
}

/// Where this device stands with the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SyncState {
    /// The server's epoch when it last answered. None before the first exchange.
    pub epoch: Option<Epoch>,
    /// The greatest number there was when it last said what it has.
    pub reached: u64,
    /// What has been received.
    pub cursor: Cursor,
    /// The server asked not to be spoken to before this.
    pub next_allowed_at: Option<Timestamp>,
    /// Whether heads are being compared with the server's, document by document.
    pub verifying: bool,
    /// The last document whose heads were compared.
    pub verified_to: Option<DocumentId>,
}

impl StoreReader {
    /// Where this device stands with the server.
    pub fn sync_state(&self) -> Result<SyncState, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(SyncState {
                epoch: nullable(row, "epoch")?,
                reached: column(row, "reached")?,
                cursor: Cursor {
                    sequence: column(row, "cursor_sequence")?,
                    within: column(row, "cursor_within")?,
                },
                next_allowed_at: nullable(row, "next_allowed_at")?,
                verifying: column(row, "verifying")?,
                verified_to: nullable(row, "verified_to")?,
            })
        };
        let sql = "SELECT * FROM sync_state WHERE id = 1";
        let state = sql::first(&self.connection, "reading the sync state", sql, [], read)?;
        state.ok_or_else(|| StoreError::Damaged { what: "sync_state has no row".to_owned() })
    }
}

impl Write<'_> {
    /// Notes where this device stands with the server.
    pub fn set_sync_state(&mut self, state: &SyncState) -> Result<(), StoreError> {
        let sql = "UPDATE sync_state SET epoch = ?1, cursor_sequence = ?2, cursor_within = ?3,
            next_allowed_at = ?4, verifying = ?5, verified_to = ?6, reached = ?7 WHERE id = 1";
        let values = params![
            state.epoch.as_ref().map(Epoch::as_bytes),
            integer(state.cursor.sequence),
            integer(state.cursor.within),
            millis(state.next_allowed_at),
            state.verifying,
            state.verified_to.as_ref().map(DocumentId::as_bytes),
            integer(state.reached),
        ];
        self.run("saving the sync state", sql, values)?;
        self.changes.touch(Topic::Sync);
        Ok(())
    }

    /// Notes how far the server's data had come when it said what it has, beside the exchanges.
    /// False if it was not in the epoch of the last one: then it is not known what it lacks.
    pub fn reach(&mut self, epoch: Epoch, reached: u64) -> Result<bool, StoreError> {
        let sql = "UPDATE sync_state SET reached = max(reached, ?2) WHERE id = 1 AND epoch = ?1";
        let noted =
            self.run("noting what there is", sql, params![epoch.as_bytes(), integer(reached)])?;
        Ok(noted > 0)
    }

    /// Begins anew with a server that may lack what it said it has: nothing counts as stored until
    /// it has said so again, and heads are compared from the first document on.
    pub fn begin_anew(&mut self, epoch: Epoch) -> Result<(), StoreError> {
        let forget = "UPDATE entry SET stored = 0, sequence = NULL WHERE stored";
        self.run("beginning anew", forget, [])?;
        self.run("beginning anew", "UPDATE fold SET stored = 0 WHERE stored", [])?;
        self.run("beginning anew", "UPDATE fold_head SET stored = 0 WHERE stored", [])?;
        self.run("beginning anew", "DELETE FROM archived_to", [])?;
        self.run("beginning anew", "DELETE FROM bringing", [])?;
        self.no_attachment_is_stored()?;
        self.changes.touch(Topic::Status);
        let next_allowed_at = self.sync_state()?.next_allowed_at;
        self.set_sync_state(&SyncState {
            epoch: Some(epoch),
            next_allowed_at,
            verifying: true,
            ..SyncState::default()
        })
    }
}
