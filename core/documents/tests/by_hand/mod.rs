//! Chunks put together byte by byte, as no honest phone would.

#![allow(dead_code, reason = "each test binary uses a part")]

use sha2::{Digest, Sha256};

use crate::written::device;

/// A number as LEB128 writes it.
pub fn unsigned(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if number == 0 {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

/// A number with sign as LEB128 writes it.
pub fn signed(mut number: i64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if (number == 0 && low & 0x40 == 0) || (number == -1 && low & 0x40 != 0) {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

/// A chunk of this type around a body, with a checksum that is right for the change in it.
pub fn chunk(kind: u8, body: &[u8], change: &[u8]) -> Vec<u8> {
    let length = unsigned(change.len() as u64);
    let digest = Sha256::new().chain_update([1]).chain_update(length).chain_update(change);
    let mut out = vec![0x85, 0x6f, 0x4a, 0x83];
    out.extend_from_slice(&digest.finalize()[..4]);
    out.push(kind);
    out.extend(unsigned(body.len() as u64));
    out.extend_from_slice(body);
    out
}

/// A change put together by hand.
#[derive(Clone)]
pub struct Raw {
    pub deps: Vec<[u8; 32]>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub other_actors: Vec<Vec<u8>>,
    pub columns: Vec<(u64, Vec<u8>)>,
    pub footer: Vec<u8>,
}

impl Raw {
    /// A first change of a new actor of this device after these changes, with `n: null` at the top.
    pub fn after(deps: &[enhance_model::ChangeHash], author: u8, start_op: u64) -> Self {
        let footer = [&[1, 16][..], device(author).as_bytes()].concat();
        Self {
            deps: deps.iter().map(|hash| *hash.as_bytes()).collect(),
            actor: vec![0xee; 16],
            seq: 1,
            start_op,
            time: 0,
            message: Vec::new(),
            other_actors: Vec::new(),
            columns: vec![
                (0x15, [signed(-1), unsigned(1), b"n".to_vec()].concat()),
                (0x34, unsigned(1)),
                (0x42, [signed(-1), unsigned(1)].concat()),
                (0x56, [signed(-1), unsigned(0)].concat()),
                (0x70, [signed(-1), unsigned(0)].concat()),
            ],
            footer,
        }
    }

    /// With another column in place of the one with this specification.
    pub fn column(mut self, specification: u64, bytes: Vec<u8>) -> Self {
        self.columns.retain(|(known, _)| *known != specification);
        self.columns.push((specification, bytes));
        self.columns.sort();
        self
    }

    /// The body of the change, before any compression.
    pub fn body(&self) -> Vec<u8> {
        let mut out = unsigned(self.deps.len() as u64);
        out.extend(self.deps.concat());
        out.extend(unsigned(self.actor.len() as u64));
        out.extend_from_slice(&self.actor);
        out.extend(unsigned(self.seq));
        out.extend(unsigned(self.start_op));
        out.extend(signed(self.time));
        out.extend(unsigned(self.message.len() as u64));
        out.extend_from_slice(&self.message);
        out.extend(unsigned(self.other_actors.len() as u64));
        for actor in &self.other_actors {
            out.extend(unsigned(actor.len() as u64));
            out.extend_from_slice(actor);
        }
        out.extend(unsigned(self.columns.len() as u64));
        for (specification, bytes) in &self.columns {
            out.extend(unsigned(*specification));
            out.extend(unsigned(bytes.len() as u64));
        }
        out.extend(self.columns.iter().flat_map(|(_, bytes)| bytes.clone()));
        out.extend_from_slice(&self.footer);
        out
    }

    /// The change as it is sent.
    pub fn chunk(&self) -> Vec<u8> {
        let body = self.body();
        chunk(1, &body, &body)
    }
}
