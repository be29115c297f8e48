//! People and their devices, as the server keeps them.

use enhance_model::{DeviceId, Person, PersonId, PersonRole, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    error::StorageError,
    row::{self, signed},
    writer::Write,
};

/// Whose token it was: the device that asks and whom it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sender {
    pub device: DeviceId,
    pub person: PersonId,
}

/// A device as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Who it is and whose.
    pub sender: Sender,
    pub name: String,
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// When that token was given.
    pub token_at: Timestamp,
    pub joined_at: Timestamp,
    /// When it was enrolled or last asked for something, to the day.
    pub used_at: Timestamp,
    /// Whether the operator or its person has signed it out.
    pub is_signed_out: bool,
}

impl Device {
    /// A device that joins now.
    pub const fn new(sender: Sender, name: String, token_hash: [u8; 32], now: Timestamp) -> Self {
        let (token_at, joined_at, used_at) = (now, now, now);
        Self { sender, name, token_hash, token_at, joined_at, used_at, is_signed_out: false }
    }
}

const DEVICE: &str = "SELECT id, person, name, token_hash, token_at, enrolled_at,
                             max(enrolled_at, used_at) AS used_at, signed_out_at FROM device";

const PERSON: &str = "SELECT id, name, (
        SELECT json_group_array(json_object('role', role, 'organisation', organisation))
        FROM (SELECT * FROM person_role WHERE person = person.id ORDER BY place)
    ) AS roles FROM person";

/// A person with their devices.
pub fn person(db: &Connection, id: PersonId) -> Result<Option<Person>, StorageError> {
    let sql = format!("{PERSON} WHERE id = ?1");
    one(db, &sql, rusqlite::params![id.as_bytes()])
}

/// The person whose newest change has this number in the sequence.
pub fn person_changed_at(db: &Connection, at: u64) -> Result<Option<Person>, StorageError> {
    let sql = format!("{PERSON} WHERE changed = ?1");
    one(db, &sql, rusqlite::params![signed(at)])
}

fn one(
    db: &Connection,
    sql: &str,
    key: &[&dyn rusqlite::ToSql],
) -> Result<Option<Person>, StorageError> {
    let found = db.prepare_cached(sql)?.query_row(key, read_person).optional()?;
    let Some(mut person) = found else { return Ok(None) };
    let mut devices =
        db.prepare_cached("SELECT id FROM device WHERE person = ?1 ORDER BY enrolled_at, id")?;
    person.devices = devices
        .query_map([person.id.as_bytes()], |each| row::id(each, "id", DeviceId::from_bytes))?
        .collect::<Result<_, _>>()?;
    Ok(Some(person))
}

fn read_person(each: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row::id(each, "id", PersonId::from_bytes)?,
        name: each.get("name")?,
        roles: row::json(each, "roles")?,
        devices: Vec::new(),
    })
}

/// Whether there is such a person.
pub fn exists(db: &Connection, id: PersonId) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM person WHERE id = ?1")?;
    Ok(statement.exists([id.as_bytes()])?)
}

/// Bytes that what a person owns takes.
pub fn bytes(db: &Connection, id: PersonId) -> Result<u64, StorageError> {
    let mut statement = db.prepare_cached("SELECT bytes FROM person WHERE id = ?1")?;
    Ok(statement.query_row([id.as_bytes()], |each| row::count(each, "bytes"))?)
}

/// Adds to what a person's documents take, or takes away from it.
pub fn add_bytes(db: &Connection, id: PersonId, more: i64) -> Result<(), StorageError> {
    db.prepare_cached("UPDATE person SET bytes = max(0, bytes + ?2) WHERE id = ?1")?
        .execute(params![id.as_bytes(), more])?;
    Ok(())
}

/// The account key of a person, wrapped.
pub fn wrapped_account_key(db: &Connection, id: PersonId) -> Result<Vec<u8>, StorageError> {
    let sql = "SELECT wrapped_account_key FROM person WHERE id = ?1";
    Ok(db.query_row(sql, [id.as_bytes()], |each| each.get(0))?)
}

/// Adds a person whom the server did not know.
pub fn add(
    write: &mut Write<'_>,
    person: &Person,
    wrapped_account_key: &[u8],
) -> Result<(), StorageError> {
    let sequence = write.next_sequence();
    write.db.execute(
        "INSERT INTO person (id, name, wrapped_account_key, changed) VALUES (?1, ?2, ?3, ?4)",
        params![person.id.as_bytes(), person.name, wrapped_account_key, signed(sequence)],
    )?;
    put_roles(write.db, person.id, &person.roles)?;
    write.tell_everybody(sequence);
    Ok(())
}

/// Gives a person other roles than they have, for a command beside the running server. Everybody
/// will hear of them under the number that is returned.
pub fn change_roles(
    db: &Connection,
    id: PersonId,
    roles: &[PersonRole],
) -> Result<u64, StorageError> {
    put_roles(db, id, roles)?;
    let sql = "UPDATE sequence SET last = last + 1 RETURNING last";
    let sequence = db.query_row(sql, [], |each| row::count(each, "last"))?;
    db.execute(
        "UPDATE person SET changed = ?2 WHERE id = ?1",
        params![id.as_bytes(), signed(sequence)],
    )?;
    Ok(sequence)
}

