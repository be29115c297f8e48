package org.enhance.testing

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset.UTC
import java.time.temporal.ChronoUnit.DAYS
import java.util.UUID
import org.enhance.core.*

/** What waits for one person, whom they help along, and who helps them. */
internal class FakeInbox(private val phone: FakePhone) : LearningCoreInbox {
    private val memory = phone.memory

    override suspend fun inbox(after: InboxPosition?, limit: Int): Inbox = phone.asked {
        val all = phone.waiting()
        val (items, more) = all.filter { after == null || it.isAfter(after) }.portion(limit)
        Inbox(items, more, all.counted())
    }

    override suspend fun inboxCounts(): InboxCounts = phone.asked { phone.waiting().counted() }

    override suspend fun markInboxSeen(item: ItemId): Unit = phone.asked(Topic.STATUS) {
        val one = phone.waiting().find { it.id == item } ?: throw notFound(Noun.INBOX_ITEM, item.value)
        if (one.leaves == Leaves.WHEN_DONE && one.kind != InboxKind.SIGN_OFF_ASKED) notAllowed(one.how)
        when (one.kind) {
            InboxKind.COPY_SHARED, InboxKind.SIGN_OFF_ASKED -> phone.here<Kept<*>>(one.document).see(phone.me(), phone.now())
            else -> memory.seen += phone.me().id to item
        }
    }

    override suspend fun cohort(): List<CohortTrainee> = phone.asked { phone.cohort() }

    override suspend fun cohortCsv(): String = phone.asked {
        val rows = phone.cohort().flatMap { trainee ->
            trainee.projects.map { listOf(trainee.name, it.title, "${it.status}".lowercase(), "${it.silentDays}") }
        }
        csv(listOf(listOf("trainee", "plan", "status", "silent days")) + rows)
    }

    override suspend fun nudge(document: DocumentId, anchor: String, why: String): ItemId =
        phone.asked(Topic.DOCUMENTS, document) { phone.nudge(document, anchor, why.trim(), acknowledged = null) }

    override suspend fun ownNudge(document: DocumentId): OwnNudge? = phone.asked { phone.ownNudge(document) }

    override suspend fun checkBeforeNudge(document: DocumentId, why: String): SharingCheck = phone.asked {
        phone.here<Kept<*>>(document)
        phone.checkNudge(document, why.trim())
    }

    override suspend fun nudgeAcknowledged(
        document: DocumentId,
        anchor: String,
        why: String,
        acknowledged: Sha256,
    ): ItemId = phone.asked(Topic.DOCUMENTS, document) { phone.nudge(document, anchor, why.trim(), acknowledged) }

    override suspend fun supervisors(): List<SupervisorView> = phone.asked { phone.supervisors() }
}

/** What waits for the person of this phone now, the newest first. */
internal fun FakePhone.waiting(): List<InboxView> {
    val me = me()
    val copies = all<KeptCopy>().filter { it.owner.id != me.id && it.seen(me) == null }
        .map { found(InboxKind.COPY_SHARED, it, it.content.sharedAt, from = listOf(it.owner)) }
    val signing = all<KeptRequest>().flatMap(::signing)
    val plans = all<KeptProject>().flatMap(::waitingIn)
    val all = invited() + copies + signing + plans + byTicket() + deadlines()
    return all.filter { it.since <= memory.latest() && (me.id to it.id) !in memory.seen }
        .sortedWith(compareByDescending<InboxView> { it.since }.thenByDescending { it.id.value })
        .withDeadlinesByDay(record().shown.deadlines.associate { it.id.value to it.deadline.at })
}

/** Deadlines in the order of their days, each in the place of another. The places stay as they were. */
private fun List<InboxView>.withDeadlinesByDay(days: Map<String, LocalDate>): List<InboxView> {
    val sorted = filter { it.kind == InboxKind.DEADLINE }
        .sortedWith(compareBy({ days[it.place] }, { it.id.value })).iterator()
    return map { if (it.kind == InboxKind.DEADLINE) sorted.next().copy(position = it.position) else it }
}

