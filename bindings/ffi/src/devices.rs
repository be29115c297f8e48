//! A person's devices, and what signing out is about.

use enhance_client::{OwnDevice, SignOutReport};

use crate::{
    ids::DeviceId,
    values::{Count, Timestamp},
};

/// A device of the person whose device this is.
#[uniffi::remote(Record)]
pub struct OwnDevice {
    pub id: DeviceId,
    pub name: String,
    /// When it was enrolled, by the server's clock.
    pub joined_at: Timestamp,
    /// When it last asked the server for something, to a few minutes.
    pub last_seen: Timestamp,
    /// Whether it is the one on which this is asked.
    pub is_this: bool,
}

/// What is on this device alone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Unsent {
    /// Documents of which something waits for the server's answer.
    pub documents: Count,
    /// Texts that were typed and are no part of their document yet.
    pub drafts: Count,
    /// Attached files that the server does not have whole.
    pub files: Count,
    /// Pieces of refused work that were not dealt with.
    pub refused: Count,
    /// What confirms that exactly this may be lost; none if there is nothing.
    pub confirmation: Option<String>,
}

impl From<enhance_client::Unsent> for Unsent {
    fn from(unsent: enhance_client::Unsent) -> Self {
        let enhance_client::Unsent { documents, drafts, files, refused, confirmation } = unsent;
        Self {
            documents: documents.into(),
            drafts: drafts.into(),
            files: files.into(),
            refused: refused.into(),
            confirmation,
        }
    }
}

/// What signing a device out came to.
#[uniffi::remote(Record)]
pub struct SignOutReport {
    /// Whether the server knows. If it could not be told, the device should be signed out from
    /// another one of the person.
    pub server_told: bool,
}
