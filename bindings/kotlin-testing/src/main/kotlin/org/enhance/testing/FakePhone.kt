package org.enhance.testing

import java.text.Normalizer
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.MutableSharedFlow
import org.enhance.core.Account
import org.enhance.core.Changes
import org.enhance.core.CoreException
import org.enhance.core.DocumentId
import org.enhance.core.InputField
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.Programme
import org.enhance.core.Sha256
import org.enhance.core.Template
import org.enhance.core.Topic
import org.enhance.core.TopicChange

/** The phone of one person in memory: whose it is, whether its core is awake, and what it tells. */
internal class FakePhone(
    person: Person?,
    private val everybody: List<Person>,
    val programme: Programme?,
    val now: () -> Instant,
    val memory: Memory,
) {
    val told =
        MutableSharedFlow<Changes>(extraBufferCapacity = 1_000, onBufferOverflow = BufferOverflow.DROP_OLDEST)
    var account: Account? = person?.let(::account)
    var asleep = false

    /** The last words in which it was seen what was found. */
    var acknowledged: Sha256? = null

    /** Why nothing can be done any more: the core was closed, or signed out. */
    var ended: CoreException? = null
    var failure: CoreException? = null

    init {
        synchronized(memory) { memory.told += told }
    }

    /** What the server refused of what was written here. */
    val refusedWork = mutableListOf<RefusedWork>()

    /** Whom this phone has heard of. Who has left the programme has no role any more. */
    val people: List<Person>
        get() = everybody.map { if (it.id in memory.left) it.copy(roles = emptyList()) else it }

    /** The day of today, by the clocks of the United Kingdom. */
    val today: LocalDate get() = day(now())

    fun me(): Person = account?.person
        ?: throw CoreException.SignInNeeded(neverEnrolled = true, "not_enrolled", NOT_ENROLLED)

    fun person(id: PersonId): Person =
        people.find { it.id == id } ?: throw notFound(Noun.PERSON, id.value)

    /** Somebody else, to whom something is given or who is asked for it. */
    fun other(id: PersonId): Person {
        if (id == me().id) refused(InputField.PERSON, "that is you")
        val person = person(id)
        if (person.roles.isEmpty()) {
            refused(InputField.PERSON, "${person.name} has left the programme; nothing can reach them")
        }
        return person
    }

    /** What this person noted of their training. */
    fun record(): OwnRecord = memory.recordOf(me())

    /** The same, and empty while nobody is enrolled. */
    fun recordIfAny(): OwnRecord = account?.person?.let(memory::recordOf) ?: OwnRecord()

    fun template(key: String): Template? = programme?.templates?.find { it.key == key }

    // What is here for this person

    inline fun <reified K : Kept<*>> here(id: DocumentId): K = memory.of(id, account?.person)

    inline fun <reified K : Kept<*>> all(): List<K> = memory.all(account?.person)

    // How every call begins and ends

    fun <T> asked(topic: Topic, document: DocumentId? = null, work: () -> T): T =
        asked(work).also { tell(listOf(topic), listOfNotNull(document)) }

    fun <T> asked(work: () -> T): T = synchronized(memory) {
        refuse()
        work()
    }

    fun refuse() {
        ended?.let { throw it }
        if (asleep) throw CoreException.Suspended("suspended", "the core is suspended; resume it first")
        failure?.let { throw it }
    }

    /** Ends everything, and what watches at once. */
    fun leave(why: CoreException) {
        if (ended != null) return
        ended = why
        told.tryEmit(Changes(Topic.entries.map { TopicChange(it, emptyList()) }))
    }

    /** Tells everybody: what one of them did may be on the screens of the others. */
    fun tell(topics: List<Topic>, documents: List<DocumentId>) {
        val changes = Changes(topics.map { TopicChange(it, documents) })
        synchronized(memory) { memory.told.toList() }.forEach { it.tryEmit(changes) }
    }

    private companion object {
        const val NOT_ENROLLED = "nobody is enrolled here yet; enrol with an invitation"
    }
}

/** The day of a moment, by the clocks of the United Kingdom. */
internal fun day(moment: Instant): LocalDate = LocalDate.ofInstant(moment, LONDON)

private val LONDON = ZoneId.of("Europe/London")

/** A name as it is compared: capitals, accents, signs and doubled spaces make no other of it. */
internal fun String.asCompared(): String = Normalizer.normalize(this, Normalizer.Form.NFKD).lowercase()
    .split(Regex("[\\s\\p{Pd}]+")).map { word -> word.filter(Char::isLetterOrDigit) }
    .filter { it.isNotEmpty() }.joinToString(" ")

/** Refuses what was handed in, with words for the person. */
internal fun refused(field: InputField, why: String): Nothing =
    throw CoreException.InvalidInput(field, "invalid_input", why)
