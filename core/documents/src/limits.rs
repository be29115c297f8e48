//! The bounds that writing and the gate share.

/// Operations in one change. An operation is a character or a field.
pub const MAX_OPERATIONS: u64 = 50_000;

/// Bytes of one operation at most, as people write: a character of four, and what is around it.
const OPERATION_BYTES: u64 = 8;

/// How many operations fit in one change of so many bytes.
#[must_use]
pub const fn operations_within(change_bytes: u64) -> u64 {
    let fitting = change_bytes / OPERATION_BYTES;
    if fitting < MAX_OPERATIONS { fitting } else { MAX_OPERATIONS }
}
