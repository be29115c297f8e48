//! What hosts ask for, a file for each noun.

pub(crate) mod comments;
pub(crate) mod enrolment;
pub(crate) mod export;
pub(crate) mod key_store;
pub(crate) mod lists;
pub(crate) mod members;
pub(crate) mod programme;
pub(crate) mod projects;
pub(crate) mod quarantine;
pub(crate) mod record;
pub(crate) mod reflections;
pub(crate) mod search;
pub(crate) mod sharing;
pub(crate) mod status;
