//! The first look at bytes from the network, before the engine sees them.
//!
//! It is written from the binary format alone and shares no code with the engine: where the engine
//! trusts a length, this does not.

use std::{borrow::Cow, collections::BTreeSet, io::Read};

use enhance_model::{ChangeHash, DeviceId, RefusalCode};
use flate2::bufread::DeflateDecoder;
use sha2::{Digest, Sha256};

use super::{
    bytes::{Bytes, write_unsigned},
    columns::{Columns, MAX_OPERATION_NUMBER},
    operations::Operations,
};

/// The sixteen bytes of an actor: one opening of one document on one device.
pub type ActorBytes = [u8; 16];

/// More than any server takes.
pub const MAX_CHANGE_BYTES: u64 = 4 << 20;

const MAX_INFLATED_BYTES: u64 = 4 << 20;
const MAX_DEPENDENCIES: u64 = 256;
/// Each opening of a document on a device is an actor, and deleting a text speaks of everyone who
/// wrote in it. They cost little: all of them are in the document already.
const MAX_OTHER_ACTORS: u64 = 20_000;
const MAX_MESSAGE_BYTES: u64 = 256;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE: u8 = 1;
const DEFLATED_CHANGE: u8 = 2;
const AUTHOR_FOOTER: u64 = 1;

/// What a change says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeHeader {
    /// What it is known by.
    pub hash: ChangeHash,
    pub actor: ActorBytes,
    /// Its place among that actor's changes, from 1.
    pub seq: u64,
    /// The number of its first operation.
    pub start_op: u64,
    /// Seconds since 1970, by the clock of its device.
    pub time: i64,
    /// How many operations it has.
    pub operations: u64,
    /// The changes it needs first.
    pub deps: Vec<ChangeHash>,
    /// The other actors it speaks of.
    pub other_actors: Vec<ActorBytes>,
    /// The device it names as its author; only an actor's first change does.
    pub author: Option<DeviceId>,
}

impl ChangeHeader {
    /// The number of its last operation.
    pub const fn last_op(&self) -> u64 {
        self.start_op + self.operations - 1
    }
}

/// One change chunk, inflated.
pub struct Chunk<'a> {
    body: Cow<'a, [u8]>,
    checksum: [u8; 4],
}

impl<'a> Chunk<'a> {
    /// Takes the chunk apart, of which at most `limit` bytes are looked at.
    pub fn new(bytes: &'a [u8], limit: u64) -> Result<Self, RefusalCode> {
        if bytes.len() as u64 > limit {
            return Err(RefusalCode::ChangeTooLarge);
        }
        let mut rest = Bytes::new(bytes);
        if rest.array()? != MAGIC {
            return Err(RefusalCode::Malformed);
        }
        let checksum: [u8; 4] = rest.array()?;
        let [chunk_type] = rest.array()?;
        let length = rest.unsigned()?;
        let body = rest.take(length)?;
        if !rest.is_empty() {
            return Err(RefusalCode::Malformed);
        }
        let body = match chunk_type {
            CHANGE => Cow::Borrowed(body),
            DEFLATED_CHANGE => Cow::Owned(inflate(body)?),
            _ => return Err(RefusalCode::Malformed),
        };
        Ok(Self { body, checksum })
    }

    /// What the change says about itself.
    pub fn scan(&self) -> Result<ChangeHeader, RefusalCode> {
        scan_body(&self.body, self.checksum).map(|(scanned, _)| scanned)
    }

    /// That, and its operations.
    pub fn read(&self) -> Result<(ChangeHeader, Operations<'_>), RefusalCode> {
        let (scanned, columns) = scan_body(&self.body, self.checksum)?;
        let actors = scanned.other_actors.len() as u64 + 1;
        let operations = Operations::read(&columns, scanned.operations, actors)?;
        Ok((scanned, operations))
    }
}

/// Looks through one change chunk.
pub fn scan(bytes: &[u8], limit: u64) -> Result<ChangeHeader, RefusalCode> {
    Chunk::new(bytes, limit)?.scan()
}

