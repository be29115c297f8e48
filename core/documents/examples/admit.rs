//! What the gate costs: changes admitted at once to a project that was typed in 2,000 sittings.
//!
//! `cargo run --release -p enhance-documents --example admit`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(clippy::disallowed_methods, reason = "it looks at the clock to time what it does")]

use std::time::Instant;

use enhance_documents::{AdmissionRules, Document, DocumentError, Edit, NewDocument, Ruling};
use enhance_model::{
    DeviceId, Limits, PersonId, Timestamp,
    change_project::{ProjectEdit, Section},
};

const WRITER: DeviceId = DeviceId::from_bytes([1; 16]);
const READER: DeviceId = DeviceId::from_bytes([2; 16]);
const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);
const SITTINGS: usize = 2_000;

fn main() -> Result<(), DocumentError> {
    let (changes, chars) = typed()?;
    println!("a project of {} changes and {chars} characters", changes.len());
    let limits = Limits::default();
    let rules = AdmissionRules::from_device(WRITER, &limits, 0);
    for new in [1, 10, 100, 1_000] {
        let (known, arriving) = changes.split_at(changes.len() - new);
        let mut document = Document::open(known, READER)?;
        let began = Instant::now();
        let admission = document.admit(arriving, &rules);
        let took = began.elapsed();
        let admitted =
            admission.findings.iter().filter(|one| one.ruling == Ruling::Admitted).count();
        println!("{admitted:>6} of {new:>5} changes admitted at once in {took:>8.1?}");
    }
    Ok(())
}

/// Every change of the project, and how long its text is.
fn typed() -> Result<(Vec<Vec<u8>>, usize), DocumentError> {
    let owner = PersonId::from_bytes([3; 16]);
    let (title, nothing) = ("Fewer falls".to_owned(), String::new());
    let new = NewDocument::ChangeProject { owner, title, topic: nothing.clone(), setting: nothing };
    let (mut document, created) = Document::create(&new, WRITER, NOW)?;
    let (mut changes, mut text) = (vec![created.bytes], String::new());
    for sitting in 0..SITTINGS {
        text.extend(["word", &sitting.to_string(), " and "]);
        let edit = ProjectEdit::Section { section: Section::Plan, text: text.clone() };
        let change = document.edit(None, &[Edit::ChangeProject(edit)], NOW)?;
        changes.extend(change.map(|change| change.bytes));
    }
    Ok((changes, text.chars().count()))
}
