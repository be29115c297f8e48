package org.enhance.core

/**
 * As much of a list as was asked for, and whether there is [more] of it, so that no screen has to
 * guess from a full page. The next one begins after the last of the [items].
 */
public data class Portion<out T>(public val items: List<T>, public val more: Boolean) :
    Collection<T> by items

internal fun DocumentPortion.asPortion(): Portion<DocumentSummary> = Portion(items, more)

internal fun HitPortion.asPortion(): Portion<Hit> = Portion(items, more)

internal fun SignOffPortion.asPortion(): Portion<SignOffRequestView> = Portion(items, more)

internal fun SittingPortion.asPortion(): Portion<SittingView> = Portion(items, more)
