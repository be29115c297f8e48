//! Judging the operations of a change against what is recorded, and noting what they add.

use enhance_model::{DocumentKind, RefusalCode};

use super::{
    history::Past,
    ids::{ObjectId, ObjectKind, OperationId, Slot},
    records::{Additions, Made, ObjectRow, Records},
};
use crate::{
    gate::{
        operations::{Action, Key, LocalId, Object, Operation, Scalar},
        prescan::ActorBytes,
    },
    schema::law::{Act, Breach, Place, schema_of},
};

/// How many objects may stand in each other: no schema needs more, and the engine walks them.
const MAX_DEPTH: u8 = 8;

/// A change under judgement.
pub struct Judge<'c> {
    pub kind: DocumentKind,
    /// Whether the change creates the document.
    pub creates: bool,
    pub records: &'c Records,
    pub past: &'c Past,
    pub own: u32,
    pub own_bytes: ActorBytes,
    pub others: &'c [u32],
    pub used: Vec<bool>,
    pub additions: Additions,
}

impl Judge<'_> {
    /// Judges one operation, after those before it.
    pub fn operation(
        &mut self,
        operation: &Operation<'_>,
        replaced: &[LocalId],
    ) -> Result<(), RefusalCode> {
        let object = match operation.object {
            Object::Root => ObjectId::Root,
            Object::Made(id) => ObjectId::Made(self.id(id)?),
        };
        let ObjectRow { kind, place, depth } = self.object(object)?;
        let made = match (operation.key, kind) {
            (Key::Map(key), ObjectKind::Map) => Made::AtKey(object, key.into()),
            (Key::Head, ObjectKind::List | ObjectKind::Text) => Made::Element(object),
            (Key::Element(id), ObjectKind::List | ObjectKind::Text) => {
                let element = self.id(id)?;
                // R13: of this very object, and earlier.
                refuse_unless(*self.made(element)? == Made::Element(object))?;
                if operation.insert {
                    Made::Element(object)
                } else {
                    Made::OnElement(object, element)
                }
            }
            _ => return Err(RefusalCode::Malformed),
        };
        let place = self.judge_place(operation, place, object)?;
        if kind == ObjectKind::Text {
            check_text(operation, replaced)?;
            self.note_length(object, &made, operation.insert);
        }
        let replaced = self.check_replaced(&made, replaced)?;
        let slot = match &made {
            Made::AtKey(object, key) => Some(Slot::Key(*object, key.clone())),
            Made::OnElement(object, element) if kind == ObjectKind::List => {
                Some(Slot::Element(*object, *element))
            }
            _ => None,
        };
        let id = self.next_id()?;
        if let Some(Slot::Key(ObjectId::Root, key)) = &slot {
            self.additions.root_keys.insert(key.clone());
        }
        if let Some(slot) = slot {
            let put = (operation.action != Action::Delete).then_some(id);
            self.additions.slots.push((slot, put, replaced));
        }
        if let Some(row) = made_object(operation, place, depth)? {
            self.additions.objects.push((id, row));
        }
        let deletes = operation.action == Action::Delete;
        self.additions.made.push(if deletes { Made::Nothing } else { made });
        Ok(())
    }

    /// What is declared at the place, and where an object that is made stands.
    fn judge_place(
        &mut self,
        operation: &Operation<'_>,
        place: Place,
        object: ObjectId,
    ) -> Result<Place, RefusalCode> {
        let Key::Map(key) = operation.key else { return Ok(Place::Undeclared) };
        let act = operation.act();
        let stands = place.judge(key, &act, self.creates).map_err(|breach| match breach {
            Breach::Type => RefusalCode::WrongSchema,
            Breach::Fixed => RefusalCode::Immutable,
        })?;
        let is_root = object == ObjectId::Root;
        self.additions.named.note((self.kind, is_root), place, key, &act);
        if let Scalar::Text(text) = operation.value {
            let chars = text.chars().count() as u64;
            self.additions.longest_value = self.additions.longest_value.max(chars);
        }
        if let (ObjectId::Root, "schema", Act::Put(value)) = (object, key, &act) {
            self.note_schema(schema_of(value).ok_or(RefusalCode::WrongSchema)?)?;
        }
        Ok(stands)
    }

    /// The schema's number only ever grows, as far as the change's past knows.
    fn note_schema(&mut self, number: u32) -> Result<(), RefusalCode> {
        let is_known = |(id, _): &&(OperationId, u32)| self.made(*id).is_ok();
        let known = self.records.schemas.iter().chain(&self.additions.schemas);
        let before = known.filter(is_known).map(|(_, number)| *number).max();
        if before.is_some_and(|before| number < before) {
            return Err(RefusalCode::Immutable);
        }
        let id = self.next_id()?;
        self.additions.schemas.push((id, number));
        Ok(())
    }

    fn note_length(&mut self, text: ObjectId, made: &Made, inserts: bool) {
        match made {
            Made::OnElement(_, element) if !inserts => {
                self.additions.deleted.push((text, *element));
            }
            _ => *self.additions.inserted.entry(text).or_default() += 1,
        }
    }

    /// An operation of this change or of its past, in the document's own numbers.
    fn id(&mut self, id: LocalId) -> Result<OperationId, RefusalCode> {
        let LocalId { counter, actor } = id;
        let Some(other) = (actor as usize).checked_sub(1) else {
            return Ok(OperationId { counter, actor: self.own });
        };
        let (used, actor) = (self.used.get_mut(other), self.others.get(other));
        let (used, actor) = used.zip(actor).ok_or(RefusalCode::Malformed)?;
        *used = true;
        Ok(OperationId { counter, actor: *actor })
    }

    /// R11: an object that was made earlier in the change, or in its past.
    fn object(&self, object: ObjectId) -> Result<ObjectRow, RefusalCode> {
        let ObjectId::Made(id) = object else {
            return Ok(ObjectRow {
                kind: ObjectKind::Map,
                place: Place::root(self.kind),
                depth: 0,
            });
        };
        let mut own = self.additions.objects.iter().rev();
        if let Some((_, row)) = own.find(|(made, _)| *made == id) {
            return Ok(*row);
        }
        // R19: in the past.
        self.made(id)?;
        self.records.objects.get(&id).copied().ok_or(RefusalCode::Malformed)
    }

    /// What an operation made, if it comes before this one: earlier in the change, or in its past
    /// (rules R13, R16 and R19).
    fn made(&self, id: OperationId) -> Result<&Made, RefusalCode> {
        if id.actor == self.own && id.counter >= self.additions.start {
            let offset = (id.counter - self.additions.start) as usize;
            return self.additions.made.get(offset).ok_or(RefusalCode::Malformed);
        }
        let found = self.records.made(id).filter(|(_, change)| self.past.contains(*change));
        found.map(|(made, _)| made).ok_or(RefusalCode::Malformed)
    }

    /// R15 and R16: what is replaced stands at the same place, and is named in order.
    fn check_replaced(
        &mut self,
        made: &Made,
        replaced: &[LocalId],
    ) -> Result<Vec<OperationId>, RefusalCode> {
        let (mut before, mut ids) = (None, Vec::new());
        for id in replaced {
            let here = (id.counter, self.actor_bytes(id.actor));
            refuse_unless(before.is_none_or(|before| before < here))?;
            before = Some(here);
            let id = self.id(*id)?;
            let stands = self.made(id)?;
            let is_here = match made {
                Made::OnElement(object, element) => {
                    stands == made || id == *element && *stands == Made::Element(*object)
                }
                _ => stands == made,
            };
            refuse_unless(is_here)?;
            ids.push(id);
        }
        Ok(ids)
    }

    /// The bytes of an actor of the change, by its place there.
    fn actor_bytes(&self, local: u32) -> ActorBytes {
        let other = (local as usize).checked_sub(1).and_then(|other| self.others.get(other));
        let actor = other.and_then(|at| self.records.history.actors.get(*at as usize));
        actor.map_or(self.own_bytes, |actor| actor.bytes)
    }

    /// The number of the operation that is judged now.
    fn next_id(&self) -> Result<OperationId, RefusalCode> {
        let counter = self.additions.start + number(self.additions.made.len() as u64)?;
        Ok(OperationId { counter, actor: self.own })
    }
}

