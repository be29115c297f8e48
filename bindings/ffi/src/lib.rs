//! The core for Kotlin and Swift.
//!
//! ```
//! use std::sync::{Arc, Mutex};
//!
//! use enhance_ffi::{CoreError, CoreHandle, KeyAnswer, KeyStore, KeyStoreError};
//!
//! /// What a host brings: a place for the key.
//! #[derive(Default)]
//! struct InMemory(Mutex<Option<Vec<u8>>>);
//!
//! impl KeyStore for InMemory {
//!     fn fetch(&self) -> Result<KeyAnswer, KeyStoreError> {
//!         let kept = self.0.lock().unwrap().clone();
//!         Ok(kept.map_or(KeyAnswer::Missing, |bytes| KeyAnswer::Key { bytes }))
//!     }
//!
//!     fn keep(&self, key: Vec<u8>) -> Result<(), KeyStoreError> {
//!         *self.0.lock().unwrap() = Some(key);
//!         Ok(())
//!     }
//! }
//!
//! # let temporary = tempfile::tempdir()?;
//! # let folder = temporary.path().join("account").to_string_lossy().into_owned();
//! let core = CoreHandle::open(folder, Arc::new(InMemory::default()), None)?;
//! assert!(core.account()?.is_none(), "this device is not enrolled yet");
//! let begun = core.create_project("Fewer falls", "", "Ward 7");
//! assert!(matches!(begun, Err(CoreError::SignInNeeded { never_enrolled: true, .. })));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing is decided here: each exported method hands over to [`enhance_client::LearningCore`] and
//! each record is one of the core's in the shape a host language has for it. Where the core's own
//! shape fits, the record is described as it is (`uniffi::remote`); where it does not, because a
//! host counts with other numbers, a record of the same name is made from it, field by field. App
//! developers use this through `LearningCore` of the Kotlin and Swift libraries, which hold a
//! [`CoreHandle`].
//!
//! | what | where |
//! |---|---|
//! | the object an app holds | [`CoreHandle`] |
//! | what a host brings: a place for the key, ears for progress, changes and logs | `host` |
//! | a text field a person types into | [`TypingHandle`] |
//! | errors | [`CoreError`] |
//! | arguments and answers as bytes | `across` |
//! | records | `documents`, `reflections`, `checking`, `projects`, `records`, `words`, `charts`, `programme`, `search`, `portions`, `modules`, `plan_checks`, `sign_offs`, `packs`, `sync` |
//! | records of the personal record | `record`, `personal_record`, `training`, `evidence`, `record_words` |
//! | parts of activities, debriefs; frameworks of capabilities | `activities`, `frameworks` |
//! | the page for an annual review, what a person takes along | `arcp` |
//! | the inbox, the cohort, who supervises | `inbox` |
//! | invitations to plans, copies and who reads them | `joining` |
//! | comments in threads, suggestions | `answers` |
//! | edits | `edits` |
//! | tickets, and what their holders say | `tickets` |
//! | a person's devices, what signing out loses | `devices` |
//! | ids and versions | `ids` |
//! | numbers, times and collections | `values` |

mod across;
mod activities;
mod amounts;
mod answers;
mod arcp;
mod attachments;
mod charts;
mod checking;
mod devices;
mod documents;
mod edits;
mod error;
mod evidence;
mod export;
mod frameworks;
mod handle;
mod host;
mod ids;
mod inbox;
mod joining;
mod log;
mod modules;
mod packs;
mod personal_record;
mod plan_checks;
mod portions;
mod programme;
mod projects;
mod record;
mod record_words;
mod records;
mod reflections;
mod runtime;
mod search;
mod sign_off_files;
mod sign_offs;
mod sync;
mod tickets;
mod training;
mod typing;
mod values;
mod words;

pub use self::{
    across::{Arguments, answer, nothing, written},
    amounts::{DeviceCount, ObservedValue},
    answers::{
        AnchorStanding, SuggestionDecision, SuggestionView, TextRange, ThreadView, WaitingAnswers,
    },
    arcp::{ArcpVerdict, FormField, ImportReport},
    attachments::{AttachedFile, AttachmentCheck, AttachmentView},
    charts::{
        ChartNote, ChartPhase, ChartPoint, ChartPointState, ChartSignal, ChartView, GroupChart,
        PageVerdict, PhaseCondition, PhaseSuggestion,
    },
    checking::{Finding, FindingCount, SharingCheck},
    devices::Unsent,
    documents::{Changes, QuarantineSummary, QuarantineView, TextPart, TopicChange},
    edits::{CommentEdit, ReflectionEdit},
    error::{CoreError, KeyFault, Obstacle, StorageFault},
    export::{ExportSizes, ExportWithFiles, ExportedFile, ImportCheck},
    handle::{
        CoreHandle, Salvaged, TicketHandle, check_sign_off, open_ticket, salvage, set_aside,
        verify_sign_off,
    },
    host::{
        Cancellation, ChangeSubscription, KeepInSync, KeyAnswer, KeyStore, KeyStoreError,
        ListenerError, Observer, ProgressListener,
    },
    ids::QuarantineId,
    inbox::{
        CohortCopy, CohortProject, CohortTrainee, Inbox, InboxCount, InboxCounts, InboxView,
        OwnNudge,
    },
    joining::{CopyView, DeletionPreview, InvitationView},
    log::{LogLevel, LogListener, set_log_listener},
    modules::{ActivityProgress, ActivityView, ModuleSummary, ModuleView},
    packs::{MediaView, PackState, PackUpdate},
    personal_record::{
        AbsenceItem, ActivityCompletionItem, CareerBreakItem, CertificateItem, Coverage,
        DaysInARow, DebriefItem, EvidenceDeadlineItem, EvidenceLinkItem, ExperienceItem,
        JourneyStepItem, ModuleCompletionItem, ModuleRow, ModuleYear, PatientJourneyItem,
        PdpGoalItem, PersonalRecord, PlacementItem, ProgrammeMap, SupervisorItem, WteChangeItem,
    },
    plan_checks::PlanCheck,
    portions::{DocumentPortion, HitPortion, SignOffPortion, SittingPortion},
    programme::{PausePoint, Programme, Prompt, Resource, Template},
    projects::{
        ActionItem, AnnotationItem, ChangeIdeaItem, CycleItem, DriverItem, ImpactItem, MeasureItem,
        ObservationItem, OutputItem, PhaseItem, SittingView, StakeholderItem, StatusMoveItem,
        TakenBackItem, TallyItem, TargetItem, TeamMemberItem,
    },
    record::{LearningLog, LearningSession, LogCount, LogRule, LogYear, SessionView},
    records::TextOfItem,
    reflections::{Reflection, ReflectionView, SharedCopy, SharedReflection, SharedView},
    search::{Hit, SnippetPiece},
    sign_off_files::{KeptSignOffView, SignOffCheck},
    sign_offs::{ChangedSince, SignOffRequestView, SignOffSubject, SignOffView},
    sync::{Budget, Enrolment, SyncProgress, SyncReport, SyncState},
    tickets::{NewTicket, OpenedTicket, TicketView},
    training::PlacementPart,
    typing::{TypingHandle, TypingPauses, TypingState, usual_pauses},
    values::{Amount, Count, Duration, PackVersion, TemplateVersion},
};

uniffi::setup_scaffolding!("enhance");
