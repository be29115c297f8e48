package org.enhance.testing

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
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
 * Begin with a [person] of null for a device on which none is enrolled. Of the [programme] it knows
 * what is handed in, with the text of its pages by their keys.
 */
public class FakeLearningCore(
    person: Person? = ANA,
    private val people: List<Person> = listOf(ANA, BEN, CARA),
    private val programme: Programme? = null,
    pages: Map<String, String> = emptyMap(),
    private val now: () -> Instant = Instant::now,
) : LearningCoreApi {
    private val lock = Any()
    private val memory = Memory(now)
    private val record = FakeRecord(programme, pages, now)
    private val told =
        MutableSharedFlow<Changes>(extraBufferCapacity = 1_000, onBufferOverflow = BufferOverflow.DROP_OLDEST)
    private var account: Account? = person?.let(::account)
    private var synced: Instant? = null
    private var conditions = Conditions(online = true, metered = false, foreground = true)
    private var asleep = false
    private var closed = false

    /** What every call ends with until this is null again; none of them does anything then. */
    public var failure: CoreException? = null

    /** Puts a reflection that another person has shared among those that are [sharedWithMe]. */
    public fun receive(copy: SharedReflection, from: Person): DocumentId = asked(Topic.DOCUMENTS) {
        val kept = KeptCopy(memory.newId(), from, me())
        memory.write(kept, copy)
        kept.sent = 1
        kept.id
    }

    /** Shows on a plan a field that two people set at once. Whoever sets it again settles it. */
    public fun dispute(plan: DocumentId, field: Disagreement): Unit = asked(Topic.DOCUMENTS, plan) {
        val kept = memory.of<KeptProject>(plan)
        memory.write(kept, kept.content.disputed(field))
    }

    // Opened and closed

    override suspend fun suspendCore() {
        asleep = true
    }

    override suspend fun resumeCore() {
        if (closed) refuse()
        asleep = false
        tell(Topic.entries, emptyList())
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
            memory.of<Kept<*>>(id).drafts[field] = DraftView(field, base, text, now())
        }

    private fun settled(id: DocumentId): Version =
        asked(Topic.DOCUMENTS, id) { memory.settle(memory.of<Kept<*>>(id)) }

    override suspend fun unsettled(): List<DocumentId> =
        asked { memory.documents.values.filter { it.drafts.isNotEmpty() }.map { it.id } }

    // Whose device this is

    override suspend fun account(): Account? = asked { account }

    override suspend fun people(): List<Person> = asked { people }

    override suspend fun enrol(server: String, invitation: String, deviceName: String): Enrolment =
        asked(Topic.ACCOUNT) {
            if (account != null) notAllowed("already_enrolled", "this device is enrolled already")
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
            memory.write(kept, newReflection(title, template, version, promptedBy, now()))
            kept.id
        }

    override suspend fun reflections(after: ListPosition?, limit: Int): List<DocumentSummary> =
        asked { memory.all<KeptReflection>().map { it.summary() }.after(after).take(limit) }

    override suspend fun reflection(id: DocumentId): ReflectionView = asked {
        val kept = memory.of<KeptReflection>(id)
        val shown = kept.withDrafts()
        val (template, drafts) = template(shown.template) to kept.drafts.values.toList()
        ReflectionView(id, shown, template, drafts, kept.version, kept.status(), readersOf(kept))
    }

    override suspend fun editReflection(id: DocumentId, base: Version?, edits: List<ReflectionEdit>): Version =
        asked(Topic.DOCUMENTS, id) {
            val kept = memory.of<KeptReflection>(id)
            memory.write(kept, edits.fold(kept.content) { reflection, edit -> reflection.edited(edit) })
        }

    override suspend fun shareReflection(id: DocumentId, with: PersonId): DocumentId =
        asked(Topic.DOCUMENTS, id) {
            val kept = memory.of<KeptReflection>(id)
            val copy = KeptCopy(memory.newId(), me(), person(with))
            memory.settle(kept)
            val text = kept.content
            memory.write(
                copy,
                SharedReflection(text.title, text.template, text.templateVersion, text.answers, text.tags, now()),
            )
            memory.write(kept, text.copy(copies = text.copies + SharedCopy(copy.id, with, now())))
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
        asked { memory.all<KeptCopy>().filter { it.owner != account?.person }.map { it.summary() } }

    override suspend fun sharedByMe(): List<DocumentSummary> =
        asked { memory.all<KeptCopy>().filter { it.owner == account?.person }.map { it.summary() } }

    override suspend fun sharedReflection(id: DocumentId): SharedView = asked {
        val kept = memory.of<KeptCopy>(id)
        SharedView(id, kept.content, template(kept.content.template), kept.owner, kept.version, kept.status())
    }

    private fun template(key: String): Template? = programme?.templates?.find { it.key == key }

    // Change projects

    override suspend fun createProject(title: String, topic: String, setting: String): DocumentId =
        asked(Topic.DOCUMENTS) {
            if (title.isBlank()) {
                val reason = "title: a plan needs one, so that others can find it"
                throw CoreException.InvalidInput(InputField.TITLE, "invalid_input", reason)
            }
            val kept = KeptProject(memory.newId(), me())
            kept.members += Member(me(), Right.OWN, confirmed = true)
            memory.write(kept, newProject(title, topic, setting, now()))
            kept.id
        }

    override suspend fun createProjectFrom(recipe: RecipeSource, title: String, setting: String): DocumentId {
        val begun = asked {
            when (recipe) {
                is RecipeSource.Pack -> throw notFound(Noun.RECIPE, recipe.v1)
                is RecipeSource.Text -> memory.recipes[recipe.v1]
            }
        } ?: throw CoreException.InvalidInput(InputField.RECIPE, "invalid_input", "this fake never made it")
        val id = createProject(title.ifBlank { begun.title }, begun.topic, setting)
        editProject(id, base = null, begun.recipe())
        return id
    }

    /** There is no pack with recipes in memory: this is always empty. */
    override suspend fun recipes(): List<RecipeSummary> = asked { emptyList() }

    /** A plan as a text that this fake, and no other, makes a plan of again. */
    override suspend fun recipe(id: DocumentId): String = asked {
        val text = "{\"recipe\":\"${memory.newItem()}\"}"
        text.also { memory.recipes[it] = memory.of<KeptProject>(id).content.shown }
    }

    /** The values alone: without lines, rules or a picture. */
    override suspend fun chart(id: DocumentId, measure: ItemId, width: Int): ChartView = asked {
        memory.of<KeptProject>(id).content.shown.chart(measure) ?: throw notFound(Noun.MEASURE, measure.value)
    }

    /** A page that this fake, and no other, knows again. */
    override suspend fun projectPage(id: DocumentId): String = asked {
        val kept = memory.of<KeptProject>(id)
        val html = "<!DOCTYPE html><title>${kept.title()}</title><p>${kept.version}</p>"
        html.also { memory.pages[it] = id to kept.versions.size }
    }

    override suspend fun verifyPage(html: String): PageVerdict = asked {
        val (plan, changes) = memory.pages[html]
            ?: throw CoreException.InvalidInput(InputField.PAGE, "invalid_input", "this is no page of a plan")
        val since = memory.of<KeptProject>(plan).versions.size - changes
        if (since == 0) PageVerdict.Agrees(plan) else PageVerdict.Outdated(plan, since)
    }

    override suspend fun planChecks(id: DocumentId): List<PlanCheck> =
        asked { memory.of<KeptProject>(id).content.shown.checks() }

    override suspend fun projects(after: ListPosition?, limit: Int): List<DocumentSummary> =
        asked { memory.all<KeptProject>().map { it.summary() }.after(after).take(limit) }

    override suspend fun project(id: DocumentId): ProjectView = asked {
        val kept = memory.of<KeptProject>(id)
        ProjectView(
            id, kept.withDrafts().shown, kept.drafts.values.toList(), kept.version, Right.OWN, kept.members.toList(),
            kept.offeredTo, kept.comments.shown, kept.status(),
        )
    }

    override suspend fun editProject(id: DocumentId, base: Version?, edits: List<ProjectEdit>): Version =
        asked(Topic.DOCUMENTS, id) {
            val kept = memory.of<KeptProject>(id)
            memory.write(kept, kept.content.with(edits, today()))
        }

    override suspend fun tick(project: DocumentId, tally: ItemId, numerator: Int, denominator: Int): ObservedValue =
        asked(Topic.DOCUMENTS, project) {
            val (kept, device) = memory.of<KeptProject>(project) to me().devices.first()
            val sheet = kept.content.shown.tallies.find { it.id == tally } ?: throw notFound(Noun.TALLY, tally.value)
            val ticked = sheet.tally.ticked(device, numerator, denominator)
            val ticks = ProjectEdit.Tally(tally, TallySheetEdit.Ticks(DeviceCount(device, ticked)))
            memory.write(kept, kept.content.with(listOf(ticks), today()))
            ticked
        }

    override suspend fun newItemId(): ItemId = asked { memory.newItem() }

    override suspend fun comment(project: DocumentId, body: String, anchor: String): ItemId =
        asked(Topic.DOCUMENTS, project) {
            val said = ProjectComment(body, anchor, now(), resolvedAt = null)
            val view = CommentView(memory.newItem(), me(), mine = true, said)
            memory.of<KeptProject>(project).comments.add(view)
            view.id
        }

    override suspend fun editComments(project: DocumentId, edits: List<CommentEdit>): Unit =
        asked(Topic.DOCUMENTS, project) {
            val comments = memory.of<KeptProject>(project).comments
            for (edit in edits) comments.change(edit)
        }

    override suspend fun addMember(project: DocumentId, person: PersonId, right: Right): Unit =
        asked(Topic.MEMBERS, project) {
            val (members, added) = memory.of<KeptProject>(project).members to person(person)
            members.removeAll { it.person.id == person }
            takeOfferBack(project, person)
            members += Member(added, right, confirmed = false)
        }

    override suspend fun removeMember(project: DocumentId, person: PersonId): Unit =
        asked(Topic.MEMBERS, project) {
            val gone = memory.of<KeptProject>(project).members.removeAll { it.person.id == person }
            takeOfferBack(project, person)
            if (!gone) throw notFound(Noun.MEMBER, person.value)
        }

    override suspend fun offerOwnership(project: DocumentId, person: PersonId): Unit =
        asked(Topic.MEMBERS, project) {
            val kept = memory.of<KeptProject>(project)
            val member = kept.members.find { it.person.id == person && it.right != Right.OWN }
            kept.offeredTo = member?.person ?: throw notFound(Noun.MEMBER, person.value)
        }

    /** Every plan here is one's own: nobody offers another. */
    override suspend fun acceptOwnership(project: DocumentId): Unit = asked {
        memory.of<KeptProject>(project)
        notAllowed("not_allowed", "nobody offers this plan to you")
    }

    /** Every plan here is one's own, and nobody leaves their own. */
    override suspend fun leaveProject(project: DocumentId): Unit = asked {
        memory.of<KeptProject>(project)
        notAllowed("not_allowed", "this plan is your own; hand it over or delete it")
    }

    override suspend fun deleteForEverybody(project: DocumentId): Unit =
        asked(Topic.DOCUMENTS, project) { memory.delete(memory.of<KeptProject>(project)) }

    private fun takeOfferBack(project: DocumentId, person: PersonId) {
        val kept = memory.of<KeptProject>(project)
        if (kept.offeredTo?.id == person) kept.offeredTo = null
    }

    override suspend fun history(id: DocumentId): List<HistoryView> = asked {
        memory.of<KeptProject>(id).run { versions.map { HistoryView(it.version, owner, owner.devices.first(), it.at) } }
    }

    /** Each change is a sitting of its own here. */
    override suspend fun sittings(id: DocumentId, before: Version?, limit: Int): List<SittingView> = asked {
        val kept = memory.of<KeptProject>(id)
        val told = kept.versions.takeWhile { it.version != before }.asReversed().take(limit)
        val (by, device) = kept.owner to kept.owner.devices.first()
        told.map { change ->
            val words = if (change === kept.versions.first()) "began the plan" else "changed the plan"
            SittingView(change.version, by, device, change.at, change.at, listOf(words))
        }
    }

    override suspend fun projectAt(id: DocumentId, version: Version): ChangeProject = asked {
        val past = memory.of<KeptProject>(id).versions.find { it.version == version }
        past?.content?.shown ?: throw CoreException.InvalidInput(InputField.VERSION, "invalid_input", "no such version")
    }

    override suspend fun textAuthors(id: DocumentId, field: TextField): List<TextPart> = asked {
        val kept = memory.of<KeptProject>(id)
        listOf(kept.content.shown.text(field)).filter { it.isNotEmpty() }.map { TextPart(kept.owner, it) }
    }

    override suspend fun fieldAuthors(id: DocumentId): Map<String, Person?> = asked {
        val owner = memory.of<KeptProject>(id).owner
        mapOf("title" to owner, "topic" to owner, "setting" to owner, "status" to owner)
    }

    // Every kind of document

    override suspend fun delete(id: DocumentId): Unit = asked(Topic.DOCUMENTS, id) {
        val kept = memory.of<Kept<*>>(id)
        if (kept.owner != account?.person) notAllowed("not_allowed", "only its owner can delete a document")
        if (kept is KeptProject && kept.members.size > 1) notAllowed("still_read", "others can read this plan")
        memory.delete(kept)
    }

    override suspend fun status(id: DocumentId): DocumentStatus = asked { memory.of<Kept<*>>(id).status() }

    override suspend fun readers(id: DocumentId): List<Reader> = asked { readersOf(memory.of<Kept<*>>(id)) }

    override suspend fun markSeen(id: DocumentId): Unit = asked(Topic.STATUS, id) {
        memory.of<Kept<*>>(id).seenBy += ReadReceipt(me(), now(), current = true)
    }

    private fun readersOf(kept: Kept<*>): List<Reader> = when (kept) {
        is KeptProject -> kept.members.map { Reader(it.person, it.right, kept.id, seen = null) }
        is KeptCopy -> listOf(owner(kept), Reader(kept.reader, Right.READ, kept.id, seen = null))
        is KeptReflection -> kept.content.copies
            .map { Reader(person(it.with), Right.READ, it.document, seen = null) }
            .let { listOf(owner(kept)) + it }
    }

    private fun owner(kept: Kept<*>) = Reader(kept.owner, Right.OWN, kept.id, seen = null)

    override suspend fun search(query: String, offset: Int, limit: Int, order: SearchOrder): List<Hit> = asked {
        if (query.isBlank()) return@asked emptyList()
        memory.all<Kept<*>>().mapNotNull { it.hit(query.trim()) }.drop(offset).take(limit)
    }

    override suspend fun quarantined(): List<QuarantineSummary> = asked { emptyList() }

    override suspend fun quarantinedItem(id: QuarantineId): QuarantineView = asked { throw noRefused(id) }

    override suspend fun replay(id: QuarantineId): Version = asked { throw noRefused(id) }

    override suspend fun dismiss(id: QuarantineId): Unit = asked { throw noRefused(id) }

    private fun noRefused(id: QuarantineId) = notFound(Noun.QUARANTINED, id.toString())

    override suspend fun export(): String = asked { exported(memory.all<Kept<*>>()) }

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

    private fun waiting() = memory.documents.values.sumOf { it.waiting }

    private fun send() {
        for (kept in memory.documents.values) {
            kept.sent = kept.versions.size
            (kept as? KeptProject)?.members?.replaceAll { it.copy(confirmed = true) }
        }
    }

    // How every call begins and ends

    private fun <T> asked(topic: Topic, document: DocumentId? = null, work: () -> T): T =
        asked(work).also { tell(listOf(topic), listOfNotNull(document)) }

    private fun <T> asked(work: () -> T): T = synchronized(lock) {
        refuse()
        work()
    }

    private fun today(): LocalDate = LocalDate.ofInstant(now(), ZoneOffset.UTC)

    private fun refuse() {
        if (asleep) throw CoreException.Suspended("suspended", "the core is suspended; resume it first")
        failure?.let { throw it }
    }

    private fun tell(topics: List<Topic>, documents: List<DocumentId>) {
        told.tryEmit(Changes(topics.map { TopicChange(it, documents) }))
    }

    private companion object {
        val PACK = PackVersion(1)
        const val NOT_ENROLLED = "nobody is enrolled here yet; enrol with an invitation"
        val OFFLINE = CoreException.Offline(
            "offline", "the server cannot be reached; everything is kept on this device",
        )

        fun notAllowed(code: String, reason: String): Nothing = throw CoreException.NotAllowed(code, reason)
    }
}
