//! The nouns of the stories: a world with a server in it, and devices of people.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use clap::Parser;
use enhance_documents::{Change, Document, Edit, NewDocument};
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, EntryHash, Epoch, ItemId, Person, PersonId, Right, Role,
    Timestamp,
    change_project::{ProjectEdit, Section},
};
use enhance_protocol::{
    Create, Cursor, Delete, DocumentHeads, EnrolRequest, EnrolResponse, EntryBody, EntryKind,
    EnvelopeHeader, ExchangeRequest, ExchangeResponse, Grant, Item, MEDIA_TYPE, Nonce, Offer,
    Outcome, PROTOCOL, Pulled, Refusal, Revoke, decode, encode, entry, path,
};
use enhance_server::{
    Config, Machine, ServerState, Surroundings,
    command::{CommandError, CommandLine},
};
use serde::{Serialize, de::DeserializeOwned};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub const LARGE: usize = 64 << 20;

/// The machine's clock, put forward by as much as the story wants, and numbers for randomness.
#[derive(Clone, Default)]
struct Sky {
    ahead: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
}

impl Surroundings for Sky {
    fn now(&self) -> Timestamp {
        Machine.now().plus_millis(self.ahead.load(Ordering::SeqCst))
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.drawn.fetch_add(1, Ordering::SeqCst) + 1;
            let drawn = drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
    }
}

struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

/// A folder, a server on it, and a way to reach it.
pub struct World {
    pub folder: TempDir,
    pub url: String,
    pub http: reqwest::Client,
    pub state: ServerState,
    config: Config,
    sky: Sky,
    running: Option<Running>,
    made: u8,
}

impl World {
    pub async fn new() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        // A second test in the same process finds it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let sky = Sky::default();
        let data = folder.path().join("data");
        let state = ServerState::open(&data, config.clone(), Box::new(sky.clone())).unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let (url, running) = start(state.clone()).await;
        Self { folder, url, http, state, config, sky, running: Some(running), made: 0 }
    }

    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    pub async fn stop(&mut self) {
        let running = self.running.take().unwrap();
        running.stop.send(()).unwrap();
        running.task.await.unwrap().unwrap();
        // The folder is held for as long as the state lives; a throw-away one takes its place.
        let elsewhere = self.folder.path().join(format!("elsewhere-{}", self.made));
        self.made += 1;
        self.state =
            ServerState::open(&elsewhere, Config::default(), Box::new(self.sky.clone())).unwrap();
    }

    pub async fn start(&mut self) {
        self.state =
            ServerState::open(&self.data(), self.config.clone(), Box::new(self.sky.clone()))
                .unwrap();
        let (url, running) = start(self.state.clone()).await;
        (self.url, self.running) = (url, Some(running));
    }

    pub fn sleep(&self, millis: i64) {
        self.sky.ahead.fetch_add(millis, Ordering::SeqCst);
    }

    /// Runs a command line on the world's folder; returns what it printed.
    pub fn command(&self, arguments: &[&str]) -> Result<String, CommandError> {
        command(&self.data(), arguments)
    }

    pub fn invite(&self, name: &str, role: Role) -> String {
        let printed = self.command(&["invite", "--role", role.as_str(), "--name", name]).unwrap();
        printed.lines().next().unwrap().to_owned()
    }

    pub async fn join(&mut self, name: &str, role: Role) -> Device {
        let invitation = self.invite(name, role);
        self.enrol(&invitation).await
    }

    pub async fn second_device(&mut self, of: &Device) -> Device {
        let id = of.person.id.to_string();
        let printed = self.command(&["invite", "--person", &id]).unwrap();
        let invitation = printed.lines().next().unwrap().to_owned();
        self.enrol(&invitation).await
    }

    pub fn enrol_request(&mut self, invitation: &str) -> EnrolRequest {
        self.made += 1;
        EnrolRequest {
            protocol: PROTOCOL,
            nonce: Nonce::new([9; 16]),
            invitation: invitation.to_owned(),
            device: DeviceId::from_bytes([self.made; 16]),
            device_name: "Ward phone".to_owned(),
            token: [self.made ^ 0x80; 32].into(),
            wrapped_account_key: vec![self.made; 72],
        }
    }

    pub async fn enrol(&mut self, invitation: &str) -> Device {
        let request = self.enrol_request(invitation);
        let response: EnrolResponse =
            self.post(path::ENROL, None, &request).await.unwrap_or_else(|no| panic!("{no:?}"));
        Device {
            id: request.device,
            person: response.person.clone(),
            token: *request.token,
            epoch: response.epoch,
            cursor: Cursor::default(),
            enrolled: response,
        }
    }

    /// Posts a frame; an answer is what was asked for or a refusal that fits its status.
    pub async fn post<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<[u8; 32]>,
        request: &Q,
    ) -> Result<A, Refusal> {
        self.post_bytes(path, token, encode(request).unwrap()).await
    }

    pub async fn post_bytes<A: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<[u8; 32]>,
        frame: Vec<u8>,
    ) -> Result<A, Refusal> {
        let mut builder = self.http.post(format!("{}{path}", self.url)).body(frame);
        if let Some(token) = token {
            builder = builder.header("authorization", bearer(&token));
        }
        let response = builder.send().await.unwrap();
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], MEDIA_TYPE);
        let body = response.bytes().await.unwrap();
        if status == 200 {
            return Ok(decode(&body, LARGE).unwrap());
        }
        let refusal: Refusal = decode(&body, LARGE).unwrap();
        assert_eq!(status, refusal.code.http_status());
        Err(refusal)
    }

    pub async fn get(&self, path: &str, device: &Device, range: Option<&str>) -> reqwest::Response {
        let mut builder = self
            .http
            .get(format!("{}{path}", self.url))
            .header("authorization", bearer(&device.token));
        if let Some(range) = range {
            builder = builder.header("range", range);
        }
        builder.send().await.unwrap()
    }
}

