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
import kotlinx.coroutines.flow.onSubscription
import org.enhance.core.*

/**
 * A core in memory, for screens, previews and tests of view models: no native library, no file, no
 * network, and everything takes no time.
 *
 * It keeps what the person writes, tells what changes and refuses what is not there, as
 * `LearningCore` does. It is simpler in this: an edit takes the place of what a field said instead
 * of being merged with it, search looks for the words as they stand, a text has one author, and the
 * server takes all there is in one [sync].
 *
 * Begin with a [person] of null for a device on which none is enrolled. With [coreOf] others take
 * part. Of the [programme] it knows what is handed in, with the text of its [pages] by their keys.
 */
public class FakeLearningCore private constructor(
    person: Person?,
    private val people: List<Person>,
    private val programme: Programme?,
    private val pages: Map<String, String>,
    private val now: () -> Instant,
    private val memory: Memory,
) : LearningCoreApi {
    private val record = FakeRecord(programme, pages, now)
    private val plans = FakePlans(memory, this::me, this::person, now)
    private val told =
        MutableSharedFlow<Changes>(extraBufferCapacity = 1_000, onBufferOverflow = BufferOverflow.DROP_OLDEST)
    private var account: Account? = person?.let(::account)
    private var synced: Instant? = null
    private var conditions = Conditions(online = true, metered = false, foreground = true)
    private var asleep = false
    private var closed = false

    /** What every call ends with until this is null again; none of them does anything then. */
    public var failure: CoreException? = null

    public constructor(
        person: Person? = ANA,
        people: List<Person> = listOf(ANA, BEN, CARA),
        programme: Programme? = null,
        pages: Map<String, String> = emptyMap(),
        now: () -> Instant = Instant::now,
    ) : this(person, people, programme, pages, now, Memory(now))

    init {
        synchronized(memory) { memory.told += told }
    }

    /**
     * The core of another person, on a phone of their own: what one of them does is at once on the
     * phones of all whom it concerns.
     */
    public fun coreOf(other: Person): FakeLearningCore =
        FakeLearningCore(other, people, programme, pages, now, memory)

    /** Shows on a plan a field that two people set at once. Whoever sets it again settles it. */
    public fun dispute(plan: DocumentId, field: Disagreement): Unit =
        asked(Topic.DOCUMENTS, plan) { plans.dispute(plan, field) }

    // Opened and closed

    override suspend fun suspendCore() {
        asleep = true
    }

    override suspend fun resumeCore() {
        if (closed) refuse()
        asleep = false
        told.tryEmit(Changes(Topic.entries.map { TopicChange(it, emptyList()) }))
    }

    override fun close() {
        closed = true
        asleep = true
    }

    // What changes

    override val changes: Flow<Changes> get() = told

    override fun <T> watch(vararg topics: Topic, read: suspend LearningCoreApi.() -> T): Flow<T> = told
        .onSubscription { emit(Changes(topics.map { TopicChange(it, emptyList()) })) }
        .filter { changes -> changes.topics.any { it.topic in topics } }
        .conflate()
        .mapNotNull { if (asleep && !closed) null else Read(read()) }
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
        }

    private fun settled(id: DocumentId): Version =
        asked(Topic.DOCUMENTS, id) { memory.settle(here<Kept<*>>(id), me()) }

    override suspend fun unsettled(): List<DocumentId> =
        asked { all<Kept<*>>().filter { it.drafts(me()).isNotEmpty() }.map { it.id } }

    // Whose device this is

    override suspend fun account(): Account? = asked { account }

    override suspend fun people(): List<Person> = asked { people }

    override suspend fun enrol(server: String, invitation: String, deviceName: String): Enrolment =
        asked(Topic.ACCOUNT) {
            if (account != null) notAllowed("this device is enrolled already", "already_enrolled")
            Enrolment(account(people.first()).also { account = it }, recoveryKey = "FAKE-FAKE-FAKE-FAKE")
        }

    override suspend fun inviteDevice(): String = asked { "FAKE-0000".also { me() } }

    override suspend fun useRecoveryKey(typed: String): Unit = asked { me() }

    private fun me(): Person = account?.person
        ?: throw CoreException.SignInNeeded(neverEnrolled = true, "not_enrolled", NOT_ENROLLED)

    private fun person(id: PersonId): Person =
        people.find { it.id == id } ?: throw notFound(Noun.PERSON, id.value)

    // The programme and this person's way through it

    override suspend fun programme(): Programme? = asked { programme }

    override suspend fun modules(): List<ModuleSummary> = asked { record.modules() }

    override suspend fun module(key: String): ModuleView = asked { record.module(key) }

    override suspend fun page(key: String): PageView = asked { record.page(key) }

    override suspend fun templates(): List<Template> = asked { programme?.templates.orEmpty() }

    override suspend fun startActivity(key: String): Unit = asked(Topic.DOCUMENTS) { record.start(key) }

    override suspend fun completeActivity(key: String): Unit = asked(Topic.DOCUMENTS) { record.complete(key) }

    override suspend fun addSession(session: NewSession): ItemId =
        asked(Topic.DOCUMENTS) { memory.newItem().also { record.add(it, session) } }

    override suspend fun removeSession(id: ItemId): Unit = asked(Topic.DOCUMENTS) { record.remove(id) }

    override suspend fun learningLog(): LearningLog = asked { record.log() }

    override suspend fun packs(): List<PackState> = asked {
        listOfNotNull(programme).map { PackState(it.key, PACK, PACK, bytes = 0, bytesMissing = 0) }
    }

    override suspend fun updatePack(key: String, onProgress: OnProgress): PackUpdate = asked(Topic.PACKS) {
        if (programme?.key != key) throw notFound(Noun.PACK, key)
        PackUpdate(key, before = PACK, version = PACK, bytes = 0)
    }

    override suspend fun media(resource: String): MediaView = asked { record.media(resource) }

    override suspend fun fetchMedia(resource: String, onProgress: OnProgress): String =
        asked { throw notFound(Noun.FILE, resource) }

    // Reflections

    override suspend fun createReflection(template: String, title: String, promptedBy: String?): DocumentId =
        asked(Topic.DOCUMENTS) {
            val kept = KeptReflection(memory.newId(), me())
            val version = template(template)?.version ?: TemplateVersion(1)
            memory.write(kept, newReflection(title, template, version, promptedBy, now()), me())
            kept.id
        }

    override suspend fun reflections(after: ListPosition?, limit: Int): List<DocumentSummary> =
        asked { summaries<KeptReflection>().after(after).take(limit) }

    override suspend fun reflection(id: DocumentId): ReflectionView = asked {
        val (kept, me) = here<KeptReflection>(id) to me()
        val shown = kept.withDrafts(me)
        val (template, drafts) = template(shown.template) to kept.drafts(me).values.toList()
        ReflectionView(id, shown, template, drafts, kept.version, kept.status(me), readersOf(kept))
    }

    override suspend fun editReflection(id: DocumentId, base: Version?, edits: List<ReflectionEdit>): Version =
        asked(Topic.DOCUMENTS, id) {
            val kept = here<KeptReflection>(id)
            memory.write(kept, edits.fold(kept.content) { reflection, edit -> reflection.edited(edit) }, me())
        }

    override suspend fun shareReflection(id: DocumentId, with: PersonId): DocumentId =
        asked(Topic.DOCUMENTS, id) {
            val kept = here<KeptReflection>(id)
            val copy = KeptCopy(memory.newId(), me(), person(with))
            memory.settle(kept, me())
            val text = kept.content
            memory.write(
                copy,
                SharedReflection(text.title, text.template, text.templateVersion, text.answers, text.tags, now()),
                me(),
            )
            memory.write(kept, text.copy(copies = text.copies + SharedCopy(copy.id, with, now())), me())
            copy.id
        }

    /** The fake looks for nothing, and so finds nothing. */
    override suspend fun checkBeforeSharing(id: DocumentId): SharingCheck = asked {
        SharingCheck(id, emptyList(), 0, emptyList(), Sha256("0".repeat(64)))
    }

    override suspend fun shareReflectionAcknowledged(
        id: DocumentId,
        with: PersonId,
        acknowledged: Sha256,
    ): DocumentId = shareReflection(id, with)

    override suspend fun sharedWithMe(): List<DocumentSummary> =
        asked { all<KeptCopy>().filter { it.owner != me() }.map { it.summary(me()) } }

    override suspend fun sharedByMe(): List<DocumentSummary> =
        asked { all<KeptCopy>().filter { it.owner == me() }.map { it.summary(me()) } }

    override suspend fun sharedReflection(id: DocumentId): SharedView = asked {
        val kept = here<KeptCopy>(id)
        SharedView(id, kept.content, template(kept.content.template), kept.owner, kept.version, kept.status(me()))
    }

    private fun template(key: String): Template? = programme?.templates?.find { it.key == key }

    // Change projects

    override suspend fun createProject(title: String, topic: String, setting: String): DocumentId =
        asked(Topic.DOCUMENTS) { plans.create(title, topic, setting) }

    override suspend fun createProjectFrom(recipe: RecipeSource, title: String, setting: String): DocumentId =
        asked(Topic.DOCUMENTS) { plans.createFrom(recipe, title, setting) }

    /** There is no pack with recipes in memory: this is always empty. */
    override suspend fun recipes(): List<RecipeSummary> = asked { emptyList() }

    /** A plan as a text that this fake, and those of others beside it, make a plan of again. */
    override suspend fun recipe(id: DocumentId): String = asked { plans.recipe(id) }

    /** The values alone: without lines, rules or a picture. */
    override suspend fun chart(id: DocumentId, measure: ItemId, width: Int): ChartView =
        asked { plans.plan(id).chart(measure) ?: throw notFound(Noun.MEASURE, measure.value) }

    /** A page that this fake, and those of others beside it, know again. */
    override suspend fun projectPage(id: DocumentId): String = asked { plans.page(id) }

    override suspend fun verifyPage(html: String): PageVerdict = asked { plans.verify(html) }

    override suspend fun planChecks(id: DocumentId): List<PlanCheck> = asked { plans.plan(id).checks() }

    override suspend fun projects(after: ListPosition?, limit: Int): List<DocumentSummary> =
        asked { summaries<KeptProject>().after(after).take(limit) }

    override suspend fun project(id: DocumentId): ProjectView = asked { plans.view(id) }

    override suspend fun editProject(id: DocumentId, base: Version?, edits: List<ProjectEdit>): Version =
        asked(Topic.DOCUMENTS, id) { plans.edit(id, edits) }

    override suspend fun tick(project: DocumentId, tally: ItemId, numerator: Int, denominator: Int): ObservedValue =
        asked(Topic.DOCUMENTS, project) { plans.tick(project, tally, numerator, denominator) }

    override suspend fun newItemId(): ItemId = asked { memory.newItem() }

    override suspend fun comment(project: DocumentId, body: String, anchor: String): ItemId =
        asked(Topic.DOCUMENTS, project) { plans.comment(project, body, anchor) }

    override suspend fun editComments(project: DocumentId, edits: List<CommentEdit>): Unit =
        asked(Topic.DOCUMENTS, project) { plans.editComments(project, edits) }

    override suspend fun addMember(project: DocumentId, person: PersonId, right: Right): Unit =
        asked(Topic.MEMBERS, project) { plans.addMember(project, person, right) }

    override suspend fun removeMember(project: DocumentId, person: PersonId): Unit =
        asked(Topic.MEMBERS, project) { plans.removeMember(project, person) }

    override suspend fun offerOwnership(project: DocumentId, person: PersonId): Unit =
        asked(Topic.MEMBERS, project) { plans.offer(project, person) }

    override suspend fun acceptOwnership(project: DocumentId): Unit =
        asked(Topic.MEMBERS, project) { plans.accept(project) }

    override suspend fun leaveProject(project: DocumentId): Unit =
        asked(Topic.MEMBERS, project) { plans.leave(project) }

    override suspend fun deleteForEverybody(project: DocumentId): Unit =
        asked(Topic.DOCUMENTS, project) { plans.deleteForEverybody(project) }

    override suspend fun history(id: DocumentId): List<HistoryView> = asked { plans.history(id) }

    override suspend fun sittings(id: DocumentId, before: Version?, limit: Int): List<SittingView> =
        asked { plans.sittings(id, before, limit) }

    override suspend fun projectAt(id: DocumentId, version: Version): ChangeProject = asked { plans.at(id, version) }

    override suspend fun textAuthors(id: DocumentId, field: TextField): List<TextPart> =
        asked { plans.textAuthors(id, field) }

    override suspend fun fieldAuthors(id: DocumentId): Map<String, Person?> = asked { plans.fieldAuthors(id) }

    // Every kind of document

    override suspend fun delete(id: DocumentId): Unit = asked(Topic.DOCUMENTS, id) {
        val kept = here<Kept<*>>(id)
        if (kept.owner != me()) notAllowed("only its owner can delete a document")
        val others = (kept as? KeptProject)?.members?.all.orEmpty().map { it.person }.filter { it != me() }
        if (others.isNotEmpty()) notAllowed("${others.joinToString { it.name }} can read this plan", "still_read")
        memory.delete(kept)
    }

    override suspend fun status(id: DocumentId): DocumentStatus = asked { here<Kept<*>>(id).status(me()) }

    override suspend fun readers(id: DocumentId): List<Reader> = asked { readersOf(here<Kept<*>>(id)) }

    override suspend fun markSeen(id: DocumentId): Unit = asked(Topic.STATUS, id) {
        val kept = here<Kept<*>>(id)
        if (kept.owner != me()) kept.see(me(), now())
    }

    private fun readersOf(kept: Kept<*>): List<Reader> = when (kept) {
        is KeptProject -> kept.members.all.map { Reader(it.person, it.right, kept.id, kept.seen(it.person)) }
        is KeptCopy -> listOf(owner(kept), Reader(kept.reader, Right.READ, kept.id, kept.seen(kept.reader)))
        is KeptReflection -> kept.content.copies
            .map { Reader(person(it.with), Right.READ, it.document, seen = null) }
            .let { listOf(owner(kept)) + it }
    }

    private fun owner(kept: Kept<*>) = Reader(kept.owner, Right.OWN, kept.id, seen = null)

    override suspend fun search(query: String, offset: Int, limit: Int, order: SearchOrder): List<Hit> = asked {
        if (query.isBlank()) return@asked emptyList()
        all<Kept<*>>().mapNotNull { it.hit(query.trim(), me()) }.drop(offset).take(limit)
    }

    override suspend fun quarantined(): List<QuarantineSummary> = asked { emptyList() }

    override suspend fun quarantinedItem(id: QuarantineId): QuarantineView = asked { throw noRefused(id) }

    override suspend fun replay(id: QuarantineId): Version = asked { throw noRefused(id) }

    override suspend fun dismiss(id: QuarantineId): Unit = asked { throw noRefused(id) }

    private fun noRefused(id: QuarantineId) = notFound(Noun.QUARANTINED, id.toString())

    override suspend fun export(): String = asked { exported(all<Kept<*>>()) { it.texts(me()) } }

    // The network

    override suspend fun sync(budget: Budget, onProgress: OnProgress): SyncReport {
        val pushed = asked(Topic.STATUS) {
            me()
            if (!conditions.online) throw OFFLINE
            synced = now()
            waiting().also { send() }
        }
        tell(listOf(Topic.SYNC, Topic.MEMBERS), emptyList())
        onProgress(SyncProgress.Exchanged(pushed, pulled = 0, more = false))
        return SyncReport(
            roundTrips = 1, bytesUp = 0, bytesDown = 0, pushed = pushed, duplicates = 0, pulled = 0,
            brought = 0, notBrought = 0, quarantined = 0, waiting = 0, more = false,
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
        SyncState(synced, OFFLINE.takeIf { !conditions.online }, nextAttempt = null, waitingEntries = waiting())
    }

    private fun waiting() = all<Kept<*>>().sumOf { it.waiting(me()) }

    private fun send() {
        for (kept in all<Kept<*>>()) {
            kept.send(me())
            (kept as? KeptProject)?.members?.confirm()
        }
    }

    // What is here for this person

    private inline fun <reified K : Kept<*>> here(id: DocumentId): K = memory.of(id, account?.person)

    private inline fun <reified K : Kept<*>> all(): List<K> = memory.all(account?.person)

    private inline fun <reified K : Kept<*>> summaries(): List<DocumentSummary> = all<K>().map { it.summary(me()) }

    // How every call begins and ends

    private fun <T> asked(topic: Topic, document: DocumentId? = null, work: () -> T): T =
        asked(work).also { tell(listOf(topic), listOfNotNull(document)) }

    private fun <T> asked(work: () -> T): T = synchronized(memory) {
        refuse()
        work()
    }

    private fun refuse() {
        if (asleep) throw CoreException.Suspended("suspended", "the core is suspended; resume it first")
        failure?.let { throw it }
    }

    /** Tells everybody: what one of them did may be on the screens of the others. */
    private fun tell(topics: List<Topic>, documents: List<DocumentId>) {
        val changes = Changes(topics.map { TopicChange(it, documents) })
        synchronized(memory) { memory.told.toList() }.forEach { it.tryEmit(changes) }
    }

    private companion object {
        val PACK = PackVersion(1)
        const val NOT_ENROLLED = "nobody is enrolled here yet; enrol with an invitation"
        val OFFLINE = CoreException.Offline(
            "offline", "the server cannot be reached; everything is kept on this device",
        )
    }
}
