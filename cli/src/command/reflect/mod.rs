//! `enhance reflect`: reflections, private to their author until a copy is shared.

mod arguments;
pub mod check;
mod read;
mod share;
mod write;

use clap::Subcommand;

use self::arguments::ReflectionArguments;
use super::{
    answers::{self, CommentVerb},
    delete::{DeleteArguments, delete},
};
use crate::{
    context::Context,
    exit::{Exit, Failure},
    text::TextSource,
};

const EXAMPLES: &str = "\
Examples:
  enhance reflect templates
  enhance reflect new --template what-so-what --title \"A long night\" --answer what=\"Six calls\" --tag domain:pop
  enhance reflect edit 5d41c0e2 --answer so-what=@notes.txt
  enhance reflect check 5d41c0e2
  enhance reflect share 5d41c0e2 --with \"Dr Lee\"
  enhance reflect readers 5d41c0e2
  enhance reflect list --json

A reflection leaves this machine only sealed; the server cannot read it. Sharing makes a copy of
the text as it stands, without its drafts, for the one person you name.";

/// Reflections: private to you until you share a copy.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Start a reflection from a template.
    #[command(after_help = "\
Examples:
  enhance reflect new --template quick-capture --title \"Handover\" --answer thought=\"Ask earlier\"
  echo \"A long text\" | enhance reflect new --template gibbs --answer description=-")]
    New(write::NewArguments),
    /// List your reflections, newest first.
    #[command(after_help = "Example:\n  enhance reflect list")]
    List,
    /// Show a reflection of yours or a copy shared with you.
    #[command(after_help = "Example:\n  enhance reflect show 5d41c0e2")]
    Show(ReflectionArguments),
    /// Change the title, answers and tags.
    #[command(after_help = "\
Examples:
  enhance reflect edit 5d41c0e2 --title \"A longer night\" --tag theme:wellbeing
  enhance reflect edit 5d41c0e2 --answer what=@what.txt --untag domain:pop")]
    Edit(write::EditArguments),
    /// List the templates and what they ask.
    #[command(after_help = "Example:\n  enhance reflect templates")]
    Templates,
    /// Save a text that is still being written; it is safe here but not yet part of the history.
    #[command(
        after_help = "Example:\n  enhance reflect draft 5d41c0e2 --answer what=@unfinished.txt"
    )]
    Draft(write::DraftArguments),
    /// Make what was drafted part of the reflection.
    #[command(after_help = "Example:\n  enhance reflect settle 5d41c0e2")]
    Settle(ReflectionArguments),
    /// Look through a reflection or plan for what may tell who somebody is. Nothing is sent.
    #[command(after_help = "Example:\n  enhance reflect check 5d41c0e2")]
    Check(ReflectionArguments),
    /// Give one person a copy of the text as it stands, once you know what in
    /// it may tell who somebody is.
    #[command(after_help = "\
Examples:
  enhance reflect share 5d41c0e2 --with \"Dr Lee\"
  enhance reflect share 5d41c0e2 --with \"Dr Lee\" --acknowledge")]
    Share(share::ShareArguments),
    /// Show who can see a reflection, copies included.
    #[command(after_help = "Example:\n  enhance reflect readers 5d41c0e2")]
    Readers(ReflectionArguments),
    /// List the copies of a reflection, or all, with their readers, or take them back.
    #[command(after_help = "\
Examples:
  enhance reflect copies
  enhance reflect copies 5d41c0e2
  enhance reflect copies 5d41c0e2 --take-back
  enhance reflect delete 77ab01fe --yes     # takes back this copy alone")]
    Copies(share::CopiesArguments),
    /// Delete a reflection or a copy of it for good, here and on the server.
    #[command(after_help = "\
Examples:
  enhance reflect delete 5d41c0e2 --yes
  enhance reflect delete 5d41c0e2 --yes --with-copies")]
    Delete(DeleteArguments),
    /// Put away a copy that somebody shared with you; who shared it sees that.
    #[command(after_help = "Example:\n  enhance reflect put-away 77ab01fe")]
    PutAway(ReflectionArguments),
    /// Say something about a copy that was shared, as a whole or about a prompt of it.
    #[command(after_help = "Example:\n  enhance reflect comment 5d41c0e2 \"How slow?\" --on what")]
    Comment {
        /// The copy's id, or enough of it.
        id: String,
        /// What you say; @FILE reads a file, - standard input.
        text: TextSource,
        /// The key of the prompt it is about [default: the whole copy].
        #[arg(long, value_name = "PROMPT", default_value = "", hide_default_value = true)]
        on: String,
        /// Yes, also what may tell who somebody is: you have seen what was found.
        #[arg(long)]
        acknowledge: bool,
    },
    #[command(flatten)]
    OneComment(CommentVerb),
    /// List the copies others shared with you.
    #[command(after_help = "Example:\n  enhance reflect shared")]
    Shared,
}

/// Hands over to the file of the verb.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.verb {
        Verb::New(arguments) => write::new(context, arguments),
        Verb::List => read::list(context),
        Verb::Show(arguments) => read::show(context, arguments),
        Verb::Edit(arguments) => write::edit(context, arguments),
        Verb::Templates => read::templates(context),
        Verb::Draft(arguments) => write::draft(context, arguments),
        Verb::Settle(arguments) => write::settle(context, arguments),
        Verb::Check(arguments) => check::check(context, arguments),
        Verb::Share(arguments) => share::share(context, arguments),
        Verb::Readers(arguments) => share::readers(context, arguments),
        Verb::Copies(arguments) => share::copies(context, arguments),
        Verb::Delete(arguments) => delete(context, arguments),
        Verb::PutAway(arguments) => share::put_away(context, arguments),
        Verb::Comment { id, text, on, acknowledge } => {
            answers::say(context, (id, on), text, *acknowledge)
        }
        Verb::OneComment(verb) => answers::comment(context, verb),
        Verb::Shared => share::shared(context),
    }
}
