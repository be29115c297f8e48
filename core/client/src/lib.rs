//! `LearningCore`: the one object an app holds.
//!
//! An app opens it on a folder and asks it things; it never sees a database, a document or a
//! socket. What a person does is local and quick, and is on disk when the call returns. The
//! network is somebody else's turn: an exchange takes what is waiting and brings what is new.

mod arriving;
mod asked;
mod core;
mod environment;
mod error;
mod keys;
mod network;
mod observe;
mod packs;
mod state;
mod sync;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod writing;

pub use enhance_documents::TextField;
pub use enhance_model as model;
pub use enhance_store::DatabaseKey;

pub use self::{
    asked::{
        comments::CommentView,
        enrolment::Enrolment,
        export::Export,
        key_store::{KeyAnswer, KeyNotKept, KeyStore},
        lists::{DocumentSummary, ListPage},
        members::Member,
        programme::{ActivityView, ModuleSummary, ModuleView, PageView},
        projects::{HistoryView, ProjectView},
        quarantine::{EditView, QuarantineSummary, QuarantineView},
        record::{LearningLog, NewSession, SessionView},
        reflections::ReflectionView,
        search::{Hit, HitTarget},
        sharing::SharedView,
        status::{DocumentStatus, ReadReceipt, Reader, Stage},
    },
    core::{LearningCore, OpenOptions},
    environment::{Clock, Environment, Randomness, SystemClock, SystemRandomness},
    error::{Cause, DocumentEnd, Error, InputField},
    keys::RecoveryKey,
    network::http::{
        Answer, Chunks, HttpTransport, Method, Pending, Request, Resume, Token, Transport,
        Unreachable,
    },
    observe::{Changes, Observation, Topic},
    packs::{MediaView, PackState, PackUpdate},
    state::facts::{Account, PrivateAccess},
    sync::{
        Budget, Cancellation, Conditions, KeepInSync, OnProgress, Progress, SyncReport, SyncState,
    },
    writing::drafts::{DraftField, DraftView},
};
