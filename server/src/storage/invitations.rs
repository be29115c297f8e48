//! Invitations: codes that are given to people on paper, of which only hashes are kept.

use std::{fmt, str::FromStr};

use enhance_model::{DeviceId, PersonId, PersonRole, Timestamp, crockford, time::DAY_MS};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::{error::StorageError, row};

/// How long a code is good.
const VALID_MILLIS: i64 = 14 * DAY_MS;

/// Invitations of a person for devices of their own that are open at once.
const OPEN_AT_MOST: u32 = 16;

/// Random bytes in a code: more than the hundred bits that twenty digits hold.
pub const RANDOM_BYTES: usize = 13;
const DIGITS: usize = 20;

/// Who an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitee {
    Newcomer {
        name: String,
        roles: Vec<PersonRole>,
    },
    /// Another device of a person who is here.
    Device(PersonId),
}

/// An invitation as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub invitee: Invitee,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
    /// Whether the operator took it back.
    pub is_withdrawn: bool,
}

impl Invitation {
    /// Whether somebody can still join with it.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.used_by.is_none() && !self.is_withdrawn && self.expires_at >= now
    }
}

/// By what an invitation is spoken of that is not kept itself: the first bytes of its hash.
pub type InvitationId = [u8; 8];

/// An invitation as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownInvitation {
    pub id: InvitationId,
    pub invitation: Invitation,
    pub created_at: Timestamp,
}

/// What a person types to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationCode(String);

impl InvitationCode {
    /// A code that no attacker can guess if `random` is fresh.
    pub fn new(random: [u8; RANDOM_BYTES]) -> Self {
        let mut digits = crockford::encode(&random);
        digits.truncate(DIGITS);
        Self(digits)
    }

    /// By what it is spoken of once it is given away.
    pub fn id(&self) -> InvitationId {
        id_of(&self.hash())
    }

    fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(b"enhance invitation 1\0");
        hasher.update(self.0.as_bytes());
        hasher.finalize().into()
    }
}

impl fmt::Display for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::Groups(&self.0).fmt(f)
    }
}

/// A text that is no code: it has a letter that no code has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is in no invitation")]
pub struct NoInvitationCode(char);

impl FromStr for InvitationCode {
    type Err = NoInvitationCode;

    /// Forgives all that [`crockford::read`] forgives.
    fn from_str(typed: &str) -> Result<Self, NoInvitationCode> {
        crockford::read(typed).map(Self).map_err(NoInvitationCode)
    }
}

/// Keeps an invitation and returns until when it is good.
pub fn add(
    db: &Connection,
    code: &InvitationCode,
    invitee: &Invitee,
    at: Timestamp,
) -> Result<Timestamp, StorageError> {
    let (name, roles, person) = match invitee {
        Invitee::Newcomer { name, roles } => (name.as_str(), roles.as_slice(), None),
        Invitee::Device(person) => ("", &[][..], Some(*person.as_bytes())),
    };
    let roles = serde_json::to_string(roles)
        .map_err(|error| StorageError::Broken(format!("roles: {error}")))?;
    let expires_at = at.plus_millis(VALID_MILLIS);
    db.execute(
        "INSERT INTO invitation (code_hash, name, roles, person, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![code.hash(), name, roles, person, at.as_millis(), expires_at.as_millis()],
    )?;
    Ok(expires_at)
}

/// Lets go of a person's invitations for other devices that are too old, and of the oldest of those
/// that are open, so that another one makes no more than there may be.
pub fn make_room(db: &Connection, person: PersonId, now: Timestamp) -> Result<(), StorageError> {
    let sql = "DELETE FROM invitation WHERE person = ?1 AND used_by IS NULL AND withdrawn_at = 0
               AND (expires_at <= ?2 OR code_hash NOT IN (
                   SELECT code_hash FROM invitation
                   WHERE person = ?1 AND used_by IS NULL AND withdrawn_at = 0
                   ORDER BY created_at DESC LIMIT ?3))";
    db.execute(sql, params![person.as_bytes(), now.as_millis(), OPEN_AT_MOST - 1])?;
    Ok(())
}

