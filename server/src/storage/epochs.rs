//! The epochs of these data, one for each start of a server, and what a device that was told
//! something in one of them may still believe.
//!
//! Within an epoch one process gives out the numbers of the sequence, so an epoch and a number name
//! one moment in the life of these data. A server that does not know the epoch, or has it end
//! before that number, has older data in their place: a file that was copied back, or a disk.

use enhance_model::{Epoch, Timestamp};
use enhance_protocol::{Cursor, EpochTag};
use rusqlite::{Connection, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// Epochs that are kept. Of one before these nothing is believed.
const KEPT: i64 = 10_000;

/// The present epoch and those before it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epochs {
    present: Epoch,
    all: Vec<Begun>,
}

/// An epoch as it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun {
    id: Epoch,
    /// The greatest number there was by then. What had a greater one in an earlier epoch is lost.
    after: u64,
    /// Whether it does not carry on the data of the one before it.
    anew: bool,
}

/// What a device says of how it stands with the server.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The epoch of the answer it had last.
    pub epoch: Option<EpochTag>,
    /// The greatest number there was when the server last said what it has.
    pub reached: u64,
    pub cursor: Cursor,
}

/// Where a device reads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub cursor: Cursor,
    /// Whether something that it was told may be lost.
    pub begins_anew: bool,
}

impl Epochs {
    /// The epoch in which the server is now.
    pub const fn present(&self) -> Epoch {
        self.present
    }

    /// Where a device reads on, now that `last` is the greatest number. A number given before a
    /// restore may have been given again since, so nothing after a later start counts as read.
    pub fn start(&self, place: Place, last: u64) -> Start {
        let Place { epoch, reached, cursor } = place;
        let Some(epoch) = epoch.map(serde_bytes::ByteArray::into_array) else {
            return Start { cursor: Cursor::default(), begins_anew: false };
        };
        let known = if epoch == self.present.tag() {
            self.all.len().checked_sub(1)
        } else {
            self.all.iter().position(|one| one.id.tag() == epoch)
        };
        let nothing = Start { cursor: Cursor::default(), begins_anew: true };
        let Some(known) = known else { return nothing };
        let later = self.all.get(known + 1..).unwrap_or_default();
        if later.is_empty() && reached.max(cursor.sequence) > last {
            return nothing;
        }
        let end = later.iter().map(|one| one.after).fold(last, u64::min);
        // `within` may be the number of an archive, which is greater than what was read.
        let holds = cursor.sequence.max(cursor.within) <= end;
        let within = if holds { cursor.within } else { 0 };
        let begins_anew = !holds || reached > end || later.iter().any(|one| one.anew);
        Start { cursor: Cursor { sequence: cursor.sequence.min(end), within }, begins_anew }
    }
}

/// Begins an epoch after everything there is, by which every device compares what it has with what
/// is here. Returns the number it starts at.
pub fn begin_anew(db: &Connection, id: Epoch, at: Timestamp) -> Result<u64, StorageError> {
    let after = last(db)?;
    begin_anew_after(db, id, after, at)?;
    Ok(after)
}

/// The same after this number: what comes after it every device reads once more.
pub fn begin_anew_after(
    db: &Connection,
    id: Epoch,
    after: u64,
    at: Timestamp,
) -> Result<(), StorageError> {
    insert(db, Begun { id, after, anew: true }, at)
}

/// Begins the epoch of a server that starts, on the data that are here.
pub fn begin(db: &Connection, id: Epoch, at: Timestamp) -> Result<Epochs, StorageError> {
    let mut all = load(db)?;
    let after = last(db)?;
    if all.is_empty() && after > 0 {
        return Err(StorageError::NoEpoch);
    }
    let begun = Begun { id, after, anew: false };
    match insert(db, begun, at) {
        Err(error) if error.is_of_full_disk() => {
            // The next start does not know it, so devices only compare once more than they need.
            tracing::warn!(%error, "the epoch of this start is not kept");
        }
        inserted => inserted?,
    }
    all.push(begun);
    Ok(Epochs { present: id, all })
}

/// Whether there is one, as there is in each database of a server that was started.
pub fn any(db: &Connection) -> Result<bool, StorageError> {
    Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM epoch)", [], |each| each.get(0))?)
}

