//! What an edit of the record names of the programme: it must be there, and what it says is kept
//! with the edit, so that it can be read when another version of the pack is in use.

use enhance_model::{
    ItemId, Noun, Quoted, Tag, folding,
    personal_record::{
        DebriefEdit, EvidenceLinkEdit, GoalEdit, PersonalRecord, RecordEdit, SessionEdit, Statement,
    },
    programme::{Activity, ActivityPart, Module, Outcome, PartMode, Programme, find_capability},
};

use crate::{
    error::{Error, InputField},
    state::State,
};

/// Refuses edits that name something of the programme that is not there. Before a pack with such
/// things is here, any will do. Returns what is written with them.
pub(super) fn completed(
    state: &mut State,
    edits: &[RecordEdit],
    after: &PersonalRecord,
) -> Result<Vec<RecordEdit>, Error> {
    let Some(pack) = state.programme()? else { return Ok(Vec::new()) };
    let programme = &pack.programme;
    let mut more = Vec::new();
    for edit in edits {
        match edit {
            RecordEdit::EvidenceLink { id, edit: EvidenceLinkEdit::Statement(statement) } => {
                let version = pack.version;
                more.extend(said(programme, version, *id, statement)?);
            }
            RecordEdit::PdpGoal { edit: GoalEdit::Capabilities(tags), .. }
            | RecordEdit::LearningSession { edit: SessionEdit::Themes(tags), .. } => {
                check(programme, tags)?;
            }
            RecordEdit::Start { activity: key, .. }
            | RecordEdit::LearningSession { edit: SessionEdit::Activity(Some(key)), .. } => {
                activity(programme, key)?;
            }
            RecordEdit::LearningSession { edit: SessionEdit::Module(Some(key)), .. } => {
                module(programme, key)?;
            }
            RecordEdit::Debrief { edit: DebriefEdit::Activity(key), .. } => {
                talked_over(programme, key)?;
            }
            RecordEdit::LearningSession { id, edit: SessionEdit::Part(part) }
                if !part.is_empty() =>
            {
                let activity = after.sessions.get(id).and_then(|one| one.activity.as_deref());
                let part = part_of(programme, activity, part)?;
                more.extend(counted_as(*id, part));
            }
            _ => {}
        }
    }
    Ok(more)
}

/// A module of the programme, by its key.
pub(super) fn module<'p>(programme: &'p Programme, key: &str) -> Result<&'p Module, Error> {
    programme.module(key).ok_or_else(|| Error::not_found(Noun::Module, key))
}

/// An activity of the programme, by its key.
pub(super) fn activity<'p>(programme: &'p Programme, key: &str) -> Result<&'p Activity, Error> {
    let found = programme.activity(key).map(|(_, activity)| activity);
    found.ok_or_else(|| Error::not_found(Noun::Activity, key))
}

/// Refuses an activity that is nothing that is talked over.
pub(super) fn talked_over(programme: &Programme, key: &str) -> Result<(), Error> {
    if activity(programme, key)?.debrief.is_some() {
        return Ok(());
    }
    let why = format!("{key} is nothing that is talked over: it has no debrief");
    Err(Error::invalid(InputField::Edit, why))
}

/// Refuses a prompt for a reflection that is no activity and no pause point. A pack that is not
/// here, or cannot be read, keeps nobody from writing.
pub(super) fn check_prompted_by(state: &mut State, key: &str) -> Result<(), Error> {
    let Some(pack) = state.programme().ok().flatten() else { return Ok(()) };
    let programme = &pack.programme;
    let mut pauses = programme.resources.iter().flat_map(|resource| &resource.pause_points);
    if programme.activity(key).is_some() || pauses.any(|pause| pause.key == key) {
        return Ok(());
    }
    let why = format!("{} is no activity and no pause point of the programme", Quoted(key));
    Err(Error::invalid(InputField::Key, why))
}

/// Refuses tags for domains, themes and capabilities that nobody published. A pack that cannot be
/// read keeps nobody from writing.
pub(super) fn check_tags<'t>(
    state: &mut State,
    tags: impl IntoIterator<Item = &'t Tag>,
) -> Result<(), Error> {
    let mut tags = tags.into_iter().peekable();
    if tags.peek().is_none() {
        return Ok(());
    }
    match state.programme().ok().flatten() {
        Some(pack) => check(&pack.programme, tags),
        None => Ok(()),
    }
}

