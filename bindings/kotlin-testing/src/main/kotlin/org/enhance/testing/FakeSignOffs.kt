package org.enhance.testing

import org.enhance.core.*

/** What is asked to be signed, and signed. */
internal class FakeSignOffs(private val phone: FakePhone) : LearningCoreSignOffs {
    private val memory = phone.memory

    override suspend fun requestSignOff(subject: SignOffSubject, with: PersonId?, message: String): DocumentId =
        phone.asked(Topic.DOCUMENTS, subject.document) { ask(subject, with, message, acknowledged = null) }

    override suspend fun checkBeforeSignOff(subject: SignOffSubject, message: String): SharingCheck =
        phone.asked { check(subject, message) }

    override suspend fun requestSignOffAcknowledged(
        subject: SignOffSubject,
        with: PersonId?,
        message: String,
        acknowledged: Sha256,
    ): DocumentId = phone.asked(Topic.DOCUMENTS, subject.document) { ask(subject, with, message, acknowledged) }

    private fun check(subject: SignOffSubject, message: String) =
        phone.checked(subject.document, listOf(TextPlace.Signed to now(subject).second, TextPlace.Message to message))

    private fun ask(subject: SignOffSubject, with: PersonId?, message: String, acknowledged: Sha256?): DocumentId {
        val other = with?.let(phone::other)
        settle(subject)
        check(subject, message).requireAcknowledged(acknowledged)
        val (title, text) = now(subject)
        listOf(text, message.trim()).forEach { refuseLong(it) }
        val request = KeptRequest(memory.newId(), phone.me(), other, subject)
        memory.write(request, Asked(title, text, message.trim()), phone.me())
        return request.id
    }

    override suspend fun sign(request: DocumentId, answer: SignOffAnswer): DocumentId =
        phone.asked(Topic.DOCUMENTS, request) {
            val (asked, me) = phone.here<KeptRequest>(request) to phone.me()
            if (asked.owner.id == me.id) {
                notAllowed("nobody signs off their own work; let them sign on your phone, or ask them")
            }
            write(asked, answer, Signer(me.name, me.id, witnessed = null))
        }

    override suspend fun signWitnessed(request: DocumentId, by: WitnessedSigner, answer: SignOffAnswer): DocumentId =
        phone.asked(Topic.DOCUMENTS, request) {
            val (asked, me) = phone.here<KeptRequest>(request) to phone.me()
            if (asked.owner.id != me.id) notAllowed("witnessing a signature needs the right to own; it is not yours")
            if (by.name.isBlank()) refused(InputField.PERSON, "say who signs")
            if (by.knownBy.isBlank()) refused(InputField.SIGN_OFF, "sign-off: say how you know who signs")
            // A namesake is somebody else once it is said who.
            val isMe = if (by.person == null) by.name.asCompared() == me.name.asCompared() else by.person == me.id
            if (isMe) refused(InputField.PERSON, "that is you")
            write(asked, answer, Signer(by.name.trim(), by.person, by.knownBy.trim()))
        }

    override suspend fun signOffsAskedByMe(): Portion<SignOffRequestView> = signOffsPage(mine = true)

    override suspend fun signOffsAskedOfMe(): Portion<SignOffRequestView> = signOffsPage(mine = false)

    override suspend fun signOffsPage(mine: Boolean, after: DocumentId?, limit: Int): Portion<SignOffRequestView> =
        phone.asked {
            val all = requests { (it.owner.id == phone.me().id) == mine }
            val place = after?.let { phone.here<KeptRequest>(it).id }
            all.portion(limit, offset = if (place == null) 0 else all.indexOfFirst { it.id == place } + 1)
        }

    override suspend fun signOffsOf(document: DocumentId): List<SignOffRequestView> =
        phone.asked { requests { it.subject.document == document } }

    override suspend fun signOffRequest(id: DocumentId): SignOffRequestView =
        phone.asked { view(phone.here(id)) }

    override suspend fun changedSinceSignOff(request: DocumentId): ChangedSince =
        phone.asked { phone.changedSince(phone.here(request)) }

    override suspend fun takeBackSignOff(request: DocumentId, withAnswers: Boolean): Boolean =
        phone.asked(Topic.DOCUMENTS, request) {
            if (memory.isDeleted(request)) return@asked false
            val asked = phone.here<KeptRequest>(request)
            if (asked.owner.id != phone.me().id) {
                notAllowed("taking back what somebody else asked for needs the right to own; it is not yours")
            }
            if (!withAnswers && phone.answersTo(asked).isNotEmpty()) {
                notAllowed("it was answered, and the answer would go with it; say so, or keep it")
            }
            phone.delete(asked)
            true
        }

