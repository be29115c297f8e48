package org.enhance.core

import java.util.concurrent.atomic.AtomicBoolean
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** How calls reach the core, and how they end. */
internal class Calls(private val handle: CoreHandle) {
    /** One call at a time, so that what was asked for first is done first. */
    private val lane = Dispatchers.IO.limitedParallelism(1)

    /** For what cannot wait. A thread is found for it even if the app has taken all others. */
    private val aside = Dispatchers.IO.limitedParallelism(1)

    /** What goes on by itself, on the lane, until the core is closed. */
    val scope: CoroutineScope = CoroutineScope(SupervisorJob() + lane)

    private val closed = AtomicBoolean(false)

    val isClosed: Boolean get() = closed.get()

    /** Does something local. It can be cancelled until it has begun. */
    suspend fun <T> local(call: CoreHandle.() -> T): T = onLane { call() }

    /** Does something that begins and ends on the lane, and lets others pass while it waits. */
    suspend fun <T> onLane(call: suspend CoreHandle.() -> T): T =
        withContext(lane) { whileOpen { call() } }

    /** Does something local without waiting for what was asked for before. */
    suspend fun <T> atOnce(call: CoreHandle.() -> T): T =
        withContext(NonCancellable + aside) { now(call) }

    /** Does something that takes no time, on this thread. */
    fun <T> now(call: CoreHandle.() -> T): T = whileOpen { call() }

    /** Does something long and tells of its progress. */
    suspend fun <T> long(
        onProgress: OnProgress,
        call: suspend CoreHandle.(Cancellation, ProgressListener) -> T,
    ): T = coroutineScope {
        val steps = Channel<SyncProgress>(Channel.CONFLATED)
        launch { for (step in steps) onProgress(step) }
        val listener = object : ProgressListener {
            override fun progressed(progress: SyncProgress) {
                steps.trySend(progress)
            }
        }
        try {
            long { call(it, listener) }
        } finally {
            steps.close()
        }
    }

    /**
     * Does something long. When the caller is cancelled the core is told at once, and this returns
     * when it has stopped: nothing goes on behind the caller's back.
     */
    suspend fun <T> long(call: suspend CoreHandle.(Cancellation) -> T): T {
        currentCoroutineContext().ensureActive()
        return Cancellation().use { cancellation ->
            coroutineScope {
                // Not on the caller's thread, which may be busy.
                val stopper = launch(Dispatchers.Unconfined, UNDISPATCHED) {
                    try {
                        awaitCancellation()
                    } finally {
                        cancellation.cancel()
                    }
                }
                try {
                    withContext(NonCancellable + Dispatchers.IO) { whileOpen { call(cancellation) } }
                } catch (cancelled: CoreException.Cancelled) {
                    ensureActive()
                    throw CancellationException(cancelled.reason, cancelled)
                } finally {
                    stopper.cancel()
                }
            }
        }
    }

    /** Closes the core when what was asked for before is done, and [last] after that. */
    fun close(last: (CoreHandle) -> Unit) {
        if (closed.getAndSet(true)) return
        try {
            runBlocking(lane) { ownErrors { last(handle) } }
        } finally {
            scope.cancel()
            // Closing lets go of the folder even where leaving fails.
            handle.use { it.leave() }
        }
    }

    /** The generated code answers calls that come after the end with an error that names no reason. */
    private inline fun <T> whileOpen(call: CoreHandle.() -> T): T = ownErrors {
        try {
            handle.call()
        } catch (error: IllegalStateException) {
            if (!handle.uniffiIsDestroyed || error is CancellationException) throw error
            throw CoreException.Suspended("closed", "the core is closed; open it again")
        }
    }
}

/**
 * Lets no errors out but the library's own: an app is told to expect these and no others. What a
 * foreign one says is kept as the cause only, since it may hold what a person wrote.
 */
internal inline fun <T> ownErrors(call: () -> T): T =
    try {
        call()
    } catch (own: CoreException) {
        throw own
    } catch (cancelled: CancellationException) {
        throw cancelled
    } catch (foreign: Exception) {
        throw CoreException.Unexpected("internal", "something went wrong inside the app")
            .apply { initCause(foreign) }
    }
