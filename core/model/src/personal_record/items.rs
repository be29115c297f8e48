//! The things in a personal record as such: what an edit says of which of them, whatever it is.

use super::{
    Absence, ActivityCompletion, CareerBreak, Certificate, Debrief, EvidenceDeadline, EvidenceLink,
    Experience, JourneyStep, KeptSignOff, LearningSession, ModuleCompletion, PatientJourney,
    PdpGoal, PersonalRecord, Placement, RecordEdit, Supervisor, WteChange, spoken,
};
use crate::{
    ItemId, Items, Noun,
    record::{FieldWrite, Record, held},
};

/// A record of which a personal record has several, each under its id.
pub trait RecordItem: Record {
    /// The edit of one of its fields as an edit of the personal record.
    fn edit(id: ItemId, edit: Self::Edit) -> RecordEdit;

    /// All of them, by their ids.
    fn all(record: &PersonalRecord) -> &Items<Self>;

    /// The edits that add it with all it says.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId, Noun,
    ///     personal_record::{Certificate, RecordEdit, RecordItem},
    /// };
    ///
    /// let id = ItemId::from_bytes([7; 16]);
    /// let title = "Advanced life support".to_owned();
    /// let edits = Certificate { title, ..Certificate::default() }.adding(id);
    /// assert_eq!(edits[0], RecordEdit::Add { noun: Noun::Certificate, id });
    /// assert_eq!(edits.len(), 2);
    /// ```
    fn adding(&self, id: ItemId) -> Vec<RecordEdit> {
        let written = self.edits().into_iter().map(|edit| Self::edit(id, edit));
        [RecordEdit::Add { noun: Self::NOUN, id }].into_iter().chain(written).collect()
    }
}

/// What is the same for everything in a personal record, written once for each of them.
macro_rules! items {
    ($($record:ident in $map:ident,)+) => {
        $(impl RecordItem for $record {
            fn edit(id: ItemId, edit: Self::Edit) -> RecordEdit {
                RecordEdit::$record { id, edit }
            }

            fn all(record: &PersonalRecord) -> &Items<Self> {
                &record.$map
            }
        })+

        held! {
            PersonalRecord, edited by RecordEdit, labelled by label_of {
                $($record as $record in $map,)+
            }
        }
    };
}

items! {
    Placement in placements,
    Supervisor in supervisors,
    WteChange in wte_changes,
    CareerBreak in breaks,
    Absence in absences,
    LearningSession in sessions,
    Experience in experiences,
    PatientJourney in journeys,
    JourneyStep in steps,
    PdpGoal in goals,
    Certificate in certificates,
    EvidenceLink in evidence,
    EvidenceDeadline in deadlines,
    ModuleCompletion in modules_completed,
    ActivityCompletion in activities_completed,
    Debrief in debriefs,
    KeptSignOff in kept_sign_offs,
}

impl PersonalRecord {
    /// The record as it would be with some edits: what a rule is asked about before anything is
    /// written.
    #[must_use]
    pub fn with(&self, edits: &[RecordEdit]) -> Self {
        let mut record = self.clone();
        record.write_items(edits);
        for edit in edits {
            match edit {
                RecordEdit::Start { activity, at } => {
                    let progress = record.activities.entry(activity.clone()).or_default();
                    progress.started_at.get_or_insert(*at);
                }
                RecordEdit::TakeBack { id, at, .. } => record.take_back(&[(*id, *at)].into()),
                _ => {}
            }
        }
        record
    }
}

/// What it says first: its first words, or else its first value that is no id, which says nothing to
/// anybody. What is of a module or an activity is known by that.
fn label_of<R: Record>(record: &R) -> String {
    let is_known_by_key =
        matches!(R::NOUN, Noun::ModuleCompletion | Noun::ActivityCompletion | Noun::Debrief);
    let said = |text: &&str| !text.trim().is_empty();
    match record.texts().into_iter().find(said) {
        Some(words) if !is_known_by_key => words.to_owned(),
        _ => {
            let values = record.edits().into_iter().map(|edit| edit.value().in_words());
            let is_id = |said: &String| said.parse::<ItemId>().is_ok();
            let said = values.into_iter().find(|said| !is_id(said)).unwrap_or_default();
            if is_known_by_key { said } else { spoken(&said).to_owned() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PersonId, personal_record::SupervisorRole};

    #[test]
    fn what_has_no_words_is_known_by_what_it_says_and_not_by_an_id() {
        let (placement, id) = (ItemId::from_bytes([1; 16]), ItemId::from_bytes([2; 16]));
        let label =
            |edits: Vec<RecordEdit>, noun| PersonalRecord::default().with(&edits).label(noun, id);
        let from = "2026-12-01".parse().unwrap();
        let hours = WteChange { placement, from, wte: "0.6".parse().unwrap() };
        assert_eq!(label(hours.adding(id), Noun::WteChange), "2026-12-01");
        let person = Some(PersonId::from_bytes([3; 16]));
        let role = SupervisorRole::Educational;
        let one = Supervisor { person, ..Supervisor::named(placement, "", role) };
        assert_eq!(label(one.adding(id), Noun::Supervisor), "educational");
        let step = JourneyStep::new(placement, 3);
        assert_eq!(label(step.adding(id), Noun::JourneyStep), "3");
    }
}
