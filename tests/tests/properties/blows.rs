//! What somebody may send who may edit a plan, most of it near the ends of what is let in.

use automerge::{ObjType, ScalarValue};
use proptest::{collection::vec, prelude::*, sample::select};

/// What somebody sends who may edit a plan. Numbers choose among what there is and wrap around.
#[derive(Debug, Clone)]
pub enum Blow {
    /// So many changes side by side, after the change of this number.
    Beside(usize, u8),
    /// So many nulls at a key, none of which knows of another.
    Nulls(&'static str, u32),
    /// A change whose first operation has a number so far ahead.
    Ahead(u64),
    /// A change of this moment, in seconds.
    At(i64),
    /// A value anywhere in the document, after the change of this number.
    Put(usize, usize, Scalar),
    /// Something is taken away, after the change of this number.
    Delete(usize, usize),
    /// A map, a list or a text anywhere.
    Make(usize, usize, ObjType),
    /// So many characters written and taken away again.
    Type(usize, u32),
    /// So many new keys of the root.
    Keys(u8),
    /// A column of a change made otherwise.
    Column(u64, Vec<u8>),
    /// A byte of an honest change changed, with a checksum that is right.
    Mutant(usize, u8),
    /// A right given or taken away by somebody who may not, in a round of this number.
    Rights(u32, bool),
    /// An honest change once more.
    Repeat(usize),
}

/// A value that somebody puts somewhere.
#[derive(Debug, Clone)]
pub enum Scalar {
    Null,
    Flag(bool),
    Int(i64),
    Uint(u64),
    Text(u32),
    Moment(i64),
    Float(f64),
    Counter(i64),
    Bytes(u16),
}

impl Scalar {
    /// The value as the engine has it.
    pub fn value(&self) -> ScalarValue {
        match self {
            Self::Null => ScalarValue::Null,
            Self::Flag(flag) => (*flag).into(),
            Self::Int(number) => (*number).into(),
            Self::Uint(number) => (*number).into(),
            Self::Text(length) => "x".repeat(*length as usize).into(),
            Self::Moment(millis) => ScalarValue::Timestamp(*millis),
            Self::Float(number) => ScalarValue::F64(*number),
            Self::Counter(number) => ScalarValue::counter(*number),
            Self::Bytes(length) => ScalarValue::Bytes(vec![7; usize::from(*length)]),
        }
    }
}

/// What somebody sends, most of it near the ends of what is let in.
pub fn blows(most: usize) -> impl Strategy<Value = Vec<Blow>> {
    let which = || 0_usize..400;
    let blow = prop_oneof![
        4 => (which(), select(vec![1_u8, 7, 8, 9, 40])).prop_map(|(at, n)| Blow::Beside(at, n)),
        3 => (select(vec!["title", "n", "status", "aim"]), select(vec![1_u32, 63, 64, 65, 49_999]))
            .prop_map(|(key, count)| Blow::Nulls(key, count)),
        3 => select(vec![0_u64, 1 << 10, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 30) - 9])
            .prop_map(Blow::Ahead),
        2 => select(vec![0_i64, -1, (1 << 40) - 1, 1 << 40, i64::MAX]).prop_map(Blow::At),
        9 => (which(), which(), scalar()).prop_map(|(at, what, to)| Blow::Put(at, what, to)),
        5 => (which(), which()).prop_map(|(at, what)| Blow::Delete(at, what)),
        4 => (which(), which(), select(vec![ObjType::Map, ObjType::List, ObjType::Text]))
            .prop_map(|(at, what, kind)| Blow::Make(at, what, kind)),
        3 => (which(), select(vec![1_u32, 4_000, 24_990])).prop_map(|(at, n)| Blow::Type(at, n)),
        2 => select(vec![1_u8, 30, 64]).prop_map(Blow::Keys),
        3 => (select(vec![0x15_u64, 0x34, 0x42, 0x56, 0x70, 0x94, 0x13]), vec(any::<u8>(), 0..4))
            .prop_map(|(column, bytes)| Blow::Column(column, bytes)),
        6 => (which(), any::<u8>()).prop_map(|(at, bits)| Blow::Mutant(at, bits)),
        2 => (select(vec![0_u32, 1, 9, u32::MAX - 1, u32::MAX]), any::<bool>())
            .prop_map(|(round, gives)| Blow::Rights(round, gives)),
        2 => which().prop_map(Blow::Repeat),
    ];
    vec(blow, 4..most)
}

fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        Just(Scalar::Null),
        any::<bool>().prop_map(Scalar::Flag),
        select(vec![0, -1, i64::MAX, i64::MIN]).prop_map(Scalar::Int),
        select(vec![0, 1, 3, 99, u64::MAX]).prop_map(Scalar::Uint),
        select(vec![0_u32, 1, 40, 5_000, 300_000]).prop_map(Scalar::Text),
        select(vec![0, i64::MAX, i64::MIN, 1 << 50]).prop_map(Scalar::Moment),
        select(vec![0.5, f64::NAN, f64::INFINITY]).prop_map(Scalar::Float),
        any::<i64>().prop_map(Scalar::Counter),
        select(vec![0_u16, 16, 9_000]).prop_map(Scalar::Bytes),
    ]
}
