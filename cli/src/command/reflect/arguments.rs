//! Arguments that several commands about reflections have.

/// Names one reflection by its id.
#[derive(Debug, clap::Args)]
pub struct ReflectionArguments {
    /// The reflection's id, or enough of it.
    pub id: String,
}
