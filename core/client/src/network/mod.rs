//! How bytes leave the phone, and which of those that come back are the server's answer.

pub(crate) mod address;
pub(crate) mod answer;
pub(crate) mod http;
pub(crate) mod identity;
pub(crate) mod tag;
