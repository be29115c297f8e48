//! Change projects.
#![allow(clippy::needless_pass_by_value, reason = "options and lists cross by value")]

use std::collections::HashMap;

use enhance_client::{
    CommentView, HistoryView, ListPosition, OtherName, ProjectView, RecipeSource, RecipeSummary,
    TextField,
    model::{
        DocumentId, ItemId, Person, PersonId, Right, Sha256, Version,
        change_project::{ChangeProject, ProjectEdit, Value},
    },
};

use crate::{
    ChartView, CommentEdit, DocumentPortion, Finding, GroupChart, PageVerdict, PhaseSuggestion,
    PlanCheck, SittingPortion, TextPart,
    handle::{CoreHandle, Result, all, page},
    values::Count,
};

#[uniffi::export]
impl CoreHandle {
    /// Begins a change project. `topic` is the key of its domain; it and `setting` may be empty.
    #[uniffi::method(default(topic = "", setting = ""))]
    pub fn create_project(&self, title: &str, topic: &str, setting: &str) -> Result<DocumentId> {
        Ok(self.core.create_project(title, topic, setting)?)
    }

    /// Begins a project from a recipe. Without a title it has the recipe's; `setting` may be empty.
    #[uniffi::method(default(title = "", setting = ""))]
    pub fn create_project_from(
        &self,
        recipe: &RecipeSource,
        title: &str,
        setting: &str,
    ) -> Result<DocumentId> {
        Ok(self.core.create_project_from(recipe, title, setting)?)
    }

    /// The recipes of the installed content pack.
    pub fn recipes(&self) -> Result<Vec<RecipeSummary>> {
        Ok(self.core.recipes()?)
    }

    /// A project as a recipe for others: its structure and texts without data, names or accounts,
    /// as a text that can be kept in a file. Somebody has to read it for names first.
    pub fn recipe(&self, id: DocumentId) -> Result<String> {
        Ok(self.core.recipe(id)?)
    }

    /// The chart of a measure of a project, computed. Its picture is `width` pixels wide, from 240 to
    /// 4,000; text in it is 12 pixels high at whatever width.
    pub fn chart(&self, id: DocumentId, measure: ItemId, width: Count) -> Result<ChartView> {
        Ok(ChartView::of(&self.core.chart(id, measure)?, width))
    }

    /// The charts of the groups by which a measure is looked at. Numbers that could
    /// tell of single people are hidden.
    pub fn charts_by_group(
        &self,
        id: DocumentId,
        measure: ItemId,
        width: Count,
    ) -> Result<Vec<GroupChart>> {
        let charts = self.core.charts_by_group(id, measure)?.into_iter();
        Ok(charts.map(|chart| GroupChart::of(chart, width)).collect())
    }

    /// Whether a new phase should be marked in the chart of a measure: four conditions and a
    /// question, for a person to answer. Nothing is marked.
    pub fn phase_suggestion(&self, id: DocumentId, measure: ItemId) -> Result<PhaseSuggestion> {
        Ok(self.core.phase_suggestion(id, measure)?.into())
    }

    /// A project as one page of HTML for a panel: self-contained, fit for printing on A4, and the
    /// same bytes whenever and wherever it is made of the same version. The plan is looked through
    /// first, as a reflection is before it is shared: see `checkBeforeSharing`.
    pub fn project_page(&self, id: DocumentId) -> Result<String> {
        Ok(self.core.project_page(id)?)
    }

    /// The page of a project in which probable identifiers were found and acknowledged.
    pub fn project_page_acknowledged(
        &self,
        id: DocumentId,
        acknowledged: Sha256,
    ) -> Result<String> {
        Ok(self.core.project_page_acknowledged(id, acknowledged)?)
    }

    /// Whether such a page still agrees with its plan, which must be here. It is compared by the names
    /// that it carries: what a person is called is no part of a plan.
    pub fn verify_page(&self, html: &str) -> Result<PageVerdict> {
        Ok(self.core.verify_page(html)?.into())
    }

    /// Whom such a page calls by other names than this device knows them by: they were renamed since,
    /// or somebody altered their names.
    pub fn other_names_on_page(&self, html: &str) -> Result<Vec<OtherName>> {
        Ok(self.core.other_names_on_page(html)?)
    }

    /// What a project still lacks to be a good one, and what would satisfy it.
    pub fn plan_checks(&self, id: DocumentId) -> Result<Vec<PlanCheck>> {
        Ok(all(self.core.plan_checks(id)?))
    }

    /// What in a project that others read may tell who somebody is. They read on as it is written, so
    /// that it is said at once and keeps nobody from writing; nothing where nobody else reads it,
    /// which costs next to nothing to ask.
    pub fn findings_of(&self, project: DocumentId) -> Result<Vec<Finding>> {
        Ok(all(self.core.findings_of(project)?))
    }

    /// The projects this person takes part in, changed last first.
    /// At most `limit`, of those after a place.
    pub fn projects(&self, after: Option<ListPosition>, limit: Count) -> Result<DocumentPortion> {
        Ok(self.core.projects(page(after, limit))?.into())
    }

    /// A project as its screen shows it, with its members and comments.
    pub fn project(&self, id: DocumentId) -> Result<ProjectView> {
        Ok(self.core.project(id)?)
    }

