package org.enhance.core

import java.io.File
import kotlin.time.Duration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.withContext

/**
 * The core: one person's account in one folder of this device, and everything an app does with it.
 *
 * Every function is main-safe. What is local takes milliseconds, is done in the order it was asked
 * for and is durable when it returns; once it has begun it is done to its end, even if its caller is
 * cancelled. What needs the network ends when its caller is cancelled, and returns only then.
 *
 * All throw [CoreException], which can be matched on; its `reason` is for the person.
 */
public class LearningCore private constructor(handle: CoreHandle) : AutoCloseable {
    private val calls = Calls(handle)
    private val watching = Watching(calls)
    private val writing = Writing(calls)

    public companion object {
        /**
         * Opens the account in [folder] with the key that the phone keeps, and makes both if there is
         * no database yet. The folder is this core's alone until it is suspended or closed.
         *
         * [authorities] are the certificate authorities to trust, each as DER bytes; without them
         * those of the operating system, which on Android only the host can read.
         */
        public suspend fun open(
            folder: File,
            keys: KeyStore,
            authorities: List<ByteArray>? = null,
        ): LearningCore {
            var opened: LearningCore? = null
            try {
                return withContext(Dispatchers.IO) {
                    ownErrors { LearningCore(CoreHandle.open(folder.path, keys, authorities)) }
                        .also { opened = it }
                }
            } catch (cancelled: CancellationException) {
                // Nobody will ever close what nobody was given.
                withContext(NonCancellable + Dispatchers.IO) { opened?.close() }
                throw cancelled
            }
        }

        /**
         * Moves the database in [folder] to a dated folder beside it, whole, and returns that. For one
         * that is damaged or whose key is lost; after that the folder can be opened anew.
         */
        public suspend fun setAside(folder: File): File =
            withContext(Dispatchers.IO) { File(ownErrors { org.enhance.core.setAside(folder.path) }) }
    }

    // Opened and closed

    /**
     * Lets go of the folder before the operating system freezes the app. What is being typed is made
     * durable before; what is under way on the network ends; everything else is answered with [CoreException.Suspended] until [resumeCore].
     * Waits for nothing but the step under way, which takes less than two seconds.
     */
    public suspend fun suspendCore(): Unit = calls.atOnce {
        try {
            writing.suspended()
        } finally {
            suspend()
        }
    }

    /** Opens the folder again. Does nothing if it is open. */
    public suspend fun resumeCore(): Unit = calls.local {
        resume()
        writing.resumed()
        watching.resumed()
    }

    /**
     * Lets go of the folder for good. What is being typed is made durable before; everything else is
     * answered with [CoreException.Suspended] from now on. Closing twice is closing once.
     */
    override fun close(): Unit = calls.close { writing.closed() }

    // What changes

    /**
     * Every set of changes from the moment of collecting, in order and none left out. A change is
     * durable when it is heard of.
     */
    public val changes: Flow<Changes> get() = watching.changes

    /**
     * What [read] returns: at once, and again after each change of one of [topics]. A slow collector
     * gets the newest only, and equal values once. While the core is suspended nothing is read.
     */
    public fun <T> watch(vararg topics: Topic, read: suspend LearningCore.() -> T): Flow<T> =
        watching.watch(topics.toSet()) { read() }

    /** The [reflections] whenever they change. */
    public fun watchReflections(offset: Int = 0, limit: Int = 50): Flow<List<DocumentSummary>> =
        watch(*LISTS) { reflections(offset, limit) }

    /** A [reflection] whenever it changes. */
    public fun watchReflection(id: DocumentId): Flow<ReflectionView> =
        watch(*ENTRIES) { reflection(id) }

    /** The [projects] whenever they change. */
    public fun watchProjects(offset: Int = 0, limit: Int = 50): Flow<List<DocumentSummary>> =
        watch(*LISTS) { projects(offset, limit) }

    /** A [project] whenever it changes. */
    public fun watchProject(id: DocumentId): Flow<ProjectView> = watch(*ENTRIES) { project(id) }

