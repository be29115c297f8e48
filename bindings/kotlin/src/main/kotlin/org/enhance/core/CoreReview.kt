package org.enhance.core

import java.io.File

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

    override suspend fun exportSizes(): ExportSizes = calls.local { exportSizes() }

    override suspend fun exportWithFiles(
        folder: File,
        fetch: Boolean,
        onProgress: OnProgress,
    ): ExportWithFiles = calls.long(onProgress) { cancellation, listener ->
        exportWithFiles(folder.path, fetch, cancellation, listener)
    }

    override suspend fun checkImport(json: String, beside: File, onProgress: OnProgress): ImportCheck =
        calls.long(onProgress) { cancellation, listener ->
            checkImport(json, beside.path, cancellation, listener)
        }

    override suspend fun importWithFiles(
        json: String,
        beside: File,
        onProgress: OnProgress,
    ): ImportReport = calls.long(onProgress) { cancellation, listener ->
        importWithFiles(json, beside.path, cancellation, listener)
    }
}
