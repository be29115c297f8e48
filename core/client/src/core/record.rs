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
    pub fn add_session(&self, session: NewSession) -> Result<ItemId, Error> {
        self.state.with(|state| record::add_session(state, session))
    }

    /// Takes a session out of the learning log again.
    pub fn remove_session(&self, id: ItemId) -> Result<(), Error> {
        self.state.with(|state| record::remove_session(state, id))
    }

    /// The learning log.
    pub fn learning_log(&self) -> Result<LearningLog, Error> {
        self.state.with(record::learning_log)
    }
}
