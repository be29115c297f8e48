package org.enhance.testing

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import org.enhance.core.CoreException
import org.enhance.core.DocumentId
import org.enhance.core.DraftField
import org.enhance.core.Typing
import org.enhance.core.Version

/** Makes each text a draft at once. It settles when it is told to or closed, and not after a pause. */
internal class FakeTyping(
    override val id: DocumentId,
    override val field: DraftField,
    private val save: (String) -> Unit,
    private val settled: () -> Version,
) : Typing {
    private var closed = false

    override val failure: MutableStateFlow<CoreException?> = MutableStateFlow(null)

    override val newer: StateFlow<Boolean> = MutableStateFlow(false)

    override fun typed(text: String): Boolean {
        if (!closed) quietly { save(text) }
        return !closed
    }

    override fun refresh(): String? = null

    override fun others(present: Boolean): Unit = Unit

    override suspend fun flush(): Unit = failure.value?.let { throw it } ?: Unit

    override suspend fun settle(): Version = settled()

    override fun close() {
        if (!closed) quietly { settled() }
        closed = true
    }

    private fun quietly(work: () -> Unit) {
        failure.value = try {
            work()
            null
        } catch (failed: CoreException) {
            failed
        }
    }
}
