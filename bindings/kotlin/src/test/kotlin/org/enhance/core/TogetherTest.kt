package org.enhance.core

import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit
import org.enhance.core.harness.Phone
import org.enhance.core.harness.World
import org.enhance.core.harness.story
import org.enhance.core.harness.until
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What people do with each other. */
class TogetherTest {
    @Test
    fun `a shared reflection is read by the person it was shared with, and by nobody else`() = story {
        val (ana, ben) = trainee().withProgramme() to supervisor()
        val cara = person("Cara Lind", Role.FELLOW)
        settle(ana, ben, cara)
        val id = ana.core.createReflection("quick-capture", "For Ben")
        ana.core.editReflection(id, null, listOf(ReflectionEdit.Answer("thought", "Ask sooner.")))
        ana.core.shareReflection(id, with = ben.account.person.id)
        settle(ana, ben, cara)

        val copy = ben.core.sharedReflection(ben.core.sharedWithMe().single().id)
        assertEquals("Ask sooner.", copy.copy.answers["thought"])
        assertEquals(ana.account.person, copy.owner)
        assertEquals(emptyList<DocumentSummary>(), cara.core.sharedWithMe())

        ben.core.markSeen(copy.id)
        settle(ben, ana)
        val readers = ana.core.readers(id).map { it.person.name }
        assertEquals(listOf("Dr Ana Ruiz", "Dr Ben Okoro"), readers)
        assertEquals("Dr Ben Okoro", ana.core.status(id).seenBy.single().person.name)
    }

    @Test
    fun `a plan that two phones write offline has both their texts afterwards`() = story(ownServer = true) {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        val base = write(ana, plan, "Patients fall.")
        settle(ana, ben)

        server.stop()
        write(ana, plan, "Frail patients fall.", base)
        write(ben, plan, "Patients fall at night.", base)
        server.start()
        settle(ana, ben)

        assertEquals("Frail patients fall at night.", problem(ana, plan))
        assertEquals(ana.core.project(plan).project, ben.core.project(plan).project)
        assertEquals(ana.core.project(plan).version, ben.core.project(plan).version)
        val authors = ana.core.textAuthors(plan, TextField.Section(ProjectSection.PROBLEM))
        assertEquals("Frail patients fall at night.", authors.joinToString("") { it.text })
        assertEquals(setOf("Dr Ana Ruiz", "Dr Ben Okoro"), authors.mapNotNull { it.by?.name }.toSet())
        assertTrue(ana.core.history(plan).size >= 4)
    }

    @Test
    fun `two people type into one field at once and neither loses a word`() = story {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        val base = write(ana, plan, "Patients fall.")
        settle(ana, ben)

        val field = DraftField.Section(ProjectSection.PROBLEM)
        val anas = ana.core.typing(plan, field, base)
        val bens = ben.core.typing(plan, field, base)
        anas.typed("Frail patients fall.")
        bens.typed("Patients fall at night.")
        anas.settle()
        bens.settle()
        settle(ana, ben)
        // Neither screen was read again, and both go on from what they show.
        anas.typed("Frail old patients fall.")
        bens.typed("Patients fall at night, alone.")
        anas.settle()
        bens.settle()
        settle(ana, ben)

        assertEquals("Frail old patients fall at night, alone.", problem(ana, plan))
        assertEquals("Frail old patients fall at night, alone.", problem(ben, plan))
    }

