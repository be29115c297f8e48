//! Personal records. What is in them is declared by the records of the model.
//!
//! Every device of a trainee may create the record, all under the same id and without knowing of
//! the others. A map that is made with the document would be made by two of them at one key, and
//! hide what is in one of the two: so maps are late, of which all that are there are read, and what
//! schema 1 had sits at the root under keys that name it.

use enhance_model::{
    ItemId, Items, Noun,
    field::{Field, Shape},
    personal_record::{
        Absence, ActivityCompletion, ActivityProgress, CareerBreak, Certificate, Debrief,
        EvidenceDeadline, EvidenceLink, Experience, JourneyStep, KeptSignOff, LearningSession,
        ModuleCompletion, PatientJourney, PdpGoal, PersonalRecord, Placement, RecordEdit,
        Supervisor, WteChange,
    },
    record::{FieldValue, Fields, Record},
};

use super::{
    attachments, disagreements,
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// What is declared of a personal record. Of two devices that create it each has its own moment of
/// creation. What is late came with schema 3.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.once(),
    Field::flat("activity", ACTIVITY),
    Field::flat_items(LearningSession::KEY, LearningSession::NOUN, LearningSession::FIELDS),
    items::<Placement>(),
    items::<Supervisor>(),
    items::<WteChange>(),
    items::<CareerBreak>(),
    items::<Absence>(),
    items::<Experience>(),
    items::<PatientJourney>(),
    items::<JourneyStep>(),
    items::<PdpGoal>(),
    items::<Certificate>(),
    items::<EvidenceLink>(),
    items::<EvidenceDeadline>(),
    items::<ModuleCompletion>(),
    items::<ActivityCompletion>(),
    items::<Debrief>(),
    items::<KeptSignOff>(),
    Field::moments(TAKEN_BACK).late(),
    Field::moments(INBOX_SEEN).late(),
    attachments::FIELD,
];

/// Progress is a fact: what is there already stands. Completions are things of their own since
/// schema 3, so that a wrong one can be taken back; those of before are read. Pack versions only
/// grow, so the smallest is that of the first completion.
const ACTIVITY: &[Field] = &[
    Field::moment("started").once(),
    Field::moment("completed").once(),
    Field::number("pack_version").once(),
];

/// Since when things in the record count no more, by their ids.
const TAKEN_BACK: &str = "taken_back";

/// When things in the inbox were seen, by their ids.
const INBOX_SEEN: &str = "inbox_seen";

/// Texts that say one thing, in a line or two: what somebody sets takes the place of what stood
/// there, so that two who set one at once are read one after the other and never letter by letter.
/// All other texts are written at length, and merge.
const SAID_AT_ONCE: [(Noun, &str); 5] = [
    (Noun::PdpGoal, "text"),
    (Noun::PdpGoal, "success"),
    (Noun::Experience, "purpose"),
    (Noun::CareerBreak, "note"),
    (Noun::Absence, "note"),
];

const fn items<R: Record>() -> Field {
    Field::items(R::KEY, R::NOUN, R::FIELDS).late()
}

/// Writes an edit of a record.
pub fn write(mut root: Writer<'_, '_>, edit: &RecordEdit) -> Result<(), DocumentError> {
    if let Some(record) = edit.record() {
        let mut item = root.item(key_of(record.noun)?, record.id)?;
        return match record.value {
            FieldValue::Text(text) if SAID_AT_ONCE.contains(&(record.noun, record.field)) => {
                item.replace_text(record.field, text)
            }
            value => item.write(record.field, &value),
        };
    }
    match edit {
        RecordEdit::Start { activity, at } => {
            root.flat("activity", activity)?.put("started", of_moment(*at))
        }
        RecordEdit::See { item, at } => {
            root.put_at(INBOX_SEEN, Shape::Moments, &item.to_string(), of_moment(*at))
        }
        RecordEdit::Forget { item } => root.clear_at(INBOX_SEEN, Shape::Moments, &item.to_string()),
        RecordEdit::Add { noun, id } => add(&mut root, *noun, *id),
        RecordEdit::TakeBack { noun, id, at } => {
            root.item(key_of(*noun)?, id)?;
            root.put_at(TAKEN_BACK, Shape::Moments, &id.to_string(), of_moment(*at))
        }
        RecordEdit::PutBack { noun, id } => {
            root.item(key_of(*noun)?, id)?;
            root.clear_at(TAKEN_BACK, Shape::Moments, &id.to_string())
        }
        // Every other edit is of a record.
        _ => Ok(()),
    }
}

/// Reads anew what an edit wrote, where that is one thing; false where it is something else, or
/// where what was set differently on two devices has to be looked at.
pub fn read_written(root: &Reader<'_>, content: &mut PersonalRecord, edit: &RecordEdit) -> bool {
    let Some((noun, id)) = edit.item() else { return false };
    let Some(key) = PersonalRecord::key_of(noun) else { return false };
    let item = disagreements::agreed_item(root, (key, id), &content.disagreements);
    let Some(item) = item else { return false };
    !content.taken_back.contains_key(&id) && content.read_item(noun, id, &item)
}

fn key_of(noun: Noun) -> Result<&'static str, DocumentError> {
    let undeclared = || DocumentError::Undeclared { key: noun.to_string() };
    PersonalRecord::key_of(noun).ok_or_else(undeclared)
}

/// Adds an empty item, unless it is there already.
fn add(root: &mut Writer<'_, '_>, noun: Noun, id: ItemId) -> Result<(), DocumentError> {
    let key = key_of(noun)?;
    if root.has_item(key, id)? {
        return Ok(());
    }
    root.item_or_new(key, id)?.complete()
}

/// Reads a record as it stands. A thing without what it needs is none; it stays in the document
/// unseen.
pub fn read(root: &Reader<'_>) -> PersonalRecord {
    let mut record = PersonalRecord {
        activities: root.flat("activity", |progress| ActivityProgress {
            started_at: progress.moment("started"),
            completed_at: progress.moment("completed"),
            pack_version: progress.number("pack_version"),
        }),
        placements: root.records(),
        supervisors: root.records(),
        wte_changes: root.records(),
        breaks: root.records(),
        absences: root.records(),
        sessions: root.records(),
        experiences: root.records(),
        journeys: root.records(),
        steps: root.records(),
        goals: root.records(),
        certificates: root.records(),
        evidence: root.records(),
        deadlines: root.records(),
        modules_completed: root.records(),
        activities_completed: root.records(),
        debriefs: root.records(),
        kept_sign_offs: root.records(),
        inbox_seen: root.moments(INBOX_SEEN),
        attachments: attachments::read(root),
        taken_back: Items::new(),
        disagreements: disagreements::all(root),
    };
    for (noun, field) in SAID_AT_ONCE {
        let key = PersonalRecord::key_of(noun).unwrap_or_default();
        record.disagreements.extend(disagreements::of_texts(root, key, field));
    }
    record.take_back(&root.moments(TAKEN_BACK));
    record
}