    /** What is [sharedWithMe] whenever it changes. */
    public fun watchSharedWithMe(): Flow<List<DocumentSummary>> = watch(*LISTS) { sharedWithMe() }

    /** The [modules] whenever they or this person's progress change. */
    public fun watchModules(): Flow<List<ModuleSummary>> =
        watch(Topic.PACKS, Topic.DOCUMENTS) { modules() }

    /** The [syncState] whenever it changes. */
    public fun watchSyncState(): Flow<SyncState> = watch(Topic.SYNC, Topic.STATUS) { syncState() }

    /** What is [quarantined] whenever it changes. */
    public fun watchQuarantined(): Flow<List<QuarantineSummary>> =
        watch(Topic.QUARANTINE) { quarantined() }

    // What a person types

    /**
     * Takes what a person types into one field: durable as they type, and settled after [pause].
     * [base] is the version of the entry whose text the field showed when the person began.
     */
    public fun typing(
        id: DocumentId,
        field: DraftField,
        base: Version,
        pause: Duration = Typing.PAUSE,
    ): Typing = writing.typing(id, field, base, pause)

    /**
     * Keeps what a person is typing. Durable when this returns, and not yet in any history. A text
     * that is too long is kept as well, and [CoreException.TooLarge] says so. See [typing].
     */
    public suspend fun autosave(id: DocumentId, field: DraftField, base: Version, text: String): Unit =
        calls.local { autosave(id, field, base, text) }

    /** Makes what was typed part of the document, merged with whatever arrived since. */
    public suspend fun settle(id: DocumentId): Version = calls.local {
        writing.settle(id)
        settle(id)
    }

    /** Documents in which something was typed and is not settled. */
    public suspend fun unsettled(): List<DocumentId> = calls.local { unsettled() }

    // Whose device this is

    /** Whose device this is; none before enrolment. */
    public suspend fun account(): Account? = calls.local { account() }

    /** Everybody on the programme this device has heard of. */
    public suspend fun people(): List<Person> = calls.local { people() }

    /** Makes this device one of a person's, with the invitation they were given. */
    public suspend fun enrol(server: String, invitation: String, deviceName: String): Enrolment =
        calls.long { enrol(server, invitation, deviceName, it) }

    /** Makes an invitation for another device of the same person. */
    public suspend fun inviteDevice(): String = calls.long { inviteDevice(it) }

    /** Opens the private entries of this person with the recovery key of their first device. */
    public suspend fun useRecoveryKey(typed: String): Unit = calls.local { useRecoveryKey(typed) }

    // The programme and this person's way through it

    /** The programme; none before a content pack is here. */
    public suspend fun programme(): Programme? = calls.local { programme() }

    /** The modules with this person's progress, in the programme's order. */
    public suspend fun modules(): List<ModuleSummary> = calls.local { modules() }

    /** A module with its page, its outcomes and its activities. */
    public suspend fun module(key: String): ModuleView = calls.local { module(key) }

    /** A page of the handbook, a module or an activity. */
    public suspend fun page(key: String): PageView = calls.local { page(key) }

    /** The ways to reflect, in the programme's order. */
    public suspend fun templates(): List<Template> = calls.local { templates() }

    /** Notes that an activity was begun. The first time stands. */
    public suspend fun startActivity(key: String): Unit = calls.local { startActivity(key) }

    /** Notes that an activity was completed. The first time stands. */
    public suspend fun completeActivity(key: String): Unit = calls.local { completeActivity(key) }

    /** Notes time spent learning. */
    public suspend fun addSession(session: NewSession): ItemId = calls.local { addSession(session) }

    /** Takes a session out of the learning log again. */
    public suspend fun removeSession(id: ItemId): Unit = calls.local { removeSession(id) }

    /** The learning log. */
    public suspend fun learningLog(): LearningLog = calls.local { learningLog() }

