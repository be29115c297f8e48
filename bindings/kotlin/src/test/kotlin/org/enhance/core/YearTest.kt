package org.enhance.core

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset.UTC
import java.time.temporal.ChronoUnit.DAYS
import kotlin.time.Duration.Companion.minutes
import org.enhance.core.harness.Phone
import org.enhance.core.harness.World
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/**
 * A year of a trainee: two placements, one of them less than full time, the log, evidence, three
 * signatures, and the page for her review, on a ward without a signal for most of it.
 *
 * The year began two hundred days ago, since a phone takes the day from its clock.
 */
class YearTest {
    @Test
    fun `a year is noted, signed, printed and taken along`() = story(ownServer = true, patience = 2.minutes) {
        val year = year()
        withoutASignal { year.anaNotesTwoPlacementsAndHerTeaching() }
        year.theLogIsCountedAgainstTheRule()
        val reflection = year.evidenceIsAskedForAndLinked()
        val request = year.benSignsAPlanOnAWardWithoutASignal()
        year.aReflectionIsReturnedAndSignedTheSecondTime(reflection)
        year.anEditOutdatesWhatWasSigned(request)
        year.theInboxesAreEmptied(reflection, request)
        year.aSuggestionOfBensIsAccepted(request)
        year.deadlinesAndCertificatesSayWhen()
        val page = year.aPageIsPrintedAndVerifiedOnAnotherPhone()
        year.whatComesLaterOutdatesThePage(page)
        year.anaTakesItAllToAnotherAccount()
    }
}

/** Who takes part in the year, and what of it is known by now. */
private class Year(val world: World, val ana: Phone, val ben: Phone) {
    private val days = DaysInARow(FIRST, FIRST.plusYears(1).minusDays(1))

    suspend fun anaNotesTwoPlacementsAndHerTeaching() {
        val ward = ana.adds(
            TrainingPlacement("Royal Infirmary", grade = "F1", start = FIRST, end = CHANGE.minusDays(1))::adding,
        )
        val surgery = TrainingPlacement(
            "Willow Surgery", kind = OrganisationKind.PRIMARY_CARE, grade = "F1", start = CHANGE, end = days.to,
            wte = ObservedValue.Number(600),
        )
        val willow = ana.adds(surgery::adding)
        val ben = PlacementSupervisor(ward, person = ben.account.person.id, role = SupervisorRole.EDUCATIONAL)
        ana.adds(ben::adding)
        ana.adds(PlacementSupervisor(willow, "Dr Okafor", role = SupervisorRole.CLINICAL)::adding)
        for (week in 0L..9L) ana.adds(teaching("Grand round", FIRST.plusWeeks(week), SessionKind.CORE)::adding)
        ana.adds(teaching("A page on asthma", FIRST.plusDays(3), SessionKind.ELEARNING)::adding)
        ana.adds(teaching("Fire safety", FIRST.plusDays(4), SessionKind.STATUTORY)::adding)
        // It was in the surgery, and half of it at home.
        val part = ana.adds(teaching("Group teaching", CHANGE.plusDays(1), SessionKind.CORE)::adding)
        ana.core.editRecord(listOf(RecordEdit.LearningSession(part, SessionEdit.Online(60))))
    }

    /** Full time until the change and three fifths after it, day by day. */
    suspend fun theLogIsCountedAgainstTheRule() {
        assertEquals(days, ana.core.trainingYear(LocalDate.now()))
        val all = DAYS.between(days.from, days.to) + 1
        val tenths = UNTIL_CHANGE * 10 + (all - UNTIL_CHANGE) * 6
        val log = ana.core.logOf(days)
        assertEquals(wholeOf(3_600 * tenths, all * 10), log.rule.target)
        assertEquals(wholeOf(1_800 * tenths, all * 10), log.rule.core)
        assertEquals(listOf(1_260, 180, 120), log.count.run { listOf(core, elearning, excluded) })
        assertEquals(1_440, log.count.counted)
        assertEquals(log.rule.target - 1_440, log.count.left)
        assertEquals(false, log.count.targetMet)
        assertEquals(log, ana.core.learningLog())
        val before = ana.core.logOf(DaysInARow(FIRST, CHANGE.minusDays(1)))
        assertEquals(1_200 to 120, before.count.run { core to elearning })
        assertEquals(wholeOf(3_600 * UNTIL_CHANGE, all), before.rule.target)
    }

