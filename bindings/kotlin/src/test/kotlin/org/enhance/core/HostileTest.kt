package org.enhance.core

import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.Type
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeout
import org.enhance.core.harness.Hostile
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Whatever an app hands in, nothing but the library's own errors comes out, and the core goes on. */
class HostileTest {
    @Test
    fun `e4 whatever is handed in, only errors of the library come out`() = story(patience = 5.minutes) {
        val ana = trainee()
        val core = ana.core
        val plan = core.createProject("Falls on ward 7")
        val reflection = core.createReflection("quick-capture", "A night on call")
        val (asked, foreign) = mutableListOf<String>() to mutableListOf<String>()
        for (id in listOf(plan.value, reflection.value)) {
            val hostile = Hostile(id, ana.folder.parentFile)
            for (method in functions()) {
                for ((what, arguments) in calls(method, hostile)) {
                    asked += method.name.substringBefore('-')
                    try {
                        withTimeout(20.seconds) { core.ask(method, arguments) }
                    } catch (own: CoreException) {
                        if (own is CoreException.Unexpected) foreign += "${method.name} of $what: ${own.cause ?: own}"
                    } catch (other: Throwable) {
                        foreign += "${method.name} of $what: $other"
                    }
                }
            }
        }
        val functions = asked.toSet()
        assertTrue(functions.size > 150 && asked.size > 5_000, "${asked.size} calls of ${functions.size}: $functions")
        assertEquals(emptyList<String>(), foreign.distinct().take(40))

        // It goes on as if nothing had been.
        core.editReflection(reflection, null, listOf(ReflectionEdit.Answer("thought", "She fell.")))
        core.sync()
        assertEquals("She fell.", core.reflection(reflection).reflection.answers["thought"])
        assertEquals(0, core.syncState().waitingEntries)
    }

    /** Every function of the core but those that end it, or never end. */
    private fun functions(): List<Method> = LearningCoreApi::class.java.methods
        .filter { !Modifier.isStatic(it.modifiers) && !it.isSynthetic && it.name.substringBefore('-') !in NOT_ASKED }
        .sortedBy { it.name }

    /** One call for each value of each parameter, with nothing wrong in the others. */
    private fun calls(method: Method, hostile: Hostile): List<Pair<String, List<Any?>>> {
        val types = method.genericParameterTypes.filter { !isContinuation(it) }
        if (types.isEmpty()) return listOf("nothing" to emptyList())
        return types.flatMapIndexed { place, type ->
            hostile.values(type).map { value ->
                val said = "${place + 1} ${"$value".take(60)}"
                said to types.mapIndexed { other, one -> if (other == place) value else hostile.plain(one) }
            }
        }
    }

    private fun isContinuation(type: Type) = type.typeName.startsWith("kotlin.coroutines.Continuation")

    private suspend fun LearningCoreApi.ask(method: Method, arguments: List<Any?>) {
        val answer = if (method.genericParameterTypes.any(::isContinuation)) {
            suspendCoroutineUninterceptedOrReturn<Any?> { invoke(method, arguments + it.intercepted()) }
        } else {
            invoke(method, arguments)
        }
        when (answer) {
            is Flow<*> -> answer.first()
            is Typing -> answer.use { it.typed("She fell.") }
        }
    }

    private fun LearningCoreApi.invoke(method: Method, arguments: List<Any?>): Any? =
        try {
            method.invoke(this, *arguments.toTypedArray())
        } catch (thrown: InvocationTargetException) {
            throw thrown.targetException
        }

    private companion object {
        val NOT_ASKED = setOf(
            "suspendCore", "resumeCore", "close", "keepInSync", "getChanges", "watch",
            "getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait",
        )
    }
}
