package org.enhance.testing

import org.enhance.core.*

/**
 * What people answer: threads and suggestions. Marked words are known again here only as they were
 * written, and only sections and the sentence of the aim take suggestions.
 */
internal class FakeAnswers(private val phone: FakePhone) : LearningCoreAnswers {
    private val memory = phone.memory

    override suspend fun commentAt(
        about: DocumentId,
        part: String,
        body: String,
        range: TextRange?,
        version: Version?,
    ): ItemId = phone.asked(Topic.DOCUMENTS, about) {
        refuseComment(body)
        val kept = commentable(about)
        phone.requireSeen(about, body)
        val span = range?.let { kept.textOf(part).marked(it) ?: refused(InputField.COMMENT, "comment: no such characters") }
        val said = ProjectComment(body = body, anchor = part, span = span, at = phone.now(), resolvedAt = null)
        memory.newItem().also { comments(kept).add(it, phone.me(), said) }
    }

    override suspend fun checkBeforeSaying(about: DocumentId, words: List<String>): SharingCheck = phone.asked {
        phone.here<Kept<*>>(about)
        phone.checkSaid(about, words)
    }

    override suspend fun acknowledge(words: Sha256): Unit = phone.asked { phone.acknowledged = words }

    override suspend fun answerComment(about: DocumentId, to: CommentRef, body: String): ItemId =
        phone.asked(Topic.DOCUMENTS, about) {
            refuseComment(body)
            val all = comments(commentable(about))
            val first = all.any(to.id)
            if (all.place(first.id, first.by) != to) throw notFound(Noun.COMMENT, to.id.value)
            phone.requireSeen(about, body)
            val answer = ProjectComment(
                body = body, anchor = first.comment.anchor, answers = to, at = phone.now(), resolvedAt = null,
            )
            memory.newItem().also { all.add(it, phone.me(), answer) }
        }

    override suspend fun rewriteComment(about: DocumentId, id: ItemId, body: String): Unit =
        change(about) {
            phone.requireSeen(about, body)
            own(id, phone.me()).rewrite(body, phone.now())
        }

    override suspend fun deleteComment(about: DocumentId, id: ItemId): Unit = change(about) {
        val mine = suggested.find { it.view.place.id == id && it.by.id == phone.me().id }
        if (mine == null) own(id, phone.me()).isTakenBack = true else mine.state = SuggestionState.WITHDRAWN
    }

    override suspend fun putBackComment(about: DocumentId, id: ItemId): Unit = change(about) {
        val mine = suggested.find { it.view.place.id == id && it.by.id == phone.me().id }
        if (mine == null) own(id, phone.me()).isTakenBack = false else mine.state = SuggestionState.OPEN
    }

    override suspend fun resolveComment(about: DocumentId, id: ItemId): Unit =
        change(about) { any(id).settle(phone.me(), phone.now()) }

    override suspend fun reopenComment(about: DocumentId, id: ItemId): Unit = change(about) { any(id).open() }

    override suspend fun threads(about: DocumentId): List<ThreadView> = phone.asked {
        val kept = readable(about)
        comments(kept).threads(phone.me()) { said -> kept.standing(said.anchor, said.span) }
    }

    override suspend fun commentVersions(place: CommentRef): List<CommentVersion> = phone.asked {
        val all = phone.all<KeptProject>().map { it.comments } + phone.all<KeptCopy>().map { it.comments }
        all.firstNotNullOfOrNull { it.versions(place) } ?: throw notFound(Noun.COMMENT, place.id.value)
    }

    override suspend fun waitingAnswers(about: DocumentId): WaitingAnswers = phone.asked {
        val all = comments(readable(about))
        val open = all.suggested.count { it.state == SuggestionState.OPEN && it.by.id != phone.me().id }
        WaitingAnswers(all.threads(phone.me()) { AnchorStanding.Here }.count { it.waits }, open)
    }

    override suspend fun suggest(
        project: DocumentId,
        part: String,
        range: TextRange,
        replacement: String,
        why: String,
        version: Version?,
    ): ItemId = phone.asked(Topic.DOCUMENTS, project) {
        val (plan, me) = phone.here<KeptProject>(project) to phone.me()
        plan.members.require(me, Right.COMMENT, "suggesting a change")
        if (part.field() == null) refused(InputField.COMMENT, "comment: this fake takes no suggestions for $part")
        val span = plan.textOf(part).marked(range) ?: refused(InputField.COMMENT, "comment: no such characters")
        listOf(replacement, why).forEach { refuseLong(it) }
        if (span.quote == replacement) refused(InputField.COMMENT, "comment: that is what it says already")
        phone.requireSeen(project, replacement, why)
        val suggestion = Suggestion(part, span, span.quote, replacement, why.trim(), phone.now(), withdrawnAt = null)
        val id = memory.newItem()
        val view = SuggestionView(
            plan.comments.place(id, me), me, mine = true, suggestion, SuggestionState.OPEN, decidedBy = null,
            decidedAt = null, standing = AnchorStanding.Here, readsNow = null,
        )
        plan.comments.suggested += Suggested(view, me)
        id
    }

