package org.enhance.core

/** [LearningCoreAnswers] with the native library. */
internal class CoreAnswers(private val calls: Calls) : LearningCoreAnswers {
    override suspend fun commentAt(
        about: DocumentId,
        part: String,
        body: String,
        range: TextRange?,
        version: Version?,
    ): ItemId = calls.local { commentAt(about, part, body, range, version) }

    override suspend fun checkBeforeSaying(about: DocumentId, words: List<String>): SharingCheck =
        calls.local { checkBeforeSaying(about, words) }

    override suspend fun acknowledge(words: Sha256): Unit = calls.local { acknowledge(words) }

    override suspend fun answerComment(about: DocumentId, to: CommentRef, body: String): ItemId =
        calls.local { answerComment(about, to, body) }

    override suspend fun rewriteComment(about: DocumentId, id: ItemId, body: String): Unit =
        calls.local { rewriteComment(about, id, body) }

    override suspend fun deleteComment(about: DocumentId, id: ItemId): Unit =
        calls.local { deleteComment(about, id) }

    override suspend fun putBackComment(about: DocumentId, id: ItemId): Unit =
        calls.local { putBackComment(about, id) }

    override suspend fun resolveComment(about: DocumentId, id: ItemId): Unit =
        calls.local { resolveComment(about, id) }

    override suspend fun reopenComment(about: DocumentId, id: ItemId): Unit =
        calls.local { reopenComment(about, id) }

    override suspend fun threads(about: DocumentId): List<ThreadView> = calls.local { threads(about) }

    override suspend fun commentVersions(place: CommentRef): List<CommentVersion> =
        calls.local { commentVersions(place) }

    override suspend fun waitingAnswers(about: DocumentId): WaitingAnswers =
        calls.local { waitingAnswers(about) }

    override suspend fun suggest(
        project: DocumentId,
        part: String,
        range: TextRange,
        replacement: String,
        why: String,
        version: Version?,
    ): ItemId = calls.local { suggest(project, part, range, replacement, why, version) }

    override suspend fun suggestions(project: DocumentId): List<SuggestionView> =
        calls.local { suggestions(project) }

    override suspend fun acceptSuggestion(project: DocumentId, place: CommentRef, anyway: Boolean): Version =
        calls.local { acceptSuggestion(project, place, anyway) }

    override suspend fun rejectSuggestion(project: DocumentId, place: CommentRef): Version =
        calls.local { rejectSuggestion(project, place) }
}

/** These characters of a text: a range as comments and suggestions count it, in code points. */
public fun String.textRange(characters: IntRange): TextRange = TextRange(
    codePointCount(0, characters.first),
    codePointCount(0, characters.last + 1),
)
