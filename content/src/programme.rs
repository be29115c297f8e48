//! Reading `pack.toml` and everything it leads to.

use enhance_model::programme::{Domain, Page, Programme, Theme};

use crate::{
    log_rule,
    manifest::{At, Fields},
    module, names,
    names::Space,
    reading::Reading,
    recipe, resource, template,
};

const PACK: &str = "pack.toml";
const HANDBOOK: &str = "handbook/handbook.toml";

/// A programme and the version its pack says it has.
pub(crate) struct Manuscript {
    pub(crate) programme: Programme,
    pub(crate) version: u64,
}

/// Reads the whole pack. Nothing if there is no telling what it consists of.
pub(crate) fn read(reading: &mut Reading<'_>) -> Option<Manuscript> {
    let text = reading.manifest(PACK);
    let mut fields = Fields::of_manifest(PACK, text.as_deref(), reading.faults)?;
    let key = fields.text("key");
    names::check_key(&key, reading.faults);
    let modules = fields.some_texts("modules");
    let recipes = fields.optional_text("recipes");
    let log_rule = fields.optional_text("log_rule");
    let manuscript = Manuscript {
        version: fields.number("version"),
        programme: Programme {
            key: key.value,
            title: fields.text("title").value,
            years: fields.number("years"),
            source_url: reading.address(fields.text("source_url")),
            domains: domains(&mut fields, reading),
            themes: themes(&mut fields, reading),
            modules: modules.iter().filter_map(|key| module::read(key, reading)).collect(),
            resources: resource::read(reading),
            handbook: handbook(reading),
            templates: template::read(reading),
            recipes: recipe::read(recipes, reading),
            log_rule: log_rule::read(log_rule, reading),
        },
    };
    fields.finish();
    Some(manuscript)
}

fn domains(fields: &mut Fields<'_>, reading: &mut Reading<'_>) -> Vec<Domain> {
    let tables = fields.some_tables("domains").into_iter();
    let read = tables.map(|table| area(table, Space::Domain, reading));
    read.map(|[key, title, purpose]| Domain { key, title, purpose }).collect()
}

fn themes(fields: &mut Fields<'_>, reading: &mut Reading<'_>) -> Vec<Theme> {
    let tables = fields.tables("themes").into_iter();
    let read = tables.map(|table| area(table, Space::Theme, reading));
    read.map(|[key, title, purpose]| Theme { key, title, purpose }).collect()
}

fn area(mut fields: Fields<'_>, space: Space, reading: &mut Reading<'_>) -> [String; 3] {
    let key = fields.text("key");
    reading.names.give(space, &key, reading.faults);
    let (title, purpose) = (fields.text("title"), fields.text("purpose"));
    fields.finish();
    [key.value, title.value, purpose.value]
}

fn handbook(reading: &mut Reading<'_>) -> Vec<Page> {
    let text = reading.manifest(HANDBOOK);
    let Some(mut fields) = Fields::of_manifest(HANDBOOK, text.as_deref(), reading.faults) else {
        return Vec::new();
    };
    let keys = fields.some_texts("pages");
    fields.finish();
    let read = |key: At<String>| {
        reading.names.give(Space::Page, &key, reading.faults);
        let name = At { value: format!("{}.md", key.value), place: key.place };
        reading.page(&key.value, "handbook", &name)
    };
    keys.into_iter().map(read).collect()
}
