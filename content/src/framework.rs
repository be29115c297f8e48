//! Reading a framework: `frameworks/<key>.toml`, which `pack.toml` names.

use std::num::NonZeroU8;

use enhance_model::programme::{Capability, CrosswalkLink, Framework, Strength};

use crate::{
    fault::Place,
    manifest::{At, Fields},
    names::{Names, Space, check_key},
    reading::Reading,
};

/// Reads the frameworks with these keys. What their crosswalks name is looked for once all of the
/// pack is read.
pub(crate) fn read(keys: &[At<String>], reading: &mut Reading<'_>) -> Vec<Framework> {
    keys.iter().filter_map(|key| framework(key, reading)).collect()
}

fn framework(key: &At<String>, reading: &mut Reading<'_>) -> Option<Framework> {
    if !check_key(key, reading.faults) {
        return None;
    }
    reading.names.give(Space::Framework, key, reading.faults);
    let name = format!("{}.toml", key.value);
    let (file, text) =
        (format!("frameworks/{name}"), reading.folder.text("frameworks", &name, &key.place));
    let mut fields = Fields::of_manifest(&file, text.as_deref(), reading.faults)?;
    let levels: Vec<String> = fields.texts("levels").into_iter().map(|one| one.value).collect();
    let framework = Framework {
        version: fields.text("version").value,
        title: fields.text("title").value,
        source: fields.text("source").value,
        capabilities: capabilities(&mut fields, (key, levels.len()), reading),
        crosswalk: crosswalk(&mut fields, key, reading),
        levels,
        key: key.value.clone(),
    };
    fields.finish();
    Some(framework)
}

fn capabilities(
    fields: &mut Fields<'_>,
    (framework, levels): (&At<String>, usize),
    reading: &mut Reading<'_>,
) -> Vec<Capability> {
    let mut codes = Names::default();
    let mut known: Vec<String> = Vec::new();
    let read = |mut fields: Fields<'_>| {
        let code = fields.text("code");
        codes.give(Space::Capability, &code, reading.faults);
        let whole = At { value: key_of(framework, &code.value), place: code.place.clone() };
        reading.names.note(Space::Capability, &whole);
        let fault = |place: &Place, what: String| {
            reading.faults.add(place, format!("capability {:?} {what}", code.value));
        };
        let parent = fields.optional_text("parent");
        if let Some(parent) = &parent
            && !known.contains(&parent.value)
        {
            let what = format!("belongs to {:?}, which does not stand before it", parent.value);
            fault(&parent.place, what);
        }
        let level: Option<u8> = fields.optional_number("level");
        if let Some(level) = level.and_then(NonZeroU8::new)
            && usize::from(level.get()) > levels
        {
            fault(&code.place, format!("is of level {level}, and there are {levels}"));
        }
        let text = fields.text("text").value;
        fields.finish();
        known.push(code.value.clone());
        let parent = parent.map(|parent| parent.value);
        Capability { code: code.value, parent, text, level }
    };
    fields.some_tables("capabilities").into_iter().map(read).collect()
}

fn crosswalk(
    fields: &mut Fields<'_>,
    framework: &At<String>,
    reading: &mut Reading<'_>,
) -> Vec<CrosswalkLink> {
    let read = |mut fields: Fields<'_>| {
        let (code, to) = (fields.text("code"), fields.text("to"));
        let who = format!("the crosswalk of {:?}", framework.value);
        let own = At { value: key_of(framework, &code.value), place: code.place.clone() };
        reading.names.call(Space::Capability, &own, &who);
        let named = |key: &str| At { value: key.to_owned(), place: to.place.clone() };
        match to.value.split_once(':') {
            Some(("outcome", key)) => reading.names.call(Space::Outcome, &named(key), &who),
            Some(("capability", key)) => reading.names.call(Space::Capability, &named(key), &who),
            _ if to.value.is_empty() => {}
            _ => reading.faults.add(
                &to.place,
                format!("{:?} is neither outcome:KEY nor capability:FRAMEWORK/CODE", to.value),
            ),
        }
        let link = CrosswalkLink {
            code: code.value,
            to: to.value,
            strength: fields.word("strength", Strength::Partial),
            author: fields.text("author").value,
        };
        fields.finish();
        link
    };
    fields.tables("crosswalk").into_iter().map(read).collect()
}

fn key_of(framework: &At<String>, code: &str) -> String {
    format!("{}/{code}", framework.value)
}
