//! Invitations: codes that are given to people on paper, of which only hashes are kept.

use data_encoding::{Encoding, Specification};
use enhance_model::{DeviceId, PersonId, Role, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{error::StorageError, row};

/// How long a code is good.
const VALID_MILLIS: i64 = 14 * 24 * 60 * 60 * 1000;

/// Random bytes in a code: a hundred bits, in twenty letters and digits.
pub const RANDOM_BYTES: usize = 13;
const LETTERS: usize = 20;
const GROUP: usize = 4;

/// Who an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitee {
    Newcomer {
        /// What they are called.
        name: String,
        /// What they will be on the programme.
        role: Role,
    },
    /// Another device of somebody who is here.
    Device(PersonId),
}

/// An invitation as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who it is for.
    pub invitee: Invitee,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
}

/// A code: letters and digits that are not taken for one another, in groups.
pub fn code(random: [u8; RANDOM_BYTES]) -> Result<String, StorageError> {
    let letters = crockford()?.encode(&random);
    let letters: Vec<char> = letters.chars().take(LETTERS).collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

fn crockford() -> Result<Encoding, StorageError> {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().map_err(|error| StorageError::Broken(error.to_string()))
}

/// The hash of a code as somebody typed it: small letters, spaces and look-alikes do not matter.
pub fn hash(code: &str) -> [u8; 32] {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let mut hasher = Sha256::new();
    hasher.update(b"enhance invitation 1\0");
    hasher.update(plain.as_bytes());
    hasher.finalize().into()
}

/// Keeps an invitation and returns until when it is good.
pub fn add(
    db: &Connection,
    code: &str,
    invitee: &Invitee,
    at: Timestamp,
) -> Result<Timestamp, StorageError> {
    let (name, role, person) = match invitee {
        Invitee::Newcomer { name, role } => (name.as_str(), role.as_str(), None),
        Invitee::Device(person) => ("", "", Some(*person.as_bytes())),
    };
    let expires_at = at.plus_millis(VALID_MILLIS);
    db.execute(
        "INSERT INTO invitation (code_hash, name, role, person, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![hash(code), name, role, person, at.as_millis(), expires_at.as_millis()],
    )?;
    Ok(expires_at)
}

/// The invitation with this code.
pub fn find(db: &Connection, code: &str) -> Result<Option<Invitation>, StorageError> {
    let sql = "SELECT name, role, person, expires_at, used_by FROM invitation WHERE code_hash = ?1";
    let found = db.query_row(sql, [hash(code)], |each| {
        let invitee = match row::optional_id(each, "person", PersonId::from_bytes)? {
            Some(person) => Invitee::Device(person),
            None => Invitee::Newcomer { name: each.get("name")?, role: row::word(each, "role")? },
        };
        Ok(Invitation {
            invitee,
            expires_at: Timestamp::from_unix_millis(each.get("expires_at")?),
            used_by: row::optional_id(each, "used_by", DeviceId::from_bytes)?,
        })
    });
    Ok(found.optional()?)
}

/// Notes which device used an invitation.
pub fn use_up(db: &Connection, code: &str, device: DeviceId) -> Result<(), StorageError> {
    db.execute(
        "UPDATE invitation SET used_by = ?2 WHERE code_hash = ?1",
        params![hash(code), device.as_bytes()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_five_groups_of_letters_nobody_confuses() {
        let code = code([0xff; RANDOM_BYTES]).unwrap();
        assert_eq!(code, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let hashed = hash("0AB1-CDEF-0000-1111-2222");
        assert_eq!(hash(" oabl cdef 0o0O iIlL 2222\n"), hashed);
        assert_ne!(hash("0AB1-CDEF-0000-1111-2223"), hashed);
    }
}