    /// Edits a project. `base` is the version the screen showed; none means as it stands.
    pub fn edit_project(
        &self,
        id: DocumentId,
        base: Option<Version>,
        edits: Vec<ProjectEdit>,
    ) -> Result<Version> {
        Ok(self.core.edit_project(id, base.as_ref(), &edits)?)
    }

    /// Ticks on a tally sheet of a project: so many more of so many more, on top of what this device
    /// has counted. Negative numbers take its own ticks back. Answers what it has counted now.
    pub fn tick(
        &self,
        project: DocumentId,
        tally: ItemId,
        numerator: i32,
        denominator: i32,
    ) -> Result<Value> {
        Ok(self.core.tick(project, tally, numerator, denominator)?)
    }

    /// A fresh id, for an item that is about to be added to a project.
    pub fn new_item_id(&self) -> ItemId {
        self.core.new_item_id()
    }

    /// Says something about a plan or a shared copy. `anchor` is a section's name or an item's id;
    /// empty for the whole plan.
    #[uniffi::method(default(anchor = ""))]
    pub fn comment(&self, project: DocumentId, body: &str, anchor: &str) -> Result<ItemId> {
        Ok(self.core.comment(project, anchor, body)?)
    }

    /// What this person said about a document and took back, oldest first: it can be put back.
    pub fn taken_back_comments(&self, project: DocumentId) -> Result<Vec<CommentView>> {
        Ok(self.core.taken_back_comments(project)?)
    }

    /// Changes this person's own comments on a document, or settles anybody's.
    pub fn edit_comments(&self, project: DocumentId, edits: Vec<CommentEdit>) -> Result<()> {
        Ok(self.core.edit_comments(project, &all(edits))?)
    }

    /// Invites a person to a project with a right, or gives a member another one than they have.
    /// Who is invited takes part once they accept.
    pub fn add_member(&self, project: DocumentId, person: PersonId, right: Right) -> Result<()> {
        Ok(self.core.add_member(project, person, right)?)
    }

    /// Invites a person to a project in which probable identifiers were found and acknowledged.
    /// `acknowledged` comes with `check_before_sharing` of the plan.
    pub fn add_member_acknowledged(
        &self,
        project: DocumentId,
        person: PersonId,
        right: Right,
        acknowledged: Sha256,
    ) -> Result<()> {
        Ok(self.core.add_member_acknowledged(project, person, right, acknowledged)?)
    }

    /// Takes every right to a project away from a person, or an invitation to it back.
    pub fn remove_member(&self, project: DocumentId, person: PersonId) -> Result<()> {
        Ok(self.core.remove_member(project, person)?)
    }

    /// Offers a project to a member. Nothing changes until they accept it; until then another
    /// offer, or any other right given to them, takes this one back.
    pub fn offer_ownership(&self, project: DocumentId, person: PersonId) -> Result<()> {
        Ok(self.core.offer_ownership(project, person)?)
    }

    /// The same, with what its owner may do once it is somebody else's: read it,
    /// comment on it or edit it.
    pub fn offer_ownership_keeping(
        &self,
        project: DocumentId,
        person: PersonId,
        keeps: Right,
    ) -> Result<()> {
        Ok(self.core.offer_ownership_keeping(project, person, keeps)?)
    }

    /// Takes the offer of a project back that nobody has answered.
    pub fn withdraw_offer(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.withdraw_offer(project)?)
    }

    /// Accepts a project that its owner offers to this person, who owns it then.
    pub fn accept_ownership(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.accept_ownership(project)?)
    }

    /// Declines a project that its owner offers to this person. Its owner keeps it
    /// and sees that it was declined.
    pub fn decline_ownership(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.decline_ownership(project)?)
    }

    /// Leaves another person's project. Nobody else loses anything.
    pub fn leave_project(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.leave_project(project)?)
    }

    /// Deletes a project for ever, also from everybody who can read it.
    pub fn delete_for_everybody(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.delete_for_everybody(project)?)
    }

    /// Every change of a project, oldest first.
    pub fn history(&self, id: DocumentId) -> Result<Vec<HistoryView>> {
        Ok(self.core.history(id)?)
    }

    /// What was done to a project, newest first, by person and sitting, in words. At most `limit`
    /// sittings, of those before the one that ended with a version.
    pub fn sittings(
        &self,
        id: DocumentId,
        before: Option<Version>,
        limit: Count,
    ) -> Result<SittingPortion> {
        Ok(self.core.sittings(id, before.as_ref(), limit.into())?.into())
    }

    /// A project as it was at an earlier version.
    pub fn project_at(&self, id: DocumentId, version: &Version) -> Result<ChangeProject> {
        Ok(self.core.project_at(id, version)?)
    }

    /// Who wrote which part of a text. The parts together are the text.
    pub fn text_authors(&self, id: DocumentId, field: &TextField) -> Result<Vec<TextPart>> {
        Ok(all(self.core.text_authors(id, field)?))
    }

    /// Who wrote each field last, by its path such as `aim/direction`.
    pub fn field_authors(&self, id: DocumentId) -> Result<HashMap<String, Option<Person>>> {
        Ok(self.core.field_authors(id)?.into_iter().collect())
    }
}
