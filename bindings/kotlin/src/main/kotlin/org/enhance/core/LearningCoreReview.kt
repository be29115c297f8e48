package org.enhance.core

/**
 * The part of [LearningCoreApi] that a person takes with them: the page for their annual review
 * (ARCP), and all they have as a file that is read back. None of it needs a network.
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
}
