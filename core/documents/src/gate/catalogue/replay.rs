//! A catalogue that is made again from its journals, which [`super::journal`] writes.

use std::collections::BTreeSet;

use enhance_model::{ChangeHash, DeviceId, RefusalCode};

use super::{
    Catalogue,
    history::{Entering, Past},
    ids::{ObjectId, ObjectKind, OperationId, Slot},
    journal::read_start,
    judge::{number, refuse_unless},
    records::{Additions, Made, ObjectRow, Records},
};
use crate::{
    gate::{bytes::Bytes, columns::MAX_OPERATION_NUMBER},
    limits::MAX_OPERATIONS,
    schema::law::{Act, Place},
};

impl Catalogue {
    /// Enters what a journal tells of, which must go on where this catalogue ends.
    pub fn replay(&mut self, journal: &[u8]) -> Result<(), RefusalCode> {
        let mut rest = Bytes::new(journal);
        while !rest.is_empty() {
            let hash = ChangeHash::from_bytes(rest.array()?);
            self.replay_one(Some(hash), &mut rest)?;
        }
        Ok(())
    }

    /// Enters the next change of a journal, whose hash was read or is not known.
    pub(super) fn replay_one(
        &mut self,
        hash: Option<ChangeHash>,
        rest: &mut Bytes<'_>,
    ) -> Result<(), RefusalCode> {
        let history = &self.records.history;
        let place = number(history.changes.len() as u64)?;
        let (actor, owner) = match rest.unsigned()?.checked_sub(1) {
            Some(known) => {
                let known = history.actors.get(number(known)? as usize);
                known.map(|actor| (actor.bytes, actor.owner)).ok_or(RefusalCode::Malformed)?
            }
            None => (rest.array()?, DeviceId::from_bytes(rest.array()?)),
        };
        let own = history.actor(&actor).unwrap_or(number(history.actors.len() as u64)?);
        let start = read_start(rest.unsigned()?, history.last_op);
        let start = number(start.ok_or(RefusalCode::Malformed)?)?;
        let more = rest.unsigned()?;
        refuse_unless(more < MAX_OPERATIONS && u64::from(start) + more <= MAX_OPERATION_NUMBER)?;
        let last = start + number(more)?;
        let deps = list(rest, |rest| before(rest, place))?;
        let base = before(rest, place)?;
        let past = Past::known(base, BTreeSet::new(), deps);
        let root = self.identity.map(|identity| Place::root(identity.kind));
        let mut reader = Reader {
            records: &self.records,
            root: root.ok_or(RefusalCode::Malformed)?,
            own,
            additions: Additions { start, ..Additions::default() },
        };
        reader.additions(rest, more + 1)?;
        let additions = reader.additions;
        let entering = Entering { hash, actor: &actor, owner, start, last };
        let standing = self.records.standing_after(&additions, usize::MAX).unwrap_or_default();
        self.record(&entering, &past, additions, standing);
        Ok(())
    }
}

struct Reader<'c> {
    records: &'c Records,
    root: Place,
    own: u32,
    additions: Additions,
}

