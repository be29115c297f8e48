//! `enhance address`: where the server is, and that it is elsewhere now.

use enhance_client::{Account, Cancellation, Error};
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
};

const EXAMPLES: &str = "\
Examples:
  enhance address
  enhance address https://learn.example.org

The new address is asked who it is before anything is sent there, and taken only if it is the
same server. Nothing else changes: your work, your keys and your place stay as they are.";

/// Where the server is; or that it has moved.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The address at which the server is now.
    #[arg(value_name = "URL")]
    server: Option<String>,
}

#[derive(Serialize)]
struct AddressAnswer {
    server: String,
}

/// Says where the server is, or moves it.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let known: Account = core.account()?.ok_or(Error::NotEnrolled)?;
    let account = match &arguments.server {
        None => known,
        Some(server) => core.set_server(server, &Cancellation::new()).await?,
    };
    let answer = AddressAnswer { server: account.server };
    context.output.answer(&answer, |sheet| {
        sheet.field("Server", &answer.server);
        if arguments.server.is_some() {
            sheet.next("enhance sync", "exchange with it there");
        }
    })?;
    Ok(Exit::Done)
}
