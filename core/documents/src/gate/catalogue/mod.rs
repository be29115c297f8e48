//! What a document's operations made, so that the next change can be judged without the document.
//!
//! The engine panics, loses what was written or opens nothing any more when a change speaks of
//! what is not there, or not in its past (automerge 0.12). So everything a change speaks of is
//! looked up here first: which operation made which object, which elements are in which text,
//! what stands at which key. A rule asks the change and its causal past alone, which are the same
//! on every device, so that every device answers alike. It costs a few look-ups for each operation,
//! however large the document is.
//!
//! The rules have numbers (R1 to R21). Those about bytes and single operations are kept where
//! operations are read ([`super::operations`]); those about what is there, here.

mod bounds;
mod history;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::{HashMap, HashSet};

use enhance_model::{ChangeHash, DeviceId, DocumentKind, RefusalCode};

pub use self::bounds::Bounds;
use self::{
    history::{Entering, History, Past},
    texts::Lengths,
};
use super::{
    operations::{Action, Key, LocalId, Object, Operation, Operations, Scalar},
    prescan::{ActorBytes, ChangeHeader},
};
use crate::schema::{
    Identity,
    law::{Act, Breach, Creation, Place, schema_of},
};

/// Seconds since 1970 that a change may name, and none before (rule R7): the engine adds up the
/// differences of neighbours.
const TIMES: std::ops::Range<i64> = 0..1 << 40;

/// An operation of the document: its number, and the place of its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId {
    pub counter: u32,
    pub actor: u32,
}

/// An object of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectId {
    Root,
    Made(OperationId),
}

/// The kind of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKind {
    Map,
    List,
    Text,
}

/// An object with its place in the tree, which never changes.
#[derive(Debug, Clone, Copy)]
struct ObjectRow {
    kind: ObjectKind,
    place: Place,
    depth: u8,
}

/// What an operation made, as far as a later one may speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Made {
    /// An element of a list or text.
    Element(ObjectId),
    /// A value at a key of a map.
    AtKey(ObjectId, Box<str>),
    /// A value in the place of an element.
    OnElement(ObjectId, OperationId),
    /// Nothing: it deleted.
    Nothing,
}

/// Neighbouring operations of an actor that made the same.
#[derive(Debug, Clone)]
struct Run {
    start: u32,
    length: u32,
    made: Made,
}

/// How many objects may stand in each other: no schema needs more, and the engine walks them.
const MAX_DEPTH: u8 = 8;

/// What is known of one document.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Known from the change that created the document.
    identity: Option<Identity>,
    /// What comments are about, as their creation says.
    about: Option<String>,
    history: History,
    /// For each actor, what it made, by number.
    runs: Vec<Vec<Run>>,
    objects: HashMap<OperationId, ObjectRow>,
    /// The values that stand at each place where more than one was ever put.
    standing: HashMap<Slot, Vec<OperationId>>,
    lengths: Lengths,
    /// Keys of the root at which anything was ever put.
    root_keys: HashSet<Box<str>>,
    /// Every value that the schema's number was given.
    schemas: Vec<(OperationId, u32)>,
    /// All operations, deletions included.
    operations: u64,
    /// By how much each device has skipped ahead in the numbering.
    gaps: HashMap<DeviceId, u64>,
}

/// A place where one value is meant to stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Slot {
    Key(ObjectId, Box<str>),
    Element(ObjectId, OperationId),
}

/// Who sends a change, and how much the document takes.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The device that the change is taken to be of.
    pub device: DeviceId,
    /// Whether another device is of the same person.
    pub is_of_same_person: &'a dyn Fn(DeviceId) -> bool,
    /// None where the server hands on what it admitted.
    pub bounds: Option<&'a Bounds>,
}

/// Why a change is not entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Missing(Vec<ChangeHash>),
    Rejected(RefusalCode),
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::Rejected(code)
    }
}

impl Catalogue {
    /// The catalogue of a document that has no change yet and is to be the expected one.
    pub(crate) fn new(expected: Option<Identity>) -> Self {
        Self { identity: expected, ..Self::default() }
    }

    /// What comments are about, in the words of the change that created them.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// The device that an actor belongs to.
    pub(crate) fn owner(&self, actor: &ActorBytes) -> Option<DeviceId> {
        let actor = self.history.actors.get(self.history.actor(actor)? as usize)?;
        Some(actor.owner)
    }

