//! `enhance enrol`: join with an invitation, open private documents, invite another device.

mod typed;

use std::{
    io::{self, BufRead},
    path::PathBuf,
};

use enhance_client::{Account, Cancellation, Error, LearningCore, PrivateAccess};
use enhance_model::{
    Quoted,
    link::{self, LinkKind},
};
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::{Sheet, note},
    text::TextSource,
};

const EXAMPLES: &str = "\
Examples:
  enhance enrol --server https://learn.example.org ABCD-EFGH-JKMN
  enhance enrol \"https://learn.example.org/#join=ABCD-EFGH-JKMN\"
  enhance enrol --server http://127.0.0.1:8080 ABCD-EFGH-JKMN --device-name \"Ward laptop\"
  enhance enrol --invite-device                        # on a device that is in
  enhance --home other enrol --server https://learn.example.org QRST-VWXY-Z234 --recovery-key -
  enhance enrol --recovery-key-file key.txt            # open private documents later, offline
  enhance enrol EFGH-JKMN-ABCD                         # again, where the server forgot this device

The first device prints a recovery key, and with --show-recovery-key once more. It is the only way to open your private documents
on another device or after a loss: the server cannot read them and cannot give them back.
Others on this machine may see a key that is typed as an argument; - or a file is better.
A terminal has no keystore as a phone has: the key of the database here is the file `key` in
the home, readable by you alone.";

/// Join the programme with an invitation, or add a device.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The invitation you were given: its code, or the link with it, in quotes.
    #[arg(required_unless_present_any =
        ["server", "invite_device", "recovery_key", "recovery_key_file", "show_recovery_key"])]
    code: Option<String>,

    /// The server's address, as its operator gave it to you. Where this
    /// device is enrolled already, it is known.
    #[arg(long, value_name = "URL", conflicts_with_all = ["invite_device", "show_recovery_key"])]
    server: Option<String>,

    /// What to call this device.
    #[arg(long, value_name = "NAME", default_value = "terminal")]
    device_name: String,

    /// The recovery key of your first device; - reads it from standard input.
    #[arg(long, value_name = "KEY|-", conflicts_with = "recovery_key_file")]
    recovery_key: Option<String>,

    /// A file that holds the recovery key.
    #[arg(long, value_name = "FILE")]
    recovery_key_file: Option<PathBuf>,

    /// Print an invitation for another device of yours.
    #[arg(long, conflicts_with_all = ["code", "recovery_key", "recovery_key_file"])]
    invite_device: bool,

    /// Print the recovery key once more, on the device that made it.
    #[arg(long, conflicts_with_all =
        ["code", "recovery_key", "recovery_key_file", "invite_device"])]
    show_recovery_key: bool,
}

#[derive(Serialize)]
struct EnrolAnswer {
    account: Account,
    /// Only from the first device, and only now.
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_key: Option<String>,
    /// Whether the server knew this device already.
    was_enrolled: bool,
}

#[derive(Serialize)]
struct RecoveryKeyAnswer {
    recovery_key: String,
}

#[derive(Serialize)]
struct InvitationAnswer {
    invitation: String,
}

/// Enrols, opens private documents, or invites another device.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    if arguments.invite_device {
        return invite(context).await;
    }
    if arguments.show_recovery_key {
        return show_recovery_key(context);
    }
    if let Some(server) = &arguments.server {
        typed::check_server(server, arguments.code.is_some())?;
    }
    let Some(invitation) = &arguments.code else {
        let core = context.core()?;
        let Some(typed) = recovery_key(arguments)? else {
            return Err(Failure::Usage("type an invitation code or a recovery key".to_owned()));
        };
        core.use_recovery_key(&typed)?;
        return answer(context, &core, (None, false));
    };
    typed::check_code(invitation)?;
    let (linked, invitation) = invited(invitation)?;
    let server = match (&arguments.server, linked) {
        (Some(server), Some(linked)) if !is_same(server, &linked) => {
            let (server, linked) = (Quoted(server), Quoted(&linked));
            return Err(Failure::Usage(format!(
                "the link is one of {linked}, and --server says {server}; leave --server out"
            )));
        }
        (Some(server), _) => server.clone(),
        (None, Some(linked)) => linked,
        (None, None) => known_server(context)?,
    };
    // Read first: a key file that is not there must not leave a half-done enrolment behind.
    let typed = recovery_key(arguments)?;
    let made = context.home.make(context.environment.clone())?;
    let core = made.core;
    let enrolled =
        core.enrol(&server, &invitation, &arguments.device_name, &Cancellation::new()).await;
    let enrolled = match enrolled {
        Err(error) if made.is_new && changed_nothing(&error) => {
            drop(core);
            context.home.unmake(made.folder_is_new)?;
            return Err(error.into());
        }
        enrolled => enrolled?,
    };
    if enrolled.account.private_access == PrivateAccess::RecoveryKeyNeeded {
        let typed = match typed {
            None if context.output.can_ask() => ask()?,
            given => given,
        };
        if let Some(typed) = typed {
            note("This device is enrolled. Opening your private documents ...");
            core.use_recovery_key(&typed)?;
        }
    }
    let key = enrolled.recovery_key.map(|key| key.to_string());
    answer(context, &core, (key, enrolled.was_enrolled))
}

