//! Personal records.
//!
//! Every device of a trainee may create the record, all under the same id and without knowing of
//! the others. A map made by two of them at one key would hide what is in one of the two, so there
//! is none: everything sits at the root under keys that name it.

use enhance_model::{
    Minutes, Noun,
    field::Field,
    personal_record::{ActivityProgress, LearningSession, PersonalRecord, RecordEdit, SessionKind},
    record::Fields,
};

use super::{
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// What is declared of a personal record. Of two devices that create it each has its own moment of
/// creation.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.once(),
    Field::flat("activity", ACTIVITY),
    Field::flat_items("session", Noun::LearningSession, SESSION),
];

/// Progress is a fact: what is there already stands. Pack versions only grow, so the smallest is
/// that of the first completion.
const ACTIVITY: &[Field] = &[
    Field::moment("started").once(),
    Field::moment("completed").once(),
    Field::number("pack_version").once(),
];

const SESSION: &[Field] = &[
    Field::string("title"),
    Field::string("activity").optional(),
    Field::string("module").optional(),
    Field::moment("start").needed(),
    Field::number("minutes").needed(),
    Field::word("kind", SessionKind::WORDS),
];

/// Writes an edit of a record.
pub fn write(mut root: Writer<'_, '_>, edit: &RecordEdit) -> Result<(), DocumentError> {
    match edit {
        RecordEdit::Start { activity, at } => {
            root.flat("activity", activity)?.put("started", of_moment(*at))
        }
        RecordEdit::Complete { activity, at, pack_version } => {
            let mut progress = root.flat("activity", activity)?;
            progress.put("completed", of_moment(*at))?;
            progress.put("pack_version", *pack_version)
        }
        RecordEdit::AddSession { id, session } => {
            write_session(&mut root.item_or_new("session", id)?, session)
        }
        RecordEdit::RemoveSession { id } => root.remove_item("session", id),
    }
}

fn write_session(
    item: &mut Writer<'_, '_>,
    session: &LearningSession,
) -> Result<(), DocumentError> {
    item.put("title", session.title.as_str())?;
    item.put_or_clear("activity", session.activity.as_deref())?;
    item.put_or_clear("module", session.module.as_deref())?;
    item.put("start", of_moment(session.start))?;
    item.put("minutes", u64::from(session.minutes.0))?;
    item.put("kind", session.kind.as_str())
}

/// Reads a record as it stands.
pub fn read(root: &Reader<'_>) -> PersonalRecord {
    PersonalRecord {
        activities: root.flat("activity", |progress| ActivityProgress {
            started_at: progress.moment("started"),
            completed_at: progress.moment("completed"),
            pack_version: progress.number("pack_version"),
        }),
        sessions: root.items("session", read_session),
    }
}

/// A session without a beginning or a duration is none; it stays in the document unseen.
fn read_session(item: &Reader<'_>) -> Option<LearningSession> {
    Some(LearningSession {
        title: item.string("title"),
        activity: item.optional_string("activity"),
        module: item.optional_string("module"),
        start: item.moment("start")?,
        minutes: Minutes(u32::try_from(item.number("minutes")?).unwrap_or(u32::MAX)),
        // A kind of session that only a newer app knows counts for nothing here.
        kind: item.word("kind").unwrap_or(SessionKind::Other),
    })
}
