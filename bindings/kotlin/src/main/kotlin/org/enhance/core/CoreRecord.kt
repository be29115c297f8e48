package org.enhance.core

import java.time.LocalDate

/** [LearningCoreRecord] with the native library. */
internal class CoreRecord(private val calls: Calls) : LearningCoreRecord {
    override suspend fun personalRecord(): PersonalRecord = calls.local { personalRecord() }

    override suspend fun editRecord(edits: List<RecordEdit>): Unit = calls.local { editRecord(edits) }

    override suspend fun checkJourneys(only: ItemId?): SharingCheck = calls.local { checkJourneys(only) }

    override suspend fun completeActivityWith(key: String, evidence: EvidenceSource?, reason: String): Unit =
        calls.local { completeActivityWith(key, evidence, reason) }

    override suspend fun answerDebrief(activity: String, answer: DebriefAnswer): ItemId =
        calls.local { answerDebrief(activity, answer) }

    override suspend fun logOf(days: DaysInARow): LearningLog = calls.local { logOf(days.from, days.to) }

    override suspend fun trainingYear(day: LocalDate): DaysInARow = calls.local { trainingYear(day) }

    override suspend fun coverage(): Coverage = calls.local { coverage() }

    override suspend fun evidence(): List<EvidenceView> = calls.local { evidence() }

    override suspend fun warningsAbout(id: ItemId): List<String> = calls.local { warningsAbout(id) }

    override suspend fun programmeMap(): ProgrammeMap = calls.local { programmeMap() }

    override suspend fun deadlines(): List<DeadlineView> = calls.local { deadlines() }

    override suspend fun deadlineWarnings(): List<DeadlineWarning> = calls.local { deadlineWarnings() }

    override suspend fun certificates(): List<CertificateView> = calls.local { certificates() }
}
