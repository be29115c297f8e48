package org.enhance.testing

import org.enhance.core.*

/** The change projects of one person, as they have them on their phone. */
internal class FakePlans(private val phone: FakePhone) {
    private val memory = phone.memory

    // Begun and written

    fun create(title: String, topic: String, setting: String): DocumentId {
        if (title.isBlank()) refused(InputField.TITLE, "title: a plan needs one, so that others can find it")
        phone.refuseTopic(topic)
        listOf(title, topic, setting).forEach { refuseLong(it, isShort = true) }
        val kept = KeptProject(memory.newId(), me())
        memory.write(kept, newProject(title, topic, setting, now()), me())
        return kept.id
    }

    fun createFrom(recipe: RecipeSource, title: String, setting: String): DocumentId {
        val begun = when (recipe) {
            is RecipeSource.Pack -> throw notFound(Noun.RECIPE, recipe.v1)
            is RecipeSource.Text -> memory.recipes[recipe.v1]
        } ?: refused(InputField.RECIPE, "this fake never made it")
        val id = create(title.ifBlank { begun.title }, begun.topic, setting)
        edit(id, begun.recipe())
        return id
    }

    fun edit(id: DocumentId, edits: List<ProjectEdit>): Version {
        edits.filterIsInstance<ProjectEdit.Topic>().forEach { phone.refuseTopic(it.topic) }
        phone.refuseTags(edits.filterIsInstance<ProjectEdit.AddTag>().map { it.tag })
        val kept = writable(id)
        refuseStrange(edits)
        return memory.write(kept, kept.content.with(edits, now()), me())
    }

    fun tick(id: DocumentId, tally: ItemId, numerator: Int, denominator: Int): ObservedValue {
        val device = me().devices.first()
        val sheet = plan(id).tallies.find { it.id == tally } ?: throw notFound(Noun.TALLY, tally.value)
        val ticked = sheet.tally.ticked(device, numerator, denominator)
        edit(id, listOf(ProjectEdit.Tally(tally, TallySheetEdit.Ticks(DeviceCount(device, ticked)))))
        return ticked
    }

    fun dispute(id: DocumentId, field: Disagreement) {
        val kept = here(id)
        memory.write(kept, kept.content.disputed(field), me())
    }

    // Read

    fun view(id: DocumentId): ProjectView {
        val (kept, me) = here(id) to me()
        return ProjectView(
            id, kept.withDrafts(me).shown, kept.drafts(me).values.toList(),
            // Which numbers are hidden is computed by the library alone.
            emptyList(), kept.version, kept.members.rightOf(me) ?: Right.READ,
            kept.members.all, kept.members.offeredTo, kept.members.offer?.view(), kept.comments.shownTo(me), kept.status(me),
        )
    }

    fun plan(id: DocumentId): ChangeProject = here(id).content.shown

    fun recipe(id: DocumentId): String {
        val text = "{\"recipe\":\"${memory.newItem()}\"}"
        return text.also { memory.recipes[it] = plan(id) }
    }

    fun page(id: DocumentId): String {
        val kept = here(id)
        val html = "<!DOCTYPE html><title>${kept.title()}</title><p>${kept.version}</p>"
        return html.also { memory.pages[it] = id to kept.versions.size }
    }

    fun verify(html: String): PageVerdict {
        val (id, changes) = memory.pages[html]
            ?: refused(InputField.PAGE, "this is no page that Enhance made, of a plan or for a yearly review")
        val since = here(id).versions.size - changes
        return if (since == 0) PageVerdict.Agrees(id) else PageVerdict.Outdated(id, since)
    }

    // Said of it

    fun comment(id: DocumentId, body: String, anchor: String): ItemId {
        refuseComment(body)
        val said = ProjectComment(body = body, anchor = anchor, at = now(), resolvedAt = null)
        return memory.newItem().also { commentable(id).comments.add(it, me(), said) }
    }

    fun takenBackComments(id: DocumentId): List<CommentView> = here(id).comments.takenBackBy(me())

    fun editComments(id: DocumentId, edits: List<CommentEdit>) {
        val comments = commentable(id).comments
        for (edit in edits) comments.change(edit, me(), now())
    }

    // Who takes part

    fun addMember(id: DocumentId, person: PersonId, right: Right): Unit =
        here(id).members.add(me(), find(person), right, now())

    fun removeMember(id: DocumentId, person: PersonId): Unit = here(id).members.remove(me(), find(person))

    fun offer(id: DocumentId, person: PersonId, keeps: Right): Unit =
        here(id).members.offer(me(), find(person), keeps, now())

    fun withdrawOffer(id: DocumentId): Unit = here(id).members.withdraw(me())

    fun accept(id: DocumentId): Unit = here(id).members.accept(me())

    fun declineOffer(id: DocumentId): Unit = here(id).members.declineOffer(me(), now())

    fun leave(id: DocumentId): Unit = here(id).members.leave(me())

    fun deleteForEverybody(id: DocumentId) {
        val kept = here(id)
        kept.members.require(me(), Right.OWN, "deleting a plan for everybody")
        memory.delete(kept)
    }

    // What was, and by whom

    fun history(id: DocumentId): List<HistoryView> =
        here(id).versions.map { HistoryView(it.version, it.by, it.by.devices.first(), it.at) }

    /** Each change is a sitting of its own here. */
    fun sittings(id: DocumentId, before: Version?, limit: Int): Portion<SittingView> {
        val all = here(id).versions
        val end = if (before == null) all.size else all.indexOfFirst { it.version == before }
        val sittings = all.take(maxOf(end, 0)).asReversed().map { change ->
            val words = if (change === all.first()) "began the plan" else "changed the plan"
            SittingView(change.version, change.by, change.by.devices.first(), change.at, change.at, listOf(words))
        }
        return sittings.portion(limit)
    }

    fun at(id: DocumentId, version: Version): ChangeProject {
        val past = here(id).versions.find { it.version == version } ?: refused(InputField.VERSION, "no such version")
        return past.content.shown
    }

    /** A text has one author here: who changed it last. */
    fun textAuthors(id: DocumentId, field: TextField): List<TextPart> {
        val kept = here(id)
        val text = kept.content.shown.text(field)
        return if (text.isEmpty()) emptyList() else listOf(TextPart(kept.author { it.text(field) }, text))
    }

    fun fieldAuthors(id: DocumentId): Map<String, Person?> {
        val kept = here(id)
        return mapOf(
            "title" to kept.author { it.title }, "topic" to kept.author { it.topic },
            "setting" to kept.author { it.setting }, "status" to kept.author { it.status },
        )
    }

    private fun here(id: DocumentId): KeptProject = memory.of(id, me())

    private fun writable(id: DocumentId): KeptProject =
        here(id).also { it.members.require(me(), Right.EDIT, "changing this document") }

    private fun commentable(id: DocumentId): KeptProject =
        here(id).also { it.members.require(me(), Right.COMMENT, "commenting on this plan") }

    private fun me() = phone.me()

    private fun now() = phone.now()

    private fun find(person: PersonId) = phone.person(person)
}
