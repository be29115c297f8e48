//! Tickets: links by which somebody without an account reads one sealed text, and what was done
//! with them.

use enhance_model::{
    ItemId, PersonId, Timestamp,
    ticket::{TicketDeed, TicketRight},
};
use enhance_protocol::{Done, KeptTicket};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    error::StorageError,
    row::{self, signed, unsigned},
    unreadable::Named,
};

/// A ticket and whose it is, without what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    pub person: PersonId,
    pub bearer_hash: [u8; 32],
    pub kept: KeptTicket,
}

const FIELDS: &str = "id, person, bearer_hash, right, made_at, expires_at, uses, uses_left,
    ended_at, note";

/// The ticket with this id.
pub fn find(db: &Connection, id: ItemId) -> Result<Option<TicketRow>, StorageError> {
    let sql = format!("SELECT {FIELDS} FROM ticket WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id.as_bytes()], read).optional()?)
}

/// The ticket whose holder shows this.
pub fn of_bearer(db: &Connection, hash: &[u8; 32]) -> Result<Option<TicketRow>, StorageError> {
    let sql = format!("SELECT {FIELDS} FROM ticket WHERE bearer_hash = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([hash], read).optional()?)
}

/// All tickets of a person that are kept, the newest first.
pub fn of_person(db: &Connection, person: PersonId) -> Result<Vec<KeptTicket>, StorageError> {
    let sql =
        format!("SELECT {FIELDS} FROM ticket WHERE person = ?1 ORDER BY made_at DESC, id DESC");
    let mut statement = db.prepare_cached(&sql)?;
    let tickets =
        statement.query_map([person.as_bytes()], |each| read(each).map(|ticket| ticket.kept))?;
    Ok(tickets.collect::<Result<_, _>>()?)
}

/// How many tickets of a person are kept, and how many of them are neither ended nor expired.
pub fn count(
    db: &Connection,
    person: PersonId,
    now: Timestamp,
) -> Result<(u64, u64), StorageError> {
    let sql = "SELECT count(*) AS kept,
        count(*) FILTER (WHERE ended_at = 0 AND expires_at > ?2) AS open
        FROM ticket WHERE person = ?1";
    let key = params![person.as_bytes(), now.as_millis()];
    let counts = |each: &Row<'_>| -> rusqlite::Result<_> {
        Ok((row::count(each, "kept")?, row::count(each, "open")?))
    };
    Ok(db.prepare_cached(sql)?.query_row(key, counts)?)
}

/// Keeps a new ticket with what it shows.
pub fn add(db: &Connection, ticket: &TicketRow, snapshot: &[u8]) -> Result<(), StorageError> {
    let sql = "INSERT INTO ticket (id, person, bearer_hash, right, made_at, expires_at, uses,
        uses_left, note, snapshot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let kept = &ticket.kept;
    db.prepare_cached(sql)?.execute(params![
        kept.id.as_bytes(),
        ticket.person.as_bytes(),
        ticket.bearer_hash,
        kept.right.as_str(),
        kept.made_at.as_millis(),
        kept.expires_at.as_millis(),
        kept.uses,
        kept.uses_left,
        kept.note,
        snapshot,
    ])?;
    Ok(())
}

/// What a ticket shows; empty once it is ended or expired.
pub fn snapshot(db: &Connection, id: ItemId) -> Result<Vec<u8>, StorageError> {
    let sql = "SELECT snapshot FROM ticket WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id.as_bytes()], |each| each.get("snapshot"))?)
}

/// Notes that a ticket was opened once more.
pub fn use_up(db: &Connection, id: ItemId) -> Result<(), StorageError> {
    let sql = "UPDATE ticket SET uses_left = uses_left - 1 WHERE id = ?1 AND uses_left > 0";
    db.prepare_cached(sql)?.execute([id.as_bytes()])?;
    Ok(())
}

/// Ends a ticket and destroys what it shows.
pub fn end(db: &Connection, id: ItemId, at: Timestamp) -> Result<(), StorageError> {
    let sql = "UPDATE ticket SET ended_at = ?2, snapshot = x'' WHERE id = ?1 AND ended_at = 0";
    db.prepare_cached(sql)?.execute(params![id.as_bytes(), at.as_millis()])?;
    Ok(())
}

/// When and as what something was done, if it was done before.
pub fn done_before(
    db: &Connection,
    ticket: ItemId,
    id: ItemId,
) -> Result<Option<(TicketDeed, Timestamp)>, StorageError> {
    let sql = "SELECT deed, at FROM ticket_deed WHERE ticket = ?1 AND id = ?2";
    let before = |each: &Row<'_>| -> rusqlite::Result<_> {
        Ok((row::word(each, "deed")?, Timestamp::from_unix_millis(each.get("at")?)))
    };
    let key = params![ticket.as_bytes(), id.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, before).optional()?)
}

