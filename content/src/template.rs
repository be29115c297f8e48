//! Reading `templates.toml`: the ways to reflect.

use enhance_model::programme::{Prompt, Template};

use crate::{
    manifest::Fields,
    names::{Names, Space},
    reading::Reading,
};

const TEMPLATES: &str = "templates.toml";

/// Reads all templates of a pack.
pub(crate) fn read(reading: &mut Reading<'_>) -> Vec<Template> {
    let text = reading.manifest(TEMPLATES);
    let Some(mut fields) = Fields::of_manifest(TEMPLATES, text.as_deref(), reading.faults) else {
        return Vec::new();
    };
    let tables = fields.some_tables("templates");
    fields.finish();
    tables.into_iter().map(|table| template(table, reading)).collect()
}

fn template(mut fields: Fields<'_>, reading: &mut Reading<'_>) -> Template {
    let key = fields.text("key");
    reading.names.give(Space::Template, &key, reading.faults);
    let template = Template {
        key: key.value,
        version: fields.number("version"),
        title: fields.text("title").value,
        purpose: fields.text("purpose").value,
        prompts: prompts(&mut fields, reading),
    };
    fields.finish();
    template
}

fn prompts(fields: &mut Fields<'_>, reading: &Reading<'_>) -> Vec<Prompt> {
    let mut names = Names::default();
    let read = |mut fields: Fields<'_>| {
        let key = fields.text("key");
        names.give(Space::Prompt, &key, reading.faults);
        let prompt = Prompt {
            key: key.value,
            label: fields.text("label").value,
            help: fields.optional_text("help").map(|help| help.value).unwrap_or_default(),
            max_words: fields.optional_number("max_words"),
        };
        fields.finish();
        prompt
    };
    fields.some_tables("prompts").into_iter().map(read).collect()
}
