package org.enhance.core

/**
 * The part of [LearningCoreApi] in which a trainee asks for signatures and a supervisor gives them,
 * with or without a network.
 *
 * What was signed never changes. After an edit it says what was signed then, and
 * [changedSinceSignOff] what became of it.
 */
public interface LearningCoreSignOffs {
    /**
     * Asks a person to sign something as it stands: they get its text, and nothing of its history.
     * What was typed is settled first. Without a person it is to be signed on this phone, with
     * [signWitnessed].
     *
     * It never changes. After an edit ask again. With a probable identifier in the text nobody is asked:
     * see [checkBeforeSignOff].
     */
    public suspend fun requestSignOff(
        subject: SignOffSubject,
        with: PersonId? = null,
        message: String = "",
    ): DocumentId

    /**
     * Looks through what would be signed, and what is said to who is asked, for what may tell who
     * somebody is. See [LearningCoreApi.checkBeforeSharing].
     */
    public suspend fun checkBeforeSignOff(subject: SignOffSubject, message: String = ""): SharingCheck

    /** Asks for a sign-off of something in which probable identifiers were found and acknowledged. */
    public suspend fun requestSignOffAcknowledged(
        subject: SignOffSubject,
        with: PersonId?,
        message: String,
        acknowledged: Sha256,
    ): DocumentId

    /**
     * Signs or returns what this person was asked to, with the key of this device. Signing again
     * takes the place of what they answered before. What is returned comes with a statement.
     */
    public suspend fun sign(request: DocumentId, answer: SignOffAnswer): DocumentId

    /**
     * Notes what somebody decided who signs there and then on this phone, which is the trainee's. It
     * counts as witnessed by the trainee, and never as signed with the signer's own key.
     */
    public suspend fun signWitnessed(
        request: DocumentId,
        by: WitnessedSigner,
        answer: SignOffAnswer,
    ): DocumentId

    /** What this person asked others to sign, newest first: the first page of it. */
    public suspend fun signOffsAskedByMe(): Portion<SignOffRequestView>

    /** What others asked this person to sign, newest first: the first page of it. */
    public suspend fun signOffsAskedOfMe(): Portion<SignOffRequestView>

    /**
     * A page of what this person asked others to sign ([mine]), or others this person, newest first: at
     * most [limit] of what comes after a request, or from the beginning.
     */
    public suspend fun signOffsPage(
        mine: Boolean,
        after: DocumentId? = null,
        limit: Int = 50,
    ): Portion<SignOffRequestView>

    /** The requests about a document that this person can read, newest first. */
    public suspend fun signOffsOf(document: DocumentId): List<SignOffRequestView>

    /** A request for a sign-off with its answers. */
    public suspend fun signOffRequest(id: DocumentId): SignOffRequestView

    /** What became of what a request is about since it was asked. */
    public suspend fun changedSinceSignOff(request: DocumentId): ChangedSince

    /** A sign-off as a file that is checked with nothing else. See [verifySignOff]. */
    public suspend fun exportSignOff(id: DocumentId): String

    /**
     * Takes back what this person asked to have signed, also where what it is about is deleted. What
     * was answered goes with it only [withAnswers], since it is evidence. False if somebody took it
     * back before.
     */
    public suspend fun takeBackSignOff(request: DocumentId, withAnswers: Boolean = false): Boolean

    /** Sign-offs that were read back from an export, those that were signed last first. */
    public suspend fun keptSignOffs(): List<KeptSignOffView>

    /** The file of a sign-off that was read back, by which anybody can check it. It is JSON. */
    public suspend fun exportKeptSignOff(id: ItemId): String

    /**
     * Why a file with a sign-off does not count; null if it does, as far as the organisation's key in
     * it tells. Needs no account and no network. A file that is none is [CoreException.InvalidInput].
     * Who has no core calls [org.enhance.core.verifySignOff].
     */
    public suspend fun verifySignOff(json: String): SignOffFault?

    /**
     * Checks a file as [verifySignOff] does, and says as what it was signed and whether a placement
     * names the signer so. Who has no core calls [org.enhance.core.checkSignOff].
     */
    public suspend fun checkSignOff(json: String): SignOffCheck

    /**
     * Makes this device a new key to sign with, which needs the server once. What was signed with the
     * old one goes on counting.
     */
    public suspend fun renewSigningKey()
}
