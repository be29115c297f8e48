//! People, what they are on the programme, and what they may do with a document.

mod called;
mod name;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use called::{Unclear, called};
pub use name::{NoName, PersonName, cleaned, line};

use crate::{
    DeviceId, PersonId, Quoted,
    folding::{self, folded},
};

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
#[error("{text} is not one of {choices}", text = Quoted(.text))]
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
                match folding::key(text).as_str() {
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

/// What a person is on the programme, within one organisation.
///
/// ```
/// use enhance_model::{PersonRole, Role};
///
/// let role: PersonRole = "supervisor at Bedford Hospital".parse()?;
/// assert_eq!((role.role, role.organisation.as_str()), (Role::Supervisor, "Bedford Hospital"));
/// assert_eq!(role.to_string(), "supervisor at Bedford Hospital");
/// assert_eq!("fellow".parse(), Ok(PersonRole::of(Role::Fellow)));
/// # Ok::<(), enhance_model::person::NoRole>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonRole {
    pub role: Role,
    /// The trust, practice or body, as people call it; empty for the programme as a whole.
    pub organisation: String,
}

/// Why a text is no role within an organisation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRole {
    #[error(transparent)]
    Unknown(#[from] UnknownName),
    #[error("that is no name of an organisation: {0}")]
    Organisation(#[from] NoName),
}

impl PersonRole {
    /// Roles that one person has at most.
    pub const MOST: usize = 16;
    /// Letters of the longest name of an organisation.
    pub const ORGANISATION_CHARS: usize = 120;

    /// A role on the programme as a whole.
    pub const fn of(role: Role) -> Self {
        Self { role, organisation: String::new() }
    }

    /// A role within an organisation, if that can be the name of one.
    pub fn within(role: Role, organisation: &str) -> Result<Self, NoRole> {
        Ok(Self { role, organisation: line(organisation, Self::ORGANISATION_CHARS)? })
    }
}

impl PersonRole {
    /// Whether it is the same role within the same organisation, however that was written.
    pub fn is_same(&self, other: &Self) -> bool {
        let key = Self::organisation_key;
        self.role == other.role && key(&self.organisation) == key(&other.organisation)
    }

    /// What the names of one organisation have in common, however they are written. Empty for the
    /// programme as a whole alone.
    pub fn organisation_key(name: &str) -> String {
        let key = folded(name);
        if key.is_empty() { name.to_owned() } else { key }
    }
}

impl fmt::Display for PersonRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.organisation.as_str() {
            "" => self.role.fmt(f),
            organisation => write!(f, "{} at {organisation}", self.role),
        }
    }
}

/// The first word of a text, and what comes after it.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

impl FromStr for PersonRole {
    type Err = NoRole;

    /// A role, and " at " with an organisation if it is within one.
    fn from_str(text: &str) -> Result<Self, NoRole> {
        let (role, rest) = first_word(text);
        let (at, organisation) = first_word(rest);
        match (rest, folding::key(at).as_str()) {
            ("", _) => Ok(Self::of(role.parse()?)),
            (_, "at") => Self::within(role.parse()?, organisation),
            _ => Ok(Self::of(text.trim().parse()?)),
        }
    }
}

/// A person as everybody on the programme may know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who it is, for ever.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
    /// What they are on the programme, the role they had first first.
    pub roles: Vec<PersonRole>,
    /// Their devices: the authors that changes name.
    pub devices: Vec<DeviceId>,
}

impl Person {
    /// The same person with a name that can be shown, whoever told of them.
    #[must_use]
    pub fn with_clean_name(&self) -> Self {
        Self { name: cleaned(&self.name, PersonName::CHARS), ..self.clone() }
    }

    /// The role they had first, by which a certificate names them.
    pub fn first_role(&self) -> Role {
        self.roles.first().map_or(Role::Partner, |one| one.role)
    }

    /// Whether they have left the programme: who is on it has a role.
    pub const fn has_left(&self) -> bool {
        self.roles.is_empty()
    }

    /// Whether they have a role, in whichever organisation.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.iter().any(|one| one.role == role)
    }

    /// Whether they help others to learn: what a trainee is answered and reminded by.
    pub fn is_educator(&self) -> bool {
        self.has_role(Role::Supervisor) || self.has_role(Role::Fellow)
    }

    /// All they are, in words: "supervisor at Bedford Hospital, fellow".
    pub fn roles_in_words(&self) -> String {
        if self.has_left() {
            return "has left the programme".to_owned();
        }
        let roles: Vec<String> = self.roles.iter().map(PersonRole::to_string).collect();
        roles.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e2_a_role_is_read_however_it_is_typed() {
        let expected = PersonRole::within(Role::Fellow, "Sussex Training Hub").unwrap();
        for typed in [
            "fellow at Sussex Training Hub",
            " Fellow  AT\u{a0}Sussex  Training Hub ",
            "\u{feff}ｆｅｌｌｏｗ at Sussex Training Hub",
        ] {
            assert_eq!(typed.parse(), Ok(expected.clone()), "{typed}");
        }
        assert_eq!(" TRAINEE\n".parse(), Ok(PersonRole::of(Role::Trainee)));
        for wrong in ["", "at", "fellow at", "fellow in Sussex", "fellows", "at Sussex"] {
            assert!(wrong.parse::<PersonRole>().is_err(), "{wrong}");
        }
    }
}
