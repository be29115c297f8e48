package org.enhance.core

import java.io.File
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import org.enhance.core.harness.Phone
import org.enhance.core.harness.story
import org.enhance.core.harness.until
import org.enhance.testing.StalledServer
import org.enhance.testing.TestServer.Companion.TEXT_CHARS
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** When calls begin and how they end: in order, by themselves, cancelled or suspended. */
class CallsTest {
    @Test
    fun `what was asked for first is done first`() = story {
        val core = trainee().core
        val ids = coroutineScope {
            List(50) { async(start = UNDISPATCHED) { core.createProject("plan $it") } }.awaitAll()
        }
        assertEquals(ids.reversed(), core.projects().map { it.id })
    }

    @Test
    fun `cancelling stops a write that has not begun and none that has`() = story {
        val ana = trainee()
        val plan = ana.core.createProject("plan")
        val long = "words ".repeat(TEXT_CHARS / 6)
        coroutineScope {
            val begun = launch(start = UNDISPATCHED) { write(ana, plan, long) }
            val waiting = launch(start = UNDISPATCHED) { ana.core.createProject("not begun") }
            delay(5)
            waiting.cancelAndJoin()
            begun.cancelAndJoin()
        }
        assertEquals(long, problem(ana, plan))
        assertEquals(1, ana.core.projects().size)
    }

    @Test
    fun `an opening that is cancelled leaves nothing open`() = story {
        val ana = trainee()
        ana.core.close()
        repeat(20) { round ->
            coroutineScope {
                val opening = launch(start = UNDISPATCHED) { LearningCore.open(ana.folder, ana.keys).close() }
                delay(round.toLong())
                opening.cancelAndJoin()
            }
        }
        assertEquals(ana.account, ana.open().account())
    }

    @Test
    fun `a sync tells how far it is and what it did`() = story {
        val (ana, ben) = trainee() to supervisor()
        sharedPlan(ana, ben)
        repeat(3) { ana.core.createProject("plan $it") }
        val heard = mutableListOf<SyncProgress>()
        val report = ana.core.sync { heard += it }
        assertTrue(report.pushed >= 3, "$report")
        assertEquals(0, report.waiting)
        assertFalse(report.more)
        val last = heard.last() as SyncProgress.Exchanged
        assertEquals(report.pushed, last.pushed)
        assertFalse(last.more)
        val state = ana.core.syncState()
        assertNull(state.lastError)
        assertEquals(0, state.waitingEntries)
    }

    @Test
    fun `a sync ends when its bytes are spent and the next goes on from there`() = story {
        val ana = trainee()
        repeat(10) { write(ana, ana.core.createProject("plan $it"), "words ".repeat(2_000 + it)) }
        val first = ana.core.sync(Budget(deadline = null, metered = true, maxBytes = 1))
        assertTrue(first.more, "$first")
        assertTrue(first.waiting > 0, "$first")
        val second = ana.core.sync()
        assertEquals(0, second.waiting)
    }

    @Test
    fun `a sync ends when its time is spent`() = story(ownServer = true) {
        val ana = trainee()
        server.stall().use {
            val took = measureTime {
                val budget = Budget(300.milliseconds, metered = false, maxBytes = null)
                val ended = runCatching { ana.core.sync(budget) }
                assertTrue(ended.getOrNull()?.more == true, "$ended")
            }
            assertTrue(took < 2.seconds, "$took")
        }
    }

    @Test
    fun `a cancelled sync has ended in the core when it returns`() = story(ownServer = true) {
        val ana = trainee()
        ana.core.createProject("plan")
        server.stall().use { stalled ->
            val took = syncUnderWay(ana, stalled) { it.cancelAndJoin() }
            assertTrue(took < 2.seconds, "$took")
            stalled.awaitHangUp()
        }
        server.start()
        assertEquals(0, ana.core.sync().waiting)
    }

    @Test
    fun `everything long can be cancelled`() = story(ownServer = true) {
        val (ana, newcomer) = trainee().withProgramme() to phone()
        val invitation = server.invite("Dr New")
        val calls = mapOf<String, suspend () -> Any>(
            "enrol" to { newcomer.core.enrol(server.url, invitation, "a phone") },
            "inviteDevice" to { ana.core.inviteDevice() },
            "updatePack" to { ana.core.updatePack("enhance") },
            "fetchMedia" to { ana.core.fetchMedia("peter-360") },
        )
        server.stall().use { stalled ->
            for ((name, call) in calls) {
                supervisorScope {
                    val calling = async(start = UNDISPATCHED) { call() }
                    stalled.awaitCall()
                    calling.cancelAndJoin()
                    assertTrue(calling.isCancelled, name)
                }
                stalled.awaitHangUp()
            }
        }
        server.start()
        assertNull(newcomer.core.account())
        newcomer.core.enrol(server.url, invitation, "a phone")
        assertTrue(File(ana.core.fetchMedia("peter-360")).length() > 0)
    }

