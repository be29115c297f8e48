package org.enhance.core

import java.time.Instant

/**
 * A ticket that its holder has open. It needs no account and no [LearningCore], and nothing of it
 * stays on the device.
 */
public class OpenTicket private constructor(private val handle: TicketHandle) : AutoCloseable {
    /** What it shows, and what its holder may do. */
    public val opened: OpenedTicket = handle.opened()

    /**
     * Says something about what it shows, to who made the ticket and nobody else. The same words again
     * are said once. Returns when they came.
     */
    public suspend fun comment(text: String): Instant = cancellable { handle.comment(text, it) }

    /**
     * Says that its holder stands behind what it shows, and why. That is no sign-off: nobody has
     * checked who they are, and nothing is signed.
     */
    public suspend fun endorse(text: String): Instant = cancellable { handle.endorse(text, it) }

    override fun close(): Unit = handle.close()

    public companion object {
        /**
         * Opens the ticket of a link. [name] is what its holder is called, for who made it. Each visit
         * uses the ticket up by one; opened again in the [visit] of before it uses nothing up.
         * [authorities] are as for [LearningCore.open].
         */
        public suspend fun open(
            link: String,
            name: String,
            visit: ItemId? = null,
            authorities: List<ByteArray>? = null,
        ): OpenTicket = cancellable { OpenTicket(openTicket(link, name, visit, authorities, it)) }
    }
}

/** Does something that waits for the network, and ends when the caller is cancelled. */
private suspend fun <T> cancellable(call: suspend (Cancellation) -> T): T =
    Cancellation().use { cancellation -> ownErrors { call(cancellation) } }
