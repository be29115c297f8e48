//! A device with nothing in it: it speaks the protocol and keeps no documents of its own.
//!
//! With it a story can do what the core never would, and see what the server says to that.

pub mod crafted;
mod document;
pub mod offers;
mod wire;

use enhance_model::{DeviceId, DocumentId, EntryHash, Epoch, Person, Right, Role, Timestamp};
use enhance_protocol::{
    Cursor, DocumentHeads, EnrolRequest, EnrolResponse, EntryBody, ExchangeRequest,
    ExchangeResponse, Grant, Item, Nonce, Offer, Outcome, PROTOCOL, Refusal, SecretKey,
    ShortResponse, path,
};

use self::offers::acceptance;
pub use self::{
    document::BareDocument,
    wire::{ANSWER_BYTES, Reply, Wire},
};
use crate::{chance::Chance, network::Upstream, world::World};

/// A device that only speaks the protocol and remembers how far it has read.
#[derive(Debug, Clone)]
pub struct BareDevice {
    pub id: DeviceId,
    pub person: Person,
    pub token: [u8; 20],
    pub epoch: Epoch,
    /// The greatest number there was when the server last said what it has.
    pub reached: u64,
    pub cursor: Cursor,
    pub enrolled: EnrolResponse,
    wire: Wire,
    chance: Chance,
}

impl World {
    /// A person who joins with a bare device, straight at the server.
    #[track_caller]
    pub fn bare_device(&self, role: Role, name: &str) -> BareDevice {
        self.enrol_bare_device(&self.server.invite(role, name))
    }

    /// Another bare device of the same person.
    #[track_caller]
    pub fn another_bare_device(&self, first: &BareDevice) -> BareDevice {
        self.enrol_bare_device(&self.server.invite_device(first.person.id))
    }

    /// Enrols a bare device with an invitation.
    #[track_caller]
    pub fn enrol_bare_device(&self, invitation: &str) -> BareDevice {
        BareDevice::enrol(self.server.upstream(), invitation, &self.chance)
    }

    /// The request by which a new device enrols.
    pub fn enrol_request(&self, invitation: &str) -> EnrolRequest {
        enrol_request(invitation, &self.chance)
    }
}

fn enrol_request(invitation: &str, chance: &Chance) -> EnrolRequest {
    let token = chance.bytes();
    EnrolRequest {
        protocol: PROTOCOL,
        nonce: Nonce::new(chance.bytes()),
        invitation: invitation.to_owned(),
        device: DeviceId::new(Timestamp::from_unix_millis(0), chance.bytes()),
        device_name: "a device that only speaks the protocol".into(),
        token: token.into(),
        wrapped_account_key: chance.bytes::<80>().to_vec(),
        signing_key: secret_key(&token).public(),
        returning: None,
    }
}

/// The key that a bare device signs with, which follows from its token.
fn secret_key(token: &[u8; 20]) -> SecretKey {
    let mut secret = [0; 32];
    secret[..20].copy_from_slice(token);
    SecretKey::from_bytes(&secret)
}

impl BareDevice {
    /// Enrols with an invitation at a server, whoever started that.
    #[track_caller]
    pub fn enrol(server: Upstream, invitation: &str, chance: &Chance) -> Self {
        let (request, wire) = (enrol_request(invitation, chance), Wire::to(server));
        let enrolled: Result<EnrolResponse, _> = wire.post(path::ENROL, None, &request);
        let enrolled = enrolled.unwrap_or_else(|refusal| panic!("not enrolled: {refusal:?}"));
        Self {
            id: request.device,
            person: enrolled.person.clone(),
            token: *request.token,
            epoch: enrolled.epoch,
            reached: 0,
            cursor: Cursor::default(),
            enrolled,
            wire,
            chance: chance.clone(),
        }
    }

    /// The key that it signs with.
    pub fn signing_key(&self) -> SecretKey {
        secret_key(&self.token)
    }

    /// A request with these offers that reads on from where this device is.
    pub fn request(&self, offers: Vec<Offer>) -> ExchangeRequest {
        ExchangeRequest {
            protocol: PROTOCOL,
            nonce: Nonce::new(self.chance.bytes()),
            epoch: Some(self.epoch.tag().into()),
            reached: self.reached,
            cursor: self.cursor,
            settings: 0,
            offers,
            heads: Vec::new(),
            max_bytes: None,
            archive: None,
            brought: Vec::new(),
        }
    }

