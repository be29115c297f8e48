//! A small world for tests: a real server, devices, and a network that can be bad.

use std::{
    fmt::{self, Write},
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use clap::Parser;
use enhance_model::{RefusalCode, Role};
use enhance_protocol::{
    ExchangeRequest, ExchangeResponse, MEDIA_TYPE, Offer, Outcome, Refusal, Verdict, decode, encode,
};
use enhance_server::{Config, Machine, ServerState, command::CommandLine};
use futures_util::{StreamExt, stream};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    Answer, Budget, Cancellation, Environment, Error, HttpTransport, LearningCore, OpenOptions,
    Pending, Request, SyncReport, SystemClock, SystemRandomness, Transport, Unreachable,
};

/// A real server in a folder of its own. It can be stopped, backed up and restored.
pub(crate) struct World {
    folder: TempDir,
    config: Config,
    address: String,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl World {
    pub(crate) async fn begin() -> Self {
        Self::with(Config::default()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let folder = TempDir::new().unwrap();
        let address = "127.0.0.1:0".to_owned();
        let mut world = Self { folder, config, address, running: None };
        world.start().await;
        world
    }

    pub(crate) async fn start(&mut self) {
        let listener = TcpListener::bind(&self.address).await.unwrap();
        self.address = listener.local_addr().unwrap().to_string();
        let data = self.data();
        let state = ServerState::open(&data, self.config.clone(), Box::new(Machine)).unwrap();
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let shutdown = async move { drop(stopped.await) };
            enhance_server::run(listener, state, shutdown).await.unwrap();
        });
        self.running = Some((stop, serving));
    }

