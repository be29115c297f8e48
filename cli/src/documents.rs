//! Documents as commands find and list them, of every kind.

use enhance_client::{
    CopyView, DocumentStatus, DocumentSummary, DraftView, InvitationStanding, LearningCore,
    ListPage, ReadReceipt, Reader, SignOffRequestView, SignOffView, Stage,
};
use enhance_model::{DocumentId, DocumentKind, Standing, counted};

use crate::{
    exit::Failure,
    ids::{self, short},
    output::{Sheet, note},
    when::when,
};

/// The reflection of one's own with the id that was typed.
pub fn reflection(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    find("reflection", typed, || Ok(core.reflections(ListPage::ALL)?.items))
}

/// The project with the id that was typed.
pub fn project(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    let found = find("plan", typed, || Ok(core.projects(ListPage::ALL)?.items));
    let Err(Failure::NotFound { .. }) = found else { return found };
    // One that is to come is in no list, and says so itself.
    let invited = core.invitations()?.into_iter();
    let accepted = invited.filter(|one| one.standing == InvitationStanding::Accepted);
    let choices: Vec<_> = accepted.map(|one| (one.project, one.title)).collect();
    match ids::resolve("plan", typed, &choices) {
        Ok(project) => Ok(core.project(project)?.id),
        Err(_) => found,
    }
}

/// The document of any kind with the id that was typed, copies that were shared included.
pub fn any(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    let found = find("document", typed, || everything(core));
    match found {
        Err(Failure::NotFound { .. }) => ids::resolve("document", typed, &own_copies(core)?),
        found => found,
    }
}

/// The document of any kind that is given as evidence: a sign-off too, by its request or itself.
pub fn as_evidence(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    let found = any(core, typed);
    match found {
        Err(Failure::NotFound { .. }) => ids::resolve("document", typed, &own_sign_offs(core)?),
        found => found,
    }
}

/// Everything a person sees as a document: reflections, projects, copies shared with them.
pub fn everything(core: &LearningCore) -> Result<Vec<DocumentSummary>, Failure> {
    let mut all = core.reflections(ListPage::ALL)?.items;
    all.extend(core.projects(ListPage::ALL)?);
    all.extend(core.shared_with_me()?);
    Ok(all)
}

/// Lets the owner of a document know that it was read, now that it was.
pub fn mark_seen(core: &LearningCore, document: DocumentId) {
    if let Err(error) = core.mark_seen(document) {
        note(&format!("its owner will not hear that you have seen it: {error}"));
    }
}

/// Notes that answers to a request for a sign-off were read, now that they were: who signed is told,
/// and they leave the inbox. Those that count wait there.
pub fn answers_seen(core: &LearningCore, answers: &[SignOffView]) {
    let mut counting = answers.iter().filter(|answer| answer.counts());
    if let Err(error) = counting.try_for_each(|answer| core.mark_seen(answer.id)) {
        note(&format!("it stays in your inbox: {error}"));
    }
}

/// How far a document has come, in words.
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Saved => "saved here",
        Stage::Sent => "sent",
        Stage::Stored => "stored",
    }
}

/// Writes a list of documents.
pub fn write_list(sheet: &mut Sheet, documents: &[DocumentSummary], nothing: &str) {
    let row = |summary: &DocumentSummary| {
        let owner = summary.owner.as_ref().map(|owner| owner.name.clone());
        let marks = [(summary.quarantined, "in quarantine"), (summary.unsettled, "draft")];
        let marks = marks.into_iter().filter_map(|(is_so, mark)| is_so.then_some(mark));
        let state: Vec<&str> = [stage(summary.stage)].into_iter().chain(marks).collect();
        vec![
            short(summary.id),
            summary.title.clone(),
            summary.status.clone(),
            owner.unwrap_or_default(),
            state.join(", "),
            when(summary.updated_at),
        ]
    };
    let header = ["id", "title", "status", "by", "where", "changed"];
    sheet.table(&header, documents.iter().map(row).collect(), nothing);
}

