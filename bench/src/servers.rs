//! Servers that this program becomes when it is started as one: a process of their own each, so
//! that their processor time can be told from everything else's.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use anyhow::{Context, Result};
use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use clap::Parser;
use enhance_server::command::CommandLine;
use rusqlite::{Connection, params};
use tokio::{net::TcpListener, runtime::Builder, sync::oneshot};

/// The first argument that makes this program a bare server.
pub const BARE: &str = "bare-server";

/// At most so many pushes are in one transaction.
const GROUP: usize = 512;

/// The product's server, built as this program was.
pub fn product(arguments: &[String]) -> Result<()> {
    let line = [&["enhance-server".to_owned()], arguments].concat();
    Ok(CommandLine::try_parse_from(line)?.run(&mut std::io::stdout())?)
}

struct Push {
    body: Bytes,
    stored: oneshot::Sender<()>,
}

/// The limit of pushes: HTTP, one table, one writer whose transactions are durable and shared.
pub fn bare(arguments: &[String]) -> Result<()> {
    let [database, listen] = arguments else { anyhow::bail!("{BARE} DATABASE LISTEN") };
    let (database, listen) = (PathBuf::from(database), listen.parse::<SocketAddr>()?);
    let connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE entry (sequence INTEGER PRIMARY KEY, hash BLOB UNIQUE, body BLOB)",
    )?;
    let (pushes, waiting) = channel();
    thread::spawn(move || write(connection, &waiting));
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        println!("enhance-server ready at http://{}", listener.local_addr()?);
        let router = Router::new().route("/push", post(push)).with_state(pushes);
        axum::serve(listener, router).await.context("the bare server")
    })
}

async fn push(State(pushes): State<Sender<Push>>, body: Bytes) -> StatusCode {
    let (stored, answer) = oneshot::channel();
    let sent = pushes.send(Push { body, stored });
    if sent.is_ok() && answer.await.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

fn write(mut connection: Connection, waiting: &Receiver<Push>) -> Result<()> {
    while let Ok(first) = waiting.recv() {
        let group: Vec<Push> =
            std::iter::once(first).chain(waiting.try_iter().take(GROUP)).collect();
        let write = connection.transaction()?;
        for push in &group {
            write
                .prepare_cached("INSERT OR IGNORE INTO entry (hash, body) VALUES (?1, ?2)")?
                .execute(params![push.body.get(..32), push.body.as_ref()])?;
        }
        write.commit()?;
        for push in group {
            // Who asked may be gone.
            let _ = push.stored.send(());
        }
    }
    Ok(())
}
