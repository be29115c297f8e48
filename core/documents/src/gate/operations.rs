//! The operations of a change, one by one, as the engine will see them.

use automerge::ScalarValue;
use enhance_model::RefusalCode;

use super::{
    bytes::Bytes,
    canonical::{Column, Flags, Sums, refuse_if},
    columns::{ColumnName, Columns, MAX_OPERATION_NUMBER},
};
use crate::schema::law::Act;

/// Bytes of a key of a map.
const MAX_KEY_BYTES: usize = 512;

/// An operation by its number and its actor, which is a place in the change's own list of actors: 0
/// is the change's own, the others follow in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalId {
    pub counter: u32,
    pub actor: u32,
}

/// The object an operation works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Root,
    Made(LocalId),
}

/// The place in that object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    Map(&'a str),
    /// Before the first element of a list or text.
    Head,
    Element(LocalId),
}

/// What an operation does. The engine knows three more, which no schema uses: increment, table and
/// mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    MakeMap,
    Put,
    MakeList,
    Delete,
    MakeText,
}

/// A scalar as it is put.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    Null,
    Boolean(bool),
    Unsigned(u64),
    Integer(i64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Timestamp(i64),
}

/// One operation, by the places that its change gives to actors.
#[derive(Debug, Clone)]
pub struct Operation<'a> {
    pub object: Object,
    pub key: Key<'a>,
    /// Whether it makes a new element after `key`.
    pub insert: bool,
    pub action: Action,
    pub value: Scalar<'a>,
    /// The operations it replaces, by their places in [`Operations::replaced`].
    pub replaces: std::ops::Range<usize>,
}

/// The operations of one change in their order; the first has the number `start_op` of the change.
#[derive(Debug, Clone, Default)]
pub struct Operations<'a> {
    pub all: Vec<Operation<'a>>,
    pub replaced: Vec<LocalId>,
}

impl<'a> Operations<'a> {
    /// Reads the columns of a change that was scanned: there are `rows` operations and `actors`
    /// actors, its own among them. Refuses bytes that the engine would write differently (rule R1),
    /// what no schema uses (R9, R10), and what an operation of its kind never has (R12 to R14, R17,
    /// R18 as far as they ask for nothing but the operation).
    pub fn read(columns: &Columns<'a>, rows: u64, actors: u64) -> Result<Self, RefusalCode> {
        refuse_if(columns.has_empty())?;
        for unused in [ColumnName::Expand, ColumnName::MarkName] {
            refuse_if(!columns.bytes(unused).is_empty())?;
        }
        let mut reader = Reader::new(columns, actors);
        let mut operations = Self::default();
        for _ in 0..rows {
            let operation = reader.operation(&mut operations.replaced)?;
            operations.all.push(operation);
        }
        reader.end()?;
        Ok(operations)
    }
}

struct Reader<'a> {
    actors: u64,
    object_actor: Column<'a, u64>,
    object_counter: Column<'a, u64>,
    key_actor: Column<'a, u64>,
    key_counter: Sums<'a>,
    key_string: Column<'a, &'a str>,
    insert: Flags<'a>,
    action: Column<'a, u64>,
    value_meta: Column<'a, u64>,
    value: Bytes<'a>,
    replaced_count: Column<'a, u64>,
    replaced_actor: Column<'a, u64>,
    replaced_counter: Sums<'a>,
    /// Which columns hold more than nulls: a column of nulls is left out by the engine.
    says: Says,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each column that may be left out")]
struct Says {
    object: bool,
    key_actor: bool,
    key_counter: bool,
    key_string: bool,
    replaced: bool,
}

impl<'a> Reader<'a> {
    fn new(columns: &Columns<'a>, actors: u64) -> Self {
        let bytes = |name| columns.bytes(name);
        Self {
            actors,
            object_actor: Column::new(bytes(ColumnName::ObjectActor)),
            object_counter: Column::new(bytes(ColumnName::ObjectCounter)),
            key_actor: Column::new(bytes(ColumnName::KeyActor)),
            key_counter: Sums::new(bytes(ColumnName::KeyCounter)),
            key_string: Column::new(bytes(ColumnName::KeyString)),
            insert: Flags::new(bytes(ColumnName::Insert)),
            action: Column::new(bytes(ColumnName::Action)),
            value_meta: Column::new(bytes(ColumnName::ValueMeta)),
            value: bytes(ColumnName::Value),
            replaced_count: Column::new(bytes(ColumnName::ReplacedCount)),
            replaced_actor: Column::new(bytes(ColumnName::ReplacedActor)),
            replaced_counter: Sums::new(bytes(ColumnName::ReplacedCounter)),
            says: Says::default(),
        }
    }

