//! Reading a module: `modules/<key>/module.toml` and the pages beside it.

use enhance_model::{
    Minutes,
    personal_record::SessionKind,
    programme::{
        Activity, ActivityKind, ActivityPart, DebriefGuide, Evidence, Module, Outcome,
        OutcomeSource, PartMode,
    },
};

use crate::{
    fault::Place,
    manifest::{At, Fields},
    names::{Names, Space, check_key},
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
    let kind = fields.word("kind", ActivityKind::Read);
    let activity = Activity {
        title: fields.text("title").value,
        kind,
        minutes: Minutes(fields.number("minutes")),
        required: fields.flag("required"),
        outcomes: reading.names.call_all(Space::Outcome, fields.some_texts("outcomes"), &who),
        resources: reading.names.call_all(Space::Resource, fields.texts("resources"), &who),
        evidence: fields.word_or("evidence", Evidence::None),
        page: reading.page(&key.value, base, &page),
        parts: parts(&mut fields, kind, reading),
        debrief: debrief(&mut fields, &who, reading),
        key: key.value,
    };
    check_parts(&activity, fields.place(), reading);
    fields.finish();
    activity
}

/// The parts of an activity. One that says no kind is of the kind of its activity.
fn parts(
    fields: &mut Fields<'_>,
    kind: ActivityKind,
    reading: &mut Reading<'_>,
) -> Vec<ActivityPart> {
    let mut names = Names::default();
    let read = |mut fields: Fields<'_>| {
        let key = fields.text("key");
        names.give(Space::Part, &key, reading.faults);
        let part = ActivityPart {
            key: key.value,
            title: fields.text("title").value,
            mode: fields.word("mode", PartMode::Online),
            kind: fields.word_or("kind", kind),
            minutes: Minutes(fields.number("minutes")),
            cap: fields.optional_number("cap").map(Minutes),
        };
        let fault = |what: String| {
            reading.faults.add(&key.place, format!("part {:?} {what}", part.key));
        };
        if let Some(cap) = part.cap.filter(|cap| *cap > part.minutes) {
            fault(format!("has a cap of {cap}, and takes {}: it limits nothing", part.minutes));
        }
        if part.mode == PartMode::FaceToFace && part.session_kind() == SessionKind::Elearning {
            fault("is face to face, and would count as e-learning; say its `kind`".to_owned());
        }
        fields.finish();
        part
    };
    fields.tables("parts").into_iter().map(read).collect()
}

fn debrief(fields: &mut Fields<'_>, who: &str, reading: &mut Reading<'_>) -> Option<DebriefGuide> {
    let mut fields = fields.optional_table("debrief")?;
    let template = fields.text("template");
    reading.names.call(Space::Template, &template, who);
    let confidence = fields.text("confidence").value;
    fields.finish();
    Some(DebriefGuide { template: template.value, confidence })
}

fn check_parts(activity: &Activity, place: &Place, reading: &Reading<'_>) {
    let fault = |what: String| {
        reading.faults.add(place, format!("activity {:?} {what}", activity.key));
    };
    let parts: u64 = activity.parts.iter().map(|part| u64::from(part.minutes.0)).sum();
    if !activity.parts.is_empty() && parts != u64::from(activity.minutes.0) {
        let minutes = activity.minutes.0;
        fault(format!("takes {minutes} minutes, and its parts add up to {parts}"));
    }
    if activity.parts.len() == 1 {
        fault("has one part; what has no other part has none".to_owned());
    }
    let is_lived = matches!(activity.kind, ActivityKind::Simulate | ActivityKind::Vr);
    if is_lived && activity.debrief.is_none() {
        let kind = activity.kind;
        fault(format!("is of the kind {kind}, which has a `debrief` with a `confidence`"));
    }
}
