//! A person's devices: listed, named and signed out by the person; tokens that are replaced; and the
//! copy of a device that becomes a device of its own.

use enhance_model::{
    DeviceId, Person, Timestamp,
    sign_off::{Certificate, PublicKey},
};
use serde::{Deserialize, Serialize};

use crate::exchange::Nonce;

/// Characters of a device's name at most.
pub const DEVICE_NAME_CHARS: usize = 80;

/// One step with the devices of the person who asks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    pub step: DeviceStep,
}

/// What a person wants with their devices. Those of others are as if they were not there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceStep {
    /// Asks which there are.
    List,
    /// Gives one another name.
    Rename { device: DeviceId, name: String },
    /// Ends one: its tokens are known no more. It may be the one that asks.
    SignOut { device: DeviceId },
    /// Offers a token in the place of the one that asks. Both are good until the new one is used, so
    /// that a lost answer locks nobody out. Offering it again is harmless.
    Renew { token: serde_bytes::ByteArray<20> },
    /// Makes the folder that asks a device of its own: it was copied or put back from a backup, and
    /// two devices must not speak with one name. A token that was replaced is good for this alone.
    /// Asking it again is harmless.
    Part {
        /// By the id it made for itself.
        device: DeviceId,
        /// The secret by which it will be known.
        token: serde_bytes::ByteArray<20>,
        /// The key that it will sign with.
        signing_key: PublicKey,
    },
}

/// How things stand with a person's devices after a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceResponse {
    pub nonce: Nonce,
    /// Those that are not signed out, in the order in which they joined.
    pub devices: Vec<DeviceInfo>,
    /// What the new device needs, after a [`DeviceStep::Part`].
    pub parted: Option<Parted>,
}

/// A device, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInfo {
    pub device: DeviceId,
    pub name: String,
    pub joined_at: Timestamp,
    /// When it was last used, to a few minutes.
    pub used_at: Timestamp,
}

/// A copy has become a device of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parted {
    /// Whose it is, with all of their devices.
    pub person: Person,
    /// That the key which was offered is this device's.
    pub certificate: Certificate,
}
