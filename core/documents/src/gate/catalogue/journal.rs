//! What each change added to a catalogue, in bytes, so that one can be made again without the
//! changes: some fifty bytes beside each, read in a fraction of the time that judging takes. Most
//! of that is the change's hash; the rest of it is the same for one keystroke after the other.
//!
//! It is written where changes were judged and is not judged again, so it must come from where
//! nobody else writes. Bytes that are no journal are an error all the same.

use super::{
    history::{Entering, History, Past},
    ids::{ObjectId, ObjectKind, OperationId, Slot},
    records::{Additions, Made},
};
use crate::gate::bytes::write_unsigned;

/// What the changes since some place added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// How many changes came before.
    pub first: usize,
    /// How many it tells of.
    pub changes: usize,
    pub bytes: Vec<u8>,
}

/// A change as it is entered.
pub struct Step<'a> {
    pub entering: &'a Entering<'a>,
    pub past: &'a Past,
    pub additions: &'a Additions,
}

impl Journal {
    /// Notes a change that is about to be entered after what `history` holds, with its hash if that
    /// is wanted.
    pub fn note(&mut self, step: &Step<'_>, history: &History, with_hash: bool) {
        let hash = step.entering.hash.filter(|_| with_hash);
        self.bytes.extend_from_slice(hash.as_ref().map_or(&[], |hash| hash.as_bytes().as_slice()));
        step.write(history, &mut self.bytes);
        self.changes += 1;
    }
}

impl Step<'_> {
    /// Writes all of it but the hash.
    pub fn write(&self, history: &History, out: &mut Vec<u8>) {
        let place = history.changes.len() as u64;
        let Entering { actor, owner, start, last, .. } = self.entering;
        if let Some(known) = history.actor(actor) {
            write_unsigned(u64::from(known) + 1, out);
        } else {
            out.push(0);
            out.extend_from_slice(&actor[..]);
            out.extend_from_slice(owner.as_bytes());
        }
        write_start(*start, history.last_op, out);
        write_unsigned(u64::from(last - start), out);
        write_unsigned(self.past.deps.len() as u64, out);
        for dep in &self.past.deps {
            write_unsigned(place - u64::from(*dep), out);
        }
        write_unsigned(place - u64::from(self.past.base()), out);
        write_additions(self.additions, out);
    }
}

/// The number of the first operation, counted from where the numbers of the document end, in which
/// most begin: even numbers go up from there, odd ones down.
fn write_start(start: u32, last: u32, out: &mut Vec<u8>) {
    let (start, next) = (u64::from(start), u64::from(last) + 1);
    let folded = if start >= next { (start - next) * 2 } else { (next - start) * 2 - 1 };
    write_unsigned(folded, out);
}

/// The number that [`write_start`] wrote, if it can be one.
pub fn read_start(folded: u64, last: u32) -> Option<u64> {
    let next = u64::from(last) + 1;
    if folded.is_multiple_of(2) {
        next.checked_add(folded / 2)
    } else {
        next.checked_sub(folded / 2 + 1)
    }
}

fn write_additions(additions: &Additions, out: &mut Vec<u8>) {
    let runs: Vec<&[Made]> = additions.made.chunk_by(|one, next| one == next).collect();
    write_unsigned(runs.len() as u64, out);
    for run in runs {
        write_unsigned(run.len() as u64, out);
        match run.first().unwrap_or(&Made::Nothing) {
            Made::Nothing => out.push(0),
            Made::Element(object) => {
                out.push(1);
                write_object(*object, out);
            }
            Made::AtKey(object, key) => {
                out.push(2);
                write_object(*object, out);
                write_text(key, out);
            }
            Made::OnElement(object, element) => {
                out.push(3);
                write_object(*object, out);
                write_id(*element, out);
            }
        }
    }
    write_unsigned(additions.objects.len() as u64, out);
    for (id, row) in &additions.objects {
        write_unsigned(u64::from(id.counter - additions.start), out);
        out.push(match row.kind {
            ObjectKind::Map => 0,
            ObjectKind::List => 1,
            ObjectKind::Text => 2,
        });
        out.push(row.depth);
    }
    write_slots(additions, out);
    let follows = |one: &(ObjectId, OperationId), next: &(ObjectId, OperationId)| {
        one.0 == next.0 && one.1.actor == next.1.actor && one.1.counter + 1 == next.1.counter
    };
    let runs: Vec<_> = additions.deleted.chunk_by(follows).collect();
    write_unsigned(runs.len() as u64, out);
    for run in runs {
        let Some((text, first)) = run.first() else { continue };
        write_object(*text, out);
        write_id(*first, out);
        write_unsigned(run.len() as u64, out);
    }
    write_unsigned(additions.schemas.len() as u64, out);
    for (id, schema) in &additions.schemas {
        write_unsigned(u64::from(id.counter - additions.start), out);
        write_unsigned(u64::from(*schema), out);
    }
    write_unsigned(u64::from(additions.about.is_some()), out);
    if let Some(about) = &additions.about {
        write_text(about, out);
    }
}

fn write_slots(additions: &Additions, out: &mut Vec<u8>) {
    write_unsigned(additions.slots.len() as u64, out);
    for (slot, put, replaced) in &additions.slots {
        if let Some(id) = put {
            write_unsigned(u64::from(id.counter - additions.start) + 1, out);
        } else {
            out.push(0);
            write_slot(slot, out);
        }
        write_unsigned(replaced.len() as u64, out);
        for id in replaced {
            write_id(*id, out);
        }
    }
}

fn write_slot(slot: &Slot, out: &mut Vec<u8>) {
    match slot {
        Slot::Key(object, key) => {
            out.push(0);
            write_object(*object, out);
            write_text(key, out);
        }
        Slot::Element(object, element) => {
            out.push(1);
            write_object(*object, out);
            write_id(*element, out);
        }
    }
}

fn write_object(object: ObjectId, out: &mut Vec<u8>) {
    match object {
        ObjectId::Root => out.push(0),
        ObjectId::Made(id) => {
            write_unsigned(u64::from(id.actor) + 1, out);
            write_unsigned(u64::from(id.counter), out);
        }
    }
}

fn write_id(id: OperationId, out: &mut Vec<u8>) {
    write_unsigned(u64::from(id.actor), out);
    write_unsigned(u64::from(id.counter), out);
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_unsigned(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}
