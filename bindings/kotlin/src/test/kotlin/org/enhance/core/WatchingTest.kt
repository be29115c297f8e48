package org.enhance.core

import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What screens are told. */
class WatchingTest {
    @Test
    fun `every change is heard, in order, and none after the collector has gone`() = story {
        val core = trainee().core
        val heard = mutableListOf<Changes>()
        coroutineScope {
            val collecting = launch(start = UNDISPATCHED) { core.changes.collect { heard += it } }
            val made = List(20) { core.createProject("entry $it") }
            delay(50)
            val documents = heard.flatMap { it.topics }.filter { it.topic == Topic.DOCUMENTS }
            assertEquals(made, documents.flatMap { it.documents }.distinct())
            collecting.cancel()
        }
        val sofar = heard.size
        core.createProject("unheard")
        delay(50)
        assertEquals(sofar, heard.size)
    }

    @Test
    fun `a collector that fails ends its own listening and nothing else`() = story {
        val core = trainee().core
        coroutineScope {
            val hearing = launch(start = UNDISPATCHED) { core.changes.take(2).toList() }
            val failing = launch(start = UNDISPATCHED) {
                runCatching { core.changes.collect { error("on purpose") } }
            }
            core.createProject("one")
            failing.join()
            core.createProject("two")
            hearing.join()
        }
        assertEquals(2, core.projects().size)
    }

    @Test
    fun `what watches ends at once when the core is closed or signed out`() = story {
        val ways = mapOf<String, suspend (LearningCore) -> Unit>(
            "closed" to { it.close() },
            "signed_out" to { it.signOut(it.unsent().confirmation) },
        )
        for ((code, leave) in ways) {
            val core = trainee().core
            supervisorScope {
                val watching = listOf(core.watchProjects(), core.changes).map { flow ->
                    async(start = UNDISPATCHED) { runCatching { flow.collect {} }.exceptionOrNull() }
                }
                delay(50)
                leave(core)
                for (ended in withTimeout(2.seconds) { watching.awaitAll() }) {
                    assertEquals(code, (ended as? CoreException)?.code, "$ended")
                }
            }
            assertEquals(code, failing<CoreException> { core.watchProjects().collect {} }.code)
        }
    }

    @Test
    fun `a watched value comes at once and again when it has changed`() = story {
        val core = trainee().core
        watching(core.watchProjects()) { titles ->
            assertEquals(emptyList<String>(), titles.next().map { it.title })
            val id = core.createProject("one")
            assertEquals(listOf("one"), titles.next().map { it.title })
            core.editProject(id, null, listOf(ProjectEdit.Title("another")))
            assertEquals(listOf("another"), titles.next().map { it.title })
        }
    }

    @Test
    fun `equal values come once and changes of other topics not at all`() = story {
        val core = trainee().core
        var reads = 0
        watching(core.watch(Topic.DRAFTS) { reads += 1; unsettled().size }) { sizes ->
            assertEquals(0, sizes.next())
            val id = core.createProject("one")
            val version = core.project(id).version
            delay(50)
            assertEquals(1, reads)
            core.autosave(id, DraftField.Section(ProjectSection.PLAN), version, "a")
            assertEquals(1, sizes.next())
            core.autosave(id, DraftField.Section(ProjectSection.PLAN), version, "ab")
            assertNull(withTimeoutOrNull(100) { sizes.next() })
            assertTrue(reads > 2)
        }
    }

    @Test
    fun `a slow collector gets the newest only`() = story {
        val core = trainee().core
        val shown = mutableListOf<Int>()
        coroutineScope {
            val screen = launch(start = UNDISPATCHED) {
                core.watch(Topic.DOCUMENTS) { projects().size }.collect {
                    shown += it
                    delay(200)
                }
            }
            repeat(30) { core.createProject("entry $it") }
            while (shown.last() != 30) delay(10)
            screen.cancel()
        }
        assertTrue(shown.size < 10, "$shown")
    }

    @Test
    fun `a screen outlives a suspension and then shows what it missed`() = story {
        val ana = trainee()
        watching(ana.core.watchProjects()) { lists ->
            assertEquals(0, lists.next().size)
            ana.core.suspendCore()
            LearningCore.open(ana.folder, ana.keys).use { it.createProject("one") }
            ana.core.resumeCore()
            assertEquals(1, lists.next().size)
        }
        ana.core.suspendCore()
        watching(ana.core.watchProjects()) { lists ->
            assertNull(withTimeoutOrNull(100) { lists.next() })
            ana.core.resumeCore()
            assertEquals(1, lists.next().size)
        }
    }

    @Test
    fun `what cannot be read ends the watching with the reason`() = story {
        val core = trainee().core
        val id = core.createProject("one")
        var failure: Throwable? = null
        coroutineScope {
            val screen = launch(start = UNDISPATCHED) {
                failure = runCatching { core.watchProject(id).collect {} }.exceptionOrNull()
            }
            core.delete(id)
            screen.join()
        }
        assertTrue(failure is CoreException.Gone, "$failure")
    }

    @Test
    fun `each screen is told of what it shows`() = story {
        val (ana, ben) = trainee().withProgramme() to supervisor()
        val core = ana.core
        val plan = sharedPlan(ana, ben)
        val id = core.createReflection("quick-capture")
        val thought = DraftField.Answer("thought")

        changes("reflections", core.watchReflections()) {
            core.autosave(id, thought, core.reflection(id).version, "typed")
        }
        changes("a reflection that is typed into", core.watchReflection(id)) {
            core.autosave(id, thought, core.reflection(id).version, "typed more")
        }
        core.settle(id)
        changes("a reflection that was sent", core.watchReflection(id)) { settle(ana) }
        changes("projects", core.watchProjects()) {
            core.editProject(plan, null, listOf(ProjectEdit.Title("Falls at night")))
        }
        changes("a project with a comment", core.watchProject(plan)) { core.comment(plan, "Which ward?") }
        changes("a project without a member", core.watchProject(plan)) {
            core.removeMember(plan, ben.account.person.id)
        }
        changes("modules", core.watchModules()) {
            val activity = core.module(core.modules().first().key).activities.first().activity
            core.completeActivity(activity.key)
        }
        changes("sync state", core.watchSyncState()) { core.sync() }
        changes("shared with me", ben.core.watchSharedWithMe()) {
            core.shareReflection(id, ben.account.person.id)
            settle(ana, ben)
        }
        val other = sharedPlan(ana, ben)
        changes("quarantined", ben.core.watchQuarantined()) {
            core.removeMember(other, ben.account.person.id)
            core.sync()
            write(ben, other, "Too late.")
            ben.core.sync()
        }
    }

    /** Asserts that what is watched changes when [happens]. */
    private suspend fun <T> changes(what: String, watched: Flow<T>, happens: suspend () -> Unit) {
        watching(watched) { values ->
            val before = values.next()
            happens()
            val after = withTimeoutOrNull(5_000) { values.next() }
            assertNotNull(after, what)
            assertNotEquals(before, after, what)
        }
    }

    private suspend fun <T> watching(watched: Flow<T>, story: suspend (Values<T>) -> Unit) {
        coroutineScope {
            val values = Values(this, watched)
            story(values)
            values.end()
        }
    }

    private class Values<T>(scope: CoroutineScope, watched: Flow<T>) {
        private val values = watched.buffer(Channel.UNLIMITED).produceIn(scope)

        suspend fun next(): T = values.receive()

        fun end(): Unit = values.cancel()
    }
}
