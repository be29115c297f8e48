//! `enhance record` and the commands of one kind each, such as `enhance placement`: whatever is in
//! the personal record, added, corrected field by field, taken back and put back.

mod asked;
mod fields;
pub mod journeys;
mod views;
mod whole;

use clap::Subcommand;
use enhance_client::{LearningCore, PlacedFinding};
use enhance_model::{
    ItemId, Noun,
    field::Shape,
    personal_record::{EvidenceSource, PersonalRecord, RecordEdit},
};
use serde::Serialize;

use self::fields::{Setting, missing, noun_parser, with_article};
pub use self::{
    asked::asking,
    fields::{evidence, item_of, word},
    whole::write_ways_to_settle,
};
use crate::{
    command::sign_off,
    context::Context,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
    short_ids::with_short_ids,
    text::NamedText,
    when::field_in_words,
};

const EXAMPLES: &str = "\
Examples:
  enhance record
  enhance record add absence from=2026-11-02 to=2026-11-04 days=2.5 kind=sickness
  enhance record add hours placement=4c1d77e0 from=2026-12-01 wte=0.6
  enhance record add step journey=9f3c21ab place=1 setting=\"at home\" service=\"district nurse\"
  enhance record set 9f3c21ab days=3
  enhance record take-back 9f3c21ab

Placements, goals, certificates, evidence and deadlines have commands of their own, which take the
same: enhance placement, goal, certificate, evidence, deadline. Sessions are in enhance log.";

/// Whatever is in your personal record.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = fields::help(EXAMPLES, PersonalRecord::ITEMS))]
pub struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List what is in the record, or what is of one kind.
    #[command(after_help = "Example:\n  enhance record list absence")]
    List {
        /// The kind of thing.
        #[arg(value_name = "NOUN", value_parser = noun_parser())]
        noun: Option<Noun>,
    },
    /// Add a thing.
    #[command(after_help = fields::help(
        "Example:\n  enhance record add absence from=2026-11-02 days=1 kind=sickness",
        PersonalRecord::ITEMS,
    ))]
    Add {
        /// What kind of thing is added.
        #[arg(value_name = "NOUN", value_parser = noun_parser())]
        noun: Noun,
        /// What it says: FIELD=VALUE, FIELD=@FILE or FIELD=-.
        #[arg(value_name = "FIELD=VALUE", required = true)]
        fields: Vec<NamedText>,
    },
    /// Correct fields of a thing.
    #[command(after_help = "Example:\n  enhance record set 9f3c21ab days=3")]
    Set(SetArguments),
    /// Take a thing back. It is kept with all it says.
    #[command(after_help = "Example:\n  enhance record take-back 9f3c21ab")]
    TakeBack(ItemArguments),
    /// Put back what was taken back.
    #[command(after_help = "Example:\n  enhance record put-back 9f3c21ab")]
    PutBack(ItemArguments),
}

/// What a command of one kind takes.
#[derive(Debug, clap::Args)]
pub struct KindArguments {
    #[command(subcommand)]
    verb: Option<KindVerb>,
}

#[derive(Debug, Subcommand)]
enum KindVerb {
    /// List them.
    #[command(after_help = "Example:\n  enhance certificate list --json")]
    List,
    /// Add one: FIELD=VALUE for each thing it says.
    #[command(
        after_help = "Example:\n  enhance goal add text=\"Lead a ward round\" due=2027-05-01\n\n\
                      The help of the command above, such as enhance goal --help, lists the fields."
    )]
    Add {
        /// What it says: FIELD=VALUE, FIELD=@FILE or FIELD=-.
        #[arg(value_name = "FIELD=VALUE", required = true)]
        fields: Vec<NamedText>,
    },
    /// Correct fields of one.
    #[command(after_help = "Example:\n  enhance goal set 9f3c21ab status=achieved")]
    Set(SetArguments),
    /// Take one back. It is kept with all it says.
    #[command(after_help = "Example:\n  enhance deadline take-back 9f3c21ab")]
    TakeBack(ItemArguments),
    /// Put back what was taken back.
    #[command(after_help = "Example:\n  enhance placement put-back 9f3c21ab")]
    PutBack(ItemArguments),
}

/// What `set` takes.
#[derive(Debug, clap::Args)]
pub struct SetArguments {
    /// What is corrected: its id, or enough of it.
    item: String,
    /// What it is to say: FIELD=VALUE, FIELD=@FILE or FIELD=-; FIELD= takes the value away.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<NamedText>,
}