    pub(crate) async fn stop(&mut self) {
        if let Some((stop, serving)) = self.running.take() {
            let _ = stop.send(());
            serving.await.unwrap();
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn backup(&self) {
        let data = self.data();
        Self::command(&["backup", "--data", path(&data), "--to", path(&self.backup_folder())]);
    }

    pub(crate) async fn restore(&mut self) {
        self.stop().await;
        let data = self.data();
        Self::command(&["restore", "--data", path(&data), "--from", path(&self.backup_folder())]);
        self.start().await;
    }

    fn backup_folder(&self) -> PathBuf {
        self.folder.path().join("backup")
    }

    pub(crate) fn publish(&self, content: &Path) {
        Self::command(&["publish", "--data", path(&self.data()), path(content)]);
    }

    pub(crate) fn invite(&self, role: Role, name: &str) -> String {
        let data = self.data();
        let said = Self::command(&[
            "invite",
            "--data",
            path(&data),
            "--role",
            role.as_str(),
            "--name",
            name,
        ]);
        said.lines().next().unwrap().to_owned()
    }

    fn command(words: &[&str]) -> String {
        let words = ["enhance-server"].iter().chain(words);
        let mut said = Vec::new();
        CommandLine::try_parse_from(words).unwrap().run(&mut said).unwrap();
        String::from_utf8(said).unwrap()
    }

    /// A new person with a device.
    pub(crate) async fn join(&self, role: Role, name: &str) -> Device {
        let device = Device::new();
        let invitation = self.invite(role, name);
        device.enrol(&self.url(), &invitation, name, &Cancellation::new()).await.unwrap();
        device
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A device: a core, its folder and its network.
pub(crate) struct Device {
    core: LearningCore,
    pub(crate) folder: TempDir,
    pub(crate) network: Arc<Network>,
}

impl Deref for Device {
    type Target = LearningCore;

    fn deref(&self) -> &LearningCore {
        &self.core
    }
}

impl Device {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let network = Arc::new(Network::default());
        let core = LearningCore::open(OpenOptions {
            folder: folder.path().join("account"),
            key: None,
            environment: Environment {
                clock: Arc::new(SystemClock),
                randomness: Arc::new(SystemRandomness),
                transport: Arc::clone(&network) as Arc<dyn Transport>,
            },
        })
        .unwrap();
        Self { core, folder, network }
    }

    pub(crate) async fn sync_now(&self) -> Result<SyncReport, Error> {
        self.sync(Budget::default(), &Cancellation::new(), &|_| ()).await
    }

    /// Everything in the database that an app can see, as text.
    pub(crate) fn contents(&self) -> String {
        self.with(|state| {
            let store = state.store();
            let mut text = format!("{:?}\n{:?}\n", store.sync_state()?, store.people()?);
            for (row, state) in store.documents_after(None, u32::MAX)? {
                let id = row.id;
                let _ = write!(text, "{row:?} {state:?} {:?} ", store.projection(id)?);
                let _ = write!(text, "{:?} {:?} ", store.links(id)?, store.drafts(id)?);
                let _ = writeln!(text, "{:?} {:?}", store.members(id)?, store.seen(id)?);
            }
            let _ = write!(text, "{:?} ", store.outbox_page(None, u64::MAX)?);
            let _ = write!(text, "{:?} {:?} ", store.quarantines(false)?, store.packs()?);
            let _ = write!(text, "{:?}", store.meta(super::standing::LAST_EXCHANGE)?);
            Ok(text)
        })
        .unwrap()
    }
}

/// What becomes of a request.
#[derive(Debug, Clone, Default)]
pub(crate) enum Weather {
    #[default]
    Good,
    /// It does not arrive.
    Down,
    /// It arrives, and the answer is lost.
    LosesAnswers,
    /// It arrives, and nothing ever comes back.
    Hangs,
    /// It arrives after the first while, and after the second the other half of the answer comes.
    Slow(Duration, Duration),
    /// Somebody else answers, with this status, media type and body.
    Portal(u16, Option<String>, Vec<u8>),
    /// The body of the answer ends after so many bytes.
    CutsAt(usize),
    /// The bytes of the body are not what they were.
    Damages,
    /// The real server answers, but for some offers, which it never sees, this verdict is given.
    Judges(Judge),
    /// The server takes no more than one offer at a time, though it said otherwise.
    TakesOneAtATime,
}

/// The verdict on an offer, where it is not the server's own.
#[derive(Clone)]
pub(crate) struct Judge(pub(crate) Arc<Verdicts>);

type Verdicts = dyn Fn(&Offer) -> Option<Outcome> + Send + Sync;

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}

impl Weather {
    /// Refuses some offers with this code.
    pub(crate) fn refuses(
        code: RefusalCode,
        which: impl Fn(&Offer) -> bool + Send + Sync + 'static,
    ) -> Self {
        let outcome = Outcome::Rejected { code, message: "because of the test".into() };
        Self::Judges(Judge(Arc::new(move |offer| which(offer).then(|| outcome.clone()))))
    }
}

/// A network that can be bad, and that counts.
#[derive(Default)]
pub(crate) struct Network {
    real: HttpTransport,
    /// Bad weather may be at some addresses only.
    place: Mutex<&'static str>,
    weather: Mutex<Weather>,
    requests: Mutex<Vec<Request>>,
}

impl Network {
    pub(crate) fn is(&self, weather: Weather) {
        self.is_for("", weather);
    }

    /// Bad for addresses with this in them.
    pub(crate) fn is_for(&self, place: &'static str, weather: Weather) {
        *self.place.lock().unwrap() = place;
        *self.weather.lock().unwrap() = weather;
    }

    /// Requests since the last time this was asked.
    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

/// Bytes a test unpacks.
const LIMIT: usize = 1 << 24;

impl Network {
    async fn judged(&self, mut request: Request, judge: &Judge) -> Result<Answer, Unreachable> {
        let mut asked: ExchangeRequest = decode(&request.body, LIMIT).unwrap();
        let offers = std::mem::take(&mut asked.offers);
        let outcomes: Vec<Option<Outcome>> = offers.iter().map(|offer| (judge.0)(offer)).collect();
        let judged = offers.iter().zip(&outcomes);
        asked.offers = judged
            .filter(|(_, outcome)| outcome.is_none())
            .map(|(offer, _)| offer.clone())
            .collect();
        request.body = encode(&asked).unwrap();
        let (head, body) = whole(self.real.send(request).await?).await?;
        let mut answer: ExchangeResponse = decode(&body, LIMIT).unwrap();
        let mut real = std::mem::take(&mut answer.verdicts).into_iter();
        answer.verdicts = offers
            .iter()
            .zip(outcomes)
            .map(|(offer, outcome)| match outcome {
                Some(outcome) => Verdict { hash: offer.hash, outcome },
                None => real.next().unwrap(),
            })
            .collect();
        let body = encode(&answer).unwrap();
        Ok(Answer { body: Box::pin(stream::iter([Ok(body)])), ..head })
    }
}

fn refusing(asked: &ExchangeRequest, code: RefusalCode) -> Answer {
    let message = "because of the test".into();
    let refusal = Refusal { nonce: asked.nonce, code, message, retry_in_ms: None };
    answer(code.http_status(), Some(MEDIA_TYPE.into()), encode(&refusal).unwrap())
}

impl Transport for Network {
    fn send(&self, request: Request) -> Pending<'_, Result<Answer, Unreachable>> {
        let here = request.url.contains(*self.place.lock().unwrap());
        let weather = if here { self.weather.lock().unwrap().clone() } else { Weather::Good };
        self.requests.lock().unwrap().push(request.clone());
        Box::pin(async move {
            match weather {
                Weather::Good => self.real.send(request).await,
                Weather::Down => Err(Unreachable("no network".into())),
                Weather::LosesAnswers => {
                    self.real.send(request).await?.read(usize::MAX).await?;
                    Err(Unreachable("the connection broke".into()))
                }
                Weather::Hangs => {
                    self.real.send(request).await?.read(usize::MAX).await?;
                    std::future::pending().await
                }
                Weather::Slow(before, within) => {
                    tokio::time::sleep(before).await;
                    slow(self.real.send(request).await?, within).await
                }
                Weather::Portal(status, media_type, body) => Ok(answer(status, media_type, body)),
                Weather::CutsAt(end) => {
                    let answer = self.real.send(request).await?;
                    cut(answer, end).await
                }
                Weather::Damages => {
                    let answer = self.real.send(request).await?;
                    damaged(answer).await
                }
                Weather::Judges(judge) => self.judged(request, &judge).await,
                Weather::TakesOneAtATime => {
                    let asked: ExchangeRequest = decode(&request.body, LIMIT).unwrap();
                    if asked.offers.len() > 1 {
                        return Ok(refusing(&asked, RefusalCode::RequestTooLarge));
                    }
                    self.real.send(request).await
                }
            }
        })
    }
}

fn answer(status: u16, media_type: Option<String>, body: Vec<u8>) -> Answer {
    let body = Box::pin(stream::iter([Ok(body)]));
    Answer { status, media_type, etag: None, begins_at: None, body }
}

async fn whole(answer: Answer) -> Result<(Answer, Vec<u8>), Unreachable> {
    let Answer { status, media_type, etag, begins_at, body } = answer;
    let head = |body| Answer { status, media_type, etag, begins_at, body };
    let whole = Answer { status, media_type: None, etag: None, begins_at: None, body };
    let bytes = whole.read(usize::MAX).await?;
    Ok((head(Box::pin(stream::empty())), bytes))
}

async fn cut(answer: Answer, end: usize) -> Result<Answer, Unreachable> {
    let (head, mut bytes) = whole(answer).await?;
    bytes.truncate(end);
    let broken = Err(Unreachable("the connection broke".into()));
    Ok(Answer { body: Box::pin(stream::iter([Ok(bytes), broken])), ..head })
}

async fn slow(answer: Answer, within: Duration) -> Result<Answer, Unreachable> {
    let (head, mut bytes) = whole(answer).await?;
    let rest = bytes.split_off(bytes.len() / 2);
    let later = async move {
        tokio::time::sleep(within).await;
        Ok(rest)
    };
    let body = stream::iter([Ok(bytes)]).chain(stream::once(later));
    Ok(Answer { body: Box::pin(body), ..head })
}

async fn damaged(answer: Answer) -> Result<Answer, Unreachable> {
    let (head, mut bytes) = whole(answer).await?;
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    Ok(Answer { body: Box::pin(stream::iter([Ok(bytes)])), ..head })
}
