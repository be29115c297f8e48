//! Arguments that several commands about projects have.

/// One plan.
#[derive(Debug, clap::Args)]
pub struct PlanArguments {
    /// The plan's id, or enough of it.
    pub id: String,
}
