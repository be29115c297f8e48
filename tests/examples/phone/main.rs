//! What an edit and an arrival cost on a phone, beside what they cost without this program: CPU of
//! the whole process, since cores are shared; waiting for the lock by the clock.
//!
//! `cargo run --release -p enhance-tests --example phone` asks for projects of 2,000, 20,000 and
//! 100,000 edits; other numbers can be given. All is made from one seed but for Automerge's actors.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(clippy::unwrap_used, reason = "a measurement that fails has nothing to say")]
#![allow(clippy::disallowed_methods, reason = "it looks at the clock to time what it does")]

mod bare;
mod costs;
mod project;
mod server;

use std::{env, path::Path, sync::Arc, time::Duration};

use enhance_client::{
    Budget, Cancellation, DatabaseKey, Environment, LearningCore, OpenOptions, SystemClock,
};
use enhance_model::{
    DocumentId, Version,
    change_project::{ProjectEdit, Section},
    reflection::ReflectionEdit,
};
use enhance_tests::chance::Chance;

use self::{
    bare::{BareDocument, BareStore},
    costs::{Costs, beside_somebody, cpu, spent},
    project::Project,
    server::InMemoryServer,
};

/// Edits of which the middle one counts.
const EDITS: usize = 100;

fn main() {
    let given: Vec<usize> = env::args().skip(1).map(|number| number.parse().unwrap()).collect();
    let sizes = if given.is_empty() { vec![2_000, 20_000, 100_000] } else { given };
    reflection();
    for edits in sizes {
        project(edits);
    }
}

/// A core of somebody who is enrolled at a server in memory.
fn enrolled(folder: &Path, chance: &Chance, server: &Arc<InMemoryServer>) -> LearningCore {
    let core = LearningCore::open(options(folder, chance, server)).unwrap();
    let cancel = Cancellation::new();
    let enrolling = core.enrol("https://bench.example", "X", "phone", &cancel);
    runtime().block_on(enrolling).unwrap();
    core
}

fn options(folder: &Path, chance: &Chance, server: &Arc<InMemoryServer>) -> OpenOptions {
    let environment = Environment {
        clock: Arc::new(SystemClock),
        randomness: Arc::new(chance.clone()),
        transport: server.clone(),
    };
    let key = Some(DatabaseKey::from_bytes([7; 32]));
    OpenOptions { folder: folder.to_owned(), key, environment }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn sync(core: &LearningCore) {
    let (budget, cancel) = (Budget::default(), Cancellation::new());
    runtime().block_on(core.sync(budget, &cancel, &|_| ())).unwrap();
}

fn reflection() {
    let (folder, chance) = (tempfile::tempdir().unwrap(), Chance::from_seed(1));
    let server = Arc::new(InMemoryServer::default());
    let core = enrolled(folder.path(), &chance, &server);
    let id = core.create_reflection("free", "Night shift", None).unwrap();
    let mut text = project::prose(&chance, 3_300);
    let mut limit = BareDocument::new(&text);
    let mut store = BareStore::new();
    let (mut ours, mut engine, mut database) = <(Costs, Costs, Costs)>::default();
    let mut base: Option<Version> = None;
    for edit in 0..=EDITS {
        if edit > 0 {
            text.push_str(" and twenty letters.");
        }
        let prompt = "what".to_owned();
        let edits = [ReflectionEdit::Answer { prompt, text: text.clone() }];
        let (cost, version) = spent(|| core.edit_reflection(id, base.as_ref(), &edits).unwrap());
        base = Some(version);
        let (engine_cost, made) = spent(|| limit.append(" and twenty letters."));
        // Sealed and padded, a change of this length takes two buckets.
        let (store_cost, ()) = spent(|| store.append(&made, &text));
        if edit > 0 {
            ours.add(cost);
            engine.add(engine_cost);
            database.add(store_cost);
        }
    }
    println!("an edit of a sealed reflection of {} characters", text.len());
    costs::row("edit, durable", &ours, &[("SQLite", &database), ("Automerge", &engine)]);
}

fn project(edits: usize) {
    let (folder, chance) = (tempfile::tempdir().unwrap(), Chance::from_seed(2));
    let server = Arc::new(InMemoryServer::default());
    let core = enrolled(folder.path(), &chance, &server);
    let mut project = Project::typed(&chance, edits);
    println!("a project of {edits} edits, {} characters", project.chars());
    sync_costs(&core, &server, project.offers(), "all of it arrives", None);
    let id = project.id;
    // The first edit folds the history.
    let mut text = section(&core, id);
    let base = edit(&core, id, None, &mut text);
    drop(core);

    let core = LearningCore::open(options(folder.path(), &chance, &server)).unwrap();
    let saved = project.saved();
    let (load, _) = spent(|| BareDocument::load(&saved));
    let before = cpu();
    let mut base = edit(&core, id, Some(&base), &mut text);
    let ready = cpu().saturating_sub(before);
    costs::row("ready to edit, with that edit", &ready.into(), &[("load", &load.into())]);

    let (mut ours, mut engine, mut database) = <(Costs, Costs, Costs)>::default();
    let (mut limit, mut store) = (BareDocument::load(&saved), BareStore::new());
    for _ in 0..EDITS {
        let before = cpu();
        base = edit(&core, id, Some(&base), &mut text);
        ours.add(cpu().saturating_sub(before));
        let (engine_cost, made) = spent(|| limit.append("four"));
        engine.add(engine_cost);
        database.add(spent(|| store.append(&made, &change_sized(3_000))).0);
    }
    let limits: [(&str, &Costs); 2] = [("SQLite", &database), ("Automerge", &engine)];
    costs::row("warm edit, durable", &ours, &limits);
    sync(&core);
    for count in [1, 1, 1_000] {
        let (offers, changes) = project.more(count);
        let applied = spent(|| limit.apply(&changes)).0;
        let name = format!("{count} remote changes, in memory");
        sync_costs(&core, &server, offers, &name, Some(applied));
    }
    drop(core);
    let core = LearningCore::open(options(folder.path(), &chance, &server)).unwrap();
    let (offers, changes) = project.more(1);
    let (applied, ()) = spent(|| BareDocument::load(&project.saved()).apply(&changes));
    sync_costs(&core, &server, offers, "1 remote change, not in memory", Some(applied));
    assert!(section(&core, id).contains(project::MARK), "what arrived is not shown");
}

/// As long as the row of a reflection.
fn change_sized(bytes: usize) -> String {
    "x".repeat(bytes)
}

fn sync_costs(
    core: &LearningCore,
    server: &InMemoryServer,
    offers: Vec<enhance_protocol::Offer>,
    name: &str,
    limit: Option<Duration>,
) {
    server.hand_out(offers);
    let (ours, wait) = beside_somebody(core, || sync(core));
    let limit = limit.map(Costs::from);
    let limits: Vec<_> = limit.iter().map(|limit| ("one batch", limit)).collect();
    costs::row(name, &ours.into(), &limits);
    println!("{:>34} {wait:>9.2?} at most", "others waited for the lock");
}

fn section(core: &LearningCore, id: DocumentId) -> String {
    core.project(id).unwrap().project.sections.remove(&Section::Problem).unwrap_or_default()
}

/// Types four letters at the end of a section.
fn edit(core: &LearningCore, id: DocumentId, base: Option<&Version>, text: &mut String) -> Version {
    text.push_str("four");
    let edit = ProjectEdit::Section { section: Section::Problem, text: text.clone() };
    core.edit_project(id, base, &[edit]).unwrap()
}
