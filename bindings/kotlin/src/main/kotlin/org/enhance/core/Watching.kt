package org.enhance.core

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** Tells screens that something changed, and reads again what they show. */
internal class Watching(private val calls: Calls) {
    /** How often the core was resumed: what was not read while it was suspended is read then. */
    private val resumptions = MutableStateFlow(0)

    /** Once the core was left for good: what else would tell a flow that nothing comes any more? */
    private val left = MutableStateFlow(false)

    /** Listens before the collector suspends for the first time: nothing after that is missed. */
    val changes: Flow<Changes> = flow {
        val told = Channel<Changes>(Channel.UNLIMITED)
        val subscription = observe { told.trySend(it) }
        try {
            coroutineScope {
                val leaving = launch {
                    left.first { it }
                    told.close(whyLeft())
                }
                emitAll(told)
                leaving.cancel()
            }
        } finally {
            end(subscription)
        }
    }

    fun resumed(): Unit = resumptions.update { it + 1 }

    /** Ends everything that watches: the core was closed, or signed out. */
    fun ended() {
        left.value = true
        // What is read now says why nothing more can be.
        resumed()
    }

    /** The error of a core that was left. */
    private suspend fun whyLeft(): CoreException? = try {
        calls.local { unsettled() }
        null
    } catch (why: CoreException) {
        why
    }

    fun <T> watch(topics: Set<Topic>, read: suspend () -> T): Flow<T> =
        occasions(topics).transform { readAwake(read, ::emit) }.distinctUntilChanged()

    /** A reason to read: the first at once, the next after each change. Many at a time are one. */
    private fun occasions(topics: Set<Topic>): Flow<Unit> = callbackFlow {
        // Before the first read, or a change between the two would be missed.
        val subscription = observe { changes ->
            if (changes.topics.any { it.topic in topics }) trySend(Unit)
        }
        launch { resumptions.collect { send(Unit) } }
        awaitClose { end(subscription) }
    }.conflate()

    private suspend fun <T> readAwake(read: suspend () -> T, show: suspend (T) -> Unit) {
        val value = try {
            read()
        } catch (asleep: CoreException.Suspended) {
            if (left.value || calls.isClosed) throw asleep
            return
        }
        show(value)
    }

    private fun observe(hear: (Changes) -> Unit): ChangeSubscription = calls.now {
        observe(object : Observer {
            override fun changed(changes: Changes) = hear(changes)
        })
    }

    private fun end(subscription: ChangeSubscription) {
        subscription.cancel()
        subscription.close()
    }
}
