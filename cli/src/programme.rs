//! Keys of the programme as people type them: a slip would put work where nobody looks for it.

use enhance_client::{Error, LearningCore};
use enhance_model::{
    Quoted, Tag,
    personal_record::SessionKind,
    programme::{ActivityPart, find_capability},
};

use crate::{exit::Failure, output::note};

/// Refuses a topic that is no domain of the programme. Before one is here, any will do.
pub fn check_topic(core: &LearningCore, topic: &str) -> Result<(), Failure> {
    if topic.is_empty() { Ok(()) } else { check_tags(core, &[Tag::Domain(topic.to_owned())]) }
}

/// Refuses tags that name no domain, theme or capability of the programme. Before one is here, any
/// will do, and the person is told that nobody could check a capability.
pub fn check_tags(core: &LearningCore, tags: &[Tag]) -> Result<(), Failure> {
    if tags.is_empty() {
        return Ok(());
    }
    // A programme whose file is lost keeps nobody from writing.
    let programme = match core.programme() {
        Err(Error::NotFetched { .. }) => None,
        read => read?,
    };
    let frameworks = programme.as_ref().map(|one| one.frameworks.as_slice()).unwrap_or_default();
    for tag in tags.iter().filter(|tag| matches!(tag, Tag::Capability(_))) {
        if frameworks.is_empty() {
            note(&format!("no capability framework is installed here, so {tag} was not checked"));
        }
    }
    let Some(programme) = &programme else { return Ok(()) };
    let domains: Vec<&str> = programme.domains.iter().map(|each| each.key.as_str()).collect();
    let themes: Vec<&str> = programme.themes.iter().map(|each| each.key.as_str()).collect();
    tags.iter().try_for_each(|tag| match tag {
        Tag::Domain(key) => check("domain", key, &domains),
        Tag::Theme(key) => check("theme", key, &themes),
        Tag::Capability(_) if frameworks.is_empty() => Ok(()),
        Tag::Capability(key) => find_capability(frameworks, key)
            .map(drop)
            .map_err(|fault| Failure::Usage(fault.to_string())),
    })
}

/// Refuses a module that is not in the programme. Before one is here, any will do.
pub fn check_module(core: &LearningCore, key: &str) -> Result<(), Failure> {
    let Some(programme) = core.programme()? else { return Ok(()) };
    let modules: Vec<&str> = programme.modules.iter().map(|each| each.key.as_str()).collect();
    check("module", key, &modules)
}

/// How the time for an activity, or for a part of it, counts.
pub fn session_kind(
    core: &LearningCore,
    activity: &str,
    part: Option<&str>,
) -> Result<SessionKind, Failure> {
    let programme = core.programme()?;
    let known = programme.as_ref().and_then(|programme| programme.activity(activity));
    let Some((_, known)) = known else {
        return Err(Failure::NotFound { what: "activity", typed: activity.to_owned() });
    };
    let parts: Vec<&str> = known.parts.iter().map(|part| part.key.as_str()).collect();
    match part {
        Some(part) => known.part(part).map(ActivityPart::session_kind).ok_or_else(|| {
            let known = if parts.is_empty() { "none".to_owned() } else { parts.join(", ") };
            Failure::Usage(format!(
                "{} is no part of {activity}; its parts are: {known}",
                Quoted(part)
            ))
        }),
        None if parts.is_empty() => Ok(known.kind.session_kind()),
        None => {
            let parts = parts.join(", ");
            Err(Failure::Usage(format!(
                "say which --part of {activity} it was ({parts}), or --kind"
            )))
        }
    }
}

fn check(what: &str, key: &str, known: &[&str]) -> Result<(), Failure> {
    if known.contains(&key) {
        return Ok(());
    }
    let known = known.join(", ");
    Err(Failure::Usage(format!("{} is no {what} of the programme; they are: {known}", Quoted(key))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_answered_with_the_keys_there_are() {
        assert!(check("domain", "pop", &["pop", "env"]).is_ok());
        let failure = check("domain", "popp", &["pop", "env"]).unwrap_err();
        assert!(failure.to_string().ends_with("they are: pop, env"), "{failure}");
    }
}
