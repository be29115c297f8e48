package org.enhance.core

/** [LearningCoreInbox] with the native library. */
internal class CoreInbox(private val calls: Calls) : LearningCoreInbox {
    override suspend fun inbox(after: InboxPosition?, limit: Int): Inbox = calls.local { inbox(after, limit) }

    override suspend fun inboxCounts(): InboxCounts = calls.local { inboxCounts() }

    override suspend fun markInboxSeen(item: ItemId): Unit = calls.local { markInboxSeen(item) }

    override suspend fun cohort(): List<CohortTrainee> = calls.local { cohort() }

    override suspend fun cohortCsv(): String = calls.local { cohortCsv() }

    override suspend fun nudge(document: DocumentId, anchor: String, why: String): ItemId =
        calls.local { nudge(document, anchor, why) }

    override suspend fun ownNudge(document: DocumentId): OwnNudge? = calls.local { ownNudge(document) }

    override suspend fun checkBeforeNudge(document: DocumentId, why: String): SharingCheck =
        calls.local { checkBeforeNudge(document, why) }

    override suspend fun nudgeAcknowledged(
        document: DocumentId,
        anchor: String,
        why: String,
        acknowledged: Sha256,
    ): ItemId = calls.local { nudgeAcknowledged(document, anchor, why, acknowledged) }

    override suspend fun supervisors(): List<SupervisorView> = calls.local { supervisors() }
}
