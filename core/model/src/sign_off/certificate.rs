//! Whose a key is, by the word of the server.

use serde::{Deserialize, Serialize};

use super::{PublicKey, Signature};
use crate::{DeviceId, PersonId, Role, Timestamp};

/// That a key is of a device of a person. The server gives it once the device has joined.
///
/// It stays what it is for ever. A key that is lost is revoked with its day; a key that is replaced
/// goes on counting for what was signed with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub person: PersonId,
    /// The name by which the person was invited.
    pub name: String,
    /// What they are on the programme.
    pub role: Role,
    pub device: DeviceId,
    pub key: PublicKey,
    /// The server's clock when it was given.
    pub from: Timestamp,
    /// The publisher's Ed25519 over [`Certificate::signed_bytes`].
    pub signature: Signature,
}
