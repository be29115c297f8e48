//! `enhance sign-off`: asking for a signature, giving one, and checking one.

mod answer;
mod ask;
mod find;
mod kept;
mod list;
mod paper;
mod said;
mod show;
mod take_back;

pub use self::{find::request, list::list};
use clap::Subcommand;
use enhance_client::Cancellation;

use crate::{
    context::Context,
    exit::{Exit, Failure},
};

const EXAMPLES: &str = "\
Examples:
  enhance sign-off check --module population-health
  enhance sign-off ask --project 1c9e77d0 --with \"Dr Lee\"
  enhance sign-off list
  enhance sign-off sign 77d01c9e --as clinical --statement \"Well thought through.\"
  enhance sign-off return 77d01c9e --as clinical --statement \"Add a balancing measure.\"
  enhance sign-off show 77d01c9e
  enhance sign-off export 9e77d01c --out falls.json
  enhance sign-off verify falls.json

Who is asked gets the text as it stands, and nothing of its history. A later edit shows as changed
since; what was signed stays what it was.";

/// Sign-offs: ask for one, sign or return, and check one from a file.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Ask a person to sign something as it stands, or prepare it to be signed here.
    #[command(after_help = "\
Examples:
  enhance sign-off ask --module population-health --with \"Dr Lee\" --message \"Before Friday, please\"
  enhance sign-off ask --reflection 5d41c0e2")]
    Ask(ask::AskArguments),
    /// Look through what would be signed for what may tell who somebody is, and ask nobody.
    #[command(after_help = "\
Examples:
  enhance sign-off check --module population-health
  enhance sign-off check --session 5d41c0e2 8b1f00aa
  enhance sign-off check --project 1c9e77d0 --message \"Before Friday, please\"")]
    Check(ask::CheckArguments),
    /// Sign what you were asked to.
    #[command(after_help = "Example:\n  enhance sign-off sign 77d01c9e --as educational")]
    Sign(answer::AnswerArguments),
    /// Return what you were asked to sign, and say why.
    #[command(
        after_help = "Example:\n  enhance sign-off return 77d01c9e --as clinical --statement \"Add data\""
    )]
    Return(answer::AnswerArguments),
    /// Let somebody sign here and now, and say how you know them.
    #[command(after_help = "\
Example:
  enhance sign-off witness 77d01c9e --name \"Dr Lee\" --known-by \"consultant on this ward\" --as clinical

It counts as witnessed by you, and never as signed with their own key.")]
    Witness(answer::WitnessArguments),
    /// Take back what you asked, also if what it is about is deleted.
    #[command(after_help = "\
Examples:
  enhance sign-off take-back 77d01c9e
  enhance sign-off take-back 77d01c9e --with-answers

It goes from the inbox and the devices of who was asked. What was answered is evidence, and goes with
it only if you say so.")]
    TakeBack(take_back::TakeBackArguments),
    /// List what you asked for and what you were asked, and what changed since.
    #[command(after_help = "Example:\n  enhance sign-off list")]
    List,
    /// Show a request with its answers, and what changed since.
    #[command(after_help = "Example:\n  enhance sign-off show 77d01c9e")]
    Show(show::ShowArguments),
    /// Write a sign-off to a file that can be checked without this account.
    #[command(after_help = "Example:\n  enhance sign-off export 9e77d01c --out falls.json")]
    Export(paper::ExportArguments),
    /// Check a file with a sign-off. Needs no account and no network.
    #[command(after_help = "\
Example:
  enhance sign-off verify falls.json

Ends with 0 if it counts, with 10 if the signature holds and there was no --publisher to check the
key against, with 9 if what is signed does not verify, whatever of the file was changed or cut off,
or if the account on this machine knows that it counts no more, and with 2 if it is no file of a
sign-off at all. The key may stand in groups, with spaces or dashes between them.")]
    Verify(paper::VerifyArguments),
    /// Make this device a new key to sign with.
    #[command(after_help = "Example:\n  enhance sign-off renew-key")]
    RenewKey,
}

/// Hands over to the file of the verb.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.verb {
        Verb::Ask(arguments) => ask::ask(context, arguments),
        Verb::Check(arguments) => ask::look(context, arguments),
        Verb::Sign(arguments) => answer::sign(context, arguments),
        Verb::Return(arguments) => answer::give_back(context, arguments),
        Verb::Witness(arguments) => answer::witness(context, arguments),
        Verb::TakeBack(arguments) => take_back::take_back(context, arguments),
        Verb::List => list(context),
        Verb::Show(arguments) => show::show(context, arguments),
        Verb::Export(arguments) => paper::export(context, arguments),
        Verb::Verify(arguments) => paper::verify(context, arguments),
        Verb::RenewKey => {
            context.core()?.renew_signing_key(&Cancellation::new()).await?;
            context.output.answer(&(), |sheet| {
                sheet.line("This device signs with a new key. What it signed before stays good.");
            })?;
            Ok(Exit::Done)
        }
    }
}
