package org.enhance.testing

import org.enhance.core.*

/** The change projects of one person: [FakePlans], as apps ask for them. */
internal class FakeProjects(private val phone: FakePhone) : LearningCoreProjects {
    private val plans = FakePlans(phone)

    /** Shows on a plan a field that two people set at once. */
    fun dispute(plan: DocumentId, field: Disagreement): Unit =
        phone.asked(Topic.DOCUMENTS, plan) { plans.dispute(plan, field) }

    override suspend fun createProject(title: String, topic: String, setting: String): DocumentId =
        phone.asked(Topic.DOCUMENTS) { plans.create(title, topic, setting) }

    override suspend fun createProjectFrom(recipe: RecipeSource, title: String, setting: String): DocumentId =
        phone.asked(Topic.DOCUMENTS) { plans.createFrom(recipe, title, setting) }

    /** There is no pack with recipes in memory: this is always empty. */
    override suspend fun recipes(): List<RecipeSummary> = phone.asked { emptyList() }

    /** A plan as a text that this fake, and those of others beside it, make a plan of again. */
    override suspend fun recipe(id: DocumentId): String = phone.asked { plans.recipe(id) }

    /** The values alone: without lines, rules or a picture. */
    override suspend fun chart(id: DocumentId, measure: ItemId, width: Int): ChartView =
        phone.asked { plans.plan(id).chart(measure) ?: throw notFound(Noun.MEASURE, measure.value) }

    override suspend fun chartsByGroup(id: DocumentId, measure: ItemId, width: Int): List<GroupChart> =
        phone.asked { plans.plan(id).chartsByGroup(measure) ?: throw notFound(Noun.MEASURE, measure.value) }

    /** What has to be computed is for the library alone: no phase is ever suggested here. */
    override suspend fun phaseSuggestion(id: DocumentId, measure: ItemId): PhaseSuggestion = phone.asked {
        plans.plan(id).chart(measure) ?: throw notFound(Noun.MEASURE, measure.value)
        PhaseSuggestion(at = null, conditions = emptyList(), question = "")
    }

    /** A page that this fake, and those of others beside it, know again. */
    override suspend fun projectPage(id: DocumentId): String = phone.asked {
        phone.check(id).requireAcknowledged(null)
        plans.page(id)
    }

    override suspend fun projectPageAcknowledged(id: DocumentId, acknowledged: Sha256): String = phone.asked {
        phone.check(id).requireAcknowledged(acknowledged)
        plans.page(id)
    }

    override suspend fun verifyPage(html: String): PageVerdict = phone.asked { plans.verify(html) }

    /** Nobody is renamed here. */
    override suspend fun otherNamesOnPage(html: String): List<OtherName> =
        phone.asked { plans.verify(html).let { emptyList() } }

    override suspend fun planChecks(id: DocumentId): List<PlanCheck> = phone.asked { plans.plan(id).checks() }

    override suspend fun findingsOf(project: DocumentId): List<Finding> = phone.asked { phone.findingsOf(project) }

    override suspend fun projects(after: ListPosition?, limit: Int): Portion<DocumentSummary> =
        phone.asked { phone.all<KeptProject>().map { it.summary(phone.me()) }.after(after).portion(limit) }

    override suspend fun project(id: DocumentId): ProjectView = phone.asked { plans.view(id) }

    override suspend fun editProject(id: DocumentId, base: Version?, edits: List<ProjectEdit>): Version =
        phone.asked(Topic.DOCUMENTS, id) { plans.edit(id, edits) }

    override suspend fun tick(project: DocumentId, tally: ItemId, numerator: Int, denominator: Int): ObservedValue =
        phone.asked(Topic.DOCUMENTS, project) { plans.tick(project, tally, numerator, denominator) }

    override suspend fun newItemId(): ItemId = phone.asked { phone.memory.newItem() }

    override suspend fun comment(project: DocumentId, body: String, anchor: String): ItemId =
        phone.asked(Topic.DOCUMENTS, project) { plans.comment(project, body, anchor) }

    override suspend fun takenBackComments(project: DocumentId): List<CommentView> =
        phone.asked { plans.takenBackComments(project) }

    override suspend fun editComments(project: DocumentId, edits: List<CommentEdit>): Unit =
        phone.asked(Topic.DOCUMENTS, project) { plans.editComments(project, edits) }

    override suspend fun addMember(project: DocumentId, person: PersonId, right: Right): Unit =
        phone.asked(Topic.MEMBERS, project) { invite(project, person, right, acknowledged = null) }

    override suspend fun addMemberAcknowledged(
        project: DocumentId,
        person: PersonId,
        right: Right,
        acknowledged: Sha256,
    ): Unit = phone.asked(Topic.MEMBERS, project) { invite(project, person, right, acknowledged) }

    /** Who begins to read a plan reads all of it, so that it is looked through first. */
    private fun invite(project: DocumentId, person: PersonId, right: Right, acknowledged: Sha256?) {
        val members = phone.here<KeptProject>(project).members
        members.require(phone.me(), Right.OWN, "adding a member")
        if (!members.isAsked(person, right)) phone.check(project).requireAcknowledged(acknowledged)
        plans.addMember(project, person, right)
    }

    override suspend fun removeMember(project: DocumentId, person: PersonId): Unit =
        phone.asked(Topic.MEMBERS, project) { plans.removeMember(project, person) }

    override suspend fun offerOwnership(project: DocumentId, person: PersonId): Unit =
        offerOwnershipKeeping(project, person, Right.READ)

    override suspend fun offerOwnershipKeeping(project: DocumentId, person: PersonId, keeps: Right): Unit =
        phone.asked(Topic.MEMBERS, project) { plans.offer(project, person, keeps) }

    override suspend fun withdrawOffer(project: DocumentId): Unit =
        phone.asked(Topic.MEMBERS, project) { plans.withdrawOffer(project) }

    override suspend fun acceptOwnership(project: DocumentId): Unit =
        phone.asked(Topic.MEMBERS, project) { plans.accept(project) }

    override suspend fun declineOwnership(project: DocumentId): Unit =
        phone.asked(Topic.MEMBERS, project) { plans.declineOffer(project) }

    override suspend fun leaveProject(project: DocumentId): Unit =
        phone.asked(Topic.MEMBERS, project) { plans.leave(project) }

    override suspend fun deleteForEverybody(project: DocumentId): Unit =
        phone.asked(Topic.DOCUMENTS, project) { plans.deleteForEverybody(project) }

    override suspend fun history(id: DocumentId): List<HistoryView> = phone.asked { plans.history(id) }

    override suspend fun sittings(id: DocumentId, before: Version?, limit: Int): Portion<SittingView> =
        phone.asked { plans.sittings(id, before, limit) }

    override suspend fun projectAt(id: DocumentId, version: Version): ChangeProject = phone.asked { plans.at(id, version) }

    override suspend fun textAuthors(id: DocumentId, field: TextField): List<TextPart> =
        phone.asked { plans.textAuthors(id, field) }

    override suspend fun fieldAuthors(id: DocumentId): Map<String, Person?> = phone.asked { plans.fieldAuthors(id) }
}
