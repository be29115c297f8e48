package org.enhance.core

import java.time.DayOfWeek.MONDAY
import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit.MILLIS
import java.time.temporal.TemporalAdjusters.previousOrSame
import kotlin.time.Duration.Companion.minutes
import org.enhance.core.harness.Phone
import org.enhance.core.harness.World
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/**
 * A change project from an idea to the next one: nine months, three people, offline half of the time.
 *
 * The months lie before today, since a phone takes the day from its clock.
 */
class NineMonthsTest {
    @Test
    fun `a plan goes from an idea to the hands of others in nine months`() =
        story(ownServer = true, patience = 2.minutes) {
            val team = team()
            val falls = team.anaPlansOnAWardWithoutASignal()
            team.twoSetTheAimAtOnceAndBenSettlesIt()
            team.everyWeekIsCountedAndASlipIsCorrected(falls)
            team.aSmallTestLeadsToALargerOne()
            team.theChartSaysThatItIsMoreThanChance(falls)
            team.twoTickAtBothEndsOfTheWard()
            team.mrHallTakesACommentBackAndPutsItBack()
            team.itIsSaidWhatItIsWorth()
            team.theyLookBackAtWhoDidWhat()
            val page = team.aPageIsPrintedAndAgrees()
            team.anaRotatesAndBenGoesOn(page)
            team.anotherWardBeginsWithTheRecipe()
        }
}

/** Who takes part in the plan: a trainee, her supervisor, and a partner outside the hospital. */
private class Team(val world: World, val ana: Phone, val ben: Phone, val hall: Phone, val plan: DocumentId) {
    suspend fun anaPlansOnAWardWithoutASignal(): ItemId {
        val falls = ana.core.newItemId()
        world.withoutASignal {
            ana.edits(measure("Falls a week", MeasureKind.OUTCOME).adding(falls))
            ana.adds(measure("Nights with complaints", MeasureKind.BALANCING)::adding)
            val aim = Aim(
                measure = falls, direction = AimDirection.DECREASE, from = "9", to = "4",
                byDate = LocalDate.now().plusMonths(1), place = "Ward 7",
            )
            ana.edits(aim.edits() + ProjectEdit.Section(ProjectSection.WHY_HERE, "Nine falls in a week of October."))
            val light = ana.adds(Driver(name = "People see where they go")::adding)
            val lamps = ana.adds(Driver(name = "There is light on the way at night", parent = light)::adding)
            ana.adds(ChangeIdea(text = "To test a lamp at one bed", drivers = listOf(lamps))::adding)
            ana.adds(MeasureTarget(falls, week(0), whole(4))::adding)
            ana.adds(Stakeholder(role = "Night sister", power = 4, interest = 5)::adding)
            ana.moves(ProjectStatus.PLANNING, "We begin.")
            assertEquals(Stage.SAVED, ana.core.status(plan).stage)
        }
        meet()
        val read = ben.core.project(plan).project
        assertEquals(ana.core.project(plan).project, read)
        assertEquals(ProjectStatus.PLANNING, read.status)
        assertTrue(PlanCheckKind.AIM_SPECIFIC in ben.met() && PlanCheckKind.IDEAS_UNDER_DRIVERS in ben.met())
        assertFalse(PlanCheckKind.SMALL_FIRST in ben.met())
        return falls
    }

    suspend fun twoSetTheAimAtOnceAndBenSettlesIt() {
        world.withoutASignal {
            ana.edits(listOf(aimTo("5")))
            ben.edits(listOf(aimTo("3")))
        }
        meet()
        val disagreement = hall.core.project(plan).project.disagreements.single()
        assertEquals(aimTo("4").path, disagreement.path)
        assertEquals(setOf("3", "5"), disagreement.values.map { it.text }.toSet())
        assertEquals(setOf(ana.account.device, ben.account.device), disagreement.values.map { it.by }.toSet())
        ben.edits(listOf(aimTo("4")))
        meet()
        assertEquals(emptyList<Disagreement>(), ana.core.project(plan).project.disagreements)
        assertEquals("4", ana.core.project(plan).project.aim.to)
    }