fn load(db: &Connection) -> Result<Vec<Begun>, StorageError> {
    let sql = "SELECT id, starts_at, begins_anew FROM epoch ORDER BY number";
    let mut statement = db.prepare(sql)?;
    let all = statement.query_map([], |each| {
        Ok(Begun {
            id: row::id(each, "id", Epoch::from_bytes)?,
            after: row::count(each, "starts_at")?,
            anew: each.get("begins_anew")?,
        })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}

fn insert(db: &Connection, begun: Begun, at: Timestamp) -> Result<(), StorageError> {
    let Begun { id, after, anew } = begun;
    db.execute(
        "INSERT INTO epoch (id, starts_at, at, begins_anew) VALUES (?1, ?2, ?3, ?4)",
        params![id.as_bytes(), signed(after), at.as_millis(), anew],
    )?;
    let old = "DELETE FROM epoch WHERE number <= (SELECT max(number) FROM epoch) - ?1";
    db.execute(old, [KEPT])?;
    Ok(())
}

fn last(db: &Connection) -> Result<u64, StorageError> {
    let last: i64 = db.query_row("SELECT last FROM sequence", [], |each| each.get(0))?;
    Ok(row::unsigned(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(number: u8) -> Epoch {
        Epoch::from_bytes([number; 16])
    }

    fn at(sequence: u64, within: u64) -> Cursor {
        Cursor { sequence, within }
    }

    /// Each epoch with the number after which it begins; those of `anew` by a restore.
    fn epochs(after: &[u64], anew: &[u8]) -> Epochs {
        let begun =
            |(after, number)| Begun { id: epoch(number), after, anew: anew.contains(&number) };
        let all: Vec<Begun> = after.iter().copied().zip(1..).map(begun).collect();
        Epochs { present: all.last().unwrap().id, all }
    }

    fn start(epochs: &Epochs, number: u8, reached: u64, cursor: Cursor) -> (Cursor, bool) {
        let epoch = Some(epoch(number).tag().into());
        let Start { cursor, begins_anew } = epochs.start(Place { epoch, reached, cursor }, 100);
        (cursor, begins_anew)
    }

    #[test]
    fn a_cursor_counts_up_to_the_earliest_later_start() {
        let epochs = epochs(&[0, 80, 50], &[2, 3]);
        assert_eq!(start(&epochs, 3, 90, at(90, 4)), (at(90, 4), false));
        assert_eq!(start(&epochs, 2, 90, at(90, 4)), (at(50, 0), true));
        assert_eq!(start(&epochs, 1, 90, at(90, 4)), (at(50, 0), true));
        assert_eq!(start(&epochs, 1, 30, at(30, 4)), (at(30, 4), true));
        assert_eq!(start(&epochs, 1, 30, at(30, 49)), (at(30, 49), true));
        let lost_archive = start(&epochs, 1, 60, at(30, 60));
        assert_eq!(lost_archive, (at(30, 0), true));
    }

    #[test]
    fn a_start_carries_on_what_a_device_was_told_before_it() {
        let epochs = epochs(&[0, 80, 80, 90], &[]);
        assert_eq!(start(&epochs, 1, 80, at(60, 4)), (at(60, 4), false));
        assert_eq!(start(&epochs, 2, 80, at(80, 0)), (at(80, 0), false));
        assert_eq!(start(&epochs, 4, 100, at(95, 0)), (at(95, 0), false));
    }

    #[test]
    fn what_these_data_cannot_have_said_is_not_carried_on() {
        let epochs = epochs(&[0, 80, 90], &[]);
        assert_eq!(start(&epochs, 9, 70, at(70, 0)), (at(0, 0), true), "an epoch after the copy");
        assert_eq!(start(&epochs, 1, 81, at(60, 4)), (at(60, 4), true), "told after the copy");
        assert_eq!(start(&epochs, 1, 70, at(81, 0)), (at(80, 0), true), "read after the copy");
        assert_eq!(start(&epochs, 3, 101, at(60, 0)), (at(0, 0), true), "from nowhere");
        assert_eq!(start(&epochs, 3, 70, at(101, 0)), (at(0, 0), true), "from nowhere");
        let cursor = at(30, 4);
        let first = epochs.start(Place { epoch: None, reached: 0, cursor }, 100);
        assert_eq!(first, Start { cursor: at(0, 0), begins_anew: false });
    }
}
