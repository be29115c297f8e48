//! The personal record: posts in training, progress, the learning log, evidence.

use enhance_model::{
    CalendarDate, ItemId,
    learning_log::Period,
    personal_record::{DeadlineWarning, PersonalRecord, RecordEdit},
};

use super::LearningCore;
use crate::{
    asked::{
        checking::{self, SharingCheck},
        deadlines::{self, CertificateView, DeadlineView},
        debriefs::{self, DebriefAnswer},
        evidence::{self, Coverage, EvidenceView},
        log::{self, LearningLog, PlacementView},
        programme_map::{self, ProgrammeMap},
        record::{self, CompletionProof, NewSession},
    },
    error::Error,
};

impl LearningCore {
    /// Notes that an activity was begun. The first time stands.
    pub fn start_activity(&self, key: &str) -> Result<(), Error> {
        self.state.with(|state| record::start_activity(state, key))
    }

    /// Notes that an activity was completed. The first time stands. One that asks for evidence is
    /// refused; see [`LearningCore::complete_activity_with`].
    pub fn complete_activity(&self, key: &str) -> Result<(), Error> {
        self.complete_activity_with(key, CompletionProof::default())
    }

    /// Notes that an activity was completed, with what shows it or why nothing does.
    pub fn complete_activity_with(&self, key: &str, shown: CompletionProof) -> Result<(), Error> {
        self.state.with(|state| record::complete_activity(state, key, shown))
    }

    /// Notes what somebody says of an activity that is talked over: how sure they were before it and
    /// after it, from 0 to 10, and the reflection in which they answered its prompts. What is left
    /// out stays as it is, and what nobody said is not 0.
    pub fn answer_debrief(&self, activity: &str, answer: DebriefAnswer) -> Result<ItemId, Error> {
        self.state.with(|state| debriefs::answer(state, activity, answer))
    }

    /// Looks through the journeys of patients in the record, or through one of them or one step, for
    /// what may tell who it was. No name, date or age has a place there. They are saved whatever is
    /// found; it is to be said when they are written, and when they go out.
    pub fn check_journeys(&self, only: Option<ItemId>) -> Result<SharingCheck, Error> {
        self.state.with(|state| checking::journeys(state, only))
    }

    /// Notes time spent learning.
    ///
    /// ```no_run
    /// use enhance_client::{
    ///     Error, LearningCore, NewSession,
    ///     model::{Minutes, Timestamp, personal_record::SessionKind},
    /// };
    ///
    /// # fn example(core: &LearningCore, start: Timestamp) -> Result<(), Error> {
    /// let title = "Journal club".to_owned();
    /// let (minutes, kind) = (Minutes(45), SessionKind::Core);
    /// core.add_session(NewSession { title, activity: None, module: None, start, minutes, kind })?;
    /// assert_eq!(core.learning_log()?.sessions.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_session(&self, session: NewSession) -> Result<ItemId, Error> {
        self.state.with(|state| record::add_session(state, session))
    }

    /// Takes a session out of the learning log again. It is kept, and can be put back.
    pub fn remove_session(&self, id: ItemId) -> Result<(), Error> {
        self.state.with(|state| record::remove_session(state, id))
    }

    /// The personal record as it stands: placements, sessions, goals, evidence and all else.
    pub fn record(&self) -> Result<PersonalRecord, Error> {
        self.state.with(record::read)
    }

    /// Edits the personal record: what makes sense in it is written, all of it or none. Fresh ids
    /// come from [`LearningCore::new_item_id`].
    ///
    /// ```no_run
    /// use enhance_client::{
    ///     Error, LearningCore,
    ///     model::personal_record::{Placement, RecordItem},
    /// };
    ///
    /// # fn example(core: &LearningCore, placement: Placement) -> Result<(), Error> {
    /// core.edit_record(&placement.adding(core.new_item_id()))?;
    /// assert_eq!(core.placements()?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn edit_record(&self, edits: &[RecordEdit]) -> Result<(), Error> {
        self.state.with(|state| record::edit(state, edits))
    }

    /// The learning log of the training year of today: the sessions, newest first,
    /// and what they amount to.
    pub fn learning_log(&self) -> Result<LearningLog, Error> {
        self.state.with(|state| {
            let year = log::this_year(state)?;
            log::of_period(state, year)
        })
    }

    /// The learning log of a period: the sessions, newest first, and what they amount to.
    pub fn log(&self, period: Period) -> Result<LearningLog, Error> {
        self.state.with(|state| log::of_period(state, period))
    }

    /// The training year in which a day falls.
    pub fn training_year(&self, day: CalendarDate) -> Result<Period, Error> {
        self.state.with(|state| log::year_of(state, day))
    }

    /// The placements, the one that began last first.
    pub fn placements(&self) -> Result<Vec<PlacementView>, Error> {
        self.state.with(log::placements)
    }

    /// What the evidence covers, by domain, outcome and capability.
    pub fn coverage(&self) -> Result<Coverage, Error> {
        self.state.with(evidence::coverage)
    }

    /// Everything that is given as evidence, oldest first, with what supervisors say of it.
    pub fn evidence(&self) -> Result<Vec<EvidenceView>, Error> {
        self.state.with(evidence::all)
    }

    /// What may be a slip about one thing in the record, a sentence each: noted twice, over already,
    /// or only the trainee's word. It is said, and stops nobody.
    pub fn warnings_about(&self, id: ItemId) -> Result<Vec<String>, Error> {
        self.state.with(|state| evidence::warnings_about(state, id))
    }

    /// The programme by module and training year.
    pub fn programme_map(&self) -> Result<ProgrammeMap, Error> {
        self.state.with(programme_map::of)
    }

    /// The deadlines, soonest first.
    pub fn deadlines(&self) -> Result<Vec<DeadlineView>, Error> {
        self.state.with(deadlines::all)
    }

    /// The warnings of deadlines from today on: the days on which a host is to say them.
    pub fn deadline_warnings(&self) -> Result<Vec<DeadlineWarning>, Error> {
        self.state.with(deadlines::warnings)
    }

    /// The certificates, those that run out first first.
    pub fn certificates(&self) -> Result<Vec<CertificateView>, Error> {
        self.state.with(deadlines::certificates)
    }
}