fn put_roles(db: &Connection, id: PersonId, roles: &[PersonRole]) -> Result<(), StorageError> {
    db.execute("DELETE FROM person_role WHERE person = ?1", [id.as_bytes()])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO person_role (person, place, role, organisation) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (place, one) in (0_i64..).zip(roles) {
        insert.execute(params![id.as_bytes(), place, one.role.as_str(), one.organisation])?;
    }
    Ok(())
}

/// The newest number of a change that everybody has to hear of.
pub fn newest_change(db: &Connection) -> Result<u64, StorageError> {
    let sql = "SELECT coalesce(max(changed), 0) AS changed FROM person";
    Ok(db.query_row(sql, [], |each| row::count(each, "changed"))?)
}

/// Adds a device to a person, of which everybody will hear.
pub fn add_device(
    write: &mut Write<'_>,
    device: &Device,
    at: Timestamp,
) -> Result<(), StorageError> {
    write.db.execute(
        "INSERT INTO device (id, person, name, token_hash, enrolled_at, token_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![
            device.sender.device.as_bytes(),
            device.sender.person.as_bytes(),
            device.name,
            device.token_hash,
            at.as_millis()
        ],
    )?;
    let sequence = write.next_sequence();
    write.db.execute(
        "UPDATE person SET changed = ?2 WHERE id = ?1",
        params![device.sender.person.as_bytes(), signed(sequence)],
    )?;
    write.tell_everybody(sequence);
    Ok(())
}

/// The device with this id, if the server knows it.
pub fn device(db: &Connection, id: DeviceId) -> Result<Option<Device>, StorageError> {
    let sql = format!("{DEVICE} WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id.as_bytes()], read_device).optional()?)
}

/// When a device was enrolled.
pub fn enrolled_at(db: &Connection, id: DeviceId) -> Result<Timestamp, StorageError> {
    let sql = "SELECT enrolled_at FROM device WHERE id = ?1";
    let millis = db.query_row(sql, [id.as_bytes()], |each| each.get(0))?;
    Ok(Timestamp::from_unix_millis(millis))
}

/// Every device that was enrolled.
pub fn devices(db: &Connection) -> Result<Vec<Device>, StorageError> {
    let mut statement = db.prepare(&format!("{DEVICE} ORDER BY person, enrolled_at, id"))?;
    Ok(statement.query_map([], read_device)?.collect::<Result<_, _>>()?)
}

fn read_device(each: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        sender: Sender {
            device: row::id(each, "id", DeviceId::from_bytes)?,
            person: row::id(each, "person", PersonId::from_bytes)?,
        },
        name: each.get("name")?,
        token_hash: each.get("token_hash")?,
        token_at: Timestamp::from_unix_millis(each.get("token_at")?),
        joined_at: Timestamp::from_unix_millis(each.get("enrolled_at")?),
        used_at: Timestamp::from_unix_millis(each.get("used_at")?),
        is_signed_out: each.get::<_, i64>("signed_out_at")? != 0,
    })
}

/// Notes when a device was used.
pub fn note_used(db: &Connection, id: DeviceId, at: Timestamp) -> Result<(), StorageError> {
    db.prepare_cached("UPDATE device SET used_at = ?2 WHERE id = ?1")?
        .execute(params![id.as_bytes(), at.as_millis()])?;
    Ok(())
}

/// The devices of a person that are not signed out, in the order in which they joined.
pub fn devices_of(db: &Connection, person: PersonId) -> Result<Vec<Device>, StorageError> {
    let sql = format!("{DEVICE} WHERE person = ?1 AND signed_out_at = 0 ORDER BY enrolled_at, id");
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map([person.as_bytes()], read_device)?.collect::<Result<_, _>>()?)
}

/// Gives a device another name.
pub fn rename_device(db: &Connection, id: DeviceId, name: &str) -> Result<(), StorageError> {
    let sql = "UPDATE device SET name = ?2 WHERE id = ?1";
    db.execute(sql, params![id.as_bytes(), name])?;
    Ok(())
}

/// Signs a device out: its token is not known any more. False if it was before.
pub fn sign_out(db: &Connection, id: DeviceId, at: Timestamp) -> Result<bool, StorageError> {
    let sql = "UPDATE device SET signed_out_at = ?2 WHERE id = ?1 AND signed_out_at = 0";
    Ok(db.execute(sql, params![id.as_bytes(), at.as_millis()])? == 1)
}

/// The devices that were signed out.
pub fn signed_out(db: &Connection) -> Result<Vec<DeviceId>, StorageError> {
    let mut statement = db.prepare("SELECT id FROM device WHERE signed_out_at > 0")?;
    let ids = statement.query_map([], |each| row::id(each, "id", DeviceId::from_bytes))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
