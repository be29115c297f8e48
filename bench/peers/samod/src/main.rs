//! The bench's documents synced by samod.
//!
//! Its one argument is a JSON file: for each document the pieces it was typed in. They are made on
//! one repository; for every line on standard input a new, empty one fetches them all and says, as
//! a line of JSON, what that cost. Both repositories are in this process and keep what they have in
//! memory.

mod counted;

use std::{
    error::Error,
    fs,
    io::{BufRead, stdin},
    sync::Arc,
    time::{Duration, Instant},
};

use automerge::{Automerge, AutomergeError, ObjType, ROOT, ReadDoc, transaction::Transactable};
use futures::future::join_all;
use nix::time::{ClockId, clock_gettime};
use samod::{BackoffConfig, DocumentId, Repo};

use crate::counted::{Counted, Traffic};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(worker_threads = 2)]
async fn main() -> Outcome<()> {
    let file = std::env::args().nth(1).ok_or("the file with the documents is not named")?;
    let documents: Vec<Vec<String>> = serde_json::from_slice(&fs::read(file)?)?;
    let server = Repo::build_tokio().load().await;
    let mut ids = Vec::new();
    for pieces in &documents {
        let handle = server.create(typed(pieces)?).await?;
        ids.push(handle.document_id().clone());
    }
    println!("ready");
    for line in stdin().lock().lines() {
        line?;
        println!("{}", first_sync(&server, &ids).await?);
    }
    Ok(())
}

/// A document typed piece by piece, with a commit for each.
fn typed(pieces: &[String]) -> Outcome<Automerge> {
    let mut document = Automerge::new();
    for piece in pieces {
        document
            .transact::<_, _, AutomergeError>(|change| {
                let text = match change.get(ROOT, "text")? {
                    Some((_, text)) => text,
                    None => change.put_object(ROOT, "text", ObjType::Text)?,
                };
                let end = change.length(&text);
                change.splice_text(&text, end, 0, piece)
            })
            .map_err(|failure| failure.error)?;
    }
    Ok(document)
}

/// A new repository fetches everything.
async fn first_sync(server: &Repo, ids: &[DocumentId]) -> Outcome<serde_json::Value> {
    let traffic = Arc::new(Traffic::default());
    let acceptor = server.make_acceptor(url::Url::parse("bench://server")?)?;
    let client = Repo::build_tokio().load().await;
    let (began, used) = (Instant::now(), processor()?);
    let dialer = Counted { acceptor, traffic: Arc::clone(&traffic) };
    let dialer = client.dial(BackoffConfig::default(), Arc::new(dialer))?;
    dialer.established().await.map_err(|error| format!("{error:?}"))?;
    let found = join_all(ids.iter().map(|id| client.find(id.clone()))).await;
    let mut characters = 0;
    for handle in found {
        let handle = handle?.ok_or("a document was not found")?;
        characters += handle.with_document(|document| {
            let text = document.get(ROOT, "text").ok().flatten();
            text.map_or(0, |(_, text)| document.length(&text))
        });
    }
    let (wall, cpu) = (began.elapsed(), processor()?.saturating_sub(used));
    client.stop().await;
    let (up, down, messages) = traffic.counted();
    Ok(serde_json::json!({
        "documents": ids.len(),
        "characters": characters,
        "cpu_ms": cpu.as_secs_f64() * 1_000.0,
        "wall_ms": wall.as_secs_f64() * 1_000.0,
        "bytes_up": up,
        "bytes_down": down,
        "trips": messages,
    }))
}

fn processor() -> Outcome<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?.into())
}
