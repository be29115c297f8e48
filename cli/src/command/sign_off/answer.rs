//! Signing, returning, and letting somebody sign here.

use enhance_client::{LearningCore, SignOffAnswer, SignOffRequestView, WitnessedSigner};
use enhance_model::{
    DocumentId,
    sign_off::{Decision, SignerRole, SupervisorRole},
};
use serde::Serialize;

use super::{find::request, said::headline};
use crate::{
    command::reflect::check,
    context::Context,
    exit::{Exit, Failure},
    ids::{self, short},
    words::one_of,
};

/// What `enhance sign-off sign` and `return` take.
#[derive(Debug, clap::Args)]
pub struct AnswerArguments {
    /// The request's id, or enough of it.
    id: String,
    /// As what you sign, such as your part in the trainee's supervision.
    #[arg(long = "as", value_name = "ROLE", value_parser = one_of!(SupervisorRole))]
    role: SupervisorRole,
    /// What you say about it. Needed to return it.
    #[arg(long, value_name = "TEXT", default_value = "")]
    statement: String,
    /// Yes, also what may tell who somebody is: you have seen what was found.
    #[arg(long)]
    acknowledge: bool,
}

/// What `enhance sign-off witness` takes.
#[derive(Debug, clap::Args)]
pub struct WitnessArguments {
    #[command(flatten)]
    answer: AnswerArguments,
    /// Who signs.
    #[arg(long)]
    name: String,
    /// How you know them: "consultant on this ward", "GMC number on the badge".
    #[arg(long, value_name = "TEXT")]
    known_by: String,
    /// The same person on the programme, if they are: their name, part of it, or their id.
    #[arg(long)]
    person: Option<String>,
    /// They return it instead of signing.
    #[arg(long)]
    returned: bool,
}

#[derive(Serialize)]
struct SignedAnswer {
    request: DocumentId,
    sign_off: DocumentId,
    /// What the same signer answered before, which counts no more and stays readable.
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<DocumentId>,
    /// What readers are shown of the signer's role, if nobody else says the same of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
}

/// Signs what this person was asked to.
pub fn sign(context: &Context, arguments: &AnswerArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let request = request(&core, &arguments.id)?;
    may_state(context, &core, request, arguments)?;
    let sign_off = core.sign(request, &answer(arguments, Decision::Signed))?;
    said(context, (&core, request, sign_off), "Signed")
}

/// Returns what this person was asked to sign.
pub fn give_back(context: &Context, arguments: &AnswerArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let request = request(&core, &arguments.id)?;
    may_state(context, &core, request, arguments)?;
    let sign_off = core.sign(request, &answer(arguments, Decision::Returned))?;
    said(context, (&core, request, sign_off), "Returned")
}

/// Notes what somebody decided who signs here.
pub fn witness(context: &Context, arguments: &WitnessArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let request = request(&core, &arguments.answer.id)?;
    let decision = if arguments.returned { Decision::Returned } else { Decision::Signed };
    let by = signer(&core, arguments)?;
    may_state(context, &core, request, &arguments.answer)?;
    let sign_off = core.sign_witnessed(request, &by, &answer(&arguments.answer, decision))?;
    said(context, (&core, request, sign_off), "Witnessed")
}

/// Asks about what may tell who somebody is in what is said with a signature.
fn may_state(
    context: &Context,
    core: &LearningCore,
    request: DocumentId,
    arguments: &AnswerArguments,
) -> Result<(), Failure> {
    let said = (request, &[arguments.statement.as_str()][..]);
    check::may_say(context, core, said, arguments.acknowledge)
}

fn signer(core: &LearningCore, arguments: &WitnessArguments) -> Result<WitnessedSigner, Failure> {
    let people = core.people()?;
    let person =
        arguments.person.as_deref().map(|typed| ids::person(typed, &people)).transpose()?;
    let (name, known_by) = (arguments.name.clone(), arguments.known_by.clone());
    Ok(WitnessedSigner { name, person: person.map(|person| person.id), known_by })
}

fn answer(arguments: &AnswerArguments, decision: Decision) -> SignOffAnswer {
    let (role, statement) = (arguments.role, arguments.statement.clone());
    SignOffAnswer { decision, role, statement }
}

fn said(
    context: &Context,
    (core, request, sign_off): (&LearningCore, DocumentId, DocumentId),
    what: &str,
) -> Result<Exit, Failure> {
    let SignOffRequestView { answers, note, .. } = core.sign_off_request(request)?;
    let made = answers.iter().find(|one| one.id == sign_off);
    let role = made.map(|one| &one.signer_role).filter(|role| !role.agrees());
    let supersedes = made.and_then(|one| one.sign_off.supersedes);
    let before = answers.iter().find(|one| Some(one.id) == supersedes);
    let claim = role.map(SignerRole::in_words);
    let answer = SignedAnswer { request, sign_off, supersedes, claim };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("{what} [{}].", short(sign_off)));
        if !note.is_empty() {
            sheet.line(note);
        }
        if let Some(before) = before {
            let before = headline(&before.sign_off);
            sheet.line(format!("It takes the place of an earlier answer, which stays: {before}."));
        }
        if let Some(claim) = &answer.claim {
            // Her placements are the trainee's own to read.
            let is_known = role.is_some_and(|role| role.placements.is_some());
            let unless = if is_known { "" } else { ", unless a placement says the same" };
            sheet.line(format!("Readers see{unless}: {claim}."));
        }
        sheet.next("enhance sync", "send it");
    })?;
    Ok(Exit::Done)
}
