//! Change projects: several people write each, and its history says who wrote what.

use std::collections::BTreeMap;

use enhance_documents::TextField;
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Person, Sha256, Version,
    change_project::{ChangeProject, PlanCheck, ProjectEdit, Value},
    chart::{ChartView, PhaseSuggestion},
};

use super::LearningCore;
use crate::{
    asked::{
        checking::{PlacedFinding, SharingCheck},
        lists::{self, DocumentSummary, ListPage},
        paper::{self, GroupChart, OtherName, PageVerdict},
        portion::Portion,
        projects::{self, HistoryView, ProjectView},
        recipes::{self, RecipeSource, RecipeSummary},
        story::{self, SittingView},
        texts,
    },
    error::Error,
};

impl LearningCore {
    /// Begins a change project. `topic` is the key of its domain; `topic` and `setting` may be empty.
    ///
    /// ```no_run
    /// use enhance_client::{
    ///     Error, LearningCore,
    ///     model::change_project::{ProjectEdit, Section},
    /// };
    ///
    /// # fn example(core: &LearningCore) -> Result<(), Error> {
    /// let id = core.create_project("Fewer falls at night", "pcp", "Ward 7")?;
    /// let (section, text) = (Section::Problem, "Patients fall on the way to the toilet.".to_owned());
    /// core.edit_project(id, None, &[ProjectEdit::Section { section, text }])?;
    /// assert_eq!(core.history(id)?.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_project(
        &self,
        title: &str,
        topic: &str,
        setting: &str,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| projects::begin(state, title, topic, setting, &[]))
    }

    /// Begins a project from a recipe. Without a title it has the recipe's; `setting` may be empty.
    pub fn create_project_from(
        &self,
        recipe: &RecipeSource,
        title: &str,
        setting: &str,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| recipes::begin(state, recipe, title, setting))
    }

    /// The recipes of the installed content pack.
    pub fn recipes(&self) -> Result<Vec<RecipeSummary>, Error> {
        self.state.read(recipes::of_pack)
    }

    /// A project as a recipe for others: its structure and texts without data, names or accounts,
    /// as a text that can be kept in a file. Somebody has to read it for names first.
    pub fn recipe(&self, id: DocumentId) -> Result<String, Error> {
        self.state.read(|screen| recipes::of_project(screen, id))
    }

    /// The chart of a measure of a project, computed.
    pub fn chart(&self, id: DocumentId, measure: ItemId) -> Result<ChartView, Error> {
        self.state.read(|screen| paper::chart(screen, id, measure))
    }

    /// The charts of the groups by which a measure is looked at. Numbers that could
    /// tell of single people are hidden.
    pub fn charts_by_group(
        &self,
        id: DocumentId,
        measure: ItemId,
    ) -> Result<Vec<GroupChart>, Error> {
        self.state.read(|screen| paper::charts_by_group(screen, id, measure))
    }

    /// Whether a new phase should be marked in the chart of a measure: four conditions and a
    /// question, for a person to answer. Nothing is marked.
    pub fn phase_suggestion(
        &self,
        id: DocumentId,
        measure: ItemId,
    ) -> Result<PhaseSuggestion, Error> {
        self.state.read(|screen| paper::phase_suggestion(screen, id, measure))
    }

    /// A project as one page of HTML for a panel: self-contained, fit for printing on A4, and the
    /// same bytes whenever and wherever it is made of the same version.
    ///
    /// It is there to be handed on, so the plan is looked through first, as a reflection is before
    /// it is shared: with probable identifiers in it there is no page, and
    /// [`Error::Unacknowledged`] says how many
    /// of which kind. See [`check_before_sharing`](Self::check_before_sharing).
    pub fn project_page(&self, id: DocumentId) -> Result<String, Error> {
        self.state.with(|state| paper::page_to_share(state, id, None))
    }

    /// The page of a project in which probable identifiers were found and acknowledged.
    pub fn project_page_acknowledged(
        &self,
        id: DocumentId,
        acknowledged: Sha256,
    ) -> Result<String, Error> {
        self.state.with(|state| paper::page_to_share(state, id, Some(acknowledged)))
    }

    /// Whether such a page still agrees with its plan, which must be here. It is compared by the names
    /// that it carries: what a person is called is no part of a plan.
    pub fn verify_page(&self, html: &str) -> Result<PageVerdict, Error> {
        self.state.with(|state| paper::verify(state, html))
    }

    /// Whom such a page calls by other names than this device knows them by: they were renamed since,
    /// or somebody altered their names.
    pub fn other_names_on_page(&self, html: &str) -> Result<Vec<OtherName>, Error> {
        self.state.with(|state| paper::other_names(state, html))
    }

    /// What a project still lacks to be a good one, and what would satisfy it.
    pub fn plan_checks(&self, id: DocumentId) -> Result<Vec<PlanCheck>, Error> {
        Ok(self.project(id)?.project.plan_checks())
    }

    /// The projects this person takes part in, changed last first.
    pub fn projects(&self, page: ListPage) -> Result<Portion<DocumentSummary>, Error> {
        self.state.read(|screen| lists::of_kind(screen.store(), DocumentKind::ChangeProject, page))
    }

    /// A project as its screen shows it, with its members and comments.
    pub fn project(&self, id: DocumentId) -> Result<ProjectView, Error> {
        match self.state.read(|screen| projects::settled(screen, id)) {
            // What was typed is shown as it will be in the document, which is opened for that; and
            // a row that is not there yet is made.
            Ok(view) if !view.drafts.is_empty() => {
                self.state.with(|state| projects::view(state, id))
            }
            Err(Error::Damaged { .. }) => self.state.with(|state| projects::view(state, id)),
            read => read,
        }
    }

    /// Edits a project. `base` is the version the screen showed; none means as it stands.
    ///
    /// What is returned is to be handed back by a screen that goes on showing what it showed and
    /// what was typed into it; one that reads the project again hands back that version.
    pub fn edit_project(
        &self,
        id: DocumentId,
        base: Option<&Version>,
        edits: &[ProjectEdit],
    ) -> Result<Version, Error> {
        self.state.with(|state| projects::edit(state, id, base, edits))
    }

    /// What in a project that others read may tell who somebody is. They read on as it is written, so
    /// that it is said at once and keeps nobody from writing; nothing where nobody else reads it,
    /// which costs next to nothing to ask.
    pub fn findings_of(&self, project: DocumentId) -> Result<Vec<PlacedFinding>, Error> {
        let read = self.state.with(|state| texts::read_by_others(state, project))?;
        Ok(read.map_or_else(Vec::new, |(texts, writer)| {
            SharingCheck::of(Some(project), &texts, &writer).findings
        }))
    }

    /// Ticks on a tally sheet of a project: so many more of so many more, on top of what this device
    /// has counted. Negative numbers take its own ticks back. Answers what it has counted now.
    pub fn tick(
        &self,
        id: DocumentId,
        tally: ItemId,
        numerator: i32,
        denominator: i32,
    ) -> Result<Value, Error> {
        self.state.with(|state| projects::tick(state, id, tally, numerator, denominator))
    }

    /// A fresh id, for an item that is about to be added to a project.
    pub fn new_item_id(&self) -> ItemId {
        self.state.environment().item_id()
    }

    /// Every change of a project, oldest first.
    pub fn history(&self, id: DocumentId) -> Result<Vec<HistoryView>, Error> {
        self.state.with(|state| projects::history(state, id))
    }

    /// What was done to a project, newest first, by person and sitting, in words. At most `limit`
    /// sittings, of those before the one that ended with a version.
    pub fn sittings(
        &self,
        id: DocumentId,
        before: Option<&Version>,
        limit: u32,
    ) -> Result<Portion<SittingView>, Error> {
        self.state.with(|state| story::newest(state, id, before, limit))
    }

    /// A project as it was at an earlier version.
    pub fn project_at(&self, id: DocumentId, version: &Version) -> Result<ChangeProject, Error> {
        self.state.with(|state| projects::at(state, id, version))
    }

    /// Who wrote which part of a text. The parts together are the text.
    pub fn text_authors(
        &self,
        id: DocumentId,
        field: &TextField,
    ) -> Result<Vec<(Option<Person>, String)>, Error> {
        self.state.with(|state| projects::text_authors(state, id, field))
    }

    /// Who wrote each field last, by its path such as `aim/direction`.
    pub fn field_authors(&self, id: DocumentId) -> Result<BTreeMap<String, Option<Person>>, Error> {
        self.state.with(|state| projects::field_authors(state, id))
    }
}
