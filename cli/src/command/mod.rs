//! The commands. Each file has the same things in the same order: its arguments, `run`, and how
//! the answer looks on paper.

pub mod activity;
pub mod address;
mod answers;
pub mod arcp;
pub mod attach;
mod cohort;
mod delete;
pub mod devices;
pub mod enrol;
pub mod export;
pub mod import;
mod inbox;
pub mod log;
pub mod modules;
mod nudge;
pub mod pack;
pub mod people;
pub mod project;
pub mod quarantine;
pub mod record;
pub mod reflect;
pub mod salvage;
pub mod search;
pub mod sign_off;
pub mod sign_out;
pub mod status;
pub(crate) mod supervisors;
pub mod sync;
mod ticket;

use clap::Subcommand;
use enhance_model::Noun;

use crate::{
    context::Context,
    exit::{Exit, Failure},
};

const PLACEMENT: &str = "\
Examples:
  enhance placement
  enhance placement add organisation=\"Bedford Hospital\" kind=nhs_acute grade=F2 start=2026-08-05 end=2027-08-03
  enhance placement set 4c1d77e0 wte=0.6 split=\"acute 2/3, community 1/3\"
  enhance record add hours placement=4c1d77e0 from=2026-12-01 wte=0.6
  enhance record add supervisor placement=4c1d77e0 name=\"Dr Helen Lee\" role=clinical
  enhance record add break kind=parental from=2027-01-04 to=2027-06-30";

const GOAL: &str = "\
Examples:
  enhance goal add text=\"Lead a ward round\" success=\"Two rounds, with feedback\" due=2027-05-01
  enhance goal set 9f3c21ab status=achieved";

const CERTIFICATE: &str = "\
Example:
  enhance certificate add title=\"Advanced life support\" issuer=RCUK issued=2025-03-01 expires=2029-02-28";

const EVIDENCE: &str = "\
Examples:
  enhance evidence add evidence=9f3c21ab statement=pop-determinants justification=\"I found the figures myself\"
  enhance evidence add evidence=9f3c21ab statement=fpc-9 justification=@why.txt
  enhance coverage";

const DEADLINE: &str = "\
Example:
  enhance deadline add name=\"Portfolio closes\" at=2027-05-28 scope=\"Everything for the panel\"";

/// What `enhance` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Join the programme with an invitation, or add a device.
    Enrol(enrol::Arguments),
    /// Where the server is; or that it has moved.
    Address(address::Arguments),
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
    /// Where you work, and for how many hours; the log is counted by it.
    #[command(after_help = record::help_of(Noun::Placement, PLACEMENT))]
    Placement(record::KindArguments),
    /// Goals of personal development.
    #[command(after_help = record::help_of(Noun::PdpGoal, GOAL))]
    Goal(record::KindArguments),
    /// Certificates, with the day they run out.
    #[command(after_help = record::help_of(Noun::Certificate, CERTIFICATE))]
    Certificate(record::KindArguments),
    /// Evidence for outcomes and capabilities, each with why it shows them.
    #[command(after_help = record::help_of(Noun::EvidenceLink, EVIDENCE))]
    Evidence(record::KindArguments),
    /// The days on which portfolios close, with warnings 28, 14 and 7 days before.
    #[command(after_help = record::help_of(Noun::EvidenceDeadline, DEADLINE))]
    Deadline(record::KindArguments),
    /// What your evidence covers, and what is thin or missing.
    #[command(after_help = "Example:\n  enhance coverage --json")]
    Coverage,
    /// Whatever is in your personal record: absences, breaks, experiences, journeys, and the rest.
    Record(record::Arguments),
    /// Reflections: private to you until you share a copy.
    Reflect(reflect::Arguments),
    /// Attach a photograph or a PDF to a reflection or to a thing in your record.
    Attach(attach::Arguments),
    /// What is attached: list it, save it, take it away.
    Attachments(attach::ListArguments),
    /// Change projects: plans that several people write.
    Project(project::Arguments),
    /// The page for your annual review: print it, take its figures, or paste its texts.
    Arcp(arcp::Arguments),
    /// Whether a printed page still agrees with what it was made of.
    Verify(project::VerifyArguments),
    /// Sign-offs: ask for one, sign or return, and check one from a file.
    SignOff(sign_off::Arguments),
    /// What waits for you: copies, sign-offs, comments, actions, nudges, deadlines.
    Inbox(inbox::Arguments),
    /// Your trainees, by the plans you are a member of and the copies they shared with you.
    Cohort(cohort::Arguments),
    /// Let the owner of a plan know that you wait for something in it.
    Nudge(nudge::Arguments),
    /// Tickets: let somebody without an account read one text and answer.
    Ticket(ticket::Arguments),
    /// Who supervises you, as your placements say.
    Supervisors(supervisors::Arguments),
    /// The people on the programme you may share with.
    People(people::Arguments),
    /// Find words in your documents and in the programme.
    Search(search::Arguments),
    /// Content packs: the programme's texts and media.
    Pack(pack::Arguments),
    /// Exchange with the server: send what is waiting, fetch what is new.
    Sync(sync::Arguments),
    /// Your devices: list them, name one, sign one out.
    Devices(devices::Arguments),
    /// Sign this device out: tell the server, and wipe everything here.
    SignOut(sign_out::Arguments),
    /// Work the server refused: read it, write it anew, export it.
    Quarantine(quarantine::Arguments),
    /// Everything you can read, as JSON, CSV or a page.
    Export(export::Arguments),
    /// Read an export back, also into another account.
    Import(import::Arguments),
    /// Take what can be read out of a damaged database into a new one.
    Salvage(salvage::Arguments),
}

