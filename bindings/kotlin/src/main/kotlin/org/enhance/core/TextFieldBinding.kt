package org.enhance.core

import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/**
 * What a text field shows. Places in it are counted as Kotlin and Android count characters.
 *
 * Until [isLoaded] the text is what was typed since the field was there, and nothing of the document.
 */
public data class TextFieldState(
    val text: String = "",
    val selectionStart: Int = 0,
    val selectionEnd: Int = selectionStart,
    val isLoaded: Boolean = false,
    /** Why the newest text is not durable or not settled, or why the document cannot be read. */
    val failure: CoreException? = null,
)

/**
 * One text field over one text of a document: loads it, keeps what is typed into it, and shows what
 * others write in it with the caret where it was.
 *
 * Show [state], hand each new text to [onTextChange], and call [close] when the field goes. A key may
 * be pressed before the document is loaded: what was typed by then stands behind what the document
 * says, and neither is lost. What cannot be saved stays in the field, and [TextFieldState.failure]
 * says why.
 *
 * With the first key in a field of a plan the others who have the plan open see where this person is:
 * see [LearningCoreApi.enter]. A screen that goes away says [LearningCoreApi.stepOut] itself.
 *
 * Everything is called on the thread that takes the keys, which is that of the scope; when the scope
 * is cancelled the field is closed.
 */
public class TextFieldBinding(
    private val core: LearningCoreApi,
    public val id: DocumentId,
    public val field: DraftField,
    private val scope: CoroutineScope,
    private val pause: Duration? = null,
) : AutoCloseable {
    private val shown = MutableStateFlow(TextFieldState())
    private var typing: Typing? = null
    private var isTypedInto = false

    /** Whether others were told that this person is in the field, since it has the focus. */
    private var isEntered = false
    private var isClosed = false

    /** What the field shows now. */
    public val state: StateFlow<TextFieldState> = shown.asStateFlow()

    init {
        // Begun before this returns, so that a field that is closed at once has begun.
        scope.launch(start = UNDISPATCHED) { live() }
    }

    /**
     * The person changed the text, or moved the caret. [on] is the text that the field showed before;
     * where it is not the newest, since something has just arrived, the change is made in that one. A
     * field that was closed takes nothing: then this is false.
     */
    public fun onTextChange(
        text: String,
        selectionStart: Int = text.length,
        selectionEnd: Int = selectionStart,
        on: String = state.value.text,
    ): Boolean {
        if (isClosed) return false
        val old = shown.value
        val new = if (on == old.text) {
            old.copy(text = text, selectionStart = selectionStart, selectionEnd = selectionEnd)
        } else {
            val (merged, caret) = old.text.changedAs(on, text)
            old.copy(text = merged, selectionStart = caret, selectionEnd = caret)
        }
        shown.value = new
        if (new.text == old.text) return true
        isTypedInto = true
        enter()
        return typing?.typed(new.text) ?: true
    }

    /** The field lost the focus: what was typed becomes part of the document soon. */
    public fun onBlur() {
        isEntered = false
        settleSoon()
    }

    /** The app leaves the screen: what was typed becomes part of the document soon. */
    public fun onBackground(): Unit = settleSoon()

    /** Tells whether another person is in the same document: then what is typed settles sooner. */
    public fun others(present: Boolean) {
        typing?.others(present)
    }

    /**
     * Makes the newest text part of the document. None if the document could not be read; otherwise
     * as [Typing.settle].
     */
    public suspend fun settle(): Version? {
        shown.first { it.isLoaded || it.failure != null }
        return typing?.settle()
    }

    /** Ends the field. The newest text is settled soon, even if it was not loaded yet. */
    override fun close() {
        isClosed = true
        typing?.close()
    }

    private fun enter() {
        val place = field.place ?: return
        if (isEntered) return
        isEntered = true
        scope.launch(start = UNDISPATCHED) {
            try {
                core.enter(id, place)
            } catch (_: CoreException) {
                // Who else is there is no reason to keep somebody from typing.
            }
        }
    }

    private fun settleSoon() {
        val began = typing ?: return
        scope.launch(start = UNDISPATCHED) {
            try {
                withContext(NonCancellable) { began.settle() }
            } catch (_: CoreException) {
                // The typing says so itself, and tries again.
            }
        }
    }

    private suspend fun live() {
        try {
            // A screen that goes away meanwhile takes nothing of what was typed with it.
            val typing = withContext(NonCancellable) { begin() }
            if (!isClosed) follow(typing)
        } catch (failure: CoreException) {
            shown.update { it.copy(failure = failure) }
        } finally {
            close()
        }
    }

    private suspend fun begin(): Typing {
        while (true) {
            try {
                val (text, base) = core.watch(*READ_AGAIN) { textOf(id, field) }.first()
                return core.typing(id, field, base, pause).also { begun(it, text) }
            } catch (asleep: CoreException.Suspended) {
                // A core that was closed does not wake up again.
                if (asleep.code != "suspended") throw asleep
            }
        }
    }

    /** From here on the field shows the document. What was typed before is behind what it says. */
    private fun begun(begun: Typing, text: String) {
        typing = begun
        val typed = shown.value.text
        if (!isTypedInto || typed.isEmpty()) {
            show(TextFieldState(text, text.length))
        } else {
            val before = if (text.isEmpty() || text.last().isWhitespace()) text else text + "\n"
            val (start, end) = shown.value.run { selectionStart to selectionEnd }
            show(TextFieldState(before + typed, before.length + start, before.length + end))
            begun.typed(before + typed)
        }
    }

    private fun show(state: TextFieldState) {
        shown.value = state.copy(isLoaded = true)
    }

    private suspend fun follow(typing: Typing): Unit = coroutineScope {
        launch { typing.failure.collect { failure -> shown.update { it.copy(failure = failure) } } }
        while (true) {
            typing.newer.first { it }
            // Where it has to wait for what is being typed here, it is asked for again.
            typing.refresh()?.let(::arrived) ?: delay(SHORTLY)
        }
    }

    /** What others wrote is shown, and the caret stays where it was in the text. */
    private fun arrived(text: String): Unit = shown.update { old ->
        val moved = Moved(old.text, text)
        old.copy(
            text = text,
            selectionStart = moved.place(old.selectionStart),
            selectionEnd = moved.place(old.selectionEnd),
        )
    }
}

