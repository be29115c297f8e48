package org.enhance.core

import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit.DAYS
import java.time.temporal.ChronoUnit.MILLIS
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** What somebody types by mistake: the real core and the fake refuse it alike, and nothing is changed. */
internal val REFUSED_ALIKE: List<Pair<String, Behaviour>> = listOf(
    "a record takes no number, day or name that cannot be" to {
        val (journey, round) = adds(PatientJourney("From a fall to home")::adding) to adds(ROUND::adding)
        val before = core.personalRecord()
        for ((words, thing) in listOf(
            "place goes from 1 to 1000, not 0" to JourneyStep(journey = journey, place = 0)::adding,
            "place goes from 1 to 1000, not 1001" to JourneyStep(journey = journey, place = 1_001)::adding,
            "gap goes from 0 to 45000, not 45001" to JourneyStep(journey = journey, gap = 45_001)::adding,
            "and 1.5 is outside" to POST.copy(wte = ObservedValue.Number(1_500))::adding,
            "2.5 days are not between half a day and the 1" to
                Absence(AbsenceKind.SICKNESS, TODAY, days = ObservedValue.Number(2_500))::adding,
            "$LATER lies in the future, and an experience is noted once it was" to
                LearningExperience(host = "Food bank", at = LATER)::adding,
            "$LATER lies in the future, and a certificate is noted" to
                Certificate("Life support", issued = LATER)::adding,
            "and a completed module is noted once it was" to ModuleCompletion("m", SOON, reason = "Ill")::adding,
            "and a completed activity is noted once it was" to ActivityCompletion("a", SOON, reason = "Ill")::adding,
            "and a debrief is noted once it was" to Debrief("a", SOON)::adding,
            "2569-06-01 is in no year of anybody's training" to PdpGoal("Lead a team", due = OTHER_YEAR)::adding,
            "confidence_before goes from 0 to 10, not 11" to Debrief("a", PAST, confidenceBefore = 11)::adding,
            "no version 7 of the programme's content is known: none is here yet" to
                ActivityCompletion("a", PAST, packVersion = 7)::adding,
        )) refuses(words) { adds(thing) }
        for ((words, thing) in listOf(
            "minutes goes from 1 to 1440, not 1441" to ROUND.copy(minutes = 1_441)::adding,
            "it took at least a minute" to ROUND.copy(minutes = 0)::adding,
            "1 h 1 min of it online are more than the 1 h it took" to ROUND.copy(online = 61)::adding,
            "minutes goes from 1 to 1440, not 0" to
                LearningExperience(host = "Food bank", at = TODAY, minutes = 0)::adding,
            "minutes goes from 0 to 60000, not 60001" to
                ModuleCompletion("m", PAST, reason = "Ill", minutes = 60_001)::adding,
        )) refuses(words, InputField.MINUTES) { adds(thing) }
        refuses("and a learning session is noted once it was", InputField.START) {
            adds(ROUND.copy(start = SOON)::adding)
        }
        refuses("and an activity is noted once it was") { core.editRecord(listOf(RecordEdit.Start("a", SOON))) }
        refuses("minutes goes from 1 to 1440, not 2000", InputField.MINUTES) {
            core.editRecord(listOf(RecordEdit.LearningSession(round, SessionEdit.Minutes(2_000))))
        }
        assertEquals(before, core.personalRecord())
    },
    "evidence is there, and what a statement says is written with it alone" to {
        val shown = EvidenceSource.Item(adds(ROUND::adding))
        val link = adds(EvidenceLink(shown, EvidenceStatement.Capability("fpc-9"), "I led the round.")::adding)
        val (never, gone) = core.newItemId() to core.createReflection("quick-capture", "A night")
        core.delete(gone)
        val before = core.personalRecord()
        for (thing in listOf(
            ActivityCompletion("a", PAST, evidence = EvidenceSource.Item(never))::adding,
            ModuleCompletion("m", PAST, evidence = EvidenceSource.Item(never))::adding,
            Debrief("a", PAST, evidence = EvidenceSource.Item(never))::adding,
        )) refuses("evidence names a learning session $never that is not in this record") { adds(thing) }
        refuses("was deleted", code = "deleted") {
            adds(ActivityCompletion("a", PAST, evidence = EvidenceSource.Document(gone))::adding)
        }
        for (edit in listOf(EvidenceLinkEdit.Said("Other words"), EvidenceLinkEdit.Version("9"))) {
            refuses("set the statement anew") { core.editRecord(listOf(RecordEdit.EvidenceLink(link, edit))) }
        }
        refuses("a sign-off that was read back", code = "not_allowed") {
            core.editRecord(listOf(RecordEdit.Add(Noun.KEPT_SIGN_OFF, never)))
        }
        assertEquals(before, core.personalRecord())
    },
    "a plan takes nothing that is not in it, and no number outside of its range" to {
        val plan = core.createProject("Falls on ward 7")
        val (first, second, falls) = List(3) { core.newItemId() }
        core.editProject(
            plan, null,
            Driver("Light").adding(first) + Driver("Lamps", parent = first).adding(second) +
                Measure("Falls").adding(falls),
        )
        val (before, never) = core.project(plan).project to core.newItemId()
        for ((words, edits) in listOf(
            "a plan has no certificate to add" to listOf(ProjectEdit.Add(Noun.CERTIFICATE, never)),
            "measure names a measure $never that is not in this plan" to aim(AimEdit.Measure(never)),
            "parent names a driver $never that is not in this plan" to Driver("Noise", parent = never).adding(newId()),
            "a driver under this one cannot be above it" to Driver("Bulbs", parent = second).adding(newId()),
            "drivers names a driver $never" to ChangeIdea("A lamp", drivers = listOf(first, never)).adding(newId()),
            "power goes from 1 to 5, not 6" to Stakeholder("Night sister", power = 6).adding(newId()),
            "interest goes from 1 to 5, not 0" to Stakeholder("Night sister", interest = 0).adding(newId()),
            "measure names a measure $never" to MeasureTarget(never, TODAY, ObservedValue.Number(1)).adding(newId()),
            "measure names a measure $never" to
                MeasureObservation(never, TODAY, ObservedValue.Number(1)).adding(newId()),
            "measure names a measure $never" to TallySheet(never, TODAY).adding(newId()),
            "measure names a measure $never" to MeasurePhase(never, TODAY).adding(newId()),
            "fixed_after goes from 12 to 10000, not 11" to MeasurePhase(falls, TODAY, fixedAfter = 11).adding(newId()),
            "idea names a change idea $never" to PdsaCycle(idea = never).adding(newId()),
            "previous names a cycle $never" to PdsaCycle(previous = never).adding(never),
            "a cycle is decided after its study" to PdsaCycle(decision = CycleDecision.ADOPT).adding(newId()),
            "factor_year goes from 1990 to 2200, not 1989" to ProjectImpact(factorYear = 1_989).adding(newId()),
        )) refuses(words) { core.editProject(plan, null, edits) }
        assertEquals(before, core.project(plan).project)
    },
    "a value is one of its unit, and an aim goes where it says, in time" to {
        val plan = core.createProject("Falls on ward 7")
        val (share, falls) = core.newItemId() to core.newItemId()
        core.editProject(
            plan, null,
            Measure("Seen in time", unit = MeasureUnit.PERCENT).adding(share) +
                Measure("Falls", unit = MeasureUnit.COUNT).adding(falls),
        )
        val before = core.project(plan).project
        for ((words, measure, value) in listOf(
            Triple("101 is no value in percent: there are not more than 100", share, ObservedValue.Number(101_000)),
            Triple("-0.5 is no value in count: it is less than nothing", falls, ObservedValue.Number(-500)),
            Triple("1/2 is no value in count: a share is a value in percent", falls, ObservedValue.Ratio(1, 2)),
        )) refuses(words) { core.editProject(plan, null, MeasureObservation(measure, TODAY, value).adding(newId())) }
        for ((words, edits) in listOf(
            "the aim goes to \"many\", which is neither a number nor a share such as 4/10" to aim(AimEdit.To("many")),
            "an aim to decrease does not go from 4/10 to 50" to
                Aim(direction = AimDirection.DECREASE, from = "4/10", to = "50").edits(),
            "the aim ends on $LATER, which is not after $LATER" to
                listOf(ProjectEdit.Start(LATER)) + aim(AimEdit.ByDate(LATER)),
            "the plan cannot end on $TODAY, before it begins on $LATER" to
                listOf(ProjectEdit.Start(LATER), ProjectEdit.End(TODAY)),
            "2569-06-01 is in no year of anybody's training" to listOf(ProjectEdit.Start(OTHER_YEAR)),
            "2569-06-01 is in no year" to MeasureTarget(falls, OTHER_YEAR, ObservedValue.Number(1_000)).adding(newId()),
        )) refuses(words) { core.editProject(plan, null, edits) }
        assertEquals(before, core.project(plan).project)
    },
    "what was seen, done or happened in a plan was so once it was" to {
        val plan = core.createProject("Falls on ward 7")
        val (falls, sheet) = core.newItemId() to core.newItemId()
        core.editProject(plan, null, Measure("Falls").adding(falls) + TallySheet(falls, LATER).adding(sheet))
        val before = core.project(plan).project
        val value = ObservedValue.Number(1_000)
        for ((words, edits) in listOf(
            "$LATER has not come yet, so nothing can have been seen" to
                MeasureObservation(falls, LATER, value).adding(newId()),
            "at of the annotation says when it was" to ChartAnnotation(at = LATER, text = "Lamps").adding(newId()),
            "did_at of the cycle says when it was" to PdsaCycle(didAt = LATER).adding(newId()),
            "done_at of the action says when it was" to
                ProjectAction("Buy a lamp", doneAt = SOON.plus(2, DAYS)).adding(newId()),
        )) refuses(words) { core.editProject(plan, null, edits) }
        refuses("$LATER has not come yet, so nothing can have been seen") { core.tick(plan, sheet, 1, 1) }
        refuses("this device would have ticked 2 of 1, which no sheet can say") { core.tick(plan, sheet, 2, 1) }
        assertEquals(before, core.project(plan).project)
    },
    "what is longer than it may be is refused, and says how much fits" to {
        val (plan, note) = core.createProject("Falls on ward 7") to core.createReflection("quick-capture", "A night")
        val (project, reflection) = core.project(plan).project to core.reflection(note).reflection
        for (work in listOf<suspend () -> Unit>(
            { core.createProject(SHORT) },
            { core.createProject("Falls", setting = SHORT) },
            { core.createReflection("quick-capture", SHORT) },
            { core.editReflection(note, null, listOf(ReflectionEdit.Title(SHORT))) },
            { core.editProject(plan, null, listOf(ProjectEdit.Title(SHORT))) },
            { core.editProject(plan, null, Measure(name = SHORT).adding(newId())) },
            { core.editProject(plan, null, aim(AimEdit.Place(SHORT))) },
            { adds(Certificate(SHORT)::adding) },
            { adds(ROUND.copy(place = SHORT)::adding) },
        )) refuses("500 characters fit here. Say it in fewer words here", code = "text_too_long") { work() }
        for (work in listOf<suspend () -> Unit>(
            { core.editProject(plan, null, ProjectAction(long).adding(newId())) },
            { core.editProject(plan, null, aim(AimEdit.Sentence(long))) },
            { adds(PdpGoal(long)::adding) },
            { core.comment(plan, long, anchor = "problem") },
            { core.requestSignOff(SignOffSubject.Project(plan), with = other, message = long) },
        )) refuses("$textChars characters fit here. Continue it in a new document", code = "text_too_long") { work() }
        refuses("it is empty", InputField.COMMENT) { core.comment(plan, " ", anchor = "problem") }
        assertEquals(project to reflection, core.project(plan).project to core.reflection(note).reflection)
        assertEquals(PersonalRecord(), core.personalRecord())
    },
    "a text that is typed and too long stays a draft, and keeps no other from being settled" to {
        val (plan, driver) = core.createProject("Falls on ward 7") to core.newItemId()
        val base = core.editProject(plan, null, Driver("Light").adding(driver))
        val sections = listOf(ProjectSection.CO_PRODUCED_WITH, ProjectSection.TEAM)
        val (problem, plain) = sections.map { DraftField.Section(it) }
        core.autosave(plan, plain, base, "The night team.")
        val words = "the text \"Co-produced with\" is too long by 1 character: $textChars characters fit there"
        for (work in listOf<suspend () -> Unit>(
            { core.autosave(plan, problem, base, long) },
            { core.settle(plan) },
            { core.settle(plan) },
            { core.editProject(plan, null, listOf(ProjectEdit.Section(ProjectSection.CO_PRODUCED_WITH, long))) },
        )) {
            val refused = refuses(words, code = "text_too_long") { work() } as CoreException.TooLarge
            val said = listOf(refused.limit, refused.field, refused.over)
            assertEquals(listOf(textChars.toLong(), problem, 1L), said)
        }
        val shown = core.project(plan)
        assertEquals(listOf("", "The night team."), sections.map { shown.project.sections[it].orEmpty() })
        assertEquals(listOf(problem to long), shown.drafts.map { it.field to it.text })
        assertEquals(listOf(plan), core.unsettled())
        core.autosave(plan, problem, base, "The falls team.")
        core.settle(plan)
        assertEquals("The falls team.", core.project(plan).project.sections[ProjectSection.CO_PRODUCED_WITH])
        val name = ProjectEdit.Driver(driver, DriverEdit.Name(long))
        refuses("the text \"driver: name\" is too long by 1 character", code = "text_too_long") {
            core.editProject(plan, null, listOf(name))
        }
    },
    "a period is of years that somebody means" to {
        val many = DaysInARow(LocalDate.of(1960, 1, 1), LocalDate.of(2026, 1, 1))
        refuses("1960-01-01..2026-01-01 is longer than 60 years", InputField.DATE) { core.logOf(many) }
        val words = "2569-06-01 is in no year of anybody's training; years go from 1950 to 2150"
        refuses(words, InputField.DATE) { core.logOf(DaysInARow(TODAY, OTHER_YEAR)) }
        refuses(words, InputField.DATE) { core.trainingYear(OTHER_YEAR) }
    },
)

