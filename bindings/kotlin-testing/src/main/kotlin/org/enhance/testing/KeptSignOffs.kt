package org.enhance.testing

import org.enhance.core.DocumentId
import org.enhance.core.DocumentKind
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.ProgrammeTag
import org.enhance.core.SignOffAnswer
import org.enhance.core.SignOffRequestView
import org.enhance.core.SignOffStanding
import org.enhance.core.SignOffDecision
import org.enhance.core.SignOffSubject
import org.enhance.core.SignOffSubjectKind
import org.enhance.core.SignOffView
import org.enhance.core.document

/** What a trainee asks somebody to sign, in the words in which it stood then. */
internal class Asked(val title: String, val text: String, val message: String)

/** Who signed: with an account, or on the trainee's phone as one they knew. */
internal data class Signer(val name: String, val person: PersonId?, val witnessed: String?) {
    /** Whether this is the trainee's word alone, in the place of which somebody's own key stands. */
    fun isOutdoneBy(others: List<Signer>): Boolean = witnessed != null && others.any { it.witnessed == null }
}

/** What somebody decided. */
internal class Signed(val answer: SignOffAnswer, val by: Signer)

/** A request for a sign-off. It never changes. */
internal class KeptRequest(
    id: DocumentId,
    override val owner: Person,
    val asked: Person?,
    val subject: SignOffSubject,
) : Kept<Asked>(id, Noun.SIGN_OFF_REQUEST, DocumentKind.SIGN_OFF_REQUEST), KeptShown {
    override var isPutAway = false

    override fun isOnThePhoneOf(person: Person?) =
        person != null && (person.id == owner.id || person.id == asked?.id && !isPutAway)

    override fun hasLost(person: Person?) = person != null && person.id == asked?.id && isPutAway

    override fun title() = content.title

    override fun texts(reader: Person) = listOf(content.text, content.message)

    override fun tags() = emptyList<ProgrammeTag>()

    override fun withDrafts(by: Person): Asked = content

    /** With its answers, the oldest first. */
    fun view(answers: List<KeptSignOff>, reader: Person, named: (KeptSignOff) -> SaidRole): SignOffRequestView {
        val views = answers.mapIndexed { place, one ->
            val isGivenAnew = answers.drop(place + 1).any { it.content.by == one.content.by }
            val superseded = isGivenAnew || one.content.by.isOutdoneBy(answers.map { it.content.by })
            val before = answers.take(place).lastOrNull { it.content.by == one.content.by }
            one.view(superseded, before?.id, named(one), reader)
        }
        val standing = when (views.lastOrNull { !it.superseded }?.decision) {
            null -> SignOffStanding.ASKED
            SignOffDecision.SIGNED -> SignOffStanding.SIGNED
            SignOffDecision.RETURNED -> SignOffStanding.RETURNED
        }
        return SignOffRequestView(
            id, subject.kind, subject.document, content.title, content.text, content.message, versions.first().at,
            owner, owner.id == reader.id, asked, standing, views, version, status(reader), note(),
        )
    }
}

/** What has to be known before it is signed. */
private fun KeptRequest.note(): String {
    val isComplete = content.text.lines().none { it.endsWith(": not yet") }
    return if (subject is SignOffSubject.Module && !isComplete) NOT_COMPLETE else ""
}

private const val NOT_COMPLETE = "This module is not complete yet. Whoever signs it signs what is done so far, " +
    "and not that it is complete."

/** An answer to a request. It never changes either. */
internal class KeptSignOff(id: DocumentId, override val owner: Person, val request: KeptRequest) :
    Kept<Signed>(id, Noun.SIGN_OFF, DocumentKind.SIGN_OFF) {
    override fun isOnThePhoneOf(person: Person?) = request.isOnThePhoneOf(person)

    override fun hasLost(person: Person?) = request.hasLost(person)

    override fun title() = request.title()

    override fun texts(reader: Person) = listOf(content.answer.statement)

    override fun tags() = emptyList<ProgrammeTag>()

    override fun withDrafts(by: Person): Signed = content

    fun view(superseded: Boolean, supersedes: DocumentId?, role: SaidRole, reader: Person): SignOffView {
        val (answer, by) = content.answer to content.by
        return SignOffView(
            id, answer.decision, answer.role, answer.statement, by.name, by.person, by.witnessed,
            versions.first().at, fault = null, superseded, supersedes,
            byWhoWasAsked = by.person != null && by.person == request.asked?.id, role.inWords, role.agrees,
            status(reader),
        )
    }
}

private val SignOffSubject.kind: SignOffSubjectKind
    get() = when (this) {
        is SignOffSubject.Reflection -> SignOffSubjectKind.REFLECTION
        is SignOffSubject.SharedReflection -> SignOffSubjectKind.SHARED_REFLECTION
        is SignOffSubject.Project -> SignOffSubjectKind.PROJECT
        is SignOffSubject.Module -> SignOffSubjectKind.MODULE
        is SignOffSubject.Sessions -> SignOffSubjectKind.SESSIONS
    }