    suspend fun evidenceIsAskedForAndLinked(): DocumentId {
        val asking = activities().first { it.evidence == Evidence.REFLECTION }
        val refused = failing<CoreException.InvalidInput> { ana.core.completeActivity(asking.key) }
        assertTrue("name it, or say why there is none" in refused.reason, refused.reason)
        val reflection = ana.core.createReflection("quick-capture", "A home visit", promptedBy = asking.key)
        ana.core.editReflection(reflection, null, listOf(ReflectionEdit.Answer("thought", "Stairs, and no rail.")))
        val shown = EvidenceSource.Document(reflection)
        world.withoutASignal { ana.core.attach(shown, "letter.pdf", PDF) }
        ana.core.completeActivityWith(asking.key, shown)
        assertEquals(listOf(asking.key), ana.core.personalRecord().activitiesCompleted.map { it.completion.activity })
        val module = ana.core.modules().first { summary -> ana.core.module(summary.key).outcomes.isNotEmpty() }
        val outcome = EvidenceStatement.Outcome(ana.core.module(module.key).outcomes.first().key)
        ana.adds(EvidenceLink(shown, outcome, "I asked what mattered to her.")::adding)
        ana.adds(EvidenceLink(shown, EvidenceStatement.Capability("foundation/fpc-9"), "I changed my plan.")::adding)
        val covered = ana.core.coverage()
        assertEquals(EvidenceCover.THIN, covered.domains.flatMap { it.outcomes }.single { it.links.isNotEmpty() }.cover)
        val capability = covered.frameworks.flatMap { it.capabilities }.single { it.links.isNotEmpty() }
        assertEquals("fpc-9" to EvidenceCover.THIN, capability.code to capability.cover)
        val row = ana.core.programmeMap().modules.single { it.key == module.key }
        assertTrue(row.outcomes.any { it.statement == outcome && it.cover == EvidenceCover.THIN })
        return reflection
    }

    suspend fun benSignsAPlanOnAWardWithoutASignal(): DocumentId {
        val plan = ana.core.createProject("Falls on Ward 7", topic = "sys", setting = "Ward 7")
        world.invite(ana, plan, Right.COMMENT, ben)
        ana.core.editProject(plan, null, listOf(problem("Too many falls at night.")))
        val request = ana.core.requestSignOff(SignOffSubject.Project(plan), ben.account.person.id, "Before Friday.")
        meet()
        assertTrue("Too many falls at night." in ben.core.signOffsAskedOfMe().single().text)
        world.withoutASignal {
            ben.core.sign(request, signed("Well thought through."))
            assertEquals(SignOffStanding.SIGNED, ben.core.signOffRequest(request).standing)
        }
        meet()
        val read = ana.core.signOffRequest(request)
        assertEquals(SignOffStanding.SIGNED, read.standing)
        assertEquals(null to true, read.answers.single().run { fault to byWhoWasAsked })
        val file = ana.core.exportSignOff(read.answers.single().id)
        assertNull(verifySignOff(file))
        assertEquals(SignOffFault.ANOTHER_TEXT, verifySignOff(file.replace("Too many falls", "No more falls")))
        return request
    }

    suspend fun aReflectionIsReturnedAndSignedTheSecondTime(reflection: DocumentId) {
        val subject = SignOffSubject.Reflection(reflection)
        val first = ana.core.requestSignOff(subject, ben.account.person.id)
        meet()
        ben.core.sign(first, returned("What would you do next time?"))
        meet()
        assertEquals("What would you do next time?", ana.core.signOffRequest(first).answers.single().statement)
        val better = ReflectionEdit.Answer("thought", "Stairs, and no rail. I shall ask on the first day.")
        ana.core.editReflection(reflection, null, listOf(better))
        val second = ana.core.requestSignOff(subject, ben.account.person.id)
        meet()
        ben.core.sign(second, signed("Talked it through."))
        meet()
        val standings = ana.core.signOffsOf(reflection).associate { it.id to it.standing }
        assertEquals(mapOf(first to SignOffStanding.RETURNED, second to SignOffStanding.SIGNED), standings)
        assertEquals(ChangedSince.Unchanged, ana.core.changedSinceSignOff(second))
        // Ben supervised her on the ward, and no placement of today names him.
        val signed = ana.core.checkSignOff(ana.core.exportSignOff(ana.core.signOffRequest(second).answers.single().id))
        assertEquals(Role.SUPERVISOR to false, signed.certifiedAs to signed.isNamed)
        val covered = ana.core.coverage().frameworks.flatMap { it.capabilities }.single { it.links.isNotEmpty() }
        assertEquals(EvidenceCover.THIN, covered.cover)
    }

