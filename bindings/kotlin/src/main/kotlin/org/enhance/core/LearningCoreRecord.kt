package org.enhance.core

import java.time.LocalDate

/**
 * The part of [LearningCoreApi] that is a person's own record: posts in training, the log of a
 * period, evidence and what it covers, deadlines, certificates. Only its owner can read it.
 *
 * What is in it is added with `adding`, which gives the edits of a thing with all it says, under an
 * id of [LearningCoreApi.newItemId]. After that each field is an edit of its own.
 */
public interface LearningCoreRecord {
    /** Everything in the personal record, what was taken back included. */
    public suspend fun personalRecord(): PersonalRecord

    /**
     * Edits the personal record: what makes sense in it is written, all of it or none. What does
     * not is refused with [CoreException.InvalidInput], whose `reason` is for the person.
     */
    public suspend fun editRecord(edits: List<RecordEdit>)

    /**
     * Looks through the journeys of patients in the record, or through one of them or one step, for what
     * may tell who it was. They are saved whatever is found.
     */
    public suspend fun checkJourneys(only: ItemId? = null): SharingCheck

    /**
     * Notes that an activity was completed, with what shows it or why nothing does. One that asks for
     * a reflection or a sign-off is refused without either.
     */
    public suspend fun completeActivityWith(
        key: String,
        evidence: EvidenceSource? = null,
        reason: String = "",
    )

    /**
     * Notes what somebody says of an activity that is talked over: how sure they were before it and
     * after it, from 0 to 10, and the reflection in which they answered its prompts. What is left out
     * stays as it is, and what nobody said is not 0.
     */
    public suspend fun answerDebrief(activity: String, answer: DebriefAnswer): ItemId

    /** The learning log of some days: what was done, what is asked, what is left. */
    public suspend fun logOf(days: DaysInARow): LearningLog

    /**
     * The training year in which a day falls. It follows the placements, and begins in August where
     * there are none.
     */
    public suspend fun trainingYear(day: LocalDate): DaysInARow

    /** What the evidence covers, by domain, outcome and capability. */
    public suspend fun coverage(): Coverage

    /** Everything that is given as evidence, oldest first, with what supervisors say of it. */
    public suspend fun evidence(): List<EvidenceView>

    /**
     * What may be a slip about one thing in the record, a sentence each: noted twice, over already, or
     * only the trainee's word. It is said, and stops nobody.
     */
    public suspend fun warningsAbout(id: ItemId): List<String>

    /** The programme by module and training year. */
    public suspend fun programmeMap(): ProgrammeMap

    /** The deadlines, soonest first. */
    public suspend fun deadlines(): List<DeadlineView>

    /**
     * The warnings of deadlines from today on: the days on which a host is to say them. A deadline
     * that is edited has others, so they are asked for anew when the record changes.
     */
    public suspend fun deadlineWarnings(): List<DeadlineWarning>

    /** The certificates, those that run out first first. */
    public suspend fun certificates(): List<CertificateView>
}
