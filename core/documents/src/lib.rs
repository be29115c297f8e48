//! Documents: what people write, kept so that it merges without conflicts and is never lost.
//!
//! This crate alone names Automerge, and nothing of Automerge shows on its outside. It sees neither
//! files, network, clock nor database: bytes and the time come in, bytes and plain values go out.
//!
//! [`Document`] is one document in memory, and begins with an example. The [`gate`] is the way in
//! for bytes from the network; they never reach Automerge unscreened, on the phone as on the server.
//!
//! Inside, arrows go one way: document and fold, gate, snapshot, tree, schema, and below them the
//! enumerations of what there is of each kind, the engine, the bounds and the errors.

mod change;
mod document;
mod engine;
mod error;
mod fold;
pub mod gate;
mod kinds;
mod limits;
mod schema;
mod snapshot;
mod tree;

pub use change::Change;
pub use document::{AuthoredSpan, Document, FieldEdit, HistoryChange};
pub use error::DocumentError;
pub use fold::{Ends, FoldedDocument, Numbered, changes_in, ends_of, fold};
pub use gate::{
    ActorBytes, Admission, AdmissionRules, Bounds, Catalogue, ChangeHeader, Finding, Journal,
    Piece, Ruling, try_whole,
};
pub use kinds::{Content, Edit, NewDocument, TextField};
pub use limits::operations_within;
