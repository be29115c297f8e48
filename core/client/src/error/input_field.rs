//! What a value was handed in for, by which an app finds the field on its screen.

use std::fmt;

use serde::Serialize;

/// What a value was handed in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputField {
    /// The address of a server.
    Server,
    Invitation,
    RecoveryKey,
    Title,
    Minutes,
    Start,
    Person,
    Right,
    Comment,
    /// The name of a text that is typed into.
    TextField,
    Edit,
    /// What shows that something was completed.
    Evidence,
    Recipe,
    /// A page of a plan, or for an annual review.
    Page,
    /// A file that was exported.
    Export,
    Value,
    /// The key of a prompt or an item in a document.
    Key,
    Version,
    Id,
    Date,
    Moment,
    Duration,
    /// What somebody says or hands in with a sign-off.
    SignOff,
    /// A file that is to be attached.
    Attachment,
    /// A ticket that is to be made, or the link of one.
    Ticket,
}

impl InputField {
    pub const ALL: [Self; 25] = [
        Self::Server,
        Self::Invitation,
        Self::RecoveryKey,
        Self::Title,
        Self::Minutes,
        Self::Start,
        Self::Person,
        Self::Right,
        Self::Comment,
        Self::TextField,
        Self::Edit,
        Self::Evidence,
        Self::Recipe,
        Self::Page,
        Self::Export,
        Self::Value,
        Self::Key,
        Self::Version,
        Self::Id,
        Self::Date,
        Self::Moment,
        Self::Duration,
        Self::SignOff,
        Self::Attachment,
        Self::Ticket,
    ];

    /// The words for a person.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Invitation => "invitation",
            Self::RecoveryKey => "recovery key",
            Self::Title => "title",
            Self::Minutes => "minutes",
            Self::Start => "start",
            Self::Person => "person",
            Self::Right => "right",
            Self::Comment => "comment",
            Self::TextField => "field",
            Self::Edit => "edit",
            Self::Evidence => "evidence",
            Self::Recipe => "recipe",
            Self::Page => "page",
            Self::Export => "export",
            Self::Value => "value",
            Self::Key => "key",
            Self::Version => "version",
            Self::Id => "id",
            Self::Date => "date",
            Self::Moment => "time",
            Self::Duration => "duration",
            Self::SignOff => "sign-off",
            Self::Attachment => "attachment",
            Self::Ticket => "ticket",
        }
    }

    /// What stands before a reason: which input it is about. Of an edit and of a person it is the
    /// reason that says so; their names here are those of the program, and tell a person nothing.
    pub(super) fn before_reason(self) -> String {
        match self {
            Self::Edit | Self::Person => String::new(),
            named => format!("{named}: "),
        }
    }
}

impl fmt::Display for InputField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
