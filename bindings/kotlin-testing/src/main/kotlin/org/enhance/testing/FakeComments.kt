package org.enhance.testing

import java.time.Instant
import java.util.UUID
import org.enhance.core.AnchorStanding
import org.enhance.core.CommentEdit
import org.enhance.core.CommentRef
import org.enhance.core.CommentVersion
import org.enhance.core.CommentView
import org.enhance.core.DocumentId
import org.enhance.core.InputField
import org.enhance.core.ItemId
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.ProjectComment
import org.enhance.core.RemarkView
import org.enhance.core.SuggestionState
import org.enhance.core.SuggestionView
import org.enhance.core.TextRange
import org.enhance.core.TextSpan
import org.enhance.core.ThreadView

/** A comment, all it ever said, and who settled it. */
internal class Said(val id: ItemId, val by: Person, comment: ProjectComment) {
    val versions = mutableListOf(CommentVersion(comment.body, comment.at))
    var isTakenBack = false
    var settled: Pair<Person, Instant>? = null

    var comment = comment
        private set

    fun rewrite(body: String, at: Instant) {
        refuseComment(body)
        comment = comment.copy(body = body, editedAt = at)
        versions += CommentVersion(body, at)
    }

    fun settle(by: Person, at: Instant) {
        settled = by to at
        comment = comment.copy(resolvedAt = at)
    }

    fun open() {
        settled = null
        comment = comment.copy(resolvedAt = null)
    }
}

/** Other words for a stretch of a text, and what became of them. */
internal class Suggested(val view: SuggestionView, val by: Person) {
    var state = SuggestionState.OPEN
    var decided: Pair<Person, Instant>? = null
}

/** Refuses a comment that says nothing, or more than a text can hold. */
internal fun refuseComment(body: String) {
    if (body.isBlank()) refused(InputField.COMMENT, "comment: it is empty")
    refuseLong(body)
}

/** What was said of a plan or a copy, by whom, and what of it is taken back. */
internal class FakeComments(private val about: DocumentId) {
    private val said = mutableListOf<Said>()
    val suggested = mutableListOf<Suggested>()

    fun shownTo(reader: Person): List<CommentView> = said.filter { !it.isTakenBack }.map { it.shownTo(reader) }

    fun takenBackBy(author: Person): List<CommentView> =
        said.filter { it.isTakenBack && it.by.id == author.id }.map { it.shownTo(author) }

    fun add(id: ItemId, by: Person, comment: ProjectComment) {
        said += Said(id, by, comment)
    }

    /** Changes a comment of this person's, or settles anybody's. */
    fun change(edit: CommentEdit, by: Person, at: Instant): Unit = when (edit) {
        is CommentEdit.Rewrite -> own(edit.id, by).rewrite(edit.body, at)
        is CommentEdit.Resolve -> any(edit.id).settle(by, at)
        is CommentEdit.TakeBack -> own(edit.id, by).isTakenBack = true
        is CommentEdit.PutBack -> own(edit.id, by).isTakenBack = false
    }

    /** All that stands, by what it is in. */
    fun texts(): List<Pair<ItemId, String>> =
        said.filter { !it.isTakenBack }.map { it.id to it.comment.body } +
            suggested.map { it.view.place.id to it.view.suggestion.run { "$replacement\n$why" } }

    fun own(id: ItemId, by: Person): Said =
        said.find { it.id == id && it.by.id == by.id } ?: throw notFound(Noun.COMMENT, id.value)

    fun any(id: ItemId): Said = said.find { it.id == id } ?: throw notFound(Noun.COMMENT, id.value)

    /** Where a comment or a suggestion of this person is. */
    fun place(id: ItemId, by: Person) =
        CommentRef(DocumentId("${UUID.nameUUIDFromBytes("$about ${by.id}".toByteArray())}"), id)

    fun versions(place: CommentRef): List<CommentVersion>? =
        said.find { place(it.id, it.by) == place }?.versions?.toList()

    /** Comments with their answers, those that were begun first before the others. */
    fun threads(reader: Person, standing: (ProjectComment) -> AnchorStanding): List<ThreadView> =
        said.filter { it.comment.answers == null }.mapNotNull { first ->
            val answers = said.filter { first(it) === first && it !== first && !it.isTakenBack }
            if (first.isTakenBack && answers.isEmpty()) return@mapNotNull null
            val last = (listOf(first) + answers).last { !it.isTakenBack }
            ThreadView(
                place(first.id, first.by), remark(first, reader), answers.map { remark(it, reader) },
                first.comment.anchor, first.comment.span?.quote, standing(first.comment),
                first.settled?.first, first.settled?.second,
                waits = first.settled == null && last.by.id != reader.id,
            )
        }

    private fun first(one: Said): Said {
        val to = one.comment.answers ?: return one
        return first(said.first { place(it.id, it.by) == to })
    }

    private fun remark(one: Said, reader: Person) = RemarkView(
        place(one.id, one.by), one.by, one.by.id == reader.id, if (one.isTakenBack) "" else one.comment.body,
        one.comment.at, one.comment.editedAt, one.isTakenBack,
    )

    private fun Said.shownTo(reader: Person) = CommentView(id, by, mine = by.id == reader.id, comment)
}

/** Some characters of a text, as they are marked. */
internal fun String.marked(range: TextRange): TextSpan? {
    val count = codePointCount(0, length)
    if (range.start < 0 || range.start >= range.end || range.end > count) return null
    val words = substring(offsetByCodePoints(0, range.start), offsetByCodePoints(0, range.end))
    return TextSpan(start = "${range.start}", end = "${range.end}", quote = words)
}

/** Where marked words stand now, if they do: where they did, or else where they are found first. */
internal fun String.find(span: TextSpan): TextRange? {
    val then = TextRange(span.start.toInt(), span.end.toInt())
    if (marked(then)?.quote == span.quote) return then
    val place = indexOf(span.quote).takeIf { it >= 0 } ?: return null
    val start = codePointCount(0, place)
    return TextRange(start, start + span.quote.codePointCount(0, span.quote.length))
}
