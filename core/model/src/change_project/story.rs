//! What changed in a plan from one version to another, in words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ChangeProject, Section};
use crate::{ItemId, Noun, record::Record};

/// One thing that changed in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// A thing was added.
    Added {
        item: ItemOfPlan,
    },
    /// Fields of a thing were changed.
    Changed {
        item: ItemOfPlan,
        /// The keys of the fields, in order.
        fields: Vec<String>,
    },
    TakenBack {
        item: ItemOfPlan,
    },
    PutBack {
        item: ItemOfPlan,
    },
    /// Somebody wrote in a section.
    Wrote {
        section: Section,
    },
    /// Fields of the aim were changed.
    Aim {
        fields: Vec<String>,
    },
    /// The plan was moved on, or back.
    Moved {
        to: super::Status,
    },
    /// A field of the plan itself was changed.
    Set {
        /// The key of the field: `title`, `progress`.
        field: String,
    },
}

/// A thing in a plan, as a sentence names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemOfPlan {
    pub noun: Noun,
    pub id: ItemId,
    /// What it says first. May be empty.
    pub label: String,
    /// The measure it belongs to, by name. Empty if it belongs to none.
    pub of: String,
}

impl ChangeProject {
    /// What changed from this version to a later one, in the order of the plan's parts.
    pub fn deeds(&self, after: &Self) -> Vec<Deed> {
        let mut deeds = Vec::new();
        self.own_deeds(after, &mut deeds);
        for noun in Self::ITEMS {
            // A move shows in the status of the plan.
            if *noun != Noun::StatusMove {
                self.item_deeds(after, *noun, &mut deeds);
            }
        }
        deeds
    }

    fn own_deeds(&self, after: &Self, deeds: &mut Vec<Deed>) {
        if self.status != after.status {
            deeds.push(Deed::Moved { to: after.status });
        }
        let fields = [
            ("title", self.title != after.title),
            ("topic", self.topic != after.topic),
            ("setting", self.setting != after.setting),
            ("progress", self.progress != after.progress),
            ("start", self.start != after.start),
            ("end", self.end != after.end),
            ("tags", self.tags != after.tags),
        ];
        let set = fields.into_iter().filter(|(_, differs)| *differs);
        deeds.extend(set.map(|(field, _)| Deed::Set { field: field.to_owned() }));
        for section in Section::ALL {
            let text = |plan: &Self| plan.sections.get(section).cloned().unwrap_or_default();
            if text(self) != text(after) {
                deeds.push(Deed::Wrote { section: *section });
            }
        }
        let fields = changed(&self.aim.fields_in_words(), &after.aim.fields_in_words());
        if !fields.is_empty() {
            deeds.push(Deed::Aim { fields });
        }
    }

    fn item_deeds(&self, after: &Self, noun: Noun, deeds: &mut Vec<Deed>) {
        let (before, now) = (self.fields_in_words(noun), after.fields_in_words(noun));
        for (id, fields) in &now {
            let item = after.item_of_plan(noun, *id);
            match before.get(id) {
                Some(earlier) => {
                    let fields = changed(earlier, fields);
                    if !fields.is_empty() {
                        deeds.push(Deed::Changed { item, fields });
                    }
                }
                None if self.taken_back.contains_key(id) => deeds.push(Deed::PutBack { item }),
                None => deeds.push(Deed::Added { item }),
            }
        }
        for id in before.keys().filter(|id| !now.contains_key(id)) {
            deeds.push(Deed::TakenBack { item: self.item_of_plan(noun, *id) });
        }
    }

    fn item_of_plan(&self, noun: Noun, id: ItemId) -> ItemOfPlan {
        let measure = match noun {
            Noun::Observation => self.observations.get(&id).map(|seen| seen.measure),
            Noun::Target => self.targets.get(&id).map(|target| target.measure),
            Noun::Tally => self.tallies.get(&id).map(|tally| tally.measure),
            Noun::Phase => self.phases.get(&id).map(|phase| phase.measure),
            Noun::Annotation => self.annotations.get(&id).and_then(|note| note.measure),
            _ => None,
        };
        let of = measure.and_then(|measure| self.measures.get(&measure));
        let of = of.map(|measure| measure.name.clone()).unwrap_or_default();
        ItemOfPlan { noun, id, label: self.label(noun, id), of }
    }
}

/// The keys under which two records differ.
fn changed(
    before: &BTreeMap<&'static str, String>,
    after: &BTreeMap<&'static str, String>,
) -> Vec<String> {
    let mut keys: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| before.get(key) != after.get(key));
    keys.into_iter().map(str::to_owned).collect()
}