    suspend fun anEditOutdatesWhatWasSigned(request: DocumentId) {
        val plan = requireNotNull(ana.core.signOffRequest(request).document)
        ana.core.editProject(plan, null, listOf(problem("Too many falls, most of them near the toilets.")))
        meet()
        for (phone in listOf(ana, ben)) {
            val changed = phone.core.changedSinceSignOff(request) as ChangedSince.Changed
            assertTrue(changed.gone.any { "Too many falls at night." in it }, "$changed")
            assertTrue(changed.sentences.isNotEmpty())
        }
        assertFalse("toilets" in ana.core.signOffRequest(request).text)
    }

    /** What waits is done or seen, by Ben on a ward without a signal, and then nothing waits. */
    suspend fun theInboxesAreEmptied(reflection: DocumentId, request: DocumentId) {
        val plan = requireNotNull(ana.core.signOffRequest(request).document)
        val copy = ana.core.shareReflection(reflection, ben.account.person.id)
        ana.core.comment(plan, "Is this enough?", anchor = "problem")
        meet()
        val waiting = ben.core.inbox().items.associateBy { it.kind }
        assertEquals(setOf(InboxKind.COPY_SHARED, InboxKind.COMMENT_UNANSWERED), waiting.keys)
        assertEquals(copy, waiting.getValue(InboxKind.COPY_SHARED).document)
        world.withoutASignal {
            ben.core.markInboxSeen(waiting.getValue(InboxKind.COPY_SHARED).id)
            ben.core.answerComment(plan, ben.core.threads(plan).single().place, "It is. Say who was asked.")
            assertEquals(0, ben.core.inboxCounts().total)
        }
        meet()
        val answers = ana.core.inboxCounts().byKind.associate { it.kind to it.count }
        assertTrue(InboxKind.SIGN_OFF_ENDED in answers, "an edit outdated what was signed: $answers")
        assertEquals(
            mapOf(InboxKind.SIGN_OFF_ANSWERED to 3, InboxKind.COMMENT_ANSWERED to 1), answers - InboxKind.SIGN_OFF_ENDED,
        )
        ana.core.inbox().items.forEach { ana.core.markInboxSeen(it.id) }
        assertEquals(emptyList<InboxView>(), ana.core.inbox().items)
        assertEquals("Dr Ana Ruiz", ben.core.cohort().single().name)
        assertEquals(listOf("Dr Okafor", "Dr Ben Okoro"), ana.core.supervisors().map { it.name })
    }

    suspend fun aSuggestionOfBensIsAccepted(request: DocumentId) {
        val plan = requireNotNull(ana.core.signOffRequest(request).document)
        val text = requireNotNull(ben.core.project(plan).project.sections[ProjectSection.PROBLEM])
        world.withoutASignal {
            ben.core.suggest(plan, "problem", text.textRange(0..7), "Far too many", why = "It is four a week.")
        }
        meet()
        assertEquals(InboxKind.SUGGESTION_OPEN, ana.core.inbox().items.single().kind)
        ana.core.acceptSuggestion(plan, ana.core.suggestions(plan).single().place)
        meet()
        for (phone in listOf(ana, ben)) {
            val now = phone.core.project(plan).project.sections[ProjectSection.PROBLEM]
            assertEquals("Far too many falls, most of them near the toilets.", now)
            assertEquals(SuggestionState.ACCEPTED, phone.core.suggestions(plan).single().state)
        }
        assertEquals(0, ana.core.inboxCounts().total)
    }

    suspend fun deadlinesAndCertificatesSayWhen() {
        val today = LocalDate.now()
        ana.adds(EvidenceDeadline("Portfolio closes", at = today.plusDays(30))::adding)
        assertEquals(listOf(2L, 16L, 23L), ana.core.deadlineWarnings().map { DAYS.between(today, it.on) })
        ana.adds(Certificate("Advanced life support", expires = today.plusYears(2))::adding)
        ana.adds(PdpGoal(text = "Lead a ward round", due = days.to)::adding)
        assertEquals(listOf("Advanced life support"), ana.core.certificates().map { it.certificate.title })
    }