/** What the holders of tickets said. Who they are the words say alone. */
private fun FakePhone.byTicket(): List<InboxView> = myTickets().flatMap { ticket ->
    val about = all<Kept<*>>().find { it.id == ticket.document } ?: return@flatMap emptyList()
    ticket.answers.map { one ->
        val said = if (one.deed == TicketDeed.ENDORSE) "by ticket, no sign-off: stands behind it" else "by ticket"
        val words = "${one.name} ($said). ${one.text}"
        found(InboxKind.TICKET_ANSWERED, about, one.at, words, ticket.id.value, one.id.value, emptyList())
    }
}

private fun FakePhone.invited(): List<InboxView> =
    invitations().filter { (_, one) -> one.standing == InvitationStanding.WAITING }.map { (plan, one) ->
        found(InboxKind.PROJECT_INVITED, plan, one.cameAt, what = "${one.cameAt}", from = listOf(plan.owner))
            // The plan itself is not here yet.
            .copy(documentKind = null)
    }

private fun FakePhone.signing(request: KeptRequest): List<InboxView> {
    val (me, answers) = me() to answersTo(request)
    if (request.owner.id != me.id) {
        val mine = answers.filter { it.content.by.person == me.id }
        if (mine.isNotEmpty()) return mine.mapNotNull { witnessed(request, it, answers) }
        val since = request.versions.first().at
        val nudges = nudges(request, memory.nudges.filter { it.document == request.id })
        return nudges + found(InboxKind.SIGN_OFF_ASKED, request, since, request.content.message, from = listOf(request.owner))
    }
    val standing = answers.filter { one -> answers.dropWhile { it !== one }.drop(1).none { it.content.by == one.content.by } }
    val isOverWitnessed = answers.any { it.content.by.witnessed != null }
    return ended(request, standing) + standing.filter { it.content.by.witnessed == null }.map { one ->
        val decided = if (one.content.answer.decision == SignOffDecision.SIGNED) "Signed" else "Returned"
        val isAnew = answers.takeWhile { it !== one }.any { it.content.by == one.content.by }
        val anew = when {
            isAnew -> ", in the place of what they answered before"
            isOverWitnessed -> ", in the place of what you witnessed"
            else -> ""
        }
        val words = "$decided$anew. ${one.content.answer.statement}"
        found(InboxKind.SIGN_OFF_ANSWERED, request, one.versions.first().at, words, what = one.id.value, from = listOf(one.owner))
    }
}

/** That what was signed for the person of this phone changed since, or is gone. The fakes lose no devices. */
private fun FakePhone.ended(request: KeptRequest, standing: List<KeptSignOff>): List<InboxView> {
    val byOwnKey = standing.filter { it.content.by.witnessed == null }
    val one = byOwnKey.ifEmpty { standing }.lastOrNull() ?: return emptyList()
    if (one.content.answer.decision != SignOffDecision.SIGNED) return emptyList()
    val words = when (changedSince(request)) {
        is ChangedSince.Changed ->
            "What was signed has changed since. The signature covers what it said then; ask for it again."
        ChangedSince.Deleted -> when (request.subject) {
            is SignOffSubject.Module ->
                "The completion of this module was taken back since. The signature is of what it was."
            is SignOffSubject.Sessions -> "What was signed was taken out of the log since."
            else -> "What was signed was deleted since."
        }
        else -> return emptyList()
    }
    val document = request.subject.document?.let { id -> all<Kept<*>>().find { it.id == id } }
    val signed = one.versions.first().at
    val since = maxOf(document?.versions?.lastOrNull()?.at ?: signed, signed)
    val said = "By ${one.content.by.name}. $words"
    val from = listOfNotNull(one.owner.takeIf { one.content.by.witnessed == null })
    return listOf(found(InboxKind.SIGN_OFF_ENDED, request, since, said, what = one.id.value, from = from))
}

/** That somebody says of the person of this phone that they answered on theirs. */
private fun witnessed(request: KeptRequest, one: KeptSignOff, all: List<KeptSignOff>): InboxView? {
    val isOutdone = all.any { it.content.by.witnessed == null } || all.last { it.content.by == one.content.by } !== one
    if (one.content.by.witnessed == null || isOutdone) return null
    val decided = if (one.content.answer.decision == SignOffDecision.SIGNED) "signed" else "returned"
    val words = "${request.owner.name} says that you $decided it on their device. ${one.content.answer.statement}"
    return found(
        InboxKind.SIGN_OFF_WITNESSED, request, one.versions.first().at, words, what = one.id.value, from = listOf(request.owner),
    )
}