    suspend fun everyWeekIsCountedAndASlipIsCorrected(falls: ItemId) {
        for ((number, seen) in BEFORE.withIndex()) {
            val counting = if (number % 2 == 0) ana else hall
            counting.adds(MeasureObservation(falls, week(number), whole(seen))::adding)
        }
        val slip = hall.adds(MeasureObservation(falls, week(BEFORE.size), whole(90))::adding)
        meet()
        val correction = ProjectEdit.Observation(slip, MeasureObservationEdit.Value(whole(9)))
        ben.edits(listOf(correction))
        world.withoutASignal {
            for ((number, seen) in AFTER.withIndex()) {
                val week = week(BEFORE.size + 1 + number)
                hall.adds(MeasureObservation(falls, week, whole(seen))::adding)
            }
        }
        meet()
        val seen = ana.core.project(plan).project.observations
        assertEquals(BEFORE.size + 1 + AFTER.size, seen.size)
        assertEquals(whole(9), seen.single { it.id == slip }.observation.value)
        assertEquals("Dr Ben Okoro", ana.core.fieldAuthors(plan)[correction.path]?.name)
    }

    suspend fun aSmallTestLeadsToALargerOne() {
        val idea = ana.core.project(plan).project.ideas.single().id
        val small = PdsaCycle(
            changeIdea = "A lamp at one bed", idea = idea, prediction = "Nobody falls at that bed.",
            scale = CycleScale.ONE_PATIENT, didAt = week(13),
        )
        val first = ana.adds(small::adding)
        val adopted = ProjectEdit.Cycle(first, CycleEdit.Decision(CycleDecision.ADOPT))
        val tooEarly = failing<CoreException.InvalidInput> { ana.edits(listOf(adopted)) }
        assertTrue("say what was studied" in tooEarly.reason, tooEarly.reason)
        val studied = CycleEdit.Studied("Nobody fell, and two nurses asked for more.")
        ana.edits(listOf(ProjectEdit.Cycle(first, studied), adopted))
        val large = PdsaCycle(
            changeIdea = "Lamps on the whole ward", prediction = "Fewer than five falls a week.",
            scale = CycleScale.WHOLE, didAt = week(16), previous = first,
        )
        ana.adds(large::adding)
        meet()
        val wanted = listOf(PlanCheckKind.PREDICTIONS, PlanCheckKind.SMALL_FIRST, PlanCheckKind.LINKED_CYCLES)
        assertTrue(ben.met().containsAll(wanted), ben.met().toString())
    }

    /** Only a person marks a new phase. */
    suspend fun theChartSaysThatItIsMoreThanChance(falls: ItemId) {
        val chart = ben.core.chart(plan, falls)
        assertEquals(27 to 1, chart.points.size to chart.phases.size)
        assertTrue(chart.signals.any { it.meaning == ChartMeaning.IMPROVEMENT }, chart.summary.toString())
        val reason = "Lamps on the whole ward, and it stayed."
        ben.adds(MeasurePhase(falls, week(16), label = "with lamps", reason = reason)::adding)
        assertEquals(2, ben.core.chart(plan, falls).phases.size)
        meet()
        assertEquals(ben.core.chart(plan, falls), hall.core.chart(plan, falls))
        assertTrue(hall.met().containsAll(listOf(PlanCheckKind.BASELINE, PlanCheckKind.THREE_CONSECUTIVE)))
    }