fn inflate(body: &[u8]) -> Result<Vec<u8>, RefusalCode> {
    let mut decoder = DeflateDecoder::new(body);
    let mut inflated = Vec::new();
    decoder
        .by_ref()
        .take(MAX_INFLATED_BYTES + 1)
        .read_to_end(&mut inflated)
        .map_err(|_| RefusalCode::Malformed)?;
    if inflated.len() as u64 > MAX_INFLATED_BYTES {
        return Err(RefusalCode::Bomb);
    }
    if decoder.total_in() != body.len() as u64 {
        return Err(RefusalCode::Malformed);
    }
    Ok(inflated)
}

fn scan_body(body: &[u8], checksum: [u8; 4]) -> Result<(ChangeHeader, Columns<'_>), RefusalCode> {
    let hash = hash_of(body);
    if !hash.as_bytes().starts_with(&checksum) {
        return Err(RefusalCode::Malformed);
    }
    let mut rest = Bytes::new(body);
    let deps =
        read_many(&mut rest, MAX_DEPENDENCIES, |rest| rest.array().map(ChangeHash::from_bytes))?;
    let actor = read_actor(&mut rest)?;
    let seq = rest.unsigned()?;
    let start_op = rest.unsigned()?;
    let time = rest.signed()?;
    let message_bytes = rest.unsigned()?;
    let message = rest.take(message_bytes)?;
    if message_bytes > MAX_MESSAGE_BYTES || std::str::from_utf8(message).is_err() {
        return Err(RefusalCode::Malformed);
    }
    let other_actors = read_many(&mut rest, MAX_OTHER_ACTORS, read_actor)?;
    if seq == 0 || start_op == 0 || other_actors.contains(&actor) {
        return Err(RefusalCode::Malformed);
    }
    let columns = Columns::cut(&mut rest)?;
    let operations = columns.count_operations(other_actors.len() as u64 + 1)?;
    // Nothing of ours makes a change that changes nothing, and the engine numbers it oddly.
    if operations == 0 {
        return Err(RefusalCode::Malformed);
    }
    if start_op.checked_add(operations).is_none_or(|end| end > MAX_OPERATION_NUMBER) {
        return Err(RefusalCode::Bomb);
    }
    let author = read_author(&mut rest)?;
    let scanned =
        ChangeHeader { hash, actor, seq, start_op, time, operations, deps, other_actors, author };
    Ok((scanned, columns))
}

/// The hash by which a change is known, from its uncompressed body.
fn hash_of(body: &[u8]) -> ChangeHash {
    let mut header = vec![CHANGE];
    write_unsigned(body.len() as u64, &mut header);
    let digest = Sha256::new().chain_update(&header).chain_update(body).finalize();
    ChangeHash::from_bytes(digest.into())
}

/// Reads a list of different things.
fn read_many<'a, T: Ord + Copy>(
    rest: &mut Bytes<'a>,
    limit: u64,
    read: impl Fn(&mut Bytes<'a>) -> Result<T, RefusalCode>,
) -> Result<Vec<T>, RefusalCode> {
    let count = rest.unsigned()?;
    if count > limit {
        return Err(RefusalCode::Bomb);
    }
    let (mut known, mut found) = (BTreeSet::new(), Vec::new());
    for _ in 0..count {
        let one = read(rest)?;
        if !known.insert(one) {
            return Err(RefusalCode::Malformed);
        }
        found.push(one);
    }
    Ok(found)
}

fn read_actor(rest: &mut Bytes<'_>) -> Result<ActorBytes, RefusalCode> {
    if rest.unsigned()? != size_of::<ActorBytes>() as u64 {
        return Err(RefusalCode::Malformed);
    }
    rest.array()
}

/// What follows the columns: nothing, or the author.
fn read_author(rest: &mut Bytes<'_>) -> Result<Option<DeviceId>, RefusalCode> {
    if rest.is_empty() {
        return Ok(None);
    }
    let is_author = rest.unsigned()? == AUTHOR_FOOTER && rest.unsigned()? == 16;
    let author = DeviceId::from_bytes(rest.array()?);
    if is_author && rest.is_empty() { Ok(Some(author)) } else { Err(RefusalCode::Malformed) }
}
