//! Reads what is declared of a plan: from the model what each field takes, and from the library's
//! interface the names that hosts have for it.

use anyhow::{Context, Result, bail, ensure};
use enhance_model::{
    ItemId, Noun,
    change_project::{Aim, ChangeProject, Check, ProjectEdit},
    field::{self, Shape},
    record::{FieldValue, Record as _},
};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{AsType, Enum, Record, Type, Variant},
};

use super::{Checked, Declared, Field, Item, Kind, OF_THE_PROJECT, Project, names::snake};

impl Project {
    /// What is declared of a plan in a library that exports it.
    pub fn of(interface: &ComponentInterface) -> Result<Self> {
        let project = record(interface, "ChangeProject")?;
        let edits = choice(interface, "ProjectEdit")?;
        let mut items = Vec::new();
        for noun in ChangeProject::ITEMS {
            let item = item(interface, project, edits, *noun);
            items.push(item.with_context(|| format!("what is exported of a {noun}"))?);
        }
        for edit in edits.variants().iter().map(Variant::name) {
            let is_known =
                OF_THE_PROJECT.contains(&edit) || items.iter().any(|item| item.noun == edit);
            ensure!(is_known, "the cores in memory do not know the edit {edit}");
        }
        let aim = declared(interface, "Aim", "AimEdit", Aim::FIELDS, |_| {
            bail!("an aim has no field that is never without a word")
        })?;
        let fields = project.fields().iter();
        let fields = fields.map(|field| (field.name().to_owned(), field.as_type())).collect();
        Ok(Self { aim, items, fields, checks: checks(interface)? })
    }
}

fn item(
    interface: &ComponentInterface,
    project: &Record,
    edits: &Enum,
    noun: Noun,
) -> Result<Item> {
    let (key, name) = (ChangeProject::key_of(noun).context("no key")?, format!("{noun:?}"));
    let list = project.fields().iter().find(|field| field.name() == key);
    let list = list.with_context(|| format!("a plan has no field {key}"))?.as_type();
    let of = listed(&list).with_context(|| format!("{key} is no list of records"))?;
    let [_, thing] = record(interface, &of)?.fields() else { bail!("{of} is no id and a thing") };
    let edit = edits.variants().iter().find(|variant| variant.name() == name);
    let [_, edit] = edit.with_context(|| format!("there is no edit {name}"))?.fields() else {
        bail!("the edit {name} is no id and an edit");
    };
    let default = |key: &str| default_word(noun, key);
    let fields = ChangeProject::fields_of(noun);
    let (record, edit) = (named(&thing.as_type())?, named(&edit.as_type())?);
    let declared = declared(interface, &record, &edit, fields, default)?;
    Ok(Item { noun: name, key: key.to_owned(), of, name: thing.name().to_owned(), declared })
}

fn declared(
    interface: &ComponentInterface,
    name: &str,
    edit: &str,
    fields: &'static [field::Field],
    default: impl Fn(&str) -> Result<String>,
) -> Result<Declared> {
    let (exported, edits) = (record(interface, name)?, choice(interface, edit)?);
    let same = exported.fields().len() == edits.variants().len();
    ensure!(same, "{name} and {edit} have not the same number of fields");
    let mut read = Vec::new();
    for (field, variant) in exported.fields().iter().zip(edits.variants()) {
        let key = field.name();
        ensure!(snake(variant.name()) == key, "{edit} has {} for {key}", variant.name());
        let declared = field::find(fields, key).with_context(|| format!("{key} is undeclared"))?;
        let kind = match (&declared.shape, field.as_type()) {
            _ if declared.is_needed => Kind::Needed,
            (Shape::Text, _) => Kind::Text,
            (Shape::String, _) => Kind::String,
            (Shape::Ids, _) => Kind::Ids,
            (Shape::Counts, _) => Kind::Counts,
            (_, Type::Optional { .. }) => Kind::Optional,
            (Shape::Word(_), word) => {
                let list = named(&word)?;
                let default = variant_of(choice(interface, &list)?, &default(key)?)?;
                Kind::Choice { list, default }
            }
            (shape, _) => bail!("{name} has {key}, of a shape without a rule here: {shape:?}"),
        };
        let variant = variant.name().to_owned();
        read.push(Field { key: key.to_owned(), variant, kind });
    }
    Ok(Declared { record: name.to_owned(), edit: edit.to_owned(), fields: read })
}

fn checks(interface: &ComponentInterface) -> Result<Vec<Checked>> {
    let (checks, parts) = (choice(interface, "PlanCheckKind")?, choice(interface, "ProjectPart")?);
    let checked = Check::ALL.iter().map(|check| {
        Ok(Checked {
            check: variant_of(checks, check.as_str())?,
            sentence: check.sentence(),
            part: variant_of(parts, check.part().as_str())?,
        })
    });
    checked.collect()
}

/// The word that a field says as long as nobody chose one.
fn default_word(noun: Noun, key: &str) -> Result<String> {
    let edit = ProjectEdit::parse(noun, ItemId::from_bytes([0; 16]), key, "")?;
    match edit.record().map(|record| record.value) {
        Some(FieldValue::String(Some(word))) => Ok(word.into_owned()),
        other => bail!("{key} without a word is {other:?}"),
    }
}

/// The variant with this word: they are the same letters.
fn variant_of(list: &Enum, word: &str) -> Result<String> {
    let letters = word.replace('_', "");
    let mut names = list.variants().iter().map(Variant::name);
    let found = names.find(|name| name.eq_ignore_ascii_case(&letters));
    found.map(str::to_owned).with_context(|| format!("{} has no {word}", list.name()))
}

fn record<'i>(interface: &'i ComponentInterface, name: &str) -> Result<&'i Record> {
    interface.get_record_definition(name).with_context(|| format!("no record {name} is exported"))
}

fn choice<'i>(interface: &'i ComponentInterface, name: &str) -> Result<&'i Enum> {
    interface.get_enum_definition(name).with_context(|| format!("no enum {name} is exported"))
}

/// The name of what a type is a list of.
fn listed(list: &Type) -> Option<String> {
    match list {
        Type::Custom { builtin, .. } => listed(builtin),
        Type::Sequence { inner_type } => named(inner_type).ok(),
        _ => None,
    }
}

fn named(of: &Type) -> Result<String> {
    match of {
        Type::Record { name, .. } | Type::Enum { name, .. } | Type::Custom { name, .. } => {
            Ok(name.clone())
        }
        other => bail!("{other:?} has no name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_stands_for_none_is_the_models() {
        assert_eq!(default_word(Noun::Output, "kind").unwrap(), "other");
        assert!(default_word(Noun::Output, "at").is_err());
    }
}
