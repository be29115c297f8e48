package org.enhance.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue

/** What a trainee asks to be signed and her supervisor signs, and what she shares with care. */
internal val SIGNING: List<Pair<String, Behaviour>> = listOf(
    "what is signed counts, and a later edit shows" to {
        val reflection = reflected("I asked too late.")
        val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other, "Before Friday.")
        meet()
        val asked = colleague.signOffsAskedOfMe().single()
        assertEquals(request to SignOffStanding.ASKED, asked.id to asked.standing)
        assertFalse(asked.mine)
        assertTrue("I asked too late." in asked.text, asked.text)
        failing<CoreException.NotFound> { colleague.reflection(reflection) }
        assertEquals(ChangedSince.Unknown, colleague.changedSinceSignOff(request))

        val answer = colleague.sign(request, signed("Talked it through."))
        meet()
        val read = core.signOffRequest(request)
        assertEquals(SignOffStanding.SIGNED, read.standing)
        val one = read.answers.single()
        assertEquals(listOf(answer, other, null), listOf(one.id, one.person, one.fault))
        assertEquals("Dr Ben Okoro" to "Talked it through.", one.signer to one.statement)
        assertTrue(one.byWhoWasAsked)
        assertEquals(listOf(request), core.signOffsOf(reflection).map { it.id })
        assertEquals(listOf(request), core.signOffsAskedByMe().map { it.id })

        assertEquals(ChangedSince.Unchanged, core.changedSinceSignOff(request))
        core.editReflection(reflection, null, listOf(ReflectionEdit.Answer("thought", "I asked much too late.")))
        val changed = core.changedSinceSignOff(request) as ChangedSince.Changed
        assertEquals(listOf("I asked too late.") to listOf("I asked much too late."), changed.gone to changed.new)
        assertEquals(read.text, core.signOffRequest(request).text)
    },
    "what is returned says why, and a second answer takes its place" to {
        val subject = SignOffSubject.Reflection(reflected("I asked too late."))
        val request = core.requestSignOff(subject, with = other)
        meet()
        val silent = failing<CoreException.InvalidInput> { colleague.sign(request, returned(" ")) }
        assertEquals(InputField.SIGN_OFF, silent.field)
        val first = colleague.sign(request, returned("What would you do next time?"))
        meet()
        assertEquals(SignOffStanding.RETURNED, core.signOffRequest(request).standing)
        val second = colleague.sign(request, signed(""))
        meet()
        val read = core.signOffRequest(request)
        assertEquals(SignOffStanding.SIGNED, read.standing)
        assertEquals(listOf(first to true, second to false), read.answers.map { it.id to it.superseded })
        failing<CoreException.NotAllowed> { colleague.delete(second) }
        failing<CoreException.NotAllowed> { core.sign(request, signed("")) }
    },
    "who signs on the trainee's phone is named as witnessed by her" to {
        val session = adds(session(daysAgo = 1, "Grand round")::adding)
        val request = core.requestSignOff(SignOffSubject.Sessions(listOf(session)))
        val lee = WitnessedSigner("Dr Lee", person = null, knownBy = "consultant on this ward")
        val unnamed = failing<CoreException.InvalidInput> { core.signWitnessed(request, lee.copy(name = " "), signed("")) }
        assertEquals(InputField.PERSON, unnamed.field)
        failing<CoreException.InvalidInput> { core.signWitnessed(request, lee.copy(knownBy = ""), signed("")) }
        core.signWitnessed(request, lee, signed("Present throughout."))
        val read = core.signOffRequest(request)
        assertEquals(SignOffStanding.SIGNED, read.standing)
        assertEquals("Dr Lee" to "consultant on this ward", read.answers.single().run { signer to witnessed })
        assertFalse(read.answers.single().byWhoWasAsked)
        meet()
        failing<CoreException.NotFound> { colleague.signOffRequest(request) }
        core.removeSession(session)
        assertEquals(ChangedSince.Deleted, core.changedSinceSignOff(request))
    },
    "who was asked is told what was witnessed in their name" to {
        val request = core.requestSignOff(SignOffSubject.Reflection(reflected("I asked too late.")), with = other)
        val named = WitnessedSigner("Dr Lee", person = other, knownBy = "consultant on this ward")
        core.signWitnessed(request, named, signed("Present throughout."))
        meet()
        val told = colleague.inbox().items.single()
        assertEquals(InboxKind.SIGN_OFF_WITNESSED to Leaves.WHEN_SEEN, told.kind to told.leaves)
        assertTrue("says that you signed it on their device. Present throughout." in told.words, told.words)
        assertEquals(0, core.inboxCounts().total)
        colleague.markInboxSeen(told.id)
        assertEquals(0, colleague.inboxCounts().total)
        meet()
        colleague.sign(request, returned("I was not there."))
        meet()
        assertEquals(SignOffStanding.RETURNED, core.signOffRequest(request).standing)
    },
    "what somebody answers with a key of their own stands over what the trainee witnessed" to {
        val request = core.requestSignOff(SignOffSubject.Reflection(reflected("I asked too late.")), with = other)
        val lee = WitnessedSigner("Dr Lee", person = null, knownBy = "consultant on this ward")
        val before = core.signWitnessed(request, lee, signed("Present throughout."))
        assertEquals(SignOffStanding.SIGNED, core.signOffRequest(request).standing)
        meet()
        val own = colleague.sign(request, returned("What would you do next time?"))
        meet()
        val after = core.signWitnessed(request, lee.copy(name = "Sister Gail"), signed(""))
        val read = core.signOffRequest(request)
        assertEquals(SignOffStanding.RETURNED, read.standing)
        val superseded = read.answers.filter { it.superseded }.map { it.id }
        assertEquals(setOf(before, after) to false, superseded.toSet() to (own in superseded))
    },
    "a plan is signed as it stands, and both see what was done since" to {
        val plan = shared(Right.READ)
        val request = core.requestSignOff(SignOffSubject.Project(plan), with = other)
        meet()
        colleague.sign(request, signed("Well thought through."))
        assertEquals(ChangedSince.Unchanged, colleague.changedSinceSignOff(request))
        core.editProject(plan, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, "Too many falls.")))
        meet()
        for (each in listOf(core, colleague)) {
            val changed = each.changedSinceSignOff(request) as ChangedSince.Changed
            assertTrue("Too many falls." in changed.new.joinToString(), "$changed")
            assertTrue(changed.sentences.isNotEmpty())
        }
    },
    "what was typed is part of what is asked to be signed" to {
        val reflection = reflected("")
        val field = DraftField.Answer("thought")
        core.typing(reflection, field, core.reflection(reflection).version).use { typing ->
            typing.typed("I asked too late.")
            val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other)
            assertTrue("I asked too late." in core.signOffRequest(request).text)
        }
        assertEquals("I asked too late.", core.reflection(reflection).reflection.answers["thought"])
    },
    "what is asked is listed page by page" to {
        val subject = SignOffSubject.Reflection(reflected("I asked too late."))
        val (older, newer) = List(2) { core.requestSignOff(subject, with = other) }
        val page = core.signOffsPage(mine = true, limit = 1)
        assertEquals(listOf(newer) to true, page.map { it.id } to page.more)
        val last = core.signOffsPage(mine = true, after = newer, limit = 1)
        assertEquals(listOf(older) to false, last.map { it.id } to last.more)
        assertFalse(core.signOffsAskedByMe().more)
        assertTrue(core.signOffsAskedOfMe().isEmpty())
        val never = DocumentId("01010101-0101-0101-0101-010101010101")
        failing<CoreException.NotFound> { core.signOffsPage(mine = true, after = never) }
    },
    "nobody witnesses their own sign-off" to {
        val request = core.requestSignOff(SignOffSubject.Reflection(reflected("I asked too late.")))
        val name = requireNotNull(core.account()).person.name
        for (typed in listOf(name, " ${name.uppercase()}. ", name.replace(" ", "  "))) {
            val herself = WitnessedSigner(typed, person = null, knownBy = "works here")
            val refused = failing<CoreException.InvalidInput> { core.signWitnessed(request, herself, signed("")) }
            assertEquals(InputField.PERSON, refused.field, typed)
        }
        failing<CoreException.InvalidInput> {
            core.signWitnessed(request, WitnessedSigner("Dr Lee", me(), "works here"), signed(""))
        }
        assertTrue(core.signOffRequest(request).answers.isEmpty())
        // A namesake is somebody else once it is said who.
        core.signWitnessed(request, WitnessedSigner(name, other, "works here"), signed(""))
    },
    "what cannot be signed is not asked" to {
        val subject = SignOffSubject.Reflection(reflected("I asked too late."))
        assertEquals(InputField.PERSON, failing<CoreException.InvalidInput> { core.requestSignOff(subject, me()) }.field)
        val never = PersonId("01010101-0101-0101-0101-010101010101")
        failing<CoreException.NotFound> { core.requestSignOff(subject, with = never) }
        failing<CoreException.InvalidInput> { core.requestSignOff(SignOffSubject.Sessions(emptyList())) }
        failing<CoreException.NotFound> { core.requestSignOff(SignOffSubject.Sessions(listOf(core.newItemId()))) }
        failing<CoreException.NotFound> { core.sign(DocumentId(never.value), signed("")) }
    },
    "a sign-off is a file that says whether it was altered" to {
        val subject = SignOffSubject.Reflection(reflected("I asked too late."))
        val request = core.requestSignOff(subject, with = other)
        meet()
        val answer = colleague.sign(request, signed("Talked it through."))
        meet()
        val file = core.exportSignOff(answer)
        assertNull(core.verifySignOff(file))
        assertNull(colleague.verifySignOff(file))
        val text = file.replace("I asked too late.", "I asked at once.")
        assertEquals(SignOffFault.ANOTHER_TEXT, core.verifySignOff(text))
        val statement = file.replace("Talked it through.", "Excellent.")
        assertEquals(SignOffFault.BAD_SIGNATURE, core.verifySignOff(statement))
        val garbage = failing<CoreException.InvalidInput> { core.verifySignOff("{}") }
        assertEquals(InputField.SIGN_OFF, garbage.field)
        core.renewSigningKey()
        assertNull(core.verifySignOff(file))
    },
    "a probable identifier is asked about before anything is shared" to {
        val reflection = reflected("Her NHS number is 943 476 5919.")
        val check = core.checkBeforeSharing(reflection)
        assertEquals(listOf(FindingCount(FindingKind.NHS_NUMBER, 1)), check.probable)
        val found = check.findings.first { it.kind == FindingKind.NHS_NUMBER }
        assertEquals(TextPlace.Answer("thought") to "943 476 5919", found.place to found.text)
        val refused = failing<CoreException.NotAllowed> { core.shareReflection(reflection, with = other) }
        assertEquals("unacknowledged", refused.code)
        assertEquals(emptyList<DocumentSummary>(), core.sharedByMe())
        val copy = core.shareReflectionAcknowledged(reflection, with = other, check.acknowledgement)
        assertEquals(listOf(copy), core.sharedByMe().map { it.id })
        val more = ReflectionEdit.Answer("thought", "Her NHS number is 943 476 5919, and she fell.")
        core.editReflection(reflection, null, listOf(more))
        failing<CoreException.NotAllowed> {
            core.shareReflectionAcknowledged(reflection, with = other, check.acknowledgement)
        }
    },
    "a probable identifier is asked about before somebody is asked to sign it" to {
        val subject = SignOffSubject.Reflection(reflected("Her NHS number is 943 476 5919."))
        val check = core.checkBeforeSignOff(subject)
        assertEquals(listOf(FindingKind.NHS_NUMBER), check.probable.map { it.kind })
        assertEquals("unacknowledged", failing<CoreException.NotAllowed> { core.requestSignOff(subject, other) }.code)
        val request = core.requestSignOffAcknowledged(subject, other, "", check.acknowledgement)
        assertEquals(listOf(request), core.signOffsPage(mine = true).map { it.id })
        assertEquals(emptyList<SignOffRequestView>(), core.signOffsPage(mine = true, after = request).items)
    },
    "where nothing is found nothing is asked, and the place one works is pointed out" to {
        val reflection = reflected("She fell at night.")
        assertEquals(emptyList<FindingCount>(), core.checkBeforeSharing(reflection).probable)
        core.shareReflection(reflection, with = other)
        adds(POST::adding)
        val place = reflected("She fell at the Royal Infirmary.")
        val found = core.checkBeforeSharing(place).findings.map { it.kind to it.severity }
        assertTrue(FindingKind.OWN_PLACE to FindingSeverity.POSSIBLE in found, "$found")
    },
)

/** A reflection of the trainee's that says this. */
private suspend fun Behaving.reflected(thought: String): DocumentId {
    val id = core.createReflection("quick-capture", "A long night")
    core.editReflection(id, null, listOf(ReflectionEdit.Answer("thought", thought)))
    return id
}

internal fun signed(statement: String) =
    SignOffAnswer(SignOffDecision.SIGNED, SupervisorRole.CLINICAL, statement)

internal fun returned(statement: String) =
    SignOffAnswer(SignOffDecision.RETURNED, SupervisorRole.CLINICAL, statement)
