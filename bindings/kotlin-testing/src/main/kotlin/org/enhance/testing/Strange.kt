package org.enhance.testing

import java.lang.reflect.Modifier
import java.time.Instant
import java.time.LocalDate
import org.enhance.core.InputField

/**
 * Refuses what is refused where it crosses to the core, which is not here: days and moments that
 * nobody can date, wherever they are in what was handed in.
 */
internal fun refuseStrange(value: Any?, depth: Int = 0) {
    when (value) {
        is LocalDate -> if (value.year !in YEARS) {
            refused(InputField.EDIT, "$value is in no year of anybody's training; years go from 1950 to 2150")
        }
        is Instant -> refuseStrange(day(value.coerceIn(FIRST, LAST)), depth)
        is Iterable<*> -> value.forEach { refuseStrange(it, depth + 1) }
        is Enum<*> -> return
        else -> if (value != null && depth < MOST_DEPTH && value.javaClass.packageName == CORE) fields(value, depth)
    }
}

private fun fields(value: Any, depth: Int) {
    for (field in value.javaClass.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }) {
        field.isAccessible = true
        refuseStrange(field.get(value), depth + 1)
    }
}

/** Deeper than any value of the library. */
private const val MOST_DEPTH = 12
private const val CORE = "org.enhance.core"
private val YEARS = 1950..2150
private val FIRST = Instant.parse("0000-01-01T00:00:00Z")
private val LAST = Instant.parse("9999-12-31T00:00:00Z")
