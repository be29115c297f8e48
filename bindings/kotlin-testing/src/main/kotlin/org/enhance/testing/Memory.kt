package org.enhance.testing

import java.time.Instant
import org.enhance.core.ChangeProject
import org.enhance.core.CoreException
import org.enhance.core.DocumentEnd
import org.enhance.core.DocumentId
import org.enhance.core.DocumentKind
import org.enhance.core.DocumentStatus
import org.enhance.core.DocumentSummary
import org.enhance.core.DraftField
import org.enhance.core.DraftView
import org.enhance.core.ItemId
import org.enhance.core.ListPosition
import org.enhance.core.Member
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.ProgrammeTag
import org.enhance.core.ReadReceipt
import org.enhance.core.Reflection
import org.enhance.core.SharedReflection
import org.enhance.core.Stage
import org.enhance.core.Version

/** What a document said at one moment. */
internal class Past<T>(val version: Version, val at: Instant, val content: T)

/** A document with all its versions, and what is known about it. */
internal sealed class Kept<T : Any>(val id: DocumentId, val noun: Noun, val kind: DocumentKind) {
    val versions = mutableListOf<Past<T>>()

    /** By field, what was typed and is not settled. */
    val drafts = LinkedHashMap<DraftField, DraftView>()
    val seenBy = mutableListOf<ReadReceipt>()

    /** How many of the versions the server has. */
    var sent = 0

    /** The place of its last change among those of all documents. */
    var changed = 0

    abstract val owner: Person

    val content: T get() = versions.last().content

    val version: Version get() = versions.last().version

    val waiting: Int get() = versions.size - sent

    abstract fun title(): String

    abstract fun texts(): List<String>

    abstract fun tags(): List<ProgrammeTag>

    open fun state(): String = ""

    /** Makes what was typed part of it. */
    abstract fun withDrafts(): T

    fun status(): DocumentStatus {
        val stage = if (waiting == 0 && drafts.isEmpty()) Stage.STORED else Stage.SAVED
        return DocumentStatus(stage, seenBy.toList(), quarantined = false)
    }

    fun summary() = DocumentSummary(
        id, kind, title(), preview(), state(), tags(), owner, status().stage, status().quarantined,
        unsettled = drafts.isNotEmpty(), versions.first().at, versions.last().at, version,
    )

    private fun preview() = texts().firstOrNull { it.isNotBlank() }.orEmpty().take(PREVIEW)

    private companion object {
        /** Characters of a text that lists show. */
        const val PREVIEW = 100
    }
}

internal class KeptReflection(id: DocumentId, override val owner: Person) :
    Kept<Reflection>(id, Noun.REFLECTION, DocumentKind.REFLECTION) {
    override fun title() = content.title

    override fun texts() = withDrafts().answers.values.toList()

    override fun tags() = content.tags

    override fun withDrafts(): Reflection = drafts.values.mapNotNull { reflectionEdit(it.field, it.text) }
        .fold(content) { reflection, edit -> reflection.edited(edit) }
}

internal class KeptProject(id: DocumentId, override val owner: Person) :
    Kept<FakeProject>(id, Noun.PROJECT, DocumentKind.CHANGE_PROJECT) {
    val members = mutableListOf<Member>()
    val comments = FakeComments()

    /** Whom its owner offers it to. */
    var offeredTo: Person? = null

    override fun title() = content.shown.title

    override fun texts() = withDrafts().shown.texts()

    override fun tags() = content.shown.tags

    override fun state() = content.shown.status.name.lowercase()

    override fun withDrafts(): FakeProject =
        content.written(drafts.values.mapNotNull { projectEdit(it.field, it.text) })
}

internal class KeptCopy(id: DocumentId, override val owner: Person, val reader: Person) :
    Kept<SharedReflection>(id, Noun.SHARED_REFLECTION, DocumentKind.SHARED_REFLECTION) {
    override fun title() = content.title

    override fun texts() = content.answers.values.toList()

    override fun tags() = content.tags

    override fun withDrafts(): SharedReflection = content
}

/** All documents of a fake core, and those that are gone. */
internal class Memory(private val now: () -> Instant) {
    val documents = LinkedHashMap<DocumentId, Kept<*>>()

    /** Plans as they stood when recipes were made of them, by the text of the recipe. */
    val recipes = HashMap<String, ChangeProject>()

    /** By the text of a page, of which plan it is and after how many changes. */
    val pages = HashMap<String, Pair<DocumentId, Int>>()
    private val deleted = HashMap<DocumentId, Noun>()
    private var ids = 1_000
    private var changes = 0

    /** When the last change was made. No other is of that moment, so that a place in a list is one. */
    private var last = Instant.EPOCH

    fun newId() = DocumentId(uuid(++ids))

    fun newItem() = ItemId(uuid(++ids))

    fun <T : Any> write(document: Kept<T>, content: T): Version {
        document.changed = ++changes
        documents[document.id] = document
        last = maxOf(now(), last.plusMillis(1))
        document.versions += Past(Version("fake-$changes"), last, content)
        return document.version
    }

    /** Makes a change of what was typed into a document. Without drafts nothing is written. */
    fun <T : Any> settle(document: Kept<T>): Version {
        if (document.drafts.isEmpty()) return document.version
        val settled = document.withDrafts()
        document.drafts.clear()
        return write(document, settled)
    }

    /** The document of this kind that has this id, or the error that says what became of it. */
    inline fun <reified K : Kept<*>> of(id: DocumentId, noun: Noun = Noun.DOCUMENT): K {
        gone(id)
        return documents[id] as? K ?: throw notFound(noun, id.value)
    }

    inline fun <reified K : Kept<*>> all(): List<K> =
        documents.values.filterIsInstance<K>().sortedByDescending { it.changed }

    fun delete(document: Kept<*>) {
        documents -= document.id
        deleted[document.id] = document.noun
    }

    fun gone(id: DocumentId) {
        val noun = deleted[id] ?: return
        throw CoreException.Gone(noun, id, DocumentEnd.DELETED, "deleted", "it was deleted")
    }
}

internal fun notFound(what: Noun, id: String) =
    CoreException.NotFound(what, id, "not_found", "there is no ${what.name.lowercase()} $id here")

/** Those of a list, changed last first, that come after a place. */
internal fun List<DocumentSummary>.after(place: ListPosition?): List<DocumentSummary> =
    filter { place == null || it.updatedAt < place.updatedAt }
