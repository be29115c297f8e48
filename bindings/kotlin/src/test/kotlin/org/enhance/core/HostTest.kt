package org.enhance.core

import java.util.concurrent.CopyOnWriteArrayList
import org.enhance.core.harness.Phone
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What the host brings, and what becomes of the core if that fails. */
class HostTest {
    @Test
    fun `no answer of a key store but the key opens a database, and none makes a second key`() = story {
        val ana = trainee()
        ana.core.close()
        val (key, before) = ana.keys.key to ana.database.readBytes()
        ana.keys.answer = KeyAnswer.NotYet
        failingKey(KeyFault.NOT_YET) { ana.open() }
        ana.keys.answer = KeyAnswer.Missing
        failingKey(KeyFault.MISSING) { ana.open() }
        ana.keys.answer = KeyAnswer.Invalidated
        failingKey(KeyFault.INVALIDATED) { ana.open() }
        assertArrayEquals(key, ana.keys.key)
        assertArrayEquals(before, ana.database.readBytes())
        ana.keys.answer = null
        assertEquals(ana.account, ana.open().account())
    }

    @Test
    fun `a key that is lost for good leaves the database to be set aside`() = story {
        val ana = trainee()
        ana.core.close()
        ana.keys.key = null
        failingKey(KeyFault.MISSING) { ana.open() }
        LearningCore.setAside(ana.folder)
        ana.open()
        assertEquals(32, ana.keys.key?.size)
    }

    @Test
    fun `a key store that throws is asked again later and never taken for an empty one`() = story {
        val ana = trainee()
        ana.core.close()
        failingKey(KeyFault.NOT_YET) { LearningCore.open(ana.folder, Failing()) }
        val unkept = KeyStoreException.NotKept("no")
        failingKey(KeyFault.NOT_YET) { LearningCore.open(ana.folder, Failing(unkept)) }
        ana.open()
    }

    @Test
    fun `where a new key is not kept no database is made`() = story {
        val phone = Phone(phone().folder.resolve("new"))
        val unkept = failingKey(KeyFault.NOT_KEPT) {
            LearningCore.open(phone.folder, Forgetful("the chip is full"))
        }
        assertTrue("the chip is full" in unkept.reason, unkept.reason)
        failingKey(KeyFault.NOT_KEPT) { LearningCore.open(phone.folder, Forgetful(null)) }
        assertFalse(phone.database.exists())
        phone.use { it.open() }
    }

    @Test
    fun `an observer that throws spoils neither the write nor what others hear`() = story {
        val phone = trainee()
        phone.core.close()
        CoreHandle.open(phone.folder.path, phone.keys, null).use { core ->
            val heard = CopyOnWriteArrayList<Changes>()
            val observers = listOf(Observing { error("on purpose") }, Observing { heard += it })
            val subscriptions = observers.map(core::observe)
            val id = core.createProject("plan")
            assertEquals("plan", core.project(id).project.title)
            assertTrue(heard.single().topics.any { id in it.documents })
            subscriptions.forEach { it.close() }
            core.suspend()
        }
    }

    @Test
    fun `the log says what the core does and nothing of what a person wrote`() = story {
        val lines = CopyOnWriteArrayList<String>()
        val canary = "canary-7291"
        setLogListener(Logging { lines += it }, LogLevel.DEBUG)
        try {
            val (ana, ben) = person(canary, Role.TRAINEE) to supervisor()
            val plan = sharedPlan(ana, ben)
            val version = write(ana, plan, "The $canary fell.")
            ana.core.typing(plan, DraftField.Section(ProjectSection.PLAN), version).use { it.typed(canary) }
            ana.core.comment(plan, canary)
            ana.core.search(canary)
            ana.core.removeMember(plan, ben.account.person.id)
            ana.core.sync()
            write(ben, plan, "$canary, too late")
            ben.core.sync()
            failing<CoreException.InvalidInput> { ana.core.project(DocumentId(canary)) }
            failing<CoreException.Refused> {
                phone().core.enrol(server.url, "QGAC-FGH7-NQNB-3QJD-H7WA", canary)
            }
        } finally {
            setLogListener(null, LogLevel.ERROR)
        }
        assertTrue(lines.isNotEmpty())
        assertEquals(emptyList<String>(), lines.filter { canary in it })
    }

    private class Failing(private val error: Exception = IllegalStateException("on purpose")) : KeyStore {
        override fun fetch(): KeyAnswer = throw error

        override fun keep(key: ByteArray): Unit = throw error
    }

    private class Forgetful(private val reason: String?) : KeyStore {
        override fun fetch(): KeyAnswer = KeyAnswer.Missing

        override fun keep(key: ByteArray) {
            if (reason != null) throw KeyStoreException.NotKept(reason)
        }
    }

    private class Observing(private val hear: (Changes) -> Unit) : Observer {
        override fun changed(changes: Changes): Unit = hear(changes)
    }

    private class Logging(private val hear: (String) -> Unit) : LogListener {
        override fun log(level: LogLevel, part: String, line: String): Unit = hear("$level $part $line")
    }
}
