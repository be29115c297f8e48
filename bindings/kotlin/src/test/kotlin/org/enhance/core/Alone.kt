package org.enhance.core

import java.time.Instant
import java.time.LocalDate
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue

/** What a person does alone, and what a core is. */
internal val ALONE: List<Pair<String, Behaviour>> = listOf(
    "what is created is listed, the newest first" to {
        val first = core.createReflection("quick-capture", "One")
        val second = core.createReflection("quick-capture", "Two")
        assertEquals(listOf(second, first), core.reflections().map { it.id })
        val project = core.createProject("Falls on ward 7", topic = "pcp", setting = "Ward 7")
        assertEquals(listOf(project), core.projects().map { it.id })
        assertEquals("Ward 7", core.project(project).project.setting)
        assertEquals(Right.OWN, core.project(project).myRight)
    },
    "a list goes on after a place, whatever becomes of the document there" to {
        val (first, second, third) =
            listOf("One", "Two", "Three").map { core.createReflection("quick-capture", it) }
        val (top, middle) = core.reflections(limit = 2).map { it.position }
        assertEquals(listOf(second), core.reflections(after = top, limit = 1).map { it.id })
        core.delete(third)
        assertEquals(listOf(second, first), core.reflections(after = top).map { it.id })
        core.editReflection(second, null, listOf(answer("Changed, so that it is on top.")))
        assertEquals(listOf(second, first), core.reflections().map { it.id })
        assertEquals(listOf(first), core.reflections(after = middle).map { it.id })
        val last = core.reflections().last().position
        assertEquals(emptyList<DocumentSummary>(), core.reflections(after = last).items)
    },
    "each list says whether there is more of it" to {
        val plan = core.createProject("Falls on ward 7")
        repeat(3) { core.createReflection("quick-capture", "Night $it") }
        assertEquals(listOf(true, true, false, false), listOf(0, 2, 3, 4).map { core.reflections(limit = it).more })
        val (top, second) = core.reflections(limit = 2).map { it.position }
        assertTrue(core.reflections(after = top, limit = 1).more)
        assertFalse(core.reflections(after = second, limit = 1).more)
        assertFalse(core.projects(limit = 1).more)
        assertEquals(listOf(true, false), listOf(2, 3).map { core.search("night", limit = it).more })
        assertFalse(core.search("night", offset = 1, limit = 2).more)
        assertEquals(listOf(true, false), listOf(0, 10).map { core.sittings(plan, limit = it).more })
        failing<CoreException.InvalidInput> { core.reflections(limit = -1) }
        failing<CoreException.InvalidInput> { core.search("night", offset = -1) }
    },
    "a list says how far each document has come" to {
        val id = core.createReflection("quick-capture")
        assertEquals(Stage.SAVED, core.reflections().single().stage)
        core.sync()
        assertEquals(Stage.STORED, core.reflections().single().stage)
        core.autosave(id, THOUGHT, core.reflection(id).version, "She fell.")
        val listed = core.reflections().single()
        assertEquals(Stage.SAVED to Stage.SAVED, listed.stage to core.status(id).stage)
        assertTrue(listed.unsettled)
        assertFalse(listed.quarantined)
    },
    "what is edited is read again in another version" to {
        val id = core.createReflection("quick-capture")
        val before = core.reflection(id).version
        val after = core.editReflection(id, before, listOf(ReflectionEdit.Title("A fall"), answer("She fell.")))
        assertNotEquals(before, after)
        assertEquals(after, core.reflection(id).version)
        assertEquals("A fall", core.reflection(id).reflection.title)
        assertEquals(mapOf("thought" to "She fell."), core.reflection(id).reflection.answers)
    },
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
    "what is typed is a draft until it is settled" to {
        val id = core.createReflection("quick-capture")
        val base = core.reflection(id).version
        core.autosave(id, THOUGHT, base, "She fe")
        core.autosave(id, THOUGHT, base, "She fell.")
        assertEquals(listOf(id), core.unsettled())
        assertEquals(listOf("She fell."), core.reflection(id).drafts.map { it.text })
        assertEquals("She fell.", core.reflection(id).reflection.answers["thought"])
        assertTrue(core.reflections().single().unsettled)
        assertEquals(base, core.reflection(id).version)
        assertNotEquals(base, core.settle(id))
        assertEquals(emptyList<DocumentId>(), core.unsettled())
        assertEquals("She fell.", core.reflection(id).reflection.answers["thought"])
    },
    "settling without drafts writes nothing" to {
        val id = core.createReflection("quick-capture")
        assertEquals(core.reflection(id).version, core.settle(id))
    },
    "a field that is closed has settled, and takes nothing more" to {
        val id = core.createReflection("quick-capture")
        val typing = core.typing(id, THOUGHT, core.reflection(id).version)
        assertTrue(typing.typed("She fell."))
        typing.flush()
        typing.close()
        assertFalse(typing.typed("She fell again."))
        assertEquals("She fell.", core.reflection(id).reflection.answers["thought"])
        assertEquals(emptyList<DocumentId>(), core.unsettled())
    },
    "words are found where they were saved" to {
        val id = core.createReflection("quick-capture", "Night shift")
        core.editReflection(id, null, listOf(answer("The ward was cold and full.")))
        core.createReflection("quick-capture", "Day shift")
        val hit = core.search("cold").single()
        assertEquals(id, (hit.target as HitTarget.Document).id)
        assertEquals("cold", hit.snippet.filter { it.marked }.joinToString("") { it.text })
        assertEquals(emptyList<Hit>(), core.search("slippersocks").items)
    },
    "a copy has the text as it stood and its reader" to {
        val id = core.createReflection("quick-capture", "For Ben")
        core.autosave(id, THOUGHT, core.reflection(id).version, "Ask sooner.")
        val copy = core.shareReflection(id, with = other)
        core.editReflection(id, null, listOf(answer("Ask much sooner.")))
        assertEquals("Ask sooner.", core.sharedReflection(copy).copy.answers["thought"])
        assertEquals(listOf(copy), core.sharedByMe().map { it.id })
        assertEquals(emptyList<DocumentSummary>(), core.sharedWithMe())
        assertEquals(other, core.readers(id).last().person.id)
        assertEquals(listOf(copy), core.reflection(id).reflection.copies.map { it.document })
    },
    "members come and go" to {
        val id = core.createProject("Falls on ward 7")
        core.addMember(id, other, Right.COMMENT)
        core.addMember(id, other, Right.EDIT)
        val invited = core.project(id).members.single { it.person.id == other }
        assertEquals(Right.EDIT to Standing.INVITED, invited.right to invited.standing)
        meet()
        accepted(id)
        assertEquals(Standing.MEMBER, core.project(id).members.single { it.person.id == other }.standing)
        val refused = failing<CoreException.NotAllowed> { core.delete(id) }
        assertEquals("still_read", refused.code)
        core.removeMember(id, other)
        assertEquals(1, core.project(id).members.size)
    },
    "a comment is read, changed and resolved" to {
        val id = core.createProject("Falls on ward 7")
        val comment = core.comment(id, "Which ward?", anchor = "problem")
        val at = Instant.ofEpochMilli(1_800_000_000_000)
        core.editComments(id, listOf(CommentEdit.Rewrite(comment, "Which wards?"), CommentEdit.Resolve(comment, at)))
        val read = core.project(id).comments.single()
        assertEquals("Which wards?", read.comment.body)
        // The core says itself when it was done.
        assertNotNull(read.comment.resolvedAt)
        assertTrue(read.mine)
        core.editComments(id, listOf(CommentEdit.TakeBack(comment, at)))
        assertTrue(core.project(id).comments.isEmpty())
        core.editComments(id, listOf(CommentEdit.PutBack(comment)))
        assertEquals(read, core.project(id).comments.single())
    },
    "sessions are counted until they are taken out" to {
        // The log is of the training year of today.
        val start = Instant.now().minusSeconds(3600)
        val session = NewSession("Journal club", null, null, start, minutes = 45, SessionKind.CORE)
        val id = core.addSession(session)
        assertEquals(listOf(id), core.learningLog().sessions.map { it.id })
        assertEquals(45, core.learningLog().count.core)
        core.removeSession(id)
        assertEquals(0, core.learningLog().count.counted)
    },
    "what is deleted is gone, and says so" to {
        val id = core.createProject("Falls on ward 7")
        core.delete(id)
        assertEquals(emptyList<DocumentSummary>(), core.projects().items)
        val gone = failing<CoreException.Gone> { core.project(id) }
        assertEquals(DocumentEnd.DELETED, gone.end)
        failing<CoreException.Gone> { core.editProject(id, null, listOf(section("Late."))) }
        failing<CoreException.Gone> { core.autosave(id, PROBLEM, Version(""), "Late.") }
    },
    "what never was is not found" to {
        val never = DocumentId("01010101-0101-0101-0101-010101010101")
        failing<CoreException.NotFound> { core.reflection(never) }
        failing<CoreException.NotFound> { core.project(never) }
        failing<CoreException.NotFound> { core.sharedReflection(never) }
        failing<CoreException.NotFound> { core.settle(never) }
        failing<CoreException.NotFound> { core.delete(never) }
        failing<CoreException.NotFound> { core.quarantinedItem(QuarantineId(1)) }
    },
    "a plan without a title is refused" to {
        val refused = failing<CoreException.InvalidInput> { core.createProject(" ") }
        assertEquals(InputField.TITLE, refused.field)
        assertEquals("invalid_input", refused.code)
    },
    "what waits is sent by a sync" to {
        val id = core.createProject("Falls on ward 7")
        assertEquals(Stage.SAVED, core.status(id).stage)
        assertTrue(core.syncState().waitingEntries > 0)
        assertTrue(core.sync().pushed > 0)
        assertEquals(Stage.STORED, core.status(id).stage)
        assertEquals(0, core.syncState().waitingEntries)
    },
    "a screen is told of what changes" to {
        coroutineScope {
            val shown = async(start = UNDISPATCHED) { core.watchProjects().first { it.isNotEmpty() } }
            val id = core.createProject("Falls on ward 7")
            assertEquals(id, shown.await().single().id)
        }
    },
    "while it is suspended everything says so" to {
        core.suspendCore()
        failing<CoreException.Suspended> { core.projects() }
        core.resumeCore()
        assertEquals(0, core.projects().size)
        core.close()
        failing<CoreException.Suspended> { core.projects() }
        failing<CoreException.Suspended> { core.resumeCore() }
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
private val THOUGHT = DraftField.Answer("thought")
private val PROBLEM = DraftField.Section(ProjectSection.PROBLEM)

private fun answer(text: String) = ReflectionEdit.Answer("thought", text)

private fun aim(edit: AimEdit) = ProjectEdit.Aim(edit)

private fun section(text: String) = ProjectEdit.Section(ProjectSection.PROBLEM, text)