/// Deeds as sentences without the one who did them: "added 3 observations to Falls a week".
///
/// What was done of one kind to one measure is told in one sentence.
///
/// ```
/// use enhance_model::{
///     ItemId,
///     change_project::{ChangeProject, Driver, Item, in_words},
/// };
///
/// let before = ChangeProject::default();
/// let driver = Driver { name: "Light at night".to_owned(), ..Driver::default() };
/// let after = before.with(&driver.adding(ItemId::from_bytes([1; 16])));
/// assert_eq!(in_words(&before.deeds(&after)), ["added the driver \"Light at night\""]);
/// ```
pub fn in_words(deeds: &[Deed]) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let mut told: Vec<(&'static str, Noun, &str)> = Vec::new();
    for deed in deeds {
        let (verb, item) = match deed {
            Deed::Added { item } => ("added", item),
            Deed::TakenBack { item } => ("took back", item),
            Deed::PutBack { item } => ("put back", item),
            Deed::Changed { item, fields } => {
                sentences.push(changed_in_words(item, fields));
                continue;
            }
            Deed::Wrote { section } => {
                sentences.push(format!("wrote in {}", section.as_str().replace('_', " ")));
                continue;
            }
            Deed::Aim { fields } => {
                sentences.push(format!("changed the aim ({})", plain(fields)));
                continue;
            }
            Deed::Moved { to } => {
                sentences.push(format!("moved the plan to {}", to.as_str().replace('_', " ")));
                continue;
            }
            Deed::Set { field } => {
                sentences.push(format!("changed the {field}"));
                continue;
            }
        };
        let kind = (verb, item.noun, item.of.as_str());
        if told.contains(&kind) {
            continue;
        }
        told.push(kind);
        let is_alike = |other: &&Deed| match (deed, other) {
            (Deed::Added { .. }, Deed::Added { item: other })
            | (Deed::TakenBack { .. }, Deed::TakenBack { item: other })
            | (Deed::PutBack { .. }, Deed::PutBack { item: other }) => {
                other.noun == item.noun && other.of == item.of
            }
            _ => false,
        };
        let count = deeds.iter().filter(is_alike).count();
        sentences.push(several_in_words(verb, item, count));
    }
    sentences
}

fn several_in_words(verb: &str, item: &ItemOfPlan, count: usize) -> String {
    let noun = item.noun;
    let what = match count {
        1 if item.label.is_empty() => format!("{} {noun}", article(noun.as_str())),
        1 => format!("the {noun} \"{}\"", short(&item.label)),
        several => format!("{several} {}", plural(noun.as_str())),
    };
    let to = if verb == "took back" { "of" } else { "to" };
    if item.of.is_empty() {
        format!("{verb} {what}")
    } else {
        format!("{verb} {what} {to} {}", item.of)
    }
}

fn changed_in_words(item: &ItemOfPlan, fields: &[String]) -> String {
    let noun = item.noun;
    let what = match (item.label.as_str(), item.of.as_str()) {
        ("", "") => format!("{} {noun}", article(noun.as_str())),
        ("", of) => format!("{} {noun} of {of}", article(noun.as_str())),
        (label, _) => format!("the {noun} \"{}\"", short(label)),
    };
    format!("changed {what} ({})", plain(fields))
}

fn plain(fields: &[String]) -> String {
    fields.join(", ").replace('_', " ")
}

/// As much of a text as a sentence has room for.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    line.chars().take(MOST).chain(['…']).collect()
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !noun.ends_with("ay") => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change_project::{
        Action, ActionEdit, Item, Measure, Observation, ProjectEdit, Value,
    };

    const fn id(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    #[test]
    fn what_was_done_to_one_measure_is_told_in_one_sentence() {
        let measure = Measure { name: "Falls a week".to_owned(), ..Measure::default() };
        let before = ChangeProject::default().with(&measure.adding(id(1)));
        let seen = |number: u8| {
            let day = format!("2026-11-{number:02}").parse().unwrap();
            Observation::new(id(1), day, Value::whole(3)).adding(id(number))
        };
        let after = before.with(&[seen(10), seen(11), seen(12)].concat());
        let deeds = before.deeds(&after);
        assert_eq!(in_words(&deeds), ["added 3 observations to Falls a week"]);
        assert_eq!(in_words(&after.deeds(&before)), ["took back 3 observations of Falls a week"]);
        assert!(before.deeds(&before).is_empty());
    }

    #[test]
    fn a_correction_names_the_fields() {
        let action = Action { text: "Ask about lamps".to_owned(), ..Action::default() };
        let before = ChangeProject::default().with(&action.adding(id(1)));
        let due = ActionEdit::Due(Some(jiff::civil::date(2026, 12, 1)));
        let after = before.with(&[ProjectEdit::Action { id: id(1), edit: due }]);
        let words = in_words(&before.deeds(&after));
        assert_eq!(words, ["changed the action \"Ask about lamps\" (due)"]);
    }

    #[test]
    fn many_are_named_as_many() {
        assert_eq!(plural("tally sheet"), "tally sheets");
        assert_eq!(plural("story"), "stories");
        assert_eq!((article("observation"), article("driver")), ("an", "a"));
    }
}
