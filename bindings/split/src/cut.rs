//! Which function goes where, and what both parts have to know of each other.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::ExportKind;
use wasmparser::TableType;

use crate::{
    SplitError,
    module::{Module, number},
    uses::Uses,
};

/// Bytes up to which a function is kept in the first part: its stub would be no shorter.
const SHORT: usize = 12;

/// How a module is cut. All numbers are those that the whole module has, unless said otherwise.
pub struct Cut {
    /// The functions of the first part.
    pub at_first: BTreeSet<u32>,
    /// Those of the rest that the first part has a stub of, and the place of each in the table.
    pub stubs: BTreeMap<u32, u32>,
    /// Those that had no place in the table; they have the places behind its end, in this order.
    pub placed: Vec<u32>,
    /// The functions of the rest.
    pub later: BTreeSet<u32>,
    /// What the rest uses of the first part, in the order in which it imports it.
    pub shared: Vec<Shared>,
    /// The imported function that has the rest brought.
    pub asks: u32,
}

/// Something of the first part that the rest uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shared {
    pub kind: ExportKind,
    pub index: u32,
}

impl Cut {
    pub fn of(whole: &Module<'_>, seen: &BTreeSet<u32>, asks: &str) -> Result<Self, SplitError> {
        let named = whole.imports.iter().position(|name| name.starts_with(asks));
        let asks = named.map(number).ok_or_else(|| SplitError::NobodyAsks(asks.to_owned()))?;
        let mut at_first: BTreeSet<u32> = seen.iter().map(|n| n + whole.imported).collect();
        let wanted = wanted(whole, &mut at_first)?;
        let end = whole.places_in_table()?;
        let mut stubs: BTreeMap<u32, u32> =
            whole.places.iter().map(|(place, function)| (*function, *place)).collect();
        stubs.retain(|function, _| wanted.contains(function));
        let placed: Vec<u32> =
            wanted.into_iter().filter(|function| !stubs.contains_key(function)).collect();
        stubs.extend(placed.iter().copied().zip(end..));
        let later: BTreeSet<u32> =
            whole.own().filter(|function| !at_first.contains(function)).collect();
        let shared = shared(whole, &later)?;
        Ok(Self { at_first, stubs, placed, later, shared, asks })
    }

    /// The type of a table as both parts have it: the one of functions has more places than before.
    pub fn table_type(&self, whole: &Module<'_>, table: u32, before: TableType) -> TableType {
        let more = if table == whole.table { self.placed.len() as u64 } else { 0 };
        let maximum = before.maximum.map(|most| most + more);
        TableType { initial: before.initial + more, maximum, ..before }
    }
}

/// The functions of the rest that the first part calls, has in its table, or exports. What is short
/// among them becomes one of the first part.
fn wanted(whole: &Module<'_>, at_first: &mut BTreeSet<u32>) -> Result<BTreeSet<u32>, SplitError> {
    let mut uses = Uses::default();
    uses.functions.extend(whole.outward.iter().chain(whole.places.values()));
    let mut added: Vec<u32> = at_first.iter().copied().collect();
    loop {
        for body in added.iter().filter_map(|function| whole.body(*function)) {
            uses.add(body)?;
        }
        let wanted = uses.functions.iter().copied();
        let wanted: BTreeSet<u32> = wanted
            .filter(|function| whole.body(*function).is_some() && !at_first.contains(function))
            .collect();
        let is_short = |function: &u32| {
            whole.body(*function).is_some_and(|body| body.as_bytes().len() <= SHORT)
        };
        added = wanted.iter().copied().filter(is_short).collect();
        if added.is_empty() {
            return Ok(wanted);
        }
        at_first.extend(&added);
    }
}

fn shared(whole: &Module<'_>, later: &BTreeSet<u32>) -> Result<Vec<Shared>, SplitError> {
    let mut uses = Uses::default();
    for body in later.iter().filter_map(|function| whole.body(*function)) {
        uses.add(body)?;
    }
    if uses.segments {
        return Err(SplitError::Unforeseen("segments that are put in place by hand"));
    }
    // What it puts its own functions into.
    uses.tables.insert(whole.table);
    let functions = uses.functions.difference(later).copied();
    let of = |kind| move |index| Shared { kind, index };
    Ok(functions
        .map(of(ExportKind::Func))
        .chain(uses.tables.into_iter().map(of(ExportKind::Table)))
        .chain(uses.memories.into_iter().map(of(ExportKind::Memory)))
        .chain(uses.tags.into_iter().map(of(ExportKind::Tag)))
        .chain(uses.globals.into_iter().map(of(ExportKind::Global)))
        .collect())
}
