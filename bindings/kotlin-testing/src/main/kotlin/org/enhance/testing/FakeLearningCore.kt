package org.enhance.testing

import java.time.Instant
import kotlin.time.Duration
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.onSubscription
import org.enhance.core.*

/**
 * A core in memory, for screens, previews and tests of view models: no native library, no file, no
 * network, and everything takes no time.
 *
 * It keeps what the person writes, tells what changes and refuses what is not there or cannot be, as
 * `LearningCore` does. It is simpler in this: an edit takes the place of what a field said instead
 * of being merged with it, search looks for the words as they stand, a text has one author, and the
 * server takes all there is in one [sync]. It finds the plainest identifiers only, counts the learning
 * log by the foundation programme's figures, and its sign-offs, pages and exports are known again by
 * the fakes beside it and by no other core.
 *
 * Begin with a [person] of null for a device on which none is enrolled. With [coreOf] others take
 * part. Of the [programme] it knows what is handed in, with the text of its [pages] by their keys.
 */
public class FakeLearningCore private constructor(
    private val phone: FakePhone,
    private val pages: Map<String, String>,
    private val projects: FakeProjects,
) : LearningCoreApi,
    LearningCoreAccount by FakeAccount(phone),
    LearningCoreProjects by projects,
    LearningCoreJoining by FakeJoining(phone),
    LearningCoreRecord by FakePersonalRecord(phone),
    LearningCoreSignOffs by FakeSignOffs(phone),
    LearningCoreReview by FakeReview(phone),
    LearningCoreAttachments by FakeAttachments(phone),
    LearningCoreAnswers by FakeAnswers(phone),
    LearningCoreInbox by FakeInbox(phone),
    LearningCoreTickets by FakeTickets(phone) {
    private val memory = phone.memory
    private val programme = FakeProgramme(phone, pages)
    private var synced: Instant? = null
    private var conditions = Conditions(online = true, metered = false, foreground = true)

    /** What every call ends with until this is null again; none of them does anything then. */
    public var failure: CoreException? by phone::failure

    public constructor(
        person: Person? = ANA,
        people: List<Person> = listOf(ANA, BEN, CARA),
        programme: Programme? = null,
        pages: Map<String, String> = emptyMap(),
        now: () -> Instant = Instant::now,
    ) : this(FakePhone(person, people, programme, now, Memory(now)), pages)

    private constructor(phone: FakePhone, pages: Map<String, String>) : this(phone, pages, FakeProjects(phone))

    /**
     * The core of another person, on a phone of their own: what one of them does is at once on the
     * phones of all whom it concerns.
     */
    public fun coreOf(other: Person): FakeLearningCore =
        FakeLearningCore(FakePhone(other, phone.people, phone.programme, phone.now, memory), pages)

    /** Lets somebody open the ticket of a link of this memory, and say something as its holder. */
    public fun holder(link: String, name: String): FakeHolder = FakeHolder(phone, link, name)

    /** Shows on a plan a field that two people set at once. Whoever sets it again settles it. */
    public fun dispute(plan: DocumentId, field: Disagreement): Unit = projects.dispute(plan, field)

    // Opened and closed

    override suspend fun suspendCore() {
        phone.asleep = true
    }

    override suspend fun resumeCore() {
        if (phone.ended != null) phone.refuse()
        phone.asleep = false
        phone.told.tryEmit(Changes(Topic.entries.map { TopicChange(it, emptyList()) }))
    }

    override fun close(): Unit = phone.leave(CoreException.Suspended("closed", "the core is closed; open it again"))

    // What changes

    override val changes: Flow<Changes> get() = phone.told.onEach { phone.ended?.let { throw it } }

    override fun <T> watch(vararg topics: Topic, read: suspend LearningCoreApi.() -> T): Flow<T> = phone.told
        .onSubscription { emit(Changes(topics.map { TopicChange(it, emptyList()) })) }
        .filter { changes -> changes.topics.any { it.topic in topics } }
        .conflate()
        .mapNotNull { if (phone.asleep && phone.ended == null) null else Read(read()) }
        .map { it.value }
        .distinctUntilChanged()

    private class Read<T>(val value: T)

    // What a person types

    override fun typing(id: DocumentId, field: DraftField, base: Version, pause: Duration?): Typing =
        FakeTyping(id, field, save = { save(id, field, base, it) }, settled = { settled(id) })

    override suspend fun autosave(id: DocumentId, field: DraftField, base: Version, text: String): Unit =
        save(id, field, base, text)

    override suspend fun settle(id: DocumentId): Version = settled(id)

    private fun save(id: DocumentId, field: DraftField, base: Version, text: String): Unit =
        asked(Topic.DRAFTS, id) {
            val kept = here<Kept<*>>(id)
            (kept as? KeptProject)?.members?.require(me(), Right.EDIT, "changing this document")
            kept.drafts(me())[field] = DraftView(field, base, text, now())
            field.tooLong(text, templateOf(kept))?.let { throw it }
        }

    private fun settled(id: DocumentId): Version =
        asked(Topic.DOCUMENTS, id) { here<Kept<*>>(id).let { memory.settle(it, me(), templateOf(it)) } }

    private fun templateOf(kept: Kept<*>) = (kept as? KeptReflection)?.let { phone.template(it.content.template) }

    override suspend fun unsettled(): List<DocumentId> =
        asked { all<Kept<*>>().filter { it.drafts(me()).isNotEmpty() }.map { it.id } }

    // The programme and this person's way through it

    override suspend fun programme(): Programme? = asked { phone.programme }

    override suspend fun modules(): List<ModuleSummary> = asked { programme.modules() }

    override suspend fun module(key: String): ModuleView = asked { programme.module(key) }

    override suspend fun page(key: String): PageView = asked { programme.page(key) }

    override suspend fun templates(): List<Template> = asked { phone.programme?.templates.orEmpty() }

    override suspend fun startActivity(key: String): Unit = asked(Topic.DOCUMENTS) {
        programme.moduleWith(key)
        phone.note(listOf(RecordEdit.Start(key, now())))
    }

    override suspend fun completeActivity(key: String): Unit =
        asked(Topic.DOCUMENTS) { phone.complete(key, evidence = null, reason = "") }

    override suspend fun addSession(session: NewSession): ItemId =
        asked(Topic.DOCUMENTS) {
            val noted = session.run {
                LearningSession(title, activity, programme.moduleOf(module, activity), start, minutes, kind)
            }
            memory.newItem().also { phone.note(noted.adding(it)) }
        }

    override suspend fun removeSession(id: ItemId): Unit =
        asked(Topic.DOCUMENTS) { phone.note(listOf(RecordEdit.TakeBack(Noun.LEARNING_SESSION, id, now()))) }

    override suspend fun learningLog(): LearningLog = asked { phone.log(phone.record().shown.trainingYear(phone.today)) }

    override suspend fun packs(): List<PackState> = asked {
        listOfNotNull(phone.programme).map { PackState(it.key, PACK, PACK, bytes = 0, bytesMissing = 0) }
    }

    override suspend fun updatePack(key: String, onProgress: OnProgress): PackUpdate = asked(Topic.PACKS) {
        if (phone.programme?.key != key) throw notFound(Noun.PACK, key)
        PackUpdate(key, before = PACK, version = PACK, bytes = 0)
    }

    override suspend fun media(resource: String): MediaView = asked { programme.media(resource) }

    /** There are no files in memory: the answer is none for everything an activity uses. */
    override suspend fun mediaBytes(resource: String): ByteArray? = asked { programme.media(resource).let { null } }

    override suspend fun fetchMedia(resource: String, onProgress: OnProgress): String =
        asked { throw notFound(Noun.FILE, resource) }

    // Reflections

    override suspend fun createReflection(template: String, title: String, promptedBy: String?): DocumentId =
        asked(Topic.DOCUMENTS) {
            if (phone.programme != null && phone.template(template) == null) throw notFound(Noun.TEMPLATE, template)
            listOf(title, promptedBy).forEach { refuseLong(it, isShort = true) }
            promptedBy?.let(phone::refuseUnasked)
            val kept = KeptReflection(memory.newId(), me())
            val version = phone.template(template)?.version ?: TemplateVersion(1)
            memory.write(kept, newReflection(title, template, version, promptedBy, now()), me())
            kept.id
        }

    override suspend fun reflections(after: ListPosition?, limit: Int): Portion<DocumentSummary> =
        asked { summaries<KeptReflection>().after(after).portion(limit) }

    override suspend fun reflection(id: DocumentId): ReflectionView = asked {
        val (kept, me) = here<KeptReflection>(id) to me()
        val shown = kept.withDrafts(me)
        val (template, drafts) = phone.template(shown.template) to kept.drafts(me).values.toList()
        ReflectionView(id, shown, template, drafts, kept.version, kept.status(me), readersOf(kept))
    }

    override suspend fun editReflection(id: DocumentId, base: Version?, edits: List<ReflectionEdit>): Version =
        asked(Topic.DOCUMENTS, id) {
            val kept = here<KeptReflection>(id)
            edits.forEach { phone.refuse(it, kept.content) }
            memory.write(kept, edits.fold(kept.content) { reflection, edit -> reflection.edited(edit) }, me())
        }

    override suspend fun shareReflection(id: DocumentId, with: PersonId): DocumentId =
        asked(Topic.DOCUMENTS, id) { phone.share(id, with, acknowledged = null).id }

    override suspend fun checkBeforeSharing(id: DocumentId): SharingCheck = asked { phone.check(id) }

    override suspend fun shareReflectionAcknowledged(
        id: DocumentId,
        with: PersonId,
        acknowledged: Sha256,
    ): DocumentId = asked(Topic.DOCUMENTS, id) { phone.share(id, with, acknowledged).id }

    override suspend fun sharedWithMe(): List<DocumentSummary> =
        asked { all<KeptCopy>().filter { it.owner != me() }.map { it.summary(me()) } }

    override suspend fun sharedByMe(): List<DocumentSummary> =
        asked { all<KeptCopy>().filter { it.owner == me() }.map { it.summary(me()) } }

    override suspend fun sharedReflection(id: DocumentId): SharedView = asked {
        val kept = here<KeptCopy>(id)
        SharedView(id, kept.content, phone.template(kept.content.template), kept.owner, kept.version, kept.status(me()))
    }

    // Every kind of document

    override suspend fun delete(id: DocumentId): Unit = asked(Topic.DOCUMENTS, id) {
        val kept = here<Kept<*>>(id)
        phone.requireDeletable(kept)
        phone.delete(kept)
    }

    override suspend fun status(id: DocumentId): DocumentStatus = asked { here<Kept<*>>(id).status(me()) }

    override suspend fun readers(id: DocumentId): List<Reader> = asked { readersOf(here<Kept<*>>(id)) }

    override suspend fun markSeen(id: DocumentId): Unit = asked(Topic.STATUS, id) {
        val kept = here<Kept<*>>(id)
        if (kept.owner != me()) kept.see(me(), now())
    }

    private fun readersOf(kept: Kept<*>): List<Reader> = when (kept) {
        is KeptProject -> kept.members.present.map { Reader(it.person, it.right, kept.id, kept.seen(it.person)) }
        is KeptCopy -> listOf(owner(kept)) +
            listOf(kept.reader).filter { !kept.isPutAway }.map { Reader(it, Right.READ, kept.id, kept.seen(it)) }
        is KeptRequest -> listOf(owner(kept)) +
            listOfNotNull(kept.asked).filter { !kept.isPutAway }.map { Reader(it, Right.COMMENT, kept.id, kept.seen(it)) }
        is KeptSignOff -> readersOf(kept.request)
        is KeptReflection -> kept.content.copies
            .map { Reader(phone.person(it.with), Right.READ, it.document, seen = null) }
            .let { listOf(owner(kept)) + it }
    }

    private fun owner(kept: Kept<*>) = Reader(kept.owner, Right.OWN, kept.id, seen = null)

    override suspend fun search(query: String, offset: Int, limit: Int, order: SearchOrder): Portion<Hit> = asked {
        if (query.isBlank()) return@asked emptyList<Hit>().portion(limit)
        all<Kept<*>>().mapNotNull { it.hit(query.trim(), me()) }.portion(limit, offset)
    }

    override suspend fun quarantined(): List<QuarantineSummary> = asked { phone.quarantined() }

    override suspend fun quarantinedItem(id: QuarantineId): QuarantineView = asked { phone.quarantinedItem(id) }

    override suspend fun replay(id: QuarantineId): Version = asked(Topic.QUARANTINE) { phone.replay(id) }

    override suspend fun dismiss(id: QuarantineId): Unit = asked(Topic.QUARANTINE) { phone.dismiss(id) }

    /**
     * Does as if the server had refused the newest change of a document with a code such as `part_full`
     * or `not_published`, and says which refused work that is.
     */
    public fun refuse(document: DocumentId, code: String = "not_granted", explanation: String = ""): QuarantineId =
        asked(Topic.QUARANTINE, document) { phone.refuse(document, code, explanation) }

    /** Somebody leaves the programme: nothing is shared with them any more, and their next sync says so. */
    public fun leaves(person: PersonId): Unit = asked(Topic.PEOPLE) {
        phone.person(person)
        memory.left += person
    }

    // The network

    override suspend fun sync(budget: Budget, onProgress: OnProgress): SyncReport {
        val pushed = asked(Topic.STATUS) {
            me()
            if (!conditions.online) throw OFFLINE
            if (me().id in memory.left) throw HAS_LEFT
            synced = now()
            waiting().also { send() }
        }
        phone.tell(listOf(Topic.SYNC, Topic.MEMBERS), emptyList())
        onProgress(SyncProgress.Exchanged(pushed, pulled = 0, more = false))
        return SyncReport(
            roundTrips = 1, bytesUp = 0, bytesDown = 0, pushed = pushed, duplicates = 0, pulled = 0,
            brought = 0, notBrought = 0, quarantined = 0, held = 0, waiting = 0, uploaded = 0, uploadsWaiting = 0, more = false,
            nextAllowedIn = Duration.ZERO,
        )
    }

    override suspend fun keepInSync(): Nothing {
        watch(Topic.DOCUMENTS, Topic.SYNC) { syncState().waitingEntries }.collect { waiting ->
            if (waiting > 0 && conditions.online) sync()
        }
        error("changes never end")
    }

    override suspend fun setConditions(conditions: Conditions): Unit =
        asked(Topic.SYNC) { this.conditions = conditions }

    override suspend fun syncState(): SyncState = asked {
        SyncState(
            synced, OFFLINE.takeIf { !conditions.online }, failedAt = null, conditions.online, syncing = false,
            nextAttempt = null, waitingEntries = waiting(), waitingDocuments = waitingDocuments(), heldDocuments = 0,
            attachments = files().size, attachmentsStored = files().count { it.isStored }, attachmentsRefused = 0,
        )
    }

    override suspend fun heldBy(id: DocumentId): Obstacle? = asked { here<Kept<*>>(id).let { null } }

    private fun waitingDocuments(): Int {
        val me = phone.account?.person ?: return 0
        return all<Kept<*>>().count { it.waiting(me) > 0 } + if (phone.record().waiting > 0) 1 else 0
    }

    private fun waiting() = all<Kept<*>>().sumOf { it.waiting(me()) } + phone.record().waiting

    private fun files() = memory.files.values.filter { it.owner == me().id }

    private fun send() {
        phone.record().send()
        files().forEach { it.isStored = true }
        memory.nudges.filter { it.by.id == me().id }.forEach { it.isSent = true }
        memory.documents.values.forEach { (it as? KeptProject)?.members?.arrive(me()) }
        for (kept in all<Kept<*>>()) {
            kept.send(me())
            (kept as? KeptProject)?.members?.confirm()
        }
    }

    // What is here for this person

    private inline fun <reified K : Kept<*>> here(id: DocumentId): K = phone.here(id)

    private inline fun <reified K : Kept<*>> all(): List<K> = phone.all()

    private inline fun <reified K : Kept<*>> summaries(): List<DocumentSummary> = all<K>().map { it.summary(me()) }

    private fun me(): Person = phone.me()

    private fun now(): Instant = phone.now()

    private fun <T> asked(topic: Topic, document: DocumentId? = null, work: () -> T): T =
        phone.asked(topic, document, work)

    private fun <T> asked(work: () -> T): T = phone.asked(work)

    private companion object {
        val PACK = PackVersion(1)
        val HAS_LEFT =
            CoreException.Refused("has_left", "you have left the programme; what is here stays readable")
        val OFFLINE = CoreException.Offline(
            Obstacle.NoRoute, Errand.SYNCING, "offline", "the server cannot be reached; everything is kept on this device",
        )
    }
}