/// Writes who can see a document.
pub fn write_readers(sheet: &mut Sheet, document: DocumentId, readers: &[Reader]) {
    let row = |reader: &Reader| {
        let via = if reader.via == document {
            "this document".to_owned()
        } else {
            format!("copy {}", short(reader.via))
        };
        vec![
            reader.person.name.clone(),
            reader.person.roles_in_words(),
            reader.right.to_string(),
            via,
            reader.seen.map(when).unwrap_or_default(),
        ]
    };
    let header = ["who", "role", "right", "reads", "seen"];
    sheet.table(&header, readers.iter().map(row).collect(), "Nobody but you.");
}

/// Writes the copies of a document and who reads them.
pub fn write_copies(sheet: &mut Sheet, copies: &[CopyView]) {
    let row = |copy: &CopyView| {
        let reader = copy.reader.as_ref().map(|reader| reader.name.clone());
        let seen = match (copy.standing, copy.seen_at) {
            (Standing::Left, _) => "put away".to_owned(),
            (_, Some(at)) => format!("seen {}", when(at)),
            (_, None) => stage(copy.stage).to_owned(),
        };
        let signed = if copy.sign_offs > 0 { "answered" } else { "" };
        vec![
            short(copy.document),
            copy.kind.as_str().replace('_', " "),
            reader.unwrap_or_default(),
            when(copy.shared_at),
            seen,
            signed.to_owned(),
        ]
    };
    let header = ["id", "what", "reader", "shared", "seen", ""];
    sheet.table(&header, copies.iter().map(row).collect(), "Nobody has a copy.");
}

/// The command that takes a copy back, whatever became of what it is of.
pub fn taking_back(copy: &CopyView) -> String {
    let id = short(copy.document);
    match (copy.kind, copy.can_be_taken_back()) {
        (DocumentKind::SignOffRequest, true) => format!("enhance sign-off take-back {id}"),
        (DocumentKind::SignOffRequest, false) => {
            format!("enhance sign-off take-back {id} --with-answers")
        }
        _ => format!("enhance reflect delete {id} --yes"),
    }
}

/// Writes how far a document has come.
pub fn write_status(sheet: &mut Sheet, status: &DocumentStatus) {
    sheet.field("Where", stage(status.stage));
    if status.held {
        sheet.field("Held up", "part of it is too large for this network; it is tried again later");
    }
    if status.quarantined {
        sheet.field("Quarantine", "the server refused part of it; see enhance quarantine");
    }
    let seen = |seen: &ReadReceipt| {
        let changed = if seen.current { "" } else { ", changed since" };
        format!("{} on {}{changed}", seen.person.name, when(seen.at))
    };
    sheet.field("Seen by", status.seen_by.iter().map(seen).collect::<Vec<_>>().join("; "));
}

/// Writes what was typed and is too long to be part of its document: longer than so many characters.
pub fn write_too_long(sheet: &mut Sheet, drafts: &[DraftView], text_chars: u64) {
    for draft in drafts {
        if let Some(over) = draft.over(text_chars) {
            let over = counted(over, "character");
            sheet.heading(format!("Typed into {}, too long by {over}", draft.field));
            sheet.prose(&draft.text);
        }
    }
}

fn find(
    what: &'static str,
    typed: &str,
    list: impl FnOnce() -> Result<Vec<DocumentSummary>, Failure>,
) -> Result<DocumentId, Failure> {
    if let Ok(whole) = typed.trim().parse() {
        return Ok(whole);
    }
    let choices: Vec<_> = list()?.into_iter().map(|each| (each.id, each.title)).collect();
    ids::resolve(what, typed, &choices)
}

/// Copies that were shared, also those whose reflection is deleted.
fn own_copies(core: &LearningCore) -> Result<Vec<(DocumentId, String)>, Failure> {
    let copies = core.shared_by_me()?.into_iter();
    Ok(copies.map(|copy| (copy.id, format!("copy of {}", copy.title))).collect())
}

/// What this person asked to be signed, and the answers to that.
fn own_sign_offs(core: &LearningCore) -> Result<Vec<(DocumentId, String)>, Failure> {
    let asked = core.sign_offs_page(true, None, u32::MAX)?.items;
    let ids = |view: SignOffRequestView| {
        let title = view.request.title;
        let answers = view.answers.into_iter().map(|answer| answer.id);
        let all: Vec<_> = std::iter::once(view.id).chain(answers).collect();
        all.into_iter().map(move |id| (id, format!("sign-off of {title}")))
    };
    Ok(asked.into_iter().flat_map(ids).collect())
}
