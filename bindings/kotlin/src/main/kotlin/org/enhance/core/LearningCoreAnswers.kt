package org.enhance.core

/**
 * The part of [LearningCoreApi] in which people answer: comments in threads on plans and shared
 * copies, and suggestions for a plan's texts.
 *
 * A comment is its author's alone to change; anybody who may comment may settle a thread. A part is
 * named as disagreements name it, such as `problem` or `measures/{id}/unit`; empty is the whole.
 */
public interface LearningCoreAnswers {
    /**
     * Says something about a part of a document, or a stretch of its text. The document is a plan or a
     * shared copy, and the characters are those of the version that the screen shows; they are known
     * again after edits.
     */
    public suspend fun commentAt(
        about: DocumentId,
        part: String,
        body: String,
        range: TextRange? = null,
        version: Version? = null,
    ): ItemId

    /**
     * Looks through words that this person is about to say about a document: of a comment or an
     * answer its text, of a suggestion the new words and why, of a sign-off the statement. With
     * probable identifiers in them they are refused until what was found is acknowledged.
     */
    public suspend fun checkBeforeSaying(about: DocumentId, words: List<String>): SharingCheck

    /**
     * Says that this person has seen what was found in the words of a check. It holds for those
     * words alone, until others are acknowledged.
     */
    public suspend fun acknowledge(words: Sha256)

    /** Answers a comment, of whomever it is. */
    public suspend fun answerComment(about: DocumentId, to: CommentRef, body: String): ItemId

    /** Says a comment of this person in other words. What it said before is kept. */
    public suspend fun rewriteComment(about: DocumentId, id: ItemId, body: String)

    /** Deletes a comment or a suggestion of this person for everybody. It can be put back. */
    public suspend fun deleteComment(about: DocumentId, id: ItemId)

    /** Puts back a comment or a suggestion that this person deleted. */
    public suspend fun putBackComment(about: DocumentId, id: ItemId)

    /** Settles a thread, of whomever it is. */
    public suspend fun resolveComment(about: DocumentId, id: ItemId)

    /** Opens a thread again, of whomever it is. */
    public suspend fun reopenComment(about: DocumentId, id: ItemId)

    /**
     * Everything said about a plan or a shared copy in threads, with where what they are about stands
     * now.
     */
    public suspend fun threads(about: DocumentId): List<ThreadView>

    /** What a comment said before and says now, oldest first. */
    public suspend fun commentVersions(place: CommentRef): List<CommentVersion>

    /** How much of a document waits for this person, from rows alone. It is quick enough for a badge. */
    public suspend fun waitingAnswers(about: DocumentId): WaitingAnswers

    /**
     * Says what a stretch of a plan's text should read instead; [why] may be empty. One who may comment
     * may suggest.
     */
    public suspend fun suggest(
        project: DocumentId,
        part: String,
        range: TextRange,
        replacement: String,
        why: String = "",
        version: Version? = null,
    ): ItemId

    /** Every suggestion for a plan, oldest first, with what became of it. */
    public suspend fun suggestions(project: DocumentId): List<SuggestionView>

    /**
     * Makes a suggestion's words part of the plan. Where the text was changed since it is refused,
     * unless [anyway] says that what is there now is meant.
     */
    public suspend fun acceptSuggestion(
        project: DocumentId,
        place: CommentRef,
        anyway: Boolean = false,
    ): Version

    /** Rejects a suggestion. It is kept, with who rejected it. */
    public suspend fun rejectSuggestion(project: DocumentId, place: CommentRef): Version
}
