//! A phone in somebody's hand, for stories that are told elsewhere than in Rust: it opens the home
//! of a terminal client, keeps in sync, and does what it is told line by line on its standard input.
//!
//! Each line is JSON, and each is answered with one line of JSON on the standard output.
#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::{
    env,
    error::Error,
    fs,
    io::{self, BufRead, Write},
    path::Path,
};

use data_encoding::HEXLOWER;
use enhance_client::{Conditions, DatabaseKey, DraftField, Environment, LearningCore, OpenOptions};
use enhance_model::{
    DocumentId,
    anchor::Place,
    change_project::{ProjectEdit, Section},
};
use serde::Deserialize;
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// What a phone is told to do.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum Order {
    /// Says what a section says here.
    Read { project: DocumentId, section: Section },
    /// Puts words where others stand, as somebody does who types: what is around them stays.
    Replace { project: DocumentId, section: Section, words: String, with: String },
    /// Makes so many changes of a section, each of which adds a letter.
    Grow { project: DocumentId, section: Section, changes: u32 },
}

fn main() -> Outcome {
    let home = env::args().nth(1).ok_or("say which home")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let core = open(Path::new(&home))?;
        core.set_conditions(Conditions { online: true, metered: false, foreground: true });
        let _keeping = core.keep_in_sync();
        say(&json!({ "ready": true }))?;
        for line in io::stdin().lock().lines() {
            say(&obey(&core, serde_json::from_str(&line?)?)?)?;
        }
        Ok(())
    })
}

/// The account of a terminal client, whose key is a file beside it.
fn open(home: &Path) -> Outcome<LearningCore> {
    let key = HEXLOWER.decode(fs::read_to_string(home.join("key"))?.trim().as_bytes())?;
    let key = DatabaseKey::from_bytes(key.try_into().map_err(|_| "the key has another length")?);
    let folder = home.join("account");
    let environment = Environment::real();
    Ok(LearningCore::open(OpenOptions { folder, key: Some(key), environment })?)
}

fn obey(core: &LearningCore, order: Order) -> Outcome<Value> {
    match order {
        Order::Read { project, section } => Ok(json!({ "text": text(core, project, section)? })),
        Order::Replace { project, section, words, with } => {
            // Who types in a plan has it open, and is seen there.
            core.enter(project, Place::Section(section))?;
            let view = core.project(project)?;
            let before = view.project.sections.get(&section).cloned().unwrap_or_default();
            let text = before.replacen(&words, &with, 1);
            let edit = ProjectEdit::Section { section, text: text.clone() };
            core.edit_project(project, Some(&view.version), &[edit])?;
            Ok(json!({ "text": text }))
        }
        Order::Grow { project, section, changes } => {
            let mut text = text(core, project, section)?;
            let mut version = core.project(project)?.version;
            for number in 0..changes {
                text.push(if number % 80 == 79 { '\n' } else { 'a' });
                core.autosave(project, &DraftField::Section(section), &version, &text)?;
                version = core.settle(project)?;
            }
            Ok(json!({ "changes": changes }))
        }
    }
}

fn text(core: &LearningCore, project: DocumentId, section: Section) -> Outcome<String> {
    Ok(core.project(project)?.project.sections.get(&section).cloned().unwrap_or_default())
}

/// Says one line at once, so that none waits in a buffer.
fn say(answer: &Value) -> Outcome {
    let mut out = io::stdout().lock();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}
