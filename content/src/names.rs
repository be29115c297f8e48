//! Keys: who has which, and whether everything that is named is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    fault::{Faults, Place},
    manifest::At,
};

/// Keys are unique within one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Space {
    Domain,
    Theme,
    /// Modules, activities, pages of the handbook and pause points: a reflection names any of them
    /// as what prompted it.
    Page,
    Outcome,
    Resource,
    Template,
    Prompt,
    Part,
    Capability,
    Framework,
}

impl Space {
    const fn noun(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Theme => "theme",
            Self::Page => "page",
            Self::Outcome => "outcome",
            Self::Resource => "resource",
            Self::Template => "template",
            Self::Prompt => "prompt",
            Self::Part => "part",
            Self::Capability => "capability",
            Self::Framework => "framework",
        }
    }

    const fn home(self) -> &'static str {
        match self {
            Self::Domain | Self::Theme => "pack.toml does not have",
            Self::Page => "the pack does not have",
            Self::Outcome => "no module has",
            Self::Resource => "resources/resources.toml does not have",
            Self::Template => "templates.toml does not have",
            Self::Prompt => "its template does not have",
            Self::Part => "its activity does not have",
            Self::Capability => "no framework has",
            Self::Framework => "pack.toml does not have",
        }
    }
}

/// The keys that were given and the keys that were named.
#[derive(Default)]
pub(crate) struct Names {
    given: BTreeMap<(Space, String), Place>,
    named: Vec<(Space, At<String>, String)>,
    unknown: BTreeSet<Space>,
}

impl Names {
    /// Notes that something has this key.
    pub(crate) fn give(&mut self, space: Space, key: &At<String>, faults: &Faults) {
        if !check_key(key, faults) {
            return;
        }
        let name = (space, key.value.clone());
        if let Some(first) = self.given.get(&name) {
            let what = format!("the key {:?} is taken: {first} has it already", key.value);
            faults.add(&key.place, what);
        } else {
            self.given.insert(name, key.place.clone());
        }
    }

    /// Notes that a key of two parts is there; each of them was looked at.
    pub(crate) fn note(&mut self, space: Space, key: &At<String>) {
        self.given.entry((space, key.value.clone())).or_insert_with(|| key.place.clone());
    }

    /// Notes that `who` names the thing with this key.
    pub(crate) fn call(&mut self, space: Space, key: &At<String>, who: &str) {
        self.named.push((space, key.clone(), who.to_owned()));
    }

    /// Notes that `who` names the things with these keys, and returns the keys.
    pub(crate) fn call_all(
        &mut self,
        space: Space,
        keys: Vec<At<String>>,
        who: &str,
    ) -> Vec<String> {
        for key in &keys {
            self.call(space, key, who);
        }
        keys.into_iter().map(|key| key.value).collect()
    }

    /// Notes that a file with such keys could not be read. That is one fault, and not as many as
    /// there are names for what is in it.
    pub(crate) fn lacks(&mut self, space: Space) {
        self.unknown.insert(space);
    }

    /// Reports every key that is named and not given.
    pub(crate) fn check(self, faults: &Faults) {
        for (space, key, who) in self.named {
            let known = self.given.contains_key(&(space, key.value.clone()));
            // An empty key has been reported where it was read.
            if !known && !key.value.is_empty() && !self.unknown.contains(&space) {
                let (noun, home) = (space.noun(), space.home());
                let what = format!("{who} names the {noun} {:?}, which {home}", key.value);
                faults.add(&key.place, what);
            }
        }
    }
}

/// Whether a text can be a key; if not, that is reported.
pub(crate) fn check_key(key: &At<String>, faults: &Faults) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if key.value.is_empty() {
        return false;
    }
    if !key.value.chars().all(fits) {
        let what = format!("the key {:?} may have only a-z, 0-9 and -", key.value);
        faults.add(&key.place, what);
        return false;
    }
    true
}
