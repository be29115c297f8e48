//! Changes put together byte by byte, as no app makes them: what a stranger's program may send.

use enhance_documents::{Change, gate};
use enhance_model::{ChangeHash, DeviceId, DocumentId, EntryHash};
use enhance_protocol::{EntryKind, Offer};
use sha2::{Digest, Sha256};

/// What every chunk of the engine begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of a chunk that is a change.
const CHANGE: u8 = 1;
/// Columns of a change, by what the engine calls them.
const KEY: u64 = 0x15;
const INSERT: u64 = 0x34;
const ACTION: u64 = 0x42;
const VALUE_TYPE: u64 = 0x56;
const PREDECESSORS: u64 = 0x70;
/// The action that puts a value.
const PUT: u64 = 1;

/// A change put together by hand.
#[derive(Debug, Clone)]
pub struct Crafted {
    pub deps: Vec<ChangeHash>,
    pub actor: [u8; 16],
    pub seq: u64,
    /// The number of its first operation.
    pub start: u64,
    /// In seconds since 1970.
    pub time: i64,
    pub other_actors: Vec<Vec<u8>>,
    /// Its columns by their specification, in their order.
    pub columns: Vec<(u64, Vec<u8>)>,
    /// Whose device the actor is, which its first change says.
    pub author: Option<DeviceId>,
}

impl Crafted {
    /// The first change of an actor of this device after these: so many times null at a key of the
    /// root, none of which replaces another.
    pub fn nulls(after: &[&Change], device: DeviceId, key: &str, count: u32) -> Self {
        let run = |value: Vec<u8>| [signed(count.into()), value].concat();
        let one = |value: Vec<u8>| [signed(-1), value].concat();
        let each = |value: Vec<u8>| if count == 1 { one(value) } else { run(value) };
        let name = [unsigned(key.len() as u64), key.as_bytes().to_vec()].concat();
        let start = after.iter().map(|change| last_operation(change)).max().unwrap_or(0) + 1;
        Self {
            deps: after.iter().map(|change| change.hash).collect(),
            actor: [0xee; 16],
            seq: 1,
            start,
            time: 0,
            other_actors: Vec::new(),
            columns: vec![
                (KEY, each(name)),
                (INSERT, unsigned(count.into())),
                (ACTION, each(unsigned(PUT))),
                (VALUE_TYPE, each(unsigned(0))),
                (PREDECESSORS, each(unsigned(0))),
            ],
            author: Some(device),
        }
    }

    /// The same of another actor.
    #[must_use]
    pub const fn of(mut self, actor: u8) -> Self {
        self.actor = [actor; 16];
        self
    }

    /// The same with another column in the place of the one with this specification.
    #[must_use]
    pub fn column(mut self, specification: u64, bytes: Vec<u8>) -> Self {
        self.columns.retain(|(known, _)| *known != specification);
        self.columns.push((specification, bytes));
        self.columns.sort();
        self
    }

    /// The change as it is sent.
    pub fn bytes(&self) -> Vec<u8> {
        let mut body = unsigned(self.deps.len() as u64);
        body.extend(self.deps.iter().flat_map(|hash| *hash.as_bytes()));
        body.extend(sized(&self.actor));
        body.extend(unsigned(self.seq));
        body.extend(unsigned(self.start));
        body.extend(signed(self.time));
        body.extend(unsigned(0));
        body.extend(unsigned(self.other_actors.len() as u64));
        body.extend(self.other_actors.iter().flat_map(|actor| sized(actor)));
        body.extend(unsigned(self.columns.len() as u64));
        for (specification, bytes) in &self.columns {
            body.extend(unsigned(*specification));
            body.extend(unsigned(bytes.len() as u64));
        }
        body.extend(self.columns.iter().flat_map(|(_, bytes)| bytes.clone()));
        if let Some(author) = self.author {
            body.push(1);
            body.extend(sized(author.as_bytes()));
        }
        let mut hashed = vec![CHANGE];
        hashed.extend(unsigned(body.len() as u64));
        hashed.extend(body);
        let checksum = Sha256::digest(&hashed);
        [&MAGIC[..], checksum.get(..4).unwrap_or_default(), &hashed].concat()
    }

    /// The change as others see it.
    pub fn change(&self) -> Change {
        let bytes = self.bytes();
        let hash = Sha256::digest(bytes.get(8..).unwrap_or_default());
        let hash = ChangeHash::from_bytes(hash.into());
        Change { hash, deps: self.deps.clone(), bytes }
    }

    /// The change as it is offered.
    pub fn offer(&self, document: DocumentId) -> Offer {
        let Change { hash, bytes, .. } = self.change();
        Offer { kind: EntryKind::Change, document, hash: EntryHash::from(hash), body: bytes }
    }
}

/// The number of the last operation of a change; none if it is no change.
fn last_operation(change: &Change) -> u64 {
    gate::scan(&change.bytes, gate::MAX_CHANGE_BYTES).map_or(0, |header| header.last_op())
}

fn sized(bytes: &[u8]) -> Vec<u8> {
    [unsigned(bytes.len() as u64), bytes.to_vec()].concat()
}

/// A number as the engine writes one that has no sign.
pub fn unsigned(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let byte = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            out.push(byte);
            return out;
        }
        out.push(byte | 0x80);
    }
}

/// A number as the engine writes one that may have a sign.
pub fn signed(mut number: i64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let byte = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        let is_last = (number == 0 && byte & 0x40 == 0) || (number == -1 && byte & 0x40 != 0);
        if is_last {
            out.push(byte);
            return out;
        }
        out.push(byte | 0x80);
    }
}
