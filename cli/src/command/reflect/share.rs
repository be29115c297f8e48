//! Sharing reflections, seeing who can read them, and deleting them.

use enhance_client::{AttachmentView, CopyView, DocumentSummary, Error, LearningCore, Reader};
use enhance_model::{
    DocumentId, ItemId, Person, Right, counted, personal_record::EvidenceSource, size,
};
use serde::Serialize;

use super::{arguments::ReflectionArguments, check};
use crate::{
    command::{attach, supervisors},
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    when::when,
};

/// What `enhance reflect share` takes.
#[derive(Debug, clap::Args)]
pub struct ShareArguments {
    /// The reflection's id, or enough of it.
    id: String,
    /// With whom: their name, part of it, or their id. Without it your supervisors are named.
    #[arg(long, value_name = "PERSON")]
    with: Option<String>,
    /// An attached file that goes along, by its id or name; can be given several times.
    #[arg(long = "file", value_name = "ATTACHMENT")]
    files: Vec<String>,
    /// Yes, also what may tell who somebody is: you have seen what enhance reflect check finds.
    #[arg(long)]
    acknowledge: bool,
    /// Yes, also if they have the same text already.
    #[arg(long)]
    again: bool,
}

/// What `enhance reflect copies` takes.
#[derive(Debug, clap::Args)]
pub struct CopiesArguments {
    /// The reflection's id, or enough of it [default: all that you shared,
    /// of deleted reflections as well].
    id: Option<String>,
    /// Take them all back, but for what was signed.
    #[arg(long, requires = "id")]
    take_back: bool,
}

#[derive(Serialize)]
struct TakeBackAnswer {
    taken_back: Vec<DocumentId>,
    remaining: Vec<CopyView>,
}

#[derive(Serialize)]
struct OutAnswer {
    document: DocumentId,
    title: String,
    /// Those who can open it, by name.
    readers: Vec<Reader>,
}

#[derive(Serialize)]
struct PutAwayAnswer {
    put_away: DocumentId,
}

#[derive(Serialize)]
struct ShareAnswer<'a> {
    reflection: DocumentId,
    copy: DocumentId,
    with: &'a Person,
    /// Files that go along.
    files: Vec<&'a AttachmentView>,
    /// That their placement is not on, if it is not.
    note: Option<&'a str>,
}

/// Gives one person a copy of a reflection.
pub fn share(context: &Context, arguments: &ShareArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let reflection = documents::reflection(&core, &arguments.id)?;
    let people = core.people()?;
    let supervisors = core.supervisors()?;
    let with = supervisors::whom(arguments.with.as_deref(), &people, &supervisors)?;
    if let Some(copy) = core.same_copy(reflection, with.id)?.filter(|_| arguments.files.is_empty())
    {
        let (id, at) = (short(copy.document), when(copy.shared_at));
        let said = format!("{} has this text already: copy {id}, shared {at}", with.name);
        check::may_again(context, arguments.again, &said)?;
    }
    let attached = core.attachments(&EvidenceSource::Document(reflection))?;
    let files: Result<Vec<_>, _> =
        arguments.files.iter().map(|typed| attach::find(typed, &attached)).collect();
    let files = files?;
    let ids: Vec<ItemId> = files.iter().map(|file| file.id).collect();
    let found = core.check_before_sharing_with_files(reflection, &ids)?;
    let question = match ids.len() {
        0 => format!("Share it with {}", with.name),
        count => {
            let (count, total) = (counted(count, "file"), total(&files));
            format!("Share it with {}, and {count} ({total})", with.name)
        }
    };
    let asked = (arguments.acknowledge, question.as_str());
    let copy = match (check::may_leave(context, &core, &found, asked)?, ids.is_empty()) {
        (true, true) => {
            core.share_reflection_acknowledged(reflection, with.id, found.acknowledgement)?
        }
        (true, false) => {
            let acknowledged = found.acknowledgement;
            core.share_reflection_with_files(reflection, with.id, &ids, acknowledged)?
        }
        (false, _) => return Err(Error::Unacknowledged { probable: found.probable }.into()),
    };
    let note = supervisors::note_on(&supervisors, with.id);
    context.output.answer(&ShareAnswer { reflection, copy, with, files, note }, |sheet| {
        let roles = with.roles_in_words();
        sheet.line(format!("Copy {} made for {} ({roles}).", short(copy), with.name));
        let said = match ids.len() {
            0 => None,
            1 => Some("1 file goes along. It is gone with the copy.".to_owned()),
            count => Some(format!("{count} files go along. They are gone with the copy.")),
        };
        said.map(|said| sheet.line(said));
        note.map(|note| sheet.line(format!("{note}.")));
        sheet.line("It holds the text as it stands now and no drafts. Share again after changes.");
        sheet.next("enhance sync", "send it");
    })?;
    Ok(Exit::Done)
}

