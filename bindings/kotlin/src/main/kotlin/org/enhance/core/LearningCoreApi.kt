package org.enhance.core

import kotlin.time.Duration
import kotlinx.coroutines.flow.Flow

/**
 * Everything an app does with one person's account on this device.
 *
 * [LearningCore] does it with the native library. Screens, previews and view models that take this
 * interface can be given the `FakeLearningCore` of `enhance-testing` instead.
 *
 * Every function is main-safe. What is local takes milliseconds, is done in the order it was asked
 * for and is durable when it returns; once it has begun it is done to its end, even if its caller is
 * cancelled. What needs the network ends when its caller is cancelled, and returns only then.
 *
 * All throw [CoreException] and nothing else. It can be matched on; its `code` never changes its
 * meaning, and its `reason` is for the person.
 */
public interface LearningCoreApi :
    LearningCoreAccount,
    LearningCoreProjects,
    LearningCoreJoining,
    LearningCoreRecord,
    LearningCoreSignOffs,
    LearningCoreReview,
    LearningCoreAttachments,
    LearningCoreAnswers,
    LearningCoreInbox,
    LearningCoreTickets,
    AutoCloseable {
    // Opened and closed

    /**
     * Lets go of the folder before the operating system freezes the app: what is under way on the
     * network ends, the database is closed and its lock given back. What is being typed is made
     * durable before. Everything else is answered with [CoreException.Suspended] until [resumeCore].
     * Waits for nothing but the step under way, which takes less than two seconds, and lets go
     * even where it fails.
     */
    public suspend fun suspendCore()

    /** Opens the folder again after [suspendCore]. Does nothing if it is open. */
    public suspend fun resumeCore()

    /**
     * Lets go of the folder for good. What is being typed is made durable before; everything else is
     * answered with [CoreException.Suspended] from now on. Closing twice is closing once.
     */
    override fun close()

    // What changes

    /**
     * Every set of changes from the moment of collecting, in order and none left out. A change is
     * durable when it is heard of. It ends with an error when the core is closed or signed out.
     */
    public val changes: Flow<Changes>

    /**
     * What [read] returns: at once, and again after each change of one of [topics]. A slow collector
     * gets the newest only, and equal values once. While the core is suspended nothing is read; when
     * it is closed or signed out this ends at once, with the error that says so.
     */
    public fun <T> watch(vararg topics: Topic, read: suspend LearningCoreApi.() -> T): Flow<T>

    /** The first of the [reflections], whenever they change. */
    public fun watchReflections(limit: Int = 50): Flow<Portion<DocumentSummary>> =
        watch(*LISTS) { reflections(limit = limit) }

    /** A [reflection] whenever it changes. */
    public fun watchReflection(id: DocumentId): Flow<ReflectionView> =
        watch(*DOCUMENTS) { reflection(id) }

    /** The first of the [projects], whenever they change. */
    public fun watchProjects(limit: Int = 50): Flow<Portion<DocumentSummary>> =
        watch(*LISTS) { projects(limit = limit) }

    /** A [project] whenever it changes. */
    public fun watchProject(id: DocumentId): Flow<ProjectView> = watch(*DOCUMENTS) { project(id) }

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

    /** The [personalRecord] whenever it changes. */
    public fun watchPersonalRecord(): Flow<PersonalRecord> =
        watch(Topic.DOCUMENTS) { personalRecord() }

    /** The learning log of some days whenever it changes, or what is asked of it. */
    public fun watchLog(days: DaysInARow): Flow<LearningLog> =
        watch(Topic.DOCUMENTS, Topic.PACKS) { logOf(days) }

    /** The [coverage] whenever it changes. */
    public fun watchCoverage(): Flow<Coverage> =
        watch(Topic.DOCUMENTS, Topic.PACKS) { coverage() }

    /** The [deadlineWarnings] whenever they change, for a host to schedule anew. */
    public fun watchDeadlineWarnings(): Flow<List<DeadlineWarning>> =
        watch(Topic.DOCUMENTS) { deadlineWarnings() }

    /** What this person asked to be signed, whenever it or an answer changes. */
    public fun watchSignOffsAskedByMe(): Flow<Portion<SignOffRequestView>> =
        watch(*LISTS) { signOffsAskedByMe() }

    /** What others asked this person to sign, whenever it changes. */
    public fun watchSignOffsAskedOfMe(): Flow<Portion<SignOffRequestView>> =
        watch(*LISTS) { signOffsAskedOfMe() }

    /** The [tickets] whenever they change here; what their holders did comes with a sync. */
    public fun watchTickets(): Flow<List<TicketView>> = watch(Topic.MEMBERS) { tickets() }

    /** The first of the [inbox] whenever it changes. As time goes by it is to be asked again. */
    public fun watchInbox(limit: Int = 50): Flow<Inbox> = watch(*LISTS) { inbox(limit = limit) }

    /** The [invitations] whenever one comes or is answered. */
    public fun watchInvitations(): Flow<List<InvitationView>> = watch(*LISTS) { invitations() }

    /** The [threads] about a plan or a shared copy, whenever they change. */
    public fun watchThreads(about: DocumentId): Flow<List<ThreadView>> =
        watch(*DOCUMENTS) { threads(about) }

    /** The [company] in a plan, whenever somebody comes, goes or moves on in it. */
    public fun watchCompany(project: DocumentId): Flow<List<PresentView>> =
        watch(Topic.COMPANY) { company(project) }

    // What a person types

    /**
     * Begins to take in what a person types into a field. It is durable as they type, and settled
     * after [pause] or, without one, after the usual time. [base] is the version of the document
     * whose text the field showed when the person began.
     */
    public fun typing(
        id: DocumentId,
        field: DraftField,
        base: Version,
        pause: Duration? = null,
    ): Typing

    /**
     * Keeps what a person is typing. Durable when this returns, and not yet in any history.
     *
     * [base] is the version the screen showed and [text] the whole text of the field. A text that is
     * too long is kept as well, and [CoreException.TooLarge] says so. See [typing].
     */
    public suspend fun autosave(id: DocumentId, field: DraftField, base: Version, text: String)

    /**
     * Makes what was typed part of the document: one change, merged by character with what arrived
     * since. Without drafts nothing is written. If a limit is in the way, the drafts stay.
     */
    public suspend fun settle(id: DocumentId): Version

    /** Documents in which something was typed and is not settled. */
    public suspend fun unsettled(): List<DocumentId>

    // The programme and this person's way through it

    /** The programme; none before a content pack is here. */
    public suspend fun programme(): Programme?

    /** The modules with this person's progress, in the programme's order. */
    public suspend fun modules(): List<ModuleSummary>

    /** A module with its page, its outcomes and its activities. */
    public suspend fun module(key: String): ModuleView

    /** A page of the handbook, a module or an activity. */
    public suspend fun page(key: String): PageView

    /** The ways to reflect, in the programme's order. */
    public suspend fun templates(): List<Template>

    /** Notes that an activity was begun. The first time stands. */
    public suspend fun startActivity(key: String)

    /** Notes that an activity was completed. The first time stands. */
    public suspend fun completeActivity(key: String)

    /** Notes time spent learning. */
    public suspend fun addSession(session: NewSession): ItemId

    /** Takes a session out of the learning log again. */
    public suspend fun removeSession(id: ItemId)

    /** The learning log of the training year of today: the sessions, newest first, and what they amount to. */
    public suspend fun learningLog(): LearningLog

    /** The content packs that are here or that the server offers, by key. */
    public suspend fun packs(): List<PackState>

    /**
     * Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
     * attempt stopped. The version in use stays in use until the new one is here, whole and checked.
     */
    public suspend fun updatePack(key: String, onProgress: OnProgress = {}): PackUpdate

    /** Something an activity uses: how large it is, and where, if it is here. */
    public suspend fun media(resource: String): MediaView

    /**
     * The file of something an activity uses, for a host that has no files: none if it is not here,
     * or has more than 32 MiB.
     */
    public suspend fun mediaBytes(resource: String): ByteArray?

    /**
     * Fetches the file of something an activity uses, and says where it is then. Goes on where an
     * earlier attempt stopped.
     */
    public suspend fun fetchMedia(resource: String, onProgress: OnProgress = {}): String

    // Reflections

    /**
     * Begins a reflection from a template, in the version that is in use now.
     *
     * It is private. The title may be empty; [promptedBy] is the activity or the pause point that
     * asked for it. On a device that has no content pack yet any template can be named, so that a
     * person need not wait with what is on their mind.
     */
    public suspend fun createReflection(
        template: String,
        title: String = "",
        promptedBy: String? = null,
    ): DocumentId

    /** This person's reflections, changed last first. At most [limit], of those after a [position]. */
    public suspend fun reflections(after: ListPosition? = null, limit: Int = 50): Portion<DocumentSummary>

    /** A reflection as its screen shows it, with what was typed and is not settled. */
    public suspend fun reflection(id: DocumentId): ReflectionView

    /**
     * Edits a reflection. [base] is the version the screen showed; none means as it stands.
     *
     * What is returned is to be handed back by a screen that goes on showing what it showed and what
     * was typed into it; one that reads it again hands back that version.
     */
    public suspend fun editReflection(
        id: DocumentId,
        base: Version?,
        edits: List<ReflectionEdit>,
    ): Version

    /**
     * Shares a reflection with a person: what was typed is settled, and they get a copy of the text
     * as it stands. It never changes; sharing again makes another one.
     *
     * With a probable identifier in the text nothing is shared: [CoreException.NotAllowed] with the
     * code `unacknowledged`. Then show what [checkBeforeSharing] finds.
     */
    public suspend fun shareReflection(id: DocumentId, with: PersonId): DocumentId

    /**
     * Looks through a reflection or a project for what may tell who somebody is. That nothing was
     * found does not mean that nobody can be told.
     */
    public suspend fun checkBeforeSharing(id: DocumentId): SharingCheck

    /**
     * Shares a reflection in which probable identifiers were found and acknowledged. [acknowledged]
     * comes with the check the person has seen, and says nothing of the text after an edit.
     */
    public suspend fun shareReflectionAcknowledged(
        id: DocumentId,
        with: PersonId,
        acknowledged: Sha256,
    ): DocumentId

    /** Reflections that others have shared with this person, newest first. */
    public suspend fun sharedWithMe(): List<DocumentSummary>

    /** Copies that this person has shared, newest first; also those whose reflection is deleted. */
    public suspend fun sharedByMe(): List<DocumentSummary>

    /** A copy of a reflection, shared with this person or by them. */
    public suspend fun sharedReflection(id: DocumentId): SharedView

    // Every kind of document

    /**
     * Deletes a document for ever: its key is destroyed, and nothing but its id is kept.
     *
     * Only its owner can. Copies of a reflection that were shared stay until they are deleted. A
     * project that others can read is not deleted: the error says who they are.
     */
    public suspend fun delete(id: DocumentId)

    /** How far a document has come: saved here, sent, stored by the server, seen by others. */
    public suspend fun status(id: DocumentId): DocumentStatus

    /** Who can see a document: everybody with a right to it or to a copy of it, its owner first. */
    public suspend fun readers(id: DocumentId): List<Reader>

    /** Lets the owner of a document know that this person has seen it as it is now. */
    public suspend fun markSeen(id: DocumentId)

    /**
     * Finds words in any text a person types; the last one may be unfinished.
     *
     * What was saved is found at once; what was typed and is not settled is not.
     */
    public suspend fun search(
        query: String,
        offset: Int = 0,
        limit: Int = 50,
        order: SearchOrder = SearchOrder.BEST,
    ): Portion<Hit>

    /** Refused work that the person has not dealt with, last first. */
    public suspend fun quarantined(): List<QuarantineSummary>

    /** Refused work to be read, whether or not it was dealt with. */
    public suspend fun quarantinedItem(id: QuarantineId): QuarantineView

    /**
     * Does refused work once more, as a fresh edit of the document as it is now. Texts are merged by
     * character with what was written since.
     */
    public suspend fun replay(id: QuarantineId): Version

    /** Notes that the person has dealt with refused work. It stays readable and exportable. */
    public suspend fun dismiss(id: QuarantineId)

    // The network

    /**
     * Exchanges with the server until nothing waits on either side, or the budget is spent.
     *
     * However it ends, everything written on this device stays, and what was taken in stays taken
     * in. Without a [budget] nothing is limited.
     */
    public suspend fun sync(
        budget: Budget = Budget(deadline = null, metered = false, maxBytes = null),
        onProgress: OnProgress = {},
    ): SyncReport

    /**
     * Syncs by itself from now on: soon after something was written, at once when the network or the
     * person is back, now and then while the app is on the screen, and ever more rarely while the
     * server cannot be reached. See [setConditions]. It ends when its caller is cancelled.
     */
    public suspend fun keepInSync(): Nothing

    /** Tells the core what the phone is like at the moment; [keepInSync] heeds it. */
    public suspend fun setConditions(conditions: Conditions)

    /** How this device stands with the server. */
    public suspend fun syncState(): SyncState

    /** What is in the way of a document of which something is too large for it, if it is held. */
    public suspend fun heldBy(id: DocumentId): Obstacle?
}

/** Hears how far long work has come, in the caller's context. If it is slow, it hears the newest. */
public typealias OnProgress = suspend (SyncProgress) -> Unit

/** What lists of documents show. */
private val LISTS = arrayOf(
    Topic.DOCUMENTS,
    Topic.DRAFTS,
    Topic.STATUS,
    Topic.QUARANTINE,
    Topic.MEMBERS,
    Topic.PEOPLE,
)

/** What the screen of one document shows. */
private val DOCUMENTS = arrayOf(*LISTS, Topic.PACKS)
