package org.enhance.core

import kotlinx.coroutines.runBlocking
import org.enhance.core.harness.story
import org.enhance.testing.FakeLearningCore
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What the owner of a ticket does with it. */
internal val TICKETED: List<Pair<String, Behaviour>> = listOf(
    "a ticket is made, listed and ended" to {
        val plan = core.createProject("Falls on ward 7")
        val ticket = core.makeTicket(wanted(plan))
        assertEquals(listOf(plan, "Falls on ward 7", TicketStanding.OPEN, 3), ticket.run { listOf(document, title, standing, usesLeft) })
        assertTrue("#ticket=" in ticket.link)
        assertEquals(listOf(ticket), core.tickets())
        assertEquals(listOf(ticket), core.ticketsOf(plan))
        assertEquals(emptyList<TicketView>(), colleague.refreshTickets())
        assertEquals(TicketStanding.ENDED, core.endTicket(ticket.id).standing)
        assertEquals(listOf(TicketStanding.ENDED), core.refreshTickets().map { it.standing })
        failing<CoreException.NotFound> { core.endTicket(core.newItemId()) }
    },
    "what a ticket shows is looked through, and what is out of bounds is refused" to {
        val reflection = core.createReflection("quick-capture", "After the arrest call")
        core.editReflection(reflection, null, listOf(ReflectionEdit.Answer("thought", "NHS 943 476 5919 died.")))
        failing<CoreException.NotAllowed> { core.makeTicket(wanted(reflection)) }
        val seen = core.checkBeforeTicket(reflection, PURPOSE)
        core.makeTicket(wanted(reflection), seen.acknowledgement)
        val plan = core.createProject("Falls on ward 7")
        for (wrong in listOf(wanted(plan).copy(days = 0), wanted(plan).copy(uses = 51), wanted(plan).copy(purpose = " "))) {
            failing<CoreException.InvalidInput> { core.makeTicket(wrong) }
        }
        val shared = shared(Right.EDIT)
        failing<CoreException.NotAllowed> { colleague.makeTicket(wanted(shared)) }
    },
)

private const val PURPOSE = "Does this fit what your carers see?"

private fun wanted(document: DocumentId) = NewTicket(document, PURPOSE, TicketRight.COMMENT, days = 14, uses = 3)

/** What somebody without an account does with the link of a ticket. */
class OpenTicketTest {
    @Test
    fun `somebody without an account reads a plan and what they say comes back`() = story {
        val ana = trainee()
        val plan = ana.core.createProject("Falls on ward 7")
        val link = ana.core.makeTicket(wanted(plan)).link
        OpenTicket.open(link, "Sam Reed").use { sam ->
            assertEquals("Falls on ward 7" to PURPOSE, sam.opened.snapshot.run { title to purpose })
            sam.comment("The carers come at six.")
            failing<CoreException.NotAllowed> { sam.endorse("I stand behind it.") }
            OpenTicket.open(link, "Sam Reed", sam.opened.visit).use { assertEquals(2, it.opened.usesLeft) }
        }
        ana.core.sync()
        val answer = ana.core.tickets().single().answers.single()
        assertEquals("Sam Reed" to "The carers come at six.", answer.name to answer.text)
        assertEquals(InboxKind.TICKET_ANSWERED, ana.core.inbox().items.single().kind)
        failing<CoreException.Refused> { OpenTicket.open(link.dropLast(22) + "A".repeat(22), "Eve") }
        failing<CoreException.InvalidInput> { OpenTicket.open("https://example.org/", "Eve") }
    }

    @Test
    fun `in memory the same`(): Unit = runBlocking {
        val ana = FakeLearningCore()
        val plan = ana.createProject("Falls on ward 7")
        val link = ana.makeTicket(wanted(plan)).link
        val sam = ana.holder(link, "Sam Reed")
        assertEquals("Falls on ward 7" to PURPOSE, sam.opened.snapshot.run { title to purpose })
        repeat(2) { sam.comment("The carers come at six.") }
        failing<CoreException.NotAllowed> { sam.endorse("I stand behind it.") }
        assertEquals("The carers come at six.", ana.tickets().single().answers.single().text)
        val waiting = ana.inbox().items.single()
        assertEquals(InboxKind.TICKET_ANSWERED, waiting.kind)
        ana.markInboxSeen(waiting.id)
        assertEquals(0, ana.inboxCounts().total)
        ana.endTicket(ana.tickets().single().id)
        failing<CoreException.Refused> { sam.comment("Too late?") }
    }
}
