//! What the gate costs: changes admitted to a project that was typed in 500, 2,000 and 8,000
//! sittings, by its catalogue alone and together with applying them.
//!
//! `cargo run --release -p enhance-documents --example admit`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(clippy::disallowed_methods, reason = "it looks at the clock to time what it does")]

use std::{error::Error, time::Instant};

use enhance_documents::{
    AdmissionRules, Catalogue, Document, DocumentError, Edit, NewDocument, Ruling,
};
use enhance_model::{
    DeviceId, DocumentKind, Limits, PersonId, Timestamp,
    change_project::{ProjectEdit, Section},
};

const WRITER: DeviceId = DeviceId::from_bytes([1; 16]);
const READER: DeviceId = DeviceId::from_bytes([2; 16]);
const OWNER: PersonId = PersonId::from_bytes([3; 16]);
const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);
fn main() -> Result<(), Box<dyn Error>> {
    for sittings in [500, 2_000, 8_000] {
        let (changes, chars) = typed(sittings)?;
        println!("a project of {} changes and {chars} characters", changes.len());
        for new in [1, 100] {
            admit(&changes, new)?;
        }
    }
    Ok(())
}

fn admit(changes: &[Vec<u8>], new: usize) -> Result<(), Box<dyn Error>> {
    let limits = Limits::default();
    let rules = AdmissionRules::from_device(WRITER, &limits, 0);
    let (known, arriving) = changes.split_at(changes.len() - new);
    let mut catalogue = Catalogue::of(DocumentKind::ChangeProject, OWNER, known)
        .map_err(|code| code.to_string())?;
    let began = Instant::now();
    let admission = catalogue.admit(arriving, &rules);
    let judged = began.elapsed();
    let admitted = admission.findings.iter().filter(|one| one.ruling == Ruling::Admitted).count();

    let mut document = Document::open(known, READER)?;
    // The catalogue of a document is made when it is needed first.
    document.admit(&[] as &[&[u8]], &rules);
    let began = Instant::now();
    document.admit(arriving, &rules);
    let applied = began.elapsed();
    println!("{admitted:>6} of {new:>4} judged in {judged:>8.1?}, and applied in {applied:>8.1?}");
    Ok(())
}

/// Every change of the project, and how long its text is.
fn typed(sittings: usize) -> Result<(Vec<Vec<u8>>, usize), DocumentError> {
    let (title, nothing) = ("Fewer falls".to_owned(), String::new());
    let new = NewDocument::ChangeProject {
        owner: OWNER,
        title,
        topic: nothing.clone(),
        setting: nothing,
    };
    let (mut document, created) = Document::create(&new, WRITER, NOW)?;
    let (mut changes, mut text) = (vec![created.bytes], String::new());
    for sitting in 0..sittings {
        text.extend(["word", &sitting.to_string(), " and "]);
        let edit = ProjectEdit::Section { section: Section::Plan, text: text.clone() };
        let change = document.edit(None, &[Edit::ChangeProject(edit)], NOW)?;
        changes.extend(change.map(|change| change.bytes));
    }
    Ok((changes, text.chars().count()))
}
