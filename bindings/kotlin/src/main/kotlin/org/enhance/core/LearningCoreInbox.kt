package org.enhance.core

/**
 * The part of [LearningCoreApi] that says what waits for this person, whom they help along, and who
 * helps them.
 */
public interface LearningCoreInbox {
    /**
     * What waits for this person now, the newest first, and how much there is of each kind. At most
     * [limit], of those after a place.
     */
    public suspend fun inbox(after: InboxPosition? = null, limit: Int = 50): Inbox

    /** How much waits now, by kind: the number of a badge. */
    public suspend fun inboxCounts(): InboxCounts

    /**
     * Says that this person has seen something that waits. Of a copy, a request or a sign-off the other
     * side is told; the rest is for this person's own devices. What has to be done is refused with what
     * makes it leave.
     */
    public suspend fun markInboxSeen(item: ItemId)

    /** The trainees whose plans this person is a member of, or who shared copies with them. */
    public suspend fun cohort(): List<CohortTrainee>

    /** The cohort as CSV: a line for each plan. */
    public suspend fun cohortCsv(): String

    /**
     * Lets the owner of a plan know that this person, a supervisor or a fellow, waits for something in
     * it: once, and not again for a week. [anchor] is a section's name or an item's id; empty for the
     * whole plan. Of a request for a sign-off its author, who waits, lets the one know whom they asked.
     */
    public suspend fun nudge(document: DocumentId, anchor: String = "", why: String = ""): ItemId

    /**
     * What this person nudged about a plan or a request within the week, and whether it has still to go
     * out. Where there is nothing they may nudge.
     */
    public suspend fun ownNudge(document: DocumentId): OwnNudge?

    /** Looks through the words of a nudge for what may tell who somebody is. */
    public suspend fun checkBeforeNudge(document: DocumentId, why: String): SharingCheck

    /** Nudges in words in which probable identifiers were found and acknowledged. */
    public suspend fun nudgeAcknowledged(
        document: DocumentId,
        anchor: String,
        why: String,
        acknowledged: Sha256,
    ): ItemId

    /** Who supervises this person as their placements say: whom to share with and to ask first. */
    public suspend fun supervisors(): List<SupervisorView>
}
