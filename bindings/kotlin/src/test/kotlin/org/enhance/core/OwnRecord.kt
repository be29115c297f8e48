package org.enhance.core

import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit.DAYS
import java.time.temporal.ChronoUnit.MILLIS
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue

/** What a trainee does with her own record, whether the real core is behind it or the fake. */
internal val OWN_RECORD: List<Pair<String, Behaviour>> = listOf(
    "a placement makes the training year, and its hours what is asked" to {
        assertTrue(core.logOf(core.trainingYear(TODAY)).years.single().isFullTimeAssumed)
        val post = adds(POST::adding)
        assertEquals(listOf(PlacementItem(post, POST)), core.personalRecord().placements)
        val year = core.trainingYear(TODAY)
        assertEquals(DaysInARow(POST.start, POST.end), year)
        assertEquals("1.0000" to false, core.logOf(year).years.single().run { factor to isFullTimeAssumed })
        core.editRecord(listOf(RecordEdit.Placement(post, TrainingPlacementEdit.Wte(ObservedValue.Ratio(1, 2)))))
        assertEquals("0.5000", core.logOf(year).years.single().factor)
        adds(CareerBreak(BreakKind.PARENTAL, from = POST.start, to = POST.end)::adding)
        assertEquals("0.0000", core.logOf(year).years.single().factor)
    },
    "other hours count from their day on" to {
        val post = adds(POST::adding)
        val (from, year) = POST.start.plusDays(73) to core.trainingYear(TODAY)
        adds(WteChange(post, from, ObservedValue.Number(600))::adding)
        val days = DAYS.between(POST.start, POST.end) + 1
        val expected = (73 + 0.6 * (days - 73)) / days
        assertEquals(expected, core.logOf(year).years.single().factor.toDouble(), 0.0001)
        val outside = refused { adds(WteChange(post, POST.start.minusDays(1), ObservedValue.Number(600))::adding) }
        assertTrue("the hours change on" in outside.reason, outside.reason)
    },
    "a log is of the days that are asked for, and each session as it was corrected" to {
        val early = adds(session(daysAgo = 20, "Grand round")::adding)
        val late = adds(session(daysAgo = 10, "Simulation").copy(online = 20)::adding)
        val lately = DaysInARow(TODAY.minusDays(15), TODAY)
        assertEquals(listOf(late), core.logOf(lately).sessions.map { it.id })
        assertEquals(40 to 20, core.logOf(lately).count.run { core to elearning })
        val edits = listOf(SessionEdit.Minutes(45), SessionEdit.Provider("Dr Lee"), SessionEdit.Online(null))
        core.editRecord(edits.map { RecordEdit.LearningSession(late, it) })
        val corrected = core.logOf(lately).sessions.single().session
        assertEquals(45 to "Dr Lee", corrected.minutes to corrected.provider)
        assertEquals(listOf(late, early), core.logOf(DaysInARow(TODAY.minusDays(25), TODAY)).sessions.map { it.id })
        val backwards = refused { core.logOf(DaysInARow(TODAY, TODAY.minusDays(1))) }
        assertEquals(InputField.DATE, backwards.field)
    },
    "a session that may be noted twice is doubtful, and counts" to {
        val days = DaysInARow(TODAY.minusDays(15), TODAY)
        adds(session(daysAgo = 10, "Grand round")::adding)
        assertEquals(emptyList<ItemId>(), core.logOf(days).doubtful)
        adds(session(daysAgo = 10, "grand  round".replace("  ", " "))::adding)
        assertEquals(1, core.logOf(days).doubtful.size)
        assertEquals(120, core.logOf(days).count.core)
    },
    "what nobody means is refused whichever way it is typed" to {
        val visit = LearningExperience(host = "Food bank", at = TODAY.minusDays(1), minutes = 99_999)
        val long = refused { adds(visit::adding) }
        assertTrue("from 1 to 1440, not 99999" in long.reason, long.reason)
        for (year in listOf(26, 1447, 2569, 9999)) {
            val day = LocalDate.of(year, 6, 1)
            refused { adds(visit.copy(at = day, minutes = 60)::adding) }
            refused { adds(PdpGoal("Lead a team", due = day)::adding) }
        }
        assertEquals(PersonalRecord(), core.personalRecord())
    },
    "what was is noted once it was, and what is to come is planned" to {
        val later = TODAY.plusDays(3)
        val given = refused { adds(Certificate("Life support", issued = later)::adding) }
        assertTrue("lies in the future" in given.reason, given.reason)
        val visit = refused { adds(LearningExperience(host = "Food bank", at = later, minutes = 60)::adding) }
        assertTrue("lies in the future" in visit.reason, visit.reason)
        adds(Absence(AbsenceKind.PARENTAL, later, days = ObservedValue.Number(1_000))::adding)
        adds(Certificate("Life support", expires = later)::adding)
        val year = refused { core.logOf(DaysInARow(LocalDate.of(2569, 1, 1), LocalDate.of(2569, 12, 31))) }
        assertTrue("years go from 1950 to 2150" in year.reason, year.reason)
    },
    "what makes no sense is refused with words, and none of it is written" to {
        val (post, goal) = core.newItemId() to core.newItemId()
        val backwards = POST.copy(start = POST.end, end = POST.start).adding(post)
        val ends = refused { core.editRecord(PdpGoal(text = "Lead a team").adding(goal) + backwards) }
        assertEquals(InputField.EDIT, ends.field)
        assertTrue("before it begins on ${POST.end}" in ends.reason, ends.reason)
        assertEquals(PersonalRecord(), core.personalRecord())
        val wte = refused { adds(POST.copy(wte = ObservedValue.Number(60_000))::adding) }
        assertTrue("whole-time equivalents go from 0.2 to 1" in wte.reason, wte.reason)
        val lone = refused { core.editRecord(listOf(RecordEdit.Add(Noun.PLACEMENT, post))) }
        assertTrue("a placement needs start and end too" in lone.reason, lone.reason)
        val alien = refused { core.editRecord(listOf(RecordEdit.Add(Noun.MEASURE, post))) }
        assertTrue("a personal record has no measure to add" in alien.reason, alien.reason)
        assertTrue("say what you want to be able to do" in refused { adds(PdpGoal()::adding) }.reason)
        assertTrue("say the organisation" in refused { adds(POST.copy(organisation = " ")::adding) }.reason)
        val of = refused { adds(PlacementSupervisor(post, "Dr Lee", role = SupervisorRole.CLINICAL)::adding) }
        assertTrue("placement names a placement" in of.reason, of.reason)
    },
    "a session is noted once it was, with a title and what it took" to {
        assertEquals(InputField.TITLE, refused { adds(session(daysAgo = 1, " ")::adding) }.field)
        assertEquals(InputField.START, refused { adds(session(daysAgo = -1, "Tomorrow")::adding) }.field)
        val (none, long) = session(daysAgo = 1, "Teaching").run { copy(minutes = 0) to copy(online = 61) }
        assertEquals(InputField.MINUTES, refused { adds(none::adding) }.field)
        assertEquals(InputField.MINUTES, refused { adds(long::adding) }.field)
        val sure = refused { adds(Debrief("any", at = NOW, confidenceAfter = 11)::adding) }
        assertTrue("confidence_after goes from 0 to 10, not 11" in sure.reason, sure.reason)
        val added = failing<CoreException.InvalidInput> {
            core.addSession(NewSession("", null, null, Instant.now(), minutes = 45, SessionKind.CORE))
        }
        assertEquals(InputField.TITLE, added.field)
    },
    "what never was in a record cannot be taken back" to {
        val never = core.newItemId()
        failing<CoreException.NotFound> {
            core.editRecord(listOf(RecordEdit.TakeBack(Noun.CERTIFICATE, never, NOW)))
        }
        failing<CoreException.NotFound> { core.removeSession(never) }
    },
    "what is taken back of a record is kept, and comes back with all it says" to {
        val certificate = Certificate("Life support", issuer = "Resuscitation Council", expires = TODAY.plusDays(30))
        val id = adds(certificate::adding)
        core.editRecord(listOf(RecordEdit.TakeBack(Noun.CERTIFICATE, id, NOW)))
        val without = core.personalRecord()
        assertEquals(emptyList<CertificateItem>(), without.certificates)
        assertEquals(listOf(TakenBackItem(id, TakenBack(Noun.CERTIFICATE, "Life support", NOW))), without.takenBack)
        core.editRecord(listOf(RecordEdit.PutBack(Noun.CERTIFICATE, id)))
        assertEquals(PersonalRecord(certificates = listOf(CertificateItem(id, certificate))), core.personalRecord())
    },
    "a session that is removed can be put back" to {
        val start = NOW.minusSeconds(3600)
        val id = core.addSession(NewSession("Journal club", null, null, start, minutes = 45, SessionKind.CORE))
        core.removeSession(id)
        assertEquals(emptyList<SessionView>(), core.learningLog().sessions)
        core.editRecord(listOf(RecordEdit.PutBack(Noun.LEARNING_SESSION, id)))
        assertEquals(listOf("Journal club"), core.learningLog().sessions.map { it.session.title })
    },
    "a deadline warns 28, 14 and 7 days before it, and never in the past" to {
        val later = adds(EvidenceDeadline("Portfolio closes", at = TODAY.plusDays(40))::adding)
        val sooner = adds(EvidenceDeadline("Mid-year review", at = TODAY.plusDays(20))::adding)
        assertEquals(listOf(sooner to 20, later to 40), core.deadlines().map { it.id to it.daysLeft })
        val warnings = core.deadlineWarnings().map { it.deadline to DAYS.between(TODAY, it.on).toInt() }
        assertEquals(listOf(sooner to 6, later to 12, sooner to 13, later to 26, later to 33), warnings)
        core.editRecord(listOf(RecordEdit.EvidenceDeadline(later, DeadlineEdit.At(TODAY.plusDays(3)))))
        assertEquals(listOf(14, 7), core.deadlineWarnings().map { it.daysLeft })
    },
    "certificates come by when they run out, those that do not last" to {
        val never = adds(Certificate("Degree")::adding)
        val late = adds(Certificate("Life support", expires = TODAY.plusDays(90))::adding)
        val over = adds(Certificate("Safeguarding", expires = TODAY.minusDays(1))::adding)
        assertEquals(listOf(over to -1, late to 90, never to null), core.certificates().map { it.id to it.daysLeft })
    },
    "evidence is for a statement, with a reason, and two pieces cover it" to {
        val shown = EvidenceSource.Item(adds(session(daysAgo = 1, "Grand round")::adding))
        val statement = EvidenceStatement.Capability("foundation/fpc-9")
        val bare = refused { adds(EvidenceLink(shown, statement)::adding) }
        assertTrue("say why it shows that" in bare.reason, bare.reason)
        val link = EvidenceLink(shown, statement, justification = "I led the round.")
        val first = adds(link::adding)
        assertEquals(StatementCover(statement, EvidenceCover.THIN, listOf(first)), core.coverage().capabilities.single())
        val other = EvidenceSource.Item(adds(session(daysAgo = 2, "Journal club")::adding))
        val second = adds(link.copy(evidence = other)::adding)
        assertEquals(EvidenceCover.COVERED, core.coverage().capabilities.single().cover)
        val disagreed = EvidenceLinkEdit.Agreement(EvidenceAgreement.NOT_AGREED)
        core.editRecord(listOf(first, second).map { RecordEdit.EvidenceLink(it, disagreed) })
        assertEquals(EvidenceCover.MISSING, core.coverage().capabilities.single().cover)
        refused { adds(link.copy(evidence = EvidenceSource.Item(core.newItemId()))::adding) }
    },
    "a journey has steps, in places, and none of another" to {
        val journey = adds(PatientJourney("From a fall to home again")::adding)
        val step = JourneyStep(journey = journey, setting = "At home", place = 1, wasted = "A day of waiting")
        val id = adds(step::adding)
        assertEquals(listOf(JourneyStepItem(id, step)), core.personalRecord().steps)
        val of = refused { adds(JourneyStep(journey = core.newItemId())::adding) }
        assertTrue("journey names a patient journey" in of.reason, of.reason)
    },
    "days absent are counted against the year, and fit into their dates" to {
        adds(POST::adding)
        val (from, half) = TODAY.minusDays(10) to ObservedValue.Number(2_500)
        adds(Absence(AbsenceKind.SICKNESS, from, to = from.plusDays(2), days = half)::adding)
        assertEquals("2.5", core.logOf(core.trainingYear(TODAY)).years.single().absentDays)
        val many = refused { adds(Absence(AbsenceKind.SICKNESS, from, days = ObservedValue.Number(2_000))::adding) }
        assertTrue("are not between half a day and the 1" in many.reason, many.reason)
    },
    "a screen hears of what is noted, and each record is its owner's alone" to {
        coroutineScope {
            val shown = async(start = UNDISPATCHED) { core.watchPersonalRecord().first { it.goals.isNotEmpty() } }
            adds(PdpGoal(text = "Lead a team")::adding)
            assertEquals(GoalStatus.OPEN, shown.await().goals.single().goal.status)
        }
        meet()
        assertEquals(PersonalRecord(), colleague.personalRecord())
        assertFalse(core.syncState().waitingEntries > 0)
    },
)

/** Adds a thing to the record and says under which id. */
internal suspend fun Behaving.adds(adding: (ItemId) -> List<RecordEdit>): ItemId =
    core.newItemId().also { core.editRecord(adding(it)) }

private suspend fun refused(work: suspend () -> Unit) = failing<CoreException.InvalidInput> { work() }

internal val TODAY: LocalDate = LocalDate.now()

private val NOW: Instant = Instant.now().minusSeconds(1).truncatedTo(MILLIS)

/** A year at one place that began a hundred days ago. */
internal val POST = TODAY.minusDays(100).let {
    TrainingPlacement("Royal Infirmary", grade = "F1", start = it, end = it.plusYears(1).minusDays(1))
}

internal fun session(daysAgo: Long, title: String) =
    LearningSession(title, start = NOW.minus(daysAgo, DAYS), minutes = 60, kind = SessionKind.CORE)
