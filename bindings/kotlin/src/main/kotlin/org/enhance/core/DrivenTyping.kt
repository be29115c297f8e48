package org.enhance.core

import kotlin.time.Duration
import kotlin.time.TimeSource
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/** Drives the core's typing machine: hands it what happens, and comes back when a step is due. */
internal class DrivenTyping(
    override val id: DocumentId,
    override val field: DraftField,
    private val handle: TypingHandle,
    private val writing: Writing,
) : Typing {
    private val began = TimeSource.Monotonic.markNow()
    private val failed = MutableStateFlow<CoreException?>(null)
    private val waiting = MutableStateFlow(false)
    private var timer: Job? = null

    override val failure: StateFlow<CoreException?> = failed.asStateFlow()

    override val newer: StateFlow<Boolean> = waiting.asStateFlow()

    override fun typed(text: String): Boolean =
        ownErrors { handle.typed(text, now()) }.also { soon() }

    override fun refresh(): String? = ownErrors { handle.refresh() }.also { publish() }

    override fun others(present: Boolean): Unit = tell(TypingEvent.Others(present))

    override suspend fun flush(): Unit = writing.onLane { flushNow() }

    override suspend fun settle(): Version = writing.onLane { settleNow() }

    override fun close(): Unit = tell(TypingEvent.Close)

    /** Makes the newest text durable on this thread, which is the lane's. */
    fun flushNow(): Unit = working { handle.flush(now()) }

    /** Settles on this thread, which is the lane's. */
    fun settleNow(): Version = working { handle.settle(now()) }

    /** Takes in what happened, and does on this thread what is due then. */
    fun workOn(event: TypingEvent) {
        handle.on(event)
        work()
    }

    /** Takes in what happened; what is due then is done when the lane is free. */
    fun tell(event: TypingEvent) {
        ownErrors { handle.on(event) }
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
}
