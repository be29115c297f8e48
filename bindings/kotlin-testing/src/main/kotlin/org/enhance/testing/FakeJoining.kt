package org.enhance.testing

import org.enhance.core.*

/**
 * Invitations to plans, and copies of documents. An invitation is on the phone of who is invited at
 * once, and the plan with the first sync after it was accepted.
 */
internal class FakeJoining(private val phone: FakePhone) : LearningCoreJoining {
    private val memory = phone.memory

    override suspend fun invitations(): List<InvitationView> = phone.asked { phone.invitations().map { it.second } }

    override suspend fun acceptInvitation(project: DocumentId): Unit = phone.asked(Topic.MEMBERS, project) {
        val plan = invited(project)
        plan.members.invitationOf(phone.me())?.let { plan.members.join(phone.me(), it.first) }
    }

    override suspend fun declineInvitation(project: DocumentId, forGood: Boolean): Unit =
        phone.asked(Topic.MEMBERS, project) { invited(project).members.decline(phone.me(), forGood) }

    override suspend fun welcomeSender(project: DocumentId): Unit =
        phone.asked(Topic.MEMBERS, project) { invited(project).members.welcome(phone.me()) }

    private fun invited(project: DocumentId): KeptProject =
        phone.invitations().find { it.first.id == project }?.first ?: throw notFound(Noun.INVITATION, project.value)

    override suspend fun enter(project: DocumentId, place: String): Unit = phone.asked(Topic.COMPANY) {
        if (!isPlace(place)) refused(InputField.COMMENT, "comment: a plan has no such place")
        phone.here<KeptProject>(project)
        memory.whereabouts[phone] = project to place
    }

    override suspend fun stepOut(): Unit = phone.asked(Topic.COMPANY) { memory.whereabouts -= phone }

    /** Everybody with a plan open hears of the others at once. */
    override suspend fun company(project: DocumentId): List<PresentView> = phone.asked {
        val me = phone.me()
        if (memory.whereabouts[phone]?.first != project) return@asked emptyList()
        val others = memory.whereabouts.filter { (other, at) -> !other.asleep && at.first == project }
            .map { (other, at) -> PresentView(other.me(), at.second) }
        others.filter { it.person.id != me.id }.distinctBy { it.person.id }.sortedBy { it.person.name }
    }

    override suspend fun putAway(document: DocumentId): Unit = phone.asked(Topic.MEMBERS, document) {
        val kept = phone.here<Kept<*>>(document)
        if (kept !is KeptShown || kept.owner.id == phone.me().id) {
            notAllowed("only what others have shared with you can be put away")
        }
        kept.isPutAway = true
    }

    override suspend fun copies(id: DocumentId): List<CopyView> = phone.asked { copiesOf(id) }

    override suspend fun sameCopy(reflection: DocumentId, with: PersonId): CopyView? = phone.asked {
        val now = phone.here<KeptReflection>(reflection).withDrafts(phone.me())
        copiesOf(reflection).find { copy ->
            val said = (memory.documents[copy.document] as? KeptCopy)?.content
            copy.reader?.id == with && copy.standing != Standing.LEFT && said != null &&
                said.title == now.title && said.answers == now.answers && said.tags == now.tags
        }
    }

    override suspend fun takeBackCopies(id: DocumentId): List<DocumentId> =
        phone.asked(Topic.DOCUMENTS, id) { takeBack(id) }

    override suspend fun deletionPreview(id: DocumentId): DeletionPreview = phone.asked {
        val copies = copiesOf(id)
        val kept = phone.here<Kept<*>>(id)
        val shown = phone.recordIfAny().shown.shownBy(EvidenceSource.Document(id))
        DeletionPreview(id, kept.kind, kept.title(), phone.othersIn(kept), copies, shown)
    }

    override suspend fun deleteWithCopies(id: DocumentId): List<CopyView> = phone.asked(Topic.DOCUMENTS, id) {
        phone.requireDeletable(phone.here(id))
        takeBack(id)
        copiesOf(id).also { phone.delete(phone.here(id)) }
    }

    private fun takeBack(id: DocumentId): List<DocumentId> {
        val taken = copiesOf(id).filter { it.signOffs == 0L }.map { it.document }
        return taken.onEach { phone.delete(phone.here(it)) }
    }

    private fun copiesOf(id: DocumentId): List<CopyView> {
        val (kept, me) = phone.here<Kept<*>>(id) to phone.me()
        if (kept.owner.id != me.id) notAllowed("only its owner sees the copies of a document")
        val shared = (kept as? KeptReflection)?.content?.copies.orEmpty().map { it.document }
        val copies = shared.mapNotNull { memory.documents[it] as? KeptCopy }
        val requests = phone.all<KeptRequest>()
            .filter { it.owner.id == me.id && it.asked != null && it.subject.document in shared + id }
        return (copies.map { view(it, it.reader, signOffs = 0) } +
            requests.map { view(it, it.asked, phone.answersTo(it).size.toLong()) }).sortedByDescending { it.sharedAt }
    }

    private fun view(kept: Kept<*>, reader: Person?, signOffs: Long): CopyView {
        val standing = if ((kept as? KeptShown)?.isPutAway == true) Standing.LEFT else Standing.MEMBER
        return CopyView(
            kept.id, kept.kind, kept.title(), reader, standing, kept.versions.first().at,
            reader?.let(kept::seen), kept.status(phone.me()).stage, signOffs,
        )
    }
}

/** The plans that this person is invited to, each with what there is to decide by, newest first. */
internal fun FakePhone.invitations(): List<Pair<KeptProject, InvitationView>> {
    val me = me()
    return memory.documents.values.filterIsInstance<KeptProject>().mapNotNull { plan ->
        val (one, standing) = plan.members.invitationOf(me) ?: return@mapNotNull null
        val expires = one.expiresAt ?: plan.versions.last().at.plus(FakeMembers.ANSWERED_WITHIN)
        plan to InvitationView(
            plan.id, plan.title(), plan.owner, one.right, bytes = plan.title().length.toLong(),
            cameAt = expires.minus(FakeMembers.ANSWERED_WITHIN), expires, standing,
        )
    }.filter { (_, one) -> one.standing != InvitationStanding.WAITING || one.expiresAt > now() }
        .sortedByDescending { (_, one) -> one.cameAt }
}

/** Who can read a document beside its owner. */
internal fun FakePhone.othersIn(kept: Kept<*>): List<Person> =
    (kept as? KeptProject)?.members?.present.orEmpty().map { it.person }.filter { it.id != kept.owner.id }

internal fun FakePhone.requireDeletable(kept: Kept<*>) {
    if (kept.owner.id != me().id) notAllowed("only its owner can delete a document")
    if (kept is KeptSignOff) notAllowed("what was signed stays as it is; sign again, and the new one takes its place")
    val others = othersIn(kept)
    if (others.isNotEmpty()) notAllowed("${others.joinToString { it.name }} can read this plan", "still_read")
}

/** Where in a plan comments can stand, as far as the fakes tell. */
private fun isPlace(place: String) = !place.startsWith("answers/") && place.none { it.isWhitespace() || it.isISOControl() }

/** Deletes a document. Answers go with it; what a copy was made of does not name it any more. */
internal fun FakePhone.delete(kept: Kept<*>) {
    if (kept is KeptRequest) answersTo(kept).forEach(memory::delete)
    memory.delete(kept)
    val from = all<KeptReflection>().find { one -> one.content.copies.any { it.document == kept.id } } ?: return
    memory.write(from, from.content.copy(copies = from.content.copies.filter { it.document != kept.id }), me())
}
