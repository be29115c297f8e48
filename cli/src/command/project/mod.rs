//! `enhance project`: change projects, plans that several people write.

mod answer;
mod arguments;
mod chart;
mod comment;
mod edit;
mod fields;
mod handover;
mod history;
mod invitation;
mod item;
mod member;
mod observations;
mod paper;
mod show;
mod tally;
mod thing;
mod version;

use clap::Subcommand;

use self::arguments::ProjectArguments;
pub use self::paper::{VerifyArguments, verify};
use super::answers::{self, CommentVerb, SuggestionVerb};
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

const SET_EXAMPLES: &str = "\
Examples:
  enhance project set 1c9e77d0 5a0b7c66 due=2026-12-08 owner=\"Dr Lee\"
  enhance project set 1c9e77d0 77ab01fe definition=@definition.txt unit=percent
  enhance project set 1c9e77d0 40be9a11 excluded=\"The ward was closed\"
  enhance project set 1c9e77d0 40be9a11 excluded=
  enhance project set 1c9e77d0 aim direction=decrease from=40 to=20 by_date=2027-03-31";

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
    Edit(Box<edit::EditArguments>),
    /// Delete a plan of yours for good. One that others read is deleted for everybody, or handed
    /// over instead of that.
    #[command(after_help = "\
Examples:
  enhance project delete 1c9e77d0 --yes
  enhance project delete 1c9e77d0 --yes --for-everybody")]
    Delete(handover::DeletionArguments),
    /// Offer a plan of yours to a member, who owns it once they accept, and say what you keep.
    #[command(after_help = "\
Examples:
  enhance project handover 1c9e77d0 \"Dr Lee\"
  enhance project handover 1c9e77d0 \"Dr Lee\" --keep edit
  enhance project handover 1c9e77d0 --withdraw")]
    Handover(handover::HandoverArguments),
    /// Invite a person to a plan of yours. They take part once they accept.
    #[command(
        after_help = "Example:\n  enhance project invite 1c9e77d0 \"Dr Lee\" --right comment"
    )]
    Invite(member::InviteArguments),
    /// List the plans you are invited to.
    #[command(after_help = "Example:\n  enhance project invitations")]
    Invitations,
    /// Accept an invitation to a plan, or a plan that its owner offers to you.
    #[command(after_help = "Example:\n  enhance project accept 1c9e77d0")]
    Accept(ProjectArguments),
    /// Decline an invitation to a plan, or a plan that its owner offers to you.
    #[command(after_help = "\
Examples:
  enhance project decline 1c9e77d0
  enhance project decline 1c9e77d0 --for-good
  enhance project decline 1c9e77d0 --undo")]
    Decline(invitation::DeclineArguments),
    /// Leave a plan of somebody else. They keep it, and all others do.
    #[command(after_help = "Example:\n  enhance project leave 1c9e77d0")]
    Leave(ProjectArguments),
    /// Add a driver, an idea, a measure, a value, a stakeholder or anything else to a plan.
    #[command(after_help = thing::add_examples(), after_long_help = fields::help(&thing::add_examples()))]
    Add(thing::AddArguments),
    /// Correct single fields of anything in a plan, or of its aim.
    #[command(after_help = SET_EXAMPLES, after_long_help = fields::help(SET_EXAMPLES))]
    Set(thing::SetArguments),
    /// Take back anything in a plan; it is kept with all it says.
    #[command(after_help = "Example:\n  enhance project take-back 1c9e77d0 5a0b7c66")]
    TakeBack(thing::ItemArguments),
    /// Put back what was taken back.
    #[command(after_help = "Example:\n  enhance project put-back 1c9e77d0 5a0b7c66")]
    PutBack(thing::ItemArguments),
    /// Tick on a tally sheet, for something that was so or was not.
    #[command(after_help = "\
Examples:
  enhance project tick 1c9e77d0 3e6f9021 --yes
  enhance project tick 1c9e77d0 3e6f9021 --no --times 4
  enhance project tick 1c9e77d0 3e6f9021 --yes --undo

Each device counts for itself, and the sheet says the sum: nothing is lost when two tick at once.")]
    Tick(tally::Arguments),
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
    /// List the values of a plan's measures, or write them as CSV for a spreadsheet.
    #[command(after_help = "\
Examples:
  enhance project observations 1c9e77d0
  enhance project observations 1c9e77d0 77ab01fe --csv falls.csv
  enhance project observations 1c9e77d0 --csv - | head