    override suspend fun keptSignOffs(): List<KeptSignOffView> = phone.asked { phone.keptSignOffs() }

    override suspend fun exportKeptSignOff(id: ItemId): String = phone.asked {
        val kept = memory.signedOf(phone.me())[id] ?: throw notFound(Noun.KEPT_SIGN_OFF, id.value)
        kept.paper.json()
    }

    /** A file that this fake, and those of others beside it, know again. */
    override suspend fun exportSignOff(id: DocumentId): String = phone.asked {
        val signed = phone.signedPaper(phone.here(id))
        memory.papers[id] = signed
        signed.paper.json()
    }

    override suspend fun verifySignOff(json: String): SignOffFault? = phone.asked { fault(json, paperOf(json)) }

    override suspend fun checkSignOff(json: String): SignOffCheck = phone.asked {
        val signed = paperOf(json) ?: refused(InputField.SIGN_OFF, "sign-off: no fake made this file")
        val certified = phone.people.find { it.id == signed.by.person && signed.by.witnessed == null } ?: signed.trainee
        SignOffCheck(
            fault(json, signed), signed.paper.text, signed.answer.decision, signed.answer.statement, signed.by.name,
            signed.answer.role, signed.role.inWords, signed.role.organisation, signed.role.isNamed,
            certified.roles.firstOrNull()?.role ?: Role.PARTNER, signed.by.witnessed, signed.at, signed.trainee.name, PUBLISHER,
        )
    }

    private fun paperOf(json: String): SignedPaper? {
        if (SignOffPaper.FORM !in json) refused(InputField.SIGN_OFF, "sign-off: this is no file of a sign-off")
        return memory.papers.values.find { it.paper.id.value in json }
    }

    private fun fault(json: String, signed: SignedPaper?): SignOffFault? = when {
        signed == null -> SignOffFault.NOT_CERTIFIED
        json == signed.paper.json() -> null
        json(signed.paper.text) !in json -> SignOffFault.ANOTHER_TEXT
        else -> SignOffFault.BAD_SIGNATURE
    }

    /** The fakes have no keys: what is signed on one is believed by the others. */
    override suspend fun renewSigningKey(): Unit = phone.asked { phone.me() }

    private fun write(request: KeptRequest, answer: SignOffAnswer, by: Signer): DocumentId {
        val said = answer.copy(statement = answer.statement.trim())
        if (said.decision == SignOffDecision.RETURNED && said.statement.isEmpty()) {
            refused(InputField.SIGN_OFF, "sign-off: say what is to be changed")
        }
        refuseLong(said.statement)
        phone.requireSeen(request.id, said.statement)
        val signed = KeptSignOff(memory.newId(), phone.me(), request)
        memory.write(signed, Signed(said, by), phone.me())
        return signed.id
    }

    private fun requests(wanted: (KeptRequest) -> Boolean) = phone.all<KeptRequest>().filter(wanted).map(::view)

    private fun view(request: KeptRequest) = phone.view(request)

    private fun settle(subject: SignOffSubject) {
        val document = subject.document ?: return
        val kept = phone.here<Kept<*>>(document)
        if (kept is KeptProject) kept.members.require(phone.me(), Right.EDIT, "changing this document")
        if (kept is KeptCopy && kept.owner.id != phone.me().id) notAllowed("a copy is signed for who shared it")
        memory.settle(kept, phone.me())
    }

    private fun now(subject: SignOffSubject): Pair<String, String> = phone.textNow(subject)

    private companion object {
        /** The fakes have no keys; this stands for that of their organisation. */
        val PUBLISHER = "0".repeat(64)
    }
}

/** What a file of a sign-off says. */
internal class SignOffPaper(val id: DocumentId, val text: String, val statement: String) {
    fun json() =
        "{\"form\":\"$FORM\",\"id\":\"$id\",\"text\":${json(text)},\"statement\":${json(statement)}}"

    companion object {
        const val FORM = "enhance sign-off 1"
    }
}

/** A request with its answers. */
internal fun FakePhone.view(request: KeptRequest): SignOffRequestView =
    request.view(answersTo(request), me(), ::saidRole)

/** The answers to a request, the oldest first. */
internal fun FakePhone.answersTo(request: KeptRequest): List<KeptSignOff> =
    all<KeptSignOff>().filter { it.request === request }.sortedBy { it.changed }

/** What became of what a request is about since it was asked. */
internal fun FakePhone.changedSince(request: KeptRequest): ChangedSince =
    if (request.subject.document == null && request.owner.id != me().id) ChangedSince.Unknown
    else changedSince(request.subject, request.content.text)

