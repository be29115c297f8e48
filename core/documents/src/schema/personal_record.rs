//! Personal records.
//!
//! Every device of a trainee may create the record, all under the same id and without knowing of
//! the others. A map made by two of them at one key would hide what is in one of the two, so there
//! is none: everything sits at the root under keys that name it.
//!
//! ```text
//! activity/{key}/started, completed, pack_version   scalars; of several the earliest counts
//! session/{id}                                      a map, made once, by the device that noted it
//! ```

use std::collections::BTreeMap;

use automerge::{ObjId, ROOT};
use enhance_model::{
    Minutes, Timestamp,
    personal_record::{ActivityProgress, LearningSession, PersonalRecord, RecordEdit, SessionKind},
};

use super::{pen::Pen, time, view::View};
use crate::DocumentError;

const ACTIVITY: &str = "activity/";
const STARTED: &str = "/started";
const COMPLETED: &str = "/completed";
const PACK_VERSION: &str = "/pack_version";
const SESSION: &str = "session/";

/// Writes an edit. Progress is a fact: what is there already stands.
pub fn write(pen: &mut Pen<'_>, edit: &RecordEdit) -> Result<(), DocumentError> {
    match edit {
        RecordEdit::Start { activity, at } => {
            pen.put_once(&ROOT, &format!("{ACTIVITY}{activity}{STARTED}"), time(*at))
        }
        RecordEdit::Complete { activity, at, pack_version } => {
            pen.put_once(&ROOT, &format!("{ACTIVITY}{activity}{COMPLETED}"), time(*at))?;
            pen.put_once(&ROOT, &format!("{ACTIVITY}{activity}{PACK_VERSION}"), *pack_version)
        }
        RecordEdit::AddSession { id, session } => {
            let map = pen.item_or_new(&ROOT, &format!("{SESSION}{id}"))?;
            write_session(pen, &map, session)
        }
        RecordEdit::RemoveSession { id } => pen.clear(&ROOT, &format!("{SESSION}{id}")),
    }
}

fn write_session(
    pen: &mut Pen<'_>,
    map: &ObjId,
    session: &LearningSession,
) -> Result<(), DocumentError> {
    pen.put(map, "title", session.title.as_str())?;
    pen.put_or_clear(map, "activity", session.activity.as_deref())?;
    pen.put_or_clear(map, "module", session.module.as_deref())?;
    pen.put(map, "start", time(session.start))?;
    pen.put(map, "minutes", u64::from(session.minutes.0))?;
    pen.put(map, "kind", session.kind.as_str())
}

/// Reads a record.
pub fn read(view: &View<'_>) -> PersonalRecord {
    let mut record = PersonalRecord::default();
    for key in view.keys(&ROOT) {
        if let Some(activity) = key.strip_prefix(ACTIVITY) {
            read_progress(view, &key, activity, &mut record.activities);
        } else if let Some(Ok(id)) = key.strip_prefix(SESSION).map(str::parse) {
            let session = view.map(&ROOT, &key).and_then(|map| read_session(view, &map));
            record.sessions.extend(session.map(|session| (id, session)));
        }
    }
    record
}

fn read_progress(
    view: &View<'_>,
    key: &str,
    activity: &str,
    activities: &mut BTreeMap<String, ActivityProgress>,
) {
    let earliest = || view.earliest_moment(&ROOT, key);
    if let Some(activity) = activity.strip_suffix(STARTED) {
        activities.entry(activity.to_owned()).or_default().started_at = earliest();
    } else if let Some(activity) = activity.strip_suffix(COMPLETED) {
        activities.entry(activity.to_owned()).or_default().completed_at = earliest();
    } else if let Some(activity) = activity.strip_suffix(PACK_VERSION) {
        // Pack versions only grow, so the smallest is that of the first completion.
        let version = view.smallest_number(&ROOT, key);
        activities.entry(activity.to_owned()).or_default().pack_version = version;
    }
}

/// A session without a beginning or a duration is none; it stays in the document unseen.
fn read_session(view: &View<'_>, map: &ObjId) -> Option<LearningSession> {
    let start: Timestamp = view.moment(map, "start")?;
    let minutes = u32::try_from(view.number(map, "minutes")?).unwrap_or(u32::MAX);
    Some(LearningSession {
        title: view.string_or_empty(map, "title"),
        activity: view.string(map, "activity"),
        module: view.string(map, "module"),
        start,
        minutes: Minutes(minutes),
        // A kind of session that only a newer app knows counts for nothing here.
        kind: view.word(map, "kind").unwrap_or(SessionKind::Other),
    })
}
