//! Activities: what there is to do in a module, in which parts, and how it is talked over.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Page;
use crate::{Minutes, Quoted, personal_record::SessionKind, words::words};

/// Something a learner can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its key, unique in the programme.
    pub key: String,
    pub title: String,
    pub kind: ActivityKind,
    /// How long it takes.
    pub minutes: Minutes,
    /// Whether the module can be completed without it.
    pub required: bool,
    /// The outcomes it serves, by key.
    pub outcomes: Vec<String>,
    /// What it uses, by key.
    pub resources: Vec<String>,
    /// What shows that it was done.
    pub evidence: Evidence,
    /// The page to read. Its text may be empty.
    pub page: Page,
    /// What it consists of, where some of it is online and some is not; empty for
    /// one that is one thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ActivityPart>,
    /// How it is talked over afterwards: simulations and immersive films have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debrief: Option<DebriefGuide>,
}

/// A part of an activity: read beforehand in the app, say, and then talked over in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPart {
    /// Its key, unique in the activity.
    pub key: String,
    pub title: String,
    pub mode: PartMode,
    pub kind: ActivityKind,
    /// How long it takes.
    pub minutes: Minutes,
    /// How many minutes of it count at most in a training year. None: all that are noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Minutes>,
}

words! {
    /// Where a part of an activity is done.
    PartMode {
        /// In the app, or anywhere else on a screen.
        Online = "online",
        /// In a room, with others.
        FaceToFace = "face_to_face",
    }
}

/// How an activity is talked over: what is asked, and what one says how sure one is of, from 0 to
/// 10, before it and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebriefGuide {
    /// The template whose prompts are asked, by key.
    pub template: String,
    /// Completes "how sure are you that you can": `say when another test will not help`.
    pub confidence: String,
}

impl Activity {
    /// The part with this key.
    pub fn part(&self, key: &str) -> Option<&ActivityPart> {
        self.parts.iter().find(|part| part.key == key)
    }
}

impl ActivityPart {
    /// How the learning log counts time spent on it: what is done online is e-learning.
    pub const fn session_kind(&self) -> SessionKind {
        match self.mode {
            PartMode::Online => SessionKind::Elearning,
            PartMode::FaceToFace => self.kind.session_kind(),
        }
    }
}

/// What one does in an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    Read,
    Watch,
    /// Look around in a 360-degree film.
    Vr,
    Attend,
    /// Visit a place or a service.
    Visit,
    Discuss,
    Teach,
    /// Take part in a simulation.
    Simulate,
    Write,
}

impl ActivityKind {
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::Watch,
        Self::Vr,
        Self::Attend,
        Self::Visit,
        Self::Discuss,
        Self::Teach,
        Self::Simulate,
        Self::Write,
    ];

    /// The name in manifests and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Watch => "watch",
            Self::Vr => "vr",
            Self::Attend => "attend",
            Self::Visit => "visit",
            Self::Discuss => "discuss",
            Self::Teach => "teach",
            Self::Simulate => "simulate",
            Self::Write => "write",
        }
    }

    /// How the learning log counts time spent on it: what is read and watched in the app is
    /// e-learning, what is done with others is teaching.
    pub const fn session_kind(self) -> SessionKind {
        match self {
            Self::Read | Self::Watch | Self::Vr => SessionKind::Elearning,
            Self::Attend | Self::Simulate => SessionKind::Core,
            Self::Visit | Self::Discuss | Self::Teach | Self::Write => SessionKind::NonCore,
        }
    }
}

impl fmt::Display for ActivityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no kind of activity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no kind of activity", text = Quoted(.0))]
pub struct UnknownActivityKind(String);

impl FromStr for ActivityKind {
    type Err = UnknownActivityKind;

    fn from_str(text: &str) -> Result<Self, UnknownActivityKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownActivityKind(text.chars().take(80).collect()))
    }
}

/// What shows that an activity was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Nothing; saying so is enough.
    None,
    Reflection,
    /// A sign-off by a supervisor.
    Signoff,
}