    /// How many changes it has.
    pub fn changes(&self) -> usize {
        self.history.changes.len()
    }

    /// How many operations its changes have, deletions included.
    pub const fn operations(&self) -> u64 {
        self.operations
    }

    /// Those of the changes that are not in it.
    pub(crate) fn missing(&self, changes: &[ChangeHash]) -> Vec<ChangeHash> {
        changes.iter().filter(|hash| !self.contains(hash)).copied().collect()
    }

    /// The changes on which no other depends.
    pub(crate) fn heads(&self) -> Vec<ChangeHash> {
        let rows = self.history.heads.iter();
        let rows = rows.filter_map(|place| self.history.changes.get(*place as usize));
        rows.map(|row| row.hash).collect()
    }

    /// Whether a change is in it.
    pub fn contains(&self, change: &ChangeHash) -> bool {
        self.history.change(change).is_some()
    }

    /// Judges a change and enters it.
    pub fn enter(
        &mut self,
        change: &ChangeHeader,
        operations: &Operations<'_>,
        sender: Sender<'_>,
    ) -> Result<(), Refusal> {
        let past = self.history.past(&change.deps).map_err(Refusal::Missing)?;
        self.check_creation(change)?;
        let additions = self.judge(change, operations, &past)?;
        let standing = match sender.bounds {
            Some(bounds) => self.check_bounds(change, &past, &additions, (sender, bounds))?,
            None => HashMap::new(),
        };
        let (start, last) = (number(change.start_op)?, number(change.last_op())?);
        *self.gaps.entry(sender.device).or_default() += self.gap(change);
        let (hash, owner) = (change.hash, sender.device);
        let entering = Entering { hash, actor: &change.actor, owner, start, last };
        self.history.enter(&entering, &past);
        let actor = self.history.actor(&change.actor).unwrap_or_default();
        self.identity = self.identity.or(additions.identity);
        if additions.about.is_some() {
            self.about.clone_from(&additions.about);
        }
        self.add(actor, additions);
        self.standing.extend(standing);
        self.operations += change.operations;
        Ok(())
    }