    suspend fun aPageIsPrintedAndVerifiedOnAnotherPhone(): String {
        val page = ana.core.arcpHtml(days)
        val said = listOf(
            "Royal Infirmary", "Willow Surgery", "Dr Ben Okoro", "Dr Okafor", "A home visit", "Falls on Ward 7",
            "Lead a ward round", "Advanced life support", "changed since",
        )
        for (words in said) assertTrue(words in page, "$words: $page")
        assertFalse("no rail" in page)
        assertTrue("Willow Surgery" in ana.core.arcpCsv(days) && "Willow Surgery" in ana.core.arcpJson(days))
        assertTrue(ana.core.arcpForm(days).any { "Willow Surgery" in it.text })
        val tablet = world.secondPhone(ana)
        world.settle(ana, ben, tablet)
        assertEquals(ArcpVerdict.Agrees(emptyList()), tablet.core.verifyArcp(page))
        assertEquals(page, tablet.core.arcpHtml(days))
        theLetterIsFetchedOnTheTablet(tablet)
        assertEquals(ArcpVerdict.Unaltered(NotCompared.OF_SOMEBODY_ELSE), ben.core.verifyArcp(page))
        val altered = page.replace("Willow Surgery", "Oak Surgery")
        for (phone in listOf(tablet, ben)) assertEquals(ArcpVerdict.Altered, phone.core.verifyArcp(altered))
        return page
    }

    private suspend fun theLetterIsFetchedOnTheTablet(tablet: Phone) {
        val of = EvidenceSource.Document(tablet.core.reflections().single().id)
        val letter = tablet.core.attachments(of).single()
        assertEquals(listOf("letter.pdf", false, true), letter.run { listOf(name, here, stored) })
        failing<CoreException> { tablet.core.openAttachment(of, letter.id) }
        val fetched = tablet.core.fetchAttachment(of, letter.id)
        assertArrayEquals(ana.core.openAttachment(of, letter.id), fetched)
        assertArrayEquals(fetched, tablet.core.openAttachment(of, letter.id))
    }

    suspend fun whatComesLaterOutdatesThePage(page: String) {
        ana.adds(Certificate("Safeguarding")::adding)
        assertEquals(ArcpVerdict.Outdated(changes = 1, emptyList()), ana.core.verifyArcp(page))
    }

    suspend fun anaTakesItAllToAnotherAccount() {
        val file = ana.core.export()
        val new = world.person("Dr Ana Ruiz", Role.TRAINEE)
        val read = new.core.importExport(file)
        assertEquals(1 to 1, read.reflections to read.projects)
        assertEquals(ana.core.personalRecord().placements, new.core.personalRecord().placements)
        assertEquals(ana.core.personalRecord().sessions, new.core.personalRecord().sessions)
        assertEquals(0, new.core.importExport(file).things)
        assertTrue("Willow Surgery" in new.core.exportCsv())
        assertTrue("no rail" in new.core.exportReflections())
    }

    private suspend fun activities() =
        ana.core.modules().flatMap { ana.core.module(it.key).activities }.map { it.activity }

    private suspend fun meet(): Unit = world.settle(ana, ben)

    private suspend fun Phone.adds(adding: (ItemId) -> List<RecordEdit>): ItemId =
        core.newItemId().also { core.editRecord(adding(it)) }
}

private suspend fun World.year(): Year {
    val (ana, ben) = trainee() to supervisor()
    settle(ana, ben)
    ana.withProgramme()
    return Year(this, ana, ben)
}

/** Another phone of the same person, with the programme and her private documents. */
private suspend fun World.secondPhone(of: Phone): Phone {
    val phone = phone()
    phone.enrolled = phone.core.enrol(server.url, of.core.inviteDevice(), "Ana's tablet")
    phone.core.useRecoveryKey(requireNotNull(of.enrolled.recoveryKey))
    phone.core.sync()
    return phone.withProgramme()
}

/** Whole minutes of what is asked for: rounded up. */
private fun wholeOf(number: Long, by: Long) = ((number + by - 1) / by).toInt()

private fun problem(text: String) = ProjectEdit.Section(ProjectSection.PROBLEM, text)

private fun teaching(title: String, day: LocalDate, kind: SessionKind) =
    LearningSession(title, start = noon(day), minutes = 120, kind = kind)

private fun noon(day: LocalDate): Instant = day.atTime(12, 0).toInstant(UTC)

private val FIRST: LocalDate = LocalDate.now().minusDays(200)

/** Days in the first placement. */
private const val UNTIL_CHANGE = 120L

private val CHANGE: LocalDate = FIRST.plusDays(UNTIL_CHANGE)