impl Reader<'_> {
    fn additions(&mut self, rest: &mut Bytes<'_>, operations: u64) -> Result<(), RefusalCode> {
        let runs = rest.unsigned()?;
        for _ in 0..runs {
            let length = rest.unsigned()?;
            let room = operations - self.additions.made.len() as u64;
            refuse_unless(length > 0 && length <= room)?;
            let made = made(rest)?;
            self.additions.made.resize(self.additions.made.len() + number(length)? as usize, made);
        }
        refuse_unless(self.additions.made.len() as u64 == operations)?;
        for _ in 0..rest.unsigned()? {
            self.object(rest)?;
        }
        self.count_inserted();
        for _ in 0..rest.unsigned()? {
            self.slot(rest)?;
        }
        for _ in 0..rest.unsigned()? {
            let (text, first) = (object(rest)?, id(rest)?);
            let length = rest.unsigned()?;
            refuse_unless(length <= operations)?;
            let elements = (0..number(length)?).map(|offset| {
                let counter = first.counter.saturating_add(offset);
                (text, OperationId { counter, actor: first.actor })
            });
            self.additions.deleted.extend(elements);
        }
        for _ in 0..rest.unsigned()? {
            let id = self.own(rest.unsigned()?)?;
            self.additions.schemas.push((id, number(rest.unsigned()?)?));
        }
        if rest.unsigned()? == 1 {
            self.additions.about = Some(text(rest)?.into());
        }
        Ok(())
    }

    /// An operation of this change, by its place there.
    fn own(&self, offset: u64) -> Result<OperationId, RefusalCode> {
        refuse_unless(offset < self.additions.made.len() as u64)?;
        Ok(OperationId { counter: self.additions.start + number(offset)?, actor: self.own })
    }

    fn made_at(&self, id: OperationId) -> Option<&Made> {
        self.additions.made.get((id.counter - self.additions.start) as usize)
    }

    /// An object with its place, which follows from where it was made.
    fn object(&mut self, rest: &mut Bytes<'_>) -> Result<(), RefusalCode> {
        let id = self.own(rest.unsigned()?)?;
        let (kind, act) = match rest.array()? {
            [0] => (ObjectKind::Map, Act::MakeMap),
            [1] => (ObjectKind::List, Act::MakeList),
            [2] => (ObjectKind::Text, Act::MakeText),
            _ => return Err(RefusalCode::Malformed),
        };
        let [depth] = rest.array()?;
        let place = match self.made_at(id) {
            Some(Made::AtKey(parent, key)) => {
                let parent = self.row(*parent).map_or(self.root, |row| row.place);
                parent.judge(key, &act, true).unwrap_or(Place::Undeclared)
            }
            _ => Place::Undeclared,
        };
        self.additions.objects.push((id, ObjectRow { kind, place, depth }));
        Ok(())
    }

    /// An object that was made; none is the root.
    fn row(&self, object: ObjectId) -> Option<ObjectRow> {
        let ObjectId::Made(id) = object else { return None };
        let own = self.additions.objects.iter().find(|(made, _)| *made == id);
        own.map(|(_, row)| row).or_else(|| self.records.objects.get(&id)).copied()
    }

    fn count_inserted(&mut self) {
        let additions = &self.additions;
        let mut texts = Vec::new();
        for run in additions.made.chunk_by(|one, next| one == next) {
            let Some(Made::Element(text)) = run.first() else { continue };
            if self.row(*text).is_some_and(|row| matches!(row.kind, ObjectKind::Text)) {
                texts.push((*text, run.len() as u64));
            }
        }
        for (text, count) in texts {
            *self.additions.inserted.entry(text).or_default() += count;
        }
    }

    fn slot(&mut self, rest: &mut Bytes<'_>) -> Result<(), RefusalCode> {
        let put = match rest.unsigned()?.checked_sub(1) {
            Some(offset) => Some(self.own(offset)?),
            None => None,
        };
        let slot = match put.map(|id| self.made_at(id)) {
            Some(Some(Made::AtKey(object, key))) => Slot::Key(*object, key.clone()),
            Some(Some(Made::OnElement(object, element))) => Slot::Element(*object, *element),
            Some(_) => return Err(RefusalCode::Malformed),
            None => match rest.array()? {
                [0] => Slot::Key(object(rest)?, text(rest)?.into()),
                [1] => Slot::Element(object(rest)?, id(rest)?),
                _ => return Err(RefusalCode::Malformed),
            },
        };
        if let Slot::Key(ObjectId::Root, key) = &slot {
            self.additions.root_keys.insert(key.clone());
        }
        let replaced = list(rest, id)?;
        self.additions.slots.push((slot, put, replaced));
        Ok(())
    }
}

/// As many things as a number says; each takes at least a byte.
fn list<T>(
    rest: &mut Bytes<'_>,
    one: impl Fn(&mut Bytes<'_>) -> Result<T, RefusalCode>,
) -> Result<Vec<T>, RefusalCode> {
    let count = rest.unsigned()?;
    refuse_unless(count <= rest.len())?;
    (0..count).map(|_| one(rest)).collect()
}

/// A place at or before this one.
fn before(rest: &mut Bytes<'_>, place: u32) -> Result<u32, RefusalCode> {
    place.checked_sub(number(rest.unsigned()?)?).ok_or(RefusalCode::Malformed)
}

fn made(rest: &mut Bytes<'_>) -> Result<Made, RefusalCode> {
    Ok(match rest.array()? {
        [0] => Made::Nothing,
        [1] => Made::Element(object(rest)?),
        [2] => Made::AtKey(object(rest)?, text(rest)?.into()),
        [3] => Made::OnElement(object(rest)?, id(rest)?),
        _ => return Err(RefusalCode::Malformed),
    })
}

fn object(rest: &mut Bytes<'_>) -> Result<ObjectId, RefusalCode> {
    let Some(actor) = rest.unsigned()?.checked_sub(1) else { return Ok(ObjectId::Root) };
    let (actor, counter) = (number(actor)?, number(rest.unsigned()?)?);
    Ok(ObjectId::Made(OperationId { counter, actor }))
}

fn id(rest: &mut Bytes<'_>) -> Result<OperationId, RefusalCode> {
    let (actor, counter) = (number(rest.unsigned()?)?, number(rest.unsigned()?)?);
    Ok(OperationId { counter, actor })
}

fn text<'a>(rest: &mut Bytes<'a>) -> Result<&'a str, RefusalCode> {
    let length = rest.unsigned()?;
    std::str::from_utf8(rest.take(length)?).map_err(|_| RefusalCode::Malformed)
}