    /// What stands where the change puts something, if all of it is within bounds.
    fn check_bounds(
        &self,
        change: &ChangeHeader,
        past: &Past,
        additions: &Additions,
        (sender, bounds): (Sender<'_>, &Bounds),
    ) -> Result<HashMap<Slot, Vec<OperationId>>, RefusalCode> {
        let is_of_sender =
            |place: &u32| self.history.owner(*place).is_some_and(sender.is_of_same_person);
        let before = &self.history.heads;
        let (mut heads, mut own) = (1, 1);
        for head in before.iter().filter(|head| !past.deps.contains(head)) {
            heads += 1;
            own += usize::from(is_of_sender(head));
        }
        let own_before = before.iter().filter(|head| is_of_sender(head)).count();
        let too_many =
            heads > bounds.heads.max(before.len()) || own > bounds.heads_of_one.max(own_before);
        let gaps = self.gaps.iter().filter(|(device, _)| (sender.is_of_same_person)(**device));
        let gaps = gaps.map(|(_, gap)| gap).sum::<u64>() + self.gap(change);
        let standing = self.standing_after(additions);
        let is_too_much = too_many
            || self.operations + change.operations > bounds.operations
            || gaps > bounds.gaps_of_one
            || standing.values().any(|values| values.len() > bounds.values);
        let most = match additions.identity.map(|identity| identity.kind) {
            Some(DocumentKind::PersonalRecord) => bounds.record_keys,
            _ => bounds.root_keys,
        };
        let new_keys = additions.root_keys.iter().filter(|key| !self.root_keys.contains(*key));
        if self.root_keys.len() + new_keys.count() > most {
            return Err(RefusalCode::WrongSchema);
        }
        let lengths = additions.inserted.iter();
        let mut lengths = lengths.map(|(text, more)| self.lengths.with(*text, *more));
        if additions.longest_value > bounds.text_chars
            || lengths.any(|length| length > bounds.text_chars)
        {
            return Err(RefusalCode::TextTooLong);
        }
        if is_too_much { Err(RefusalCode::Bomb) } else { Ok(standing) }
    }

    /// How many numbers a change leaves out.
    fn gap(&self, change: &ChangeHeader) -> u64 {
        change.start_op.saturating_sub(u64::from(self.history.last_op) + 1)
    }

    /// What stands at each place where a change puts something or takes it away.
    fn standing_after(&self, additions: &Additions) -> HashMap<Slot, Vec<OperationId>> {
        let mut after: HashMap<Slot, Vec<OperationId>> = HashMap::new();
        for (slot, put, replaced) in &additions.slots {
            let before = || self.standing.get(slot).cloned().unwrap_or_default();
            let values = after.entry(slot.clone()).or_insert_with(before);
            // One change could put more than any bound allows; what is too much stays too much.
            values.retain(|id| !replaced.contains(id));
            values.extend(*put);
        }
        after
    }

    /// What the operations of a change add, if all of them follow from its past.
    fn judge(
        &self,
        change: &ChangeHeader,
        operations: &Operations<'_>,
        past: &Past,
    ) -> Result<Additions, RefusalCode> {
        refuse_unless(TIMES.contains(&change.time))?;
        let actor = self.history.actor(&change.actor);
        self.check_sequence(change, actor, past)?;
        let own = actor.unwrap_or(u32::try_from(self.history.actors.len()).unwrap_or(u32::MAX));
        let others = self.other_actors(&change.other_actors)?;
        let start = number(change.start_op)?;
        let creates = change.deps.is_empty();
        let (identity, about) = if creates { self.created(operations)? } else { (None, None) };
        let identity = self.identity.or(identity).ok_or(RefusalCode::WrongSchema)?;
        let mut judge = Judge {
            root: Place::root(identity.kind),
            creates,
            catalogue: self,
            past,
            own,
            own_bytes: change.actor,
            others: &others,
            used: vec![false; others.len()],
            additions: Additions { start, identity: Some(identity), about, ..Additions::default() },
        };
        for operation in &operations.all {
            judge.operation(operation, &operations.replaced[operation.replaces.clone()])?;
        }
        // R6: exactly those that are used, or the engine would write others.
        refuse_unless(judge.used.iter().all(|used| *used))?;
        Ok(judge.additions)
    }

    /// A document is created once, by the change before all others. Only a personal record is
    /// created by several devices, all of them its owner's; a shared copy never changes.
    fn check_creation(&self, change: &ChangeHeader) -> Result<(), RefusalCode> {
        let kind = self.identity.map(|identity| identity.kind);
        if self.history.changes.is_empty() {
            return Ok(());
        }
        match kind {
            Some(DocumentKind::SharedReflection) => Err(RefusalCode::Immutable),
            Some(DocumentKind::PersonalRecord) => Ok(()),
            _ if change.deps.is_empty() => Err(RefusalCode::WrongSequence),
            _ => Ok(()),
        }
    }

    /// What the change that creates the document makes of it.
    fn created(
        &self,
        operations: &Operations<'_>,
    ) -> Result<(Option<Identity>, Option<String>), RefusalCode> {
        let mut creation = Creation::default();
        let mut about = None;
        for operation in &operations.all {
            if let (Object::Root, Key::Map(key)) = (operation.object, operation.key) {
                if let ("about", Scalar::Text(text)) = (key, operation.value) {
                    about = Some(text.to_owned());
                }
                creation.note(key, operation.act());
            }
        }
        let identity = creation.identity().ok_or(RefusalCode::WrongSchema)?;
        if self.identity.is_some_and(|expected| expected != identity) {
            return Err(RefusalCode::WrongSchema);
        }
        Ok((Some(identity), about))
    }

    /// R3 to R5 and R8: an actor's changes form a chain, of which the first and no other names the
    /// author, and numbers go up along it.
    fn check_sequence(
        &self,
        change: &ChangeHeader,
        actor: Option<u32>,
        past: &Past,
    ) -> Result<(), RefusalCode> {
        let own = actor.and_then(|actor| self.history.actors.get(actor as usize));
        let before = own.and_then(|own| own.changes.last().copied());
        let made = own.map_or(0, |own| own.changes.len() as u64);
        let follows = change.seq == made + 1
            && before.is_none_or(|before| past.contains(before))
            && change.start_op > u64::from(past.last_op);
        if !follows {
            return Err(RefusalCode::WrongSequence);
        }
        let names_author = change.author.is_some();
        if names_author == (change.seq == 1) { Ok(()) } else { Err(RefusalCode::WrongAuthor) }
    }

    /// R6: known, and in the order of their bytes.
    fn other_actors(&self, others: &[ActorBytes]) -> Result<Vec<u32>, RefusalCode> {
        refuse_unless(others.is_sorted_by(|one, next| one < next))?;
        let places = others.iter().map(|bytes| self.history.actor(bytes));
        places.map(|place| place.ok_or(RefusalCode::Malformed)).collect()
    }

    fn add(&mut self, actor: u32, additions: Additions) {
        let actor = actor as usize;
        if self.runs.len() <= actor {
            self.runs.resize_with(actor + 1, Vec::new);
        }
        let Some(runs) = self.runs.get_mut(actor) else { return };
        for (made, counter) in additions.made.into_iter().zip(additions.start..) {
            match runs.last_mut() {
                _ if made == Made::Nothing => {}
                Some(run) if run.start + run.length == counter && run.made == made => {
                    run.length += 1;
                }
                _ => runs.push(Run { start: counter, length: 1, made }),
            }
        }
        self.objects.extend(additions.objects);
        for (text, count) in additions.inserted {
            self.lengths.insert(text, count);
        }
        for (text, element) in additions.deleted {
            self.lengths.delete(text, element);
        }
        self.schemas.extend(additions.schemas);
        self.root_keys.extend(additions.root_keys);
    }

    /// What an operation of the document made, and the place of its change.
    fn made(&self, id: OperationId) -> Option<(&Made, u32)> {
        let runs = self.runs.get(id.actor as usize)?;
        let after = runs.partition_point(|run| run.start <= id.counter);
        let run = runs.get(after.checked_sub(1)?)?;
        let is_in = id.counter < run.start + run.length;
        let change = self.history.change_of(id.actor, id.counter)?;
        is_in.then_some((&run.made, change))
    }
}

/// What a change adds to the catalogue.
#[derive(Default)]
struct Additions {
    start: u32,
    identity: Option<Identity>,
    about: Option<String>,
    /// Characters inserted into each text, and those deleted.
    inserted: HashMap<ObjectId, u64>,
    deleted: Vec<(ObjectId, OperationId)>,
    /// Characters of the longest value that was put.
    longest_value: u64,
    schemas: Vec<(OperationId, u32)>,
    root_keys: HashSet<Box<str>>,
    /// What each operation made, in their order.
    made: Vec<Made>,
    objects: Vec<(OperationId, ObjectRow)>,
    /// Places with what is put there and what goes.
    slots: Vec<(Slot, Option<OperationId>, Vec<OperationId>)>,
}

struct Judge<'c> {
    root: Place,
    /// Whether the change creates the document.
    creates: bool,
    catalogue: &'c Catalogue,
    past: &'c Past,
    own: u32,
    own_bytes: ActorBytes,
    others: &'c [u32],
    used: Vec<bool>,
    additions: Additions,
}

