//! The core for Kotlin and Swift.
//!
//! Nothing is decided here: each exported method hands over to [`enhance_client::LearningCore`] and
//! each record is one of the core's in the shape a host language has for it. App developers use
//! this through `LearningCore` of the Kotlin and Swift libraries, which hold a [`CoreHandle`].
//!
//! | what | where |
//! |---|---|
//! | the object an app holds | [`CoreHandle`] |
//! | what a host brings: a place for the key, ears for progress, changes and logs | `host` |
//! | a text field a person types into | [`TypingHandle`] |
//! | errors | [`CoreError`] |
//! | records | `entries`, `reflections`, `projects`, `words`, `programme`, `record`, `packs`, `sync` |
//! | ids, times and collections | `ids` |

mod edits;
mod entries;
mod error;
mod handle;
mod host;
mod ids;
mod log;
mod packs;
mod programme;
mod projects;
mod record;
mod reflections;
mod runtime;
mod sync;
mod typing;
mod words;

pub use self::{
    edits::{CommentEdit, ReflectionEdit},
    entries::{Changes, Hit, SnippetPiece, TextPart, TopicChange},
    error::CoreError,
    handle::{CoreHandle, set_aside},
    host::{
        Cancellation, KeepInSync, KeyAnswer, KeyStore, KeyStoreError, ListenerError, Observer,
        ProgressListener, Subscription,
    },
    log::{LogLevel, Logger, set_logger},
    packs::Media,
    projects::{ActionItem, CycleItem, MeasureItem, ObservationItem},
    reflections::SharedCopy,
    sync::{Enrolment, SyncState},
    typing::{TypingHandle, TypingState, usual_pauses},
};

uniffi::setup_scaffolding!("enhance");
