package org.enhance.core

import kotlin.time.Duration
import kotlin.time.TimeSource
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/**
 * What a person types into one text field, from the first key to the last.
 *
 * Each text is made durable as soon as the core is free, and part of the document after a pause.
 * What cannot be written at the moment, since the storage is full or the core is suspended, is tried
 * again; what is too long is kept, and [failure] says so while the person can still shorten it.
 *
 * What others write meanwhile is merged in, and waits for [refresh] once everything typed here is
 * part of the document. A screen that never asks for it goes on showing what was typed.
 */
public class Typing internal constructor(
    /** The document that has the field. */
    public val id: DocumentId,
    /** Which of the document's texts it is. */
    public val field: DraftField,
    private val handle: TypingHandle,
    private val writing: Writing,
) : AutoCloseable {
    private val began = TimeSource.Monotonic.markNow()
    private val failed = MutableStateFlow<CoreException?>(null)
    private val waiting = MutableStateFlow(false)
    private var timer: Job? = null

    /** Why the newest text is not durable or not settled; none if it is, or will be in a moment. */
    public val failure: StateFlow<CoreException?> = failed.asStateFlow()

    /** Whether a newer text than that of the field waits to be shown. See [refresh]. */
    public val newer: StateFlow<Boolean> = waiting.asStateFlow()

    /**
     * Takes the whole text of the field as it is now. Returns at once, on whatever thread. False
     * once the field was closed: then the text is not taken, and nothing changes.
     */
    public fun typed(text: String): Boolean = handle.typed(text, now()).also { soon() }

    /**
     * The newer text that waits, if one does. What is typed from now on is typed on it: call this on
     * the thread that takes the keys, and show it there before the next.
     */
    public fun refresh(): String? = handle.refresh().also { publish() }

    /** Tells whether another person is in the same document: then what is typed settles sooner. */
    public fun others(present: Boolean): Unit = tell(TypingEvent.Others(present))

    /** Waits until the newest text is durable. */
    public suspend fun flush(): Unit = writing.onLane { working { handle.flush(now()) } }

    /**
     * Makes the newest text part of the document and returns the version that the field shows with
     * it. If that cannot be done it stays a draft, and [failure] says why as well.
     */
    public suspend fun settle(): Version = writing.onLane { settleNow() }

    /**
     * Ends the typing. Returns at once; the newest text is settled soon, and before everything the
     * core is asked for from now on. If that fails it is tried again as ever, and [failure] says why.
     */
    override fun close(): Unit = tell(TypingEvent.Close)

    /** Settles on this thread, which is the lane's. */
    internal fun settleNow(): Version = working { handle.settle(now()) }

    /** Takes in what happened, and does on this thread what is due then. */
    internal fun workOn(event: TypingEvent) {
        handle.on(event)
        work()
    }

    /** Takes in what happened; what is due then is done when the lane is free. */
    internal fun tell(event: TypingEvent) {
        handle.on(event)
        soon()
    }

    private fun soon() {
        writing.scope.launch { work() }
    }

    private fun work(): Unit = working { handle.work(now()) }

    private fun <T> working(work: () -> T): T =
        try {
            work()
        } finally {
            publish()
        }

    /** Shows how it stands, and comes back when the next step is due. */
    private fun publish(): Unit = synchronized(failed) {
        val state = handle.state()
        failed.value = state.failure
        waiting.value = state.newer
        timer?.cancel()
        timer = state.due?.let { due ->
            writing.scope.launch {
                delay(due - now())
                work()
            }
        }
        if (state.closed) writing.ended(this)
    }

    private fun now(): Duration = began.elapsedNow()

    public companion object {
        /** How long a person pauses before what they typed is settled. */
        public val PAUSE: Duration by lazy { usualPauses().alone }
    }
}
