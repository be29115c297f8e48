//! Exchanges with the server: what is waiting goes up, what is new comes down, usually in one trip.
//!
//! A sync is a loop of round trips ([`trips`]), and each is a step: the question is prepared under
//! the lock ([`offer`]), asked without it, and the answer is taken in under the lock again, in one
//! transaction with the new cursor ([`apply`], [`verdicts`]). Between two steps nothing is held and nothing is
//! half done, so a sync may end there, for any reason. What is not certainly the server's answer
//! changes nothing ([`crate::network::answer`]).
//!
//! | what happens | where |
//! |---|---|
//! | entries and people come, or an entry is refused | [`crate::arriving`] |
//! | the server was restored from a backup | [`verify`], [`bring`] |
//! | the server is to know this device by another token or name | [`identity`] |
//! | it is time for the next sync | [`schedule`], [`by_itself`] |
//! | somebody used a ticket of this person | [`tickets`] |
//! | something is new, or somebody has the same plan open | [`doorbell`] |
//! | little gets through, or nothing comes of it | [`way`] |
//! | a person asks how things stand | [`standing`] |

mod apply;
mod archive;
pub(crate) mod attachments;
mod bring;
pub(crate) mod budget;
pub(crate) mod by_itself;
mod doorbell;
#[cfg(test)]
pub(crate) mod fake;
pub(crate) mod identity;
mod lacking;
mod offer;
pub(crate) mod once;
pub(crate) mod report;
pub(crate) mod schedule;
pub(crate) mod standing;
pub(crate) mod tickets;
pub(crate) mod traffic;
mod trips;
mod verdicts;
mod verify;
mod way;