/// What `take-back` and `put-back` take.
#[derive(Debug, clap::Args)]
pub struct ItemArguments {
    /// What it is about: its id, or enough of it.
    item: String,
}

/// What an edit answers.
#[derive(Serialize)]
struct ItemAnswer {
    noun: Noun,
    id: ItemId,
    /// What it says first. May be empty.
    label: String,
    state: &'static str,
    /// What may be a slip about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// What in a patient's journey may tell who it was. It is saved all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    found: Vec<PlacedFinding>,
}

/// Runs a command on whatever is in the record.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.verb {
        None => list(context, None),
        Some(Verb::List { noun }) => list(context, *noun),
        Some(Verb::Add { noun, fields }) => add(context, *noun, fields),
        Some(Verb::Set(arguments)) => set(context, &context.core()?, None, arguments),
        Some(Verb::TakeBack(arguments)) => take_back(context, None, arguments),
        Some(Verb::PutBack(arguments)) => put_back(context, arguments),
    }
}

/// Runs a command on things of one kind.
pub fn of_kind(context: &Context, noun: Noun, arguments: &KindArguments) -> Result<Exit, Failure> {
    match &arguments.verb {
        None | Some(KindVerb::List) => list(context, Some(noun)),
        Some(KindVerb::Add { fields }) => add(context, noun, fields),
        Some(KindVerb::Set(arguments)) => set(context, &context.core()?, Some(noun), arguments),
        Some(KindVerb::TakeBack(arguments)) => take_back(context, Some(noun), arguments),
        Some(KindVerb::PutBack(arguments)) => put_back(context, arguments),
    }
}

/// The help of a command of one kind.
pub fn help_of(noun: Noun, examples: &str) -> String {
    fields::help(examples, &[noun])
}

/// What the evidence covers, and what it does not.
pub fn coverage(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let coverage = core.coverage()?;
    // What is covered can be read without the words of it.
    let programme = core.programme().ok().flatten();
    let programme = programme.as_ref();
    context.output.answer(&coverage, |sheet| views::coverage(sheet, &coverage, programme))?;
    Ok(Exit::Done)
}

/// The programme by module and training year.
pub fn map(context: &Context) -> Result<Exit, Failure> {
    let map = context.core()?.programme_map()?;
    context.output.answer(&map, |sheet| views::map(sheet, &map))?;
    Ok(Exit::Done)
}

/// Corrects fields of a thing.
pub fn set(
    context: &Context,
    core: &LearningCore,
    only: Option<Noun>,
    arguments: &SetArguments,
) -> Result<Exit, Failure> {
    let record = core.record()?;
    let (noun, id) = item_of(&record, &arguments.item, only)?;
    let setting = Setting::of(core, &record, context.now())?;
    write(core, &setting.edits(noun, id, &arguments.fields)?)?;
    answer(context, core, (noun, id), "corrected")
}

fn write(core: &LearningCore, edits: &[RecordEdit]) -> Result<(), Failure> {
    core.edit_record(edits).map_err(|error| asking(error, "evidence=ID or reason=TEXT"))
}

fn add(context: &Context, noun: Noun, typed: &[NamedText]) -> Result<Exit, Failure> {
    let core = context.core()?;
    let missing = missing(noun, typed);
    if !missing.is_empty() {
        let (noun, missing) = (with_article(noun), missing.join("=... and "));
        return Err(Failure::Usage(format!("{noun} needs {missing}=... too")));
    }
    let (record, id) = (core.record()?, core.new_item_id());
    let setting = Setting::of(&core, &record, context.now())?;
    let written = setting.edits(noun, id, typed)?;
    let edits: Vec<_> = [RecordEdit::Add { noun, id }].into_iter().chain(written).collect();
    write(&core, &edits)?;
    answer(context, &core, (noun, id), "added")
}

fn answer(
    context: &Context,
    core: &LearningCore,
    (noun, id): (Noun, ItemId),
    state: &'static str,
) -> Result<Exit, Failure> {
    let (label, warnings) = (core.record()?.label(noun, id), core.warnings_about(id)?);
    let found = journeys::found(core, (noun, id))?;
    let answer = ItemAnswer { noun, id, label, state, warnings, found };
    context.output.answer(&answer, |sheet| {
        let said =
            if answer.label.is_empty() { String::new() } else { format!(": {}", answer.label) };
        let stop = if said.ends_with(['.', '!', '?']) { "" } else { "." };
        sheet.line(format!("The {noun} {} is {state}{said}{stop} Saved here.", short(id)));
        for warning in &answer.warnings {
            sheet.line(warning);
        }
        for one in &answer.found {
            sheet.item(0, journeys::in_words(one));
        }
        sheet.next(&format!("enhance record list {}", word(noun)), "see all of them");
    })?;
    Ok(Exit::Done)
}

