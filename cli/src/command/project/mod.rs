//! `enhance project`: change projects, plans that several people write.

mod answer;
mod arguments;
mod comment;
mod edit;
mod handover;
mod history;
mod item;
mod member;
mod show;
mod version;

use clap::Subcommand;

use self::arguments::ProjectArguments;
use crate::{
    context::Context,
    exit::{Exit, Failure},
};

const EXAMPLES: &str = "\
Examples:
  enhance project new --title \"Fewer repeat bloods\" --topic env --setting \"Ward 7\"
  enhance project edit 1c9e77d0 --section problem=@problem.txt --status planning
  enhance project measure add 1c9e77d0 --name \"Repeat bloods a week\" --kind outcome --unit count
  enhance project member add 1c9e77d0 \"Dr Lee\" --right edit
  enhance project show 1c9e77d0
  enhance project history 1c9e77d0

Several people may write one plan at once, with or without a network; texts are merged by
character. Text typed against an older version is merged the same way: --base VERSION.";

/// Change projects: plans that several people write.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Start a plan of your own.
    #[command(
        after_help = "Example:\n  enhance project new --title \"Fewer repeat bloods\" --topic env"
    )]
    New(edit::NewArguments),
    /// List the plans you can read.
    #[command(after_help = "Example:\n  enhance project list")]
    List,
    /// Show a plan as a whole.
    #[command(after_help = "Example:\n  enhance project show 1c9e77d0 --json")]
    Show(ProjectArguments),
    /// Change the title, sections, aim and so on of a plan.
    #[command(after_help = "\
Examples:
  enhance project edit 1c9e77d0 --title \"Fewer bloods\" --status testing
  enhance project edit 1c9e77d0 --section plan=@plan.txt --base 8a61f2c4
  enhance project edit 1c9e77d0 --aim \"Halve repeat bloods\" --aim-direction decrease --aim-from 40 --aim-to 20 --aim-by 2027-03-31")]
    Edit(edit::EditArguments),
    /// Delete a plan of yours for good. One that others can read is deleted for everybody, or
    /// handed over.
    #[command(after_help = "\
Examples:
  enhance project delete 1c9e77d0 --yes
  enhance project delete 1c9e77d0 --yes --for-everybody")]
    Delete(handover::DeletionArguments),
    /// Offer a plan of yours to a member, who owns it once they accept.
    #[command(after_help = "Example:\n  enhance project handover 1c9e77d0 \"Dr Lee\"")]
    Handover(handover::HandoverArguments),
    /// Accept a plan that its owner offers to you.
    #[command(after_help = "Example:\n  enhance project accept 1c9e77d0")]
    Accept(ProjectArguments),
    /// Leave a plan of somebody else. They keep it, and all others do.
    #[command(after_help = "Example:\n  enhance project leave 1c9e77d0")]
    Leave(ProjectArguments),
    /// Add what is measured.
    #[command(after_help = "\
Example:
  enhance project measure add 1c9e77d0 --name \"Repeat bloods a week\" --kind outcome --unit count")]
    Measure {
        #[command(subcommand)]
        verb: item::MeasureVerb,
    },
    /// Note one value of a measure.
    #[command(after_help = "\
Examples:
  enhance project observe 1c9e77d0 77ab01fe --value 37 --at 2026-11-20
  enhance project observe 1c9e77d0 77ab01fe --value 12/40 --at 2026-11-27")]
    Observe(item::ObserveArguments),
    /// Plan-do-study-act cycles: start, write, decide.
    #[command(after_help = "\
Example:
  enhance project cycle start 1c9e77d0 --text change_idea=\"One round of bloods a day\"")]
    Cycle {
        #[command(subcommand)]
        verb: item::CycleVerb,
    },
    /// Add what has to be done, by whom and until when, or note that it was.
    #[command(after_help = "\
Example:
  enhance project action add 1c9e77d0 \"Ask the lab for figures\" --owner \"Dr Lee\" --due 2026-12-01")]
    Action {
        #[command(subcommand)]
        verb: item::ActionVerb,
    },
    /// Say something about a plan, or settle what you said.
    #[command(after_help = "\
Examples:
  enhance project comment 1c9e77d0 \"Which ward?\" --on problem
  enhance project comment 1c9e77d0 --resolve 40be9a11")]
    Comment(comment::Arguments),
    /// List what people said about a plan.
    #[command(after_help = "Example:\n  enhance project comments 1c9e77d0")]
    Comments(ProjectArguments),
    /// Say who may read, comment on or edit a plan.
    #[command(
        after_help = "Example:\n  enhance project member add 1c9e77d0 \"Dr Lee\" --right comment"
    )]
    Member {
        #[command(subcommand)]
        verb: member::MemberVerb,
    },
    /// List who changed a plan and when.
    #[command(after_help = "Example:\n  enhance project history 1c9e77d0")]
    History(ProjectArguments),
    /// Show a plan as it was.
    #[command(after_help = "Example:\n  enhance project at 1c9e77d0 8a61f2c4")]
    At(history::AtArguments),
    /// Show who wrote which part of a text, or each field.
    #[command(after_help = "\
Examples:
  enhance project authors 1c9e77d0 problem
  enhance project authors 1c9e77d0")]
    Authors(history::AuthorsArguments),
}

/// Hands over to the file of the verb.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.verb {
        Verb::New(arguments) => edit::new(context, arguments),
        Verb::List => show::list(context),
        Verb::Show(arguments) => show::show(context, arguments),
        Verb::Edit(arguments) => edit::edit(context, arguments),
        Verb::Delete(arguments) => handover::delete(context, arguments),
        Verb::Handover(arguments) => handover::offer(context, arguments),
        Verb::Accept(arguments) => handover::accept(context, arguments),
        Verb::Leave(arguments) => handover::leave(context, arguments),
        Verb::Measure { verb } => item::measure(context, verb),
        Verb::Observe(arguments) => item::observe(context, arguments),
        Verb::Cycle { verb } => item::cycle(context, verb),
        Verb::Action { verb } => item::action(context, verb),
        Verb::Comment(arguments) => comment::run(context, arguments),
        Verb::Comments(arguments) => comment::list(context, arguments),
        Verb::Member { verb } => member::run(context, verb),
        Verb::History(arguments) => history::history(context, arguments),
        Verb::At(arguments) => history::at(context, arguments),
        Verb::Authors(arguments) => history::authors(context, arguments),
    }
}