pub fn command(data: &Path, arguments: &[&str]) -> Result<String, CommandError> {
    let (name, rest) = arguments.split_first().unwrap();
    let mut line = vec!["enhance-server", name, "--data", data.to_str().unwrap()];
    line.extend(rest);
    let mut out = Vec::new();
    CommandLine::try_parse_from(line).unwrap().run(&mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

async fn start(state: ServerState) -> (String, Running) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(enhance_server::run(listener, state, async {
        // A world that is dropped stops its server as well.
        let _ = stopped.await;
    }));
    (url, Running { stop, task })
}

pub fn bearer(token: &[u8; 32]) -> String {
    format!("Bearer {}", data_encoding::HEXLOWER.encode(token))
}

/// A device that remembers how far it has read.
#[derive(Clone)]
pub struct Device {
    pub id: DeviceId,
    pub person: Person,
    pub token: [u8; 32],
    pub epoch: Epoch,
    pub cursor: Cursor,
    pub enrolled: EnrolResponse,
}

impl Device {
    pub fn request(&self, offers: Vec<Offer>) -> ExchangeRequest {
        ExchangeRequest {
            protocol: PROTOCOL,
            nonce: Nonce::new([7; 16]),
            device: self.id,
            epoch: Some(self.epoch),
            cursor: self.cursor,
            settings: 0,
            offers,
            heads: Vec::new(),
            max_bytes: 1 << 20,
        }
    }

    pub async fn try_exchange(
        &self,
        world: &World,
        request: &ExchangeRequest,
    ) -> Result<ExchangeResponse, Refusal> {
        let response: Result<ExchangeResponse, _> =
            world.post(path::EXCHANGE, Some(self.token), request).await;
        if let Ok(response) = &response {
            assert_eq!(response.nonce, request.nonce);
            assert_eq!(response.verdicts.len(), request.offers.len());
        }
        response
    }

    pub async fn exchange(&mut self, world: &World, request: &ExchangeRequest) -> ExchangeResponse {
        let response = self.try_exchange(world, request).await.unwrap();
        (self.cursor, self.epoch) = (response.cursor, response.epoch);
        response
    }

    /// Offers without reading on.
    pub async fn offer(&self, world: &World, offers: Vec<Offer>) -> Vec<Outcome> {
        let response = self.try_exchange(world, &self.request(offers)).await.unwrap();
        response.verdicts.into_iter().map(|verdict| verdict.outcome).collect()
    }

    /// Offers what must be stored.
    pub async fn store(&self, world: &World, offers: Vec<Offer>) {
        for outcome in self.offer(world, offers).await {
            assert!(matches!(outcome, Outcome::Stored { .. }), "{outcome:?}");
        }
    }

    /// Everything new, page by page.
    pub async fn pull(&mut self, world: &World) -> Vec<Item> {
        self.pull_pages(world, 1 << 20).await.concat()
    }

    pub async fn pull_pages(&mut self, world: &World, max_bytes: u32) -> Vec<Vec<Item>> {
        let mut pages = Vec::new();
        loop {
            let request = ExchangeRequest { max_bytes, ..self.request(Vec::new()) };
            let response = self.exchange(world, &request).await;
            pages.push(response.items);
            if !response.more {
                return pages;
            }
            assert!(pages.len() < 1_000, "the pages never end");
        }
    }

    pub async fn heads(&mut self, world: &World, heads: Vec<DocumentHeads>) -> Vec<DocumentHeads> {
        let request = ExchangeRequest { heads, ..self.request(Vec::new()) };
        self.exchange(world, &request).await.heads
    }

    pub fn plan(&self, title: &str) -> Plan {
        let new = NewDocument::ChangeProject {
            owner: self.person.id,
            title: title.to_owned(),
            topic: String::new(),
            setting: String::new(),
        };
        self.document(&new, DocumentKind::ChangeProject, None)
    }

    pub fn comments(&self, about: DocumentId) -> Plan {
        let new = NewDocument::Comments { owner: self.person.id, about };
        self.document(&new, DocumentKind::Comments, Some(about))
    }

    pub fn document(
        &self,
        new: &NewDocument,
        kind: DocumentKind,
        about: Option<DocumentId>,
    ) -> Plan {
        let (document, first) = Document::create(new, self.id, now()).unwrap();
        let id = DocumentId::from_bytes(first.hash.as_bytes()[..16].try_into().unwrap());
        let create = create(id, kind, about, None);
        Plan { id, create, first: change(id, &first), document }
    }
}

/// A plain document as a device has it, with the entries that made it.
pub struct Plan {
    pub id: DocumentId,
    pub create: Offer,
    pub first: Offer,
    pub document: Document,
}

impl Plan {
    pub fn offers(&self) -> Vec<Offer> {
        vec![self.create.clone(), self.first.clone()]
    }

    /// The same plan on another device.
    pub fn on(&self, device: &Device, changes: &[&Offer]) -> Self {
        let bodies: Vec<&[u8]> = changes.iter().map(|offer| offer.body.as_slice()).collect();
        let document = Document::open(&bodies, device.id).unwrap();
        Self { id: self.id, create: self.create.clone(), first: self.first.clone(), document }
    }

    pub fn write(&mut self, text: &str) -> Offer {
        let edit = ProjectEdit::Section { section: Section::Problem, text: text.to_owned() };
        let change = self.document.edit(None, &[Edit::ChangeProject(edit)], now());
        self::change(self.id, &change.unwrap().unwrap())
    }
}

pub fn now() -> Timestamp {
    Timestamp::from_unix_millis(1_795_000_000_000)
}

pub fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

pub fn change(document: DocumentId, change: &Change) -> Offer {
    let hash = change.hash.into();
    Offer { kind: EntryKind::Change, document, hash, body: change.bytes.clone() }
}

pub fn create(
    id: DocumentId,
    kind: DocumentKind,
    about: Option<DocumentId>,
    wrapped_key: Option<Vec<u8>>,
) -> Offer {
    Create { kind, about, created_at: now(), wrapped_key }.offer(id).unwrap()
}

/// A reflection of nobody's words: the server cannot tell.
pub fn reflection(id: u8) -> (DocumentId, Offer) {
    let id = DocumentId::from_bytes([id; 16]);
    (id, create(id, DocumentKind::Reflection, None, Some(vec![1; 72])))
}

pub fn envelope(
    document: DocumentId,
    device: DeviceId,
    counter: u64,
    previous: Option<&Offer>,
    bytes: usize,
) -> Offer {
    let header = EnvelopeHeader {
        document,
        device,
        counter,
        previous: previous.map(|offer| offer.hash),
        nonce: [3; 24],
        commitment: [4; 32],
    };
    let mut body = header.to_bytes();
    body.resize(bytes, u8::try_from(counter % 250).unwrap());
    raw(EntryKind::Envelope, document, body)
}

/// An entry with any body and the hash that goes with it.
pub fn raw(kind: EntryKind, document: DocumentId, body: Vec<u8>) -> Offer {
    Offer { kind, document, hash: entry::hash(kind, document, &body), body }
}

pub fn grant(document: DocumentId, to: PersonId, right: Right, number: u8) -> Offer {
    Grant { id: item(number), to, right, at: now() }.offer(document).unwrap()
}

pub fn revoke(document: DocumentId, from: PersonId, number: u8) -> Offer {
    Revoke { id: item(number), from, at: now() }.offer(document).unwrap()
}

pub fn delete(document: DocumentId) -> Offer {
    Delete { at: now() }.offer(document).unwrap()
}

pub fn entries(items: &[Item]) -> Vec<&Pulled> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Entry(pulled) => Some(pulled),
            Item::Person(_) => None,
        })
        .collect()
}

pub fn hashes(items: &[Item]) -> Vec<EntryHash> {
    entries(items).iter().map(|pulled| pulled.offer.hash).collect()
}

pub fn names(items: &[Item]) -> Vec<&str> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Person(person) => Some(person.name.as_str()),
            Item::Entry(_) => None,
        })
        .collect()
}