    /** The content packs that are here or that the server offers. */
    public suspend fun packs(): List<PackState> = calls.local { packs() }

    /**
     * Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
     * attempt stopped; the version in use stays until the new one is here, whole and checked.
     */
    public suspend fun updatePack(key: String, onProgress: OnProgress = {}): PackUpdate =
        calls.long(onProgress) { cancellation, listener -> updatePack(key, cancellation, listener) }

    /** Something an activity uses: how large it is, and where, if it is here. */
    public suspend fun media(resource: String): MediaView = calls.local { media(resource) }

    /** Fetches the file of something an activity uses, and returns its path. */
    public suspend fun fetchMedia(resource: String, onProgress: OnProgress = {}): String =
        calls.long(onProgress) { cancellation, listener -> fetchMedia(resource, cancellation, listener) }

    // Reflections

    /**
     * Begins a reflection from a template. The title may be empty; [promptedBy] is the activity or
     * the pause point that asked for it.
     */
    public suspend fun createReflection(
        template: String,
        title: String = "",
        promptedBy: String? = null,
    ): DocumentId = calls.local { createReflection(template, title, promptedBy) }

    /** The reflections of this person, changed last first. */
    public suspend fun reflections(offset: Int = 0, limit: Int = 50): List<DocumentSummary> =
        calls.local { reflections(offset, limit) }

    /** A reflection. */
    public suspend fun reflection(id: DocumentId): ReflectionView = calls.local { reflection(id) }

    /** Edits a reflection. [base] is the version the screen showed; none means as it stands. */
    public suspend fun editReflection(
        id: DocumentId,
        base: Version?,
        edits: List<ReflectionEdit>,
    ): Version = calls.local { editReflection(id, base, edits) }

    /** Shares a reflection with somebody: they get a copy of the text as it stands. */
    public suspend fun shareReflection(id: DocumentId, with: PersonId): DocumentId =
        calls.local {
            writing.settle(id)
            shareReflection(id, with)
        }

    /** Reflections that others have shared with this person, newest first. */
    public suspend fun sharedWithMe(): List<DocumentSummary> = calls.local { sharedWithMe() }

    /** Copies that this person has shared, newest first. */
    public suspend fun sharedByMe(): List<DocumentSummary> = calls.local { sharedByMe() }

    /** A copy of a reflection, shared with this person or by them. */
    public suspend fun sharedReflection(id: DocumentId): SharedView =
        calls.local { sharedReflection(id) }

    // Change projects

    /** Begins a plan. [topic] is the key of its domain; it and [setting] may be empty. */
    public suspend fun createProject(
        title: String,
        topic: String = "",
        setting: String = "",
    ): DocumentId = calls.local { createProject(title, topic, setting) }

    /** The plans this person takes part in, changed last first. */
    public suspend fun projects(offset: Int = 0, limit: Int = 50): List<DocumentSummary> =
        calls.local { projects(offset, limit) }

    /** A plan. */
    public suspend fun project(id: DocumentId): ProjectView = calls.local { project(id) }

    /** Edits a plan. [base] is the version the screen showed; none means as it stands. */
    public suspend fun editProject(id: DocumentId, base: Version?, edits: List<ProjectEdit>): Version =
        calls.local { editProject(id, base, edits) }

    /** A fresh id, for an item that is about to be added to a plan. */
    public suspend fun newItemId(): ItemId = calls.local { newItemId() }

    /**
     * Says something about a plan. [anchor] is a section's name or an item's id; empty for the whole
     * plan.
     */
    public suspend fun comment(project: DocumentId, body: String, anchor: String = ""): ItemId =
        calls.local { comment(project, body, anchor) }

    /** Changes this person's own comments on a plan. */
    public suspend fun editComments(project: DocumentId, edits: List<CommentEdit>): Unit =
        calls.local { editComments(project, edits) }

    /** Lets somebody take part in a plan. */
    public suspend fun addMember(project: DocumentId, person: PersonId, right: Right): Unit =
        calls.local { addMember(project, person, right) }

