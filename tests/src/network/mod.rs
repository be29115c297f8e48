//! The network between one device and the server: a proxy on loopback that can do to bytes what
//! real networks do.
//!
//! Every device has its own, so that one may be on a ward without signal while another is not.

mod http;
mod judge;
mod recording;
mod weather;

use std::{
    collections::VecDeque,
    io::{self, BufReader, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use enhance_protocol::path;
pub(crate) use http::{Side, body, first_line, header, read_message};
pub use judge::{Impostor, Judge};
pub(crate) use recording::holds;
pub use recording::{Passage, Recording};
use weather::Forecast;
pub use weather::{Answer, Portal, Weather};

/// Where the server is now. A server that starts again may be elsewhere; devices never notice.
pub type Upstream = Arc<Mutex<SocketAddr>>;

/// The network of one device.
#[derive(Debug)]
pub struct Network {
    address: SocketAddr,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    upstream: Upstream,
    forecast: Mutex<Forecast>,
    recording: Mutex<Recording>,
    attempts: AtomicUsize,
    closed: AtomicBool,
}

impl Network {
    /// A clear network to the server.
    pub fn to(upstream: Upstream) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let forecast = Forecast { standing: Weather::Clear, place: "", next: VecDeque::new() };
        let inner = Arc::new(Inner {
            upstream,
            forecast: Mutex::new(forecast),
            recording: Mutex::default(),
            attempts: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&inner);
        thread::spawn(move || accept(&listener, &accepting));
        Ok(Self { address, inner })
    }

    /// The address a device takes for the server's.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What happens to every request from now on.
    pub fn set(&self, weather: Weather) {
        self.set_for("", weather);
    }

    /// What happens to every request from now on whose path has this in it. Others pass.
    pub fn set_for(&self, place: &'static str, weather: Weather) {
        let mut forecast = lock(&self.inner.forecast);
        (forecast.standing, forecast.place) = (weather, place);
    }

    /// Lets everything pass from now on.
    pub fn up(&self) {
        let mut forecast = lock(&self.inner.forecast);
        (forecast.standing, forecast.place) = (Weather::Clear, "");
        forecast.next.clear();
    }

    /// Lets nothing pass from now on.
    pub fn down(&self) {
        self.set(Weather::Down);
    }

    /// What happens to the next request; later ones meet the weather as it is set.
    pub fn next(&self, weather: Weather) {
        lock(&self.inner.forecast).next.push_back(weather);
    }

    /// Everything that has passed so far.
    pub fn recording(&self) -> Recording {
        lock(&self.inner.recording).clone()
    }

    /// How often the device has asked for something, with or without success.
    pub fn attempts(&self) -> usize {
        self.inner.attempts.load(Ordering::SeqCst)
    }

    /// Forgets what has passed.
    pub fn forget(&self) {
        self.inner.attempts.store(0, Ordering::SeqCst);
        *lock(&self.inner.recording) = Recording::default();
    }

    /// Sends every recorded request to the server once more, as a confused middlebox might.
    pub fn repeat_everything(&self) -> io::Result<usize> {
        let passages = self.recording().passages;
        for passage in &passages {
            self.inner.ask(&passage.request)?;
        }
        Ok(passages.len())
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.inner.closed.store(true, Ordering::SeqCst);
        // Wakes the accepting thread so that it sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

fn accept(listener: &TcpListener, inner: &Arc<Inner>) {
    for connection in listener.incoming() {
        if inner.closed.load(Ordering::SeqCst) {
            return;
        }
        let Ok(connection) = connection else { continue };
        if lock(&inner.forecast).is_down() {
            inner.attempts.fetch_add(1, Ordering::SeqCst);
            continue;
        }
        let inner = Arc::clone(inner);
        // A connection that breaks is what this network is for.
        thread::spawn(move || drop(inner.serve(&connection)));
    }
}

impl Inner {
    fn serve(&self, device: &TcpStream) -> io::Result<()> {
        device.set_nodelay(true)?;
        let mut from_device = BufReader::new(device);
        while let Some(request) = read_message(&mut from_device, Side::Request)? {
            self.attempts.fetch_add(1, Ordering::SeqCst);
            let weather = lock(&self.forecast).take(&request);
            if !self.pass(&request, &weather, device)? {
                break;
            }
        }
        device.shutdown(Shutdown::Both)
    }

    /// Passes one request on. False if the connection ends with it.
    fn pass(&self, request: &[u8], weather: &Weather, device: &TcpStream) -> io::Result<bool> {
        match weather {
            Weather::Clear => self.clear(request, device),
            Weather::Buffering => self.relay(request, device),
            Weather::Slow { before, within } => {
                pause(device, *before)?;
                self.deliver(request, device, |mut to, answer| {
                    let (first, second) = answer.split_at(answer.len() / 2);
                    to.write_all(first)?;
                    pause(device, *within)?;
                    to.write_all(second)
                })
            }
            Weather::Twice { answer } => self.twice(request, *answer, device),
            Weather::Narrow { most, says: _ } if request.len() <= *most => {
                self.relay(request, device)
            }
            Weather::Portal(portal) | Weather::Narrow { says: Some(portal), .. } => {
                say(device, &portal.message())
            }
            Weather::Instead(answer) => say(device, answer),
            Weather::Damage { at } => self.deliver(request, device, |mut to, answer| {
                let mut damaged = answer.to_vec();
                let head = damaged.len() - body(answer).len();
                if let Some(byte) = damaged.get_mut(head + at) {
                    *byte ^= 0x55;
                }
                to.write_all(&damaged)
            }),
            Weather::OtherHead(line) => self.deliver(request, device, |mut to, answer| {
                to.write_all(&with_other_head(answer, *line))
            }),
            Weather::CutResponse { after } => self.cut_answer(request, *after, device),
            Weather::CutRequest { after } => self.cut(request, *after),
            Weather::Silence => {
                self.ask(request)?;
                until_gone(device)
            }
            Weather::BlackHole => until_gone(device),
            Weather::Down | Weather::Narrow { says: None, .. } => Ok(false),
            Weather::Judged(judge) => match judge.judge(request) {
                Some(judgement) => {
                    let answer = self.ask(&judgement.request)?;
                    say(device, &judgement.complete(&answer).unwrap_or(answer))
                }
                None => self.relay(request, device),
            },
            Weather::Answered(impostor) => {
                self.say_or_relay(impostor.answer(request), request, device)
            }
            Weather::OneAtATime => {
                self.say_or_relay(judge::refusal_of_many(request), request, device)
            }
        }
    }

    /// Asks the server twice, and passes one of its answers on.
    fn twice(&self, request: &[u8], answer: Answer, device: &TcpStream) -> io::Result<bool> {
        if matches!(answer, Answer::Second) {
            self.ask(request)?;
            return self.relay(request, device);
        }
        let more = self.relay(request, device)?;
        self.ask(request)?;
        Ok(more)
    }

    /// Asks the server, and passes no more than the beginning of its answer on.
    fn cut_answer(&self, request: &[u8], after: usize, device: &TcpStream) -> io::Result<bool> {
        self.deliver(request, device, |mut to, answer| {
            to.write_all(&answer[..after.min(answer.len())])
        })?;
        Ok(false)
    }

    /// Says this in the place of the server, or asks it if there is nothing to say.
    fn say_or_relay(
        &self,
        answer: Option<Vec<u8>>,
        request: &[u8],
        device: &TcpStream,
    ) -> io::Result<bool> {
        match answer {
            Some(answer) => say(device, &answer),
            None => self.relay(request, device),
        }
    }

    /// Passes the beginning of a request on, and returns when the server has given up on it, so that
    /// what follows comes after it.
    fn cut(&self, request: &[u8], after: usize) -> io::Result<bool> {
        let mut server = self.connect()?;
        server.write_all(&request[..after.min(request.len())])?;
        server.shutdown(Shutdown::Write)?;
        drop(server.read_to_end(&mut Vec::new()));
        Ok(false)
    }

    /// Passes an answer on whole, and one without an end as it comes.
    fn clear(&self, request: &[u8], device: &TcpStream) -> io::Result<bool> {
        if is_of_doorbell(request) {
            return self.stream(request, device);
        }
        self.relay(request, device)
    }

    /// Passes an answer on as it comes, until one of the two ends is gone or the network is down.
    /// Both ends are told that nothing comes behind it: it would be waited for in vain.
    fn stream(&self, request: &[u8], mut device: &TcpStream) -> io::Result<bool> {
        let mut server = self.connect()?;
        let (line, fields) = request.split_at(first_line(request).len());
        server.write_all(&[line, b"\r\nconnection: close", fields].concat())?;
        server.set_read_timeout(Some(Duration::from_millis(50)))?;
        let mut some = [0; 4096];
        while !lock(&self.forecast).is_down() && !self.closed.load(Ordering::SeqCst) {
            match server.read(&mut some) {
                Ok(0) => break,
                Ok(bytes) => device.write_all(&some[..bytes])?,
                Err(error) if is_silence(&error) && !is_gone(device) => {}
                Err(_) => break,
            }
        }
        Ok(false)
    }

    fn relay(&self, request: &[u8], device: &TcpStream) -> io::Result<bool> {
        self.deliver(request, device, |mut to, answer| to.write_all(answer))
    }

    fn deliver(
        &self,
        request: &[u8],
        device: &TcpStream,
        deliver: impl FnOnce(&TcpStream, &[u8]) -> io::Result<()>,
    ) -> io::Result<bool> {
        let answer = self.ask(request)?;
        let passage = Passage { request: request.to_vec(), response: answer.clone() };
        lock(&self.recording).passages.push(passage);
        deliver(device, &answer)?;
        Ok(true)
    }

    fn ask(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut server = self.connect()?;
        server.write_all(request)?;
        let answer = read_message(&mut BufReader::new(&server), Side::Response)?;
        answer.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let address = *lock(&self.upstream);
        let server = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        server.set_nodelay(true)?;
        server.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(server)
    }
}

fn is_of_doorbell(request: &[u8]) -> bool {
    first_line(request).contains(path::DOORBELL)
}

fn is_silence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// Whether a device has closed its connection.
fn is_gone(device: &TcpStream) -> bool {
    let looked = device.set_nonblocking(true).and_then(|()| device.peek(&mut [0]));
    let restored = device.set_nonblocking(false);
    matches!(looked, Ok(0)) || restored.is_err()
}

/// An answer whose head is written anew, line by line.
fn with_other_head(answer: &[u8], line: fn(&str) -> Option<String>) -> Vec<u8> {
    let (head, body) = answer.split_at(answer.len() - body(answer).len());
    let head = String::from_utf8_lossy(head);
    let head: Vec<String> = head.trim_end().lines().filter_map(line).collect();
    [format!("{}\r\n\r\n", head.join("\r\n")).as_bytes(), body].concat()
}

fn say(mut device: &TcpStream, answer: &[u8]) -> io::Result<bool> {
    device.write_all(answer)?;
    Ok(true)
}

/// Holds the connection until the device gives up.
fn until_gone(mut device: &TcpStream) -> io::Result<bool> {
    device.read_to_end(&mut Vec::new())?;
    Ok(false)
}

/// Lets time pass. An error if the device gives up before.
fn pause(device: &TcpStream, pause: Duration) -> io::Result<()> {
    // The system's timeouts on sockets are coarse.
    if pause < Duration::from_millis(20) {
        thread::sleep(pause);
        return Ok(());
    }
    device.set_read_timeout(Some(pause))?;
    let heard = device.peek(&mut [0]);
    device.set_read_timeout(None)?;
    match heard.map_err(|error| error.kind()) {
        Err(io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => Ok(()),
        _ => Err(io::ErrorKind::ConnectionAborted.into()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
