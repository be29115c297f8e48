package org.enhance.testing

import java.time.Instant
import java.time.temporal.ChronoUnit.DAYS
import org.enhance.core.*

/** A ticket as it is kept, and what it shows. */
internal class FakeTicket(val owner: Person, val shown: TicketSnapshot, var view: TicketView)

/** Links by which somebody without an account reads one text of this person. */
internal class FakeTickets(private val phone: FakePhone) : LearningCoreTickets {
    override suspend fun makeTicket(ticket: NewTicket, acknowledged: Sha256?): TicketView =
        phone.asked(Topic.MEMBERS, ticket.document) { phone.makeTicket(ticket, acknowledged) }

    override suspend fun checkBeforeTicket(document: DocumentId, purpose: String): SharingCheck =
        phone.asked { phone.checkTicket(document, purpose) }

    override suspend fun tickets(): List<TicketView> = phone.asked { phone.myTickets() }

    override suspend fun ticketsOf(document: DocumentId): List<TicketView> =
        phone.asked { phone.myTickets().filter { it.document == document } }

    override suspend fun refreshTickets(): List<TicketView> = tickets()

    override suspend fun endTicket(ticket: ItemId): TicketView = phone.asked(Topic.MEMBERS) {
        val found = phone.memory.tickets.values.find { it.view.id == ticket && it.owner.id == phone.me().id }
            ?: throw notFound(Noun.TICKET, ticket.value)
        found.view = found.view.copy(standing = TicketStanding.ENDED, endedAt = found.view.endedAt ?: phone.now())
        found.view
    }
}

/** Somebody without an account who has the link of a ticket of a fake. Making one opens it. */
public class FakeHolder internal constructor(
    private val phone: FakePhone,
    private val link: String,
    private val name: String,
) {
    /** What it shows, and what its holder may do. */
    public val opened: OpenedTicket = phone.asked(Topic.MEMBERS) {
        val ticket = good()
        if (ticket.view.usesLeft == 0) throw CoreException.Refused("ticket_used_up", "it was opened as often as it can be")
        val visit = TicketVisit(phone.memory.newItem(), name, phone.now())
        val left = ticket.view.usesLeft - 1
        val standing = if (left == 0) TicketStanding.USED_UP else TicketStanding.OPEN
        ticket.view = ticket.view.run { copy(usesLeft = left, standing = standing, visits = visits + visit) }
        OpenedTicket(ticket.shown, ticket.view.right, ticket.view.expiresAt, left, visit.id)
    }

    /** Says something about what it shows. */
    public fun comment(text: String): Instant = say(TicketDeed.COMMENT, text)

    /** Stands behind what it shows, which is no sign-off. */
    public fun endorse(text: String): Instant = say(TicketDeed.ENDORSE, text)

    private fun say(deed: TicketDeed, text: String): Instant = phone.asked(Topic.MEMBERS) {
        val ticket = good()
        val isAllowed = deed == TicketDeed.COMMENT && ticket.view.right != TicketRight.READ ||
            ticket.view.right == TicketRight.ENDORSE
        if (!isAllowed) notAllowed("this ticket is to ${"${ticket.view.right}".lowercase()}, not more")
        if (text.isBlank()) refused(InputField.COMMENT, "comment: say it in 1 to 4000 letters")
        val id = itemOf("ticket", opened.visit.value, "$deed", text.trim())
        val known = ticket.view.answers.find { it.id == id }
        if (known != null) return@asked known.at
        val answer = TicketAnswer(id, deed, name, text.trim(), phone.now())
        ticket.view = ticket.view.run { copy(answers = answers + answer) }
        answer.at
    }

    private fun good(): FakeTicket {
        val ticket = phone.memory.tickets[link]
            ?: throw CoreException.Refused("ticket_unknown", "there is no such ticket; check the link")
        if (ticket.view.endedAt != null) throw CoreException.Refused("ticket_ended", "this ticket was ended by who made it")
        if (phone.now() >= ticket.view.expiresAt) throw CoreException.Refused("ticket_expired", "its time is over")
        return ticket
    }
}

/** The tickets of this person as they stand now, the newest first. */
internal fun FakePhone.myTickets(): List<TicketView> {
    val (me, now) = account?.person to now()
    val mine = memory.tickets.values.filter { it.owner.id == me?.id }.map { it.view }
    val isOver = { view: TicketView -> view.endedAt == null && now >= view.expiresAt }
    return mine.map { if (isOver(it)) it.copy(standing = TicketStanding.EXPIRED) else it }.reversed()
}

internal fun FakePhone.checkTicket(id: DocumentId, purpose: String): SharingCheck =
    checked(id, ticketTexts(id).map { (place, _, text) -> place to text } + (TextPlace.Message to purpose.trim()))

private fun FakePhone.makeTicket(wanted: NewTicket, acknowledged: Sha256?): TicketView {
    val kept = here<Kept<*>>(wanted.document)
    if (kept.owner.id != me().id) notAllowed("making a ticket for it needs the right to own; it is not yours")
    memory.settle(kept, me())
    val purpose = wanted.purpose.trim()
    if (purpose.isEmpty() || purpose.length > 280) {
        refused(InputField.TICKET, "ticket: say in 1 to 280 letters what you ask for")
    }
    if (wanted.days !in 1..90) refused(InputField.TICKET, "ticket: it is good for 1 to 90 days")
    if (wanted.uses !in 1..50) refused(InputField.TICKET, "ticket: it can be opened 1 to 50 times")
    checkTicket(wanted.document, purpose).requireAcknowledged(acknowledged)
    val parts = ticketTexts(wanted.document).filter { (_, heading, text) -> heading.isNotEmpty() && text.isNotEmpty() }
        .map { (_, heading, text) -> TicketPart(heading, text) }
    val now = now()
    val shown = TicketSnapshot(kept.kind, kept.title(), me().name, purpose, now, parts)
    val id = memory.newItem()
    val link = "https://enhance.example.org/#ticket=${id.value}"
    val view = TicketView(
        id, kept.id, kept.title(), purpose, wanted.right, TicketStanding.OPEN, now, now.plus(wanted.days.toLong(), DAYS),
        wanted.uses, wanted.uses, endedAt = null, visits = emptyList(), answers = emptyList(), link = link,
    )
    memory.tickets[link] = FakeTicket(me(), shown, view)
    return view
}

/** The texts of a document, each with its place and its heading. The title has none. */
private fun FakePhone.ticketTexts(id: DocumentId): List<Triple<TextPlace, String, String>> {
    fun answers(title: String, answers: Map<String, String>) =
        listOf(Triple<TextPlace, String, String>(TextPlace.Title, "", title)) +
            answers.map { (prompt, text) -> Triple(TextPlace.Answer(prompt), prompt, text) }
    return when (val kept = here<Kept<*>>(id)) {
        is KeptReflection -> kept.withDrafts(me()).run { answers(title, answers) }
        is KeptCopy -> kept.content.run { answers(title, answers) }
        is KeptProject -> kept.withDrafts(me()).shown.run {
            listOf(
                Triple<TextPlace, String, String>(TextPlace.Title, "", title),
                Triple(TextPlace.Setting, "setting", setting),
                Triple(TextPlace.AimSentence, "aim", aim.sentence),
            ) + sections.map { (section, text) -> Triple(TextPlace.Section(section), "$section".lowercase(), text) }
        }
        else -> notAllowed("a ticket is for a reflection, a copy or a plan")
    }
}
