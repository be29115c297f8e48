//! The database of one account on one device: a single `SQLite` file, encrypted on phones.
//!
//! On the phone only this crate names `SQLite`. It sees documents as bytes and knows nothing of
//! what is in them, of keys or of the network. Everything is written through one door,
//! [`Store::write`], which does all of a piece of work or none of it and says what changed:
//!
//! ```
//! use enhance_store::{OpenOptions, Store, StoreError, Topic};
//!
//! # let folder = tempfile::tempdir()?;
//! let options = OpenOptions { folder: folder.path().join("account"), key: None };
//! let mut store = Store::open(options)?;
//! let ((), changes) = store.write(|write| write.set_meta("name", b"Asha"))?;
//! assert!(changes.touches(Topic::Account));
//! assert_eq!(store.meta("name")?.as_deref(), Some(&b"Asha"[..]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The truth are the **entries** ([`Entry`]), and what the server has of them folded into one piece
//! for each document ([`Fold`]): nothing but deletion for ever and quarantine takes a word away.
//! Projections and the search index are made from them and can be dropped and made again.

mod attachments;
mod catalogues;
mod changes;
#[cfg(test)]
mod costs;
mod documents;
mod drafts;
mod entries;
mod erase;
mod error;
mod file;
mod folds;
mod inbox;
mod invitations;
mod open;
mod outbox;
mod packs;
mod people;
mod platform;
mod projections;
mod quarantine;
mod reader;
mod receipts;
mod salvage;
mod schema;
mod search;
mod set_back;
mod sql;
mod status;
mod sync_state;
mod tickets;
mod unsent;
mod way;
mod write;

pub use attachments::{AttachmentCounts, AttachmentRefusal, AttachmentRow};
pub use changes::{Changes, Topic};
pub use documents::{DocumentRow, DocumentState};
pub use drafts::Draft;
pub use enhance_model::EntryKind;
pub use entries::{DocumentSize, Entry, EntryLink, Origin, Tail};
pub use error::{OpenError, StoreError};
pub use file::{
    files::{ATTACHMENTS, PACK_FILES},
    installation::FileMark,
    key::DatabaseKey,
};
pub use folds::{Fold, FoldHead, Unarchived, Unfolded};
pub use inbox::InboxPosition;
pub use invitations::{InvitationAnswer, InvitationRow};
pub use open::{HeldFolder, OpenOptions, Store};
pub use outbox::{OutboxEntry, OutboxPage};
pub use packs::{Pack, PackFileRow, PackStage};
pub use people::{GrantRow, SeenRow};
#[cfg(target_family = "wasm")]
pub use platform::disk;
pub use platform::{free_bytes, fs};
pub use projections::{ListPosition, ListRow, Projection, Summary};
pub use quarantine::{NewQuarantine, Quarantine};
pub use reader::StoreReader;
pub use receipts::{Bringing, ReceiptRow};
pub use salvage::{SALVAGED, Salvaged};
pub use search::{Hit, HitSource, IndexFirst, PageText, Search, SearchOrder, Snippet};
pub use status::{Stage, StageCounts, Status};
pub use sync_state::{Cursor, SyncState};
pub use tickets::TicketRow;
pub use unsent::UnsentCounts;
pub use way::{KeptFailure, NarrowWay};
pub use write::Write;
