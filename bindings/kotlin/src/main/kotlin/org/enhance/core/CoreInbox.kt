package org.enhance.core

/** [LearningCoreInbox] with the native library. */
internal class CoreInbox(private val calls: Calls) : LearningCoreInbox {
    override suspend fun inbox(after: InboxPosition?, limit: Int): Inbox = calls.local { inbox(after, limit) }

    override suspend fun inboxCounts(): InboxCounts = calls.local { inboxCounts() }

    override suspend fun markInboxSeen(item: ItemId): Unit = calls.local { markInboxSeen(item) }

    override suspend fun cohort(): List<CohortTrainee> = calls.local { cohort() }

    override suspend fun cohortCsv(): String = calls.local { cohortCsv() }

    override suspend fun nudge(project: DocumentId, anchor: String, why: String): ItemId =
        calls.local { nudge(project, anchor, why) }

    override suspend fun supervisors(): List<SupervisorView> = calls.local { supervisors() }
}
