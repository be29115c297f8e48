package org.enhance.testing

import java.time.Instant
import org.enhance.core.ChangeProject
import org.enhance.core.DocumentId
import org.enhance.core.DocumentKind
import org.enhance.core.DocumentStatus
import org.enhance.core.DocumentSummary
import org.enhance.core.DraftField
import org.enhance.core.DraftView
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.ProgrammeTag
import org.enhance.core.ReadReceipt
import org.enhance.core.Reflection
import org.enhance.core.SharedReflection
import org.enhance.core.Stage
import org.enhance.core.Version

/** What a document said at one moment, and who made it say so. */
internal class Past<T>(val version: Version, val at: Instant, val by: Person, val content: T) {
    /** Whether the server has it. */
    var isSent = false
}

/** That a person saw a document. */
private class Glance(val person: Person, val at: Instant, val version: Version)

/** A document with all its versions, and what is known about it. */
internal sealed class Kept<T : Any>(val id: DocumentId, val noun: Noun, val kind: DocumentKind) {
    val versions = mutableListOf<Past<T>>()
    private val typed = HashMap<PersonId, LinkedHashMap<DraftField, DraftView>>()
    private val glances = LinkedHashMap<PersonId, Glance>()

    /** How much of it the server refused that people have not dealt with, by who wrote it. */
    val refused = HashMap<PersonId, Int>()

    /** The place of its last change among those of all documents. */
    var changed = 0

    abstract val owner: Person

    val content: T get() = versions.last().content

    val version: Version get() = versions.last().version

    /** By field, what a person typed on their phone and has not settled. */
    fun drafts(by: Person): LinkedHashMap<DraftField, DraftView> = typed.getOrPut(by.id) { LinkedHashMap() }

    /** Those that are not too long: the others stay drafts, and are in no document. */
    protected fun fitting(by: Person): List<DraftView> = drafts(by).values.filter { it.field.tooLong(it.text) == null }

    /** How much a person wrote that the server does not have. */
    fun waiting(by: Person): Int = versions.count { !it.isSent && it.by.id == by.id }

    fun send(by: Person): Unit = versions.filter { it.by.id == by.id }.forEach { it.isSent = true }

    fun see(by: Person, at: Instant) {
        glances[by.id] = Glance(by, at, version)
    }

    fun seen(by: Person): Instant? = glances[by.id]?.at

    abstract fun isOnThePhoneOf(person: Person?): Boolean

    /** Whether this person had it once, and does not any more. */
    abstract fun hasLost(person: Person?): Boolean

    abstract fun title(): String

    abstract fun texts(reader: Person): List<String>

    abstract fun tags(): List<ProgrammeTag>

    open fun state(): String = ""

    /** With what a person typed as part of it. */
    abstract fun withDrafts(by: Person): T

    fun status(reader: Person): DocumentStatus {
        val stage = if (waiting(reader) == 0 && drafts(reader).isEmpty()) Stage.STORED else Stage.SAVED
        val seenBy = glances.values.map { ReadReceipt(it.person, it.at, current = it.version == version) }
        return DocumentStatus(stage, seenBy, isRefused(reader), held = false)
    }

    private fun isRefused(reader: Person) = refused.getOrDefault(reader.id, 0) > 0

    fun summary(reader: Person) = DocumentSummary(
        id, kind, title(), preview(reader), state(), tags(), owner, status(reader).stage,
        quarantined = isRefused(reader), unsettled = drafts(reader).isNotEmpty(),
        versions.first().at, versions.last().at, version,
    )

    private fun preview(reader: Person) = texts(reader).firstOrNull { it.isNotBlank() }.orEmpty().take(PREVIEW)

    private companion object {
        /** Characters of a text that lists show. */
        const val PREVIEW = 100
    }
}

internal class KeptReflection(id: DocumentId, override val owner: Person) :
    Kept<Reflection>(id, Noun.REFLECTION, DocumentKind.REFLECTION) {
    override fun isOnThePhoneOf(person: Person?) = owner.id == person?.id

    override fun hasLost(person: Person?) = false

    override fun title() = content.title

    override fun texts(reader: Person) = withDrafts(reader).answers.values.toList()

    override fun tags() = content.tags

    override fun withDrafts(by: Person): Reflection = fitting(by).mapNotNull { reflectionEdit(it.field, it.text) }
        .fold(content) { reflection, edit -> reflection.edited(edit) }
}

internal class KeptProject(id: DocumentId, owner: Person) :
    Kept<FakeProject>(id, Noun.PROJECT, DocumentKind.CHANGE_PROJECT) {
    val members = FakeMembers(owner)
    val comments = FakeComments(id)

    override val owner: Person get() = members.owner

    override fun isOnThePhoneOf(person: Person?) = members.rightOf(person) != null && !members.isToCome(person)

    override fun hasLost(person: Person?) = members.hasLost(person)

    override fun title() = content.shown.title

    override fun texts(reader: Person) = withDrafts(reader).shown.texts()

    override fun tags() = content.shown.tags

    override fun state() = content.shown.status.name.lowercase()

    override fun withDrafts(by: Person): FakeProject =
        content.written(fitting(by).mapNotNull { projectEdit(it.field, it.text) })

    /** Who made it say last what [read] finds in it. */
    fun author(read: (ChangeProject) -> Any?): Person {
        val now = read(content.shown)
        return versions.takeLastWhile { read(it.content.shown) == now }.first().by
    }
}

/** What somebody was shown, and can put away. */
internal sealed interface KeptShown {
    var isPutAway: Boolean
}

internal class KeptCopy(id: DocumentId, override val owner: Person, val reader: Person) :
    Kept<SharedReflection>(id, Noun.SHARED_REFLECTION, DocumentKind.SHARED_REFLECTION), KeptShown {
    val comments = FakeComments(id)

    override var isPutAway = false

    override fun isOnThePhoneOf(person: Person?) =
        person?.id == owner.id || person?.id == reader.id && !isPutAway

    override fun hasLost(person: Person?) = person?.id == reader.id && isPutAway

    override fun title() = content.title

    override fun texts(reader: Person) = content.answers.values.toList()

    override fun tags() = content.tags

    override fun withDrafts(by: Person): SharedReflection = content
}
