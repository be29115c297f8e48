//! The commands. Each file has the same things in the same order: its arguments, `run`, and how
//! the answer looks on paper.

pub mod activity;
mod delete;
pub mod enrol;
pub mod export;
pub mod log;
pub mod modules;
pub mod pack;
pub mod people;
pub mod project;
pub mod quarantine;
pub mod reflect;
pub mod search;
pub mod sign_off;
pub mod status;
pub mod sync;

use clap::Subcommand;

use crate::{
    context::Context,
    exit::{Exit, Failure},
};

/// What `enhance` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Join the programme with an invitation, or add a device.
    Enrol(enrol::Arguments),
    /// What is saved, sent and stored; or who can see one document.
    Status(status::Arguments),
    /// The programme's modules, and how far you are.
    Modules(modules::ListArguments),
    /// One module, a page of it, or the handbook.
    Module(modules::Arguments),
    /// Start or complete an activity.
    Activity(activity::Arguments),
    /// Your learning log: time spent, and what it counts for.
    Log(log::Arguments),
    /// Reflections: private to you until you share a copy.
    Reflect(reflect::Arguments),
    /// Change projects: plans that several people write.
    Project(project::Arguments),
    /// Whether the page of a plan still agrees with the plan.
    Verify(project::VerifyArguments),
    /// Sign-offs: ask for one, sign or return, and check one from a file.
    SignOff(sign_off::Arguments),
    /// The people on the programme you may share with.
    People(people::Arguments),
    /// Find words in your documents and in the programme.
    Search(search::Arguments),
    /// Content packs: the programme's texts and media.
    Pack(pack::Arguments),
    /// Exchange with the server: send what is waiting, fetch what is new.
    Sync(sync::Arguments),
    /// Work the server refused: read it, write it anew, export it.
    Quarantine(quarantine::Arguments),
    /// Everything you can read, as JSON.
    Export(export::Arguments),
}

impl Command {
    /// Runs the command in its own file.
    pub async fn run(&self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Enrol(arguments) => enrol::run(context, arguments).await,
            Self::Status(arguments) => status::run(context, arguments),
            Self::Modules(arguments) => modules::list(context, arguments),
            Self::Module(arguments) => modules::run(context, arguments),
            Self::Activity(arguments) => activity::run(context, arguments),
            Self::Log(arguments) => log::run(context, arguments),
            Self::Reflect(arguments) => reflect::run(context, arguments),
            Self::Project(arguments) => project::run(context, arguments),
            Self::Verify(arguments) => project::verify(context, arguments),
            Self::SignOff(arguments) => sign_off::run(context, arguments).await,
            Self::People(arguments) => people::run(context, arguments),
            Self::Search(arguments) => search::run(context, arguments),
            Self::Pack(arguments) => pack::run(context, arguments).await,
            Self::Sync(arguments) => sync::run(context, arguments).await,
            Self::Quarantine(arguments) => quarantine::run(context, arguments),
            Self::Export(arguments) => export::run(context, arguments),
        }
    }
}