private fun FakePhone.waitingIn(plan: KeptProject): List<InboxView> {
    val (me, shown) = me() to plan.content.shown
    val isMine = plan.owner.id == me.id
    val open = plan.comments.threads(me) { AnchorStanding.Here }.filter { it.waits }
    val said = open.mapNotNull { thread ->
        val all = listOfNotNull(thread.first) + thread.answers
        val (last, answersMe) = all.last { !it.deleted } to all.any { it.mine }
        val kind = if (answersMe) InboxKind.COMMENT_ANSWERED else InboxKind.COMMENT_UNANSWERED
        if (!answersMe && !isMine && !me.isEducator()) return@mapNotNull null
        found(kind, plan, last.at, last.body, thread.anchor, last.place.id.value, listOfNotNull(last.by))
    } + if (isMine || me.isEducator()) suggestions(plan) else emptyList()
    // What anybody else writes answers nothing.
    val written = plan.versions.lastOrNull { it.by.id == me.id }?.at ?: Instant.MIN
    val nudged = memory.nudges.filter { isMine && it.document == plan.id && it.by.id != me.id && it.at > written }
    val asked = said + nudges(plan, nudged) + listOfNotNull(handover(plan))
    if (!shown.status.isUnderWay()) return asked
    val overdue = shown.actions.mapNotNull { (id, action) ->
        val since = action.due?.plusDays(1)?.begin() ?: return@mapNotNull null
        val whose = action.owner ?: plan.owner.id
        if (action.doneAt != null || whose != me.id && !me.isEducator()) return@mapNotNull null
        found(InboxKind.ACTION_OVERDUE, plan, since, action.text, id.value, "$id $since", listOf(person(whose)))
    }
    val silent = plan.versions.last().at.plus(30, DAYS)
    val silence = listOf(found(InboxKind.PROJECT_SILENT, plan, silent, what = "$silent", from = listOf(plan.owner)))
    return asked + overdue + silence.filter { !isMine && me.isEducator() }
}

/** Nudges of one day about one thing are one, with who said what. Whoever nudges later makes another of it. */
private fun nudges(about: Kept<*>, nudged: List<FakeNudge>): List<InboxView> =
    nudged.groupBy { it.id }.map { (id, ofOne) ->
        val said = ofOne.sortedWith(compareBy({ it.at }, { it.by.id.value }))
        val isOneWord = said.distinctBy { it.why }.size == 1
        val words = if (isOneWord) said.first().why else said.joinToString(" / ") { "${it.by.name}: ${it.why}" }
        val what = "${id.value} ${said.map { it.by.id.value }.sorted()}"
        found(InboxKind.NUDGE, about, said.last().at, words, said.last().anchor, what, said.map { it.by })
    }

/** A plan that changes hands: for whom it is offered to, and for its owner that they do not want it. */
private fun FakePhone.handover(plan: KeptProject): InboxView? {
    val (me, offer) = me() to (plan.members.offer ?: return null)
    val what = "${offer.since} ${offer.to.id}"
    if (offer.isDeclined) {
        if (plan.owner.id != me.id) return null
        val words = "They do not want to own this plan: it is yours."
        return found(InboxKind.HANDOVER_DECLINED, plan, offer.since, words, what = what, from = listOf(offer.to))
    }
    if (offer.to.id != me.id) return null
    val kept = when (offer.keeps) {
        Right.READ -> "may read it"
        Right.COMMENT -> "may read it and comment on it"
        Right.EDIT, Right.OWN -> "may read it, comment on it and edit it"
    }
    val words = "It is yours once you accept; they $kept after that."
    return found(InboxKind.HANDOVER_OFFERED, plan, offer.since, words, what = what, from = listOf(offer.from))
}

