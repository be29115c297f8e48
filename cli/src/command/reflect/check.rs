//! Looking through what leaves for another reader for what may tell who somebody is.

use std::{
    io::{self, BufRead as _},
    path::PathBuf,
};

use enhance_client::{LearningCore, PlacedFinding, SharingCheck, TextPlace};
use enhance_model::{
    DocumentId, Quoted,
    identifiers::{FindingKind, Severity},
};

use super::arguments::ReflectionArguments;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::{Sheet, note},
};

/// Shows what may tell who somebody is, and shares nothing.
pub fn check(context: &Context, arguments: &ReflectionArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::any(&core, &arguments.id)?;
    let found = core.check_before_sharing(id)?;
    show(context, &core, &found, |sheet| {
        if !found.probable.is_empty() {
            hint(sheet, &core, id);
        }
    })
}

/// Shows what was found in something, and what to do about it.
pub fn show(
    context: &Context,
    core: &LearningCore,
    found: &SharingCheck,
    next: impl FnOnce(&mut Sheet),
) -> Result<Exit, Failure> {
    let labels = labels(core, found.document);
    context.output.answer(found, |sheet| {
        write_found(sheet, found, &labels);
        next(sheet);
    })?;
    Ok(Exit::Done)
}

/// Whether what was found keeps nothing back: there is nothing probable, or the person says that they
/// have seen it. Where nobody can be asked, nothing is said here: the refusal says what to do.
pub fn may_leave(
    context: &Context,
    core: &LearningCore,
    found: &SharingCheck,
    (acknowledge, question): (bool, &str),
) -> Result<bool, Failure> {
    if found.probable.is_empty() || acknowledge {
        return Ok(true);
    }
    if !context.output.can_ask() {
        return Ok(false);
    }
    let labels = labels(core, found.document);
    let probable = |one: &&PlacedFinding| one.finding.severity == Severity::ProbableIdentifier;
    for one in found.findings.iter().filter(probable) {
        let place = place(&one.place, &labels);
        note(&format!("{place}: {}. {}", Quoted(&one.finding.text), one.finding.reason));
    }
    if let Some(files) = found.probable.get(&FindingKind::UnseenFile) {
        note(&format!("{}: look at them yourself.", FindingKind::UnseenFile.count(*files)));
    }
    let question =
        format!("{question} all the same? Type yes, or anything else to change it first.");
    is_meant(&question)
}

/// Asks about what was found in words that others are to read, and notes that it was seen. Where
/// nobody can be asked, the core refuses the words.
pub fn may_say(
    context: &Context,
    core: &LearningCore,
    (about, words): (DocumentId, &[&str]),
    acknowledge: bool,
) -> Result<(), Failure> {
    let found = core.check_before_saying(about, words)?;
    if may_leave(context, core, &found, (acknowledge, "Say it"))? {
        core.acknowledge(found.acknowledgement)?;
    }
    Ok(())
}

/// Asks what only a person can answer.
fn is_meant(question: &str) -> Result<bool, Failure> {
    note(question);
    let mut typed = String::new();
    let path = PathBuf::from("standard input");
    let read = io::stdin().lock().read_line(&mut typed);
    read.map_err(|source| Failure::File { path, source })?;
    Ok(typed.trim().eq_ignore_ascii_case("yes"))
}

/// Whether the same is meant a second time: said beforehand, or asked where somebody can answer.
/// Otherwise `said` is refused, with how to mean it.
pub fn may_again(context: &Context, again: bool, said: &str) -> Result<(), Failure> {
    if again {
        return Ok(());
    }
    let is_asked = context.output.can_ask();
    if is_asked && is_meant(&format!("{said}. Type yes to do it again, or anything else."))? {
        return Ok(());
    }
    Err(Failure::Usage(format!("{said}; if you mean it, say --again")))
}

fn write_found(sheet: &mut Sheet, found: &SharingCheck, labels: &Labels) {
    let rows = found.findings.iter().map(|one| {
        let kind = match one.finding.severity {
            Severity::ProbableIdentifier => format!("{}, probable", one.finding.kind.name()),
            Severity::Possible => format!("{}, possible", one.finding.kind.name()),
            Severity::Combination => one.finding.kind.name().to_owned(),
        };
        let instead = one.finding.replacement.clone().unwrap_or_default();
        let (place, finding) = (place(&one.place, labels), &one.finding);
        vec![place, finding.text.clone(), kind, finding.reason.clone(), instead]
    });
    let header = ["where", "what is written", "what it may be", "why", "instead"];
    sheet.table(&header, rows.collect(), "Nothing was found that is looked for.");
    if found.more > 0 {
        sheet.line(format!("{} more are not shown.", found.more));
    }
    sheet.line("A reader may know who it was from what no check finds. Read it with their eyes.");
}

/// The commands by which what was found is mended, or leaves all the same.
fn hint(sheet: &mut Sheet, core: &LearningCore, document: DocumentId) {
    let id = short(document);
    let [edit, leave, why] = if core.project(document).is_ok() {
        [
            format!("enhance project edit {id} --section NAME=@FILE"),
            format!("enhance project invite {id} PERSON --acknowledge"),
            "invite somebody all the same".to_owned(),
        ]
    } else {
        [
            format!("enhance reflect edit {id}"),
            format!("enhance reflect share {id} --with PERSON --acknowledge"),
            "share it all the same".to_owned(),
        ]
    };
    sheet.next(&edit, "write something neutral instead");
    sheet.next(&leave, &why);
}

/// What the prompts of a template ask, by their keys.
type Labels = Vec<(String, String)>;

fn labels(core: &LearningCore, id: Option<DocumentId>) -> Labels {
    let template = id.and_then(|id| core.reflection(id).ok()).and_then(|view| view.template);
    let prompts = template.into_iter().flat_map(|template| template.prompts);
    prompts.map(|prompt| (prompt.key, prompt.label)).collect()
}

/// Where something was found in what has no prompts.
pub fn in_words(place: &TextPlace) -> String {
    self::place(place, &Labels::new())
}

/// Where something was found, as a person calls it.
fn place(place: &TextPlace, labels: &Labels) -> String {
    match place {
        TextPlace::Title => "title".to_owned(),
        TextPlace::Answer(prompt) => {
            let label = labels.iter().find(|(key, _)| key == prompt);
            label.map_or_else(|| prompt.clone(), |(_, label)| label.clone())
        }
        TextPlace::Tagged(_) => "tag".to_owned(),
        TextPlace::Setting => "setting".to_owned(),
        TextPlace::Section(section) => section.to_string(),
        TextPlace::AimSentence => "aim".to_owned(),
        TextPlace::Signed => "what is to be signed".to_owned(),
        TextPlace::Message => "message".to_owned(),
        TextPlace::FileName(name) => format!("name of {}", Quoted(name)),
        TextPlace::Item { what, .. } => what.to_string(),
    }
}
