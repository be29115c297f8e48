//! The kinds of things that wait, and how each of them leaves.

use crate::words::words;

words! {
    /// What kind of thing waits.
    InboxKind {
        /// Somebody invites this person to take part in a plan.
        ProjectInvited = "project_invited",
        /// Somebody offers this person a plan, to own it.
        HandoverOffered = "handover_offered",
        /// Somebody does not want the plan that this person offered them.
        HandoverDeclined = "handover_declined",
        /// Somebody asks this person to sign something.
        SignOffAsked = "sign_off_asked",
        /// Somebody has shared a copy with this person.
        CopyShared = "copy_shared",
        /// Somebody said something in a plan and nobody has answered or settled it.
        CommentUnanswered = "comment_unanswered",
        /// Somebody would change the text of a plan, and nobody has decided.
        SuggestionOpen = "suggestion_open",
        /// Something in a plan was to be done by now.
        ActionOverdue = "action_overdue",
        /// Nothing was written in a plan for a month.
        ProjectSilent = "project_silent",
        /// A measure has no value for a whole period.
        MeasureWithoutValue = "measure_without_value",
        /// Somebody answered what this person had said, or said something about a copy they shared.
        CommentAnswered = "comment_answered",
        /// Somebody signed what this person asked for, or returned it.
        SignOffAnswered = "sign_off_answered",
        /// Somebody says that this person answered on their device what they had asked.
        SignOffWitnessed = "sign_off_witnessed",
        /// What somebody signed for this person counts no more, or not for what it says now.
        SignOffEnded = "sign_off_ended",
        /// Somebody waits for something in this person's plan.
        Nudge = "nudge",
        /// The holder of a ticket said something about what it shows.
        TicketAnswered = "ticket_answered",
        /// Evidence has to be there soon.
        Deadline = "deadline",
    }
}

/// How something leaves the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaves {
    /// Once it was seen.
    WhenSeen,
    /// Once it was done; that it was seen changes nothing.
    WhenDone,
}

impl InboxKind {
    /// How it leaves the inbox. What is seen also leaves once there is nothing to see any more.
    pub const fn leaves(self) -> Leaves {
        match self {
            Self::ProjectInvited
            | Self::HandoverOffered
            | Self::SignOffAsked
            | Self::CommentUnanswered
            | Self::SuggestionOpen
            | Self::ActionOverdue
            | Self::MeasureWithoutValue => Leaves::WhenDone,
            Self::HandoverDeclined
            | Self::CopyShared
            | Self::ProjectSilent
            | Self::CommentAnswered
            | Self::SignOffAnswered
            | Self::SignOffWitnessed
            | Self::SignOffEnded
            | Self::Nudge
            | Self::TicketAnswered
            | Self::Deadline => Leaves::WhenSeen,
        }
    }

    /// What makes it leave, in a sentence.
    pub const fn until(self) -> &'static str {
        match self {
            Self::ProjectInvited => {
                "It leaves the inbox when you accept or decline it, or after 30 days."
            }
            Self::HandoverOffered => {
                "It leaves the inbox when you accept or decline it, or when it is taken back."
            }
            Self::HandoverDeclined => {
                "It leaves the inbox when you have seen it, or offer the plan anew."
            }
            Self::SignOffAsked => "It leaves the inbox when you sign it or return it.",
            Self::CopyShared => "It leaves the inbox when you have seen it; who shared it is told.",
            Self::CommentUnanswered => {
                "It leaves the inbox when you answer, or when it is settled."
            }
            Self::SuggestionOpen => "It leaves the inbox when somebody accepts or rejects it.",
            Self::ActionOverdue => "It leaves the inbox when it is done or has another day.",
            Self::ProjectSilent => {
                "It leaves the inbox when you have seen it, or somebody writes again."
            }
            Self::MeasureWithoutValue => "It leaves the inbox when a value is entered.",
            Self::CommentAnswered => "It leaves the inbox when you have seen it, or answer.",
            Self::SignOffAnswered => {
                "It leaves the inbox when you have seen it; who signed it is told."
            }
            Self::SignOffWitnessed => {
                "It leaves the inbox when you have seen it, or answer with your own key; who says \
                 so is told."
            }
            Self::Nudge => {
                "It leaves the inbox when you have seen it, or do it: write in the plan yourself, \
                 or sign."
            }
            Self::SignOffEnded | Self::TicketAnswered => {
                "It leaves the inbox when you have seen it."
            }
            Self::Deadline => {
                "It leaves the inbox when you have seen it, and comes again as it nears."
            }
        }
    }
}
