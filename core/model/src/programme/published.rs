//! What documents that others read may name of a programme: its tags and topics, its templates and
//! the prompts that these ask.

use std::collections::{BTreeMap, BTreeSet};

use super::Programme;
use crate::Tag;

/// What was published so far, version by version. What an older version had may be named for ever,
/// since what was written by it is still read and shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published(Vec<Vocabulary>);

/// What one version has that documents name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Vocabulary {
    domains: BTreeSet<String>,
    themes: BTreeSet<String>,
    /// The codes of each framework.
    capabilities: BTreeMap<String, BTreeSet<String>>,
    /// The prompts of each template.
    templates: BTreeMap<String, BTreeSet<String>>,
}

impl Published {
    /// Adds what one version has.
    pub fn add(&mut self, programme: &Programme) {
        let vocabulary = Vocabulary::of(programme);
        if !self.0.contains(&vocabulary) {
            self.0.push(vocabulary);
        }
    }

    /// Whether a version has what a tag stands for. Before anything is published, any will do, and
    /// a version without domains, say, says nothing about them.
    pub fn has_tag(&self, tag: &Tag) -> bool {
        self.0.is_empty() || self.0.iter().any(|version| version.has_tag(tag))
    }

    /// Whether a version has a domain of this key. No topic at all is one.
    pub fn has_topic(&self, topic: &str) -> bool {
        topic.is_empty() || self.has_tag(&Tag::Domain(topic.to_owned()))
    }

    /// Whether a version has a template of this key.
    pub fn has_template(&self, template: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|one| one.templates.contains_key(template))
    }

    /// Whether a template asks this in a version.
    pub fn has_prompt(&self, template: &str, prompt: &str) -> bool {
        let mut prompts = self.0.iter().filter_map(|version| version.templates.get(template));
        self.0.is_empty() || prompts.any(|prompts| prompts.contains(prompt))
    }
}

impl Vocabulary {
    fn of(programme: &Programme) -> Self {
        let capabilities = programme.frameworks.iter().map(|framework| {
            let codes = framework.capabilities.iter().map(|one| one.code.clone());
            (framework.key.clone(), codes.collect())
        });
        let templates = programme.templates.iter().map(|template| {
            let prompts = template.prompts.iter().map(|prompt| prompt.key.clone());
            (template.key.clone(), prompts.collect())
        });
        Self {
            domains: programme.domains.iter().map(|one| one.key.clone()).collect(),
            themes: programme.themes.iter().map(|one| one.key.clone()).collect(),
            capabilities: capabilities.collect(),
            templates: templates.collect(),
        }
    }

    fn has_tag(&self, tag: &Tag) -> bool {
        let is_in = |keys: &BTreeSet<String>, key| keys.is_empty() || keys.contains(key);
        match tag {
            Tag::Domain(key) => is_in(&self.domains, key),
            Tag::Theme(key) => is_in(&self.themes, key),
            Tag::Capability(key) => {
                let codes = key.split_once('/').and_then(|(framework, code)| {
                    self.capabilities.get(framework).map(|codes| codes.contains(code))
                });
                self.capabilities.is_empty() || codes.unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{Domain, Prompt, Template};

    fn programme(domains: &[&str], prompts: &[&str]) -> Programme {
        let domain = |key: &&str| Domain {
            key: (*key).to_owned(),
            title: String::new(),
            purpose: String::new(),
        };
        let prompt = |key: &&str| Prompt {
            key: (*key).to_owned(),
            label: String::new(),
            help: String::new(),
            max_words: None,
        };
        let template = Template {
            key: "free".to_owned(),
            version: 1,
            title: String::new(),
            purpose: String::new(),
            prompts: prompts.iter().map(prompt).collect(),
        };
        Programme {
            key: "enhance".to_owned(),
            title: String::new(),
            years: 2,
            source_url: String::new(),
            domains: domains.iter().map(domain).collect(),
            themes: Vec::new(),
            modules: Vec::new(),
            resources: Vec::new(),
            handbook: Vec::new(),
            templates: vec![template],
            recipes: Vec::new(),
            suppression: crate::suppression::Suppression::default(),
            log_rule: crate::learning_log::LogRule::default(),
            frameworks: Vec::new(),
        }
    }

    #[test]
    fn a5_what_any_version_had_may_be_named_for_ever() {
        let mut published = Published::default();
        assert!(published.has_topic("nosuch") && published.has_prompt("nosuch", "nosuch"));
        published.add(&programme(&["sys"], &["what"]));
        published.add(&programme(&["env"], &["so-what"]));
        for (topic, is_known) in [("sys", true), ("env", true), ("", true), ("nosuch", false)] {
            assert_eq!(published.has_topic(topic), is_known, "{topic}");
        }
        for (prompt, is_known) in [("what", true), ("so-what", true), ("now-what", false)] {
            assert_eq!(published.has_prompt("free", prompt), is_known, "{prompt}");
        }
        assert!(!published.has_template("nosuch") && !published.has_prompt("nosuch", "what"));
        let theme = "theme:digital".parse().unwrap();
        assert!(published.has_tag(&theme), "no version says anything about themes");
    }
}
