package org.enhance.core.harness

import java.io.File
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.WildcardType
import java.time.Instant
import java.time.LocalDate
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

/**
 * Values that no app should hand in, made for any type that a function of the core takes: by
 * reflection, so that a function that is new is asked as well. Ids are texts here, as they are for
 * the virtual machine.
 */
class Hostile(private val id: String, private val folder: File) {
    /** Values of a type, each with one thing in it that is wrong. Long texts are for the top only. */
    fun values(type: Type, depth: Int = 0): List<Any?> {
        val raw = raw(type)
        return when {
            raw == String::class.java -> if (depth == 0) TEXTS + LONG else TEXTS
            raw == Int::class.java -> listOf(Int.MIN_VALUE, -1, 0, Int.MAX_VALUE)
            raw == Long::class.java -> listOf(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)
            raw == Double::class.java -> listOf(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MAX_VALUE)
            raw == Boolean::class.java -> listOf(true, false)
            raw == ByteArray::class.java -> listOf(ByteArray(0), ByteArray(9), ByteArray(1_000_000))
            raw == Instant::class.java -> listOf(Instant.MIN, Instant.MAX, Instant.EPOCH)
            raw == LocalDate::class.java -> listOf(LocalDate.MIN, LocalDate.MAX, LocalDate.EPOCH)
            raw == Duration::class.java -> LENGTHS
            raw == File::class.java -> listOf(File("\u0000"), File(folder, "x".repeat(5_000)), File(folder, "nowhere"))
            List::class.java.isAssignableFrom(raw) ->
                listOf(emptyList<Any?>()) + values(argument(type, 0), depth + 1).map { listOf(it, it) }
            Map::class.java.isAssignableFrom(raw) ->
                values(argument(type, 1), depth + 1).map { mapOf(plain(argument(type, 0)) to it) }
            Function::class.java.isAssignableFrom(raw) -> listOf(PROGRESS)
            raw.isEnum -> raw.enumConstants.toList()
            boxing(raw) != null -> values(within(raw), depth).map { boxed(raw, it) }
            isCases(raw) -> cases(raw).flatMap { values(it, depth) }
            else -> made(raw, depth)
        }
    }

    /** A value of a type with nothing wrong in it. */
    fun plain(type: Type): Any? {
        val raw = raw(type)
        return when {
            raw == String::class.java -> id
            raw == Int::class.java -> 1
            raw == Long::class.java -> 1L
            raw == Boolean::class.java -> false
            raw == ByteArray::class.java -> "%PDF-1.4".toByteArray()
            raw == Instant::class.java -> Instant.ofEpochMilli(1_790_000_000_000)
            raw == LocalDate::class.java -> LocalDate.of(2026, 9, 1)
            raw == Duration::class.java -> 1.milliseconds
            raw == File::class.java -> File(folder, "files")
            List::class.java.isAssignableFrom(raw) -> emptyList<Any?>()
            Map::class.java.isAssignableFrom(raw) -> emptyMap<Any?, Any?>()
            Function::class.java.isAssignableFrom(raw) -> PROGRESS
            raw.isEnum -> raw.enumConstants.first()
            boxing(raw) != null -> boxed(raw, plain(within(raw)))
            isCases(raw) -> plain(cases(raw).first())
            else -> instance(raw) ?: construct(raw, parameters(raw).map(::plain))
        }
    }

    private fun made(raw: Class<*>, depth: Int): List<Any?> {
        instance(raw)?.let { return listOf(it) }
        val parameters = parameters(raw)
        return parameters.flatMapIndexed { place, type ->
            values(type, depth + 1).map { value ->
                construct(raw, parameters.mapIndexed { other, one -> if (other == place) value else plain(one) })
            }
        }
    }

    private fun parameters(raw: Class<*>): List<Type> = constructor(raw).genericParameterTypes.toList()

    private fun construct(raw: Class<*>, values: List<Any?>): Any? =
        constructor(raw).also { it.isAccessible = true }.newInstance(*values.toTypedArray())

    /** The one that takes everything and nothing of the compiler's. */
    private fun constructor(raw: Class<*>) = requireNotNull(
        raw.declaredConstructors.filter { !it.isSynthetic }.maxByOrNull { it.parameterCount },
    ) { "$raw cannot be made" }

    private fun instance(raw: Class<*>): Any? =
        raw.declaredFields.find { it.name == "INSTANCE" && Modifier.isStatic(it.modifiers) }?.get(null)

    /** How an id is made that is in a list: only there it is an object of its own. */
    private fun boxing(raw: Class<*>) = raw.declaredMethods.find { it.name == "box-impl" }

    private fun within(raw: Class<*>): Type = requireNotNull(boxing(raw)).parameterTypes.single()

    private fun boxed(raw: Class<*>, value: Any?): Any? = requireNotNull(boxing(raw)).invoke(null, value)

    private fun isCases(raw: Class<*>) = Modifier.isAbstract(raw.modifiers) && cases(raw).isNotEmpty()

    private fun cases(raw: Class<*>) = raw.declaredClasses.filter { raw.isAssignableFrom(it) }

    private fun raw(type: Type): Class<*> = when (type) {
        is Class<*> -> type.kotlin.javaPrimitiveType ?: type
        is ParameterizedType -> type.rawType as Class<*>
        is WildcardType -> raw(type.upperBounds.first())
        else -> error("no values for $type")
    }

    private fun argument(type: Type, place: Int): Type = when (val of = (type as ParameterizedType).actualTypeArguments[place]) {
        is WildcardType -> of.lowerBounds.firstOrNull() ?: of.upperBounds.first()
        else -> of
    }

    private companion object {
        val TEXTS: List<String> = listOf("", "\u0000", "\uD83D", "\uDE00 half", "a\u0000b", " \t\r\n", "\u202E\uFEFF")
        val LONG: String = "x".repeat(1_000_000)
        val LENGTHS: List<Duration> =
            listOf(-Duration.INFINITE, (-1).milliseconds, Duration.ZERO, Duration.INFINITE, 1_000_000_000.days)
        val PROGRESS: suspend (Any?) -> Unit = {}
    }
}
