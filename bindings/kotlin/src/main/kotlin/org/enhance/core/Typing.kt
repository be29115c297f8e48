package org.enhance.core

import kotlinx.coroutines.flow.StateFlow

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
public interface Typing : AutoCloseable {
    public val id: DocumentId

    public val field: DraftField

    /** Why the newest text is not durable or not settled; none if it is, or will be in a moment. */
    public val failure: StateFlow<CoreException?>

    /** Whether a newer text than that of the field waits to be shown. See [refresh]. */
    public val newer: StateFlow<Boolean>

    /**
     * Takes the whole text of the field as it is now. Returns at once, on any thread. False once the
     * field was closed: then the text is not taken, and nothing changes.
     */
    public fun typed(text: String): Boolean

    /**
     * The newer text that waits, if one does. What is typed from now on is typed on it: call this on
     * the thread that takes the keys, and show it there before the next.
     */
    public fun refresh(): String?

    /** Tells whether another person is in the same document: then what is typed settles sooner. */
    public fun others(present: Boolean)

    /** Waits until the newest text is durable. */
    public suspend fun flush()

    /**
     * Makes the newest text part of the document and returns the version that the field shows with
     * it. If that cannot be done it stays a draft, and [failure] says why as well.
     */
    public suspend fun settle(): Version

    /**
     * Ends the typing. Returns at once; the newest text is settled soon, and before everything the
     * core is asked for from now on. If that fails it is tried again as ever, and [failure] says why.
     */
    override fun close()
}