/** Where places of a text are after something in it was replaced. */
private class Moved(private val old: String, private val new: String) {
    private val before: Int = old.commonPrefixWith(new).length
    private val behind: Int =
        old.substring(before).commonSuffixWith(new.substring(before)).length

    fun place(at: Int): Int {
        val moved = when {
            at <= before -> at
            at >= old.length - behind -> at + new.length - old.length
            else -> at.coerceAtMost(new.length - behind)
        }.coerceIn(0, new.length)
        // Never between the two halves of a character.
        val splits = moved in 1 until new.length && new[moved].isLowSurrogate() && new[moved - 1].isHighSurrogate()
        return if (splits) moved - 1 else moved
    }
}

/** What becomes of a text where another one was changed that it came from, and where the caret is then. */
private fun String.changedAs(before: String, after: String): Pair<String, Int> {
    val start = before.commonPrefixWith(after).length
    val behind = before.substring(start).commonSuffixWith(after.substring(start)).length
    val (typed, moved) = after.substring(start, after.length - behind) to Moved(before, this)
    val (from, to) = moved.place(start) to moved.place(before.length - behind)
    return replaceRange(from, maxOf(from, to), typed) to from + typed.length
}

/** Where in a plan it is, as comments name places; null in a reflection, which nobody else has open. */
private val DraftField.place: String?
    get() = when (this) {
        is DraftField.Answer -> null
        is DraftField.Section -> v1.name.lowercase()
        is DraftField.Item -> v1.edit("")?.path
    }

/** The text of a field with what was typed and is not settled, and the version it is typed on. */
private suspend fun LearningCoreApi.textOf(id: DocumentId, field: DraftField): Pair<String, Version> {
    if (field is DraftField.Answer) {
        val view = reflection(id)
        val base = view.drafts.find { it.field == field }?.base ?: view.version
        return view.reflection.answers[field.v1].orEmpty() to base
    }
    val view = project(id)
    val base = view.drafts.find { it.field == field }?.base ?: view.version
    val text = when (field) {
        is DraftField.Section -> view.project.sections[field.v1]
        is DraftField.Item -> view.project.text(field.v1)
        is DraftField.Answer -> null
    }
    return text.orEmpty() to base
}

private val SHORTLY: Duration = 50.milliseconds

/** After these a document that could not be read is tried again. */
private val READ_AGAIN = arrayOf(Topic.DOCUMENTS, Topic.DRAFTS)