Days are written as 2026-11-20; the value of a share is of a hundred. A text that a spreadsheet would
take for a formula has an apostrophe in front. A number of a group so small that it could tell of
single people says \"hidden\", and so does what would give it away.")]
    Observations(observations::Arguments),
    /// Say what a plan still lacks to be a good one, and what would satisfy it.
    #[command(after_help = "Example:\n  enhance project checks 1c9e77d0")]
    Checks(ProjectArguments),
    /// Draw the chart of a measure, or write it as a picture for a slide.
    #[command(after_help = "\
Examples:
  enhance project chart 1c9e77d0 77ab01fe
  enhance project chart 1c9e77d0 77ab01fe --png falls.png
  enhance project chart 1c9e77d0 77ab01fe --svg falls.svg
  enhance project chart 1c9e77d0 77ab01fe --svg - --width 640
  enhance project chart 1c9e77d0 77ab01fe --by-group
  enhance project chart 1c9e77d0 77ab01fe --suggest-phase")]
    Chart(chart::Arguments),
    /// Write a plan as one page for a panel, self-contained and fit for printing.
    #[command(
        after_help = "Example:\n  enhance project page 1c9e77d0 --html falls.html\n  enhance verify falls.html"
    )]
    Page(paper::PageArguments),
    /// List the recipes there are to begin a plan from, or make one of a plan for others.
    #[command(after_help = "\
Examples:
  enhance project recipe
  enhance project recipe 1c9e77d0 --out falls-recipe.json
  enhance project new --from @falls-recipe.json --title \"Falls on our ward\"")]
    Recipe(paper::RecipeArguments),
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
    /// Say something about a plan, or settle, rewrite or take back what you said.
    #[command(after_help = "\
Examples:
  enhance project comment 1c9e77d0 \"Which ward?\" --on problem
  enhance project comment 1c9e77d0 \"Which of the two?\" --on 5a0b7c66
  enhance project comment 1c9e77d0 \"Which ward, and since when?\" --rewrite 40be9a11
  enhance project comment 1c9e77d0 --take-back 40be9a11
  enhance project comment 1c9e77d0 --put-back 40be9a11
  enhance project comment 1c9e77d0 --resolve 40be9a11")]
    Comment(comment::Arguments),
    /// List what people said about a plan.
    #[command(after_help = "Example:\n  enhance project comments 1c9e77d0")]
    Comments(ProjectArguments),
    #[command(flatten)]
    OneComment(CommentVerb),
    #[command(flatten)]
    Suggestion(SuggestionVerb),
    /// Say who may read, comment on or edit a plan.
    #[command(
        after_help = "Example:\n  enhance project member add 1c9e77d0 \"Dr Lee\" --right comment"
    )]
    Member {
        #[command(subcommand)]
        verb: member::MemberVerb,
    },
    /// Tell what was done to a plan, by whom and when, newest first.
    #[command(after_help = "\
Examples:
  enhance project history 1c9e77d0
  enhance project history 1c9e77d0 --changes")]
    History(history::HistoryArguments),
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
        Verb::Invite(arguments) => member::invite(context, arguments),
        Verb::Invitations => invitation::list(context),
        Verb::Accept(arguments) => invitation::accept(context, arguments),
        Verb::Decline(arguments) => invitation::decline(context, arguments),
        Verb::Leave(arguments) => handover::leave(context, arguments),
        Verb::Add(arguments) => thing::add(context, arguments),
        Verb::Set(arguments) => thing::set(context, arguments),
        Verb::TakeBack(arguments) => thing::take_back(context, arguments),
        Verb::PutBack(arguments) => thing::put_back(context, arguments),
        Verb::Tick(arguments) => tally::run(context, arguments),
        Verb::Measure { verb } => item::measure(context, verb),
        Verb::Observe(arguments) => item::observe(context, arguments),
        Verb::Observations(arguments) => observations::run(context, arguments),
        Verb::Checks(arguments) => paper::checks(context, arguments),
        Verb::Chart(arguments) => chart::run(context, arguments),
        Verb::Page(arguments) => paper::page(context, arguments),
        Verb::Recipe(arguments) => paper::recipe(context, arguments),
        Verb::Cycle { verb } => item::cycle(context, verb),
        Verb::Action { verb } => item::action(context, verb),
        Verb::Comment(arguments) => comment::run(context, arguments),
        Verb::Comments(arguments) => comment::list(context, arguments),
        Verb::OneComment(verb) => answers::comment(context, verb),
        Verb::Suggestion(verb) => answers::suggestion(context, verb),
        Verb::Member { verb } => member::run(context, verb),
        Verb::History(arguments) => history::history(context, arguments),
        Verb::At(arguments) => history::at(context, arguments),
        Verb::Authors(arguments) => history::authors(context, arguments),
    }
}
