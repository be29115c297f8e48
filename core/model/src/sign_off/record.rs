//! What is signed of a reflection and of the personal record, as text.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use crate::{
    CalendarDate, Noun, Tag,
    learning_log::local_day,
    personal_record::{EvidenceSource, LearningSession, PersonalRecord},
};

/// The text of a reflection or of a copy of one: each answer under the key of its prompt, since the
/// words of a prompt may differ from pack to pack.
pub fn reflection_text(
    title: &str,
    answers: &BTreeMap<String, String>,
    tags: &BTreeSet<Tag>,
) -> String {
    let mut text = format!("{title}\n");
    let tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
    if !tags.is_empty() {
        let _ = writeln!(text, "tags: {}", tags.join(", "));
    }
    for (prompt, answer) in answers.iter().filter(|(_, answer)| !answer.is_empty()) {
        let _ = write!(text, "\n{}\n{answer}\n", prompt.replace('_', " "));
    }
    text
}

/// The text of some learning sessions, oldest first.
pub fn sessions_text(sessions: &[LearningSession]) -> String {
    let mut sorted: Vec<&LearningSession> = sessions.iter().collect();
    sorted.sort_by(|one, other| (one.start, &one.title).cmp(&(other.start, &other.title)));
    let mut text = String::new();
    for session in sorted {
        let LearningSession { title, minutes, kind, .. } = session;
        let (day, kind) = (session.day(), kind.as_str().replace('_', " "));
        let _ = writeln!(text, "{day} · {minutes} · {kind} · {title}");
    }
    text
}

/// What things that are given as evidence are called; none of what has not come to a device.
pub type EvidenceNames = BTreeMap<EvidenceSource, String>;

/// Before the day on which a module was completed.
const COMPLETED: &str = "completed";

/// Before the name of what shows something.
const SHOWN_BY: &str = "shown by: ";

/// What is said of evidence that has not come to this device.
const NOT_HERE: &str = "something that is not on this device";

/// The text of a module, by its key: that it was completed, by what and when. It is made of the facts
/// in the record alone, so that no later version of the programme makes another text of it. Of a
/// module that is not complete it says which of its activities are, as the programme lists them.
///
/// Who signs reads by which name something is called, and no id: that is what `names` are for.
/// Texts of before had ids, and are made again without names.
pub fn module_text(
    record: &PersonalRecord,
    key: &str,
    activities: &[String],
    names: Option<&EvidenceNames>,
) -> String {
    let mut text = format!("Module {key}\n\n");
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
///     sign_off::{knows_module, module_text},
/// };
///
/// let mut record = PersonalRecord::default();
/// let module = "pop".to_owned();
/// let fact = ModuleCompletion { module, ..ModuleCompletion::default() };
/// record.modules_completed.insert(ItemId::from_bytes([7; 16]), fact);
/// let signed = module_text(&record, "pop", &[], None);
/// assert!(knows_module(&record, "pop", &signed));
/// assert!(!knows_module(&PersonalRecord::default(), "pop", &signed));
/// ```
pub fn knows_module(record: &PersonalRecord, key: &str, then: &str) -> bool {
    let was_taken_back = |noun: Noun, label: &str| {
        record.taken_back.values().any(|thing| thing.noun == noun && thing.label == label)
    };
    let is_module_known = !is_of_completed_module(then)
        || record.module_completed(key).is_some()
        || was_taken_back(Noun::ModuleCompletion, key);
    is_module_known
        && activities_in(then).all(|activity| {
            record.progress(activity).completed_at.is_some()
                || was_taken_back(Noun::ActivityCompletion, activity)
        })
}

/// The keys of the activities that a text of a module says were completed: each has its day in a
/// line of its own, after an empty one.
pub fn activities_in(then: &str) -> impl Iterator<Item = &str> {
    let lines = then.lines().zip(then.lines().skip(1)).filter(|(before, _)| before.is_empty());
    lines.filter_map(|(_, line)| {
        let (activity, day) = line.split_once(": ")?;
        let is_activity = activity != COMPLETED && day.parse::<CalendarDate>().is_ok();
        is_activity.then_some(activity)
    })
}

/// Whether the text of a module still says what was signed. What has not come to this device is not
/// known to be called anything else.
pub fn is_same_module(then: &str, now: &str) -> bool {
    let is_same = |(then, now): (&str, &str)| {
        let is_not_here = now.strip_prefix(SHOWN_BY) == Some(NOT_HERE);
        then == now || is_not_here && then.starts_with(SHOWN_BY)
    };
    then.lines().count() == now.lines().count() && then.lines().zip(now.lines()).all(is_same)
}

/// When an activity was completed and by what; `otherwise` if it is not, or nothing if that is empty.
fn activity_text(
    text: &mut String,
    record: &PersonalRecord,
    (activity, otherwise): (&str, &str),
    names: Option<&EvidenceNames>,
) {
    let facts = record.activities_completed.values().filter(|one| one.activity == activity);
    let day = record.progress(activity).completed_at.map(|at| local_day(at).to_string());
    let day = day.unwrap_or_else(|| otherwise.to_owned());
    if day.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{activity}: {day}");
    if let Some(first) = facts.min_by_key(|one| one.at) {
        shown_by(text, (first.evidence, &first.reason), names);
    }
}

fn shown_by(
    text: &mut String,
    (evidence, reason): (Option<EvidenceSource>, &str),
    names: Option<&EvidenceNames>,
) {
    if let Some(evidence) = evidence {
        let name = names.map(|names| names.get(&evidence).map_or(NOT_HERE, String::as_str));
        let name = name.map_or_else(|| evidence.to_string(), str::to_owned);
        // A name on several lines would read as lines of the module.
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{SHOWN_BY}{name}");
    }
    if !reason.trim().is_empty() {
        let _ = writeln!(text, "nothing to show, since: {}", reason.trim());
    }
}
