//! Reading `resources/resources.toml`: films, texts and links, and where a film stops to ask.

use enhance_model::{
    Minutes,
    programme::{PausePoint, Resource, ResourceKind},
};

use crate::{fault::Place, manifest::Fields, names::Space, reading::Reading};

const FOLDER: &str = "resources";
const RESOURCES: &str = "resources/resources.toml";

/// Reads all resources of a pack.
pub(crate) fn read(reading: &mut Reading<'_>) -> Vec<Resource> {
    let text = reading.manifest(RESOURCES);
    let Some(mut fields) = Fields::of_manifest(RESOURCES, text.as_deref(), reading.faults) else {
        reading.names.lacks(Space::Resource);
        return Vec::new();
    };
    let tables = fields.tables("resources");
    fields.finish();
    tables.into_iter().map(|table| resource(table, reading)).collect()
}

fn resource(mut fields: Fields<'_>, reading: &mut Reading<'_>) -> Resource {
    let key = fields.text("key");
    reading.names.give(Space::Resource, &key, reading.faults);
    let place = key.place;
    let (file, url) = (fields.optional_text("file"), fields.optional_text("url"));
    let transcript = fields.optional_text("transcript");
    let length: Option<u32> = fields.optional_number("length_seconds");
    let resource = Resource {
        key: key.value,
        title: fields.text("title").value,
        kind: fields.word("kind", ResourceKind::Text),
        licence: fields.text("licence").value,
        minutes: Minutes(fields.optional_number("minutes").unwrap_or_default()),
        file: file.map(|name| reading.resource_file(FOLDER, &name)),
        url: url.map(|url| reading.address(url)),
        transcript: transcript.map(|name| reading.transcript(FOLDER, &name)),
        pause_points: pause_points(&mut fields, length, reading),
    };
    if let Some(seconds) = length {
        reading.sources.films.insert(resource.key.clone(), seconds);
    }
    check_parts(&resource, &place, reading);
    fields.finish();
    resource
}

fn check_parts(resource: &Resource, place: &Place, reading: &Reading<'_>) {
    let fault = |what: &str| {
        reading.faults.add(place, format!("resource {:?} {what}", resource.key));
    };
    if resource.kind == ResourceKind::Link && resource.url.is_none() {
        fault("is a link without a `url`");
    }
    if resource.kind == ResourceKind::Link && resource.file.is_some() {
        fault("is a link and has a `file`; it can be one or the other");
    }
    if resource.kind != ResourceKind::Link && resource.file.is_none() && resource.url.is_none() {
        fault("has neither a `file` nor a `url`");
    }
    if resource.kind.needs_transcript() && resource.transcript.is_none() {
        fault("has neither captions nor a transcript; name one in `transcript`");
    }
}

fn pause_points(
    fields: &mut Fields<'_>,
    length: Option<u32>,
    reading: &mut Reading<'_>,
) -> Vec<PausePoint> {
    let mut last = 0;
    let mut points = Vec::new();
    for mut point in fields.tables("pause_points") {
        let key = point.text("key");
        reading.names.give(Space::Page, &key, reading.faults);
        let at_seconds: u32 = point.number("at_seconds");
        let fault = |what: &str| {
            reading.faults.add(&key.place, format!("pause point {:?} {what}", key.value));
        };
        // Zero is what stands for a number that was wrong, and has been reported.
        if at_seconds != 0 && at_seconds <= last {
            fault("is not later than the one before it");
        }
        match length {
            Some(length) if at_seconds > length => fault("is after the end of the film"),
            Some(_) => {}
            None => fault("needs to know how long the film is; say so in `length_seconds`"),
        }
        last = at_seconds.max(last);
        let (scene, prompt) = (point.text("scene").value, point.text("prompt").value);
        point.finish();
        points.push(PausePoint { key: key.value, at_seconds, scene, prompt });
    }
    points
}