impl Command {
    /// Runs the command in its own file.
    pub async fn run(&self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Enrol(arguments) => enrol::run(context, arguments).await,
            Self::Address(arguments) => address::run(context, arguments).await,
            Self::Status(arguments) => status::run(context, arguments),
            Self::Modules(arguments) => modules::list(context, arguments),
            Self::Module(arguments) => modules::run(context, arguments),
            Self::Activity(arguments) => activity::run(context, arguments),
            Self::Log(arguments) => log::run(context, arguments),
            Self::Placement(arguments) => record::of_kind(context, Noun::Placement, arguments),
            Self::Goal(arguments) => record::of_kind(context, Noun::PdpGoal, arguments),
            Self::Certificate(arguments) => record::of_kind(context, Noun::Certificate, arguments),
            Self::Evidence(arguments) => record::of_kind(context, Noun::EvidenceLink, arguments),
            Self::Deadline(arguments) => {
                record::of_kind(context, Noun::EvidenceDeadline, arguments)
            }
            Self::Coverage => record::coverage(context),
            Self::Record(arguments) => record::run(context, arguments),
            Self::Reflect(arguments) => reflect::run(context, arguments),
            Self::Attach(arguments) => attach::run(context, arguments),
            Self::Attachments(arguments) => attach::list(context, arguments).await,
            Self::Project(arguments) => project::run(context, arguments),
            Self::Arcp(arguments) => arcp::run(context, arguments),
            Self::Verify(arguments) => project::verify(context, arguments),
            Self::SignOff(arguments) => sign_off::run(context, arguments).await,
            Self::Inbox(arguments) => inbox::run(context, arguments),
            Self::Cohort(arguments) => cohort::run(context, arguments),
            Self::Nudge(arguments) => nudge::run(context, arguments),
            Self::Ticket(arguments) => ticket::run(context, arguments).await,
            Self::Supervisors(arguments) => supervisors::run(context, arguments),
            Self::People(arguments) => people::run(context, arguments).await,
            Self::Search(arguments) => search::run(context, arguments),
            Self::Pack(arguments) => pack::run(context, arguments).await,
            Self::Sync(arguments) => sync::run(context, arguments).await,
            Self::Devices(arguments) => devices::run(context, arguments).await,
            Self::SignOut(arguments) => sign_out::run(context, arguments).await,
            Self::Quarantine(arguments) => quarantine::run(context, arguments),
            Self::Export(arguments) => export::run(context, arguments).await,
            Self::Import(arguments) => import::run(context, arguments),
            Self::Salvage(arguments) => salvage::run(context, arguments),
        }
    }
}
