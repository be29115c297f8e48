package org.enhance.core

/**
 * The part of [LearningCoreApi] in which people are invited to plans and accept or decline, and in
 * which copies of a document are listed, put away and taken back. None of it needs a network.
 */
public interface LearningCoreJoining {
    /**
     * Invitations to plans: those that wait, those accepted whose plan is not here yet, and those
     * declined for good, newest first. What waits is in the inbox as well.
     */
    public suspend fun invitations(): List<InvitationView>

    /**
     * Accepts an invitation to a plan, also without a connection. The plan comes with the next sync;
     * until then its owner sees this person as invited.
     */
    public suspend fun acceptInvitation(project: DocumentId)

    /**
     * Declines an invitation to a plan. [forGood] also asks the server to take nothing more for this
     * person from who sent it, until [welcomeSender].
     */
    public suspend fun declineInvitation(project: DocumentId, forGood: Boolean = false)

    /** Lets somebody send to this person again whose invitation to a plan was declined for good. */
    public suspend fun welcomeSender(project: DocumentId)

    /**
     * Says that this person has a plan open and where in it they are, so that the others who have it
     * open see it. [place] is named as comments name it: a section, a thing with its field, or empty for
     * the whole plan. It is told during [LearningCoreApi.keepInSync] while the app is on the screen, and
     * kept nowhere. With company what is written is sent sooner.
     */
    public suspend fun enter(project: DocumentId, place: String = "")

    /** Says that this person has no plan open any more. */
    public suspend fun stepOut()

    /** Who else has a plan open in which this person is, and where in it, by their names. */
    public suspend fun company(project: DocumentId): List<PresentView>

    /**
     * Puts away a copy or a request for a sign-off that somebody shared with this person. It goes
     * from this person's devices with their next syncs, and its owner sees that it was put away.
     */
    public suspend fun putAway(document: DocumentId)

    /**
     * The copies of one of this person's documents that others can read, newest first: shared
     * reflections and requests for a sign-off, each with its reader, and when they saw it. One is taken
     * back with [LearningCoreApi.delete].
     */
    public suspend fun copies(id: DocumentId): List<CopyView>

    /**
     * The copy that a person has of a reflection already, if it says what the reflection says now: to be
     * asked before they are given the same again.
     */
    public suspend fun sameCopy(reflection: DocumentId, with: PersonId): CopyView?

    /**
     * Takes all copies of a document back, but for what was signed, which is evidence. Returns those
     * that were taken back; they go from their readers' devices with their next syncs.
     */
    public suspend fun takeBackCopies(id: DocumentId): List<DocumentId>

    /** What deleting a document of this person would do: who loses it, and which copies remain. */
    public suspend fun deletionPreview(id: DocumentId): DeletionPreview

    /**
     * Deletes a document for ever and takes its copies back. Returns those that remain, since they
     * were signed.
     */
    public suspend fun deleteWithCopies(id: DocumentId): List<CopyView>
}
