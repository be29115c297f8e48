package org.enhance.core

import java.time.LocalDate
import java.time.format.DateTimeFormatter
import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue

/** What counts as evidence and by whose word, and what a trainee may want to look at again. */
internal val EVIDENCED: List<Pair<String, Behaviour>> = listOf(
    "a supervisor's agreement is said by a sign-off, and by nothing a trainee notes" to {
        val session = adds(session(daysAgo = 1, "Grand round")::adding)
        val (id, link) = linked(EvidenceSource.Item(session))
        core.editRecord(listOf(RecordEdit.EvidenceLink(id, EvidenceLinkEdit.Agreement(EvidenceAgreement.AGREED))))
        assertEquals(EvidenceCover.THIN, core.coverage().capabilities.single().cover)
        val noted = core.evidence().single()
        assertEquals(id to link.evidence, noted.id to noted.link.evidence)
        assertTrue("Grand round" in noted.shown, noted.shown)
        assertEquals("the trainee says that a supervisor agreed; no sign-off says so", noted.agreement)
        assertTrue(core.warningsAbout(id).single().startsWith("What your supervisor says is noted as your word"))

        val request = core.requestSignOff(SignOffSubject.Sessions(listOf(session)), with = other)
        meet()
        colleague.sign(request, signed("She led it."))
        meet()
        assertEquals(EvidenceCover.THIN, core.coverage().capabilities.single().cover)
        val said = core.evidence().single().agreement
        assertTrue(said.startsWith("signed by Dr Ben Okoro, says of themselves: clinical supervisor"), said)
        assertTrue(said.endsWith("it covers nothing alone, since supervision follows from placements"), said)
        val answer = core.signOffRequest(request).answers.single()
        assertTrue(answer.roleInWords in said && !answer.roleAgrees, answer.roleInWords)

        adds(PlacementSupervisor(adds(POST::adding), person = other, role = SupervisorRole.CLINICAL)::adding)
        assertEquals(EvidenceCover.COVERED, core.coverage().capabilities.single().cover)
        val named = core.evidence().single().agreement
        assertTrue(named.startsWith("signed by Dr Ben Okoro, clinical supervisor, as the placement names them"), named)
    },
    "a file of a sign-off says as what it was signed, and whether a placement names the signer so" to {
        val post = adds(POST::adding)
        val reflection = core.createReflection("quick-capture", "A long night")
        val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other)
        meet()
        val signed = colleague.sign(request, signed("Well done."))
        meet()
        val claimed = colleague.checkSignOff(core.exportSignOff(signed))
        assertEquals(listOf(SupervisorRole.CLINICAL, false, ""), claimed.run { listOf(role, isNamed, organisation) })
        assertEquals(Role.SUPERVISOR to null, claimed.certifiedAs to claimed.fault)
        assertEquals("Dr Ben Okoro" to "Dr Ana Ruiz", claimed.signer to claimed.trainee)
        adds(PlacementSupervisor(post, person = other, role = SupervisorRole.CLINICAL)::adding)
        val named = colleague.checkSignOff(core.exportSignOff(signed))
        assertEquals(true to POST.organisation, named.isNamed to named.organisation)
        assertEquals("clinical supervisor, as the placement names them", named.roleInWords)
        failing<CoreException.InvalidInput> { core.checkSignOff("{}") }
    },
    "a second answer takes the place of the first, which both are told and which stays" to {
        val reflection = core.createReflection("quick-capture", "A long night")
        val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other)
        meet()
        val first = colleague.sign(request, signed("Well done."))
        val second = colleague.sign(request, signed("Very well done."))
        val mine = colleague.signOffRequest(request).answers
        assertEquals(listOf(null, first), mine.map { it.supersedes })
        meet()
        val answers = core.signOffRequest(request).answers
        assertEquals(listOf(first, second), answers.map { it.id })
        assertEquals(listOf("Well done.", "Very well done."), answers.map { it.statement })
        val told = core.inbox().items.filter { it.kind == InboxKind.SIGN_OFF_ANSWERED }.map { it.words }
        assertTrue("Signed, in the place of what they answered before. Very well done." in told, "$told")
    },
    "what a supervisor signed covers under another account as it did there" to {
        adds(PlacementSupervisor(adds(POST::adding), name = "Dr Lee", role = SupervisorRole.CLINICAL)::adding)
        val session = adds(session(daysAgo = 1, "Grand round")::adding)
        linked(EvidenceSource.Item(session))
        val request = core.requestSignOff(SignOffSubject.Sessions(listOf(session)))
        core.signWitnessed(request, WitnessedSigner("Dr Lee", person = null, knownBy = "works here"), signed("Good."))
        assertEquals(EvidenceCover.COVERED, core.coverage().capabilities.single().cover)
        meet()
        colleague.importExport(core.export())
        assertEquals(EvidenceCover.COVERED, colleague.coverage().capabilities.single().cover)
        colleague.removeSession(session)
        assertEquals(emptyList<StatementCover>(), colleague.coverage().capabilities)
    },
    "a role that a placement names is said as a fact" to {
        val post = adds(POST::adding)
        adds(PlacementSupervisor(post, person = other, role = SupervisorRole.CLINICAL)::adding)
        val reflection = core.createReflection("quick-capture", "A long night")
        val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other)
        meet()
        colleague.sign(request, signed(""))
        meet()
        val answer = core.signOffRequest(request).answers.single()
        assertEquals("clinical supervisor, as the placement names them" to true, answer.roleInWords to answer.roleAgrees)
    },
    "one piece of evidence counts once, and so do a text and its copy" to {
        val reflection = core.createReflection("quick-capture", "A long night")
        val copy = core.shareReflection(reflection, with = other)
        val (first, _) = linked(EvidenceSource.Document(reflection))
        val (again, _) = linked(EvidenceSource.Document(reflection))
        assertEquals(EvidenceCover.THIN to listOf(first), core.coverage().capabilities.single().run { cover to links })
        val twice = "This is given as evidence for foundation/fpc-9 already, and counts once."
        assertEquals(listOf(twice), core.warningsAbout(again))
        linked(EvidenceSource.Document(copy))
        assertEquals(EvidenceCover.THIN, core.coverage().capabilities.single().cover)
        linked(EvidenceSource.Item(adds(session(daysAgo = 1, "Grand round")::adding)))
        assertEquals(EvidenceCover.COVERED, core.coverage().capabilities.single().cover)
    },
    "what is deleted is evidence no more, and is named before it is" to {
        val reflection = core.createReflection("quick-capture", "A long night")
        val (id, _) = linked(EvidenceSource.Document(reflection))
        assertEquals("Reflection: A long night" to false, core.evidence().single().run { shown to isGone })
        assertEquals(listOf(id), core.deletionPreview(reflection).evidence)
        core.delete(reflection)
        assertEquals("A document that was deleted" to true, core.evidence().single().run { shown to isGone })
        assertEquals(emptyList<StatementCover>(), core.coverage().capabilities)
    },
    "what may be a slip is said, and stops nobody" to {
        val one = adds(session(daysAgo = 10, "Grand round")::adding)
        assertEquals(emptyList<String>(), core.warningsAbout(one))
        adds(session(daysAgo = 10, "Grand round")::adding)
        val twice = "Look again: \"Grand round\" is noted twice on one day, and both count."
        assertEquals(listOf(twice), core.warningsAbout(one))
        val over = TODAY.minusDays(3)
        val certificate = adds(Certificate("Safeguarding", expires = over)::adding)
        assertEquals(listOf("Look again: ${inWords(over)} is over already."), core.warningsAbout(certificate))
        assertEquals(emptyList<String>(), core.warningsAbout(core.newItemId()))
    },
    "days that absences share count once" to {
        adds(POST::adding)
        val from = TODAY.minusDays(10)
        val week = Absence(AbsenceKind.SICKNESS, from, to = from.plusDays(4), days = ObservedValue.Number(5_000))
        val first = adds(week::adding)
        val later = week.copy(from = from.plusDays(2), to = from.plusDays(6))
        adds(later::adding)
        assertEquals("7.0", core.logOf(core.trainingYear(TODAY)).years.single().absentDays)
        val shared = "Look again: the absences ${inWords(from)} to ${inWords(week.to!!)} and " +
            "${inWords(later.from)} to ${inWords(later.to!!)} share days, which count once."
        assertEquals(listOf(shared), core.warningsAbout(first))
    },
    "a journey is looked through for who it was, and saved whatever is found" to {
        val journey = adds(PatientJourney("From a fall to home again")::adding)
        val step = adds(JourneyStep(journey = journey, handedOver = "Her number is 943 476 5919.")::adding)
        val found = core.checkJourneys().findings.first { it.kind == FindingKind.NHS_NUMBER }
        assertEquals(TextPlace.Item(Noun.JOURNEY_STEP, step) to "943 476 5919", found.place to found.text)
        assertTrue(core.checkJourneys(step).findings.isNotEmpty())
        assertTrue(core.checkJourneys(core.newItemId()).findings.isEmpty())
    },
    "who is asked to sign is nudged once, until they answer" to {
        val reflection = core.createReflection("quick-capture", "A long night")
        val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other)
        meet()
        failing<CoreException.NotAllowed> { colleague.nudge(request, why = "Me?") }
        failing<CoreException.InvalidInput> { core.nudge(request, anchor = "problem", why = "When?") }
        val why = "She is born on 01/02/1950. When could you look?"
        val check = core.checkBeforeNudge(request, why)
        assertFalse(check.probable.isEmpty())
        assertEquals("unacknowledged", failing<CoreException.NotAllowed> { core.nudge(request, why = why) }.code)
        assertEquals(null, core.ownNudge(request))
        val nudge = core.nudgeAcknowledged(request, "", why, check.acknowledgement)
        assertEquals(Triple(nudge, why, true), core.ownNudge(request)?.run { Triple(id, this.why, waits) })
        assertEquals(nudge, core.nudge(request, why = why))
        val waiting = failing<CoreException.NotAllowed> { core.nudge(request, why = "And now?") }
        assertTrue("waits already" in waiting.reason, waiting.reason)
        meet()
        assertEquals(false, core.ownNudge(request)?.waits)
        val kinds = colleague.inbox().items.map { it.kind }
        assertEquals(setOf(InboxKind.SIGN_OFF_ASKED, InboxKind.NUDGE), kinds.toSet())
        colleague.sign(request, signed(""))
        meet()
        assertEquals(0, colleague.inboxCounts().total)
        failing<CoreException.NotAllowed> { core.nudge(request, why = "And now?") }
    },
    "a request is taken back, with what was answered only if that is said" to {
        val reflection = core.createReflection("quick-capture", "A long night")
        val (open, answered) = List(2) { core.requestSignOff(SignOffSubject.Reflection(reflection), with = other) }
        meet()
        colleague.sign(answered, signed("Well done."))
        meet()
        failing<CoreException.NotAllowed> { colleague.takeBackSignOff(open) }
        assertTrue(core.takeBackSignOff(open))
        assertFalse(core.takeBackSignOff(open))
        core.delete(reflection)
        assertEquals(ChangedSince.Deleted, core.changedSinceSignOff(answered))
        failing<CoreException.NotAllowed> { core.takeBackSignOff(answered) }
        assertEquals(listOf(answered), core.signOffsAskedByMe().map { it.id })
        assertTrue(core.takeBackSignOff(answered, withAnswers = true))
        meet()
        assertTrue(core.signOffsAskedByMe().isEmpty() && colleague.signOffsAskedOfMe().isEmpty())
        failing<CoreException.Gone> { colleague.signOffRequest(answered) }
    },
    "a session that was signed and is deleted is said to be that" to {
        val (one, other) = listOf("Grand round", "Journal club").map { adds(session(daysAgo = 1, it)::adding) }
        val lee = WitnessedSigner("Dr Lee", person = null, knownBy = "consultant on this ward")
        val request = core.requestSignOff(SignOffSubject.Sessions(listOf(one, other)))
        core.signWitnessed(request, lee, signed(""))
        core.removeSession(one)
        val changed = core.changedSinceSignOff(request) as ChangedSince.Changed
        assertEquals(listOf("The session \"Grand round\" was deleted."), changed.sentences)
        core.removeSession(other)
        assertEquals(ChangedSince.Deleted, core.changedSinceSignOff(request))
    },
    "sign-offs are read back from an export with all by which they are checked" to {
        val session = adds(session(daysAgo = 1, "Grand round")::adding)
        val request = core.requestSignOff(SignOffSubject.Sessions(listOf(session)))
        val lee = WitnessedSigner("Dr Lee", person = null, knownBy = "consultant on this ward")
        core.signWitnessed(request, lee, signed("She led it."))
        core.requestSignOff(SignOffSubject.Reflection(core.createReflection("quick-capture", "A long night")))
        meet()
        val report = colleague.importExport(core.export())
        assertEquals(1 to 1, report.signOffs to report.signOffsLeftOut.size)
        val kept = colleague.keptSignOffs().single()
        assertEquals(listOf("Dr Lee", lee.knownBy, "Dr Ana Ruiz"), kept.run { listOf(signer, witnessed, trainee) })
        assertEquals("She led it." to SignOffDecision.SIGNED, kept.statement to kept.decision)
        assertTrue(kept.anotherAccount && kept.publisherKnown && kept.fault == null)
        assertEquals(null, core.verifySignOff(colleague.exportKeptSignOff(kept.id)))
        failing<CoreException.NotFound> { colleague.exportKeptSignOff(core.newItemId()) }
        assertEquals(0, colleague.importExport(core.export()).signOffs)
        assertEquals(emptyList<KeptSignOffView>(), core.keptSignOffs())
    },
)

/** Gives something as evidence for a capability. */
private suspend fun Behaving.linked(shown: EvidenceSource): Pair<ItemId, EvidenceLink> {
    val statement = EvidenceStatement.Capability("foundation/fpc-9")
    val link = EvidenceLink(shown, statement, justification = "I led the round.")
    return adds(link::adding) to link
}

private fun inWords(day: LocalDate) = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK).format(day)
