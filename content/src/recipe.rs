//! Reading the recipes of a pack: change projects to start from.

use std::collections::BTreeSet;

use enhance_model::change_project::{Recipe, RecipeDriver};
use serde::Deserialize;

use crate::{
    fault::Place,
    manifest::At,
    names::{self, Space},
    reading::Reading,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipes {
    recipes: Vec<Recipe>,
}

/// Reads the recipes in a file of the pack; none if `pack.toml` names no such file.
pub(crate) fn read(file: Option<At<String>>, reading: &mut Reading<'_>) -> Vec<Recipe> {
    let Some(file) = file else { return Vec::new() };
    let Some(text) = reading.folder.text("", &file.value, &file.place) else { return Vec::new() };
    let recipes = match toml::from_str::<Recipes>(&text) {
        Ok(Recipes { recipes }) => recipes,
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| 1 + before.matches('\n').count());
            let what = format!("this is no recipe: {}", error.message().replace('\n', ", "));
            reading.faults.add(&Place { file: file.value, line }, what);
            return Vec::new();
        }
    };
    let place = Place::file(file.value);
    let mut keys = BTreeSet::new();
    for recipe in &recipes {
        check(recipe, &place, reading);
        if !keys.insert(recipe.key.as_str()) {
            reading.faults.add(&place, format!("two recipes have the key {:?}", recipe.key));
        }
    }
    recipes
}

/// A recipe must be able to become a plan that passes its own checks.
fn check(recipe: &Recipe, place: &Place, reading: &mut Reading<'_>) {
    let key = At { value: recipe.key.clone(), place: place.clone() };
    names::check_key(&key, reading.faults);
    let faults = reading.faults;
    let fault = |what: &str| faults.add(place, format!("the recipe {:?} {what}", recipe.key));
    for (name, text) in [("title", &recipe.title), ("summary", &recipe.summary)] {
        if text.trim().is_empty() {
            fault(&format!("has no {name}"));
        }
    }
    if !recipe.topic.is_empty() {
        let topic = At { value: recipe.topic.clone(), place: place.clone() };
        reading.names.call(Space::Domain, &topic, &format!("the recipe {:?}", recipe.key));
    }
    if recipe.measures.iter().any(|measure| measure.name.trim().is_empty()) {
        fault("has a measure without a name");
    }
    let is_deep =
        |driver: &RecipeDriver| driver.secondary.iter().any(|below| !below.secondary.is_empty());
    if recipe.drivers.iter().any(is_deep) {
        fault("has drivers under secondary drivers");
    }
}
