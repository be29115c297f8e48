//! The keys of private documents, and how each is kept by the one above it.
//!
//! ```text
//! recovery key   on paper, with the person
//!   wraps account key   one for a person, in the database of each of their devices
//!     wraps document key   one for a reflection, in its create entry
//!     derives document key   of the personal record, the same on every device
//!     derives document key   of what is read back from an export, with what it says
//!     seals ticket secret   for the other devices of who made the ticket
//! ```
//!
//! The server keeps the wrapped ones and can unwrap none.

mod account;
mod document;
mod padding;
mod recovery;
mod secret;
mod ticket;
mod wrapping;

pub use self::recovery::RecoveryKey;
pub(crate) use self::{
    account::AccountKey,
    document::DocumentKey,
    padding::{pad, unpad},
    ticket::{TicketSecret, TicketText},
};
