//! The words and rules of the field, as plain data.
//!
//! ```
//! use enhance_model::{
//!     ItemId,
//!     change_project::{ChangeProject, Driver, Item},
//! };
//!
//! let driver = Driver { name: "Light at night".to_owned(), ..Driver::default() };
//! let project = ChangeProject::default().with(&driver.adding(ItemId::from_bytes([7; 16])));
//! assert_eq!(project.text(), "Light at night");
//! ```
//!
//! Everything here can be read without knowing how it is stored, merged or sent. Nothing here asks
//! the machine for the time, for randomness or for a file: both come in as arguments, and the
//! `clippy.toml` beside this crate holds that line.

pub mod ahead;
pub mod anchor;
pub mod arcp;
pub mod attachment;
pub mod change_project;
pub mod chart;
pub mod cohort;
pub mod comments;
pub mod crockford;
pub mod csv;
pub mod disk;
pub mod document;
pub mod entry;
pub mod field;
pub mod folding;
mod hex;
pub mod id;
pub mod identifiers;
pub mod inbox;
pub mod joining;
pub mod learning_log;
pub mod limits;
pub mod link;
pub mod markup;
pub mod noun;
pub mod nudge;
pub mod ownership;
pub mod pack;
pub mod person;
pub mod personal_record;
pub mod printed;
pub mod programme;
pub mod record;
pub mod reflection;
pub mod refusal;
pub mod room;
pub mod round;
mod sentence;
pub mod sign_off;
mod size;
mod sorted;
pub mod suppression;
pub mod ticket;
pub mod time;
mod words;
pub mod years;

pub use document::{DocumentKind, Tag, Version};
pub use entry::EntryKind;
pub use id::{
    ChangeHash, DeviceId, DocumentId, EntryHash, Epoch, IdError, ItemId, PersonId, Sha256,
};
pub use joining::{Preview, Standing};
pub use limits::{LimitExceeded, Limits};
pub use noun::Noun;
pub use ownership::{Claim, Handover, Ownership};
pub use person::{Person, PersonName, PersonRole, Right, Role};
pub use refusal::RefusalCode;
pub use round::Round;
pub use sentence::{Quoted, counted, shortened};
pub use size::size;
pub use sorted::{Items, Sorted};
pub use time::{CalendarDate, Minutes, Timestamp, UtcOffset};
pub use words::UnknownWord;
