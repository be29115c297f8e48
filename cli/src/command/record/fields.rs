//! What is in a personal record as people type it: words for kinds of things, and `FIELD=VALUE` for
//! each field that is declared. Nothing here names a kind of its own, so that a further one costs
//! nothing.

use std::collections::BTreeSet;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use enhance_client::LearningCore;
use enhance_model::{
    ItemId, Noun, Person, Quoted, Tag, Timestamp,
    change_project::Value,
    field::{Field, Shape, find},
    folding,
    personal_record::{EvidenceSource, PersonalRecord, RecordEdit, Statement},
    record::FieldFault,
};

use crate::{
    documents,
    exit::Failure,
    ids, programme,
    text::{NamedText, read_named},
    words::{began, day, moment, value, whole_number},
};

/// What a value is read against.
pub struct Setting<'a> {
    core: &'a LearningCore,
    record: &'a PersonalRecord,
    people: Vec<Person>,
    /// The moment it is `now`.
    now: Timestamp,
}

/// The word by which commands name a kind of thing: the one of its name that its key begins like.
pub fn word(noun: Noun) -> &'static str {
    let key = PersonalRecord::key_of(noun).unwrap_or_default();
    let like = |word: &&str| word.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
    noun.as_str().split(' ').max_by_key(like).unwrap_or_default()
}

/// A parser for the word of a kind of thing.
pub fn noun_parser() -> impl TypedValueParser<Value = Noun> {
    let choices = PersonalRecord::ITEMS.iter().map(|noun| PossibleValue::new(word(*noun)));
    PossibleValuesParser::new(choices).try_map(|typed| {
        let meant = PersonalRecord::ITEMS.iter().find(|noun| word(**noun) == typed);
        meant.copied().ok_or("there is nothing of this kind in a personal record")
    })
}

/// These kinds of things with their fields and what they take, for the help.
pub fn help(examples: &str, nouns: &[Noun]) -> String {
    let of = |noun: &Noun| {
        let fields = PersonalRecord::fields_of(*noun).iter().map(|field| {
            let mark = if field.is_needed { "*" } else { "" };
            format!("    {}{mark}: {}", field.key, takes(field))
        });
        format!("  {}\n{}", word(*noun), fields.collect::<Vec<_>>().join("\n"))
    };
    let kinds: Vec<String> = nouns.iter().map(of).collect();
    format!(
        "{examples}\n\nVALUE is a text, @FILE, or - for standard input; @@ begins a text that begins \
         with @.\nAn empty one takes the value away. Fields (* is needed):\n{}",
        kinds.join("\n")
    )
}

/// The fields that a new thing needs and that were not typed.
pub fn missing(noun: Noun, typed: &[NamedText]) -> Vec<&'static str> {
    let is_typed = |key: &str| typed.iter().any(|field| field.name == key);
    let needed = PersonalRecord::fields_of(noun).iter().filter(|field| field.is_needed);
    needed.map(|field| field.key).filter(|key| !is_typed(key)).collect()
}

