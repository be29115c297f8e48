package org.enhance.testing

import org.enhance.core.*

/** Work that the server of a fake refused. */
internal class RefusedWork(var summary: QuarantineSummary, val base: Version)

internal fun FakePhone.refuse(document: DocumentId, code: String, explanation: String): QuarantineId {
    val (kept, me) = here<Kept<*>>(document) to me()
    val id = QuarantineId(refusedWork.size + 1L)
    val summary = QuarantineSummary(id, document, kept.kind, kept.title(), code, explanation, now(), resolvedAt = null)
    refusedWork += RefusedWork(summary, kept.version)
    kept.refused.merge(me.id, 1, Int::plus)
    return id
}

/** What the person has not dealt with, last first. */
internal fun FakePhone.quarantined(): List<QuarantineSummary> =
    refusedWork.map { it.summary }.filter { it.resolvedAt == null }.reversed()

internal fun FakePhone.quarantinedItem(id: QuarantineId): QuarantineView =
    refused(id).run { QuarantineView(summary, edits = emptyList(), base, canReplay(this)) }

/** As things stand: the document is here, and this person may still write in it. */
private fun FakePhone.canReplay(work: RefusedWork): Boolean {
    val kept = all<Kept<*>>().find { it.id == work.summary.document } ?: return false
    return if (kept is KeptProject) kept.members.rightOf(me()).let { it != null && it >= Right.EDIT } else kept.owner.id == me().id
}

internal fun FakePhone.replay(id: QuarantineId): Version {
    val work = refused(id)
    val kept = here<Kept<*>>(work.summary.document)
    if (!canReplay(work)) notAllowed("doing this once more needs the right to edit; it is not yours")
    resolve(work)
    return kept.version
}

internal fun FakePhone.dismiss(id: QuarantineId): Unit = resolve(refused(id))

private fun FakePhone.resolve(work: RefusedWork) {
    if (work.summary.resolvedAt != null) return
    work.summary = work.summary.copy(resolvedAt = now())
    memory.documents[work.summary.document]?.refused?.merge(me().id, -1, Int::plus)
}

private fun FakePhone.refused(id: QuarantineId): RefusedWork =
    refusedWork.find { it.summary.id == id } ?: throw notFound(Noun.QUARANTINED, id.toString())
