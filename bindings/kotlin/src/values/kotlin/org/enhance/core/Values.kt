package org.enhance.core

import java.time.Instant

/*
 * Ids, versions and hashes, each a type of its own, so that none is taken for another. They come
 * from the core. One made by hand from something else is answered with
 * [CoreException.InvalidInput].
 */

/** A document: a reflection, a project, a copy that was shared. */
@JvmInline
public value class DocumentId(public val value: String) {
    override fun toString(): String = value
}

/** Something inside a document: a measure, a cycle, an action, a comment, a session. */
@JvmInline
public value class ItemId(public val value: String) {
    override fun toString(): String = value
}

/** A person on the programme. */
@JvmInline
public value class PersonId(public val value: String) {
    override fun toString(): String = value
}

/** One installation of the app. A person has as many as they have phones. */
@JvmInline
public value class DeviceId(public val value: String) {
    override fun toString(): String = value
}

/** A piece of work that the server refused. */
@JvmInline
public value class QuarantineId(public val value: Long) {
    override fun toString(): String = value.toString()
}

/** What a document said at one moment; to be handed back with edits. */
@JvmInline
public value class Version(public val value: String) {
    override fun toString(): String = value
}

/** The version of a content pack; a newer one has a larger number. */
@JvmInline
public value class PackVersion(public val value: Long) : Comparable<PackVersion> {
    override fun compareTo(other: PackVersion): Int = value.compareTo(other.value)

    override fun toString(): String = value.toString()
}

/** The version of a template; a newer one has a larger number. */
@JvmInline
public value class TemplateVersion(public val value: Int) : Comparable<TemplateVersion> {
    override fun compareTo(other: TemplateVersion): Int = value.compareTo(other.value)

    override fun toString(): String = value.toString()
}

/** The SHA-256 of a file of a content pack, in 64 hexadecimal digits. */
@JvmInline
public value class Sha256(public val value: String) {
    override fun toString(): String = value
}

/** Milliseconds since 1970; the nearest there is for a moment too far away to be counted so. */
internal val Instant.wholeMilliseconds: Long
    get() = try {
        toEpochMilli()
    } catch (_: ArithmeticException) {
        if (isBefore(Instant.EPOCH)) Long.MIN_VALUE else Long.MAX_VALUE
    }
