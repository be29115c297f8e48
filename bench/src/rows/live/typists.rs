//! Six people of a peer who write in one plan, each in a process of their own, and its server.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{letters::Letters, outcome::Outcome, script::PEOPLE};
use crate::{
    bench::Bench,
    peers::{LiveKind, Program},
};

/// The people and their server, which are gone when this is dropped.
pub struct Typists {
    people: Vec<Program>,
    server: Program,
}

impl Typists {
    /// Installs the peer if need be, makes the plan, and lets everybody open it.
    pub fn start(bench: &Bench, kind: &LiveKind, script: &Path) -> Result<Self> {
        bench.say(&format!("{} makes the plan", kind.name));
        let mut serve = kind.command(bench)?;
        serve.arg("serve").arg(script);
        let (server, address) = Program::start(kind.name, serve)?;
        let mut people = Vec::new();
        for person in 0..PEOPLE {
            let mut join = kind.command(bench)?;
            join.arg("type").arg(script).args([&address, &person.to_string()]);
            people.push(Program::start(kind.name, join)?.0);
        }
        Ok(Self { people, server })
    }

    /// Lets everybody type the words of a turn, and waits until all see all.
    pub fn turn(&mut self, turn: usize) -> Result<Outcome> {
        let (began, used, own_used) = (Instant::now(), self.server.used()?, self.used()?);
        let mut letters = Letters::default();
        thread::scope(|scope| -> Result<()> {
            let start = |person| scope.spawn(move || type_all(person, turn));
            let threads: Vec<_> = self.people.iter_mut().map(start).collect();
            for thread in threads {
                let ended = thread.join().map_err(|_| anyhow::anyhow!("a typist ended badly"))?;
                letters.join(ended?);
            }
            Ok(())
        })?;
        Ok(Outcome {
            letters: letters.took(),
            server: self.server.used()?.saturating_sub(used),
            clients: self.used()?.saturating_sub(own_used),
            wall: began.elapsed(),
            ..Outcome::default()
        })
    }

    fn used(&self) -> Result<Duration> {
        self.people.iter().map(Program::used).sum()
    }
}

/// Lets one of them type, and takes in what they note: words, and moments in microseconds.
fn type_all(person: &mut Program, turn: usize) -> Result<Letters> {
    person.tell(&turn.to_string())?;
    let mut letters = Letters::default();
    loop {
        let line = person.line()?;
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["typed", word, at] => letters.typed(word.to_owned(), moment(at)?),
            ["seen", word, at] => letters.seen(word.to_owned(), moment(at)?),
            ["done"] => return Ok(letters),
            _ => bail!("{} said {line:?}", person.name()),
        }
    }
}

fn moment(micros: &str) -> Result<Duration> {
    Ok(Duration::from_micros(micros.parse().context("a moment")?))
}
