//! People whose devices push: sealed changes, new documents, changes of a long plan.

use anyhow::{Context, Result, ensure};
use enhance_model::{DocumentId, DocumentKind, Role};
use enhance_protocol::{
    Asked, ExchangeRequest, MEDIA_TYPE, Offer, Outcome, ShortResponse, decode, encode, path,
};
use enhance_tests::{
    bare::{ANSWER_BYTES, BareDevice, offers},
    world::World,
};

use super::load::Writes;
use crate::fixtures::plan::Plan;

/// Bytes of an envelope with a change of 100 characters.
const ENVELOPE: usize = 404;

/// What each connection pushes, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One sealed change of a document that is there.
    Sealed,
    /// A new document and its first sealed change.
    New,
    /// One change of a plan.
    Plan,
}

/// A device that pushes.
pub struct Writer {
    device: BareDevice,
    kind: Kind,
    document: DocumentId,
    /// How many documents it has begun.
    begun: u64,
    /// How many envelopes of the document there are, and the last.
    sealed: u64,
    last: Option<Offer>,
    plan: Option<Plan>,
    asked: Option<Asked>,
}

impl Writer {
    /// A new person's device, with one document.
    pub fn new(world: &World, kind: Kind) -> Self {
        let device = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
        let document = DocumentId::from_bytes([0; 16]);
        let mut writer = Self {
            device,
            kind,
            document,
            begun: 0,
            sealed: 0,
            last: None,
            plan: None,
            asked: None,
        };
        let offers = writer.begin();
        writer.device.store(offers);
        writer
    }

    /// A new person's device, with a plan of so many changes.
    pub fn of_plan(world: &World, changes: usize) -> Result<Self> {
        let mut writer = Self::new(world, Kind::Plan);
        let plan = Plan::typed(writer.device.person.id, writer.device.id, changes, 12)?;
        for some in plan.offers(0).chunks(1_000) {
            writer.device.store(some.to_vec());
        }
        writer.plan = Some(plan);
        Ok(writer)
    }

    /// Pushes something else from now on.
    pub const fn turn_to(&mut self, kind: Kind) {
        self.kind = kind;
    }

    /// A new document and its first envelope.
    fn begin(&mut self) -> Vec<Offer> {
        self.begun += 1;
        let mut id = *self.device.id.as_bytes();
        for (byte, number) in id.iter_mut().zip(self.begun.to_le_bytes()) {
            *byte ^= number;
        }
        self.document = DocumentId::from_bytes(id);
        (self.sealed, self.last) = (0, None);
        let kind = DocumentKind::Reflection;
        let create = offers::create(self.document, kind, None, Some(vec![1; 72]));
        vec![create, self.seal()]
    }

    /// The next envelope of the document.
    fn seal(&mut self) -> Offer {
        self.sealed += 1;
        let (device, last) = (self.device.id, self.last.as_ref());
        let offer = offers::envelope(self.document, device, self.sealed, last, ENVELOPE);
        self.last = Some(offer.clone());
        offer
    }
}

impl Writes for Writer {
    fn request(&mut self) -> Result<Vec<u8>> {
        let offers = match self.kind {
            Kind::Sealed => vec![self.seal()],
            Kind::New => self.begin(),
            Kind::Plan => {
                let plan = self.plan.as_mut().context("a plan")?;
                let from = plan.changes.len();
                plan.type_on(12)?;
                plan.offers(from)
            }
        };
        let request: ExchangeRequest = self.device.request(offers);
        let body = encode(&request)?;
        self.asked = Some(request.asked());
        let token = data_encoding::BASE64URL_NOPAD.encode(&self.device.token);
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
             content-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n",
            path::EXCHANGE,
            body.len()
        );
        Ok([head.as_bytes(), &body].concat())
    }

    fn answered(&mut self, body: &[u8]) -> Result<()> {
        let response: ShortResponse = decode(body, ANSWER_BYTES)?;
        let asked = self.asked.take().context("a request")?;
        let response = response.complete(&asked, Some(self.device.epoch))?;
        (self.device.cursor, self.device.epoch) = (response.cursor, response.epoch);
        for verdict in response.verdicts {
            let stored = matches!(verdict.outcome, Outcome::Stored { .. });
            ensure!(stored, "the server refused a push: {:?}", verdict.outcome);
        }
        Ok(())
    }
}