/// The object that an operation makes, if it makes one.
fn made_object(
    operation: &Operation<'_>,
    place: Place,
    depth: u8,
) -> Result<Option<ObjectRow>, RefusalCode> {
    let kind = match operation.action {
        Action::MakeMap => ObjectKind::Map,
        Action::MakeList => ObjectKind::List,
        Action::MakeText => ObjectKind::Text,
        Action::Put | Action::Delete => return Ok(None),
    };
    if depth >= MAX_DEPTH {
        return Err(RefusalCode::WrongSchema);
    }
    Ok(Some(ObjectRow { kind, place, depth: depth + 1 }))
}

/// R21: a text takes one character at a time and loses elements, and nothing else stands in it.
fn check_text(operation: &Operation<'_>, replaced: &[LocalId]) -> Result<(), RefusalCode> {
    let is_good = match (operation.action, operation.value, operation.key) {
        (Action::Put, Scalar::Text(text), _) => operation.insert && text.chars().count() == 1,
        (Action::Delete, _, Key::Element(element)) => replaced == [element],
        _ => false,
    };
    if is_good { Ok(()) } else { Err(RefusalCode::WrongSchema) }
}

/// A number as the records keep it.
pub fn number(number: u64) -> Result<u32, RefusalCode> {
    u32::try_from(number).map_err(|_| RefusalCode::Bomb)
}

/// Refuses what follows from nothing.
pub fn refuse_unless(good: bool) -> Result<(), RefusalCode> {
    if good { Ok(()) } else { Err(RefusalCode::Malformed) }
}
