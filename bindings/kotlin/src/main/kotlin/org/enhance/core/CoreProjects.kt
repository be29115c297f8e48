package org.enhance.core

/** [LearningCoreProjects] with the native library. */
internal class CoreProjects(private val calls: Calls) : LearningCoreProjects {
    override suspend fun createProject(title: String, topic: String, setting: String): DocumentId =
        calls.local { createProject(title, topic, setting) }

    override suspend fun createProjectFrom(recipe: RecipeSource, title: String, setting: String): DocumentId =
        calls.local { createProjectFrom(recipe, title, setting) }

    override suspend fun recipes(): List<RecipeSummary> = calls.local { recipes() }

    override suspend fun recipe(id: DocumentId): String = calls.local { recipe(id) }

    override suspend fun chart(id: DocumentId, measure: ItemId, width: Int): ChartView =
        calls.local { chart(id, measure, width) }

    override suspend fun chartsByGroup(id: DocumentId, measure: ItemId, width: Int): List<GroupChart> =
        calls.local { chartsByGroup(id, measure, width) }

    override suspend fun phaseSuggestion(id: DocumentId, measure: ItemId): PhaseSuggestion =
        calls.local { phaseSuggestion(id, measure) }

    override suspend fun projectPage(id: DocumentId): String = calls.local { projectPage(id) }

    override suspend fun projectPageAcknowledged(id: DocumentId, acknowledged: Sha256): String =
        calls.local { projectPageAcknowledged(id, acknowledged) }

    override suspend fun verifyPage(html: String): PageVerdict = calls.local { verifyPage(html) }

    override suspend fun otherNamesOnPage(html: String): List<OtherName> =
        calls.local { otherNamesOnPage(html) }

    override suspend fun planChecks(id: DocumentId): List<PlanCheck> = calls.local { planChecks(id) }

    override suspend fun findingsOf(project: DocumentId): List<Finding> = calls.local { findingsOf(project) }

    override suspend fun projects(after: ListPosition?, limit: Int): Portion<DocumentSummary> =
        calls.local { projects(after, limit).asPortion() }

    override suspend fun project(id: DocumentId): ProjectView = calls.local { project(id) }

    override suspend fun editProject(id: DocumentId, base: Version?, edits: List<ProjectEdit>): Version =
        calls.local { editProject(id, base, edits) }

    override suspend fun tick(project: DocumentId, tally: ItemId, numerator: Int, denominator: Int): ObservedValue =
        calls.local { tick(project, tally, numerator, denominator) }

    override suspend fun newItemId(): ItemId = calls.local { newItemId() }

    override suspend fun comment(project: DocumentId, body: String, anchor: String): ItemId =
        calls.local { comment(project, body, anchor) }

    override suspend fun takenBackComments(project: DocumentId): List<CommentView> =
        calls.local { takenBackComments(project) }

    override suspend fun editComments(project: DocumentId, edits: List<CommentEdit>): Unit =
        calls.local { editComments(project, edits) }

    override suspend fun addMember(project: DocumentId, person: PersonId, right: Right): Unit =
        calls.local { addMember(project, person, right) }

    override suspend fun addMemberAcknowledged(
        project: DocumentId,
        person: PersonId,
        right: Right,
        acknowledged: Sha256,
    ): Unit = calls.local { addMemberAcknowledged(project, person, right, acknowledged) }

    override suspend fun removeMember(project: DocumentId, person: PersonId): Unit =
        calls.local { removeMember(project, person) }

    override suspend fun offerOwnership(project: DocumentId, person: PersonId): Unit =
        calls.local { offerOwnership(project, person) }

    override suspend fun offerOwnershipKeeping(project: DocumentId, person: PersonId, keeps: Right): Unit =
        calls.local { offerOwnershipKeeping(project, person, keeps) }

    override suspend fun withdrawOffer(project: DocumentId): Unit = calls.local { withdrawOffer(project) }

    override suspend fun acceptOwnership(project: DocumentId): Unit = calls.local { acceptOwnership(project) }

    override suspend fun declineOwnership(project: DocumentId): Unit = calls.local { declineOwnership(project) }

    override suspend fun leaveProject(project: DocumentId): Unit = calls.local { leaveProject(project) }

    override suspend fun deleteForEverybody(project: DocumentId): Unit =
        calls.local { deleteForEverybody(project) }

    override suspend fun history(id: DocumentId): List<HistoryView> = calls.local { history(id) }

    override suspend fun sittings(id: DocumentId, before: Version?, limit: Int): Portion<SittingView> =
        calls.local { sittings(id, before, limit).asPortion() }

    override suspend fun projectAt(id: DocumentId, version: Version): ChangeProject =
        calls.local { projectAt(id, version) }

    override suspend fun textAuthors(id: DocumentId, field: TextField): List<TextPart> =
        calls.local { textAuthors(id, field) }

    override suspend fun fieldAuthors(id: DocumentId): Map<String, Person?> =
        calls.local { fieldAuthors(id) }
}
