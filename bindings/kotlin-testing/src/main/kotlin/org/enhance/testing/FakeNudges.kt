package org.enhance.testing

import java.time.Instant
import java.time.temporal.ChronoUnit.DAYS
import org.enhance.core.DocumentId
import org.enhance.core.InputField
import org.enhance.core.ItemId
import org.enhance.core.OwnNudge
import org.enhance.core.Person
import org.enhance.core.Right
import org.enhance.core.Role
import org.enhance.core.Sha256
import org.enhance.core.SharingCheck
import org.enhance.core.TextPlace

/** That somebody waits for something in a plan, or for an answer to a request for a sign-off. */
internal class FakeNudge(
    val id: ItemId,
    val document: DocumentId,
    val by: Person,
    val anchor: String,
    val why: String,
    val at: Instant,
) {
    /** Whether the server has it. */
    var isSent = false
}

internal fun Person.isEducator() = roles.any { it.role == Role.SUPERVISOR || it.role == Role.FELLOW }

/** Looks through the words of a nudge. */
internal fun FakePhone.checkNudge(document: DocumentId, why: String): SharingCheck =
    checked(document, listOf(TextPlace.Message to why))

/** Nudges who is waited for: once, and not again for a week. */
internal fun FakePhone.nudge(document: DocumentId, anchor: String, why: String, acknowledged: Sha256?): ItemId {
    when (val about = here<Kept<*>>(document)) {
        is KeptProject -> requireNudger(about)
        is KeptRequest -> requireWaiting(about, anchor)
        else -> notAllowed("a nudge is about a plan or a sign-off")
    }
    if (why.isEmpty()) refused(InputField.COMMENT, "comment: say what you wait for")
    val id = itemOf("nudge", document.value, anchor, "$today")
    val earlier = inTheWay(document)
    if (earlier != null) {
        if (earlier.id == id && earlier.why == why) return id
        val day = day(earlier.at)
        val sent = "you nudged on $day; give it a week"
        notAllowed(if (earlier.isSent) sent else "a nudge of $day waits already and goes out with the next sync")
    }
    checkNudge(document, why).requireAcknowledged(acknowledged)
    memory.nudges += FakeNudge(id, document, me(), anchor, why, now())
    return id
}

/** What this person nudged within the week; null if they may nudge. */
internal fun FakePhone.ownNudge(document: DocumentId): OwnNudge? {
    here<Kept<*>>(document)
    return inTheWay(document)?.run { OwnNudge(id, anchor, why, at, waits = !isSent) }
}

private fun FakePhone.inTheWay(document: DocumentId): FakeNudge? {
    val own = memory.nudges.filter { it.document == document && it.by.id == me().id }
    return own.filter { DAYS.between(day(it.at), today) < 7 }.maxByOrNull { it.at }
}

private fun FakePhone.requireNudger(plan: KeptProject) {
    plan.members.require(me(), Right.COMMENT, "nudging its owner")
    if (plan.owner.id == me().id) notAllowed("this plan is yours; a nudge is for its owner")
    if (!me().isEducator()) notAllowed("supervisors and fellows nudge; say it in a comment")
}

/** Only who asked for a sign-off waits for it, and only until it is answered. */
private fun FakePhone.requireWaiting(request: KeptRequest, anchor: String) {
    if (request.owner.id != me().id) notAllowed("nudging who is asked needs the right to own; it is not yours")
    if (anchor.isNotBlank()) {
        refused(InputField.COMMENT, "comment: a sign-off is nudged about as a whole; name no part of it")
    }
    val asked = request.asked ?: notAllowed("nobody is asked; it is to be signed on this device")
    if (answersTo(request).any { it.content.by.person == asked.id }) {
        notAllowed("it is answered; ask anew if you wait for more")
    }
}