impl Judge<'_> {
    fn operation(
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
        let known = self.catalogue.schemas.iter().chain(&self.additions.schemas);
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
            return Ok(ObjectRow { kind: ObjectKind::Map, place: self.root, depth: 0 });
        };
        let mut own = self.additions.objects.iter().rev();
        if let Some((_, row)) = own.find(|(made, _)| *made == id) {
            return Ok(*row);
        }
        // R19: in the past.
        self.made(id)?;
        self.catalogue.objects.get(&id).copied().ok_or(RefusalCode::Malformed)
    }

    /// What an operation made, if it comes before this one: earlier in the change, or in its past
    /// (rules R13, R16 and R19).
    fn made(&self, id: OperationId) -> Result<&Made, RefusalCode> {
        if id.actor == self.own && id.counter >= self.additions.start {
            let offset = (id.counter - self.additions.start) as usize;
            return self.additions.made.get(offset).ok_or(RefusalCode::Malformed);
        }
        let found = self.catalogue.made(id).filter(|(_, change)| self.past.contains(*change));
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
        let actor = other.and_then(|at| self.catalogue.history.actors.get(*at as usize));
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

fn number(number: u64) -> Result<u32, RefusalCode> {
    u32::try_from(number).map_err(|_| RefusalCode::Bomb)
}

fn refuse_unless(good: bool) -> Result<(), RefusalCode> {
    if good { Ok(()) } else { Err(RefusalCode::Malformed) }
}
