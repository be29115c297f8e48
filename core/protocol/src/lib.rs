//! What phone and server say to each other.
//!
//! ```
//! use enhance_model::PersonId;
//! use enhance_protocol::{PROTOCOL, PersonRequest, decode, encode};
//!
//! let (nonce, person) = ([7; 8].into(), PersonId::from_bytes([1; 16]));
//! let request = PersonRequest { protocol: PROTOCOL, nonce, person };
//! let frame = encode(&request)?;
//! assert_eq!(decode::<PersonRequest>(&frame, 1_024)?, request);
//! # Ok::<(), enhance_protocol::CodecError>(())
//! ```
//!
//! Both ends use these types and neither owns them. An [`Exchange`](exchange) is one round trip:
//! the phone offers [entries](entry) and tells how far it has read; the server answers with a
//! verdict for each and with everything after that point that the person may read. Every body is a
//! [frame](codec) of CBOR that echoes the request's nonce, so that a captive portal's page, a
//! proxy's error or yesterday's answer is never mistaken for the server's.

pub mod archive;
mod array;
pub mod blob;
pub mod codec;
mod cursor;
pub mod device;
pub mod doorbell;
pub mod enrol;
pub mod entry;
pub mod envelope;
pub mod exchange;
pub mod fold;
mod hash;
pub mod identity;
mod legible;
mod offer;
pub mod pack;
pub mod receipt;
mod short;
pub mod sign_off;
pub mod ticket;

pub use archive::{Archive, Archived, ChainEnd, Held, PulledArchive};
pub use blob::{BlobRequest, BlobResponse, BlobStep};
pub use codec::{CodecError, decode, encode};
pub use cursor::Cursor;
pub use device::{DeviceInfo, DeviceRequest, DeviceResponse, DeviceStep, Parted};
pub use doorbell::{Company, DoorbellEvent, Guest, PresenceRequest, PresenceResponse, Whereabouts};
pub use enhance_model::EntryKind;
pub use enrol::{
    CertificateRequest, CertificateResponse, EnrolRequest, EnrolResponse, InvitationRequest,
    InvitationResponse, PersonRequest, PersonResponse,
};
pub use entry::{Create, Delete, EntryBody, EntryError, Grant, Revoke, Seen};
pub use envelope::{EnvelopeError, EnvelopeHeader};
pub use exchange::{
    Asked, Beginning, COMPARED_AT_ONCE, DocumentHeads, EpochTag, ExchangeRequest, ExchangeResponse,
    Item, NONCE_HEADER, Nonce, OFFERED_AT_ONCE, Outcome, PackVersion, Pulled, Refusal, Settings,
    Verdict, nonce_in_header, nonce_of_header,
};
pub use fold::{FoldBody, FoldReceipt, PulledFold, Sent};
pub use identity::{Asks, IdentityRequest, IdentityResponse, Returning};
pub use legible::{Illegible, LegibleRequest};
pub use offer::Offer;
pub use pack::{PackError, SignedManifest};
pub use receipt::{BROUGHT_AT_ONCE, Brought, Mac, Receipt};
pub use short::{ShortOutcome, ShortResponse};
pub use sign_off::{Revocation, SecretKey, SignOffFault};
pub use ticket::{
    AnswerTicketRequest, AnswerTicketResponse, Done, KeptTicket, OfferedTicket, OpenTicketRequest,
    OpenTicketResponse, TicketRequest, TicketResponse, TicketStep,
};

/// The version of the protocol both ends speak.
pub const PROTOCOL: u16 = 2;

/// The media type of every body of this protocol, refusals included.
pub const MEDIA_TYPE: &str = "application/vnd.enh";

/// Where things are on the server.
pub mod path {
    /// `POST`: one exchange of a device with the server.
    pub const EXCHANGE: &str = "/v1/exchange";
    /// `POST`: asks the server who it is.
    pub const IDENTITY: &str = "/v1/identity";
    /// `POST`: enrols a device with an invitation.
    pub const ENROL: &str = "/v1/enrol";
    /// `POST`: asks for an invitation for another device of the same person.
    pub const INVITATIONS: &str = "/v1/invitations";
    /// `POST`: asks for a person by their id.
    pub const PEOPLE: &str = "/v1/people";
    /// `POST`: asks for a certificate for a new key that this device signs with.
    pub const CERTIFICATES: &str = "/v1/certificates";
    /// `GET`: one long answer that tells a device when there is something for it.
    pub const DOORBELL: &str = "/v1/doorbell";
    /// `POST`: says where the person of a device that listens at the doorbell is.
    pub const PRESENCE: &str = "/v1/presence";
    /// `POST`: a step with the devices of the person who asks.
    pub const DEVICES: &str = "/v1/devices";
    /// `POST`: a step with the tickets of the person who asks.
    pub const TICKETS: &str = "/v1/tickets";
    /// `POST`, with the bearer of a ticket and no account: opens it.
    pub const OPEN_TICKET: &str = "/v1/tickets/open";
    /// `POST`, with the bearer of a ticket and no account: says something about what it shows.
    pub const ANSWER_TICKET: &str = "/v1/tickets/answer";
    /// `GET` with a key after it: the signed manifest of a pack.
    pub const PACKS: &str = "/v1/packs";
    /// `GET` with a SHA-256 after it: a file of a pack. Answers ranges.
    pub const FILES: &str = "/v1/files";
    /// `POST`: a step with files of private documents. `GET` with a SHA-256 after it: such a file,
    /// sealed. Answers ranges.
    pub const BLOBS: &str = "/v1/blobs";
}