    /** Ends somebody's part in a plan. */
    public suspend fun removeMember(project: DocumentId, person: PersonId): Unit =
        calls.local { removeMember(project, person) }

    /** Every change of a plan, oldest first. */
    public suspend fun history(id: DocumentId): List<HistoryView> = calls.local { history(id) }

    /** A plan as it was at an earlier version. */
    public suspend fun projectAt(id: DocumentId, version: Version): ChangeProject =
        calls.local { projectAt(id, version) }

    /** Who wrote which part of a text. The parts together are the text. */
    public suspend fun textAuthors(id: DocumentId, field: TextField): List<TextPart> =
        calls.local { textAuthors(id, field) }

    /** Who wrote each field last, by its path such as `aim/direction`. */
    public suspend fun fieldAuthors(id: DocumentId): Map<String, Person?> =
        calls.local { fieldAuthors(id) }

    // Every kind of entry

    /** Deletes an entry for ever: here, on the server and on every other device. */
    public suspend fun delete(id: DocumentId): Unit = calls.local { delete(id) }

    /** How far an entry has come. */
    public suspend fun status(id: DocumentId): DocumentStatus = calls.local { status(id) }

    /** Who can see an entry or a copy of it, its owner first. */
    public suspend fun readers(id: DocumentId): List<Reader> = calls.local { readers(id) }

    /** Lets the owner of an entry know that this person has seen it as it is now. */
    public suspend fun markSeen(id: DocumentId): Unit = calls.local { markSeen(id) }

    /** Finds words, whatever a person types; the last one may be unfinished. Best first. */
    public suspend fun search(query: String, offset: Int = 0, limit: Int = 50): List<Hit> =
        calls.local { search(query, offset, limit) }

    /** Work the server refused that this person has not dealt with. */
    public suspend fun quarantined(): List<QuarantineSummary> = calls.local { quarantined() }

    /** Refused work, to be read. */
    public suspend fun quarantinedItem(id: QuarantineId): QuarantineView = calls.local { quarantinedItem(id) }

    /** Does refused work once more, as a fresh change of what the document says now. */
    public suspend fun replay(id: QuarantineId): Version = calls.local { replay(id) }

    /** Puts refused work away. It stays in exports. */
    public suspend fun dismiss(id: QuarantineId): Unit = calls.local { dismiss(id) }

    /** Everything this person can read on this device, as one JSON text. */
    public suspend fun export(): String = calls.local { export() }

    // The network

    /**
     * Exchanges with the server until nothing waits on either side, or the [budget] is spent.
     * Without a budget nothing is limited.
     */
    public suspend fun sync(
        budget: Budget = Budget(deadline = null, metered = false, maxBytes = null),
        onProgress: OnProgress = {},
    ): SyncReport =
        calls.long(onProgress) { cancellation, listener -> sync(budget, cancellation, listener) }

    /** Syncs by itself, heeding what [setConditions] tells, until its caller is cancelled. */
    public suspend fun keepInSync(): Nothing = calls.onLane {
        val syncing = keepInSync()
        try {
            awaitCancellation()
        } finally {
            syncing.stop()
            syncing.close()
        }
    }

    /** Tells the core what the phone is like at the moment; [keepInSync] heeds it. */
    public suspend fun setConditions(conditions: Conditions): Unit =
        calls.local { setConditions(conditions) }

    /** How this device stands with the server. */
    public suspend fun syncState(): SyncState = calls.local { syncState() }
}

/** Hears how far long work has come, in the caller's context. If it is slow, it hears the newest. */
public typealias OnProgress = suspend (SyncProgress) -> Unit

/** What lists of entries show. */
private val LISTS = arrayOf(Topic.DOCUMENTS, Topic.DRAFTS, Topic.MEMBERS, Topic.PEOPLE)

/** What the screen of one entry shows. */
private val ENTRIES = arrayOf(*LISTS, Topic.STATUS, Topic.QUARANTINE, Topic.PACKS)
