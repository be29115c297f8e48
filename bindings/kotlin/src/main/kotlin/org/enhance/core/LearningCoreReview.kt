package org.enhance.core

import java.io.File

/**
 * The part of [LearningCoreApi] that a person takes with them: the page for their annual review
 * (ARCP), and all they have as a file that is read back. None of it needs a network
 * but files that are to be fetched first.
 */
public interface LearningCoreReview {
    /**
     * The page for an annual review as one page of HTML, fit for printing on A4. It needs nothing
     * else, and has the same bytes wherever it is made of the same record on the same day.
     */
    public suspend fun arcpHtml(days: DaysInARow): String

    /** The page for an annual review as CSV. */
    public suspend fun arcpCsv(days: DaysInARow): String

    /** The page for an annual review as JSON, with days as 2026-08-05. */
    public suspend fun arcpJson(days: DaysInARow): String

    /** The same as texts to paste into the form of a portfolio, field by field. */
    public suspend fun arcpForm(days: DaysInARow): List<FormField>

    /**
     * Whether such a page still agrees with the record it was made of. On a device of somebody else
     * only its digest can be checked.
     */
    public suspend fun verifyArcp(html: String): ArcpVerdict

    /**
     * Everything this person can read on this device, with versions, for a file of theirs. It is one
     * JSON text.
     */
    public suspend fun export(): String

    /** The personal record as CSV. */
    public suspend fun exportCsv(): String

    /** The reflections as one page of HTML. */
    public suspend fun exportReflections(): String

    /**
     * Reads an export back, also that of another account: reflections, own projects and the personal
     * record. What is here already stays as it is, so doing it twice is doing it once. A file that is
     * damaged, or no export, changes nothing.
     */
    public suspend fun importExport(json: String): ImportReport

    /** How many photographs and PDFs there are to take along, before anything is written. */
    public suspend fun exportSizes(): ExportSizes

    /**
     * Writes the attached files into a folder, one after the other, and answers the export that names
     * them. Its texts are then to be written into the folder that [folder] is in. What is not on this
     * device is fetched if [fetch] says so, and named as not here otherwise.
     */
    public suspend fun exportWithFiles(
        folder: File,
        fetch: Boolean = false,
        onProgress: OnProgress = {},
    ): ExportWithFiles

    /**
     * What reading an export back would bring, with its files, which are beside it in the folder
     * [beside]. Nothing is written.
     */
    public suspend fun checkImport(json: String, beside: File, onProgress: OnProgress = {}): ImportCheck

    /**
     * Reads an export back with its files, which are beside it in the folder [beside]. What is here
     * already stays as it is; a file that is missing or was changed is named with the reason, and
     * everything else is read.
     */
    public suspend fun importWithFiles(
        json: String,
        beside: File,
        onProgress: OnProgress = {},
    ): ImportReport
}
