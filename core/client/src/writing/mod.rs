//! The one write path: how what a person did becomes entries, all of them or none.
//!
//! Everything is prepared first, outside the transaction: limits are checked, private changes are
//! sealed, and what screens will read is made. Then one transaction writes the entries, their
//! places in the outbox, the projection and the text to be searched. `Ok` comes after the commit.
//!
//! | step | where |
//! |---|---|
//! | the document and the person are looked up, and whether they may | [`target`] |
//! | an edit, or what was typed, becomes changes | [`edits`], [`drafts`] |
//! | answers are to prompts that were asked | [`asked_prompts`] |
//! | what is longer than a text may be stays a draft | [`too_long`] |
//! | a new document is made | [`create`] |
//! | a change becomes an entry | [`entries`] |
//! | a right is given or taken | [`rights`] |
//! | all of it is written | [`pending`] |
//! | a long history is made short | [`fold`] |
//! | what waits is sealed in the name of another device | [`reseal`] |
//! | what two devices wrote in the same words stands once | [`twins`] |
//! | what was typed before a folder was copied stands once | [`typed_twice`] |

pub(crate) mod asked_prompts;
pub(crate) mod create;
pub(crate) mod doubles;
pub(crate) mod drafts;
pub(crate) mod edits;
pub(crate) mod entries;
pub(crate) mod fold;
pub(crate) mod pending;
pub(crate) mod reseal;
pub(crate) mod rights;
pub(crate) mod target;
pub(crate) mod too_long;
pub(crate) mod twins;
pub(crate) mod typed_twice;
