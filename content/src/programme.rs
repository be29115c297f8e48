//! Reading `pack.toml` and everything it leads to.

use enhance_model::{
    learning_log::PartCap,
    programme::{Activity, ActivityPart, Domain, Page, Programme, Theme},
    suppression::Suppression,
};

use crate::{
    framework, log_rule,
    manifest::{At, Fields},
    module, names,
    names::Space,
    reading::Reading,
    recipe, resource, template, wording,
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
    reading.folder.retire(wording::read(&mut fields));
    let modules = fields.some_texts("modules");
    let recipes = fields.optional_text("recipes");
    let log_rule = fields.optional_text("log_rule");
    let frameworks = fields.texts("frameworks");
    let mut manuscript = Manuscript {
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
            suppression: suppression(&mut fields),
            log_rule: log_rule::read(log_rule, reading),
            frameworks: framework::read(&frameworks, reading),
        },
    };
    fields.finish();
    manuscript.programme.log_rule.part_caps = part_caps(&manuscript.programme);
    Some(manuscript)
}

/// The caps of all parts, where the log is counted by them.
fn part_caps(programme: &Programme) -> Vec<PartCap> {
    let activities = programme.modules.iter().flat_map(|module| &module.activities);
    let of_activity = |activity: &Activity| {
        let cap = |part: &ActivityPart| {
            let (activity, part_key) = (activity.key.clone(), part.key.clone());
            Some(PartCap { activity, part: part_key, minutes: part.cap? })
        };
        activity.parts.iter().filter_map(cap).collect::<Vec<_>>()
    };
    activities.flat_map(of_activity).collect()
}

fn suppression(fields: &mut Fields<'_>) -> Suppression {
    let usual = Suppression::default();
    Suppression { to: fields.optional_number("hidden_up_to").unwrap_or(usual.to), ..usual }
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
