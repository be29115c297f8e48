//! What is signed of a reflection and of the personal record, as text.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use crate::{Tag, Timestamp, personal_record::LearningSession};

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
        let LearningSession { title, start, minutes, kind, .. } = session;
        let (day, kind) = (start.date(), kind.as_str().replace('_', " "));
        let _ = writeln!(text, "{day} · {minutes} · {kind} · {title}");
    }
    text
}

/// The text of a module: what there is to do in it, and when each of it was done.
pub fn module_text(title: &str, activities: &[(String, Option<Timestamp>)]) -> String {
    let mut text = format!("{title}\n\n");
    for (activity, completed_at) in activities {
        let when = completed_at.map_or_else(|| "not done".to_owned(), |at| at.date().to_string());
        let _ = writeln!(text, "{activity}: {when}");
    }
    text
}
