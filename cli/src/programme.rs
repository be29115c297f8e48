//! Keys of the programme as people type them: a slip would put work where nobody looks for it.

use enhance_client::LearningCore;
use enhance_model::Tag;

use crate::{exit::Failure, output::note};

/// Refuses a topic that is no domain of the programme. Before one is here, any will do.
pub fn check_topic(core: &LearningCore, topic: &str) -> Result<(), Failure> {
    if topic.is_empty() { Ok(()) } else { check_tags(core, &[Tag::Domain(topic.to_owned())]) }
}

/// Refuses tags that name no domain or theme of the programme.
///
/// Capabilities come from frameworks, of which no pack holds one yet: any key is taken, and the
/// person is told that nobody could check it.
pub fn check_tags(core: &LearningCore, tags: &[Tag]) -> Result<(), Failure> {
    for tag in tags.iter().filter(|tag| matches!(tag, Tag::Capability(_))) {
        note(&format!("no capability framework is installed here, so {tag} was not checked"));
    }
    if tags.is_empty() {
        return Ok(());
    }
    let Some(programme) = core.programme()? else { return Ok(()) };
    let domains: Vec<&str> = programme.domains.iter().map(|each| each.key.as_str()).collect();
    let themes: Vec<&str> = programme.themes.iter().map(|each| each.key.as_str()).collect();
    tags.iter().try_for_each(|tag| match tag {
        Tag::Domain(key) => check("domain", key, &domains),
        Tag::Theme(key) => check("theme", key, &themes),
        Tag::Capability(_) => Ok(()),
    })
}

/// Refuses a module that is not in the programme. Before one is here, any will do.
pub fn check_module(core: &LearningCore, key: &str) -> Result<(), Failure> {
    let Some(programme) = core.programme()? else { return Ok(()) };
    let modules: Vec<&str> = programme.modules.iter().map(|each| each.key.as_str()).collect();
    check("module", key, &modules)
}

fn check(what: &str, key: &str, known: &[&str]) -> Result<(), Failure> {
    if known.contains(&key) {
        return Ok(());
    }
    let known = known.join(", ");
    Err(Failure::Usage(format!("{key:?} is no {what} of the programme; they are: {known}")))
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