/// Refuses a topic that is no domain of the programme. A plan may have none.
pub(super) fn check_topic(state: &mut State, topic: &str) -> Result<(), Error> {
    if topic.is_empty() {
        return Ok(());
    }
    check_tags(state, &[Tag::Domain(topic.to_owned())])
}

fn check<'t>(programme: &Programme, tags: impl IntoIterator<Item = &'t Tag>) -> Result<(), Error> {
    let domains: Vec<&str> = programme.domains.iter().map(|one| one.key.as_str()).collect();
    let themes: Vec<&str> = programme.themes.iter().map(|one| one.key.as_str()).collect();
    tags.into_iter().try_for_each(|tag| match tag {
        Tag::Domain(key) => is_one_of("domain", key, &domains),
        Tag::Theme(key) => is_one_of("theme", key, &themes),
        Tag::Capability(_) if programme.frameworks.is_empty() => Ok(()),
        Tag::Capability(key) => find_capability(&programme.frameworks, key)
            .map(drop)
            .map_err(|fault| Error::invalid(InputField::Edit, fault)),
    })
}

/// A programme that has none of them says nothing about them.
fn is_one_of(what: &str, key: &str, known: &[&str]) -> Result<(), Error> {
    if known.is_empty() || known.contains(&key) {
        return Ok(());
    }
    let known = known.join(", ");
    let why = format!("{} is no {what} of the programme; they are: {known}", Quoted(key));
    Err(Error::invalid(InputField::Edit, why))
}

/// What a statement says, and of which version that is.
fn said(
    programme: &Programme,
    pack: u64,
    id: ItemId,
    statement: &Statement,
) -> Result<Vec<RecordEdit>, Error> {
    let (known, text, version) = match statement {
        Statement::Capability(_) if programme.frameworks.is_empty() => return Ok(Vec::new()),
        Statement::Capability(key) => {
            let found = find_capability(&programme.frameworks, key);
            let (framework, capability) =
                found.map_err(|fault| Error::invalid(InputField::Edit, fault))?;
            let code = capability.code.to_uppercase();
            let text = format!("{code}: {}", capability.text);
            (Statement::Capability(framework.key_of(capability)), text, framework.version.clone())
        }
        Statement::Outcome(key) => {
            let mut outcomes = programme.modules.iter().flat_map(|module| &module.outcomes);
            // An outcome of another programme may be somebody's all the same.
            let is_it = |one: &&Outcome| folding::key(&one.key) == folding::key(key);
            let Some(outcome) = outcomes.find(is_it) else { return Ok(Vec::new()) };
            (Statement::Outcome(outcome.key.clone()), outcome.text.clone(), pack.to_string())
        }
    };
    // What was typed in other letters is written as the programme has it.
    let other = (known != *statement).then_some(EvidenceLinkEdit::Statement(known));
    let said = [EvidenceLinkEdit::Said(text), EvidenceLinkEdit::Version(version)];
    let edits = other.into_iter().chain(said);
    Ok(edits.map(|edit| RecordEdit::EvidenceLink { id, edit }).collect())
}

fn part_of<'p>(
    programme: &'p Programme,
    activity: Option<&str>,
    part: &str,
) -> Result<&'p ActivityPart, Error> {
    let refuse = |why: String| Error::invalid(InputField::Edit, why);
    let Some(key) = activity else {
        return Err(refuse(format!("say of which activity {} is a part", Quoted(part))));
    };
    let Some((_, activity)) = programme.activity(key) else {
        return Err(refuse(format!("{key} is no activity of the programme, and has no parts")));
    };
    activity.part(part).ok_or_else(|| {
        let parts: Vec<&str> = activity.parts.iter().map(|one| one.key.as_str()).collect();
        refuse(match parts.as_slice() {
            [] => format!("{key} has no parts"),
            parts => {
                let parts = parts.join(", ");
                format!("{key} has no part {}; its parts are {parts}", Quoted(part))
            }
        })
    })
}

/// A part says how its minutes count, so that nothing else has to.
fn counted_as(id: ItemId, part: &ActivityPart) -> Vec<RecordEdit> {
    let kind = SessionEdit::Kind(part.session_kind());
    let online = (part.mode == PartMode::FaceToFace).then_some(SessionEdit::Online(None));
    let edits = [kind].into_iter().chain(online);
    edits.map(|edit| RecordEdit::LearningSession { id, edit }).collect()
}
