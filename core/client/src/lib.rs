//! `LearningCore`: the one object an app holds.
//!
//! An app opens it on a folder and asks it things; it never sees a database, a document or a
//! socket. What a person does is local and quick, and is on disk when the call returns. The
//! network is somebody else's turn: an exchange takes what is waiting and brings what is new.

mod account;
mod arrivals;
mod comments;
mod core;
mod documents;
mod drafts;
mod environment;
mod error;
mod export;
mod identity;
mod key_store;
mod keys;
mod members;
mod observe;
mod packs;
mod programme;
mod projection;
mod projects;
mod quarantine;
mod record;
mod reflections;
mod sealing;
mod search;
mod sharing;
mod status;
mod sync;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod typing;
mod views;
mod writing;

pub use enhance_documents::TextField;
pub use enhance_model as model;
pub use enhance_store::DatabaseKey;

pub use self::{
    account::Enrolment,
    comments::CommentView,
    core::{LearningCore, OpenOptions},
    drafts::{DraftField, DraftView},
    environment::{Clock, Environment, Randomness, SystemClock, SystemRandomness},
    error::{Cause, DocumentEnd, Error, InputField},
    export::Export,
    identity::{Account, PrivateAccess},
    key_store::{KeyAnswer, KeyNotKept, KeyStore},
    keys::RecoveryKey,
    members::Member,
    observe::{Changes, Observation, Topic},
    packs::{MediaView, PackState, PackUpdate},
    programme::{ActivityView, ModuleSummary, ModuleView, PageView},
    projects::{HistoryView, ProjectView},
    quarantine::{EditView, QuarantineSummary, QuarantineView},
    record::{LearningLog, NewSession, SessionView},
    reflections::ReflectionView,
    search::{Hit, HitTarget},
    sharing::SharedView,
    status::{DocumentStatus, ReadReceipt, Reader, Stage},
    sync::{
        Answer, Budget, Cancellation, Chunks, Conditions, HttpTransport, KeepInSync, Method,
        OnProgress, Pending, Progress, Request, Resume, SyncReport, SyncState, Token, Transport,
        Unreachable,
    },
    typing::{Scribe, TypingEvent, TypingPauses, TypingState},
    views::{DocumentSummary, ListPage},
};