    /// One exchange that may be refused. What it brings is not remembered as read.
    #[track_caller]
    pub fn try_exchange(&self, request: &ExchangeRequest) -> Result<ExchangeResponse, Refusal> {
        let response: ShortResponse = self.wire.post(path::EXCHANGE, Some(&self.token), request)?;
        assert_eq!(response.nonce, request.nonce);
        let whole = response.complete(&request.asked(), Some(self.epoch));
        Ok(whole.expect("an answer to this request"))
    }

    /// One exchange. The next reads on from there.
    #[track_caller]
    pub fn exchange(&mut self, request: &ExchangeRequest) -> ExchangeResponse {
        let response = self.try_exchange(request).expect("an answer to the exchange");
        (self.cursor, self.epoch) = (response.cursor, response.epoch);
        self.reached = response.reached;
        response
    }

    /// Offers without reading on, and returns what became of each offer.
    #[track_caller]
    pub fn offer(&self, offers: Vec<Offer>) -> Vec<Outcome> {
        let response = self.try_exchange(&self.request(offers)).expect("an answer to the exchange");
        response.verdicts.into_iter().map(|verdict| verdict.outcome).collect()
    }

    /// Offers what the server must store.
    #[track_caller]
    pub fn store(&self, offers: Vec<Offer>) {
        for outcome in self.offer(offers) {
            assert!(matches!(outcome, Outcome::Stored { .. }), "{outcome:?}");
        }
    }

    /// Lets a person take part in a project, who accepts at once. Returns the hash of that.
    #[track_caller]
    pub fn lets_in(
        &self,
        other: &Self,
        project: DocumentId,
        right: Right,
        number: u8,
    ) -> EntryHash {
        self.store(vec![offers::grant(project, other.person.id, right, number)]);
        other.join(project, right, number);
        acceptance(project, other.person.id, right, number).hash
    }

    /// Accepts the invitation that was given by the grant of this number, by whichever device.
    #[track_caller]
    pub fn join(&self, project: DocumentId, right: Right, number: u8) {
        let accepted = self.offer(vec![acceptance(project, self.person.id, right, number)]);
        if matches!(accepted[..], [Outcome::Stored { .. }]) {
            return;
        }
        let whole = ExchangeRequest { cursor: Cursor::default(), ..self.request(Vec::new()) };
        let answer = self.try_exchange(&whole).expect("an answer to the exchange");
        let entries = offers::entries(&answer.items).into_iter().rev();
        let invited = entries.filter(|entry| entry.offer.document == project).find_map(|entry| {
            let grant = Grant::read(&entry.offer.body)
                .ok()
                .filter(|grant| grant.to == self.person.id && grant.round == u32::from(number))?;
            Some(grant.accepted(offers::item(number | 0x80), entry.offer.hash, offers::AT))
        });
        let accepted = invited.expect("an invitation").offer(project).expect("an acceptance");
        self.store(vec![accepted]);
    }

    /// Everything that is new for this device.
    #[track_caller]
    pub fn pull(&mut self) -> Vec<Item> {
        self.pull_pages(1 << 20).concat()
    }

    /// Everything that is new for this device, in pages of at most so many bytes.
    #[track_caller]
    pub fn pull_pages(&mut self, max_bytes: u32) -> Vec<Vec<Item>> {
        let mut pages = Vec::new();
        loop {
            let request =
                ExchangeRequest { max_bytes: Some(max_bytes), ..self.request(Vec::new()) };
            let response = self.exchange(&request);
            pages.push(response.items);
            if !response.more {
                return pages;
            }
            assert!(pages.len() < 1_000, "the pages never end");
        }
    }

    /// Tells the server the heads this device has, and returns those the server has where they
    /// differ.
    #[track_caller]
    pub fn heads(&mut self, heads: Vec<DocumentHeads>) -> Vec<DocumentHeads> {
        let request = ExchangeRequest { heads, ..self.request(Vec::new()) };
        self.exchange(&request).heads
    }

    /// Asks for something with the token of this device.
    #[track_caller]
    pub fn get(&self, path: &str, range: Option<&str>) -> Reply {
        self.wire.get(path, &self.token, range)
    }

    /// The server's HTTP as this device speaks it.
    pub const fn wire(&self) -> &Wire {
        &self.wire
    }
}
