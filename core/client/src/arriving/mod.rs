//! What comes from the server: judged, kept, and taken out of the way.

pub(crate) mod judge;
pub(crate) mod page;
pub(crate) mod reject;
pub(crate) mod rescue;
