//! What each refusal means, for the person whose work it is.

use super::RefusalCode;

/// What is said of a refusal that a newer server gives and this app does not know.
const UNKNOWN: &str = "The server did not take it, for a reason that this app does not know. Your \
                       words are kept here; update the app, and try again.";

impl RefusalCode {
    /// What a code means, whether or not this version knows it.
    pub fn words_of(code: &str) -> &'static str {
        code.parse().map_or(UNKNOWN, Self::in_words)
    }

    /// What it means, in sentences.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::MalformedRequest
            | Self::RequestTooLarge
            | Self::UnsupportedProtocol
            | Self::SignInNeeded
            | Self::HasLeft
            | Self::RateLimited
            | Self::Unavailable
            | Self::DamagedOnServer
            | Self::ServerFull
            | Self::NotFound => self.of_request(),
            Self::InvitationUnknown
            | Self::InvitationUsed
            | Self::InvitationExpired
            | Self::InvitationOfAnother
            | Self::TicketUnknown
            | Self::TicketEnded
            | Self::TicketExpired
            | Self::TicketUsedUp
            | Self::TicketNotForThat
            | Self::TicketFull => self.of_link(),
            Self::ChangeTooLarge
            | Self::TextTooLong
            | Self::DocumentTooLarge
            | Self::TooManyChanges
            | Self::TooManyHeads
            | Self::TooManyInvitations
            | Self::PartFull
            | Self::QuotaExceeded => self.of_room(),
            _ => self.of_work(),
        }
    }

    /// Of all that was sent at once.
    const fn of_request(self) -> &'static str {
        match self {
            Self::MalformedRequest => "The server could not read what this app sent.",
            Self::RequestTooLarge => "More was sent at once than the server takes.",
            Self::UnsupportedProtocol => {
                "This app and the server do not understand each other; update the app."
            }
            Self::SignInNeeded => "The server does not know this device any more.",
            Self::HasLeft => "You have left this programme, and the server takes nothing more.",
            Self::RateLimited => "This device asked too often; it is tried again later.",
            Self::Unavailable => "The server could not answer just then; it is tried again later.",
            Self::DamagedOnServer => {
                "The server cannot read something it has stored; whoever runs it has to mend that."
            }
            Self::ServerFull => "The disk of the server is full; tell whoever runs it.",
            _ => "The server has no such thing.",
        }
    }

    /// Of an invitation or a ticket.
    const fn of_link(self) -> &'static str {
        match self {
            Self::InvitationUnknown => "The server knows no such invitation.",
            Self::InvitationUsed => "The invitation was used already; ask for a new one.",
            Self::InvitationExpired => "The invitation is too old; ask for a new one.",
            Self::InvitationOfAnother => "The invitation is for somebody else.",
            Self::TicketUnknown => "No ticket has this link.",
            Self::TicketEnded => "The ticket was ended by whoever gave it.",
            Self::TicketExpired => "The time of the ticket is over; ask for a new one.",
            Self::TicketUsedUp => "The ticket was opened as often as it can be; ask for a new one.",
            Self::TicketNotForThat => "The ticket does not let you do that.",
            _ => "No more tickets, or no more answers to this one, fit.",
        }
    }

    /// Of how much there is of something.
    const fn of_room(self) -> &'static str {
        match self {
            Self::ChangeTooLarge => "More was changed at once than the server takes.",
            Self::TextTooLong => "A text in it is longer than the server takes; shorten it.",
            Self::DocumentTooLarge => "It has become larger than the server takes.",
            Self::TooManyChanges => "It was changed more often than the server takes.",
            Self::TooManyHeads => {
                "Too many people wrote in it at the same time; it is done once more on what arrived."
            }
            Self::TooManyInvitations => {
                "They have not answered or read what you sent before; wait for that."
            }
            Self::PartFull => "You have written as much in it as there is room for; ask its owner.",
            _ => "Your space on the server is full.",
        }
    }

    /// Of one piece of work.
    const fn of_work(self) -> &'static str {
        match self {
            Self::Malformed => "It arrived broken, or is not what it says it is.",
            Self::WrongHash => "It was changed on its way to the server.",
            Self::Bomb => "To open it would take more room than anything that people write.",
            Self::WrongAuthor => "It was sent by another device than the one it was written on.",
            Self::ForeignActor => "It goes on with what another device was writing.",
            Self::WrongSequence => "Something that was written before it is missing.",
            Self::WrongSchema => "It would be nothing that this programme keeps.",
            Self::Immutable => "It changes what never changes, such as a copy that was shared.",
            Self::Unloadable => "It could not be opened again after this change.",
            Self::DocumentFrozen => {
                "A fault was found in it. It can be read as it was before, and takes no more changes."
            }
            Self::NotPublished => "It names something that the programme does not have.",
            Self::NotGranted => "You do not have the right to do this here, or no longer have it.",
            Self::UnknownDocument => "The server does not have what this is part of.",
            Self::DocumentDeleted => "It was deleted for ever.",
            Self::DocumentExists => "There is another one in its place already.",
            Self::UnknownPerson => "The server knows no such person.",
            Self::WrongSealing => {
                "It was not sealed as private work is, or sealed where it is shared."
            }
            Self::NoReceipt => "Nothing shows that this server ever had it.",
            Self::NotSigned => {
                "The signature on it does not count: the device was reported lost, or its key is not \
                 one that the server certified. Have it signed again on another device."
            }
            Self::Unwelcome => "They want nothing more from you.",
            _ => UNKNOWN,
        }
    }
}
