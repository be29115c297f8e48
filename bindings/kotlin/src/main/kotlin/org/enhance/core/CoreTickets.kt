package org.enhance.core

/** [LearningCoreTickets] with the native library. */
internal class CoreTickets(private val calls: Calls, private val writing: Writing) : LearningCoreTickets {
    override suspend fun makeTicket(ticket: NewTicket, acknowledged: Sha256?): TicketView {
        calls.local { writing.settle(ticket.document) }
        return calls.long { makeTicket(ticket, acknowledged, it) }
    }

    override suspend fun checkBeforeTicket(document: DocumentId, purpose: String): SharingCheck =
        calls.local { checkBeforeTicket(document, purpose) }

    override suspend fun tickets(): List<TicketView> = calls.local { tickets() }

    override suspend fun ticketsOf(document: DocumentId): List<TicketView> = calls.local { ticketsOf(document) }

    override suspend fun refreshTickets(): List<TicketView> = calls.long { refreshTickets(it) }

    override suspend fun endTicket(ticket: ItemId): TicketView = calls.long { endTicket(ticket, it) }
}
