package org.enhance.testing

import java.time.Instant
import kotlinx.coroutines.flow.MutableSharedFlow
import org.enhance.core.ChangeProject
import org.enhance.core.Changes
import org.enhance.core.CoreException
import org.enhance.core.DocumentEnd
import org.enhance.core.DocumentId
import org.enhance.core.DocumentSummary
import org.enhance.core.InputField
import org.enhance.core.ItemId
import org.enhance.core.ListPosition
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.Portion
import org.enhance.core.Template
import org.enhance.core.Version

/**
 * What the fakes of several people share: all their documents, those that are gone, and who hears of
 * what becomes of them. A document is on the phones of those whom it concerns, and on no other.
 */
internal class Memory(private val now: () -> Instant) {
    val documents = LinkedHashMap<DocumentId, Kept<*>>()

    /** Plans as they stood when recipes were made of them, by the text of the recipe. */
    val recipes = HashMap<String, ChangeProject>()

    /** By the text of a page, of which plan it is and after how many changes. */
    val pages = HashMap<String, Pair<DocumentId, Int>>()

    /** What people noted of their training, each for themselves. */
    private val records = HashMap<PersonId, OwnRecord>()

    /** Sign-offs that were made files of, by their ids. */
    val papers = HashMap<DocumentId, SignedPaper>()

    /** By the text of a page for a review, what it was made of. */
    val reviews = HashMap<String, ReviewPage>()

    /** By the text of an export, what was in it. */
    val exports = HashMap<String, Exported>()

    /** By reader and by the document that was read from an export, the one that was made of it. */
    val imported = HashMap<Pair<PersonId, DocumentId>, DocumentId>()

    /** The same of files. */
    val importedFiles = HashMap<Pair<PersonId, ItemId>, ItemId>()

    /** Who waits for something in a plan, and said so. */
    val nudges = mutableListOf<FakeNudge>()

    /** By link, a ticket and what it shows. */
    val tickets = LinkedHashMap<String, FakeTicket>()

    /** By person, what of their inbox they have seen. */
    val seen = HashSet<Pair<PersonId, ItemId>>()

    /** By phone, which plan is open on it, and where in it. */
    val whereabouts = LinkedHashMap<FakePhone, Pair<DocumentId, String>>()

    /** By person, sign-offs that they read back from an export. */
    private val signed = HashMap<PersonId, LinkedHashMap<ItemId, SignedPaper>>()

    /** Files that belong to something, by their ids. */
    val files = LinkedHashMap<ItemId, FakeFile>()

    /** Who has left the programme. */
    val left = HashSet<PersonId>()

    /** What each of the fakes tells. */
    val told = mutableListOf<MutableSharedFlow<Changes>>()
    private val deleted = HashMap<DocumentId, Kept<*>>()
    private var ids = 1_000
    private var changes = 0

    /** When the last change was made. No other is of that moment, so that a place in a list is one. */
    private var last = Instant.EPOCH

    fun recordOf(person: Person): OwnRecord = records.getOrPut(person.id) { OwnRecord() }

    fun signedOf(person: Person): LinkedHashMap<ItemId, SignedPaper> = signed.getOrPut(person.id) { LinkedHashMap() }

    /** The moment it is now, or that of the last change where many came in a millisecond. */
    fun latest(): Instant = maxOf(now(), last)

    fun newId() = DocumentId(uuid(++ids))

    fun newItem() = ItemId(uuid(++ids))

    fun <T : Any> write(document: Kept<T>, content: T, by: Person): Version {
        document.changed = ++changes
        documents[document.id] = document
        last = maxOf(now(), last.plusMillis(1))
        document.versions += Past(Version("fake-$changes"), last, by, content)
        return document.version
    }

    /**
     * Makes a change of what a person typed into a document. Without drafts nothing is written. What is
     * too long stays a draft, and the error that comes after that names its field.
     */
    fun <T : Any> settle(document: Kept<T>, by: Person, template: Template? = null): Version {
        val (drafts, settled) = document.drafts(by) to document.withDrafts(by)
        val (fitting, long) = drafts.values.partition { it.field.tooLong(it.text) == null }
        drafts -= fitting.map { it.field }.toSet()
        if (fitting.isNotEmpty()) write(document, settled, by)
        long.firstOrNull()?.run { field.tooLong(text, template) }?.let { throw it }
        return document.version
    }

    /** The document of this kind that a reader has under this id, or what became of it. */
    inline fun <reified K : Kept<*>> of(id: DocumentId, reader: Person?): K {
        refuseGone(id, reader)
        val found = documents[id]?.takeIf { it.isOnThePhoneOf(reader) } as? K
        return found ?: throw notFound(Noun.DOCUMENT, id.value)
    }

    /** Those of this kind that a reader has, changed last first. */
    inline fun <reified K : Kept<*>> all(reader: Person?): List<K> = documents.values.filterIsInstance<K>()
        .filter { it.isOnThePhoneOf(reader) }.sortedByDescending { it.changed }

    fun delete(document: Kept<*>) {
        documents -= document.id
        deleted[document.id] = document
    }

    /** Whether this was deleted; a [reader] knows that only of what was on their phone. */
    fun isDeleted(id: DocumentId, reader: Person? = null): Boolean =
        deleted[id].let { it != null && (reader == null || it.isOnThePhoneOf(reader)) }

    fun refuseGone(id: DocumentId, reader: Person?) {
        deleted[id]?.let { throw CoreException.Gone(it.noun, id, DocumentEnd.DELETED, "deleted", "it was deleted") }
        (documents[id] as? KeptProject)?.takeIf { it.members.isToCome(reader) }?.let {
            val why = "it is accepted and comes with the next sync"
            throw CoreException.Gone(it.noun, id, DocumentEnd.TO_COME, "to_come", why)
        }
        val kept = documents[id]?.takeIf { it.hasLost(reader) } ?: return
        throw CoreException.Gone(kept.noun, id, DocumentEnd.REVOKED, "revoked", "it is no longer shared with you")
    }
}

internal fun notFound(what: Noun, id: String) =
    CoreException.NotFound(what, id, "not_found", "there is no ${what.name.lowercase()} $id here")

internal fun notAllowed(reason: String, code: String = "not_allowed"): Nothing =
    throw CoreException.NotAllowed(code, reason)

/** The first [limit] of a list after some that are passed over, and whether it goes on. */
internal fun <T> List<T>.portion(limit: Int, offset: Int = 0): Portion<T> {
    if (limit < 0 || offset < 0) refused(InputField.VALUE, "value: it cannot be less than nothing")
    val rest = drop(offset)
    return Portion(rest.take(limit), more = rest.size > limit)
}

/** Those of a list, changed last first, that come after a place. */
internal fun List<DocumentSummary>.after(place: ListPosition?): List<DocumentSummary> =
    filter { place == null || it.updatedAt < place.updatedAt }
