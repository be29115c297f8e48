//! Reading a module: `modules/<key>/module.toml` and the pages beside it.

use enhance_model::{
    Minutes,
    programme::{Activity, ActivityKind, Evidence, Module, Outcome, OutcomeSource},
};

use crate::{
    manifest::{At, Fields},
    names::{Space, check_key},
    reading::Reading,
};

/// Reads the module in the folder that bears its key.
pub(crate) fn read(key: &At<String>, reading: &mut Reading<'_>) -> Option<Module> {
    if !check_key(key, reading.faults) {
        return None;
    }
    reading.names.give(Space::Page, key, reading.faults);
    let base = format!("modules/{}", key.value);
    let (file, text) =
        (format!("{base}/module.toml"), reading.folder.text(&base, "module.toml", &key.place));
    let Some(mut fields) = Fields::of_manifest(&file, text.as_deref(), reading.faults) else {
        reading.names.lacks(Space::Outcome);
        return None;
    };
    let who = format!("module {:?}", key.value);
    let domains = reading.names.call_all(Space::Domain, fields.some_texts("domains"), &who);
    let introduction = At { value: "module.md".to_owned(), place: fields.place().clone() };
    let module = Module {
        key: key.value.clone(),
        title: fields.text("title").value,
        themes: reading.names.call_all(Space::Theme, fields.texts("themes"), &who),
        min_minutes: Minutes(fields.number("min_minutes")),
        suggested_stage: fields.text("suggested_stage").value,
        page: reading.page(&key.value, &base, &introduction),
        outcomes: outcomes(&mut fields, &domains, reading),
        activities: activities(&mut fields, &base, reading),
        domains,
    };
    fields.finish();
    Some(module)
}

fn outcomes(
    fields: &mut Fields<'_>,
    domains: &[String],
    reading: &mut Reading<'_>,
) -> Vec<Outcome> {
    let read = |mut fields: Fields<'_>| {
        let key = fields.text("key");
        reading.names.give(Space::Outcome, &key, reading.faults);
        let domain = fields.text("domain");
        let who = format!("outcome {:?}", key.value);
        reading.names.call(Space::Domain, &domain, &who);
        if !domain.value.is_empty() && !domains.contains(&domain.value) {
            let what = format!("{who} is of the domain {:?}, not of its module", domain.value);
            reading.faults.add(&domain.place, what);
        }
        let outcome = Outcome {
            key: key.value,
            domain: domain.value,
            text: fields.text("text").value,
            source: fields.word("source", OutcomeSource::Ours),
        };
        fields.finish();
        outcome
    };
    fields.some_tables("outcomes").into_iter().map(read).collect()
}

fn activities(fields: &mut Fields<'_>, base: &str, reading: &mut Reading<'_>) -> Vec<Activity> {
    let tables = fields.some_tables("activities");
    tables.into_iter().map(|table| activity(table, base, reading)).collect()
}

fn activity(mut fields: Fields<'_>, base: &str, reading: &mut Reading<'_>) -> Activity {
    let key = fields.text("key");
    reading.names.give(Space::Page, &key, reading.faults);
    let who = format!("activity {:?}", key.value);
    let page = fields.text("page");
    let activity = Activity {
        title: fields.text("title").value,
        kind: fields.word("kind", ActivityKind::Read),
        minutes: Minutes(fields.number("minutes")),
        required: fields.flag("required"),
        outcomes: reading.names.call_all(Space::Outcome, fields.some_texts("outcomes"), &who),
        resources: reading.names.call_all(Space::Resource, fields.texts("resources"), &who),
        evidence: fields.word_or("evidence", Evidence::None),
        page: reading.page(&key.value, base, &page),
        key: key.value,
    };
    fields.finish();
    activity
}