internal fun FakePhone.changedSince(subject: SignOffSubject, signed: String): ChangedSince {
    goneSince(subject, signed)?.let { return it }
    val now = textNow(subject).second
    if (now == signed) return ChangedSince.Unchanged
    val sentences = when (subject) {
        is SignOffSubject.Project -> listOf("changed the plan")
        is SignOffSubject.Sessions -> record().shown.takenBack.filter { it.id in subject.ids }
            .map { "The session \"${it.thing.label}\" was deleted." }
        else -> emptyList()
    }
    val (gone, new) = signed.lines().lacking(now.lines()) to now.lines().lacking(signed.lines())
    return ChangedSince.Changed(gone, new, more = 0, sentences)
}

/** What is to be said where what was signed is gone, or is not here; null where it is. */
private fun FakePhone.goneSince(subject: SignOffSubject, signed: String): ChangedSince? {
    val document = subject.document
    return when {
        document != null && memory.isDeleted(document, me()) -> ChangedSince.Deleted
        document != null -> ChangedSince.Unknown.takeIf { all<Kept<*>>().none { it.id == document } }
        subject is SignOffSubject.Sessions -> record().shown.run {
            val gone = subject.ids.filter { id -> sessions.none { it.id == id } }
            when {
                gone.any { id -> takenBack.none { it.id == id } } -> ChangedSince.Unknown
                gone.size == subject.ids.size -> ChangedSince.Deleted
                else -> null
            }
        }
        subject is SignOffSubject.Module && programme?.modules.orEmpty().none { it.key == subject.key } ->
            ChangedSince.Unknown
        else -> ChangedSince.Deleted.takeIf { signed.isComplete() && !textNow(subject).second.isComplete() }
    }
}

/** Whether the text of a module says that all of it was done. */
private fun String.isComplete() = lines().none { it.endsWith(": not yet") }

/** The lines of a text that another does not have, each as often as it lacks it. */
private fun List<String>.lacking(others: List<String>): List<String> {
    val left = others.toMutableList()
    return filter { !left.remove(it) }
}

/** The title and the text of what is to be signed, as it stands now. */
internal fun FakePhone.textNow(subject: SignOffSubject): Pair<String, String> = when (subject) {
    is SignOffSubject.Reflection -> here<KeptReflection>(subject.id).content.run { title to reflected(title, answers) }
    is SignOffSubject.SharedReflection -> here<KeptCopy>(subject.id).content.run { title to reflected(title, answers) }
    is SignOffSubject.Project -> here<KeptProject>(subject.id).content.shown.run {
        title to (listOf(title, topic, setting, "$status") + texts()).filter { it.isNotBlank() }.joinToString("\n")
    }
    is SignOffSubject.Module -> {
        val module = programme?.modules?.find { it.key == subject.key } ?: throw notFound(Noun.MODULE, subject.key)
        val done = module.activities.map { "${it.title}: ${record().progress(it.key).completedAt ?: "not yet"}" }
        module.title to (listOf("Module ${module.title}") + done).joinToString("\n")
    }
    is SignOffSubject.Sessions -> sessions(subject.ids)
}

private fun FakePhone.sessions(ids: List<ItemId>): Pair<String, String> {
    if (ids.isEmpty()) refused(InputField.SIGN_OFF, "sign-off: name the sessions that are to be signed")
    val (all, aside) = record().shown.run { sessions.associate { it.id to it.session } to takenBack.map { it.id } }
    ids.find { it !in all && it !in aside }?.let { throw notFound(Noun.LEARNING_SESSION, it.value) }
    val sessions = ids.distinct().mapNotNull { all[it] }.sortedBy { it.start }
    val lines = sessions.map { "${day(it.start)} · ${it.minutes} min · ${it.kind.name.lowercase()} · ${it.title}" }
    val days = sessions.map { day(it.start) }.distinct().let { listOfNotNull(it.firstOrNull(), it.drop(1).lastOrNull()) }
    val first = sessions.firstOrNull()?.title.orEmpty()
    val title = when (sessions.size) {
        1 -> "Learning session of ${days.joinToString()}: $first"
        else -> "${sessions.size} learning sessions of ${days.joinToString(" to ")}: $first and others"
    }
    return title to lines.joinToString("\n")
}

private fun reflected(title: String, answers: Map<String, String>): String {
    val said = answers.filterValues { it.isNotEmpty() }.toSortedMap().map { (prompt, text) -> "\n$prompt\n$text" }
    return (listOf(title) + said).joinToString("\n")
}
