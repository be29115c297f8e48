//! The lives of these data, and what a cursor of an earlier one is worth.

use enhance_model::{Epoch, Timestamp};
use enhance_protocol::{Cursor, EpochTag};
use rusqlite::{Connection, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// The present epoch and those before it, oldest first, each with the number it starts at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epochs {
    present: Epoch,
    all: Vec<(Epoch, u64)>,
}

impl Epochs {
    /// Reads them. None if there is none yet.
    pub fn load(db: &Connection) -> Result<Option<Self>, StorageError> {
        let mut statement = db.prepare("SELECT id, starts_at FROM epoch ORDER BY number")?;
        let all = statement
            .query_map([], |each| {
                Ok((row::id(each, "id", Epoch::from_bytes)?, row::count(each, "starts_at")?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(all.last().map(|(present, _)| *present).map(|present| Self { present, all }))
    }

    /// The epoch in which the server is now.
    pub const fn present(&self) -> Epoch {
        self.present
    }

    /// What a cursor of some epoch is worth in this one. A number given before a restore may have
    /// been given again since, so nothing after a later start counts as read.
    pub fn translate(&self, epoch: Option<EpochTag>, cursor: Cursor) -> Cursor {
        let epoch = epoch.map(serde_bytes::ByteArray::into_array);
        if epoch == Some(self.present.tag()) {
            return cursor;
        }
        let Some(known) = self.all.iter().position(|(id, _)| Some(id.tag()) == epoch) else {
            return Cursor::default();
        };
        let starts = self.all.iter().skip(known + 1).map(|(_, starts_at)| *starts_at);
        let earliest = starts.fold(u64::MAX, u64::min);
        // `within` may be the number of an archive, which is greater than what was read.
        let holds = cursor.sequence.max(cursor.within) <= earliest;
        let within = if holds { cursor.within } else { 0 };
        Cursor { sequence: cursor.sequence.min(earliest), within }
    }
}

/// Begins a new epoch after everything there is. Returns the number it starts at.
pub fn begin(db: &Connection, id: Epoch, at: Timestamp) -> Result<u64, StorageError> {
    let last: i64 = db.query_row("SELECT last FROM sequence", [], |each| each.get(0))?;
    begin_after(db, id, row::unsigned(last), at)?;
    Ok(row::unsigned(last))
}

/// Begins a new epoch after this number: every device reads what comes after it once more, and
/// compares what it has with what is here.
pub fn begin_after(
    db: &Connection,
    id: Epoch,
    after: u64,
    at: Timestamp,
) -> Result<(), StorageError> {
    db.execute(
        "INSERT INTO epoch (id, starts_at, at) VALUES (?1, ?2, ?3)",
        params![id.as_bytes(), signed(after), at.as_millis()],
    )?;
    Ok(())
}

/// The present epoch, begun if there was none.
pub fn present(db: &Connection, fresh: Epoch, at: Timestamp) -> Result<Epochs, StorageError> {
    if let Some(epochs) = Epochs::load(db)? {
        return Ok(epochs);
    }
    let starts_at = begin(db, fresh, at)?;
    debug_assert_eq!(signed(starts_at), 0, "only a new database has no epoch");
    Ok(Epochs { present: fresh, all: vec![(fresh, starts_at)] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(number: u8) -> Epoch {
        Epoch::from_bytes([number; 16])
    }

    fn tag(number: u8) -> EpochTag {
        epoch(number).tag().into()
    }

    fn at(sequence: u64, within: u64) -> Cursor {
        Cursor { sequence, within }
    }

    #[test]
    fn a_cursor_counts_up_to_the_earliest_later_start() {
        let epochs =
            Epochs { present: epoch(3), all: vec![(epoch(1), 0), (epoch(2), 80), (epoch(3), 50)] };
        assert_eq!(epochs.translate(Some(tag(3)), at(90, 4)), at(90, 4));
        assert_eq!(epochs.translate(Some(tag(2)), at(90, 4)), at(50, 0));
        assert_eq!(epochs.translate(Some(tag(1)), at(90, 4)), at(50, 0));
        assert_eq!(epochs.translate(Some(tag(1)), at(30, 4)), at(30, 4));
        assert_eq!(epochs.translate(Some(tag(1)), at(30, 49)), at(30, 49));
        assert_eq!(
            epochs.translate(Some(tag(1)), at(30, 60)),
            at(30, 0),
            "an archive that was lost"
        );
        assert_eq!(epochs.translate(Some(tag(9)), at(30, 4)), at(0, 0));
        assert_eq!(epochs.translate(None, at(30, 4)), at(0, 0));
    }
}
