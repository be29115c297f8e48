//! The bound that writing and the gate share.

/// Operations in one change. An operation is a character or a field.
pub const MAX_OPERATIONS: u64 = 50_000;