    @Test
    fun `a plan grows from its aim to a test of change, and what was wrong is corrected`() = story {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        val (falls, seen) = List(2) { ana.core.newItemId() }
        val observation = MeasureObservation(falls, LocalDate.now(), ObservedValue.Number(40_000))
        ana.core.editProject(
            plan, null,
            Measure(name = "Falls a week", unit = MeasureUnit.COUNT, improvement = Improvement.DOWN).adding(falls) +
                MeasureTarget(falls, LocalDate.now(), ObservedValue.Number(2_000)).adding(ana.core.newItemId()) +
                observation.adding(seen) +
                Aim(measure = falls, direction = AimDirection.DECREASE, from = "4", to = "2").edits(),
        )
        val (light, lamps, idea) = List(3) { ben.core.newItemId() }
        ben.core.editProject(
            plan, null,
            Driver(name = "Patients see where they walk").adding(light) +
                Driver(name = "Light at night", parent = light).adding(lamps) +
                ChangeIdea(text = "to test a lamp with a sensor", drivers = listOf(lamps)).adding(idea),
        )
        settle(ana, ben)

        val cycle = ana.core.newItemId()
        val tested = PdsaCycle(idea = idea, scale = CycleScale.ONE_PATIENT)
        val base = ana.core.editProject(plan, null, tested.adding(cycle))
        val prediction = DraftField.Item(CycleText.PREDICTION.of(cycle))
        ana.core.typing(plan, prediction, base).run {
            typed("Nobody falls in bay 2.")
            close()
        }
        val correction = MeasureObservationEdit.Value(ObservedValue.Number(4_000))
        ben.core.editProject(plan, null, listOf(ProjectEdit.Observation(seen, correction)))
        val action = ben.core.newItemId()
        val lamp = ProjectAction(text = "Buy a lamp", owner = ana.account.person.id)
        ben.core.editProject(plan, null, lamp.adding(action))
        val now = Instant.now().truncatedTo(ChronoUnit.MILLIS)
        val move = ProjectEdit.Move(ana.core.newItemId(), ProjectStatus.TESTING, now, "The first lamp is up.")
        ana.core.editProject(plan, null, listOf(move))
        settle(ana, ben)

        val grown = ana.core.project(plan).project
        assertEquals(grown, ben.core.project(plan).project)
        assertEquals(setOf(null, light), grown.drivers.map { it.driver.parent }.toSet())
        assertEquals(listOf(lamps), grown.ideas.single { it.id == idea }.idea.drivers)
        assertEquals(ObservedValue.Number(4_000), grown.observations.single { it.id == seen }.observation.value)
        assertEquals(tested.copy(prediction = "Nobody falls in bay 2."), grown.cycles.single().cycle)
        assertEquals(lamp, grown.actions.single { it.id == action }.action)
        assertEquals(ProjectStatus.TESTING, grown.status)
        assertEquals(listOf("The first lamp is up."), grown.moves.map { it.step.note })
        val authors = ana.core.fieldAuthors(plan)
        val corrected = requireNotNull(ProjectEdit.Observation(seen, correction).path)
        assertEquals("Dr Ben Okoro", authors[corrected]?.name)
    }

    @Test
    fun `a comment is read by everybody on the plan and can be settled`() = story {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        val comment = ben.core.comment(plan, "Which ward?", anchor = "problem")
        settle(ben, ana)
        val read = ana.core.project(plan).comments.single()
        assertEquals("Which ward?", read.comment.body)
        assertEquals("Dr Ben Okoro", read.by?.name)
        ben.core.editComments(plan, listOf(CommentEdit.Resolve(comment, Instant.now())))
        settle(ben, ana)
        // The core says itself when it was done.
        assertNotNull(ana.core.project(plan).comments.single().comment.resolvedAt)
    }

    @Test
    fun `the second phone of a person reads private documents after the recovery key was typed`() = story {
        val ana = trainee().withProgramme()
        val id = ana.core.createReflection("quick-capture", "Private")
        ana.core.sync()
        val tablet = phone()
        val enrolled = tablet.core.enrol(server.url, ana.core.inviteDevice(), "Ana's tablet")
        assertEquals(PrivateAccess.RECOVERY_KEY_NEEDED, enrolled.account.privateAccess)
        tablet.withProgramme()
        failing<CoreException.RecoveryKeyNeeded> { tablet.core.createReflection("quick-capture") }
        failing<CoreException.InvalidInput> { tablet.core.useRecoveryKey("not the key") }
        tablet.core.useRecoveryKey(requireNotNull(ana.enrolled.recoveryKey))
        until { tablet.core.sync().more.not() && tablet.core.reflections().isNotEmpty() }
        assertEquals("Private", tablet.core.reflection(id).reflection.title)
    }

    @Test
    fun `work that the server refuses can be read, done again and put away`() = story {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        ana.core.removeMember(plan, ben.account.person.id)
        ana.core.sync()
        write(ben, plan, "Written too late.")
        ben.core.sync()
        val refused = ben.core.quarantined().single()
        assertEquals(plan, refused.document)
        assertTrue(refused.explanation.isNotBlank())
        val edits = ben.core.quarantinedItem(refused.id).edits
        assertEquals("Written too late.", edits.single().after)
        ben.core.dismiss(refused.id)
        assertEquals(emptyList<QuarantineSummary>(), ben.core.quarantined())
    }
}

/** A plan of the first that the second may edit, on both phones. */
internal suspend fun World.sharedPlan(owner: Phone, other: Phone): DocumentId {
    settle(owner, other)
    val plan = owner.core.createProject("Falls on ward 7", topic = "sys", setting = "Ward 7")
    invite(owner, plan, Right.EDIT, other)
    return plan
}

internal suspend fun write(phone: Phone, plan: DocumentId, text: String, base: Version? = null): Version =
    phone.core.editProject(plan, base, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, text)))

internal suspend fun problem(phone: Phone, plan: DocumentId): String? =
    phone.core.project(plan).project.sections[ProjectSection.PROBLEM]
