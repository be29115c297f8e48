//! People, what they are on the programme, and what they may do with a document.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{DeviceId, PersonId};

/// What a person is on the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A doctor (or other professional) in training.
    Trainee,
    /// A clinical or educational supervisor.
    Supervisor,
    /// An educational fellow of the programme.
    Fellow,
    /// A patient or community partner in a change project.
    Partner,
    /// An administrator of the programme. The role reads no documents.
    Admin,
}

/// What a person may do with a document shared with them. Each right includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    Read,
    /// Read it and comment on it.
    Comment,
    /// Read it, comment on it and change it.
    Edit,
    /// All that, and say who else may. The owner of a document alone has it.
    Own,
}

/// A text that names nothing of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not one of {choices}")]
pub struct UnknownName {
    text: String,
    choices: &'static str,
}

macro_rules! named {
    ($type:ident, $choices:literal, $($variant:ident = $name:literal),+) => {
        impl $type {
            /// The name used in tables, messages and commands.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, UnknownName> {
                match text {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(UnknownName { text: text.chars().take(80).collect(), choices: $choices }),
                }
            }
        }
    };
}

named!(
    Role,
    "trainee, supervisor, fellow, partner, admin",
    Trainee = "trainee",
    Supervisor = "supervisor",
    Fellow = "fellow",
    Partner = "partner",
    Admin = "admin"
);
named!(
    Right,
    "read, comment, edit, own",
    Read = "read",
    Comment = "comment",
    Edit = "edit",
    Own = "own"
);

/// A person as everybody on the programme may know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who it is, for ever.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
    /// What they are on the programme.
    pub role: Role,
    /// Their devices: the authors that changes name.
    pub devices: Vec<DeviceId>,
}
