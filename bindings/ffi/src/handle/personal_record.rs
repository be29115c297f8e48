//! The personal record: posts in training, the log of a period, evidence.
#![allow(clippy::needless_pass_by_value, reason = "lists cross by value")]

use enhance_client::{
    CertificateView, CompletionProof, DeadlineView, DebriefAnswer, EvidenceView, InputField,
    model::{
        CalendarDate, ItemId,
        learning_log::Period,
        personal_record::{DeadlineWarning, EvidenceSource, RecordEdit},
    },
};

use crate::{
    CoreError, Coverage, DaysInARow, LearningLog, PersonalRecord, ProgrammeMap, SharingCheck,
    handle::{CoreHandle, Result},
};

/// The personal record: posts in training, the log of a period, evidence.
#[uniffi::export]
impl CoreHandle {
    /// Everything in the personal record.
    pub fn personal_record(&self) -> Result<PersonalRecord> {
        Ok(self.core.record()?.into())
    }

    /// Edits the personal record: what makes sense in it is written, all of it or none. Fresh
    /// ids come from `newItemId`.
    pub fn edit_record(&self, edits: Vec<RecordEdit>) -> Result<()> {
        Ok(self.core.edit_record(&edits)?)
    }

    /// Looks through the journeys of patients in the record, or through one of them or one step, for
    /// what may tell who it was. They are saved whatever is found.
    pub fn check_journeys(&self, only: Option<ItemId>) -> Result<SharingCheck> {
        Ok(self.core.check_journeys(only)?.into())
    }

    /// Notes that an activity was completed, with what shows it or why nothing does.
    pub fn complete_activity_with(
        &self,
        key: &str,
        evidence: Option<EvidenceSource>,
        reason: String,
    ) -> Result<()> {
        Ok(self.core.complete_activity_with(key, CompletionProof { evidence, reason })?)
    }

    /// Notes what somebody says of an activity that is talked over: how sure they were before it and
    /// after it, from 0 to 10, and the reflection in which they answered its prompts.
    pub fn answer_debrief(&self, activity: &str, answer: DebriefAnswer) -> Result<ItemId> {
        Ok(self.core.answer_debrief(activity, answer)?)
    }

    /// The learning log of the days from one to another: what was done, what is asked, what is left.
    pub fn log_of(&self, from: CalendarDate, to: CalendarDate) -> Result<LearningLog> {
        let period = Period::new(from, to);
        let period = period.map_err(|fault| CoreError::invalid(InputField::Date, &fault))?;
        Ok(self.core.log(period)?.into())
    }

    /// The training year in which a day falls.
    pub fn training_year(&self, day: CalendarDate) -> Result<DaysInARow> {
        Ok(self.core.training_year(day)?.into())
    }

    /// What the evidence covers, by domain, outcome and capability.
    pub fn coverage(&self) -> Result<Coverage> {
        Ok(self.core.coverage()?.into())
    }

    /// Everything that is given as evidence, oldest first, with what supervisors say of it.
    pub fn evidence(&self) -> Result<Vec<EvidenceView>> {
        Ok(self.core.evidence()?)
    }

    /// What may be a slip about one thing in the record, a sentence each: noted twice, over already,
    /// or only the trainee's word. It is said, and stops nobody.
    pub fn warnings_about(&self, id: ItemId) -> Result<Vec<String>> {
        Ok(self.core.warnings_about(id)?)
    }

    /// The programme by module and training year.
    pub fn programme_map(&self) -> Result<ProgrammeMap> {
        Ok(self.core.programme_map()?.into())
    }

    /// The deadlines, soonest first.
    pub fn deadlines(&self) -> Result<Vec<DeadlineView>> {
        Ok(self.core.deadlines()?)
    }

    /// The warnings of deadlines from today on: the days on which a host is to say them.
    pub fn deadline_warnings(&self) -> Result<Vec<DeadlineWarning>> {
        Ok(self.core.deadline_warnings()?)
    }

    /// The certificates, those that run out first first.
    pub fn certificates(&self) -> Result<Vec<CertificateView>> {
        Ok(self.core.certificates()?)
    }
}
