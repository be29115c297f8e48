//! A change that can be taken apart, altered and put together again, with a checksum that is right.

use sha2::{Digest, Sha256};

use super::*;
use crate::gate::bytes::write_unsigned;
use crate::gate::operations::{LocalId, Operation};

/// An operation as it is written.
#[derive(Clone, PartialEq)]
pub struct Op {
    pub object: Option<(u64, i64)>,
    pub key: Option<(u64, i64)>,
    pub head: bool,
    pub string: Option<String>,
    pub insert: bool,
    pub action: u64,
    pub kind: u64,
    pub value: Vec<u8>,
    pub replaced: Vec<(u64, i64)>,
    pub expand: bool,
    pub mark: Option<String>,
}

/// A change as it is written.
#[derive(Clone)]
pub struct Draft {
    pub deps: Vec<[u8; 32]>,
    pub actor: ActorBytes,
    pub seq: u64,
    pub start: u64,
    pub time: i64,
    pub others: Vec<ActorBytes>,
    pub ops: Vec<Op>,
    pub author: Option<DeviceId>,
    /// Writes the first run of operations in two, which says the same in other bytes.
    pub split: bool,
}

fn pair(id: LocalId) -> (u64, i64) {
    (u64::from(id.actor), i64::from(id.counter))
}

impl Draft {
    pub fn of(bytes: &[u8]) -> Self {
        let chunk = Chunk::new(bytes, MAX_CHANGE_BYTES).unwrap();
        let (scanned, operations) = chunk.read().unwrap();
        let ChangeHeader { actor, seq, start_op: start, time, deps, other_actors, author, .. } =
            scanned;
        let op = |op: &Operation<'_>| {
            let (kind, value) = scalar(op.value);
            Op {
                object: match op.object {
                    Object::Root => None,
                    Object::Made(id) => Some(pair(id)),
                },
                key: match op.key {
                    Key::Element(id) => Some(pair(id)),
                    _ => None,
                },
                head: op.key == Key::Head,
                string: match op.key {
                    Key::Map(key) => Some(key.to_owned()),
                    _ => None,
                },
                insert: op.insert,
                action: op.action as u64,
                kind,
                value,
                replaced: operations.replaced[op.replaces.clone()]
                    .iter()
                    .map(|id| pair(*id))
                    .collect(),
                expand: false,
                mark: None,
            }
        };
        Self {
            deps: deps.iter().map(|dep| *dep.as_bytes()).collect(),
            actor,
            seq,
            start,
            time,
            others: other_actors,
            ops: operations.all.iter().map(op).collect(),
            author,
            split: false,
        }
    }

    /// The change as it is sent.
    pub fn bytes(&self) -> Vec<u8> {
        let body = self.body();
        let mut header = vec![1];
        write_unsigned(body.len() as u64, &mut header);
        let digest = Sha256::new().chain_update(&header).chain_update(&body).finalize();
        [&[0x85, 0x6f, 0x4a, 0x83], &digest[..4], &header, &body].concat()
    }

    fn body(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_unsigned(self.deps.len() as u64, &mut out);
        out.extend(self.deps.concat());
        prefixed(&self.actor, &mut out);
        write_unsigned(self.seq, &mut out);
        write_unsigned(self.start, &mut out);
        write_signed(self.time, &mut out);
        write_unsigned(0, &mut out);
        write_unsigned(self.others.len() as u64, &mut out);
        self.others.iter().for_each(|other| prefixed(other, &mut out));
        let columns = self.columns();
        write_unsigned(columns.len() as u64, &mut out);
        for (name, bytes) in &columns {
            write_unsigned(*name, &mut out);
            write_unsigned(bytes.len() as u64, &mut out);
        }
        out.extend(columns.into_iter().flat_map(|(_, bytes)| bytes));
        if let Some(author) = self.author {
            write_unsigned(1, &mut out);
            prefixed(author.as_bytes(), &mut out);
        }
        out
    }

    fn columns(&self) -> Vec<(u64, Vec<u8>)> {
        let ops = &self.ops;
        let number = |number: u64| {
            let mut out = Vec::new();
            write_unsigned(number, &mut out);
            out
        };
        let column = |of: &dyn Fn(&Op) -> Option<u64>| {
            runs(&ops.iter().map(|op| of(op).map(number)).collect::<Vec<_>>(), self.split)
        };
        let key = |op: &Op| if op.head { Some(0) } else { op.key.map(|(_, counter)| counter) };
        let text = |text: &str| {
            let mut out = Vec::new();
            prefixed(text.as_bytes(), &mut out);
            out
        };
        let texts = |of: &dyn Fn(&Op) -> Option<&String>| {
            runs(&ops.iter().map(|op| of(op).map(|each| text(each))).collect::<Vec<_>>(), false)
        };
        let replaced: Vec<(u64, i64)> = ops.iter().flat_map(|op| op.replaced.clone()).collect();
        let meta = |op: &Op| Some(op.kind | (op.value.len() as u64) << 4);
        let mut columns = vec![
            (0x01, column(&|op| op.object.map(|(actor, _)| actor))),
            (0x02, column(&|op| op.object.map(|(_, counter)| counter.cast_unsigned()))),
            (0x11, column(&|op| op.key.map(|(actor, _)| actor))),
            (0x13, sums(ops.iter().map(key))),
            (0x15, texts(&|op| op.string.as_ref())),
            (0x34, flags(ops.iter().map(|op| op.insert))),
            (0x42, column(&|op| Some(op.action))),
            (0x56, column(&meta)),
            (0x57, ops.iter().flat_map(|op| op.value.clone()).collect()),
            (0x70, column(&|op| Some(op.replaced.len() as u64))),
            (
                0x71,
                runs(
                    &replaced.iter().map(|(actor, _)| Some(number(*actor))).collect::<Vec<_>>(),
                    false,
                ),
            ),
            (0x73, sums(replaced.iter().map(|(_, counter)| Some(*counter)))),
        ];
        if ops.iter().any(|op| op.expand) {
            columns.push((0x94, flags(ops.iter().map(|op| op.expand))));
        }
        columns.push((0xa5, texts(&|op| op.mark.as_ref())));
        columns.retain(|(_, bytes)| !bytes.is_empty());
        columns
    }
}

