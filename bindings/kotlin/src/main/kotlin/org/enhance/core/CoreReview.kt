package org.enhance.core

/** [LearningCoreReview] with the native library. */
internal class CoreReview(private val calls: Calls) : LearningCoreReview {
    override suspend fun arcpHtml(days: DaysInARow): String = calls.local { arcpHtml(days.from, days.to) }

    override suspend fun arcpCsv(days: DaysInARow): String = calls.local { arcpCsv(days.from, days.to) }

    override suspend fun arcpJson(days: DaysInARow): String = calls.local { arcpJson(days.from, days.to) }

    override suspend fun arcpForm(days: DaysInARow): List<FormField> =
        calls.local { arcpForm(days.from, days.to) }

    override suspend fun verifyArcp(html: String): ArcpVerdict = calls.local { verifyArcp(html) }

    override suspend fun export(): String = calls.local { export() }

    override suspend fun exportCsv(): String = calls.local { exportCsv() }

    override suspend fun exportReflections(): String = calls.local { exportReflections() }

    override suspend fun importExport(json: String): ImportReport = calls.local { importExport(json) }
}
