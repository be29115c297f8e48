package org.enhance.core

import java.io.File
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.enhance.core.harness.Phone
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Much at a time, and much in a row. */
class LoadTest {
    @Test
    fun `64 threads read, write, watch and cancel without waiting for each other for ever`() = story {
        val ana = trainee()
        val plan = ana.core.createProject("plan")
        val failures = ConcurrentLinkedQueue<Throwable>()
        val took = measureTime {
            val threads = List(64) { number ->
                thread(isDaemon = true) {
                    runCatching { runBlocking { repeat(10) { work(ana, plan, number + it) } } }
                        .onFailure(failures::add)
                }
            }
            threads.forEach { it.join(20_000) }
            assertEquals(0, threads.count { it.isAlive })
        }
        assertEquals(emptyList<Throwable>(), failures.toList())
        assertTrue(took < 10.seconds, "$took")
        assertEquals(1 + 128, ana.core.projects(limit = 1_000).size)
        assertEquals(0, ana.core.sync().waiting)
    }

    @Test
    fun `100,000 calls leave nothing behind`() = story(patience = 3.minutes) {
        val core = trainee().core
        val plan = core.createProject("plan")
        calls(core, plan, 25_000)
        val (heapBefore, residentBefore) = heap() to resident()
        val took = measureTime { calls(core, plan, 100_000) }
        val (heapGrown, residentGrown) = heap() - heapBefore to resident() - residentBefore
        val figures = "$took, heap grown by $heapGrown KiB, process by $residentGrown KiB"
        assertTrue(took < 60.seconds, figures)
        // Fifty bytes of the heap that each call left behind would be more, and so would 320 in all.
        assertTrue(heapGrown < 5_000, figures)
        assertTrue(residentGrown < 32_000, figures)
    }

    private suspend fun work(phone: Phone, plan: DocumentId, number: Int) {
        when (number % 5) {
            0 -> phone.core.createProject("plan $number")
            1 -> phone.core.project(plan)
            2 -> write(phone, plan, "Patients fall, says $number.")
            3 -> phone.core.watchProjects().first()
            else -> coroutineScope {
                val syncing = launch(start = UNDISPATCHED) { phone.core.sync() }
                delay(number % 8L)
                syncing.cancelAndJoin()
            }
        }
    }

    /** Calls of every shape, eight at a time: answered, refused, watched, long and cancelled. */
    private suspend fun calls(core: LearningCore, plan: DocumentId, count: Int) = coroutineScope {
        repeat(8) {
            launch(Dispatchers.Default) {
                repeat(count / 8 / 50) {
                    repeat(44) { core.newItemId() }
                    core.account()
                    core.project(plan)
                    runCatching { core.module("nonsense") }
                    core.watch(Topic.DRAFTS) { 0 }.first()
                    launch(start = UNDISPATCHED) { core.keepInSync() }.cancelAndJoin()
                    launch(start = UNDISPATCHED) { core.sync() }.cancelAndJoin()
                }
            }
        }
    }

    /**
     * KiB of the heap that are in use once nothing more can be freed. Threads of their own free what
     * is outside the heap and end what was cancelled; on a busy machine they may be late.
     */
    private fun heap(): Long {
        var (least, rounds) = Long.MAX_VALUE to 0
        repeat(200) {
            System.gc()
            Thread.sleep(50)
            val used = Runtime.getRuntime().run { totalMemory() - freeMemory() } / 1_024
            rounds = if (used < least - 16) 0 else rounds + 1
            least = minOf(least, used)
            if (rounds == 8) return least
        }
        return least
    }

    /** KiB of this process that are in memory. */
    private fun resident(): Long {
        val line = File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }
        return line.filter(Char::isDigit).toLong()
    }
}
