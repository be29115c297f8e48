package org.enhance.core

import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import org.enhance.core.harness.Phone
import org.enhance.core.harness.story
import org.enhance.core.harness.until
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.enhance.testing.TestServer.Companion.TEXT_CHARS

/** What a text field shows and keeps, whatever happens around it. */
class TextFieldBindingTest {
    private val thought = DraftField.Answer("thought")

    @Test
    fun `what the document says is shown with the caret behind it`() = story {
        val ana = trainee()
        val id = begun(ana, "She fell.")
        withField(ana.core, id) { field ->
            val loaded = field.state.first { it.isLoaded }
            assertEquals(TextFieldState("She fell.", 9, 9, isLoaded = true), loaded)
            field.onTextChange("She fell. Twice.")
            field.settle()
            assertEquals("She fell. Twice.", said(ana, id))
            assertNull(field.state.value.failure)
        }
    }

    @Test
    fun `what is typed before the document is loaded stands behind what it says`() = story {
        val ana = trainee()
        val id = begun(ana, "She fell.")
        val slow = Slow(ana.core)
        withField(slow, id) { field ->
            field.onTextChange("At ni")
            field.onTextChange("At night.")
            assertEquals("At night.", field.state.value.text)
            assertFalse(field.state.value.isLoaded)
            slow.goOn()
            val loaded = field.state.first { it.isLoaded }
            assertEquals("She fell.\nAt night." to 19, loaded.text to loaded.selectionEnd)
            field.settle()
            assertEquals("She fell.\nAt night.", said(ana, id))
        }
    }

    @Test
    fun `what is typed before the document is loaded is kept though the screen is gone by then`() = story {
        val ana = trainee()
        val id = begun(ana, "")
        val slow = Slow(ana.core)
        withField(slow, id) { field ->
            field.onTextChange("She fell.")
            field.close()
            assertFalse(field.onTextChange("No."))
        }
        slow.goOn()
        until { said(ana, id) == "She fell." && ana.core.unsettled().isEmpty() }
    }

    @Test
    fun `what arrives while somebody types is merged and the caret stays in its place`() = story {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        write(ana, plan, "She fell at night.")
        settle(ana, ben)
        withField(ana.core, plan, DraftField.Section(ProjectSection.PROBLEM)) { field ->
            field.state.first { it.isLoaded }
            field.others(present = true)
            field.onTextChange("She fell at night 😀.", selectionStart = 20)
            write(ben, plan, "Nobody saw it. She fell at night.")
            ben.core.sync()
            field.settle()
            ana.core.sync()
            val merged = "Nobody saw it. She fell at night 😀."
            val state = field.state.first { it.text == merged }
            assertEquals(35, state.selectionStart)
            field.onTextChange("$merged Twice.")
            field.settle()
            assertEquals("$merged Twice.", problem(ana, plan))

            // A key that was pressed while the screen still showed the text before.
            field.onTextChange("She fell at night 😀. Alone.", on = "She fell at night 😀.")
            assertEquals("$merged Twice. Alone.", field.state.value.text)
        }
    }

    @Test
    fun `a field that loses the focus, or whose app leaves the screen, settles`() = story {
        val ana = trainee()
        val id = begun(ana, "")
        withField(ana.core, id) { field ->
            field.state.first { it.isLoaded }
            for ((text, leave) in listOf("She fell." to field::onBlur, "She fell. Twice." to field::onBackground)) {
                field.onTextChange(text)
                leave()
                until { ana.core.unsettled().isEmpty() && said(ana, id) == text }
            }
            field.onTextChange("She fell. Twice. At night.")
            ana.core.suspendCore()
        }
        ana.reopen()
        assertEquals("She fell. Twice. At night.", said(ana, id))
    }

    @Test
    fun `a text that cannot be saved stays in the field, which says why`() = story {
        val ana = trainee()
        val id = begun(ana, "")
        withField(ana.core, id) { field ->
            field.state.first { it.isLoaded }
            val long = "x".repeat(TEXT_CHARS + 1)
            field.onTextChange(long)
            val failed = field.state.first { it.failure != null }
            assertTrue(failed.failure is CoreException.TooLarge, "${failed.failure}")
            assertEquals(long, failed.text)
            field.onTextChange("short")
            field.settle()
            assertNull(field.state.first { it.failure == null }.failure)
            assertEquals("short", said(ana, id))
        }
    }

    @Test
    fun `a document that is not there is said and the text stays`() = story {
        val ana = trainee()
        val id = begun(ana, "She fell.")
        ana.core.delete(id)
        withField(ana.core, id) { field ->
            field.onTextChange("At night.")
            val failed = field.state.first { it.failure != null }
            assertTrue(failed.failure is CoreException.Gone, "${failed.failure}")
            assertEquals("At night.", failed.text)
        }
    }

    @Test
    fun `a field of a suspended core loads once it is resumed`() = story {
        val ana = trainee()
        val id = begun(ana, "She fell.")
        ana.core.suspendCore()
        withField(ana.core, id) { field ->
            field.onTextChange("At night.")
            ana.core.resumeCore()
            field.state.first { it.isLoaded }
            field.settle()
        }
        assertEquals("She fell.\nAt night.", said(ana, id))
    }

    /** A field on a screen that is gone afterwards. */
    private suspend fun withField(
        core: LearningCoreApi,
        id: DocumentId,
        of: DraftField = thought,
        work: suspend (TextFieldBinding) -> Unit,
    ) {
        val context = currentCoroutineContext()
        val screen = CoroutineScope(context + Job(context[Job]))
        try {
            work(TextFieldBinding(core, id, of, screen, pause = 5.minutes))
        } finally {
            screen.cancel()
        }
    }

    private suspend fun begun(phone: Phone, text: String): DocumentId {
        val id = phone.core.createReflection("quick-capture", "A night on call")
        phone.core.editReflection(id, null, listOf(ReflectionEdit.Answer("thought", text)))
        return id
    }

    private suspend fun said(phone: Phone, id: DocumentId): String =
        phone.core.reflection(id).reflection.answers["thought"].orEmpty()
}

/** A core that reads nothing before it is told to go on. */
private class Slow(private val core: LearningCoreApi) : LearningCoreApi by core {
    private val gate = CompletableDeferred<Unit>()

    fun goOn() {
        gate.complete(Unit)
    }

    override fun <T> watch(vararg topics: Topic, read: suspend LearningCoreApi.() -> T): Flow<T> = flow {
        gate.await()
        core.watch(*topics, read = read).collect { emit(it) }
    }
}
