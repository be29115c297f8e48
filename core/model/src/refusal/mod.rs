//! Every reason for which the server says no, with a code that never changes its meaning.

mod words;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! refusals {
    ($($(#[doc = $doc:literal])* $variant:ident = $code:literal, $status:literal;)+) => {
        /// Why something was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum RefusalCode { $($(#[doc = $doc])* $variant,)+ }

        impl RefusalCode {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is sent, stored and shown.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The HTTP status that goes with it when a whole request is refused.
            pub const fn http_status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }
        }
    };
}

refusals! {
    // Of a whole request.
    /// The body is not a request of this protocol.
    MalformedRequest = "malformed_request", 400;
    /// The request has more bytes than the server takes at once.
    RequestTooLarge = "request_too_large", 413;
    /// The protocol version is none this server speaks.
    UnsupportedProtocol = "unsupported_protocol", 426;
    /// No device token, or one the server does not know.
    SignInNeeded = "sign_in_needed", 401;
    /// The person whose device it is has left the programme.
    HasLeft = "has_left", 403;
    /// More requests than allowed in the time; the answer says when to come again.
    RateLimited = "rate_limited", 429;
    /// The server cannot answer now; nothing was stored.
    Unavailable = "unavailable", 503;
    /// Something that the server has stored cannot be read, and has to be mended there.
    DamagedOnServer = "damaged_on_server", 500;
    /// The disk of the server is full; nothing was stored.
    ServerFull = "server_full", 507;
    InvitationUnknown = "invitation_unknown", 404;
    /// The invitation has been used already.
    InvitationUsed = "invitation_used", 409;
    /// The invitation is too old.
    InvitationExpired = "invitation_expired", 410;
    /// The device is one of somebody else than the invitation is for.
    InvitationOfAnother = "invitation_of_another", 403;
    /// No ticket has this link.
    TicketUnknown = "ticket_unknown", 404;
    /// The owner of the ticket ended it.
    TicketEnded = "ticket_ended", 410;
    /// The time of the ticket is over.
    TicketExpired = "ticket_expired", 410;
    /// The ticket was opened as often as it can be.
    TicketUsedUp = "ticket_used_up", 409;
    /// The ticket gives no right to that.
    TicketNotForThat = "ticket_not_for_that", 403;
    /// No more fits: tickets of this person, or answers to this ticket.
    TicketFull = "ticket_full", 413;
    /// No such pack, file or address.
    NotFound = "not_found", 404;

    // Of one entry in an exchange.
    /// The bytes are not what they say they are.
    Malformed = "malformed", 422;
    /// The hash is not that of the bytes.
    WrongHash = "wrong_hash", 422;
    /// Decoding it would take more memory or time than any honest change.
    Bomb = "bomb", 422;
    /// The change's author is not the device that sent it.
    WrongAuthor = "wrong_author", 403;
    /// The change continues the work of an actor that belongs to another device.
    ForeignActor = "foreign_actor", 403;
    /// The change's place in its actor's work is taken by another, or leaves a gap.
    WrongSequence = "wrong_sequence", 409;
    /// The document would not be one that this programme keeps.
    WrongSchema = "wrong_schema", 422;
    /// The change touches what never changes: kind, owner, a shared copy.
    Immutable = "immutable", 409;
    /// The document could not be opened again after this change.
    Unloadable = "unloadable", 422;
    /// A fault was found in what was written last: the document can be read as it was before that, and
    /// takes no further change.
    DocumentFrozen = "document_frozen", 423;
    /// The change names a prompt, a topic or a tag that no version of the programme has.
    NotPublished = "not_published", 422;
    /// The sender may not do this with this document.
    NotGranted = "not_granted", 403;
    /// The server knows no such document; its creation must come first.
    UnknownDocument = "unknown_document", 404;
    /// The document was deleted for ever.
    DocumentDeleted = "document_deleted", 410;
    /// The document exists already and is another one.
    DocumentExists = "document_exists", 409;
    /// The server knows no such person.
    UnknownPerson = "unknown_person", 404;
    /// A private document must be sealed, and a shared one must not be.
    WrongSealing = "wrong_sealing", 422;
    /// The change is larger than allowed.
    ChangeTooLarge = "change_too_large", 413;
    /// A text is longer than allowed.
    TextTooLong = "text_too_long", 413;
    /// The document is larger than allowed.
    DocumentTooLarge = "document_too_large", 413;
    /// The document has more changes than allowed.
    TooManyChanges = "too_many_changes", 413;
    /// More work side by side than fits: this is to be done once more on all that arrived, which
    /// joins it. The phone does that by itself.
    TooManyHeads = "too_many_heads", 409;
    /// Nothing shows that this server ever stored what is brought: no receipt of its own is there,
    /// neither for it nor for what was made after it.
    NoReceipt = "no_receipt", 403;
    /// What it says was signed is not signed with a key of this device that counts.
    NotSigned = "not_signed", 403;
    /// So much was sent that nobody has answered or read that no more is taken.
    TooManyInvitations = "too_many_invitations", 429;
    /// The person wants nothing more of the sender.
    Unwelcome = "unwelcome", 403;
    /// The sender, who does not own the document, has written as much in it as there is room for.
    PartFull = "part_full", 413;
    /// The person's space is full.
    QuotaExceeded = "quota_exceeded", 507;
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no refusal code of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no refusal code this version knows")]
pub struct UnknownCode(String);

impl FromStr for RefusalCode {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == text)
            .ok_or_else(|| UnknownCode(text.chars().take(80).collect()))
    }
}

impl Serialize for RefusalCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RefusalCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_stable_words_and_differ() {
        let codes: BTreeSet<_> = RefusalCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), RefusalCode::ALL.len());
        for code in RefusalCode::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
        }
    }

    #[test]
    fn each_code_has_words_of_its_own_and_no_code_in_them() {
        let all: BTreeSet<_> = RefusalCode::ALL.iter().map(|code| code.in_words()).collect();
        assert_eq!(all.len(), RefusalCode::ALL.len(), "two codes, or one unknown, say the same");
        assert!(!all.contains(RefusalCode::words_of("a code of next year")), "none is unknown");
        for (code, words) in RefusalCode::ALL.iter().map(|code| (code, code.in_words())) {
            assert!(words.ends_with('.') && !words.contains('_'), "{code}: {words}");
            assert_eq!(RefusalCode::words_of(code.as_str()), words);
        }
    }
}