    override suspend fun suggestions(project: DocumentId): List<SuggestionView> = phone.asked {
        val plan = phone.here<KeptProject>(project)
        plan.comments.suggested.map { one ->
            one.view.copy(
                mine = one.by.id == phone.me().id, state = one.state, decidedBy = one.decided?.first,
                decidedAt = one.decided?.second,
                standing = plan.standing(one.view.suggestion.anchor, one.view.suggestion.span),
            )
        }
    }

    override suspend fun acceptSuggestion(project: DocumentId, place: CommentRef, anyway: Boolean): Version =
        decide(project, place, SuggestionState.ACCEPTED) { plan, suggestion ->
            val text = plan.textOf(suggestion.anchor)
            val range = text.find(suggestion.span)
                ?: refused(InputField.EDIT, "the text that this would replace is not in the plan any more")
            val (start, end) = listOf(range.start, range.end).map { text.offsetByCodePoints(0, it) }
            val new = text.replaceRange(start, end, suggestion.replacement)
            listOf(requireNotNull(suggestion.anchor.field()).edit(new))
        }

    override suspend fun rejectSuggestion(project: DocumentId, place: CommentRef): Version =
        decide(project, place, SuggestionState.REJECTED) { _, _ -> emptyList() }

    private fun decide(
        project: DocumentId,
        place: CommentRef,
        state: SuggestionState,
        edits: (KeptProject, Suggestion) -> List<ProjectEdit>,
    ): Version = phone.asked(Topic.DOCUMENTS, project) {
        val (plan, me) = phone.here<KeptProject>(project) to phone.me()
        plan.members.require(me, Right.EDIT, "changing this document")
        val one = plan.comments.suggested.find { it.view.place == place } ?: throw notFound(Noun.SUGGESTION, place.id.value)
        if (one.state != SuggestionState.OPEN) refused(InputField.EDIT, "this suggestion was decided already")
        val content = plan.content.with(edits(plan, one.view.suggestion), phone.now())
        one.state = state
        one.decided = me to phone.now()
        memory.write(plan, content, me)
    }

    private fun change(about: DocumentId, work: FakeComments.() -> Unit): Unit =
        phone.asked(Topic.DOCUMENTS, about) { comments(commentable(about)).work() }

    private fun readable(about: DocumentId): Kept<*> = when (val kept = phone.here<Kept<*>>(about)) {
        is KeptProject, is KeptCopy -> kept
        else -> throw notFound(Noun.PROJECT, about.value)
    }

    private fun commentable(about: DocumentId): Kept<*> = readable(about).also { kept ->
        (kept as? KeptProject)?.members?.require(phone.me(), Right.COMMENT, "commenting on this plan")
    }

    private fun comments(kept: Kept<*>): FakeComments = when (kept) {
        is KeptProject -> kept.comments
        is KeptCopy -> kept.comments
        else -> throw notFound(Noun.PROJECT, kept.id.value)
    }
}

/** A part of a plan that takes suggestions here. */
private fun interface Part {
    fun edit(text: String): ProjectEdit
}

private fun String.field(): Part? {
    if (this == "aim/sentence") return Part { ProjectEdit.Aim(AimEdit.Sentence(it)) }
    val section = section() ?: return null
    return Part { ProjectEdit.Section(section, it) }
}

private fun String.section() = ProjectSection.entries.find { it.name.equals(this, ignoreCase = true) }

/** What a part of a document says; empty if it is no text. */
private fun Kept<*>.textOf(part: String): String = when (this) {
    is KeptProject -> content.shown.run { if (part == "aim/sentence") aim.sentence else sections[part.section()].orEmpty() }
    is KeptCopy -> content.answers[part].orEmpty()
    else -> ""
}

private fun Kept<*>.standing(part: String, span: TextSpan?): AnchorStanding {
    if (span == null) return AnchorStanding.Here
    return textOf(part).find(span)?.let { AnchorStanding.At(it) } ?: AnchorStanding.DeletedText
}
