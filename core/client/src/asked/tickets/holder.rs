//! What the holder of a ticket does with its link: no account, no folder, nothing that stays.

use enhance_model::{
    ItemId, Timestamp, folding, person,
    ticket::{ANSWER_CHARS, HOLDER_CHARS, TicketDeed, TicketRight, TicketSnapshot},
};
use enhance_protocol::{
    AnswerTicketRequest, AnswerTicketResponse, OpenTicketRequest, OpenTicketResponse, PROTOCOL,
    codec, path, ticket::SNAPSHOT_BYTES,
};
use sha2::{Digest, Sha256};

use super::link;
use crate::{
    cancellation::Cancellation,
    environment::Environment,
    error::{Errand, Error, InputField},
    keys::{TicketSecret, TicketText},
    network::answer::{NoAnswer, ask, post},
    sync::tickets::SealedDeed,
};

/// Bytes of the largest answer.
const ANSWER_BYTES: usize = SNAPSHOT_BYTES + (16 << 10);
/// Bytes that what a ticket shows has at most once it is unpacked.
const SHOWN_BYTES: usize = 16 << 20;

/// A ticket that its holder has open. It needs no account, and nothing of it stays on the device.
///
/// ```no_run
/// use enhance_client::{Cancellation, Environment, Error, OpenTicket};
///
/// # async fn example(link: &str) -> Result<(), Error> {
/// let (environment, cancel) = (Environment::real(), Cancellation::new());
/// let ticket = OpenTicket::open(link, "Sam Reed, Age UK", None, environment, &cancel).await?;
/// for part in &ticket.snapshot().parts {
///     println!("{}\n{}\n", part.heading, part.text);
/// }
/// ticket.comment("Ask the carers too.", &cancel).await?;
/// # Ok(())
/// # }
/// ```
pub struct OpenTicket {
    environment: Environment,
    server: String,
    secret: TicketSecret,
    name: String,
    visit: ItemId,
    right: TicketRight,
    expires_at: Timestamp,
    uses_left: u32,
    snapshot: TicketSnapshot,
}

impl std::fmt::Debug for OpenTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenTicket").field("visit", &self.visit).finish_non_exhaustive()
    }
}

impl OpenTicket {
    /// Opens the ticket of a link. `name` is what its holder is called, for who made it.
    ///
    /// Each visit uses the ticket up by one. Whoever opens it again in the visit of before, as a
    /// page does that was loaded anew, uses nothing up.
    pub async fn open(
        link: &str,
        name: &str,
        visit: Option<ItemId>,
        environment: Environment,
        cancel: &Cancellation,
    ) -> Result<Self, Error> {
        let (server, secret) = link::read(link)?;
        let name = person::line(name, HOLDER_CHARS)
            .map_err(|error| Error::invalid(InputField::Person, error))?;
        let visit = visit.unwrap_or_else(|| environment.item_id());
        let said = (&*name, "");
        let sealed = seal(&environment, &secret, (TicketDeed::Open, visit), said)?;
        let nonce = environment.nonce();
        let request = OpenTicketRequest { protocol: PROTOCOL, nonce, visit, sealed };
        let question = post(&server, path::OPEN_TICKET, Some(secret.bearer()), &request)?;
        let asked = ask(&*environment.transport, question, &nonce, ANSWER_BYTES);
        let opened: OpenTicketResponse = cancel.race(asked).await?.map_err(unheard)?.answer;
        let OpenTicketResponse { right, expires_at, uses_left, snapshot, .. } = opened;
        let strange = || NoAnswer::foreign("it does not have what this ticket shows");
        let shown = secret.open(TicketText::Snapshot, &snapshot).ok_or_else(strange)?;
        let snapshot = codec::decode(&shown, SHOWN_BYTES).map_err(|_| strange())?;
        Ok(Self {
            environment,
            server,
            secret,
            name,
            visit,
            right,
            expires_at,
            uses_left,
            snapshot,
        })
    }

    /// The text that its owner shows, as it stood when the ticket was made.
    pub const fn snapshot(&self) -> &TicketSnapshot {
        &self.snapshot
    }

    /// What its holder may do.
    pub const fn right(&self) -> TicketRight {
        self.right
    }

    /// Until when, by the server's clock.
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// How often it can be opened after this.
    pub const fn uses_left(&self) -> u32 {
        self.uses_left
    }

    /// By which the holder is known while they have it open; see [`OpenTicket::open`].
    pub const fn visit(&self) -> ItemId {
        self.visit
    }

    /// Says something about what it shows, to who made the ticket and nobody else. The same words
    /// again are said once. Returns when they came.
    pub async fn comment(&self, text: &str, cancel: &Cancellation) -> Result<Timestamp, Error> {
        self.say(TicketDeed::Comment, text, cancel).await
    }

    /// Says that its holder stands behind what it shows, and why. That is no sign-off: nobody has
    /// checked who they are, and nothing is signed.
    pub async fn endorse(&self, text: &str, cancel: &Cancellation) -> Result<Timestamp, Error> {
        self.say(TicketDeed::Endorse, text, cancel).await
    }

    async fn say(
        &self,
        deed: TicketDeed,
        text: &str,
        cancel: &Cancellation,
    ) -> Result<Timestamp, Error> {
        let text = text.trim();
        if folding::is_blank(text) || text.chars().count() > ANSWER_CHARS {
            let asked = format!("say it in 1 to {ANSWER_CHARS} letters");
            return Err(Error::invalid(InputField::Comment, asked));
        }
        if !self.right.allows(deed) {
            let right = self.right;
            return Err(Error::not_allowed(format_args!("this ticket is to {right}, not more")));
        }
        let id = self.id_of(deed, text);
        let said = (&*self.name, text);
        let sealed = seal(&self.environment, &self.secret, (deed, id), said)?;
        let (nonce, visit) = (self.environment.nonce(), self.visit);
        let request = AnswerTicketRequest { protocol: PROTOCOL, nonce, visit, id, deed, sealed };
        let bearer = Some(self.secret.bearer());
        let question = post(&self.server, path::ANSWER_TICKET, bearer, &request)?;
        let asked = ask(&*self.environment.transport, question, &nonce, ANSWER_BYTES);
        let answer: AnswerTicketResponse = cancel.race(asked).await?.map_err(unheard)?.answer;
        Ok(answer.at)
    }

    /// The same words in the same visit are the same answer.
    fn id_of(&self, deed: TicketDeed, text: &str) -> ItemId {
        let mut hasher = Sha256::new();
        hasher.update(b"enhance ticket answer 1\0");
        hasher.update(self.secret.as_bytes());
        hasher.update(self.visit.as_bytes());
        hasher.update(deed.as_str().as_bytes());
        hasher.update(b"\0");
        hasher.update(text.as_bytes());
        ItemId::from_hash(hasher.finalize().into())
    }
}

/// Why a ticket had no answer. Its holder has no account in which anything would wait.
fn unheard(no_answer: NoAnswer) -> Error {
    Error::from(no_answer).during(Errand::HoldingTicket)
}

fn seal(
    environment: &Environment,
    secret: &TicketSecret,
    (deed, id): (TicketDeed, ItemId),
    (name, text): (&str, &str),
) -> Result<Vec<u8>, Error> {
    let said = SealedDeed { name: name.to_owned(), text: text.to_owned() };
    let said = codec::to_cbor(&said)
        .map_err(|error| Error::internal("putting words into a ticket").because(error))?;
    secret.seal(TicketText::Deed(deed, id), &*environment.randomness, &said)
}
