//! What was said of activities that are talked over.

use enhance_model::{
    ItemId,
    personal_record::{Debrief, PersonalRecord},
};
use serde::Serialize;

/// A debrief as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DebriefView {
    pub id: ItemId,
    pub debrief: Debrief,
}

/// The debriefs of an activity, oldest first.
pub(super) fn of_activity(record: &PersonalRecord, activity: &str) -> Vec<DebriefView> {
    let all = record.debriefs.iter().filter(|(_, one)| one.activity == activity);
    let mut all: Vec<_> =
        all.map(|(id, one)| DebriefView { id: *id, debrief: one.clone() }).collect();
    all.sort_by_key(|view| (view.debrief.at, view.id));
    all
}
