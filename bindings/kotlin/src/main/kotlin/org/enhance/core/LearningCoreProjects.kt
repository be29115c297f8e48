package org.enhance.core

/**
 * The part of [LearningCoreApi] that is change projects: plans that people write together, measure
 * and talk over.
 */
public interface LearningCoreProjects {
    /** Begins a change project. [topic] is the key of its domain; [topic] and [setting] may be empty. */
    public suspend fun createProject(
        title: String,
        topic: String = "",
        setting: String = "",
    ): DocumentId

    /** Begins a project from a recipe. Without a title it has the recipe's; [setting] may be empty. */
    public suspend fun createProjectFrom(
        recipe: RecipeSource,
        title: String = "",
        setting: String = "",
    ): DocumentId

    /** The recipes of the installed content pack. */
    public suspend fun recipes(): List<RecipeSummary>

    /**
     * A project as a recipe for others: its structure and texts without data, names or accounts, as a
     * text that can be kept in a file. Somebody has to read it for names first.
     */
    public suspend fun recipe(id: DocumentId): String

    /**
     * The chart of a measure of a project, computed. Its picture is [width] pixels wide, from 240 to
     * 4,000; text in it is 12 pixels high at whatever width.
     */
    public suspend fun chart(id: DocumentId, measure: ItemId, width: Int = 320): ChartView

    /**
     * The charts of the groups by which a measure is looked at. Numbers that could tell of single
     * people are hidden.
     */
    public suspend fun chartsByGroup(id: DocumentId, measure: ItemId, width: Int = 320): List<GroupChart>

    /**
     * Whether a new phase should be marked in the chart of a measure: four conditions and a question,
     * for a person to answer. Nothing is marked.
     */
    public suspend fun phaseSuggestion(id: DocumentId, measure: ItemId): PhaseSuggestion

    /**
     * A project as one page of HTML for a panel: self-contained, fit for printing on A4, and the same
     * bytes whenever and wherever it is made of the same version.
     */
    public suspend fun projectPage(id: DocumentId): String

    /** The page of a project in which probable identifiers were found and acknowledged. */
    public suspend fun projectPageAcknowledged(id: DocumentId, acknowledged: Sha256): String

    /** Whether such a page still agrees with its plan, which must be here. */
    public suspend fun verifyPage(html: String): PageVerdict

    /**
     * Whom such a page calls by other names than this device knows them by: they were renamed since,
     * or somebody altered their names.
     */
    public suspend fun otherNamesOnPage(html: String): List<OtherName>

    /** What a project still lacks to be a good one, and what would satisfy it. */
    public suspend fun planChecks(id: DocumentId): List<PlanCheck>

    /**
     * What in a project that others read may tell who somebody is. They read on as it is written, so
     * that it is said at once and keeps nobody from writing; nothing where nobody else reads it,
     * which costs next to nothing to ask.
     */
    public suspend fun findingsOf(project: DocumentId): List<Finding>

    /**
     * The projects this person takes part in, changed last first. At most [limit], of those after a
     * [position].
     */
    public suspend fun projects(after: ListPosition? = null, limit: Int = 50): Portion<DocumentSummary>

    /** A project as its screen shows it, with its members and comments. */
    public suspend fun project(id: DocumentId): ProjectView

    /**
     * Edits a project. [base] is the version the screen showed; none means as it stands.
     *
     * What is returned is to be handed back by a screen that goes on showing what it showed and what
     * was typed into it; one that reads the project again hands back that version.
     */
    public suspend fun editProject(id: DocumentId, base: Version?, edits: List<ProjectEdit>): Version

    /**
     * Ticks on a tally sheet of a project: so many more of so many more, on top of what this device
     * has counted. Negative numbers take its own ticks back. Answers what it has counted now.
     */
    public suspend fun tick(project: DocumentId, tally: ItemId, numerator: Int, denominator: Int): ObservedValue

    /**
     * A fresh id, for an item that is about to be added to a project. One of the personal record has
     * the same.
     */
    public suspend fun newItemId(): ItemId

    /**
     * Says something about a plan or a shared copy. [anchor] is a section's name or an item's id; empty for the
     * whole project.
     */
    public suspend fun comment(project: DocumentId, body: String, anchor: String = ""): ItemId

    /** What this person said about a document and took back, oldest first: it can be put back. */
    public suspend fun takenBackComments(project: DocumentId): List<CommentView>

    /** Changes this person's own comments on a document, or settles anybody's. */
    public suspend fun editComments(project: DocumentId, edits: List<CommentEdit>)

    /**
     * Invites a person to a project with a right, or gives a member another one than they have. Only its
     * owner can.
     */
    public suspend fun addMember(project: DocumentId, person: PersonId, right: Right)

    /**
     * Invites a person to a project in which probable identifiers were found and acknowledged.
     * [acknowledged] comes with [LearningCoreApi.checkBeforeSharing] of the plan.
     */
    public suspend fun addMemberAcknowledged(
        project: DocumentId,
        person: PersonId,
        right: Right,
        acknowledged: Sha256,
    )

    /**
     * Takes every right to a project away from a person, or an invitation to it back. Only its owner can.
     */
    public suspend fun removeMember(project: DocumentId, person: PersonId)

    /**
     * Offers a project to a member. Nothing changes until they accept it; until then another offer,
     * or any other right given to them, takes this one back. Only its owner can.
     */
    public suspend fun offerOwnership(project: DocumentId, person: PersonId)

    /**
     * The same, with what its owner may do once it is somebody else's: read it, comment on it or edit
     * it.
     */
    public suspend fun offerOwnershipKeeping(project: DocumentId, person: PersonId, keeps: Right)

    /** Takes the offer of a project back that nobody has answered. */
    public suspend fun withdrawOffer(project: DocumentId)

    /**
     * Accepts a project that its owner offers to this person, who owns it then. Who owned it keeps a
     * copy to read.
     */
    public suspend fun acceptOwnership(project: DocumentId)

    /**
     * Declines a project that its owner offers to this person. Its owner keeps it and sees that it was
     * declined.
     */
    public suspend fun declineOwnership(project: DocumentId)

    /**
     * Leaves another person's project. It goes from this person's devices with their next syncs, and
     * nobody else loses anything.
     */
    public suspend fun leaveProject(project: DocumentId)

    /** Deletes a project for ever, also from everybody who can read it. Only its owner can. */
    public suspend fun deleteForEverybody(project: DocumentId)

    /** Every change of a project, oldest first. */
    public suspend fun history(id: DocumentId): List<HistoryView>

    /**
     * What was done to a project, newest first, by person and sitting, in words. At most [limit]
     * sittings, of those before the one that ended with a version.
     */
    public suspend fun sittings(
        id: DocumentId,
        before: Version? = null,
        limit: Int = 50,
    ): Portion<SittingView>

    /** A project as it was at an earlier version. */
    public suspend fun projectAt(id: DocumentId, version: Version): ChangeProject

    /** Who wrote which part of a text. The parts together are the text. */
    public suspend fun textAuthors(id: DocumentId, field: TextField): List<TextPart>

    /** Who wrote each field last, by its path such as `aim/direction`. */
    public suspend fun fieldAuthors(id: DocumentId): Map<String, Person?>
}
