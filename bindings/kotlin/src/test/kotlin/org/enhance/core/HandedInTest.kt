package org.enhance.core

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** What an app may hand in by mistake: it is taken or refused, and no other error comes of it. */
class HandedInTest {
    @Test
    fun `half of a surrogate pair is kept as the replacement character`() = story {
        val ana = trainee()
        val id = ana.core.createProject("plan \ud83d")
        val version = ana.core.project(id).version
        ana.core.autosave(id, DraftField.Section(ProjectSection.TEAM), version, "Good night \ud83d")
        val typing = ana.core.typing(id, DraftField.Section(ProjectSection.PROBLEM), version)
        typing.typed("Good night \ud83d")
        ana.core.suspendCore()
        LearningCore.open(ana.folder, ana.keys).close()
        ana.core.resumeCore()
        typing.settle()
        val project = ana.core.project(id).project
        assertEquals("plan \ufffd", project.title)
        assertEquals("Good night \ufffd", project.sections[ProjectSection.TEAM])
        assertEquals("Good night \ufffd", project.sections[ProjectSection.PROBLEM])
    }

    @Test
    fun `less than nothing is refused and says of what`() = story {
        val ana = trainee()
        val budget = Budget(deadline = (-1).seconds, metered = false, maxBytes = null)
        val time = failing<CoreException.InvalidInput> { ana.core.sync(budget) }
        assertEquals(InputField.DURATION, time.field)
        val bytes = failing<CoreException.InvalidInput> { ana.core.sync(budget.copy(deadline = null, maxBytes = -1)) }
        assertEquals(InputField.VALUE, bytes.field)
        val count = failing<CoreException.InvalidInput> { ana.core.projects(limit = -1) }
        assertEquals(InputField.VALUE, count.field)
        ana.core.sync(budget.copy(deadline = Duration.INFINITE))
    }

    @Test
    fun `an id or a version that is none is refused`() = story {
        val ana = trainee()
        val id = failing<CoreException.InvalidInput> { ana.core.delete(DocumentId("")) }
        assertEquals(InputField.ID, id.field)
        val version = failing<CoreException.InvalidInput> {
            ana.core.editProject(ana.core.createProject("plan"), Version("nonsense"), emptyList())
        }
        assertEquals(InputField.VERSION, version.field)
    }

    @Test
    fun `a foreign error becomes the library's own and is its cause`() {
        val foreign = ArithmeticException("what a person wrote")
        val own = assertThrows(CoreException.Unexpected::class.java) { ownErrors { throw foreign } }
        assertSame(foreign, own.cause)
        assertEquals("internal", own.code)
        assertEquals("something went wrong inside the app", own.message)
    }

    @Test
    fun `a core lets go of its folder even where a field cannot be saved`() = story {
        val ana = trainee()
        val id = ana.core.createProject("plan")
        val sound = ana.core.typing(id, DraftField.Section(ProjectSection.PROBLEM), ana.core.project(id).version)
        ana.core.fields() += DrivenTyping(id, sound.field, Broken(), ana.core.writing())
        sound.typed("Patients fall.")
        failing<CoreException.Unexpected> { ana.core.suspendCore() }
        LearningCore.open(ana.folder, ana.keys).use {
            assertEquals("Patients fall.", it.project(id).project.sections[ProjectSection.PROBLEM])
        }
        ana.core.fields().clear()
    }

    /** A field whose machine is out of order. */
    private class Broken : TypingHandle(NoHandle) {
        override fun on(event: TypingEvent): Unit = throw InternalException("on purpose")
    }

    private fun LearningCore.writing(): Writing = hidden(this, "writing")

    private fun LearningCore.fields(): MutableSet<DrivenTyping> = hidden(writing(), "fields")

    @Suppress("UNCHECKED_CAST")
    private fun <T> hidden(of: Any, name: String): T =
        of.javaClass.getDeclaredField(name).apply { isAccessible = true }.get(of) as T

    @Test
    fun `typing into a document whose id is none is refused`() = story {
        val ana = trainee()
        val version = ana.core.project(ana.core.createProject("Falls")).version
        val field = DraftField.Section(ProjectSection.TEAM)
        val refused = assertThrows(CoreException.InvalidInput::class.java) {
            ana.core.typing(DocumentId("no id"), field, version)
        }
        assertEquals(InputField.ID, refused.field)
    }
}
