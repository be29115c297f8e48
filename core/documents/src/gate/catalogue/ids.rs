//! The names of what a document holds, by the operations that made it.

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

/// A place where one value is meant to stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Slot {
    Key(ObjectId, Box<str>),
    Element(ObjectId, OperationId),
}
