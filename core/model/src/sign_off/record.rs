//! What is signed of a module, as text.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    CalendarDate, Noun,
    learning_log::local_day,
    personal_record::{EvidenceSource, PersonalRecord},
    programme::{Activity, Programme},
};

/// What things that are given as evidence are called; none of what has not come to a device.
pub type EvidenceNames = BTreeMap<EvidenceSource, String>;

/// What is called how in the text of a module, as far as this device knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModuleNames {
    /// The titles of modules, by their keys.
    pub modules: BTreeMap<String, String>,
    /// The titles of activities, by their keys.
    pub activities: BTreeMap<String, String>,
    pub evidence: EvidenceNames,
}

impl ModuleNames {
    /// What the programme calls its modules and their activities.
    pub fn of(programme: Option<&Programme>) -> Self {
        let mut names = Self::default();
        for module in programme.into_iter().flat_map(|programme| &programme.modules) {
            names.modules.insert(module.key.clone(), in_one_line(&module.title));
            let title = |one: &Activity| (one.key.clone(), in_one_line(&one.title));
            names.activities.extend(module.activities.iter().map(title));
        }
        names
    }

    /// Calls completions that show other completions by their titles.
    pub fn call_completions(&mut self, record: &PersonalRecord) {
        for source in record.shows_completions() {
            let EvidenceSource::Item(id) = source else { continue };
            let module = record.modules_completed.get(&id);
            let module = module.and_then(|fact| self.modules.get(&fact.module));
            let activity = record.activities_completed.get(&id);
            let activity = activity.and_then(|fact| self.activities.get(&fact.activity));
            let name = module.map(|title| format!("Completed module: {title}"));
            let name = name.or(activity.map(|title| format!("Completed activity: {title}")));
            self.evidence.extend(name.map(|name| (source, name)));
        }
    }

    /// The key of the activity that a text calls so, if it is called so now or named by its key, as
    /// in texts of before.
    pub fn activity<'k>(&'k self, called: &'k str) -> Option<&'k str> {
        if self.activities.contains_key(called) {
            return Some(called);
        }
        let by_title = self.activities.iter().find(|(_, title)| *title == called);
        by_title.map(|(key, _)| key.as_str())
    }
}

/// Before the day on which a module was completed.
const COMPLETED: &str = "completed";

/// Before the name of what shows something.
const SHOWN_BY: &str = "shown by: ";

/// What is said of evidence that has not come to this device.
const NOT_HERE: &str = "something that is not on this device";

/// The text of a module: that it was completed, by what and when, each called as the person saw it.
/// Of a module that is not complete it says which of its activities are, as the programme lists them.
///
/// Who signs reads by which name something is called, and no key and no id: that is what `names` are
/// for. Texts of before had those, and are made again without names.
pub fn module_text(
    record: &PersonalRecord,
    key: &str,
    activities: &[String],
    names: Option<&ModuleNames>,
) -> String {
    let title = names.and_then(|names| names.modules.get(key)).map_or(key, String::as_str);
    let mut text = format!("Module {title}\n\n");
    let facts = record.modules_completed.values().filter(|fact| fact.module == key);
    let Some(fact) = facts.min_by_key(|fact| fact.at) else {
        text.push_str("not completed yet\n");
        for activity in activities {
            activity_text(&mut text, record, (activity, ""), names);
        }
        return text;
    };
    let _ = writeln!(text, "{COMPLETED}: {}", local_day(fact.at));
    if let Some(version) = fact.pack_version {
        let _ = writeln!(text, "version of the content: {}", version.0);
    }
    if let Some(minutes) = fact.minutes {
        let _ = writeln!(text, "time noted for it: {minutes}");
    }
    shown_by(&mut text, (fact.evidence, &fact.reason), names);
    for activity in fact.activities.split_whitespace() {
        activity_text(&mut text, record, (activity, "taken back"), names);
    }
    text
}

/// Whether a text that [`module_text`] made is of a module that was complete.
pub fn is_of_completed_module(text: &str) -> bool {
    let line = text.lines().nth(2).and_then(|line| line.strip_prefix(COMPLETED));
    line.is_some_and(|day| day.starts_with(": "))
}

/// Whether the text of a module names what shows it by ids, as texts of before did.
pub fn names_evidence_by_id(text: &str) -> bool {
    let mut shown = text.lines().filter_map(|line| line.strip_prefix(SHOWN_BY));
    shown.any(|name| name.parse::<EvidenceSource>().is_ok())
}

