//! Files that belong to private documents: sealed by their owner's device, known by the hash of what
//! is sealed, sent in pieces after the words.

use enhance_model::{DocumentId, Epoch, Sha256};
use serde::{Deserialize, Serialize};

use crate::exchange::Nonce;

/// Bytes of one piece at most.
pub const PIECE_BYTES: usize = 256 << 10;

/// Files that are named in one request at most.
pub const BLOBS_AT_ONCE: usize = 256;

/// Bytes of one file at most, sealed: what an attachment may have, and what sealing adds.
pub const BLOB_BYTES: u64 = 21 << 20;

/// One step with files on the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    pub step: BlobStep,
}

/// What a device wants with files of its person. The files of others are as if they were not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlobStep {
    /// Asks how much of each is there.
    Ask { blobs: Vec<Sha256> },
    /// Hands over a piece. One that does not follow on what is there is not taken, and the answer
    /// says where to go on.
    Piece {
        /// The document that the file belongs to; the server must have it.
        document: DocumentId,
        sha256: Sha256,
        /// Bytes of the whole file.
        bytes: u64,
        /// Where in it the piece begins.
        from: u64,
        #[serde(with = "serde_bytes")]
        piece: Vec<u8>,
    },
    /// Asks for these to be destroyed.
    Forget { blobs: Vec<Sha256> },
}

/// How much is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobResponse {
    pub nonce: Nonce,
    /// Bytes that are there of each file that was named, in that order; a whole one was checked.
    pub stored: Vec<u64>,
    /// The server's epoch, and the greatest number there was when it said so.
    pub epoch: Epoch,
    pub reached: u64,
}
