//! People and their devices, as the server keeps them.

use std::collections::BTreeSet;

use enhance_model::{DeviceId, Person, PersonId, PersonRole, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    directory,
    error::StorageError,
    row::{self, signed},
    unreadable::Named,
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
    /// When it was enrolled or last asked for something, to a few minutes.
    pub used_at: Timestamp,
    /// Whether the operator or its person has signed it out.
    pub is_signed_out: bool,
}

/// Devices of one person that are not signed out: whoever knows them is told of each.
pub const DEVICES_AT_MOST: usize = 64;

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
    let found = db.prepare_cached(&sql)?.query_row([id.as_bytes()], read_person).optional()?;
    let Some(mut person) = found else { return Ok(None) };
    let mut devices =
        db.prepare_cached("SELECT id FROM device WHERE person = ?1 ORDER BY enrolled_at, id")?;
    person.devices = devices
        .query_map([person.id.as_bytes()], |each| row::id(each, "id", DeviceId::from_bytes))?
        .collect::<Result<_, _>>()?;
    Ok(Some(person))
}

const NAMED_PERSON: Named = Named::new("person", &["id"]);

fn read_person(each: &Row<'_>) -> rusqlite::Result<Person> {
    NAMED_PERSON.read(each, |each| {
        Ok(Person {
            id: row::id(each, "id", PersonId::from_bytes)?,
            name: each.get("name")?,
            // They are put together from that table.
            roles: Named::new("person_role", &["id"])
                .read(each, |each| row::json(each, "roles"))?,
            devices: Vec::new(),
        })
    })
}

/// Whether there is such a person.
pub fn exists(db: &Connection, id: PersonId) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM person WHERE id = ?1")?;
    Ok(statement.exists([id.as_bytes()])?)
}

/// Whether there is such a person, who has not left.
pub fn is_here(db: &Connection, id: PersonId) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM person WHERE id = ?1 AND left_at = 0")?;
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
    directory::place(write, person.id, &person.roles)
}

/// Gives a person other roles than they have. Who has some is on the programme.
pub fn change_roles(
    write: &mut Write<'_>,
    id: PersonId,
    roles: &[PersonRole],
) -> Result<(), StorageError> {
    put_roles(write.db, id, roles)?;
    if !roles.is_empty() {
        write.db.execute("UPDATE person SET left_at = 0 WHERE id = ?1", [id.as_bytes()])?;
    }
    directory::place(write, id, roles)?;
    directory::renew(write, id)
}

/// Gives a person another name.
pub fn rename(write: &mut Write<'_>, id: PersonId, name: &str) -> Result<(), StorageError> {
    write.db.execute("UPDATE person SET name = ?2 WHERE id = ?1", params![id.as_bytes(), name])?;
    directory::renew(write, id)
}

/// Notes that a person left the programme: they have no role any more, and nothing is shared with
/// them.
pub fn leave(write: &mut Write<'_>, id: PersonId, at: Timestamp) -> Result<(), StorageError> {
    change_roles(write, id, &[])?;
    let sql = "UPDATE person SET left_at = ?2 WHERE id = ?1";
    write.db.execute(sql, params![id.as_bytes(), at.as_millis()])?;
    Ok(())
}

fn put_roles(db: &Connection, id: PersonId, roles: &[PersonRole]) -> Result<(), StorageError> {
    db.execute("DELETE FROM person_role WHERE person = ?1", [id.as_bytes()])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO person_role (person, place, role, organisation, folded)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (place, one) in (0_i64..).zip(roles) {
        let PersonRole { role, organisation } = one;
        let key = PersonRole::organisation_key(organisation);
        insert.execute(params![id.as_bytes(), place, role.as_str(), organisation, key])?;
    }
    Ok(())
}

/// Adds a device to a person, of which all who know them will hear. One that was there is known by
/// its new token from now on, and no longer signed out.
pub fn put_device(
    write: &mut Write<'_>,
    device: &Device,
    at: Timestamp,
) -> Result<(), StorageError> {
    write.db.execute(
        "INSERT INTO device (id, person, name, token_hash, enrolled_at, token_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)
         ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, name = excluded.name,
             token_at = excluded.token_at, next_token_hash = x'', used_at = excluded.enrolled_at,
             signed_out_at = 0",
        params![
            device.sender.device.as_bytes(),
            device.sender.person.as_bytes(),
            device.name,
            device.token_hash,
            at.as_millis()
        ],
    )?;
    let former = "DELETE FROM former_token WHERE device = ?1";
    write.db.execute(former, [device.sender.device.as_bytes()])?;
    directory::renew(write, device.sender.person)
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
    Ok(row::readable(statement.query_map([], read_device)?)?)
}

const NAMED_DEVICE: Named = Named::new("device", &["id"]);

fn read_device(each: &Row<'_>) -> rusqlite::Result<Device> {
    NAMED_DEVICE.read(each, |each| {
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
    Ok(row::readable(statement.query_map([person.as_bytes()], read_device)?)?)
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

/// The hashes of the tokens of those who left the programme.
pub fn left(db: &Connection) -> Result<BTreeSet<[u8; 32]>, StorageError> {
    let mut statement = db.prepare(
        "SELECT token_hash FROM device JOIN person ON person.id = device.person
         WHERE signed_out_at > 0 AND left_at > 0",
    )?;
    let hashes = statement.query_map([], |each| each.get("token_hash"))?;
    Ok(row::readable(hashes)?.into_iter().collect())
}

/// A person as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    pub person: Person,
    /// When a device of theirs was last used, to a few minutes; none if they have none.
    pub seen_at: Option<Timestamp>,
    /// Devices that are not signed out.
    pub devices: u64,
    /// Bytes that what they own takes.
    pub bytes: u64,
    pub left_at: Option<Timestamp>,
}

/// Everybody there is or was, by name, without their devices.
pub fn overview(db: &Connection) -> Result<Vec<Overview>, StorageError> {
    let sql = format!(
        "SELECT person.*, device.seen_at, device.devices FROM (
             SELECT *, (SELECT bytes FROM person WHERE id = it.id) AS bytes,
                       (SELECT left_at FROM person WHERE id = it.id) AS left_at
             FROM ({PERSON}) AS it) AS person
         LEFT JOIN (SELECT person, max(max(enrolled_at, used_at)) AS seen_at,
                           sum(signed_out_at = 0) AS devices FROM device GROUP BY person) AS device
              ON device.person = person.id
         ORDER BY person.name, person.id"
    );
    let mut statement = db.prepare(&sql)?;
    let people = statement.query_map([], |each| {
        let moment = |millis: Option<i64>| {
            millis.filter(|millis| *millis > 0).map(Timestamp::from_unix_millis)
        };
        Ok(Overview {
            person: read_person(each)?,
            seen_at: moment(each.get("seen_at")?),
            devices: row::unsigned(each.get::<_, Option<i64>>("devices")?.unwrap_or(0)),
            bytes: row::count(each, "bytes")?,
            left_at: moment(each.get("left_at")?),
        })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}
