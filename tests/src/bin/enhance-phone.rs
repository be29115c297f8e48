//! A phone that saves and syncs until it is killed.
//!
//! It says on its standard output what it was told is safe, a line for each, and nothing else. The
//! story that ends it in the middle then looks whether that is true.
#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::{env, error::Error, io::Write};

use enhance_client::{
    Budget, Cancellation, DatabaseKey, DraftField, Environment, LearningCore, NewSession,
    OpenOptions,
};
use enhance_model::{
    DocumentId, Minutes, Timestamp,
    change_project::{ProjectEdit, Section},
    personal_record::SessionKind,
    reflection::ReflectionEdit,
};
use enhance_tests::{content, device::in_its_turn, phone::Orders, wait};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let orders = Orders::from_arguments(env::args().skip(1))?;
    let options = OpenOptions {
        folder: orders.folder.clone(),
        key: Some(DatabaseKey::from_bytes(orders.key)),
        environment: Environment::real(),
    };
    let core =
        wait::until("the folder to be free", || in_its_turn(LearningCore::open(options.clone())))?;
    say("ready")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for number in 0_u32.. {
        let word = format!("{}x{number}", orders.prefix);
        match number % 4 {
            0 => write_project(&core, orders.project, &word)?,
            1 => write_reflection(&core, orders.reflection, &word)?,
            2 => type_draft(&core, orders.reflection, &word)?,
            _ => note_session(&core, &word)?,
        }
        if orders.sync && number % 3 == 0 {
            let cancellation = Cancellation::new();
            let synced = core.sync(Budget::default(), &cancellation, &|_| {});
            // The server is ended now and then as well; that is nothing to stop for.
            if runtime.block_on(synced).is_ok_and(|report| report.waiting == 0) {
                say(&format!("stored {word}"))?;
            }
        }
    }
    Ok(())
}

/// Says one line at once, so that none waits in a buffer when the phone is killed.
fn say(line: &str) -> Outcome {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    Ok(out.flush()?)
}

fn write_project(core: &LearningCore, project: DocumentId, word: &str) -> Outcome {
    let view = core.project(project)?;
    let text = view.project.sections.get(&Section::Plan).cloned().unwrap_or_default();
    let edit = ProjectEdit::Section { section: Section::Plan, text: format!("{text}{word} ") };
    core.edit_project(project, Some(&view.version), &[edit])?;
    say(&format!("project {word}"))
}

fn write_reflection(core: &LearningCore, reflection: DocumentId, word: &str) -> Outcome {
    let view = core.reflection(reflection)?;
    let text = view.reflection.answers.get(content::PROMPT).cloned().unwrap_or_default();
    let prompt = content::PROMPT.to_owned();
    let edit = ReflectionEdit::Answer { prompt, text: format!("{text}{word} ") };
    core.edit_reflection(reflection, Some(&view.version), &[edit])?;
    say(&format!("reflection {word}"))
}

fn type_draft(core: &LearningCore, reflection: DocumentId, word: &str) -> Outcome {
    let version = core.reflection(reflection)?.version;
    let field = DraftField::Answer(content::OTHER_PROMPT.to_owned());
    core.autosave(reflection, &field, &version, word)?;
    say(&format!("draft {word}"))
}

fn note_session(core: &LearningCore, word: &str) -> Outcome {
    core.add_session(NewSession {
        title: word.to_owned(),
        activity: None,
        module: None,
        start: Timestamp::from_unix_millis(0),
        minutes: Minutes(1),
        kind: SessionKind::Other,
    })?;
    say(&format!("session {word}"))
}
