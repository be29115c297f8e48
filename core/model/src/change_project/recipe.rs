//! Recipes: what a finished plan teaches the next one, its structure and texts without data, names
//! or accounts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Aim, ChangeIdea, ChangeProject, Direction, Driver, Item, Measure, ProjectEdit, Section,
    Stakeholder, TeamMember, Unit,
};
use crate::{
    ItemId,
    record::{Record, Whole},
};

/// A plan to start from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipe {
    /// By which a pack names it. Empty for one that was made of a plan.
    pub key: String,
    pub title: String,
    /// The key of the domain it belongs to. May be empty.
    pub topic: String,
    /// What it is good for, for somebody who chooses.
    pub summary: String,
    pub aim: RecipeAim,
    pub sections: BTreeMap<Section, String>,
    /// The primary drivers, with what is under each.
    pub drivers: Vec<RecipeDriver>,
    pub stakeholders: Vec<Stakeholder>,
    /// Roles that take part.
    pub team: Vec<String>,
    pub measures: Vec<Measure>,
}

/// What is wanted, without the figures, which are of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecipeAim {
    pub direction: Option<Direction>,
    pub unit: Option<Unit>,
    pub population: String,
}

/// A driver with what is under it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecipeDriver {
    pub name: String,
    /// Ideas that move it.
    pub ideas: Vec<RecipeIdea>,
    /// Secondary drivers; these have none under them.
    pub secondary: Vec<RecipeDriver>,
}

/// An idea to test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecipeIdea {
    pub text: String,
    pub rationale: String,
}

impl ChangeProject {
    /// The plan as a recipe for others. Texts go as they are written: somebody has to read them
    /// for names first. What is of this place and these people stays: figures, dates, accounts,
    /// comments, what was done and what came of it.
    pub fn recipe(&self) -> Recipe {
        let kept = [Section::Problem, Section::Plan, Section::Governance, Section::Equity];
        let written = self
            .sections
            .iter()
            .filter(|(section, text)| kept.contains(section) && !text.trim().is_empty());
        let mut told = BTreeSet::new();
        let drivers = self.driver_tree().into_iter().map(|branch| {
            let secondary = branch.secondary.into_iter();
            let secondary = secondary.map(|id| self.recipe_driver(id, &mut told)).collect();
            RecipeDriver { secondary, ..self.recipe_driver(branch.id, &mut told) }
        });
        Recipe {
            key: String::new(),
            title: self.title.clone(),
            topic: self.topic.clone(),
            summary: String::new(),
            aim: RecipeAim {
                direction: self.aim.direction,
                unit: self.aim.unit,
                population: self.aim.population.clone(),
            },
            sections: written.map(|(section, text)| (*section, text.clone())).collect(),
            drivers: drivers.collect(),
            stakeholders: self.stakeholders.values().cloned().collect(),
            team: self.team.values().map(|member| member.role.clone()).collect(),
            measures: self.measures.values().cloned().collect(),
        }
    }

    /// A driver with its ideas; one that is under several is told once.
    fn recipe_driver(&self, id: ItemId, told: &mut BTreeSet<ItemId>) -> RecipeDriver {
        let under = self.ideas.iter().filter(|(_, idea)| idea.drivers.contains(&id));
        let ideas = under
            .filter(|(idea, _)| told.insert(**idea))
            .map(|(_, idea)| RecipeIdea {
                text: idea.text.clone(),
                rationale: idea.rationale.clone(),
            })
            .collect();
        let name = self.drivers.get(&id).map(|driver| driver.name.clone()).unwrap_or_default();
        RecipeDriver { name, ideas, secondary: Vec::new() }
    }
}

impl Recipe {
    /// The edits that write the recipe into a new plan, each thing under a fresh id.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId,
    ///     change_project::{ChangeProject, Recipe, RecipeDriver},
    /// };
    ///
    /// let secondary = vec![RecipeDriver { name: "Lamps".to_owned(), ..Default::default() }];
    /// let light = RecipeDriver { name: "Light".to_owned(), secondary, ..Default::default() };
    /// let recipe = Recipe { drivers: vec![light], ..Recipe::default() };
    ///
    /// let mut last = 0;
    /// let edits = recipe.edits(|| {
    ///     last += 1;
    ///     ItemId::from_bytes([last; 16])
    /// });
    /// let plan = ChangeProject::default().with(&edits);
    /// assert_eq!(plan.recipe(), recipe);
    /// ```
    pub fn edits(&self, mut new_id: impl FnMut() -> ItemId) -> Vec<ProjectEdit> {
        let aim = Aim {
            direction: self.aim.direction,
            unit: self.aim.unit,
            population: self.aim.population.clone(),
            ..Aim::default()
        };
        let mut edits: Vec<ProjectEdit> =
            aim.edits().into_iter().map(|edit| ProjectEdit::Aim { edit }).collect();
        let sections = self.sections.iter();
        edits.extend(
            sections.map(|(section, text)| ProjectEdit::Section {
                section: *section,
                text: text.clone(),
            }),
        );
        for (place, driver) in (1..).zip(&self.drivers) {
            let id = driver.add(None, place, &mut new_id, &mut edits);
            for (place, below) in (1..).zip(&driver.secondary) {
                below.add(Some(id), place, &mut new_id, &mut edits);
            }
        }
        for stakeholder in &self.stakeholders {
            edits.extend(stakeholder.adding(new_id()));
        }
        for role in &self.team {
            let member = TeamMember { role: role.clone(), ..TeamMember::default() };
            edits.extend(member.adding(new_id()));
        }
        for measure in &self.measures {
            edits.extend(measure.adding(new_id()));
        }
        edits
    }
}

impl RecipeDriver {
    fn add(
        &self,
        parent: Option<ItemId>,
        place: u32,
        new_id: &mut impl FnMut() -> ItemId,
        edits: &mut Vec<ProjectEdit>,
    ) -> ItemId {
        let id = new_id();
        let driver = Driver { name: self.name.clone(), parent, place: Some(Whole(place)) };
        edits.extend(driver.adding(id));
        for idea in &self.ideas {
            let idea = ChangeIdea {
                text: idea.text.clone(),
                rationale: idea.rationale.clone(),
                drivers: [id].into(),
                ..ChangeIdea::default()
            };
            edits.extend(idea.adding(new_id()));
        }
        id
    }
}
