//! Arguments that several commands about projects have.

/// Names one plan by its id.
#[derive(Debug, clap::Args)]
pub struct ProjectArguments {
    /// The plan's id, or enough of it.
    pub id: String,
}
