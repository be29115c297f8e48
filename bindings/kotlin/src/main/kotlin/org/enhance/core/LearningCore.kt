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
 * What that is, [LearningCoreApi] says.
 */
public class LearningCore private constructor(
    private val calls: Calls,
    private val writing: Writing,
    private val watching: Watching,
) : LearningCoreApi,
    LearningCoreAccount by CoreAccount(calls, writing, watching),
    LearningCoreProjects by CoreProjects(calls),
    LearningCoreJoining by CoreJoining(calls),
    LearningCoreRecord by CoreRecord(calls),
    LearningCoreSignOffs by CoreSignOffs(calls, writing),
    LearningCoreReview by CoreReview(calls),
    LearningCoreAttachments by CoreAttachments(calls, writing),
    LearningCoreAnswers by CoreAnswers(calls),
    LearningCoreInbox by CoreInbox(calls),
    LearningCoreTickets by CoreTickets(calls, writing) {
    private constructor(calls: Calls) : this(calls, Writing(calls), Watching(calls))

    public companion object {
        /**
         * Opens the account in a folder with the key that the phone keeps, and makes both if there
         * is no database yet. The folder is this core's alone until it is suspended or closed.
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
                    ownErrors { LearningCore(Calls(CoreHandle.open(folder.path, keys, authorities))) }
                        .also { opened = it }
                }
            } catch (cancelled: CancellationException) {
                // What the caller was never given, the caller cannot close.
                withContext(NonCancellable + Dispatchers.IO) { opened?.close() }
                throw cancelled
            }
        }

        /**
         * Moves the database in a folder to a dated folder beside it, whole, and says where. For one
         * that is damaged or whose key is lost: what was written in it may be nowhere else, so
         * nothing is ever deleted. After that the folder can be opened anew, and the device enrolled
         * again.
         */
        public suspend fun setAside(folder: File): File = withContext(Dispatchers.IO) {
            File(ownErrors { org.enhance.core.setAside(folder.path) })
        }

        /**
         * Takes what can be read out of a database that is damaged into a new one, words first, and
         * says what that was. The damaged one is moved to a dated folder beside it once the new one is
         * complete. After that the folder can be opened; the next sync fetches what is missing.
         */
        public suspend fun salvage(folder: File, keys: KeyStore): Salvaged = withContext(Dispatchers.IO) {
            ownErrors { org.enhance.core.salvage(folder.path, keys) }
        }
    }

    // Opened and closed

    override suspend fun suspendCore(): Unit = calls.atOnce {
        try {
            writing.suspended()
        } finally {
            suspend()
        }
    }

    override suspend fun resumeCore(): Unit = calls.local {
        resume()
        writing.resumed()
        watching.resumed()
    }

    override fun close() {
        try {
            calls.close { writing.closed() }
        } finally {
            watching.ended()
        }
    }

    // What changes

    override val changes: Flow<Changes> get() = watching.changes

    override fun <T> watch(vararg topics: Topic, read: suspend LearningCoreApi.() -> T): Flow<T> =
        watching.watch(topics.toSet()) { read() }

    // What a person types

    override fun typing(id: DocumentId, field: DraftField, base: Version, pause: Duration?): Typing =
        writing.typing(id, field, base, pause)

    override suspend fun autosave(id: DocumentId, field: DraftField, base: Version, text: String): Unit =
        calls.local { autosave(id, field, base, text) }

    override suspend fun settle(id: DocumentId): Version = calls.local {
        writing.settle(id)
        settle(id)
    }

    override suspend fun unsettled(): List<DocumentId> = calls.local { unsettled() }

    // The programme and this person's way through it

    override suspend fun programme(): Programme? = calls.local { programme() }

    override suspend fun modules(): List<ModuleSummary> = calls.local { modules() }

    override suspend fun module(key: String): ModuleView = calls.local { module(key) }

    override suspend fun page(key: String): PageView = calls.local { page(key) }

    override suspend fun templates(): List<Template> = calls.local { templates() }

    override suspend fun startActivity(key: String): Unit = calls.local { startActivity(key) }

    override suspend fun completeActivity(key: String): Unit = calls.local { completeActivity(key) }

    override suspend fun addSession(session: NewSession): ItemId = calls.local { addSession(session) }

    override suspend fun removeSession(id: ItemId): Unit = calls.local { removeSession(id) }

    override suspend fun learningLog(): LearningLog = calls.local { learningLog() }

    override suspend fun packs(): List<PackState> = calls.local { packs() }

    override suspend fun updatePack(key: String, onProgress: OnProgress): PackUpdate =
        calls.long(onProgress) { cancellation, listener -> updatePack(key, cancellation, listener) }

    override suspend fun media(resource: String): MediaView = calls.local { media(resource) }

    override suspend fun mediaBytes(resource: String): ByteArray? = calls.local { mediaBytes(resource) }

    override suspend fun fetchMedia(resource: String, onProgress: OnProgress): String =
        calls.long(onProgress) { cancellation, listener -> fetchMedia(resource, cancellation, listener) }

    // Reflections

    override suspend fun createReflection(
        template: String,
        title: String,
        promptedBy: String?,
    ): DocumentId = calls.local { createReflection(template, title, promptedBy) }

    override suspend fun reflections(after: ListPosition?, limit: Int): Portion<DocumentSummary> =
        calls.local { reflections(after, limit).asPortion() }

    override suspend fun reflection(id: DocumentId): ReflectionView = calls.local { reflection(id) }

    override suspend fun editReflection(
        id: DocumentId,
        base: Version?,
        edits: List<ReflectionEdit>,
    ): Version = calls.local { editReflection(id, base, edits) }

    override suspend fun shareReflection(id: DocumentId, with: PersonId): DocumentId = calls.local {
        writing.settle(id)
        shareReflection(id, with)
    }

    override suspend fun checkBeforeSharing(id: DocumentId): SharingCheck =
        calls.local { checkBeforeSharing(id) }

    override suspend fun shareReflectionAcknowledged(
        id: DocumentId,
        with: PersonId,
        acknowledged: Sha256,
    ): DocumentId = calls.local {
        writing.settle(id)
        shareReflectionAcknowledged(id, with, acknowledged)
    }

    override suspend fun sharedWithMe(): List<DocumentSummary> = calls.local { sharedWithMe() }

    override suspend fun sharedByMe(): List<DocumentSummary> = calls.local { sharedByMe() }

    override suspend fun sharedReflection(id: DocumentId): SharedView =
        calls.local { sharedReflection(id) }

    // Every kind of document

    override suspend fun delete(id: DocumentId): Unit = calls.local { delete(id) }

    override suspend fun status(id: DocumentId): DocumentStatus = calls.local { status(id) }

    override suspend fun readers(id: DocumentId): List<Reader> = calls.local { readers(id) }

    override suspend fun markSeen(id: DocumentId): Unit = calls.local { markSeen(id) }

    override suspend fun search(query: String, offset: Int, limit: Int, order: SearchOrder): Portion<Hit> =
        calls.local { search(query, offset, limit, order).asPortion() }

    override suspend fun quarantined(): List<QuarantineSummary> = calls.local { quarantined() }

    override suspend fun quarantinedItem(id: QuarantineId): QuarantineView =
        calls.local { quarantinedItem(id) }

    override suspend fun replay(id: QuarantineId): Version = calls.local { replay(id) }

    override suspend fun dismiss(id: QuarantineId): Unit = calls.local { dismiss(id) }

    // The network

    override suspend fun sync(budget: Budget, onProgress: OnProgress): SyncReport =
        calls.long(onProgress) { cancellation, listener -> sync(budget, cancellation, listener) }

    override suspend fun keepInSync(): Nothing = calls.onLane {
        val syncing = keepInSync()
        try {
            awaitCancellation()
        } finally {
            syncing.stop()
            syncing.close()
        }
    }

    override suspend fun setConditions(conditions: Conditions): Unit =
        calls.local { setConditions(conditions) }

    override suspend fun syncState(): SyncState = calls.local { syncState() }

    override suspend fun heldBy(id: DocumentId): Obstacle? = calls.local { heldBy(id) }
}