fn take_back(
    context: &Context,
    only: Option<Noun>,
    arguments: &ItemArguments,
) -> Result<Exit, Failure> {
    let core = context.core()?;
    let record = core.record()?;
    let (noun, id) = item_of(&record, &arguments.item, only)?;
    let (label, warnings) = (record.label(noun, id), hanging_on(&record, EvidenceSource::Item(id)));
    let (state, found) = ("taken_back", Vec::new());
    let answer = ItemAnswer { noun, id, label, state, warnings, found };
    core.edit_record(&[RecordEdit::TakeBack { noun, id, at: context.now() }])?;
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("Taken back, and kept with all it says: {noun} {}", answer.label));
        for warning in &answer.warnings {
            sheet.line(warning);
        }
        sheet.next(&format!("enhance record put-back {}", short(id)), "put it back");
    })?;
    Ok(Exit::Done)
}

/// What in the record something shows, and shows no more once it is gone, a sentence each.
pub fn hanging_on(record: &PersonalRecord, source: EvidenceSource) -> Vec<String> {
    let sentence = |id: ItemId| {
        let noun = record.noun_of(id)?;
        let what = match record.evidence.get(&id) {
            Some(link) => format!("evidence for {}", link.statement.key()),
            None => format!("the {noun} {}", record.label(noun, id)),
        };
        Some(format!("It showed something: {what} ({}) has nothing to show now.", short(id)))
    };
    record.shown_by(source).into_iter().filter_map(sentence).collect()
}

fn put_back(context: &Context, arguments: &ItemArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let record = core.record()?;
    let things = record.taken_back.iter();
    let choices: Vec<_> = things.map(|(id, thing)| (*id, thing.label.clone())).collect();
    let id = ids::resolve("thing that was taken back", &arguments.item, &choices)?;
    let Some(thing) = record.taken_back.get(&id) else {
        return Err(Failure::NotFound { what: "thing", typed: arguments.item.clone() });
    };
    core.edit_record(&[RecordEdit::PutBack { noun: thing.noun, id }])?;
    answer(context, &core, (thing.noun, id), "put back")
}

fn list(context: &Context, noun: Option<Noun>) -> Result<Exit, Failure> {
    if noun == Some(Noun::KeptSignOff) {
        // Each is a file of its own, which is shown with what it is worth.
        return sign_off::list(context);
    }
    let core = context.core()?;
    match noun {
        Some(Noun::Placement) => {
            let placements = core.placements()?;
            context.output.answer(&placements, |sheet| views::placements(sheet, &placements))?;
        }
        Some(Noun::EvidenceDeadline) => {
            let (deadlines, warnings) = (core.deadlines()?, core.deadline_warnings()?);
            let answer = views::Deadlines { deadlines, warnings };
            context.output.answer(&answer, |sheet| views::deadlines(sheet, &answer))?;
        }
        Some(Noun::EvidenceLink) => {
            let evidence = core.evidence()?;
            context.output.answer(&evidence, |sheet| views::evidence(sheet, &evidence))?;
        }
        Some(Noun::Certificate) => {
            let certificates = core.certificates()?;
            context
                .output
                .answer(&certificates, |sheet| views::certificates(sheet, &certificates))?;
        }
        Some(noun) => {
            let items = core.record()?.fields_in_words(noun);
            context.output.answer(&items, |sheet| {
                if items.is_empty() {
                    sheet.line(format!("No {noun} is noted yet."));
                }
                for (id, fields) in &items {
                    write_item(sheet, noun, *id, fields);
                }
            })?;
        }
        None => whole::list(context, &core)?,
    }
    Ok(Exit::Done)
}

fn write_item(
    sheet: &mut Sheet,
    noun: Noun,
    id: ItemId,
    fields: &std::collections::BTreeMap<&'static str, String>,
) {
    sheet.heading(format!("{noun} {}", short(id)));
    for field in PersonalRecord::fields_of(noun) {
        if let Some(said) = fields.get(field.key).filter(|said| !said.is_empty()) {
            let said = field_in_words(field, said);
            let is_id = field.shape == Shape::Id || field.key == "evidence";
            sheet.field(field.key, if is_id { with_short_ids(&said) } else { said });
        }
    }
}
