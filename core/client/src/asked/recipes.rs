//! Recipes: plans to start from, out of a content pack or made of a plan.

use enhance_model::{
    DocumentId, Noun,
    change_project::{ChangeProject, ProjectEdit, Recipe},
    markup::without_mark,
};
use serde::Serialize;

use super::projects;
use crate::{
    error::{Error, InputField},
    state::{State, screens::Screen},
};

/// Things of a plan that a recipe may have; a plan of that size fits into one change.
const MOST_ITEMS: usize = 500;
/// Bytes of a recipe as a text.
const MOST_BYTES: usize = 256 << 10;

/// A recipe as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipeSummary {
    pub key: String,
    pub title: String,
    /// The key of the domain it belongs to. May be empty.
    pub topic: String,
    /// What it is good for.
    pub summary: String,
}

/// Where a recipe comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipeSource {
    /// The recipe with this key in the installed pack.
    Pack(String),
    /// A recipe somebody made of a plan, as [`recipe`](crate::LearningCore::recipe) writes it.
    Text(String),
}

/// The recipes of the installed pack.
pub(crate) fn of_pack(screen: &mut Screen<'_>) -> Result<Vec<RecipeSummary>, Error> {
    let Some(pack) = screen.programme()? else { return Ok(Vec::new()) };
    let summary = |recipe: &Recipe| RecipeSummary {
        key: recipe.key.clone(),
        title: recipe.title.clone(),
        topic: recipe.topic.clone(),
        summary: recipe.summary.clone(),
    };
    Ok(pack.programme.recipes.iter().map(summary).collect())
}

/// A plan as a recipe, as a text that can be kept in a file and handed on.
pub(crate) fn of_project(screen: &mut Screen<'_>, id: DocumentId) -> Result<String, Error> {
    let recipe = projects::settled(screen, id)?.project.recipe();
    let unwritten = |error| Error::damaged(format_args!("plan {id}")).because(error);
    serde_json::to_string_pretty(&recipe).map_err(unwritten)
}

/// Begins a plan from a recipe, whole: in one change and one write. Without a title it has the recipe's.
pub(crate) fn begin(
    state: &mut State,
    source: &RecipeSource,
    title: &str,
    setting: &str,
) -> Result<DocumentId, Error> {
    let recipe = find(state, source)?;
    let edits = recipe.edits(|| state.environment().item_id());
    let items = edits.iter().filter(|edit| matches!(edit, ProjectEdit::Add { .. })).count();
    if items > MOST_ITEMS {
        let why = format!("it has {items} parts; a recipe has at most {MOST_ITEMS}");
        return Err(Error::invalid(InputField::Recipe, why));
    }
    let fault = |fault| Error::invalid(InputField::Recipe, fault);
    ChangeProject::default().check(&edits).map_err(fault)?;
    let title = if title.trim().is_empty() { &recipe.title } else { title };
    projects::begin(state, title, &recipe.topic, setting, &edits)
}

fn find(state: &mut State, source: &RecipeSource) -> Result<Recipe, Error> {
    match source {
        RecipeSource::Pack(key) => {
            let pack = state.programme()?;
            let recipes = pack.iter().flat_map(|pack| &pack.programme.recipes);
            let found = recipes.into_iter().find(|recipe| recipe.key == *key).cloned();
            found.ok_or_else(|| Error::not_found(Noun::Recipe, key))
        }
        RecipeSource::Text(text) if text.len() > MOST_BYTES => {
            let why = format!("it has {} bytes; a recipe has at most {MOST_BYTES}", text.len());
            Err(Error::invalid(InputField::Recipe, why))
        }
        // What the reader of JSON says is for programmers; where it stopped is for anybody.
        RecipeSource::Text(text) => {
            serde_json::from_slice(without_mark(text).as_bytes()).map_err(|error| {
                let line = error.line();
                let why = format!("this is no recipe, or it was altered in line {line}");
                Error::invalid(InputField::Recipe, why)
            })
        }
    }
}
