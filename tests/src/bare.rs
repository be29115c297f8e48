//! A device with nothing in it: it speaks the protocol and keeps no documents of its own.
//!
//! With it a story can do what the core never would, and see what the server says to that.

use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::PoisonError,
};

use enhance_client::Randomness;
use enhance_model::{DeviceId, Epoch, PersonId, Role, Sha256, Timestamp};
use enhance_protocol::{
    Cursor, EnrolRequest, EnrolResponse, ExchangeRequest, ExchangeResponse, Item, MEDIA_TYPE,
    Nonce, Offer, PROTOCOL, Pulled, decode, encode, path,
};

use crate::{
    chance::Chance,
    network::{Side, Upstream, body, read_message},
    world::World,
};

/// More than any answer in a story.
const ANSWER_BYTES: usize = 64 << 20;

/// A device that only speaks the protocol.
#[derive(Debug)]
pub struct BareDevice {
    upstream: Upstream,
    chance: Chance,
    device: DeviceId,
    person: PersonId,
    token: [u8; 32],
    epoch: Epoch,
    cursor: Cursor,
}

impl BareDevice {
    /// Enrols somebody new on it, straight at the server.
    #[track_caller]
    pub fn enrol(world: &World, role: Role, name: &str) -> Self {
        let upstream = world.server.upstream();
        let chance = world.chance.clone();
        let device = DeviceId::new(Timestamp::from_unix_millis(0), fresh(&chance));
        let token = fresh(&chance);
        let request = EnrolRequest {
            protocol: PROTOCOL,
            nonce: Nonce::new(fresh(&chance)),
            invitation: world.server.invite(role, name),
            device,
            device_name: "a device that only speaks the protocol".into(),
            token: token.into(),
            wrapped_account_key: fresh::<80>(&chance).to_vec(),
        };
        let frame = encode(&request).expect("a frame");
        let answer = post(&upstream, path::ENROL, None, &frame);
        let EnrolResponse { person, epoch, .. } =
            decode(&answer, ANSWER_BYTES).expect("an answer to the enrolment");
        let person = person.id;
        Self { upstream, chance, device, person, token, epoch, cursor: Cursor::default() }
    }

    /// Whose device it is.
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// By which id the server knows it.
    pub const fn id(&self) -> DeviceId {
        self.device
    }

    /// One exchange with these offers. What it brings is not remembered as read.
    #[track_caller]
    pub fn offer(&mut self, offers: Vec<Offer>) -> ExchangeResponse {
        let request = ExchangeRequest {
            protocol: PROTOCOL,
            nonce: Nonce::new(fresh(&self.chance)),
            device: self.device,
            epoch: Some(self.epoch),
            cursor: self.cursor,
            settings: 0,
            offers,
            heads: Vec::new(),
            max_bytes: 1 << 20,
        };
        let frame = encode(&request).expect("a frame");
        let answer = post(&self.upstream, path::EXCHANGE, Some(&self.token), &frame);
        decode(&answer, ANSWER_BYTES).expect("an answer to the exchange")
    }

    /// Everything that is new for this device.
    #[track_caller]
    pub fn pull(&mut self) -> Vec<Pulled> {
        let mut pulled = Vec::new();
        loop {
            let response = self.offer(Vec::new());
            (self.epoch, self.cursor) = (response.epoch, response.cursor);
            let entries = response.items.into_iter().filter_map(|item| match item {
                Item::Entry(entry) => Some(entry),
                Item::Person(_) => None,
            });
            pulled.extend(entries);
            if !response.more {
                return pulled;
            }
        }
    }
}

fn fresh<const N: usize>(chance: &Chance) -> [u8; N] {
    let mut bytes = [0; N];
    chance.fill(&mut bytes);
    bytes
}

#[track_caller]
fn post(upstream: &Upstream, path: &str, token: Option<&[u8; 32]>, frame: &[u8]) -> Vec<u8> {
    let address = *upstream.lock().unwrap_or_else(PoisonError::into_inner);
    let mut server = TcpStream::connect(address).expect("the server");
    let bearer =
        token.map(|token| format!("authorization: Bearer {}\r\n", Sha256::from_bytes(*token)));
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: {MEDIA_TYPE}\r\n{}content-length: {}\r\n\r\n",
        bearer.unwrap_or_default(),
        frame.len()
    );
    server.write_all(&[head.as_bytes(), frame].concat()).expect("the request");
    let answer = read_message(&mut BufReader::new(&server), Side::Response);
    body(&answer.expect("an answer").expect("an answer")).to_vec()
}