/// How many comments and endorsements a ticket has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    pub all: u64,
    /// Those of one visit.
    pub of_visit: u64,
}

/// How many comments and endorsements a ticket has, and how many of them are of a visit.
pub fn answers(db: &Connection, ticket: ItemId, visit: ItemId) -> Result<Answers, StorageError> {
    let sql = "SELECT count(*) AS every, count(*) FILTER (WHERE visit = ?2) AS of_visit
        FROM ticket_deed WHERE ticket = ?1 AND deed <> 'open'";
    let count = |each: &Row<'_>| -> rusqlite::Result<_> {
        Ok(Answers { all: row::count(each, "every")?, of_visit: row::count(each, "of_visit")? })
    };
    let key = params![ticket.as_bytes(), visit.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, count)?)
}

/// Keeps what somebody did with a ticket in a visit. Its number is given here.
pub fn note(db: &Connection, done: &Done, visit: ItemId) -> Result<(), StorageError> {
    let sql = "INSERT INTO ticket_deed (ticket, id, deed, at, sealed, visit)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?.execute(params![
        done.ticket.as_bytes(),
        done.id.as_bytes(),
        done.deed.as_str(),
        done.at.as_millis(),
        done.sealed,
        visit.as_bytes(),
    ])?;
    Ok(())
}

/// What was done with the tickets of a person after a number, at most `limit` of it.
pub fn done(
    db: &Connection,
    person: PersonId,
    after: u64,
    limit: u32,
) -> Result<Vec<Done>, StorageError> {
    let sql = "SELECT d.* FROM ticket_deed d JOIN ticket t ON t.id = d.ticket
        WHERE t.person = ?1 AND d.number > ?2 ORDER BY d.number LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let key = params![person.as_bytes(), signed(after), limit];
    let done = statement.query_map(key, |each| {
        Ok(Done {
            number: row::count(each, "number")?,
            ticket: row::id(each, "ticket", ItemId::from_bytes)?,
            id: row::id(each, "id", ItemId::from_bytes)?,
            deed: row::word(each, "deed")?,
            at: Timestamp::from_unix_millis(each.get("at")?),
            sealed: each.get("sealed")?,
        })
    })?;
    Ok(done.collect::<Result<_, _>>()?)
}

/// Destroys what tickets show whose time is over. Says whether there was any.
pub fn clear_expired(db: &Connection, now: Timestamp) -> Result<bool, StorageError> {
    let sql = "UPDATE ticket SET snapshot = x'' WHERE expires_at <= ?1 AND snapshot <> x''";
    Ok(db.prepare_cached(sql)?.execute([now.as_millis()])? > 0)
}

/// Forgets tickets that ended before a moment, with all that was done with them. Says whether there
/// was any.
pub fn forget(db: &Connection, before: Timestamp) -> Result<bool, StorageError> {
    let sql = "DELETE FROM ticket
        WHERE expires_at <= ?1 OR (ended_at > 0 AND ended_at <= ?1)";
    Ok(db.prepare_cached(sql)?.execute([before.as_millis()])? > 0)
}

const TICKET: Named = Named::new("ticket", &["id"]);

fn read(each: &Row<'_>) -> rusqlite::Result<TicketRow> {
    TICKET.read(each, |each| {
        let number = |column: &str| -> rusqlite::Result<u32> {
            Ok(u32::try_from(row::count(each, column)?).unwrap_or(u32::MAX))
        };
        let moment = |column: &str| each.get(column).map(Timestamp::from_unix_millis);
        let ended_at: i64 = each.get("ended_at")?;
        let right: TicketRight = row::word(each, "right")?;
        Ok(TicketRow {
            person: row::id(each, "person", PersonId::from_bytes)?,
            bearer_hash: each.get("bearer_hash")?,
            kept: KeptTicket {
                id: row::id(each, "id", ItemId::from_bytes)?,
                right,
                made_at: moment("made_at")?,
                expires_at: moment("expires_at")?,
                uses: number("uses")?,
                uses_left: number("uses_left")?,
                ended_at: (unsigned(ended_at) > 0).then_some(Timestamp::from_unix_millis(ended_at)),
                note: each.get("note")?,
            },
        })
    })
}
