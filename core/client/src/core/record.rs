//! The personal record: progress, and the learning log.

use enhance_model::ItemId;

use super::LearningCore;
use crate::{
    asked::record::{self, LearningLog, NewSession},
    error::Error,
};

impl LearningCore {
    /// Notes that an activity was begun. The first time stands.
    pub fn start_activity(&self, key: &str) -> Result<(), Error> {
        self.state.with(|state| record::start_activity(state, key))
    }

    /// Notes that an activity was completed. The first time stands.
    pub fn complete_activity(&self, key: &str) -> Result<(), Error> {
        self.state.with(|state| record::complete_activity(state, key))
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

    /// Takes a session out of the learning log again.
    pub fn remove_session(&self, id: ItemId) -> Result<(), Error> {
        self.state.with(|state| record::remove_session(state, id))
    }

    /// The learning log: the sessions, newest first, and what they amount to.
    pub fn learning_log(&self) -> Result<LearningLog, Error> {
        self.state.with(record::learning_log)
    }
}
