//! Asking for a signature.

use enhance_client::{ChangedSince, LearningCore, SignOffStanding, SignOffSubject};
use enhance_model::{
    DocumentId, Person,
    sign_off::{Subject, SubjectKind},
};
use serde::Serialize;

use crate::{
    command::{reflect::check, supervisors},
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
};

/// So many supervisors are named to one who names nobody.
const NAMED: usize = 3;

/// What `enhance sign-off ask` takes.
#[derive(Debug, clap::Args)]
pub struct AskArguments {
    #[command(flatten)]
    subject: SubjectArguments,
    /// Whom to ask: their name, part of it, or their id [default: it is signed here].
    #[arg(long, value_name = "PERSON")]
    with: Option<String>,
    /// What you say to them. It is not signed.
    #[arg(long, value_name = "TEXT", default_value = "")]
    message: String,
    /// Yes, also what may tell who somebody is: you have seen what was found.
    #[arg(long)]
    acknowledge: bool,
    /// Yes, also if they are asked to sign the same already.
    #[arg(long)]
    again: bool,
}

/// What `enhance sign-off check` takes.
#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    #[command(flatten)]
    subject: SubjectArguments,
    /// What you would say to who is asked.
    #[arg(long, value_name = "TEXT", default_value = "")]
    message: String,
}

/// What is to be signed.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct SubjectArguments {
    /// A reflection, by its id or enough of it.
    #[arg(long, value_name = "ID")]
    reflection: Option<String>,
    /// A copy of a reflection that you shared.
    #[arg(long, value_name = "ID")]
    copy: Option<String>,
    /// A plan, as it stands.
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// A module, by its key.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    module: Option<String>,
    /// Learning sessions, by their ids.
    #[arg(long, value_name = "ID", num_args = 1..)]
    session: Vec<String>,
}

#[derive(Serialize)]
struct AskAnswer<'a> {
    request: DocumentId,
    with: Option<&'a Person>,
    /// That their placement is not on, if it is not.
    note: Option<&'a str>,
    /// What has to be known before it is signed. May be empty.
    before: &'static str,
}

/// Asks a person for a signature, or prepares one that is given here.
pub fn ask(context: &Context, arguments: &AskArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let people = core.people()?;
    let with = arguments.with.as_deref().map(|with| ids::person(with, &people)).transpose()?;
    let subject = subject(&core, &arguments.subject)?;
    let person = with.map(|person| person.id);
    if let Some((with, request)) = with.zip(waiting(&core, &subject, with)?) {
        let said = format!("{} is asked to sign this already [{}]", with.name, short(request));
        check::may_again(context, arguments.again, &said)?;
    }
    let message = &arguments.message;
    let found = core.check_before_sign_off(&subject, message)?;
    let asked = (arguments.acknowledge, "Have it signed");
    let request = if check::may_leave(context, &core, &found, asked)? {
        let acknowledged = found.acknowledgement;
        core.request_sign_off_acknowledged(&subject, person, message, acknowledged)?
    } else {
        core.request_sign_off(&subject, person, message)?
    };
    let supervisors = core.supervisors()?;
    let note = person.and_then(|person| supervisors::note_on(&supervisors, person));
    let before = core.sign_off_request(request)?.note;
    context.output.answer(&AskAnswer { request, with, note, before }, |sheet| {
        let id = short(request);
        if !before.is_empty() {
            sheet.line(before);
        }
        if let Some(person) = with {
            sheet.line(format!("{} is asked to sign it as it stands [{id}].", person.name));
            note.map(|note| sheet.line(format!("{note}.")));
            sheet.next("enhance sync", "send it");
        } else {
            sheet.line(format!("It can be signed here as it stands [{id}]."));
            let witness =
                format!("enhance sign-off witness {id} --as clinical --name ... --known-by ...");
            sheet.next(&witness, "hand the device over");
            for one in supervisors.iter().filter_map(|one| one.person.as_ref()).take(NAMED) {
                let again = format!("enhance sign-off ask ... --with \"{}\"", one.name);
                sheet.next(&again, "ask your supervisor instead");
            }
        }
    })?;
    Ok(Exit::Done)
}