    suspend fun twoTickAtBothEndsOfTheWard() {
        val lamps = Measure(
            name = "Beds with a lamp", kind = MeasureKind.PROCESS, unit = MeasureUnit.PERCENT,
            numerator = "beds with a lamp that is on", denominator = "beds looked at",
        )
        val sheet = ana.adds(TallySheet(ana.adds(lamps::adding), week(20))::adding)
        meet()
        world.withoutASignal {
            ana.core.tick(plan, sheet, numerator = 1, denominator = 1)
            ben.core.tick(plan, sheet, numerator = 0, denominator = 1)
            ana.core.tick(plan, sheet, numerator = 2, denominator = 3)
            assertEquals(ObservedValue.Ratio(1, 2), ben.core.tick(plan, sheet, numerator = 1, denominator = 1))
        }
        meet()
        val ticks = hall.core.project(plan).project.tallies.single().tally.ticks
        val counted = mapOf(
            ana.account.device to ObservedValue.Ratio(3, 4), ben.account.device to ObservedValue.Ratio(1, 2),
        )
        assertEquals(counted, ticks)
    }

    suspend fun mrHallTakesACommentBackAndPutsItBack() {
        val idea = hall.core.project(plan).project.ideas.single().id
        val comment = hall.core.comment(plan, "Who turns them off?", anchor = idea.value)
        meet()
        val read = ana.core.project(plan).comments.single()
        assertEquals("Mr Hall" to "Who turns them off?", read.by?.name to read.comment.body)
        hall.core.editComments(plan, listOf(CommentEdit.TakeBack(comment, now())))
        meet()
        assertEquals(emptyList<CommentView>(), ana.core.project(plan).comments)
        world.withoutASignal { hall.core.editComments(plan, listOf(CommentEdit.PutBack(comment))) }
        meet()
        assertEquals(listOf(read), ana.core.project(plan).comments)
    }

    suspend fun itIsSaidWhatItIsWorth() {
        val (better, factor) = ImpactEffect.BETTER to "0.2 kg CO2e a kWh"
        ana.adds(ProjectImpact(ImpactKind.PATIENTS, better, text = "Fewer people fall at night.")::adding)
        ana.adds(ProjectImpact(ImpactKind.SOCIAL, better, text = "Nurses walk less.")::adding)
        hall.adds(ProjectImpact(ImpactKind.MONEY, better, amount = ObservedValue.Number(30_000_000))::adding)
        val carbon = ProjectImpact(
            ImpactKind.ENVIRONMENT, better, amount = ObservedValue.Number(12_500), method = "Meter readings",
            factor = factor, factorSource = "Government conversion factors", factorYear = 2025,
        )
        hall.adds(carbon::adding)
        meet()
        assertEquals(4, ben.core.project(plan).project.impacts.size)
    }

    suspend fun theyLookBackAtWhoDidWhat() {
        val told = ana.core.sittings(plan, limit = 100).groupBy({ it.by?.name }, { it.sentences })
        fun said(by: String) = told.getValue(by).flatten()
        assertTrue(said("Mr Hall").any { "observations to Falls a week" in it }, told.toString())
        assertTrue(said("Dr Ben Okoro").any { "changed an observation of Falls" in it }, told.toString())
        val before = ana.core.sittings(plan, limit = 100).last().version
        assertEquals(emptyList<ObservationItem>(), ana.core.projectAt(plan, before).observations)
    }

    suspend fun aPageIsPrintedAndAgrees(): String {
        ana.moves(ProjectStatus.SUSTAINING, "The lamps stay.")
        meet()
        val page = ana.core.projectPage(plan)
        assertEquals(page, ben.core.projectPage(plan))
        for (words in listOf("falls a week on Ward 7 from 9 to 4", "12.5 kg CO2e less", "£300.00 saved")) {
            assertTrue(words in page, words)
        }
        assertEquals(PageVerdict.Agrees(plan), hall.core.verifyPage(page))
        val altered = page.replace("£300.00", "£900.00")
        assertEquals(PageVerdict.Altered(plan), hall.core.verifyPage(altered))
        return page
    }

