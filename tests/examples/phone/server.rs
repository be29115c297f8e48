//! A server without network and without a gate: it stores what it is offered and hands out what it
//! is told to.

use std::sync::Mutex;

use enhance_client::{Answer, Pending, Request, Transport, Unreachable};
use enhance_model::{DeviceId, Epoch, Limits, Person, PersonId, Role, Timestamp};
use enhance_protocol::{
    Cursor, EnrolRequest, EnrolResponse, ExchangeRequest, ExchangeResponse, Item, MEDIA_TYPE,
    Offer, Outcome, PROTOCOL, Pulled, Settings, Verdict, decode, encode, path,
};

/// Bytes of a page of an answer, as of the real server.
const PAGE_BYTES: usize = 1 << 20;

const AT: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

#[derive(Default)]
pub struct InMemoryServer {
    waiting: Mutex<Vec<Pulled>>,
    sequence: Mutex<u64>,
}

impl InMemoryServer {
    /// Whose everything is.
    pub fn person() -> Person {
        let id = PersonId::from_bytes([3; 16]);
        let devices = vec![DeviceId::from_bytes([9; 16])];
        Person { id, name: "Asha".to_owned(), role: Role::Trainee, devices }
    }

    /// Hands these out at the next exchanges.
    pub fn hand_out(&self, offers: Vec<Offer>) {
        let (person, device) = (Self::person().id, DeviceId::from_bytes([9; 16]));
        for offer in offers {
            let sequence = self.next();
            let pulled = Pulled { offer, sequence, person, device, received_at: AT };
            self.waiting.lock().unwrap().push(pulled);
        }
    }

    fn next(&self) -> u64 {
        let mut sequence = self.sequence.lock().unwrap();
        *sequence += 1;
        *sequence
    }

    fn enrol(request: EnrolRequest) -> EnrolResponse {
        let limits = Limits {
            document_changes: u64::MAX,
            document_bytes: u64::MAX,
            person_bytes: u64::MAX,
            ..Limits::default()
        };
        EnrolResponse {
            nonce: request.nonce,
            person: Self::person(),
            epoch: Epoch::from_bytes([1; 16]),
            wrapped_account_key: request.wrapped_account_key,
            publisher_key: [7; 32].into(),
            settings: Settings { id: 1, limits, packs: Vec::new() },
        }
    }

    fn exchange(&self, request: &ExchangeRequest) -> ExchangeResponse {
        let stored = |offer: &Offer| {
            let outcome = Outcome::Stored { sequence: self.next(), received_at: AT };
            Verdict { hash: offer.hash, outcome }
        };
        let verdicts = request.offers.iter().map(stored).collect();
        let mut waiting = self.waiting.lock().unwrap();
        let mut bytes = 0;
        let fits = |pulled: &&Pulled| {
            bytes += pulled.offer.body.len() + 100;
            bytes < PAGE_BYTES
        };
        let count = waiting.iter().take_while(fits).count();
        let items: Vec<Item> = waiting.drain(..count).map(Item::Entry).collect();
        let more = !waiting.is_empty();
        drop(waiting);
        let sequence = items.iter().filter_map(sequence_of).max();
        let sequence = sequence.unwrap_or(request.cursor.sequence);
        ExchangeResponse {
            protocol: PROTOCOL,
            nonce: request.nonce,
            epoch: Epoch::from_bytes([1; 16]),
            cursor: Cursor { sequence, within: 0 },
            verdicts,
            items,
            heads: Vec::new(),
            more,
            next_allowed_in_ms: 0,
            settings: None,
            archives: Vec::new(),
            archived: None,
            renew: Vec::new(),
        }
    }

    fn answer(&self, request: &Request) -> Vec<u8> {
        if request.url.ends_with(path::ENROL) {
            encode(&Self::enrol(decode(&request.body, 1 << 20).unwrap())).unwrap()
        } else {
            encode(&self.exchange(&decode(&request.body, 1 << 24).unwrap())).unwrap()
        }
    }
}

fn sequence_of(item: &Item) -> Option<u64> {
    match item {
        Item::Entry(pulled) => Some(pulled.sequence),
        Item::Person(_) => None,
    }
}

impl Transport for InMemoryServer {
    fn send(&self, request: Request) -> Pending<'_, Result<Answer, Unreachable>> {
        let body = self.answer(&request);
        Box::pin(async move {
            Ok(Answer {
                status: 200,
                media_type: Some(MEDIA_TYPE.to_owned()),
                etag: None,
                begins_at: None,
                body: Box::pin(Once(Some(body))),
            })
        })
    }
}

/// A body in one piece.
struct Once(Option<Vec<u8>>);

impl futures_util::Stream for Once {
    type Item = Result<Vec<u8>, Unreachable>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}
