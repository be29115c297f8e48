//! Which page belongs to which table.
//!
//! Where a table begins stands twice: in SQLite's own schema, and in our copy of it
//! (`schema_copy`), which is on other pages. Both are looked for on every page that can be read. A
//! page of which the one above is gone belongs to one of the trees that lost a page: to the one
//! that takes most of its rows.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, types::Value};

use super::{
    pages::Pages,
    shape::Shape,
    tree::{FoundRow, PageKind, TreePage},
};
use crate::StoreError;

/// Pages above a page, more than a tree of any size has.
const MOST_LEVELS: usize = 40;
/// The root of SQLite's own schema.
const SCHEMA: u32 = 1;

/// What was found of a database by looking at each page.
pub(super) struct Trees {
    /// The kind of each page of a tree.
    kinds: BTreeMap<u32, PageKind>,
    /// The page above each page.
    above: BTreeMap<u32, u32>,
    /// The roots that are known.
    roots: BTreeMap<u32, Root>,
    /// Of each root that is known: whether a page of its tree cannot be read.
    torn: BTreeSet<u32>,
    /// The schema's number, if the first page can be read.
    pub(super) schema: Option<u32>,
}

/// A tree that is known.
struct Root {
    name: String,
    sql: String,
    is_table: bool,
}

impl Trees {
    /// Looks at each page once.
    pub(super) fn find(pages: &Pages<'_>) -> Self {
        let mut found = Self {
            kinds: BTreeMap::new(),
            above: BTreeMap::new(),
            roots: BTreeMap::new(),
            torn: BTreeSet::new(),
            schema: schema_number(pages),
        };
        for number in 1..=pages.count {
            let Some(page) = TreePage::read(pages, number) else { continue };
            found.kinds.insert(number, page.kind);
            for child in page.children() {
                found.above.insert(child, number);
            }
            if page.kind == PageKind::TableLeaf {
                found.read_schema(&page, pages);
            }
        }
        let missing = found.above.keys().chain(found.roots.keys()).chain([&SCHEMA]);
        let missing: Vec<u32> =
            missing.filter(|number| !found.kinds.contains_key(number)).copied().collect();
        found.torn = missing.into_iter().map(|number| found.top(number)).collect();
        found
    }

    /// Whether nothing at all can be read.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Whether something of a table may be missing.
    pub(super) fn is_torn(&self, table: &str) -> bool {
        self.root_of(table).is_none_or(|root| self.torn.contains(&root))
    }

    /// Whether a table was there, as far as that can be known.
    pub(super) fn may_hold(&self, table: &str) -> bool {
        self.root_of(table).is_some() || self.torn.contains(&SCHEMA)
    }

    /// What made a table, if that is known.
    pub(super) fn sql_of(&self, table: &str) -> Option<&str> {
        let root = self.root_of(table)?;
        self.roots.get(&root).map(|root| root.sql.as_str()).filter(|sql| !sql.is_empty())
    }

    /// The pages of a table that are known to be its own.
    pub(super) fn pages_of(&self, table: &str) -> Vec<u32> {
        let Some(root) = self.root_of(table) else { return Vec::new() };
        self.kinds.keys().copied().filter(|number| self.top(*number) == root).collect()
    }

    /// Pages of which nobody knows whose they are, with whether their rows have no numbers.
    pub(super) fn orphans(&self) -> Vec<(u32, bool)> {
        let is_orphan = |number: u32| {
            let top = self.top(number);
            top != SCHEMA && !self.roots.contains_key(&top)
        };
        let pages = self.kinds.iter().filter(|(number, _)| is_orphan(**number));
        pages.map(|(number, kind)| (*number, kind.is_of_index())).collect()
    }

    fn root_of(&self, table: &str) -> Option<u32> {
        let is_it = |root: &Root| root.is_table && root.name == table;
        self.roots.iter().find(|(_, root)| is_it(root)).map(|(number, _)| *number)
    }

    /// The page above all others above a page.
    fn top(&self, number: u32) -> u32 {
        let mut top = number;
        for _ in 0..MOST_LEVELS {
            match self.above.get(&top) {
                Some(above) if !self.roots.contains_key(&top) => top = *above,
                _ => break,
            }
        }
        top
    }

    /// Takes in rows that say where something begins: those of the schema and of its copy
    /// look alike.
    fn read_schema(&mut self, page: &TreePage, pages: &Pages<'_>) {
        for row in page.rows(pages) {
            let FoundRow::Whole { values, .. } = row else { continue };
            let [Value::Text(kind), Value::Text(name), Value::Text(_), root, sql] = &values[..]
            else {
                continue;
            };
            let sql = match sql {
                Value::Text(sql) if sql.starts_with("CREATE ") => sql.clone(),
                Value::Null => String::new(),
                _ => continue,
            };
            let is_table = match kind.as_str() {
                "table" => true,
                "index" => false,
                _ => continue,
            };
            let Value::Integer(root) = root else { continue };
            if let Some(root) = u32::try_from(*root).ok().filter(|root| *root > SCHEMA) {
                self.roots.insert(root, Root { name: name.clone(), sql, is_table });
            }
        }
    }
}

/// How many rows of a page a table takes.
pub(super) fn taken(
    into: &Connection,
    shape: &Shape,
    page: &TreePage,
    pages: &Pages<'_>,
) -> Result<usize, StoreError> {
    let mut taken = 0;
    for row in page.rows(pages) {
        if let FoundRow::Whole { id, values } = row {
            taken += usize::from(shape.fits(&values) && shape.insert(into, id, values)?);
        }
    }
    Ok(taken)
}

/// The number of the schema stands in the file's own header.
fn schema_number(pages: &Pages<'_>) -> Option<u32> {
    let first = pages.read(SCHEMA)?;
    Some(u32::from_be_bytes(first.get(60..64)?.try_into().ok()?))
}
