//! `enhance devices`: your devices, what they are called, and ending one that you do not hold.

use enhance_client::{Cancellation, LearningCore, OwnDevice};
use enhance_model::{DeviceId, Quoted};

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::resolve_beginning,
    output::Sheet,
    when::when,
};

const EXAMPLES: &str = "\
Examples:
  enhance devices
  enhance devices rename 0193a3c4 \"Ward phone\"
  enhance devices sign-out 0193a3c4

A device that is signed out gets nothing more and can store nothing more; what is on it stays on
it. To sign out the one you hold, and wipe it: enhance sign-out.";

/// Your devices: list them, name one, sign one out.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    step: Option<Step>,
}

#[derive(Debug, clap::Subcommand)]
enum Step {
    /// Give a device another name.
    #[command(after_help = "Example:\n  enhance devices rename 9f3c21ab \"Phone of mine\"")]
    Rename {
        /// The device, by the beginning of its id.
        #[arg(value_name = "ID")]
        device: String,
        name: String,
    },
    /// End a device of yours: its token is known no more.
    #[command(after_help = "Example:\n  enhance devices sign-out 9f3c21ab")]
    SignOut {
        /// The device, by the beginning of its id.
        #[arg(value_name = "ID")]
        device: String,
    },
}

/// Lists the devices after what was asked for was done.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let (core, cancel) = (context.core()?, Cancellation::new());
    let devices = match &arguments.step {
        None => core.devices(&cancel).await?,
        Some(Step::Rename { device, name }) => {
            let device = find(&core, device, &cancel).await?;
            core.rename_device(device, name, &cancel).await?
        }
        Some(Step::SignOut { device }) => {
            let device = find(&core, device, &cancel).await?;
            core.sign_out_device(device, &cancel).await?
        }
    };
    context.output.answer(&devices, |sheet| write(sheet, &devices))?;
    Ok(Exit::Done)
}

/// The one device whose id begins so.
async fn find(
    core: &LearningCore,
    typed: &str,
    cancel: &Cancellation,
) -> Result<DeviceId, Failure> {
    let devices = core.devices(cancel).await?;
    let choices: Vec<_> = devices.into_iter().map(|one| (one.id, one.name)).collect();
    resolve_beginning("device", typed, &choices).map_err(|failure| match failure {
        Failure::NotFound { .. } => {
            Failure::Usage(format!("you have no device {}; see: enhance devices", Quoted(typed)))
        }
        other => other,
    })
}

fn write(sheet: &mut Sheet, devices: &[OwnDevice]) {
    for OwnDevice { id, name, last_seen, is_this, .. } in devices {
        let this = if *is_this { ", this one" } else { "" };
        let beginning: String = id.to_string().chars().take(18).collect();
        sheet.line(format!("{beginning}  {name}  (last seen {}{this})", when(*last_seen)));
    }
}
