package org.enhance.core

import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlinx.coroutines.CoroutineScope

/**
 * The fields that are being typed into. Whoever settles an entry settles them first: what is typed
 * into a field after that would otherwise be merged in twice.
 */
internal class Writing(private val calls: Calls) {
    private val fields: MutableSet<Typing> = ConcurrentHashMap.newKeySet()

    val scope: CoroutineScope get() = calls.scope

    fun typing(id: DocumentId, field: DraftField, base: Version, pause: Duration): Typing =
        Typing(id, field, base, pause, this).also { fields += it }

    fun ended(typing: Typing) {
        fields -= typing
    }

    suspend fun <T> onLane(step: (CoreHandle) -> T): T = calls.local { step(this) }

    fun settle(core: CoreHandle, id: DocumentId): Unit =
        fields.filter { it.id == id }.forEach { it.settle(core) }

    fun saveAll(core: CoreHandle): Unit = fields.forEach {
        try {
            it.save(core)
        } catch (_: CoreException) {
            // It says so itself, and must not keep the others from being saved.
        }
    }
}