fn scalar(value: Scalar<'_>) -> (u64, Vec<u8>) {
    let unsigned = |number| {
        let mut out = Vec::new();
        write_unsigned(number, &mut out);
        out
    };
    let signed = |number| {
        let mut out = Vec::new();
        write_signed(number, &mut out);
        out
    };
    match value {
        Scalar::Null => (0, Vec::new()),
        Scalar::Boolean(false) => (1, Vec::new()),
        Scalar::Boolean(true) => (2, Vec::new()),
        Scalar::Unsigned(number) => (3, unsigned(number)),
        Scalar::Integer(number) => (4, signed(number)),
        Scalar::Float(float) => (5, float.to_le_bytes().to_vec()),
        Scalar::Text(text) => (6, text.as_bytes().to_vec()),
        Scalar::Bytes(bytes) => (7, bytes.to_vec()),
        Scalar::Timestamp(millis) => (9, signed(millis)),
    }
}

fn prefixed(bytes: &[u8], out: &mut Vec<u8>) {
    write_unsigned(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

pub fn write_signed(mut number: i64, out: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if (number == 0 && low & 0x40 == 0) || (number == -1 && low & 0x40 != 0) {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// Run-length encoding as the engine writes it: runs of two and more, the others one by one.
fn runs(values: &[Option<Vec<u8>>], split: bool) -> Vec<u8> {
    let mut out = Vec::new();
    if values.iter().all(Option::is_none) {
        return out;
    }
    let mut literal: Vec<&Vec<u8>> = Vec::new();
    let flush = |literal: &mut Vec<&Vec<u8>>, out: &mut Vec<u8>| {
        if !literal.is_empty() {
            write_signed(-i64::try_from(literal.len()).unwrap(), out);
            literal.drain(..).for_each(|value| out.extend(value));
        }
    };
    let mut at = 0;
    while at < values.len() {
        let count = values[at..].iter().take_while(|value| **value == values[at]).count();
        match &values[at] {
            None => {
                flush(&mut literal, &mut out);
                write_signed(0, &mut out);
                write_unsigned(count as u64, &mut out);
            }
            Some(value) if count > 1 => {
                flush(&mut literal, &mut out);
                if split && at == 0 && count > 3 {
                    write_signed(2, &mut out);
                    out.extend(value);
                    write_signed(i64::try_from(count - 2).unwrap(), &mut out);
                } else {
                    write_signed(i64::try_from(count).unwrap(), &mut out);
                }
                out.extend(value);
            }
            Some(value) => literal.push(value),
        }
        at += count;
    }
    flush(&mut literal, &mut out);
    out
}

fn sums(values: impl Iterator<Item = Option<i64>>) -> Vec<u8> {
    let mut before = 0_i64;
    let differences = values.map(|value| {
        value.map(|value| {
            let mut out = Vec::new();
            write_signed(value.wrapping_sub(before), &mut out);
            before = value;
            out
        })
    });
    runs(&differences.collect::<Vec<_>>(), false)
}

fn flags(values: impl Iterator<Item = bool>) -> Vec<u8> {
    let (mut out, mut now, mut count) = (Vec::new(), false, 0_u64);
    for value in values {
        if value != now {
            write_unsigned(count, &mut out);
            (now, count) = (value, 0);
        }
        count += 1;
    }
    write_unsigned(count, &mut out);
    out
}

#[test]
fn a_change_put_together_again_is_the_same_to_the_byte() {
    let (mut story, mut chance) = (honest::Story::begin(), Chance(11));
    (0..200).for_each(|_| story.step(&mut chance));
    for change in story.changes() {
        assert_eq!(Draft::of(&change).bytes(), change);
    }
}
