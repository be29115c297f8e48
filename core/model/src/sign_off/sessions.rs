//! What is signed of learning sessions, as text.

use std::fmt::Write;

use super::record::{ModuleNames, in_one_line};
use crate::{CalendarDate, personal_record::LearningSession, record::Record};

/// What the first line of a session says, so that no other line has to.
const FIRST: [&str; 3] = ["title", "minutes", "kind"];

/// The text of some learning sessions, oldest first, with all that is said of each: a new field is in
/// it by itself. What the programme calls something stands before its key.
pub fn sessions_text(sessions: &[LearningSession], names: &ModuleNames) -> String {
    let mut text = "Learning sessions\n".to_owned();
    for session in oldest_first(sessions) {
        let _ = writeln!(text, "\n{}", line(session, &in_one_line(&session.title)));
        let fields = session.fields_in_words().into_iter();
        for (field, said) in fields.filter(|(field, _)| !FIRST.contains(field)) {
            let title = match field {
                "activity" => names.activities.get(&said),
                "module" => names.modules.get(&said),
                _ => None,
            };
            let said = match title {
                Some(title) => format!("{title} ({said})"),
                None => in_one_line(&said),
            };
            if !said.is_empty() {
                let _ = writeln!(text, "{field}: {said}");
            }
        }
    }
    text
}

/// The text of some learning sessions in the way of one that was signed before: those said a line of
/// each and no more. A title that the programme changed is no change of what was done.
pub fn sessions_text_as_before(
    then: &str,
    sessions: &[LearningSession],
    names: &ModuleNames,
) -> String {
    let is_of_before =
        then.split(" · ").next().is_some_and(|day| day.parse::<CalendarDate>().is_ok());
    let mut text = String::new();
    if is_of_before {
        for session in oldest_first(sessions) {
            let _ = writeln!(text, "{}", line(session, &session.title));
        }
        return text;
    }
    for line in sessions_text(sessions, names).lines() {
        let is_same = |then: &&str| keyed(line).is_some() && keyed(then) == keyed(line);
        let _ = writeln!(text, "{}", then.lines().find(is_same).unwrap_or(line));
    }
    text
}

/// What some learning sessions are called where they are listed: by their days, and the title of the
/// first of them.
pub fn sessions_title(sessions: &[LearningSession]) -> String {
    let sorted = oldest_first(sessions);
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return String::new() };
    let (from, to, title) = (first.day(), last.day(), in_one_line(&first.title));
    match sorted.len() {
        1 => format!("Learning session of {from}: {title}"),
        count if from == to => format!("{count} learning sessions of {from}: {title} and others"),
        count => format!("{count} learning sessions of {from} to {to}: {title} and others"),
    }
}

fn oldest_first(sessions: &[LearningSession]) -> Vec<&LearningSession> {
    let mut sorted: Vec<&LearningSession> = sessions.iter().collect();
    sorted.sort_by(|one, other| (one.start, &one.title).cmp(&(other.start, &other.title)));
    sorted
}

fn line(session: &LearningSession, title: &str) -> String {
    let kind = session.kind.as_str().replace('_', " ");
    format!("{} · {} · {kind} · {title}", session.day(), session.minutes)
}

/// What a line names of the programme, and its key, whatever that is called.
fn keyed(line: &str) -> Option<(&str, &str)> {
    let (field, said) =
        line.split_once(": ").filter(|(it, _)| matches!(*it, "activity" | "module"))?;
    let key = said.strip_suffix(')').and_then(|said| said.rsplit_once('('));
    Some((field, key.map_or(said, |(_, key)| key)))
}
