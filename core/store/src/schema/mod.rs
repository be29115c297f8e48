//! The schema, as a list of frozen steps and a loop over it.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{StoreError, error::During};

/// The steps in their order. The schema's number is the number of steps taken.
const STEPS: [&str; 19] = [
    include_str!("../../migrations/001_init.sql"),
    include_str!("../../migrations/002_seen.sql"),
    include_str!("../../migrations/003_screens.sql"),
    include_str!("../../migrations/004_fold.sql"),
    include_str!("../../migrations/005_receipt.sql"),
    include_str!("../../migrations/006_handover.sql"),
    include_str!("../../migrations/007_cost.sql"),
    include_str!("../../migrations/008_roles.sql"),
    include_str!("../../migrations/009_inbox.sql"),
    include_str!("../../migrations/010_attachment.sql"),
    include_str!("../../migrations/011_attachment_refused.sql"),
    include_str!("../../migrations/012_way.sql"),
    include_str!("../../migrations/013_words.sql"),
    include_str!("../../migrations/014_joining.sql"),
    include_str!("../../migrations/015_joined.sql"),
    include_str!("../../migrations/016_damage.sql"),
    include_str!("../../migrations/017_ticket.sql"),
    include_str!("../../migrations/018_reached.sql"),
    include_str!("../../migrations/019_signed.sql"),
];

/// The newest schema this version knows.
#[expect(clippy::cast_possible_truncation, reason = "there will never be four billion steps")]
pub(crate) const KNOWN: u32 = STEPS.len() as u32;

/// The schema a file has.
pub(crate) fn found(db: &Connection) -> Result<u32, rusqlite::Error> {
    db.pragma_query_value(None, "user_version", |row| row.get("user_version"))
}

/// Takes the steps that are missing, all of them or none.
pub(crate) fn upgrade(db: &Connection) -> Result<(), StoreError> {
    take_steps(db, &STEPS)
}

/// Takes the steps up to this one.
pub(crate) fn upgrade_to(db: &Connection, number: u32) -> Result<(), StoreError> {
    let steps = usize::try_from(number).ok().and_then(|number| STEPS.get(..number));
    take_steps(db, steps.unwrap_or(&STEPS))
}

fn take_steps(db: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    let during = "upgrading the schema";
    let transaction =
        Transaction::new_unchecked(db, TransactionBehavior::Immediate).during(during)?;
    let taken = found(&transaction).during(during)?;
    let missing = steps.iter().zip(1_u32..).skip_while(|(_, number)| *number <= taken);
    for (step, number) in missing {
        transaction.execute_batch(step).during(during)?;
        transaction.pragma_update(None, "user_version", number).during(during)?;
    }
    if found(&transaction).during(during)? > taken {
        copy(&transaction)?;
    }
    transaction.commit().during(during)
}

/// Notes where everything begins in the table that is for it; see `salvage`.
fn copy(db: &Connection) -> Result<(), StoreError> {
    let during = "noting where tables begin";
    if !db.table_exists(None, "schema_copy").during(during)? {
        return Ok(());
    }
    let anew =
        "DELETE FROM schema_copy; INSERT INTO schema_copy (type, name, tbl_name, rootpage, sql)
        SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE rootpage > 0;";
    db.execute_batch(anew).during(during)
}

#[cfg(test)]
mod tests;