/// Whether a record has, or once had, all that a text of a module names. Of what it never had nobody
/// can say that it changed.
///
/// ```
/// use enhance_model::{
///     ItemId,
///     personal_record::{ModuleCompletion, PersonalRecord},
///     sign_off::{ModuleNames, knows_module, module_text},
/// };
///
/// let mut record = PersonalRecord::default();
/// let module = "pop".to_owned();
/// let fact = ModuleCompletion { module, ..ModuleCompletion::default() };
/// record.modules_completed.insert(ItemId::from_bytes([7; 16]), fact);
/// let names = ModuleNames::default();
/// let signed = module_text(&record, "pop", &[], Some(&names));
/// assert!(knows_module(&record, "pop", &signed, &names));
/// assert!(!knows_module(&PersonalRecord::default(), "pop", &signed, &names));
/// ```
pub fn knows_module(record: &PersonalRecord, key: &str, then: &str, names: &ModuleNames) -> bool {
    let was_taken_back = |noun: Noun, label: &str| {
        record.taken_back.values().any(|thing| thing.noun == noun && thing.label == label)
    };
    let is_module_known = !is_of_completed_module(then)
        || record.module_completed(key).is_some()
        || was_taken_back(Noun::ModuleCompletion, key);
    let is_known = |called: &str| match names.activity(called) {
        // Called otherwise since, or in content that is not here: the completion of the module tells.
        None => is_of_completed_module(then),
        Some(activity) => {
            record.progress(activity).completed_at.is_some()
                || was_taken_back(Noun::ActivityCompletion, activity)
        }
    };
    is_module_known && activities_in(then).all(is_known)
}

/// What a text of a module calls the activities of which it says that they were completed: each has
/// its day in a line of its own, after an empty one.
pub fn activities_in(then: &str) -> impl Iterator<Item = &str> {
    let lines = then.lines().zip(then.lines().skip(1)).filter(|(before, _)| before.is_empty());
    lines.filter_map(|(_, line)| completed_activity(line).map(|(activity, _)| activity))
}

/// What a line calls an activity, and the day on which it was completed.
fn completed_activity(line: &str) -> Option<(&str, &str)> {
    let (activity, day) = line.rsplit_once(": ")?;
    let is_activity = activity != COMPLETED && day.parse::<CalendarDate>().is_ok();
    is_activity.then_some((activity, day))
}

/// Whether the text of a module still says what was signed. What has not come to this device is not
/// known to be called anything else, and a title that the programme changed is no change of what was
/// done.
pub fn is_same_module(then: &str, now: &str, names: &ModuleNames) -> bool {
    let is_same = |(at, (then, now)): (usize, (&str, &str))| {
        let is_not_here = now.strip_prefix(SHOWN_BY) == Some(NOT_HERE);
        then == now
            || at == 0
            || is_not_here && then.starts_with(SHOWN_BY)
            || is_same_activity(then, now, names)
    };
    then.lines().count() == now.lines().count()
        && then.lines().zip(now.lines()).enumerate().all(is_same)
}

fn is_same_activity(then: &str, now: &str, names: &ModuleNames) -> bool {
    let (Some(then), Some(now)) = (completed_activity(then), completed_activity(now)) else {
        return false;
    };
    let key = names.activity(then.0);
    then.1 == now.1 && (key.is_none() || key == names.activity(now.0))
}

/// When an activity was completed and by what; `otherwise` if it is not, or nothing if that is empty.
fn activity_text(
    text: &mut String,
    record: &PersonalRecord,
    (activity, otherwise): (&str, &str),
    names: Option<&ModuleNames>,
) {
    let facts = record.activities_completed.values().filter(|one| one.activity == activity);
    let day = record.progress(activity).completed_at.map(|at| local_day(at).to_string());
    let day = day.unwrap_or_else(|| otherwise.to_owned());
    if day.is_empty() {
        return;
    }
    let title = names.and_then(|names| names.activities.get(activity));
    let _ = writeln!(text, "\n{}: {day}", title.map_or(activity, String::as_str));
    if let Some(first) = facts.min_by_key(|one| one.at) {
        shown_by(text, (first.evidence, &first.reason), names);
    }
}

fn shown_by(
    text: &mut String,
    (evidence, reason): (Option<EvidenceSource>, &str),
    names: Option<&ModuleNames>,
) {
    if let Some(evidence) = evidence {
        let called = |names: &ModuleNames| match names.evidence.get(&evidence) {
            Some(name) => in_one_line(name),
            None => NOT_HERE.to_owned(),
        };
        let name = names.map_or_else(|| evidence.to_string(), called);
        let _ = writeln!(text, "{SHOWN_BY}{name}");
    }
    if !reason.trim().is_empty() {
        let _ = writeln!(text, "nothing to show, since: {}", reason.trim());
    }
}

/// A name on several lines would read as lines of what it is in.
pub(super) fn in_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
