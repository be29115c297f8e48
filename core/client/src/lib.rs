//! `LearningCore`: the one object an app holds.
//!
//! An app opens it on a folder and asks it things; it never sees a database, a document or a
//! socket. What a person does is local and quick, and is on disk when the call returns. The
//! network is somebody else's turn: an exchange takes what is waiting and brings what is new.

mod arriving;
mod asked;
mod cancellation;
mod core;
mod environment;
mod error;
mod keys;
mod network;
mod observe;
mod options;
mod packs;
mod progress;
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
    arriving::rescue::EditView,
    asked::{
        account::{Account, PrivateAccess},
        comments::CommentView,
        enrolment::Enrolment,
        export::Export,
        key_store::{KeyAnswer, KeyNotKept, KeyStore},
        lists::{DocumentSummary, ListPage},
        members::Member,
        programme::{ActivityView, ModuleSummary, ModuleView, PageView},
        projects::{HistoryView, ProjectView},
        quarantine::{QuarantineSummary, QuarantineView},
        record::{LearningLog, NewSession, SessionView},
        reflections::ReflectionView,
        search::{Hit, HitTarget},
        sharing::SharedView,
        status::{DocumentStatus, ReadReceipt, Reader, Stage},
    },
    cancellation::Cancellation,
    core::LearningCore,
    environment::{
        Clock, Environment, Randomness, SystemClock, SystemRandomness,
        transport::{
            Answer, Chunks, Method, Pending, Request, Resume, Token, Transport, Unreachable,
        },
    },
    error::{Cause, DocumentEnd, Error, InputField},
    keys::RecoveryKey,
    network::http::HttpTransport,
    observe::{Changes, Observation, Topic},
    options::OpenOptions,
    packs::{install::PackUpdate, media::MediaView, states::PackState},
    progress::{OnProgress, Progress},
    sync::{
        budget::Budget, report::SyncReport, run::KeepInSync, schedule::Conditions,
        standing::SyncState,
    },
    writing::drafts::{DraftField, DraftView},
};
