//! Ten thousand devices listen at the doorbell and hear nothing: what that takes, and how long
//! others wait who ask meanwhile.

use std::{
    fs,
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use enhance_model::Role;
use enhance_protocol::path;
use enhance_tests::world::World;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    bench::Bench,
    fixtures::{
        wire::Wire,
        writer::{Kind, Writer},
    },
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
        samples::Samples,
    },
};

const SETTINGS: &str = "[limits]\nrequests_per_minute = 100000\n[door]\nconnections = 20000\n\
    connections_by_address = 20000\nlisteners = 20000\nenrolments_by_address = 1000000\n\
    enrolments = 1000000\n";
/// How long they are listened to: several beats of the server.
const LISTENED: Duration = Duration::from_secs(40);
/// Between two questions of who asks meanwhile.
const PACE: Duration = Duration::from_millis(20);

pub fn run(bench: &mut Bench) -> Result<()> {
    let many = bench.either(200, 10_000);
    let folder = bench.passing_folder("listeners")?;
    let world = World::builder().seed(12).settings(SETTINGS).folder(&folder).process().begin();
    let address: SocketAddr = world.server.url().trim_start_matches("http://").parse()?;
    let process = world.server.process_id().context("a process")?;
    bench.say(&format!("enrolling {many} devices"));
    let tokens: Vec<[u8; 20]> =
        (0..many).map(|_| world.bare_device(Role::Trainee, "Dr Ana Ruiz").token).collect();
    let mut asking = Writer::new(&world, Kind::Pull);
    let listened = bench.either(Duration::from_secs(2), LISTENED);
    let before = bench.wait(ask_for(&mut asking, address, listened / 4))?;
    let (resident, server) = (resident_bytes(process)?, Processor::Other(process));
    let mut ears = Vec::new();
    for token in &tokens {
        ears.push(bench.wait(listen(address, token))?);
    }
    let each = (resident_bytes(process)?.saturating_sub(resident)) / u64::try_from(many)?;
    let (began, used) = (Instant::now(), server.used()?);
    let during = bench.wait(ask_for(&mut asking, address, listened))?;
    let cpu = server.used()?.saturating_sub(used).as_secs_f64() * 1_000.0;
    let of_second = cpu / began.elapsed().as_secs_f64();
    let still = ears.iter().filter(|ear| ear.try_read(&mut [0; 64]).is_ok()).count();
    ensure!(still == ears.len(), "{} of {many} do not listen any more", ears.len() - still);
    let size = u64::try_from(many)?;
    let mut memory =
        Case::new("the server's memory for who listens").at(size, "listeners").unit(Unit::Bytes);
    memory.ours_is(f64::from(u32::try_from(each)?));
    let mut work = Case::new("the server in a second of silence").at(size, "listeners");
    work.ours_is(of_second);
    let mut wait = Case::new("nothing new, p99 beside who listens").at(size, "listeners");
    wait = wait.unit(Unit::WallMillis).goal(Goal::Times(1.5));
    wait.ours_is(during.percentile(99).context("answers")?);
    wait.beside_is("before", before.percentile(99).context("answers")?);
    for case in [memory, work, wait] {
        bench.report(&case);
    }
    Ok(())
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

/// Asks what is new, at a steady pace, and says how long each answer took in milliseconds.
async fn ask_for(writer: &mut Writer, address: SocketAddr, how_long: Duration) -> Result<Samples> {
    let (mut wire, mut took) = (Wire::to(address).await?, Samples::default());
    let end = Instant::now() + how_long;
    while Instant::now() < end {
        let request = writer.request()?;
        let began = Instant::now();
        let answer = wire.ask(&request).await?;
        took.add(began.elapsed().as_secs_f64() * 1_000.0);
        writer.answered(&answer.body)?;
        tokio::time::sleep(PACE).await;
    }
    Ok(took)
}

/// Bytes of memory that a process has; Linux alone tells it like this.
fn resident_bytes(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("its memory")?;
    let kilobytes: u64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
    Ok(kilobytes << 10)
}
