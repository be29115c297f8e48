package org.enhance.core

import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.launch

/**
 * What a person types into one text field, from the first key to the last.
 *
 * Each text is made durable as soon as the core is free, and part of the entry after a pause. What
 * cannot be written at the moment, since the storage is full or the core is suspended, is tried
 * again; what is too long is kept, and [failure] says so while the person can still shorten it.
 */
public class Typing internal constructor(
    /** The entry. */
    public val id: DocumentId,
    /** The field of it. */
    public val field: DraftField,
    private var base: Version,
    private val pause: Duration,
    private val writing: Writing,
) : AutoCloseable {
    private val newest = MutableStateFlow<String?>(null)
    private val failed = MutableStateFlow<CoreException?>(null)

    // These two and the base are touched in turn only: on the core's lane, and when it is suspended.
    private var saved: String? = null
    private var unsettled = false

    private val work = writing.scope.launch {
        newest.filterNotNull().collectLatest {
            repeatedly { save(it) }
            delay(pause)
            repeatedly { settle(it) }
        }
    }

    /** Why the newest text is not durable or not settled; none if it is, or will be in a moment. */
    public val failure: StateFlow<CoreException?> = failed.asStateFlow()

    /** Takes the whole text of the field as it is now. Returns at once, on whatever thread. */
    public fun typed(text: String) {
        check(work.isActive) { "What is typed into a field that was closed would be lost." }
        newest.value = text
    }

    /** Waits until the newest text is durable. */
    public suspend fun flush(): Unit = writing.onLane { save(it) }

    /**
     * Makes the newest text part of the entry and returns the version that has it. If that cannot be
     * done it stays a draft, and [failure] says why as well.
     */
    public suspend fun settle(): Version = writing.onLane { settle(it) }

    /**
     * Ends the typing. Returns at once; the newest text is settled soon, and before everything the
     * core is asked for from now on.
     */
    override fun close() {
        work.cancel()
        writing.scope.launch {
            repeatedly { settle(it) }
            writing.ended(this@Typing)
        }
    }

    /** Makes the newest text durable. */
    internal fun save(core: CoreHandle): Unit = inTurn {
        val text = newest.value
        if (text != null && text != saved) {
            val excess = tooLarge { core.autosave(id, field, base, text) }
            failed.value = excess
            saved = text
            unsettled = true
        }
    }

    /**
     * Makes the newest text part of the entry. What is typed next is typed on the version that this
     * field shows: nothing that arrived meanwhile is in it, so nothing of that can be taken away.
     */
    internal fun settle(core: CoreHandle): Version = inTurn {
        save(core)
        val text = saved
        if (unsettled && text != null) {
            base = core.write(text)
            unsettled = false
            failed.value = null
        }
        base
    }

    private fun CoreHandle.write(text: String): Version = when (field) {
        is DraftField.Answer ->
            editReflection(id, base, listOf(ReflectionEdit.Answer(field.v1, text)))
        is DraftField.Section ->
            editProject(id, base, listOf(ProjectEdit.Section(field.v1, text)))
        is DraftField.Cycle ->
            editProject(id, base, listOf(ProjectEdit.CycleText(field.v1, field.v2, text)))
    }

    /** Does a step, again and again while it may help to try once more. */
    private suspend fun repeatedly(step: (CoreHandle) -> Unit) {
        while (true) {
            try {
                return writing.onLane(step)
            } catch (error: CoreException) {
                if (error !is CoreException.StorageFull && error !is CoreException.Suspended) return
            }
            delay(pause)
        }
    }

    private inline fun <T> inTurn(step: () -> T): T = synchronized(failed) {
        try {
            step()
        } catch (error: CoreException) {
            failed.value = error
            throw error
        }
    }

    /** A text that is too large is kept all the same. */
    private inline fun tooLarge(step: () -> Unit): CoreException.TooLarge? =
        try {
            step()
            null
        } catch (excess: CoreException.TooLarge) {
            excess
        }

    public companion object {
        /** How long a person pauses before what they typed is settled. */
        public val PAUSE: Duration = 1500.milliseconds
    }
}
