//! `enhance sign-out`: the server is told, and everything here is wiped.

use enhance_client::{Cancellation, SignOutReport};

use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::Sheet,
};

const EXAMPLES: &str = "\
Examples:
  enhance sign-out
  enhance sign-out --confirm 3f9a1c0b7d2e4a68

What is on this device alone would be lost: then it is said what that is and with which word to
confirm it, and nothing is done. Without a network everything here is wiped all the same; sign the
device out from another one of yours then.";

/// Sign this device out: tell the server, and wipe everything here.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The word by which you confirm that what is on this device alone may be lost.
    #[arg(long, value_name = "WORD")]
    confirm: Option<String>,
}

/// Signs out, and wipes the home.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let signed_out = core.sign_out(arguments.confirm.as_deref(), &Cancellation::new()).await?;
    drop(core);
    context.home.wipe()?;
    context.output.answer(&signed_out, |sheet| write(sheet, signed_out))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, signed_out: SignOutReport) {
    sheet.line("You are signed out. Everything that was here is wiped.");
    if !signed_out.server_told {
        sheet.line("The server could not be told. Sign this device out from another one of yours:");
        sheet.line("enhance devices sign-out ID");
    }
}
