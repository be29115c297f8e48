package org.enhance.testing

import java.time.Instant
import org.enhance.core.*

/** A sign-off as a file or in an export, with all that was known of it. */
internal class SignedPaper(
    val paper: SignOffPaper,
    val title: String,
    val subject: SignOffSubject,
    val answer: SignOffAnswer,
    val by: Signer,
    val role: SaidRole,
    val at: Instant,
    val trainee: Person,
    val request: DocumentId,
)

internal fun KeptSignOff.paper() = SignOffPaper(id, request.content.text, content.answer.statement)

/** The requests of this person that an export holds, each with its answers. */
internal fun FakePhone.signedPapers(): Map<DocumentId, List<SignedPaper>> =
    all<KeptRequest>().filter { it.owner.id == me().id }.associate { request ->
        request.id to answersTo(request).map(::signedPaper)
    }

/** With what placements name the signer as by the word of whose phone this is. */
internal fun FakePhone.signedPaper(one: KeptSignOff): SignedPaper {
    val (request, content) = one.request to one.content
    val at = one.versions.first().at
    return SignedPaper(
        one.paper(), request.title(), request.subject, content.answer, content.by, saidRole(one), at, request.owner,
        request.id,
    )
}

/** The sign-offs of an export that are lacking here. */
internal fun FakePhone.lackingOf(file: Exported): List<SignedPaper> {
    val kept = memory.signedOf(me()).values.map { it.paper.id }
    val here = all<KeptRequest>().map { it.id }
    return file.signed.filterKeys { it !in here }.values.flatten().filter { it.paper.id !in kept }
}

/** Requests of an export that are not kept, since nobody had answered them. */
internal fun FakePhone.leftOutOf(file: Exported): List<SignOffLeftOut> {
    val here = all<KeptRequest>().map { it.id }
    val unanswered = file.unanswered.filterKeys { it !in here }.values
    return unanswered.map { SignOffLeftOut(it, "nobody has answered it; ask for it anew") }
}

/** How many sign-offs of an export are here or kept already. */
internal fun FakePhone.knownOf(file: Exported): Int {
    val here = all<KeptRequest>().map { it.id }
    val (known, others) = file.signed.entries.partition { it.key in here }
    val kept = memory.signedOf(me()).values.map { it.paper.id }
    return known.size + others.flatMap { it.value }.count { it.paper.id in kept }
}

internal fun FakePhone.keep(papers: List<SignedPaper>) {
    for (one in papers) {
        memory.papers[one.paper.id] = one
        memory.signedOf(me())[memory.newItem()] = one
    }
}

/** Whether another answer stands in its place, in one that was read back as well. */
private fun FakePhone.isSuperseded(one: SignedPaper): Boolean {
    val beside = memory.signedOf(me()).values.filter { it.request == one.request }
    return beside.any { it.by == one.by && it.at > one.at } || one.by.isOutdoneBy(beside.map { it.by })
}

/** Those that were read back and say how things stand. */
internal fun FakePhone.standingSigned(): List<SignedPaper> =
    memory.signedOf(me()).values.filterNot { isSuperseded(it) }

/** Those that were signed last first. What is here as a sign-off too is shown there and not here. */
internal fun FakePhone.keptSignOffs(): List<KeptSignOffView> {
    val here = all<KeptSignOff>().map { it.id }
    return memory.signedOf(me()).filterValues { it.paper.id !in here }.map { (id, one) ->
        val changed = changedSince(asItIsHere(one.subject), one.paper.text)
        KeptSignOffView(
            id, one.title, one.paper.text, one.answer.decision, one.answer.statement, one.by.name,
            one.role.inWords, one.role.agrees, one.by.witnessed, one.at, one.trainee.name, fault = null,
            publisherKnown = true, anotherAccount = one.trainee.id != me().id,
            changed = changed, superseded = isSuperseded(one), inWords = inWords(one, changed),
        )
    }.sortedByDescending { it.at }
}

/** How one stands, in a line: what was decided, and all that its reader has to know of that. */
private fun FakePhone.inWords(one: SignedPaper, changed: ChangedSince): String = listOfNotNull(
    one.answer.decision.name.lowercase(),
    "superseded, another answer stands in its place".takeIf { isSuperseded(one) },
    WITNESSED.takeIf { one.by.witnessed != null },
    "made under another account, for ${one.trainee.name}".takeIf { one.trainee.id != me().id },
    when (changed) {
        is ChangedSince.Changed -> "changed since sign-off"
        ChangedSince.Deleted -> "deleted since sign-off"
        ChangedSince.Unknown -> "what was signed is not here to be compared"
        ChangedSince.Unchanged -> null
    },
).joinToString("; ")

/** What was signed, under the id that it has here. */
internal fun FakePhone.asItIsHere(subject: SignOffSubject): SignOffSubject {
    fun here(id: DocumentId) = memory.imported[me().id to id] ?: id
    return when (subject) {
        is SignOffSubject.Reflection -> SignOffSubject.Reflection(here(subject.id))
        is SignOffSubject.SharedReflection -> SignOffSubject.SharedReflection(here(subject.id))
        is SignOffSubject.Project -> SignOffSubject.Project(here(subject.id))
        is SignOffSubject.Module, is SignOffSubject.Sessions -> subject
    }
}
