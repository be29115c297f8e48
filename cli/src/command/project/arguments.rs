//! Arguments that several commands about projects have.

/// Names one plan.
#[derive(Debug, clap::Args)]
pub struct ProjectArguments {
    /// The plan's id, or enough of it.
    pub id: String,
}
