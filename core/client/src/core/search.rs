//! Search over everything that is on this device.

use super::LearningCore;
use crate::{
    asked::{
        lists::ListPage,
        search::{self, Hit},
    },
    error::Error,
};

impl LearningCore {
    /// Finds words, whatever a person types; the last one may be unfinished. Best first.
    ///
    /// What was saved is found at once; what was typed and is not settled is not.
    pub fn search(&self, query: &str, page: ListPage) -> Result<Vec<Hit>, Error> {
        self.state.with(|state| search::search(state, query, page))
    }
}
