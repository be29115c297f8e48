package org.enhance.testing

import java.math.BigDecimal
import java.math.BigInteger
import java.time.Instant
import java.time.LocalDate
import org.enhance.core.CoreException
import org.enhance.core.DraftField
import org.enhance.core.InputField
import org.enhance.core.ItemId
import org.enhance.core.Noun
import org.enhance.core.ObservedValue
import org.enhance.core.ProjectEdit
import org.enhance.core.ProjectSection
import org.enhance.core.Template
import org.enhance.core.TextOfItem
import org.enhance.core.edit
import org.enhance.core.isShort
import org.enhance.core.item
import org.enhance.core.path
import org.enhance.core.written

// What is asked of all that somebody types, in the core's words and with its codes.

// How long a text may be

/** Characters of a text on a server that was not set otherwise; all that is typed here is for one. */
private const val MOST_CHARS = 262_144L

/** Characters of a name, a title or a unit, which stand in lists. */
private const val MOST_SHORT = 500L

/** Refuses a text that is too long and is typed into no field of its own. */
internal fun refuseLong(text: String?, isShort: Boolean = false) {
    val limit = if (isShort) MOST_SHORT else MOST_CHARS
    if (text == null || text.chars <= limit) return
    val advice =
        if (isShort) "Say it in fewer words here, and the rest in the text" else "Continue it in a new document"
    val why = "this text is too long: $limit characters fit here. $advice"
    throw CoreException.TooLarge(limit, null, null, TOO_LONG, why)
}

/** Refuses an edit of a plan with a text that is too long, naming its field where people type into it. */
internal fun refuseLong(edit: ProjectEdit) {
    val text = edit.written ?: return
    edit.draftField?.let { throw it.tooLong(text) ?: return }
    refuseLong(text, edit.isShort)
}

/** Why a text does not go into a field; null where it does. A template says what its prompts ask. */
internal fun DraftField.tooLong(text: String, template: Template? = null): CoreException.TooLarge? {
    val over = text.chars - MOST_CHARS
    if (over <= 0) return null
    val many = if (over == 1L) "1 character" else "$over characters"
    val why = "the text \"${called(template)}\" is too long by $many: $MOST_CHARS characters fit there. " +
        "Shorten it, or continue it in a new document"
    return CoreException.TooLarge(MOST_CHARS, this, over, TOO_LONG, why)
}

private fun DraftField.called(template: Template?) = when (this) {
    is DraftField.Answer -> template?.prompts?.find { it.key == v1 }?.label ?: v1
    is DraftField.Section -> v1.heading
    is DraftField.Item -> "${v1.noun.words}: ${v1.field.replace('_', ' ')}"
}

/** The field that people type this into; null where it is none. */
private val ProjectEdit.draftField: DraftField?
    get() {
        if (this is ProjectEdit.Section) return DraftField.Section(section)
        val (noun, id) = item ?: return null
        val text = TextOfItem(noun, id, path?.substringAfterLast('/') ?: return null)
        return DraftField.Item(text).takeIf { text.edit("") != null }
    }

private val ProjectSection.heading: String
    get() = when (this) {
        ProjectSection.GOVERNANCE -> "Information governance"
        ProjectSection.CO_PRODUCED_WITH -> "Co-produced with"
        ProjectSection.SUSTAINED -> "What is sustained"
        else -> name.lowercase().replace('_', ' ').replaceFirstChar { it.uppercase() }
    }

private val String.chars: Long get() = codePointCount(0, length).toLong()

private const val TOO_LONG = "text_too_long"

// Numbers, days and what is named

internal fun inRange(field: String, number: Int?, range: IntRange, of: InputField = InputField.EDIT) {
    if (number == null || number in range) return
    refused(of, "${of.beforeReason()}$field goes from ${range.first} to ${range.last}, not $number")
}

/** Refuses a day that nobody means: one of another calendar, or one that stands for never. */
internal fun refuseOtherYear(day: LocalDate, of: InputField = InputField.EDIT) {
    if (day.year in 1950..2150) return
    refused(of, "${of.beforeReason()}$day is in no year of anybody's training; years go from 1950 to 2150")
}

/** Whether a day has come nowhere yet: somewhere it is tomorrow already. */
internal fun LocalDate.isAhead(now: Instant): Boolean = this > day(now).plusDays(1)

/** What stands before a reason; of an edit and of a person the reason itself says what it is about. */
internal fun InputField.beforeReason() =
    if (this == InputField.EDIT || this == InputField.PERSON) "" else "${name.lowercase()}: "

internal fun refuse(why: String): Nothing = refused(InputField.EDIT, why)

/** That a thing which an edit names is in none of what is looked at: a plan, or a record. */
internal fun refuseUnknown(of: String, noun: Noun, id: ItemId, where: String): Nothing =
    refuse("$of names a ${noun.words} $id that is not in this $where")

// Values of measures

/** Why this is no value, if it is none. */
internal val ObservedValue.fault: String?
    get() = when {
        this !is ObservedValue.Ratio -> null
        denominator == 0 -> "the denominator is zero"
        numerator > denominator -> "the numerator is larger than the denominator"
        else -> null
    }

/** As people write it. */
internal val ObservedValue.said: String
    get() = when (this) {
        is ObservedValue.Number -> BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString()
        is ObservedValue.Ratio -> "$numerator/$denominator"
    }

/** What somebody typed as a value; null where it is none. */
internal fun String.toValue(): ObservedValue? {
    if (matches(SHARE)) {
        val (numerator, denominator) = split('/').map { it.trim().toIntOrNull() ?: return null }
        return ObservedValue.Ratio(numerator, denominator).takeIf { it.fault == null }
    }
    if (!matches(NUMBER)) return null
    return toBigDecimal().movePointRight(3).toBigIntegerExactOrNull()?.let { ObservedValue.Number(it) }
}

private fun BigDecimal.toBigIntegerExactOrNull(): Long? = runCatching { longValueExact() }.getOrNull()

/** Compares exactly; a share is compared with a number as so many of a hundred. */
internal operator fun ObservedValue.compareTo(other: ObservedValue): Int {
    val (mine, theirs) = fraction to other.fraction
    return (mine.first * theirs.second).compareTo(theirs.first * mine.second)
}

private val ObservedValue.fraction: Pair<BigInteger, BigInteger>
    get() = when (this) {
        is ObservedValue.Number -> thousandths.toBigInteger() to 1_000.toBigInteger()
        is ObservedValue.Ratio -> 100.toBigInteger() * numerator.toBigInteger() to denominator.toBigInteger()
    }

private val SHARE = Regex("\\s*\\d+\\s*/\\s*\\d+\\s*")
private val NUMBER = Regex("-?\\d+(\\.\\d+)?")