/** The same of what names something of the programme. */
internal val REFUSED_WITH_THE_PROGRAMME: List<Pair<String, Behaviour>> = listOf(
    "what the programme does not have is named nowhere" to {
        val (plan, note) = core.createProject("Falls on ward 7") to core.createReflection("quick-capture", "A night")
        val before = core.project(plan).project to core.reflection(note).reflection
        val never = "\"never\" is no"
        refuses("$never domain of the programme; they are: ") { core.createProject("Falls", topic = "never") }
        refuses("$never domain") { core.editProject(plan, null, listOf(ProjectEdit.Topic("never"))) }
        refuses("$never theme") { core.editProject(plan, null, listOf(ProjectEdit.AddTag(ProgrammeTag.Theme("never")))) }
        refuses("$never theme") {
            core.editReflection(note, null, listOf(ReflectionEdit.AddTag(ProgrammeTag.Theme("never"))))
        }
        refuses("$never domain") { adds(PdpGoal("Lead", capabilities = listOf(ProgrammeTag.Domain("never")))::adding) }
        refuses("template never", code = "not_found") { core.createReflection("never", "A night") }
        refuses("asks nothing called \"never\"; its prompts are: thought", InputField.KEY) {
            core.editReflection(note, null, listOf(ReflectionEdit.Answer("never", "Words.")))
        }
        refuses("of which activity \"never\" is a part") { adds(ROUND.copy(part = "never")::adding) }
        refuses("activity never", code = "not_found") { core.editRecord(listOf(RecordEdit.Start("never", PAST))) }
        assertEquals(before, core.project(plan).project to core.reflection(note).reflection)
        assertEquals(PersonalRecord(), core.personalRecord())
    },
    "a completion shows what is asked for, whichever call it goes in by, and in a version that is known" to {
        val modules = core.modules().map { core.module(it.key) }
        val asking = modules.flatMap { it.activities }.first { it.activity.evidence == Evidence.REFLECTION }.activity.key
        val session = EvidenceSource.Item(adds(ROUND::adding))
        val asked = "$asking asks for a reflection: name it, or say why there is none"
        val noted = ActivityCompletion(asking, PAST, reason = "I talked it through.")
        refuses(asked, InputField.EVIDENCE) { adds(noted.copy(reason = " ")::adding) }
        refuses(asked, InputField.EVIDENCE) { adds(noted.copy(reason = "", evidence = session)::adding) }
        refuses("no version 9999 of the programme's content is known: the newest here is") {
            adds(noted.copy(packVersion = 9_999)::adding)
        }
        val fact = adds(noted::adding)
        refuses(asked, InputField.EVIDENCE) {
            core.editRecord(listOf(RecordEdit.ActivityCompletion(fact, ActivityCompletionEdit.Reason(""))))
        }
        val module = modules.first().summary.key
        refuses("$module asks for more than the record has", InputField.EVIDENCE) {
            adds(ModuleCompletion(module, PAST)::adding)
        }
        refuses("activity never", code = "not_found") {
            adds(ModuleCompletion(module, PAST, reason = "Ill", activities = "$asking never")::adding)
        }
        assertEquals(noted.reason, core.personalRecord().activitiesCompleted.single().completion.reason)
        assertEquals(emptyList<ModuleCompletionItem>(), core.personalRecord().modulesCompleted)
    },
)

private suspend fun refuses(
    words: String,
    field: InputField = InputField.EDIT,
    code: String = "invalid_input",
    work: suspend () -> Unit,
): CoreException {
    val refused = failing<CoreException> { work() }
    assertEquals(code, refused.code, "$words: ${refused.reason}")
    assertTrue(words in refused.reason, "$words: ${refused.reason}")
    if (refused is CoreException.InvalidInput) assertEquals(field, refused.field, words)
    return refused
}

private suspend fun Behaving.newId() = core.newItemId()

private fun aim(edit: AimEdit) = listOf(ProjectEdit.Aim(edit))

private val ROUND = session(daysAgo = 1, "Grand round")
private val PAST: Instant = Instant.now().minusSeconds(3_600).truncatedTo(MILLIS)
private val SOON: Instant = PAST.plus(2, DAYS)
private val LATER: LocalDate = TODAY.plusDays(3)
private val OTHER_YEAR: LocalDate = LocalDate.of(2569, 6, 1)

/** One character more than a name may have. */
private val SHORT = "a".repeat(501)

/** One character more than a text may have. */
private val Behaving.long: String get() = "Falls. ".repeat(40_000).take(textChars + 1)
