package org.enhance.core

import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.enhance.core.harness.Phone
import org.enhance.core.harness.story
import org.enhance.core.harness.until
import org.enhance.testing.TestServer.Companion.TEXT_CHARS
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What becomes of the text in a field while a person types. */
class TypingTest {
    private val problem = DraftField.Section(ProjectSection.PROBLEM)
    private val whyHere = DraftField.Section(ProjectSection.WHY_HERE)

    @Test
    fun `what is typed is durable before the person pauses and settled after`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version, pause = 300.milliseconds)
        typing.typed("She")
        typing.typed("She fell.")
        until { text(ana, id) == "She fell." }
        assertEquals(version, ana.core.project(id).version)
        assertEquals(listOf(id), ana.core.unsettled())
        until { ana.core.unsettled().isEmpty() }
        assertEquals("She fell.", text(ana, id))
        assertNull(typing.failure.value)
    }

    @Test
    fun `the newest of many texts is durable after a flush and older ones may be skipped`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version, pause = 1.minutes)
        var saves = 0
        coroutineScope {
            val counting = launch(start = UNDISPATCHED) {
                ana.core.changes.collect { changes ->
                    saves += changes.topics.count { it.topic == Topic.DRAFTS }
                }
            }
            for (length in 1..1_000) typing.typed("x".repeat(length))
            typing.flush()
            counting.cancel()
        }
        assertTrue(saves < 500, "$saves saves of 1,000 texts")
        assertEquals("x".repeat(1_000), text(ana, id))
        ana.reopen()
        assertEquals("x".repeat(1_000), text(ana, id))
    }

    @Test
    fun `what is typed after a pause is typed on what was settled`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version)
        for (text in listOf("She fell.", "She fell at night.", "At night she fell.", "")) {
            typing.typed(text)
            typing.settle()
            assertEquals(text, text(ana, id))
        }
    }

    @Test
    fun `what another person writes is shown when nothing typed is unsettled`() = story {
        val (ana, ben) = trainee() to supervisor()
        settle(ana, ben)
        val id = ana.core.createProject("Falls on ward 7")
        invite(ana, id, Right.EDIT, ben)
        val typing = ana.core.typing(id, problem, ana.core.project(id).version, pause = 1.minutes)
        typing.others(present = true)
        typing.typed("She fell.")
        until { ana.core.unsettled().isEmpty() }
        settle(ana, ben)
        ben.core.editProject(id, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, "She fell. Twice.")))
        settle(ana, ben)
        typing.newer.first { it }
        assertEquals("She fell. Twice.", typing.refresh())
        assertFalse(typing.newer.value)
        typing.typed("She fell. Twice. At night.")
        typing.settle()
        assertEquals("She fell. Twice. At night.", text(ana, id))
    }

    @Test
    fun `two fields of one entry settle by themselves and together and neither is written twice`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val first = ana.core.typing(id, problem, version)
        val second = ana.core.typing(id, whyHere, version)
        first.typed("She fell.")
        first.flush()
        second.typed("Nobody asked.")
        second.settle()
        first.typed("She fell at night.")
        ana.core.settle(id)
        first.typed("She fell at night, alone.")
        second.typed("Nobody had asked.")
        first.settle()
        assertEquals("She fell at night, alone.", text(ana, id))
        assertEquals("Nobody had asked.", text(ana, id, ProjectSection.WHY_HERE))
    }

    @Test
    fun `what is typed while an entry is shared is in the copy and is not written twice`() = story {
        val (ana, ben) = trainee() to supervisor()
        settle(ana, ben)
        val id = ana.core.createReflection("quick-capture", "For Ben")
        val thought = DraftField.Answer("thought")
        val typing = ana.core.typing(id, thought, ana.core.reflection(id).version)
        typing.typed("Ask sooner.")
        val copy = ana.core.shareReflection(id, with = ben.account.person.id)
        assertEquals("Ask sooner.", ana.core.sharedReflection(copy).copy.answers["thought"])
        typing.typed("Ask sooner next time.")
        typing.settle()
        assertEquals("Ask sooner next time.", ana.core.reflection(id).reflection.answers["thought"])
    }

    @Test
    fun `closing a field settles it before anything else is done`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version)
        typing.typed("She fell.")
        typing.close()
        typing.close()
        assertEquals("She fell.", text(ana, id))
        assertEquals(emptyList<DocumentId>(), ana.core.unsettled())
        assertFalse(typing.typed("She fell again."))
        assertEquals("She fell.", text(ana, id))
    }

    @Test
    fun `closing the core makes durable what was typed a moment before`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        ana.core.typing(id, problem, version).typed("She fell.")
        ana.reopen()
        assertEquals("She fell.", text(ana, id))
        assertEquals(listOf(id), ana.core.unsettled())
    }

    @Test
    fun `a text that is too long is kept and the person is told while they type`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version, pause = 1.minutes)
        val long = "x".repeat(TEXT_CHARS + 1)
        typing.typed(long)
        val failure = typing.failure.first { it != null }
        assertTrue(failure is CoreException.TooLarge, "$failure")
        assertTrue(runCatching { typing.settle() }.exceptionOrNull() is CoreException.TooLarge)
        assertEquals(listOf(id), ana.core.unsettled())
        typing.typed("short")
        typing.settle()
        assertNull(typing.failure.value)
        assertEquals("short", text(ana, id))
    }

    @Test
    fun `what was typed a moment before the core is suspended is durable`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        ana.core.typing(id, problem, version, pause = 1.minutes).typed("She fell.")
        ana.core.suspendCore()
        ana.reopen()
        assertEquals("She fell.", text(ana, id))
    }

    @Test
    fun `suspending lets go of the folder though what is typed cannot be saved`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val gone = ana.core.createProject("Gone")
        val typing = listOf(id, gone).map { ana.core.typing(it, problem, version, pause = 1.minutes) }
        ana.core.delete(gone)
        typing.first().typed("x".repeat(TEXT_CHARS + 1))
        typing.last().typed("She fell.")
        ana.core.suspendCore()
        assertTrue(typing.all { it.failure.value is CoreException })
        LearningCore.open(ana.folder, ana.keys).use { assertEquals(listOf(id), it.unsettled()) }
        ana.core.resumeCore()
        assertEquals(id, ana.core.projects().single().id)
    }

    @Test
    fun `what is typed while the core is suspended is durable soon after it is resumed`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version, pause = 50.milliseconds)
        ana.core.suspendCore()
        typing.typed("She fell.")
        assertTrue(typing.failure.first { it != null } is CoreException.Suspended)
        typing.close()
        ana.core.resumeCore()
        until { text(ana, id) == "She fell." }
        until { ana.core.unsettled().isEmpty() }
    }

    @Test
    fun `a field of an entry that is gone says so`() = story {
        val ana = trainee()
        val (id, version) = begun(ana)
        val typing = ana.core.typing(id, problem, version)
        ana.core.delete(id)
        typing.typed("She fell.")
        assertTrue(typing.failure.first { it != null } is CoreException.Gone)
        assertTrue(runCatching { typing.flush() }.exceptionOrNull() is CoreException.Gone)
    }

    private suspend fun begun(phone: Phone): Pair<DocumentId, Version> {
        val id = phone.core.createProject("Falls on ward 7")
        return id to phone.core.project(id).version
    }

    private suspend fun text(
        phone: Phone,
        id: DocumentId,
        section: ProjectSection = ProjectSection.PROBLEM,
    ): String = phone.core.project(id).project.sections[section].orEmpty()
}