/// The invitation with this code.
pub fn find(db: &Connection, code: &InvitationCode) -> Result<Option<Invitation>, StorageError> {
    let sql = "SELECT * FROM invitation WHERE code_hash = ?1";
    Ok(db.query_row(sql, [code.hash()], read).optional()?)
}

fn read(each: &Row<'_>) -> rusqlite::Result<Invitation> {
    let invitee = match row::optional_id(each, "person", PersonId::from_bytes)? {
        Some(person) => Invitee::Device(person),
        None => Invitee::Newcomer { name: each.get("name")?, roles: row::json(each, "roles")? },
    };
    Ok(Invitation {
        invitee,
        expires_at: Timestamp::from_unix_millis(each.get("expires_at")?),
        used_by: row::optional_id(each, "used_by", DeviceId::from_bytes)?,
        is_withdrawn: each.get::<_, i64>("withdrawn_at")? != 0,
    })
}

/// The beginning of the hash of a code.
fn id_of(hash: &[u8; 32]) -> InvitationId {
    let mut id = InvitationId::default();
    id.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    id
}

/// Every invitation there was, oldest first.
pub fn all(db: &Connection) -> Result<Vec<KnownInvitation>, StorageError> {
    let mut statement = db.prepare("SELECT * FROM invitation ORDER BY created_at, code_hash")?;
    let listed = statement.query_map([], |each| {
        let hash: [u8; 32] = each.get("code_hash")?;
        Ok(KnownInvitation {
            id: id_of(&hash),
            invitation: read(each)?,
            created_at: Timestamp::from_unix_millis(each.get("created_at")?),
        })
    })?;
    Ok(listed.collect::<Result<_, _>>()?)
}

/// Takes an invitation back that nobody has used. False if it is none of those.
pub fn withdraw(db: &Connection, id: InvitationId, at: Timestamp) -> Result<bool, StorageError> {
    let sql = "UPDATE invitation SET withdrawn_at = ?2
               WHERE substr(code_hash, 1, 8) = ?1 AND used_by IS NULL AND withdrawn_at = 0";
    Ok(db.execute(sql, params![id, at.as_millis()])? > 0)
}

/// Takes back what a person could add another device with, and says how many those were.
pub fn withdraw_of(
    db: &Connection,
    person: PersonId,
    at: Timestamp,
) -> Result<usize, StorageError> {
    let sql = "UPDATE invitation SET withdrawn_at = ?2
               WHERE person = ?1 AND used_by IS NULL AND withdrawn_at = 0";
    Ok(db.execute(sql, params![person.as_bytes(), at.as_millis()])?)
}

/// Notes which device used an invitation.
pub fn use_up(
    db: &Connection,
    code: &InvitationCode,
    device: DeviceId,
) -> Result<(), StorageError> {
    db.execute(
        "UPDATE invitation SET used_by = ?2 WHERE code_hash = ?1",
        params![code.hash(), device.as_bytes()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_five_groups_of_letters_that_are_not_confused() {
        let code = InvitationCode::new([0xff; RANDOM_BYTES]);
        assert_eq!(code.to_string(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code: InvitationCode = "0AB1-CDEF-0000-1111-2222".parse().unwrap();
        for typed in [
            " oabl cdef 0o0O iIlL 2222\n",
            "0ab1\u{2011}cdef\u{2011}0000\u{2011}1111\u{2011}2222.",
            "\u{feff}0AB1CDEF000011112222",
        ] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed:?}");
        }
        assert_ne!("0AB1-CDEF-0000-1111-2223".parse(), Ok(code));
        assert!("0AB1-CDEF-0000-1111-222U".parse::<InvitationCode>().is_err());
    }

    #[test]
    fn the_hash_of_a_code_stays_what_it_is() {
        let code: InvitationCode = "0AB1-CDEF-0000-1111-2222".parse().unwrap();
        let plain = [b"enhance invitation 1\0".as_slice(), b"0AB1CDEF000011112222"].concat();
        assert_eq!(code.hash(), <[u8; 32]>::from(Sha256::digest(plain)));
    }
}
