package org.enhance.core

/**
 * The part of [LearningCoreApi] that lets somebody without an account read one text: tickets, which
 * are links. [OpenTicket] is what their holder has.
 */
public interface LearningCoreTickets {
    /**
     * Makes a ticket: a link by which somebody without an account reads a reflection, a copy or a plan
     * of this person as it stands now, without history, and may say something about it. What was typed
     * is settled. The server can read nothing of it.
     *
     * With probable identifiers in it nothing is made: [CoreException.NotAllowed] with the code
     * `unacknowledged`. Then show what [checkBeforeTicket] finds; [acknowledged] comes with it.
     */
    public suspend fun makeTicket(ticket: NewTicket, acknowledged: Sha256? = null): TicketView

    /**
     * Looks through what a ticket would show for what may tell who somebody is, with what is said to
     * its holder.
     */
    public suspend fun checkBeforeTicket(document: DocumentId, purpose: String): SharingCheck

    /**
     * The tickets of this person, the newest first, as this device has heard of them: who opened them,
     * and what they said. An endorsement is no sign-off.
     */
    public suspend fun tickets(): List<TicketView>

    /** The tickets that show the text of a document, the newest first. */
    public suspend fun ticketsOf(document: DocumentId): List<TicketView>

    /**
     * Asks the server what became of this person's tickets, those of their other devices included.
     * While a ticket made or heard of here can be used, each sync does so as well.
     */
    public suspend fun refreshTickets(): List<TicketView>

    /** Ends a ticket: what it shows is destroyed on the server, and its link opens nothing more. */
    public suspend fun endTicket(ticket: ItemId): TicketView
}