/// Shows what may tell who somebody is in what would be signed, and asks nobody.
pub fn look(context: &Context, arguments: &CheckArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let subject = subject(&core, &arguments.subject)?;
    let found = core.check_before_sign_off(&subject, &arguments.message)?;
    check::show(context, &core, &found, |sheet| {
        if found.probable.is_empty() {
            return;
        }
        let (flag, of) = match &subject {
            SignOffSubject::Reflection(id) => ("reflection", short(*id)),
            SignOffSubject::SharedReflection(id) => ("copy", short(*id)),
            SignOffSubject::Project(id) => ("project", short(*id)),
            SignOffSubject::Module(key) => ("module", key.clone()),
            SignOffSubject::Sessions(ids) => {
                ("session", ids.iter().map(|id| short(*id)).collect::<Vec<_>>().join(" "))
            }
        };
        match &subject {
            SignOffSubject::Reflection(_) => {
                sheet.next(&format!("enhance reflect edit {of}"), NEUTRAL);
            }
            SignOffSubject::Project(_) => {
                sheet.next(&format!("enhance project edit {of} --section NAME=@FILE"), NEUTRAL);
            }
            SignOffSubject::Sessions(_) => {
                sheet.next("enhance log set ID title=TEXT", NEUTRAL);
            }
            // A copy never changes, and a module has the words of what shows it.
            SignOffSubject::SharedReflection(_) | SignOffSubject::Module(_) => {}
        }
        let ask = format!("enhance sign-off ask --{flag} {of} --with PERSON --acknowledge");
        sheet.next(&ask, "ask for it all the same");
    })
}

/// Why something is edited before it is signed.
const NEUTRAL: &str = "write something neutral instead";

/// The request by which a person is asked for the same, as it stands, and has not answered.
fn waiting(
    core: &LearningCore,
    subject: &SignOffSubject,
    with: Option<&Person>,
) -> Result<Option<DocumentId>, Failure> {
    for view in core.sign_offs_asked_by_me()?.items {
        let is_same = view.standing == SignOffStanding::Asked
            && view.request.asked == with.map(|person| person.id)
            && is_of(&view.request.subject, subject);
        if is_same && core.changed_since_sign_off(view.id)? == ChangedSince::Unchanged {
            return Ok(Some(view.id));
        }
    }
    Ok(None)
}

fn is_of(asked: &Subject, subject: &SignOffSubject) -> bool {
    match subject {
        SignOffSubject::Reflection(id)
        | SignOffSubject::SharedReflection(id)
        | SignOffSubject::Project(id) => asked.document == Some(*id),
        SignOffSubject::Module(key) => asked.kind == SubjectKind::Module && asked.key == *key,
        SignOffSubject::Sessions(ids) => asked.kind == SubjectKind::Sessions && asked.items == *ids,
    }
}

fn subject(core: &LearningCore, typed: &SubjectArguments) -> Result<SignOffSubject, Failure> {
    let SubjectArguments { reflection, copy, project, module, session } = typed;
    if let Some(id) = reflection {
        return Ok(SignOffSubject::Reflection(documents::reflection(core, id)?));
    }
    if let Some(id) = copy {
        return Ok(SignOffSubject::SharedReflection(documents::any(core, id)?));
    }
    if let Some(id) = project {
        return Ok(SignOffSubject::Project(documents::project(core, id)?));
    }
    if let Some(key) = module {
        return Ok(SignOffSubject::Module(key.clone()));
    }
    let record = core.record()?;
    let known = record.sessions.iter().map(|(id, session)| (*id, session.title.clone()));
    let known: Vec<_> = known.collect();
    let ids = session.iter().map(|typed| ids::resolve("session", typed, &known));
    Ok(SignOffSubject::Sessions(ids.collect::<Result<_, _>>()?))
}
