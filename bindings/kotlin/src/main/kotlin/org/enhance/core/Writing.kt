package org.enhance.core

import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlinx.coroutines.CoroutineScope

/**
 * The fields that are being typed into. They are settled before their document is: what is typed
 * into one after that would otherwise be merged in twice.
 */
internal class Writing(private val calls: Calls) {
    private val fields: MutableSet<DrivenTyping> = ConcurrentHashMap.newKeySet()

    /** Tells each field of changes of its document, from the first field on. */
    private val hearing = lazy {
        calls.now {
            observe(object : Observer {
                override fun changed(changes: Changes) = heard(changes)
            })
        }
    }

    val scope: CoroutineScope get() = calls.scope

    fun typing(id: DocumentId, field: DraftField, base: Version, pause: Duration?): Typing {
        hearing.value
        val usual = usualPauses()
        val pauses = if (pause == null) usual else usual.copy(alone = pause)
        val handle = calls.now { typing(id, field, base, pauses) }
        return DrivenTyping(id, field, handle, this).also { fields += it }
    }

    fun ended(typing: DrivenTyping) {
        fields -= typing
    }

    suspend fun <T> onLane(step: () -> T): T = calls.local { step() }

    fun settle(id: DocumentId): Unit = fields.filter { it.id == id }.forEach { it.settleNow() }

    /** Saves what each field says, even where another one fails. */
    fun suspended(): Unit = eachOf { it.workOn(TypingEvent.Suspend) }

    /** The same, for fields that are typed into afterwards as before. */
    fun flush(): Unit = eachOf { it.flushNow() }

    private fun eachOf(save: (DrivenTyping) -> Unit) {
        val failures = fields.mapNotNull { runCatching { save(it) }.exceptionOrNull() }
        failures.firstOrNull()?.let { throw it }
    }

    fun resumed(): Unit = fields.forEach { it.workOn(TypingEvent.Resume) }

    /** The core is closed after this: what is durable by then is settled when it is open again. */
    fun closed() {
        try {
            suspended()
            fields.forEach { it.tell(TypingEvent.Close) }
        } finally {
            fields.clear()
            if (hearing.isInitialized()) hearing.value.use(ChangeSubscription::cancel)
        }
    }

    private fun heard(changes: Changes) {
        val documents = changes.topics.filter { it.topic == Topic.DOCUMENTS }.flatMap { it.documents }
        fields.filter { it.id in documents }.forEach { it.tell(TypingEvent.Changed) }
    }
}