/// A kind of thing in a sentence: `a goal`, `an experience`.
pub fn with_article(noun: Noun) -> String {
    let name = noun.as_str();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// The offset behind a typed start, for what has a field for it that was not typed by itself.
fn offset_typed(noun: Noun, typed: &[(String, String)]) -> Option<(String, String)> {
    let of = |key: &str| typed.iter().find(|(name, _)| name == key);
    let field =
        find(PersonalRecord::fields_of(noun), "offset").filter(|_| of("offset").is_none())?;
    let offset = began(&of("start")?.1).ok()?.offset?;
    Some((field.key.to_owned(), offset.to_string()))
}

impl<'a> Setting<'a> {
    /// Values are read against what is here at this moment.
    pub fn of(
        core: &'a LearningCore,
        record: &'a PersonalRecord,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        Ok(Self { core, record, people: core.people()?, now })
    }

    /// The edits of a thing that were typed as `FIELD=VALUE`.
    pub fn edits(
        &self,
        noun: Noun,
        id: ItemId,
        typed: &[NamedText],
    ) -> Result<Vec<RecordEdit>, Failure> {
        let mut seen = BTreeSet::new();
        if let Some(twice) = typed.iter().find(|field| !seen.insert(&field.name)) {
            return Err(Failure::Usage(format!("{} is typed twice", twice.name)));
        }
        let mut typed = read_named(typed)?;
        typed.extend(offset_typed(noun, &typed));
        typed.iter().map(|(key, text)| self.edit(noun, id, key, text)).collect()
    }

    fn edit(&self, noun: Noun, id: ItemId, key: &str, text: &str) -> Result<RecordEdit, Failure> {
        let text = match find(PersonalRecord::fields_of(noun), key) {
            Some(field) if !text.is_empty() => self.whole(noun, field, text)?,
            _ => text.to_owned(),
        };
        RecordEdit::parse(noun, id, key, &text).map_err(|fault| match &fault {
            FieldFault::Unknown { .. } => Failure::Usage(fault.to_string()),
            FieldFault::Value { .. } => {
                let fields = PersonalRecord::fields_of(noun).iter().map(|field| field.key);
                let known = fields.collect::<Vec<_>>().join(", ");
                Failure::Usage(format!("{fault}; {} has {known}", with_article(noun)))
            }
        })
    }

    /// A value with its ids whole and its days and moments as documents write them.
    fn whole(&self, noun: Noun, field: &Field, text: &str) -> Result<String, Failure> {
        let wrong = |why: String| Failure::Usage(format!("{}: {why}", field.key));
        match (field.shape, field.key) {
            (Shape::Id, _) => self.id(noun, field, text.trim()),
            (Shape::Date, _) => day(text).map(|day| day.to_string()).map_err(wrong),
            (Shape::Moment, _) if text.trim().eq_ignore_ascii_case("now") => {
                Ok(self.now.to_string())
            }
            (Shape::Moment, _) => moment(text).map(|moment| moment.to_string()).map_err(wrong),
            (Shape::Amount, "wte") => Value::share(text)
                .map(|value| value.to_string())
                .map_err(|fault| wrong(fault.to_string())),
            (Shape::Amount, _) => value(text).map(|value| value.to_string()).map_err(wrong),
            (Shape::Number, _) => {
                let read = whole_number::<u32>(0..=u32::MAX.into())(text);
                read.map(|number| number.to_string()).map_err(wrong)
            }
            (Shape::Word(words), key) => word_of(noun, key, words, text.trim()),
            (Shape::Tags, _) => {
                let tags = text.split(',').map(str::trim).filter_map(|tag| tag.parse().ok());
                programme::check_tags(self.core, &tags.collect::<Vec<Tag>>())?;
                Ok(text.to_owned())
            }
            (Shape::String, "evidence") => Ok(self.evidence(text.trim())?.to_string()),
            (Shape::String, "statement") => Ok(self.statement(text.trim())?.to_string()),
            (Shape::String, "module") => {
                programme::check_module(self.core, text.trim()).map(|()| text.trim().to_owned())
            }
            _ => Ok(text.to_owned()),
        }
    }

    fn id(&self, noun: Noun, field: &Field, typed: &str) -> Result<String, Failure> {
        if field.names == Some(Noun::Person) {
            return Ok(ids::person(typed, &self.people)?.id.to_string());
        }
        let named = PersonalRecord::ITEMS.iter().find(|noun| word(**noun) == field.key);
        let named = named.copied().unwrap_or(noun);
        let known = self.record.ids_of(named).into_iter();
        let choices: Vec<_> = known.map(|id| (id, self.record.label(named, id))).collect();
        Ok(ids::resolve(named.as_str(), typed, &choices)?.to_string())
    }

    /// What is given as evidence, by its id or enough of it: a thing in the record, or a document.
    fn evidence(&self, typed: &str) -> Result<EvidenceSource, Failure> {
        evidence_in(self.core, self.record, typed)
    }

    /// What evidence is given for: an outcome of the programme by its key, or what is typed whole.
    fn statement(&self, typed: &str) -> Result<Statement, Failure> {
        let programme = self.core.programme()?;
        let typed = match typed.parse() {
            // The code alone is looked for in each framework, as it is without the word before it.
            Ok(Statement::Capability(code)) if !code.contains('/') => code,
            Ok(statement) => return Ok(statement),
            Err(_) => folding::key(typed),
        };
        let modules = programme.iter().flat_map(|programme| &programme.modules);
        let mut outcomes = modules.flat_map(|module| &module.outcomes);
        if let Some(outcome) = outcomes.find(|outcome| folding::key(&outcome.key) == typed) {
            return Ok(Statement::Outcome(outcome.key.clone()));
        }
        let frameworks = programme.iter().flat_map(|programme| &programme.frameworks);
        let named = frameworks
            .filter_map(|one| one.capability(&typed).map(|capability| one.key_of(capability)));
        match named.collect::<Vec<_>>().as_slice() {
            [key] => Ok(Statement::Capability(key.clone())),
            [] => Err(Failure::Usage(format!(
                "{} is no outcome of the programme and no capability; enhance coverage lists them",
                Quoted(&typed)
            ))),
            several => Err(Failure::Usage(format!(
                "{} is in several frameworks; write capability:{}",
                Quoted(&typed),
                several.join(" or capability:")
            ))),
        }
    }
}

/// One of the words of a field, however it was typed; else the person is asked which one it is.
fn word_of(noun: Noun, key: &str, words: &[&'static str], typed: &str) -> Result<String, Failure> {
    let folded = folding::key(typed).replace(['-', ' '], "_");
    if let Some(word) = words.iter().find(|word| **word == folded) {
        return Ok((*word).to_owned());
    }
    let beside = match noun {
        Noun::Absence => {
            "; annual and study leave are no absence, and a longer time out of training is a break"
        }
        _ => "",
    };
    Err(Failure::Usage(format!(
        "which {key} of {} is {}? Write {key}={}{beside}",
        with_article(noun),
        Quoted(typed),
        words.join("|")
    )))
}

/// A thing in the record or a document, by its id or enough of it.
pub fn evidence(core: &LearningCore, typed: &str) -> Result<EvidenceSource, Failure> {
    evidence_in(core, &core.record()?, typed)
}

fn evidence_in(
    core: &LearningCore,
    record: &PersonalRecord,
    typed: &str,
) -> Result<EvidenceSource, Failure> {
    if let Ok(source) = typed.parse() {
        return Ok(source);
    }
    match ids::resolve("thing in your record", typed, &everything_in(record)) {
        Ok(id) => Ok(EvidenceSource::Item(id)),
        Err(Failure::NotFound { .. }) => {
            Ok(EvidenceSource::Document(documents::as_evidence(core, typed)?))
        }
        Err(other) => Err(other),
    }
}

/// The thing with the id that was typed, whatever it is.
pub fn item_of(
    record: &PersonalRecord,
    typed: &str,
    only: Option<Noun>,
) -> Result<(Noun, ItemId), Failure> {
    let choices: Vec<_> = match only {
        Some(noun) => {
            let ids = record.ids_of(noun).into_iter();
            ids.map(|id| (id, record.label(noun, id))).collect()
        }
        None => everything_in(record),
    };
    let what = only.map_or("thing in your record", Noun::as_str);
    let id = ids::resolve(what, typed, &choices)
        .map_err(|failure| taken_back(record, typed, only).unwrap_or(failure))?;
    let missing = || Failure::NotFound { what, typed: typed.to_owned() };
    Ok((record.noun_of(id).ok_or_else(missing)?, id))
}

/// That what was typed is a thing that was taken back, if it is.
fn taken_back(record: &PersonalRecord, typed: &str, only: Option<Noun>) -> Option<Failure> {
    let things = record.taken_back.iter();
    let of_kind = things.filter(|(_, thing)| only.is_none_or(|noun| thing.noun == noun));
    let choices: Vec<_> = of_kind.map(|(id, thing)| (*id, thing.label.clone())).collect();
    let id = ids::resolve("thing that was taken back", typed, &choices).ok()?;
    let (noun, id) = (record.taken_back.get(&id)?.noun, ids::short(id));
    let said = format!("the {noun} {id} is taken back; enhance record put-back {id} puts it back");
    Some(Failure::Usage(said))
}

/// Everything in a record, each with its kind and what it says first.
fn everything_in(record: &PersonalRecord) -> Vec<(ItemId, String)> {
    let of = |noun: &Noun| {
        let ids = record.ids_of(*noun).into_iter();
        let label = |id| format!("{noun} {}", record.label(*noun, id));
        ids.map(|id| (id, label(id))).collect::<Vec<_>>()
    };
    PersonalRecord::ITEMS.iter().flat_map(of).collect()
}

/// What a field takes, in a word or two.
fn takes(field: &Field) -> String {
    match (field.shape, field.key) {
        (Shape::Word(words), _) => words.join("|"),
        (Shape::Id, _) if field.names == Some(Noun::Person) => "a person: name or id".to_owned(),
        (Shape::Id, key) => format!("the id of a {key}"),
        (Shape::Date, _) => "a day as 2026-11-20".to_owned(),
        (Shape::Moment, _) => "a moment as 2026-11-20T08:30, or now".to_owned(),
        (Shape::Amount, "wte") => "a part of full time as 60%, 0.6 or 3/5".to_owned(),
        (Shape::Amount, _) => "a number, or a share as 3/5".to_owned(),
        (Shape::Number, _) => "a whole number".to_owned(),
        (Shape::Tags, _) => "tags as theme:digital, between commas".to_owned(),
        (Shape::String, "split") => {
            "shares that add up to 1, as acute 60%, community 40%, or acute 2/3, community 1/3"
                .to_owned()
        }
        (Shape::String, "evidence") => {
            "the id of a document or of a thing in the record".to_owned()
        }
        (Shape::String, "statement") => {
            "the key of an outcome or the code of a capability; enhance coverage lists them"
                .to_owned()
        }
        // What a statement says is noted with it; it is set by setting the statement.
        (Shape::Passage, "said") | (Shape::String, "version") => {
            "kept with the statement, and not to be typed".to_owned()
        }
        _ => "a text".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_thing_has_a_word_of_its_own() {
        let words: Vec<&str> = PersonalRecord::ITEMS.iter().map(|noun| word(*noun)).collect();
        let expected = "placement supervisor hours break absence session experience journey step \
            goal certificate evidence deadline module activity debrief sign-off";
        assert_eq!(words, expected.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn the_help_lists_every_field_of_every_kind() {
        let help = help("", PersonalRecord::ITEMS);
        for noun in PersonalRecord::ITEMS {
            for field in PersonalRecord::fields_of(*noun) {
                assert!(help.contains(&format!("    {}", field.key)), "{noun} {}", field.key);
            }
        }
    }
}
