//! What comes from the server: judged, kept, and taken out of the way.
//!
//! | what comes | where |
//! |---|---|
//! | a page of entries and people | [`page`] |
//! | who may say what came | [`authority`] |
//! | a page, a slice at a time | [`slices`] |
//! | private documents that were sealed together | [`archive`] |
//! | plain documents as one piece | [`fold`] |
//! | the content of one document, away from the lock | [`case`] |
//! | what the gate knows of a long document, kept | [`catalogue`] |
//! | its entries, unsealed and through the gate | [`judge`] |
//! | invitations to plans that are not here | [`invitations`] |
//! | the recovery key, and with it what could not be opened before | [`unlock`] |
//! | the refusal of an entry of this device | [`reject`] |
//! | refused work, to be done once more | [`again`] |
//! | the end of a document: it leaves this device | [`departures`] |
//! | copies, which go with it if its owner says so | [`copies`] |
//! | what this person wrote in it, kept | [`rescue`] |
//! | how that is written down, and files that were never sent | [`kept`] |
//! | what a damaged file took a part of, to be fetched whole | [`torn`] |

pub(crate) mod again;
pub(crate) mod archive;
mod authority;
pub(crate) mod case;
mod catalogue;
mod copies;
mod departures;
pub(crate) mod fold;
mod invitations;
pub(crate) mod judge;
pub(crate) mod kept;
pub(crate) mod page;
pub(crate) mod reject;
pub(crate) mod rescue;
pub(crate) mod slices;
pub(crate) mod torn;
pub(crate) mod unlock;
