//! Ten thousand devices listen at the doorbell and hear nothing: what that takes, and how long
//! others wait who ask meanwhile.

use std::{
    fs, io, iter,
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use enhance_protocol::{doorbell::BEAT_SECONDS, path};
use enhance_tests::world::World;
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    bench::Bench,
    fixtures::{
        wire::{Wire, many_files},
        writer::{Kind, Writer},
    },
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
        samples::Samples,
    },
};

const SETTINGS: &str = "[limits]\nrequests_per_minute = 100000\n[door]\nconnections = 15000\n\
    connections_by_address = 15000\nlisteners = 15000\nenrolments_by_address = 1000000\n\
    enrolments = 1000000\n";
/// How long they are listened to: three beats of the server.
const LISTENED: Duration = Duration::from_secs(3 * BEAT_SECONDS);
/// Between two questions of who asks meanwhile.
const PACE: Duration = Duration::from_millis(20);
/// People in one table of invitations.
const INVITED_AT_ONCE: usize = 4_000;

/// What it was like for a while.
struct While {
    /// How long each question took, in milliseconds.
    answers: Samples,
    /// Milliseconds of the server's processor time in a second.
    server: f64,
}

pub fn run(bench: &mut Bench) -> Result<()> {
    let many = bench.either(200, 10_000);
    many_files()?;
    let folder = bench.passing_folder("listeners")?;
    let world = World::builder().seed(12).settings(SETTINGS).folder(&folder).process().begin();
    let address: SocketAddr = world.server.url().trim_start_matches("http://").parse()?;
    let process = world.server.process_id().context("a process")?;
    bench.say(&format!("enrolling {many} devices"));
    let tokens = enrol(&world, many)?;
    let mut asking = Asking { writer: Writer::new(&world, Kind::Pull), address, process };
    let how_long = bench.either(Duration::from_secs(2), LISTENED);
    let before = bench.wait(asking.ask_for(how_long))?;
    let resident = resident_bytes(process)?;
    bench.say(&format!("{many} devices listen"));
    let mut ears = Vec::new();
    for token in &tokens {
        ears.push(bench.wait(listen(address, token))?);
    }
    let with = resident_bytes(process)?;
    let during = bench.wait(asking.ask_for(how_long))?;
    let heard = ears.iter().map(still_hears).filter(|hears| *hears == Some(true)).count();
    let gone = ears.iter().map(still_hears).filter(Option::is_none).count();
    ensure!(gone == 0, "{gone} of {many} do not listen any more");
    ensure!(bench.quick || heard == ears.len(), "{heard} of {many} heard a beat");
    drop(ears);
    let after = bench.wait(asking.ask_for(how_long))?;
    report(bench, many as u64, (resident, with), [&before, &during, &after])
}

fn report(
    bench: &mut Bench,
    size: u64,
    (resident, with): (u64, u64),
    [before, during, after]: [&While; 3],
) -> Result<()> {
    let case = |what: &str| Case::new(what).at(size, "listeners");
    let bytes = |bytes: u64| Ok::<_, anyhow::Error>(f64::from(u32::try_from(bytes)?));
    let mut each = case("the server's memory for each who listens").unit(Unit::Bytes);
    each.ours_is(bytes(with.saturating_sub(resident) / size)?);
    let mut all = case("the server's memory, all of it").unit(Unit::Bytes);
    all.ours_is(bytes(with)?);
    all.beside_is("before", bytes(resident)?);
    let three = |mut case: Case, of: &dyn Fn(&While) -> Result<f64>| -> Result<Case> {
        case.ours_is(of(during)?);
        case.beside_is("before", of(before)?);
        case.beside_is("after", of(after)?);
        Ok(case)
    };
    let work = three(case("the server in a second of silence"), &|one| Ok(one.server))?;
    let share = |share: usize, goal: Goal| {
        let what = format!("nothing new, p{share} beside who listens");
        let of = |one: &While| one.answers.percentile(share).context("answers");
        three(case(&what).unit(Unit::WallMillis).goal(goal), &of)
    };
    for case in [each, all, work, share(50, Goal::Shown)?, share(99, Goal::Times(1.5))?] {
        bench.report(&case);
    }
    Ok(())
}

/// An invitation, as the command for many says it.
#[derive(Deserialize)]
struct Invited {
    invitation: String,
}

/// The tokens of devices of so many people.
fn enrol(world: &World, many: usize) -> Result<Vec<[u8; 20]>> {
    let (file, mut tokens) = (world.folder().join("people.csv"), Vec::new());
    for first in (0..many).step_by(INVITED_AT_ONCE) {
        let people = first..many.min(first + INVITED_AT_ONCE);
        let lines = people.map(|number| format!("Dr {number},trainee"));
        let lines: Vec<String> = iter::once("name,roles".to_owned()).chain(lines).collect();
        fs::write(&file, lines.join("\n"))?;
        let table = file.to_str().context("a path in Unicode")?;
        let said = world.server.command(&["invite", "--csv", table, "--json"])?;
        let invited: Vec<Invited> = serde_json::from_str(&said)?;
        let devices = invited.iter().map(|one| world.enrol_bare_device(&one.invitation));
        tokens.extend(devices.map(|device| device.token));
    }
    Ok(tokens)
}

/// Listens, and hears what is newest.
async fn listen(address: SocketAddr, token: &[u8; 20]) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    let token = data_encoding::BASE64URL_NOPAD.encode(token);
    let (path, host) = (path::DOORBELL, "host: bench\r\n");
    let asked = format!("GET {path} HTTP/1.1\r\n{host}authorization: Bearer {token}\r\n\r\n");
    stream.write_all(asked.as_bytes()).await?;
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("event: news") {
        ensure!(stream.read_buf(&mut heard).await? > 0, "the server hung up");
    }
    Ok(stream)
}

/// Whether something was said to who listens; none if that has ended.
fn still_hears(ear: &TcpStream) -> Option<bool> {
    match ear.try_read(&mut [0; 256]) {
        Ok(0) => None,
        Ok(_) => Some(true),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Some(false),
        Err(_) => None,
    }
}

/// Somebody who asks what is new, at a steady pace.
struct Asking {
    writer: Writer,
    address: SocketAddr,
    process: u32,
}

impl Asking {
    async fn ask_for(&mut self, how_long: Duration) -> Result<While> {
        let (mut wire, mut answers) = (Wire::to(self.address).await?, Samples::default());
        let server = Processor::Other(self.process);
        let (began, used) = (Instant::now(), server.used()?);
        while began.elapsed() < how_long {
            let request = self.writer.request()?;
            let asked = Instant::now();
            let answer = wire.ask(&request).await?;
            answers.add(asked.elapsed().as_secs_f64() * 1_000.0);
            self.writer.answered(&answer.body)?;
            tokio::time::sleep(PACE).await;
        }
        let cpu = server.used()?.saturating_sub(used).as_secs_f64() * 1_000.0;
        Ok(While { answers, server: cpu / began.elapsed().as_secs_f64() })
    }
}

/// Bytes of memory that a process has; Linux alone tells it like this.
fn resident_bytes(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("its memory")?;
    let kilobytes: u64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
    Ok(kilobytes << 10)
}