/** What others would change in a plan, and nobody has decided about. */
private fun FakePhone.suggestions(plan: KeptProject): List<InboxView> =
    plan.comments.suggested.filter { it.state == SuggestionState.OPEN && it.by.id != me().id }.map { one ->
        val made = one.view.suggestion
        val words = made.why.ifEmpty { made.replacement.ifEmpty { "take this out" } }
        found(InboxKind.SUGGESTION_OPEN, plan, made.at, words, made.anchor, one.view.place.id.value, listOf(one.by))
    }

private fun FakePhone.deadlines(): List<InboxView> = record().shown.deadlines.mapNotNull { (id, deadline) ->
    val days = listOf(28, 14, 7, 0).map { deadline.at.minusDays(it.toLong()) }.filter { it <= today }
    val since = days.maxOrNull()?.begin() ?: return@mapNotNull null
    InboxView(
        itemOf("deadline", id.value, "$since"), InboxKind.DEADLINE, RECORD, DocumentKind.PERSONAL_RECORD, id.value, deadline.name,
        "due on ${deadline.at.inWords()}", emptyList(), since, Leaves.WHEN_SEEN, InboxKind.DEADLINE.how,
        InboxPosition(since, itemOf("deadline", id.value, "$since")),
    )
}

private fun found(
    kind: InboxKind,
    document: Kept<*>,
    since: Instant,
    words: String = "",
    place: String = "",
    what: String = "",
    from: List<Person>,
): InboxView {
    val id = itemOf(kind.name, document.id.value, what)
    return InboxView(
        id, kind, document.id, document.kind, place, document.title(), words.trim(), from, since, kind.leaves, kind.how, InboxPosition(since, id),
    )
}

private fun InboxView.isAfter(place: InboxPosition) =
    since < place.since || since == place.since && id.value < place.item.value

private fun List<InboxView>.counted() =
    InboxCounts(size, groupingBy { it.kind }.eachCount().map { (kind, count) -> InboxCount(kind, count) })

internal fun itemOf(vararg what: String) = ItemId("${UUID.nameUUIDFromBytes(what.joinToString("\u0000").toByteArray())}")

private fun LocalDate.begin(): Instant = atStartOfDay(UTC).toInstant()

private fun ProjectStatus.isUnderWay() =
    this !in listOf(ProjectStatus.HANDED_OVER, ProjectStatus.COMPLETED, ProjectStatus.STOPPED)

private val InboxKind.leaves: Leaves
    get() = when (this) {
        InboxKind.PROJECT_INVITED, InboxKind.HANDOVER_OFFERED, InboxKind.SIGN_OFF_ASKED, InboxKind.COMMENT_UNANSWERED,
        InboxKind.ACTION_OVERDUE, InboxKind.MEASURE_WITHOUT_VALUE, InboxKind.SUGGESTION_OPEN,
        -> Leaves.WHEN_DONE
        else -> Leaves.WHEN_SEEN
    }

private val InboxKind.how: String
    get() = when (this) {
        InboxKind.PROJECT_INVITED -> "It leaves the inbox when you accept or decline it, or after 30 days."
        InboxKind.HANDOVER_OFFERED -> "It leaves the inbox when you accept or decline it, or when it is taken back."
        InboxKind.HANDOVER_DECLINED -> "It leaves the inbox when you have seen it, or offer the plan anew."
        InboxKind.SIGN_OFF_ASKED -> "It leaves the inbox when you sign it or return it."
        InboxKind.COMMENT_UNANSWERED -> "It leaves the inbox when you answer, or when it is settled."
        InboxKind.SUGGESTION_OPEN -> "It leaves the inbox when somebody accepts or rejects it."
        InboxKind.ACTION_OVERDUE -> "It leaves the inbox when it is done or has another day."
        InboxKind.MEASURE_WITHOUT_VALUE -> "It leaves the inbox when a value is entered."
        InboxKind.SIGN_OFF_WITNESSED ->
            "It leaves the inbox when you have seen it, or answer with your own key; who says so is told."
        InboxKind.NUDGE -> "It leaves the inbox when you have seen it, or do it: write in the plan yourself, or sign."
        else -> "It leaves the inbox when you have seen it."
    }

/** Stands for the personal record, which is no document here. */
private val RECORD = DocumentId(uuid(999))
