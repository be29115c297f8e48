//! `LearningCore`: the one object an app holds.
//!
//! An app opens it on a folder and asks it things; it never sees a database, a document or a
//! socket. What a person does is local and quick, and is on disk when the call returns. The
//! network has a turn of its own: an exchange takes what is waiting and brings what is new.
//! [`LearningCore`] begins with an example.
//!
//! # The floors
//!
//! A file names its own floor and those below, and no two files name each other in a circle;
//! `cargo xtask arrows` holds both. So what a call does is read downwards, from the top:
//!
//! | floor | what is there |
//! |---|---|
//! | `core` | [`LearningCore`]: a file for each noun, whose methods say what a host may ask and hand over |
//! | `asked` | what becomes of it: what a screen is shown, what a person begins, edits, shares, deletes |
//! | `sync`, `packs` | exchanges with the server; content packs. They know nothing of each other |
//! | `arriving` | what comes from the server: judged, kept, refused work put aside |
//! | `writing` | the one write path: edits and drafts become changes, changes become entries |
//! | `state`, `network` | the lock and what it guards; asking the server and knowing its answer |
//! | `environment`, `keys`, `error`, `observe`, `platform` and the other files beside them | what all stand on |
//!
//! What is asked of the core is a free function of its noun on the state, such as
//! `reflections::view(state, id)`, and runs under the one lock of `state::lock`. What is written
//! goes through one door, `State::write`: one transaction, all of it or none.

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
mod platform;
mod progress;
mod state;
mod sync;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod typing;
mod writing;

#[cfg(target_family = "wasm")]
pub use self::platform::opfs;
pub use enhance_documents::TextField;
pub use enhance_model as model;
pub use enhance_protocol::SignOffFault;
pub use enhance_store::{
    DatabaseKey, InboxPosition, ListPosition, Salvaged, SearchOrder, Stage, StageCounts,
};

pub use self::{
    arriving::kept::EditView,
    asked::{
        account::{Account, PrivateAccess},
        arcp::{ArcpVerdict, NotCompared, verify_arcp_digest},
        attachments::{AttachmentCheck, AttachmentRefusal, AttachmentView},
        checking::{PlacedFinding, SharingCheck, TextPlace},
        comments::{
            places::AnchorStanding,
            said::{CommentPlace, CommentView},
            suggestions::SuggestionView,
            threads::{CommentVersion, RemarkView, ThreadView},
            waiting::WaitingAnswers,
        },
        copies::{CopyView, DeletionPreview},
        deadlines::{CertificateView, DeadlineView},
        debriefed::DebriefView,
        debriefs::DebriefAnswer,
        devices::OwnDevice,
        enrolment::Enrolment,
        evidence::{CapabilityCover, Coverage, DomainCover, EvidenceView, FrameworkCover, Visits},
        export::{
            EvidenceLeftOut, Export, ExportedFile, ExportedSuggestion, FileFault, FileNotRead,
            FilePlace, ImportCheck, ImportReport, ImportStop, LeftOut, SignOffLeftOut,
            taking::ExportSizes,
        },
        handover::HandoverView,
        inbox::{Inbox, InboxPage, InboxView},
        invitations::{InvitationStanding, InvitationView},
        key_store::{KeyAnswer, KeyNotKept, KeyStore},
        leaving::SignOutReport,
        lists::{DocumentSummary, ListPage},
        log::{LearningLog, PlacementView, SessionView},
        members::Member,
        nudges::OwnNudge,
        paper::{GroupChart, OtherName, PageVerdict},
        portion::Portion,
        presence::PresentView,
        programme::{ActivityView, ModuleSummary, ModuleView, PageView},
        programme_map::{ModuleRow, ModuleYear, ProgrammeMap},
        projects::{DisagreementView, HistoryView, ProjectView, SetBy},
        quarantine::{QuarantineSummary, QuarantineView},
        recipes::{RecipeSource, RecipeSummary},
        record::{CompletionProof, NewSession},
        reflections::ReflectionView,
        search::{Hit, HitTarget, SearchPage},
        sharing::SharedView,
        sign_offs::{
            ended::{EndedSignOff, EndedWhy},
            kept::KeptSignOffView,
            paper::{SignOffPaper, SignOffVerdict, SinceThen, verify_sign_off},
            sign::{SignOffAnswer, WitnessedSigner},
            since::ChangedSince,
            subjects::SignOffSubject,
            views::{SignOffRequestView, SignOffStanding, SignOffView},
        },
        status::{DocumentStatus, ReadReceipt, Reader},
        story::SittingView,
        supervisors::{Supervision, SupervisorView},
        tickets::{GivenTicket, NewTicket, TicketView, holder::OpenTicket},
    },
    cancellation::Cancellation,
    core::{LearningCore, typing::Scribe},
    environment::{
        Clock, Environment, Randomness, SystemClock, SystemRandomness,
        transport::{
            Answer, Chunks, Method, Pending, Request, Resume, Token, Transport, Unreachable,
        },
    },
    error::{Cause, DocumentEnd, Errand, Error, InputField, Obstacle, TlsFault, Unsent},
    keys::RecoveryKey,
    network::http::HttpTransport,
    observe::{Changes, Observation, Topic},
    options::OpenOptions,
    packs::{install::PackUpdate, media::MediaView, states::PackState},
    progress::{OnProgress, Progress},
    sync::{
        budget::Budget, by_itself::KeepInSync, report::SyncReport, schedule::Conditions,
        standing::SyncState,
    },
    typing::{TypingEvent, TypingPauses, TypingState},
    writing::drafts::{DraftField, DraftView},
};