    suspend fun anaRotatesAndBenGoesOn(page: String) {
        ana.edits(listOf(ProjectEdit.Section(ProjectSection.HANDOVER, "The ward clerk counts on Mondays.")))
        ana.core.offerOwnership(plan, ben.account.person.id)
        meet()
        failing<CoreException.NotAllowed> { hall.core.acceptOwnership(plan) }
        world.withoutASignal {
            ben.core.acceptOwnership(plan)
            assertEquals(Right.OWN, ben.core.project(plan).myRight)
        }
        meet()
        assertEquals(Right.READ, ana.core.project(plan).myRight)
        failing<CoreException.NotAllowed> { ana.moves(ProjectStatus.STOPPED, "It is not mine.") }
        assertTrue(ben.core.verifyPage(page) is PageVerdict.Outdated)
        val refused = failing<CoreException.InvalidInput> { ben.moves(ProjectStatus.COMPLETED, "") }
        assertTrue("needs an outcome" in refused.reason, refused.reason)
        ben.moves(ProjectStatus.COMPLETED, "From nine falls a week to three.")
        hall.core.leaveProject(plan)
        meet()
        failing<CoreException.Gone> { hall.core.project(plan) }
        val (kept, owned) = ana.core.project(plan) to ben.core.project(plan)
        assertEquals(ProjectStatus.COMPLETED, kept.project.status)
        assertEquals(owned.version to owned.project, kept.version to kept.project)
        val members = kept.members.filter { it.standing == Standing.MEMBER }
        assertEquals(listOf("Dr Ben Okoro", "Dr Ana Ruiz"), members.map { it.person.name })
    }

    suspend fun anotherWardBeginsWithTheRecipe() {
        val recipe = ben.core.recipe(plan)
        assertFalse("Ruiz" in recipe)
        val dev = world.person("Dr Dev Rao", Role.TRAINEE)
        val begun = dev.core.createProjectFrom(RecipeSource.Text(recipe), "Falls on Ward 9", "Ward 9")
        val other = dev.core.project(begun).project
        assertEquals(3 to 2, other.measures.size to other.drivers.size)
        assertEquals(0 to 0, other.observations.size to other.cycles.size)
    }

    suspend fun meet(): Unit = world.settle(ana, ben, hall)

    private suspend fun Phone.edits(edits: List<ProjectEdit>): Version = core.editProject(plan, null, edits)

    /** Adds a thing to the plan and says under which id. */
    private suspend fun Phone.adds(adding: (ItemId) -> List<ProjectEdit>): ItemId =
        core.newItemId().also { edits(adding(it)) }

    private suspend fun Phone.moves(to: ProjectStatus, note: String) {
        edits(listOf(ProjectEdit.Move(core.newItemId(), to, now(), note)))
    }

    /** The checks of the plan that are met. */
    private suspend fun Phone.met(): List<PlanCheckKind> =
        core.planChecks(plan).filter { it.met }.map { it.check }
}

/** A plan of Ana's in which her supervisor and a partner write too. */
private suspend fun World.team(): Team {
    val (ana, ben, hall) = Triple(trainee(), supervisor(), person("Mr Hall", Role.PARTNER))
    settle(ana, ben, hall)
    val plan = ana.core.createProject("Falls on Ward 7", topic = "sys", setting = "Ward 7")
    invite(ana, plan, Right.EDIT, ben, hall)
    return Team(this, ana, ben, hall, plan)
}

/** Falls in each of the first weeks, before there were lamps. */
private val BEFORE = listOf(9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 9, 10, 8)

/** Falls in each week from the first lamp on. */
private val AFTER = listOf(7, 6, 4, 3, 4, 2, 3, 4, 3, 2, 3, 4, 3)

private val FIRST_WEEK = LocalDate.now().with(previousOrSame(MONDAY)).minusWeeks(38)

/** The Monday of a week, from the first that is counted. */
private fun week(number: Int): LocalDate = FIRST_WEEK.plusWeeks(number.toLong())

private fun whole(number: Int) = ObservedValue.Number(number * 1_000L)

private fun measure(name: String, kind: MeasureKind) = Measure(
    name = name, kind = kind, definition = "Counted from incident forms", unit = MeasureUnit.COUNT,
    frequency = "every week", improvement = Improvement.DOWN,
)

private fun aimTo(end: String) = ProjectEdit.Aim(AimEdit.To(end))

private fun now(): Instant = Instant.now().truncatedTo(MILLIS)
