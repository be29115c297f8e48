package org.enhance.core

import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlinx.coroutines.CoroutineScope

/**
 * The fields that are being typed into. Whoever settles a document settles them first: what is typed
 * into a field after that would otherwise be merged in twice.
 */
internal class Writing(private val calls: Calls) {
    private val fields: MutableSet<Typing> = ConcurrentHashMap.newKeySet()

    /** Tells each field of changes of its document, from the first field on. */
    private val hearing = lazy {
        calls.now {
            observe(object : Observer {
                override fun changed(changes: Changes) = heard(changes)
            })
        }
    }

    val scope: CoroutineScope get() = calls.scope

    fun typing(id: DocumentId, field: DraftField, base: Version, pause: Duration): Typing {
        hearing.value
        val pauses = usualPauses().copy(alone = pause.toJavaDuration())
        val handle = calls.now { typing(id, field, base, pauses) }
        return Typing(id, field, handle, this).also { fields += it }
    }

    fun ended(typing: Typing) {
        fields -= typing
    }

    suspend fun <T> onLane(step: () -> T): T = calls.local { step() }

    fun settle(id: DocumentId): Unit = fields.filter { it.id == id }.forEach { it.settleNow() }

    fun suspended(): Unit = fields.forEach { it.workOn(TypingEvent.Suspend) }

    fun resumed(): Unit = fields.forEach { it.workOn(TypingEvent.Resume) }

    /** The core is closed after this: what is durable by then is settled when it is open again. */
    fun closed() {
        suspended()
        fields.forEach { it.tell(TypingEvent.Close) }
        fields.clear()
        if (hearing.isInitialized()) hearing.value.use(Subscription::cancel)
    }

    private fun heard(changes: Changes) {
        val documents = changes.topics.filter { it.topic == Topic.DOCUMENTS }.flatMap { it.documents }
        fields.filter { it.id in documents }.forEach { it.tell(TypingEvent.Changed) }
    }
}
