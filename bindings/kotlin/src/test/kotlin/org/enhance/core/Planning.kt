package org.enhance.core

import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** What a person does with a plan. */
internal val PLANNING: List<Pair<String, Behaviour>> = listOf(
    "a project keeps every part that is edited" to {
        val id = core.createProject("Falls on ward 7")
        val (cycle, action, move) = List(3) { core.newItemId() }
        val moved = ProjectEdit.Move(move, ProjectStatus.TESTING, NOON, "The lamps are up.")
        val edits = listOf(section("Patients fall."), moved) + PdsaCycle(changeIdea = "A lamp.").adding(cycle) +
            ProjectAction(text = "Buy a lamp").adding(action)
        core.editProject(id, null, edits)
        val project = core.project(id).project
        assertEquals("Patients fall.", project.sections[ProjectSection.PROBLEM])
        assertEquals(listOf(CycleItem(cycle, PdsaCycle(changeIdea = "A lamp."))), project.cycles)
        assertEquals(listOf(ActionItem(action, ProjectAction(text = "Buy a lamp"))), project.actions)
        assertEquals(ProjectStatus.TESTING, project.status)
        val logged = StatusMove(ProjectStatus.TESTING, NOON, "The lamps are up.")
        assertEquals(listOf(StatusMoveItem(move, logged)), project.moves)
        val parts = core.textAuthors(id, TextField.Section(ProjectSection.PROBLEM))
        assertEquals("Patients fall.", parts.joinToString("") { it.text })
        val idea = core.textAuthors(id, TextField.Item(CycleText.CHANGE_IDEA.of(cycle)))
        assertEquals("A lamp.", idea.joinToString("") { it.text })
    },
    "one field of a thing is corrected and the others stay" to {
        val (plan, measure) = measured()
        val (seen, count) = core.newItemId() to ObservedValue.Number(4_000)
        core.editProject(plan, null, MeasureObservation(measure, DAY, count, source = "Incident forms").adding(seen))
        val corrected = ObservedValue.Number(5_000)
        val edit = ProjectEdit.Observation(seen, MeasureObservationEdit.Value(corrected))
        core.editProject(plan, null, listOf(edit))
        val expected = MeasureObservation(measure, DAY, corrected, source = "Incident forms")
        assertEquals(listOf(ObservationItem(seen, expected)), core.project(plan).project.observations)
        assertEquals(listOf("Falls"), core.project(plan).project.measures.map { it.measure.name })
    },
    "what is taken back is kept, and comes back with all it says" to {
        val (plan, measure) = measured()
        val before = core.project(plan).project
        core.editProject(plan, null, listOf(ProjectEdit.TakeBack(Noun.MEASURE, measure, NOON)))
        val without = core.project(plan).project
        assertEquals(emptyList<MeasureItem>(), without.measures)
        assertEquals(listOf(TakenBackItem(measure, TakenBack(Noun.MEASURE, "Falls", NOON))), without.takenBack)
        core.editProject(plan, null, listOf(ProjectEdit.PutBack(Noun.MEASURE, measure)))
        assertEquals(before, core.project(plan).project)
    },
    "what lacks what it needs is not shown until it has it" to {
        val (plan, measure) = measured()
        val target = core.newItemId()
        val needed = MeasureTarget(measure, DAY, ObservedValue.Number(1_000)).adding(target)
        core.editProject(plan, null, needed.dropLast(1))
        assertEquals(emptyList<TargetItem>(), core.project(plan).project.targets)
        core.editProject(plan, null, needed.takeLast(1))
        assertEquals(listOf(target), core.project(plan).project.targets.map { it.id })
    },
    "what is not in a plan cannot be edited" to {
        val (plan, never) = core.createProject("Falls on ward 7") to core.newItemId()
        val edit = ProjectEdit.Driver(never, DriverEdit.Name("Staffing"))
        failing<CoreException.NotFound> { core.editProject(plan, null, listOf(edit)) }
        failing<CoreException.NotFound> {
            core.editProject(plan, null, listOf(ProjectEdit.TakeBack(Noun.DRIVER, never, NOON)))
        }
    },
    "a field that two set at once shows both until one of them settles it" to {
        val plan = core.createProject("Falls on ward 7")
        atOnce(plan, "3", "2")
        val disagreement = core.project(plan).project.disagreements.single()
        val settling = aim(AimEdit.To("2"))
        assertEquals(settling.path, disagreement.path)
        assertEquals(setOf("2", "3"), disagreement.values.map { it.text }.toSet())
        assertEquals(core.project(plan).project.aim.to, disagreement.values.last().text)
        val authors = core.people().associateBy { it.devices.first() }
        assertEquals(
            mapOf("Dr Ana Ruiz" to "3", "Dr Ben Okoro" to "2"),
            disagreement.values.associate { authors.getValue(requireNotNull(it.by)).name to it.text },
        )
        core.editProject(plan, null, listOf(settling))
        assertEquals(emptyList<Disagreement>(), core.project(plan).project.disagreements)
        assertEquals("2", core.project(plan).project.aim.to)
    },
    "an aim that goes the wrong way, or is late, is refused with words" to {
        val plan = core.createProject("Falls on ward 7")
        val aim = Aim(direction = AimDirection.INCREASE, from = "60", to = "10")
        val wrong = failing<CoreException.InvalidInput> { core.editProject(plan, null, aim.edits()) }
        assertEquals(InputField.EDIT, wrong.field)
        assertTrue("an aim to increase does not go from 60 to 10" in wrong.reason, wrong.reason)
        val past = aim(AimEdit.ByDate(LocalDate.of(2020, 1, 1)))
        val late = failing<CoreException.InvalidInput> { core.editProject(plan, null, listOf(past)) }
        assertTrue("the aim ends on 2020-01-01" in late.reason, late.reason)
        assertEquals(Aim(), core.project(plan).project.aim)
        core.editProject(plan, null, aim.copy(direction = AimDirection.DECREASE).edits())
        assertEquals("10", core.project(plan).project.aim.to)
    },
    "a plan is completed with what came of it" to {
        val (plan, move) = core.createProject("Falls on ward 7") to core.newItemId()
        val done = ProjectEdit.Move(move, ProjectStatus.COMPLETED, NOON, note = "")
        val refused = failing<CoreException.InvalidInput> { core.editProject(plan, null, listOf(done)) }
        assertTrue("say what came of it" in refused.reason, refused.reason)
        core.editProject(plan, null, listOf(done.copy(note = "Two falls a week, not four.")))
        assertEquals(ProjectStatus.COMPLETED, core.project(plan).project.status)
        assertEquals("completed", core.projects().single().status)
    },
    "ticks of a tally sheet are those of each device" to {
        val (plan, measure) = measured()
        val (sheet, device) = core.newItemId() to requireNotNull(core.account()).device
        core.editProject(plan, null, TallySheet(measure, DAY).adding(sheet))
        for (seen in 1..3) {
            val counted = DeviceCount(device, ObservedValue.Ratio(numerator = seen / 2, denominator = seen))
            core.editProject(plan, null, listOf(ProjectEdit.Tally(sheet, TallySheetEdit.Ticks(counted))))
        }
        val ticks = core.project(plan).project.tallies.single().tally.ticks
        assertEquals(mapOf(device to ObservedValue.Ratio(numerator = 1, denominator = 3)), ticks)
        assertEquals(ObservedValue.Ratio(numerator = 2, denominator = 5), core.tick(plan, sheet, 1, 2))
        failing<CoreException.InvalidInput> { core.tick(plan, sheet, 4, 0) }
        assertEquals(ObservedValue.Ratio(numerator = 1, denominator = 4), core.tick(plan, sheet, -1, -1))
    },
    "a text of a thing is typed as any other" to {
        val (plan, driver) = core.createProject("Falls on ward 7") to core.newItemId()
        val base = core.editProject(plan, null, Driver(name = "Light").adding(driver))
        core.autosave(plan, DraftField.Item(DriverText.NAME.of(driver)), base, "Light at night")
        assertEquals("Light at night", core.project(plan).project.drivers.single().driver.name)
        core.settle(plan)
        assertEquals(Driver(name = "Light at night"), core.project(plan).project.drivers.single().driver)
        assertEquals(listOf(plan), core.search("night").map { (it.target as HitTarget.Document).id })
    },
    "a plan says what it still lacks" to {
        val (plan, _) = measured()
        val lacks = core.planChecks(plan).filter { !it.met }.map { it.check }
        assertEquals(PlanCheckKind.entries - PlanCheckKind.OUTCOME_MEASURE, lacks)
        val check = core.planChecks(plan).first { it.check == PlanCheckKind.PREDICTIONS }
        assertEquals(PlanCheckKind.PREDICTIONS.sentence to ProjectPart.CYCLES, check.sentence to check.part)
        core.editProject(plan, null, PdsaCycle(prediction = "Nobody falls.").adding(core.newItemId()))
        assertTrue(core.planChecks(plan).first { it.check == PlanCheckKind.PREDICTIONS }.met)
    },
    "a recipe begins another plan with the same structure" to {
        val (plan, measure) = measured()
        core.editProject(plan, null, MeasureObservation(measure, DAY, ObservedValue.Number(4_000)).adding(core.newItemId()))
        assertEquals(emptyList<RecipeSummary>(), core.recipes())
        val other = core.createProjectFrom(RecipeSource.Text(core.recipe(plan)), setting = "Ward 8")
        val begun = core.project(other).project
        assertEquals("Falls on ward 7" to "Ward 8", begun.title to begun.setting)
        assertEquals(listOf(Measure(name = "Falls")), begun.measures.map { it.measure })
        assertEquals(emptyList<ObservationItem>(), begun.observations)
        failing<CoreException.NotFound> { core.createProjectFrom(RecipeSource.Pack("never")) }
        failing<CoreException.InvalidInput> { core.createProjectFrom(RecipeSource.Text("never")) }
    },
    "a measure has a chart, and a plan a page that is verified" to {
        val (plan, measure) = measured()
        for (week in 0..2) {
            val seen = ObservedValue.Number((4L - week) * 1_000)
            val day = LocalDate.of(2025, 11, 3 + 7 * week)
            core.editProject(plan, null, MeasureObservation(measure, day, seen).adding(core.newItemId()))
        }
        val chart = core.chart(plan, measure)
        assertTrue("Falls" in chart.title && chart.svg.startsWith("<svg"))
        assertEquals(listOf(4.0, 3.0, 2.0), chart.points.map { it.value })
        assertEquals(1, chart.phases.size)
        val unknown = failing<CoreException.NotFound> { core.chart(plan, core.newItemId()) }
        assertEquals(Noun.MEASURE, unknown.what)

        val page = core.projectPage(plan)
        assertEquals(PageVerdict.Agrees(plan), core.verifyPage(page))
        core.editProject(plan, null, listOf(ProjectEdit.Title("Falls at night")))
        assertEquals(PageVerdict.Outdated(plan, changes = 1), core.verifyPage(page))
        val refused = failing<CoreException.InvalidInput> { core.verifyPage("<p>Not a page</p>") }
        assertEquals(InputField.PAGE, refused.field)
    },
    "what was done is told newest first, in words" to {
        val (plan, _) = measured()
        val told = core.sittings(plan)
        assertTrue(told.last().sentences.contains("began the plan"), told.last().sentences.toString())
        assertEquals(core.account()?.person, told.last().by)
        assertEquals(core.project(plan).version, told.first().version)
        assertEquals(emptyList<SittingView>(), core.sittings(plan, before = told.last().version).items)
    },
    "the history of a project leads back to each version" to {
        val id = core.createProject("Falls on ward 7")
        core.editProject(id, null, listOf(section("Patients fall.")))
        core.editProject(id, null, listOf(section("Patients fall at night.")))
        val history = core.history(id)
        assertEquals(3, history.size)
        val then = core.projectAt(id, history[1].version)
        assertEquals("Patients fall.", then.sections[ProjectSection.PROBLEM])
    },
)

/** A plan with a measure. */
private suspend fun Behaving.measured(): Pair<DocumentId, ItemId> {
    val (plan, measure) = core.createProject("Falls on ward 7") to core.newItemId()
    core.editProject(plan, null, Measure(name = "Falls").adding(measure))
    return plan to measure
}

private val NOON = Instant.ofEpochMilli(1_790_000_000_000)
private val DAY = LocalDate.of(2025, 11, 20)

private fun aim(edit: AimEdit) = ProjectEdit.Aim(edit)

internal fun section(text: String) = ProjectEdit.Section(ProjectSection.PROBLEM, text)