    fn operation(&mut self, replaced: &mut Vec<LocalId>) -> Result<Operation<'a>, RefusalCode> {
        let object = self.object()?;
        let key = self.key()?;
        let insert = self.insert.next()?;
        let action = match self.action.next_some()? {
            0 => Action::MakeMap,
            1 => Action::Put,
            2 => Action::MakeList,
            3 => Action::Delete,
            4 => Action::MakeText,
            _ => return Err(RefusalCode::WrongSchema),
        };
        let value = self.scalar()?;
        let from = replaced.len();
        for _ in 0..self.replaced_count.next_some()? {
            let actor = self.replaced_actor.next_some()?;
            let counter = self.replaced_counter.next()?.ok_or(RefusalCode::Malformed)?;
            replaced.push(self.id(actor, counter)?);
            self.says.replaced = true;
        }
        let operation =
            Operation { object, key, insert, action, value, replaces: from..replaced.len() };
        operation.check()?;
        Ok(operation)
    }

    fn id<N: TryInto<u64>>(&self, actor: u64, counter: N) -> Result<LocalId, RefusalCode> {
        let counter = counter.try_into().ok().filter(|at| (1..MAX_OPERATION_NUMBER).contains(at));
        let counter = counter.and_then(|counter| u32::try_from(counter).ok());
        let actor = Some(actor).filter(|actor| *actor < self.actors);
        let actor = actor.and_then(|actor| u32::try_from(actor).ok());
        counter
            .zip(actor)
            .map_or(Err(RefusalCode::Malformed), |(counter, actor)| Ok(LocalId { counter, actor }))
    }

    fn object(&mut self) -> Result<Object, RefusalCode> {
        match (self.object_actor.next()?, self.object_counter.next()?) {
            (None, None) => Ok(Object::Root),
            (Some(actor), Some(counter)) => {
                self.says.object = true;
                Ok(Object::Made(self.id(actor, counter)?))
            }
            _ => Err(RefusalCode::Malformed),
        }
    }

    fn key(&mut self) -> Result<Key<'a>, RefusalCode> {
        let (actor, counter) = (self.key_actor.next()?, self.key_counter.next()?);
        let string = self.key_string.next()?;
        self.says.key_actor |= actor.is_some();
        self.says.key_counter |= counter.is_some();
        self.says.key_string |= string.is_some();
        match (actor, counter, string) {
            (None, None, Some(key)) if !key.is_empty() && key.len() <= MAX_KEY_BYTES => {
                Ok(Key::Map(key))
            }
            (None, Some(0), None) => Ok(Key::Head),
            (Some(actor), Some(counter), None) => Ok(Key::Element(self.id(actor, counter)?)),
            _ => Err(RefusalCode::Malformed),
        }
    }

    /// A value by its type and its bytes, each number in as few bytes as it needs (rule R18).
    fn scalar(&mut self) -> Result<Scalar<'a>, RefusalCode> {
        let meta = self.value_meta.next_some()?;
        let bytes = self.value.take(meta >> 4)?;
        let mut rest = Bytes::new(bytes);
        let scalar = match meta & 0xf {
            0 => Scalar::Null,
            1 => Scalar::Boolean(false),
            2 => Scalar::Boolean(true),
            3 => Scalar::Unsigned(rest.unsigned()?),
            4 => Scalar::Integer(rest.signed()?),
            5 => {
                let float = f64::from_le_bytes(rest.array()?);
                refuse_if(!float.is_finite())?;
                Scalar::Float(float)
            }
            6 => {
                rest = Bytes::new(&[]);
                Scalar::Text(std::str::from_utf8(bytes).map_err(|_| RefusalCode::Malformed)?)
            }
            7 => {
                rest = Bytes::new(&[]);
                Scalar::Bytes(bytes)
            }
            9 => Scalar::Timestamp(rest.signed()?),
            _ => return Err(RefusalCode::WrongSchema),
        };
        refuse_if(!rest.is_empty())?;
        Ok(scalar)
    }

    fn end(self) -> Result<(), RefusalCode> {
        let Says { object, key_actor, key_counter, key_string, replaced } = self.says;
        self.object_actor.end(object)?;
        self.object_counter.end(object)?;
        self.key_actor.end(key_actor)?;
        self.key_counter.end(key_counter)?;
        self.key_string.end(key_string)?;
        self.insert.end()?;
        self.action.end(true)?;
        self.value_meta.end(true)?;
        self.replaced_count.end(true)?;
        self.replaced_actor.end(replaced)?;
        self.replaced_counter.end(replaced)?;
        refuse_if(!self.value.is_empty())
    }
}

impl Operation<'_> {
    /// What it does, in the terms of what is declared.
    pub fn act(&self) -> Act {
        match self.action {
            Action::MakeMap => Act::MakeMap,
            Action::MakeList => Act::MakeList,
            Action::MakeText => Act::MakeText,
            Action::Delete => Act::Delete,
            Action::Put => Act::Put(match self.value {
                Scalar::Null => ScalarValue::Null,
                Scalar::Boolean(flag) => ScalarValue::Boolean(flag),
                Scalar::Unsigned(number) => ScalarValue::Uint(number),
                Scalar::Integer(number) => ScalarValue::Int(number),
                Scalar::Float(number) => ScalarValue::F64(number),
                Scalar::Text(text) => ScalarValue::Str(text.into()),
                Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.to_vec()),
                Scalar::Timestamp(millis) => ScalarValue::Timestamp(millis),
            }),
        }
    }

    /// What can be said of an operation by itself.
    fn check(&self) -> Result<(), RefusalCode> {
        let is_in_map = matches!(self.key, Key::Map(_));
        let is_delete = self.action == Action::Delete;
        refuse_if(is_in_map && self.insert)?;
        refuse_if(self.key == Key::Head && !self.insert)?;
        refuse_if(self.insert && (is_delete || !self.replaces.is_empty()))?;
        refuse_if(is_delete && self.replaces.is_empty())?;
        refuse_if(self.action != Action::Put && self.value != Scalar::Null)
    }
}
