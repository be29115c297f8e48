//! Taking the rows of each table over, from the pages that can be read.

use rusqlite::{Connection, Row};

use super::{
    pages::Pages,
    rows::DURING,
    shape::Shape,
    tables::{Trees, taken},
    tree::{FoundRow, TreePage},
};
use crate::{StoreError, error::During};

/// Tables in the order in which they are taken: whose account it is, what is typed, what was
/// written, and then the rest in any order.
const FIRST: [&str; 6] = ["meta", "person", "document", "document_key", "draft", "entry"];
/// Tables whose rows are made again, or that say of the server what has to be asked anew.
const MADE_AGAIN: [&str; 8] = [
    "sync_state",
    "search_entry",
    "catalogue",
    "inbox",
    "inbox_stale",
    "inbox_watch",
    "bringing",
    "schema_copy",
];

/// Takes over all rows there are, and names the tables of which something is missing.
pub(super) fn copy(
    pages: &Pages<'_>,
    trees: &Trees,
    into: &Connection,
) -> Result<Vec<String>, StoreError> {
    let mut torn = Vec::new();
    let mut unreadable = Vec::new();
    into.execute_batch("BEGIN").during(DURING)?;
    for name in tables(into)? {
        let Some(new) = Shape::in_database(into, &name)? else { continue };
        let old = trees.sql_of(&name).and_then(|sql| Shape::by_sql(sql, &new));
        let shape = old.unwrap_or(new);
        let is_whole = copy_table(pages, trees, into, &shape)?;
        let is_torn = trees.may_hold(&name) && trees.is_torn(&name);
        if is_torn || !is_whole {
            unreadable.push(name);
        }
        if is_torn {
            torn.push(shape);
        }
    }
    take_orphans(pages, trees, into, &torn)?;
    into.execute_batch("COMMIT").during(DURING)?;
    Ok(unreadable)
}

/// Takes over the rows on the pages that are known to be a table's own; whether each could be read.
fn copy_table(
    pages: &Pages<'_>,
    trees: &Trees,
    into: &Connection,
    shape: &Shape,
) -> Result<bool, StoreError> {
    let mut is_whole = true;
    for number in trees.pages_of(&shape.table) {
        let Some(page) = TreePage::read(pages, number) else { continue };
        for row in page.rows(pages) {
            match row {
                FoundRow::Whole { id, values } => {
                    shape.insert(into, id, values)?;
                }
                FoundRow::Broken => is_whole = false,
            }
        }
    }
    Ok(is_whole)
}

/// Gives each page that nobody owns to the table that takes most of its rows.
fn take_orphans(
    pages: &Pages<'_>,
    trees: &Trees,
    into: &Connection,
    torn: &[Shape],
) -> Result<(), StoreError> {
    for (number, is_of_index) in trees.orphans() {
        let Some(page) = TreePage::read(pages, number) else { continue };
        let mut best = (0, None);
        for shape in torn.iter().filter(|shape| shape.is_of_index == is_of_index) {
            into.execute_batch("SAVEPOINT trial").during(DURING)?;
            let rows = taken(into, shape, &page, pages)?;
            into.execute_batch("ROLLBACK TO trial; RELEASE trial").during(DURING)?;
            if rows > best.0 {
                best = (rows, Some(shape));
            }
        }
        if let (_, Some(shape)) = best {
            taken(into, shape, &page, pages)?;
        }
    }
    Ok(())
}

/// The tables that are taken over.
fn tables(db: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = db.prepare(sql).during(DURING)?;
    let rows = statement.query_map([], |row: &Row<'_>| row.get("name")).during(DURING)?;
    let mut found: Vec<String> = rows.collect::<Result<_, _>>().during(DURING)?;
    found.retain(|name| !MADE_AGAIN.contains(&name.as_str()));
    found.sort_by_key(|name| FIRST.iter().position(|first| first == name).unwrap_or(99));
    Ok(found)
}
