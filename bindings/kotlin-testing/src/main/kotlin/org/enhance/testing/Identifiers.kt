package org.enhance.testing

import org.enhance.core.CoreException
import org.enhance.core.DocumentId
import org.enhance.core.Finding
import org.enhance.core.FindingCount
import org.enhance.core.FindingKind
import org.enhance.core.FindingSeverity
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.Sha256
import org.enhance.core.SharingCheck
import org.enhance.core.TextPlace
import java.security.MessageDigest

/**
 * Looks through a reflection or a plan, with [names] that go along, for the plainest of what tells who
 * somebody is.
 */
internal fun FakePhone.check(id: DocumentId, names: List<Pair<TextPlace, String>> = emptyList()): SharingCheck {
    val me = me()
    val texts = when (val kept = here<Kept<*>>(id)) {
        is KeptReflection -> kept.withDrafts(me).run {
            listOf(TextPlace.Title to title) + answers.map { (prompt, text) -> TextPlace.Answer(prompt) to text }
        }
        is KeptProject -> kept.withDrafts(me).shown.run {
            listOf(TextPlace.Title to title, TextPlace.Setting to setting, TextPlace.AimSentence to aim.sentence) +
                sections.map { (section, text) -> TextPlace.Section(section) to text } + kept.unread(me)
        }
        else -> notAllowed("only reflections and plans are looked through")
    }
    return checked(id, texts + names)
}

/** What was said about a plan that nobody else reads yet. */
private fun KeptProject.unread(reader: Person): List<Pair<TextPlace, String>> =
    if (members.othersRead(reader)) emptyList()
    else comments.texts().map { (id, text) -> TextPlace.Item(Noun.COMMENT, id) to text }

/** What in a plan that others read may tell who somebody is. */
internal fun FakePhone.findingsOf(id: DocumentId): List<Finding> =
    if (here<KeptProject>(id).members.othersRead(me())) check(id).findings else emptyList()

/** Looks through texts, whoever is going to read them. */
internal fun FakePhone.checked(id: DocumentId?, texts: List<Pair<TextPlace, String>>): SharingCheck {
    val ownPlaces = recordIfAny().shown.placements.map { it.placement.organisation }.filter { it.length > 3 }
    val findings = texts.flatMap { (place, text) -> identifiers(place, text) + ownPlaces.inText(place, text) }
    val probable = findings.filter { it.severity == FindingSeverity.PROBABLE_IDENTIFIER }.groupingBy { it.kind }
        .eachCount().map { (kind, count) -> FindingCount(kind, count) }
    val said = texts.joinToString("\u0000") { it.second } + probable
    return SharingCheck(id, findings, more = 0, probable, Sha256(sha256(said)))
}

/** Refuses to go on while probable identifiers are there that the person has not acknowledged. */
internal fun SharingCheck.requireAcknowledged(acknowledged: Sha256?) {
    if (probable.isEmpty() || acknowledged == acknowledgement) return
    val found = probable.sumOf { it.count }
    throw CoreException.NotAllowed("unacknowledged", "$found probable identifiers are in the text; look at them first")
}

/** Looks through words that are about to be said about a document, where others read it. */
internal fun FakePhone.checkSaid(about: DocumentId, words: List<String>): SharingCheck {
    val isRead = (here<Kept<*>>(about) as? KeptProject)?.members?.othersRead(me()) ?: true
    return checked(about, words.filter { isRead }.map { TextPlace.Message to it.trim() })
}

/** Refuses words in which something was found that was not seen. */
internal fun FakePhone.requireSeen(about: DocumentId, vararg words: String): Unit =
    checkSaid(about, words.toList()).requireAcknowledged(acknowledged)

private fun identifiers(place: TextPlace, text: String): List<Finding> = RULES.flatMap { rule ->
    rule.pattern.findAll(text).filter { rule.isOne(it.value) }.map { found ->
        Finding(
            place, rule.kind, FindingSeverity.PROBABLE_IDENTIFIER, found.range.first, found.range.last + 1, found.value,
            facts = emptyList(), rule.reason, replacement = null,
        )
    }
}.sortedBy { it.start }

private fun List<String>.inText(place: TextPlace, text: String): List<Finding> = mapNotNull { name ->
    val start = text.indexOf(name, ignoreCase = true).takeIf { it >= 0 } ?: return@mapNotNull null
    Finding(
        place, FindingKind.OWN_PLACE, FindingSeverity.POSSIBLE, start, start + name.length,
        text.substring(start, start + name.length), facts = emptyList(), "it is where you work", replacement = null,
    )
}

private class Rule(
    val kind: FindingKind,
    val reason: String,
    pattern: String,
    val isOne: (String) -> Boolean = { true },
) {
    val pattern = Regex(pattern)
}

private val RULES = listOf(
    Rule(FindingKind.NHS_NUMBER, "it is a number of the NHS, by its check digit", """\b\d{3}[ -]?\d{3}[ -]?\d{4}\b""", ::isNhsNumber),
    Rule(FindingKind.EMAIL, "it is an address for mail", """(?<![\w.+-])[\w.+-]++@[\w-]++(\.[\w-]++)+"""),
    Rule(FindingKind.POSTCODE, "it is a whole postcode", """\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"""),
    Rule(FindingKind.DATE_OF_BIRTH, "it is a date of birth", """(?i)\b(born|dob|d\.o\.b\.)[ :]+(on )?\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}"""),
    Rule(FindingKind.TITLE_NAME, "it is a title with a name", """\b(Mr|Mrs|Ms|Miss)\.? [A-Z][a-z]+"""),
)

/** The last digit of a number of the NHS follows from the others. */
private fun isNhsNumber(text: String): Boolean {
    val digits = text.filter { it.isDigit() }.map { it.digitToInt() }
    val sum = digits.take(9).mapIndexed { place, digit -> digit * (10 - place) }.sum()
    // 999 is for tests.
    return (11 - sum % 11) % 11 == digits.last() && digits.take(3) != listOf(9, 9, 9)
}

internal fun sha256(text: String): String =
    MessageDigest.getInstance("SHA-256").digest(text.toByteArray()).joinToString("") { "%02x".format(it) }
