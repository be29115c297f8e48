//! How much one document takes. Only the server asks: it may ask the present, and phones take in
//! what it hands on.
//!
//! Each bound keeps the future open: without it, what is admitted now could make the next honest
//! edit too large to be admitted, or the document too large to be opened.

/// What a document may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Changes of one person that no other follows. An edit names every head of the document; one
    /// that is refused is done again on all that arrived, which joins them.
    pub heads_of_one: usize,
    pub heads: usize,
    /// Operations of all changes, deletions included: what loading it costs.
    pub operations: u64,
    /// The same of all changes of one person, so that nobody takes all of them from the others.
    pub operations_of_one: u64,
    /// How far all changes of one person together may skip ahead in the numbering, which ends.
    pub gaps_of_one: u64,
    /// Values side by side at one key, each put without knowledge of the others. The next edit
    /// names all of them.
    pub values: usize,
    /// Keys of the root, those of newer schemas included; of a personal record a few for each
    /// activity and one for each session.
    pub root_keys: usize,
    pub record_keys: usize,
    /// Characters of one text or value.
    pub text_chars: u64,
}

impl Bounds {
    /// Of what was admitted before: it is counted, and nothing is refused.
    pub const NONE: Self = Self {
        heads_of_one: usize::MAX,
        heads: usize::MAX,
        operations: u64::MAX,
        operations_of_one: u64::MAX,
        gaps_of_one: u64::MAX,
        values: usize::MAX,
        root_keys: usize::MAX,
        record_keys: usize::MAX,
        text_chars: u64::MAX,
    };
}

impl Bounds {
    /// The same for a document of so many operations.
    #[must_use]
    pub const fn of_operations(self, operations: u64) -> Self {
        Self { operations, operations_of_one: operations / 4 * 3, ..self }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            heads_of_one: 8,
            heads: 128,
            operations: 1 << 21,
            operations_of_one: 3 << 19,
            gaps_of_one: 1 << 20,
            values: 64,
            root_keys: 64,
            record_keys: 20_000,
            text_chars: u64::MAX,
        }
    }
}