    @Test
    fun `a sync of a caller that was cancelled before does not begin`() = story {
        val ana = trainee()
        ana.core.createProject("plan")
        coroutineScope {
            val syncing = launch(start = UNDISPATCHED) {
                runCatching { delay(60_000) }
                ana.core.sync()
            }
            syncing.cancelAndJoin()
        }
        assertTrue(ana.core.syncState().waitingEntries > 0)
    }

    @Test
    fun `a listener that fails ends the sync with its own error`() = story {
        val ana = trainee()
        ana.core.createProject("plan")
        val failure = runCatching { ana.core.sync { error("on purpose") } }.exceptionOrNull()
        assertEquals("on purpose", failure?.message)
        assertEquals(0, ana.core.sync().waiting)
    }

    @Test
    fun `suspending during a stalled sync is quick and leaves no lock`() = story(ownServer = true) {
        val ana = trainee()
        val plan = ana.core.createProject("plan")
        server.stall().use { stalled ->
            var failure: Throwable? = null
            val took = syncUnderWay(ana, stalled, { failure = it }) {
                ana.core.suspendCore()
                LearningCore.open(ana.folder, ana.keys).use { other ->
                    assertEquals(plan, other.projects().single().id)
                    failingStorage(StorageFault.IN_USE) { ana.core.resumeCore() }
                }
                it.join()
            }
            assertTrue(took < 2.seconds, "$took")
            assertTrue(failure is CoreException.Suspended, "$failure")
        }
        assertTrue(runCatching { ana.core.projects() }.exceptionOrNull() is CoreException.Suspended)
        server.start()
        ana.core.resumeCore()
        assertEquals(0, ana.core.sync().waiting)
    }

    @Test
    fun `suspending does not wait for what was asked for before`() = story {
        val core = trainee().core
        val plans = List(200) { core.createProject("plan $it") }
        supervisorScope {
            val reads = List(2_000) { async(start = UNDISPATCHED) { core.project(plans[it % 200]) } }
            val took = measureTime { core.suspendCore() }
            assertTrue(took < 1.seconds, "$took")
            val failures = reads.mapNotNull { runCatching { it.await() }.exceptionOrNull() }
            assertTrue(failures.isNotEmpty() && failures.all { it is CoreException.Suspended })
        }
    }

    @Test
    fun `the core keeps in sync by itself until that is cancelled`() = story {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        for (phone in listOf(ana, ben)) {
            phone.core.setConditions(Conditions(online = true, metered = false, foreground = true))
        }
        coroutineScope {
            val keeping = launch { ana.core.keepInSync() }
            write(ana, plan, "Patients fall.")
            until { ana.core.syncState().waitingEntries == 0 }
            ben.core.sync()
            assertEquals("Patients fall.", problem(ben, plan))
            keeping.cancelAndJoin()
        }
        write(ana, plan, "Patients fall at night.")
        delay(300)
        assertTrue(ana.core.syncState().waitingEntries > 0)
    }

    @Test
    fun `after closing everything says that the core is suspended`() = story {
        val core = trainee().core
        core.close()
        core.close()
        val calls = mapOf<String, suspend () -> Unit>(
            "projects" to { core.projects() },
            "newItemId" to { core.newItemId() },
            "sync" to { core.sync() },
            "keepInSync" to { core.keepInSync() },
            "suspendCore" to { core.suspendCore() },
            "resumeCore" to { core.resumeCore() },
            "changes" to { core.changes.collect {} },
            "watch" to { core.watchProjects().collect {} },
        )
        for ((name, call) in calls) {
            val failure = runCatching { call() }.exceptionOrNull()
            assertTrue(failure is CoreException.Suspended, "$name: $failure")
        }
    }

    @Test
    fun `closing ends what is under way`() = story(ownServer = true) {
        val ana = trainee()
        server.stall().use { stalled ->
            var failure: Throwable? = null
            syncUnderWay(ana, stalled, { failure = it }) {
                ana.core.close()
                it.join()
            }
            assertTrue(failure is CoreException.Suspended, "$failure")
        }
    }

    /** Begins a sync that is never answered, and says how long [end] took. */
    private suspend fun syncUnderWay(
        phone: Phone,
        stalled: StalledServer,
        failed: (Throwable?) -> Unit = {},
        end: suspend (Job) -> Unit,
    ) = supervisorScope {
        val syncing = launch(start = UNDISPATCHED) {
            failed(runCatching { phone.core.sync() }.exceptionOrNull())
        }
        stalled.awaitCall()
        measureTime { end(syncing) }
    }
}
