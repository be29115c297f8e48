//! Arguments that several commands about reflections have.

/// One entry.
#[derive(Debug, clap::Args)]
pub struct EntryArguments {
    /// The entry's id, or enough of it.
    pub id: String,
}
