//! What hosts ask for, a file for each noun: what screens get, and what becomes of what they say.
//!
//! Each is a set of free functions on the [`State`](crate::state::State): `view` is what a screen
//! gets of one, `begin`, `edit` and their like are what a person does with it.

pub(crate) mod account;
pub(crate) mod arcp;
pub(crate) mod attachments;
pub(crate) mod checking;
pub(crate) mod cohort;
pub(crate) mod comments;
pub(crate) mod completions;
pub(crate) mod copies;
pub(crate) mod deadlines;
pub(crate) mod debriefed;
pub(crate) mod debriefs;
pub(crate) mod deletion;
pub(crate) mod devices;
pub(crate) mod drafts;
pub(crate) mod enrolment;
pub(crate) mod evidence;
pub(crate) mod export;
pub(crate) mod handover;
pub(crate) mod inbox;
pub(crate) mod invitations;
pub(crate) mod inviting;
pub(crate) mod key_store;
pub(crate) mod keys_of_programme;
pub(crate) mod leaving;
pub(crate) mod lists;
pub(crate) mod log;
pub(crate) mod members;
pub(crate) mod moving;
pub(crate) mod nudges;
mod own_record;
pub(crate) mod paper;
pub(crate) mod portion;
pub(crate) mod presence;
pub(crate) mod programme;
pub(crate) mod programme_map;
pub(crate) mod projects;
pub(crate) mod prompts;
pub(crate) mod quarantine;
pub(crate) mod recipes;
pub(crate) mod record;
pub(crate) mod reflections;
pub(crate) mod search;
pub(crate) mod sharing;
pub(crate) mod sign_offs;
pub(crate) mod status;
pub(crate) mod story;
pub(crate) mod supervisors;
pub(crate) mod texts;
pub(crate) mod tickets;
pub(crate) mod typing;
mod work_of_module;
