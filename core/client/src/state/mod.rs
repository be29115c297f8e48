//! What the lock guards: the database, and what is kept in memory of it.

pub(crate) mod documents;
pub(crate) mod facts;
pub(crate) mod projection;
pub(crate) mod sealing;