/// How large files are together.
fn total(files: &[&AttachmentView]) -> String {
    size(files.iter().map(|file| file.bytes()).sum())
}

/// Says who can see a reflection.
pub fn readers(context: &Context, arguments: &ReflectionArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let document = documents::any(&core, &arguments.id)?;
    let readers = core.readers(document)?;
    context.output.answer(&readers, |sheet| documents::write_readers(sheet, document, &readers))?;
    Ok(Exit::Done)
}

/// Lists the copies of a reflection with their readers, or takes them back.
pub fn copies(context: &Context, arguments: &CopiesArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let Some(id) = &arguments.id else { return all_copies(context, &core) };
    let reflection = documents::reflection(&core, id)?;
    if !arguments.take_back {
        let copies = core.copies(reflection)?;
        context.output.answer(&copies, |sheet| documents::write_copies(sheet, &copies))?;
        return Ok(Exit::Done);
    }
    let taken_back = core.take_back_copies(reflection)?;
    let answer = TakeBackAnswer { taken_back, remaining: core.copies(reflection)? };
    context.output.answer(&answer, |sheet| {
        match answer.taken_back.len() {
            0 => sheet.line("There is nothing to take back, or it was taken back before."),
            count => sheet.line(format!("Taken back: {count}.")),
        };
        if !answer.remaining.is_empty() {
            sheet.line("These remain, since they were answered:");
            documents::write_copies(sheet, &answer.remaining);
            for copy in &answer.remaining {
                sheet.next(&documents::taking_back(copy), "take this one back too");
            }
        }
        if !answer.taken_back.is_empty() {
            sheet.next("enhance sync", "take them off their readers' devices");
        }
    })?;
    Ok(Exit::Done)
}

/// Lists every copy of this person that is out, whatever became of the reflection it is of.
fn all_copies(context: &Context, core: &LearningCore) -> Result<Exit, Failure> {
    let mut out = Vec::new();
    for DocumentSummary { id, title, .. } in core.shared_by_me()? {
        let readers = core.readers(id)?.into_iter().filter(|one| one.right != Right::Own);
        out.push(OutAnswer { document: id, title, readers: readers.collect() });
    }
    context.output.answer(&out, |sheet| {
        let row = |one: &OutAnswer| {
            let name = |reader: &Reader| reader.person.name.clone();
            let seen = one.readers.iter().filter_map(|reader| reader.seen).next_back();
            vec![
                short(one.document),
                one.title.clone(),
                one.readers.iter().map(name).collect::<Vec<_>>().join(", "),
                seen.map(when).unwrap_or_default(),
            ]
        };
        let header = ["id", "title", "reader", "seen"];
        sheet.table(&header, out.iter().map(row).collect(), "Nobody has a copy.");
        if let Some(one) = out.first() {
            let taking = format!("enhance reflect delete {} --yes", short(one.document));
            sheet.next(&taking, "take the first one back");
        }
    })?;
    Ok(Exit::Done)
}

/// Puts away a copy that somebody shared.
pub fn put_away(context: &Context, arguments: &ReflectionArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let put_away = documents::any(&core, &arguments.id)?;
    core.put_away(put_away)?;
    context.output.answer(&PutAwayAnswer { put_away }, |sheet| {
        sheet.line(format!("Copy {} is put away.", short(put_away)));
        sheet.next("enhance sync", "take it off your devices");
    })?;
    Ok(Exit::Done)
}

/// Lists the copies others shared.
pub fn shared(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let shared = core.shared_with_me()?;
    context.output.answer(&shared, |sheet| {
        documents::write_list(sheet, &shared, "Nobody has shared a reflection with you.");
    })?;
    Ok(Exit::Done)
}