/// The server in what was pasted, if it is a link, and the code.
fn invited(pasted: &str) -> Result<(Option<String>, String), Failure> {
    if !link::is_one(pasted) {
        return Ok((None, pasted.to_owned()));
    }
    let link = link::read(pasted, LinkKind::Invitation);
    let link = link.map_err(|error| Failure::Usage(error.to_string()))?;
    Ok((Some(link.server), link.value))
}

/// Whether two addresses are the same but for how they are typed.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |address: &str| {
        let small = link::bare(address).to_lowercase();
        let named = small.strip_prefix("https://").unwrap_or(&small);
        named.trim_end_matches('/').to_owned()
    };
    plain(one) == plain(other)
}

/// The server that this home is enrolled at.
fn known_server(context: &Context) -> Result<String, Failure> {
    let unknown = || {
        let said = "say where the server is: --server URL, or paste the whole link as the code";
        Failure::Usage(said.to_owned())
    };
    let known = match context.core() {
        Err(Failure::NotEnrolled { .. }) => None,
        core => core?.account()?,
    };
    known.map(|account| account.server).ok_or_else(unknown)
}

/// Whether it is certain that no server took what a new home was made for. An answer that was lost
/// is asked for again by what is kept there.
const fn changed_nothing(error: &Error) -> bool {
    matches!(error, Error::Refused { .. } | Error::InvalidInput { .. })
}

fn show_recovery_key(context: &Context) -> Result<Exit, Failure> {
    let Some(key) = context.core()?.recovery_key()? else {
        let why = "the recovery key was made on your first device, and is shown there alone";
        return Err(Failure::Core(Error::NotAllowed { what: why.to_owned() }));
    };
    let recovery_key = key.to_string();
    context.output.answer(&RecoveryKeyAnswer { recovery_key: recovery_key.clone() }, |sheet| {
        sheet.line("Your recovery key:");
        sheet.blank().prose(&recovery_key).blank();
        sheet.line("Keep it safe: whoever has it can read your private documents.");
    })?;
    Ok(Exit::Done)
}

async fn invite(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let server = core.account()?.map(|account| account.server).unwrap_or_default();
    let invitation = core.invite_device(&Cancellation::new()).await?;
    context.output.answer(&InvitationAnswer { invitation: invitation.clone() }, |sheet| {
        sheet.line(format!("Invitation for another device of yours: {invitation}"));
        sheet.blank().line("On that device:");
        sheet.line(format!("enhance enrol --server {server} {invitation} --recovery-key -"));
    })?;
    Ok(Exit::Done)
}

fn recovery_key(arguments: &Arguments) -> Result<Option<String>, Failure> {
    let source = match (&arguments.recovery_key, &arguments.recovery_key_file) {
        (Some(typed), _) if typed == "-" => TextSource::Stdin,
        (Some(typed), _) => TextSource::Typed(typed.clone()),
        (None, Some(path)) => TextSource::File(path.clone()),
        (None, None) => return Ok(None),
    };
    source.read().map(Some)
}

fn ask() -> Result<Option<String>, Failure> {
    note("Type the recovery key of your first device (Enter to do it later):");
    let mut typed = String::new();
    let path = PathBuf::from("standard input");
    let read = io::stdin().lock().read_line(&mut typed);
    read.map_err(|source| Failure::File { path, source })?;
    let typed = typed.trim().to_owned();
    Ok((!typed.is_empty()).then_some(typed))
}

fn answer(
    context: &Context,
    core: &LearningCore,
    (recovery_key, was_enrolled): (Option<String>, bool),
) -> Result<Exit, Failure> {
    let account = core.account()?.ok_or_else(|| Failure::NotEnrolled {
        home: context.home.folder().display().to_string(),
    })?;
    let joined = EnrolAnswer { account, recovery_key, was_enrolled };
    context.output.answer(&joined, |sheet| write(sheet, &joined))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, joined: &EnrolAnswer) {
    let EnrolAnswer { account, recovery_key, was_enrolled } = joined;
    let person = &account.person;
    if *was_enrolled {
        sheet.line("The server knows this device already; nothing was changed.");
    }
    sheet.line(format!(
        "You are {}, {}, on {}.",
        person.name,
        person.roles_in_words(),
        account.server
    ));
    match (recovery_key, &account.private_access) {
        (Some(key), _) => {
            sheet.heading("Your recovery key, to be written down now:");
            sheet.blank().prose(key).blank();
            sheet.line("Write it down and keep it safe. With it another device of yours can read");
            sheet.line(
                "your private documents. Without it nobody can, not even the server's people.",
            );
        }
        (None, PrivateAccess::Open) => {
            sheet.line("Your private documents are open on this device.");
        }
        (None, PrivateAccess::RecoveryKeyNeeded) => {
            sheet.line("Your private documents stay closed here until you type the recovery key:");
            sheet.line("enhance enrol --recovery-key -");
        }
    }
    if *was_enrolled && recovery_key.is_none() {
        sheet.next("enhance status", "see how this device stands");
    } else {
        sheet.next("enhance sync", "fetch the programme and your documents");
    }
}
