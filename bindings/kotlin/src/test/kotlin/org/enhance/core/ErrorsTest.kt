package org.enhance.core

import java.io.File
import java.net.ServerSocket
import org.enhance.core.harness.raiseSchema
import org.enhance.core.harness.story
import org.enhance.testing.MemoryKeyStore
import org.enhance.testing.TestServer.Companion.TEXT_CHARS
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What an app can act on, each as an error of its own. */
class ErrorsTest {
    @Test
    fun `the folder of one core is refused to a second until the first is closed`() = story {
        val ana = trainee()
        failingStorage(StorageFault.IN_USE) { LearningCore.open(ana.folder, ana.keys) }
        ana.core.close()
        LearningCore.open(ana.folder, ana.keys).use { assertEquals(ana.account, it.account()) }
    }

    @Test
    fun `another key opens nothing and harms nothing`() = story {
        val ana = trainee()
        ana.core.close()
        val before = ana.database.readBytes()
        failingKey(KeyFault.WRONG) { LearningCore.open(ana.folder, MemoryKeyStore(ByteArray(32))) }
        failingKey(KeyFault.INVALIDATED) { LearningCore.open(ana.folder, MemoryKeyStore(ByteArray(5))) }
        assertArrayEquals(before, ana.database.readBytes())
        assertEquals("Dr Ana Ruiz", ana.open().account()?.person?.name)
    }

    @Test
    fun `a damaged database is refused, and set aside whole before the folder is used again`() = story {
        val ana = trainee()
        ana.core.close()
        ana.database.writeBytes(ByteArray(8_192))
        failingStorage(StorageFault.DAMAGED) { ana.open() }
        val aside = LearningCore.setAside(ana.folder)
        assertArrayEquals(ByteArray(8_192), File(aside, ana.database.name).readBytes())
        ana.open()
        ana.core.enrol(server.url, server.invite("Dr Ana Ruiz"), "the same phone")
    }

    @Test
    fun `a database of a newer app is refused and left as it is`() = story {
        val ana = trainee()
        ana.core.close()
        raiseSchema(ana.database, requireNotNull(ana.keys.key), 999)
        val before = ana.database.readBytes()
        val newer = failingStorage(StorageFault.NEWER_SCHEMA) { ana.open() }
        assertTrue("999" in newer.reason, newer.reason)
        assertArrayEquals(before, ana.database.readBytes())
    }

    @Test
    fun `no person writes or syncs before enrolment`() = story {
        val core = phone().core
        val calls = listOf<suspend () -> Unit>(
            { core.createProject("plan") }, { core.sync() }, { core.inviteDevice() },
        )
        for (call in calls) {
            val refused = failing<CoreException.SignInNeeded>(call)
            assertTrue(refused.neverEnrolled)
            assertEquals("not_enrolled", refused.code)
        }
    }

    @Test
    fun `an invitation is good for one enrolment, and a folder for one person`() = story {
        val (ana, other) = phone() to phone()
        val invitation = server.invite("Dr Ana Ruiz")
        ana.core.enrol(server.url, invitation, "a phone")
        val refused = failing<CoreException.Refused> { other.core.enrol(server.url, invitation, "a phone") }
        assertEquals("invitation_used", refused.code)
        val taken = failing<CoreException.NotAllowed> {
            ana.core.enrol(server.url, server.invite("Dr Ben Okoro"), "a phone")
        }
        assertEquals("already_enrolled", taken.code)
    }

    @Test
    fun `where no server listens one is offline`() = story {
        val port = ServerSocket(0).use { it.localPort }
        failing<CoreException.Offline> {
            phone().core.enrol("http://127.0.0.1:$port", "QGAC-FGH7-NQNB-3QJD-H7WA", "a phone")
        }
    }

    @Test
    fun `what cannot be taken says which field and why`() = story {
        val core = phone().core
        val address = failing<CoreException.InvalidInput> {
            core.enrol("not an address", "QGAC-FGH7-NQNB-3QJD-H7WA", "a phone")
        }
        assertEquals(InputField.SERVER, address.field)
        val id = failing<CoreException.InvalidInput> { core.project(DocumentId("not an id")) }
        assertEquals(InputField.ID, id.field)
    }

    @Test
    fun `what is not here is not found`() = story {
        val ana = trainee().withProgramme()
        val id = ana.core.createProject("plan")
        ana.core.delete(id)
        val gone = failing<CoreException.Gone> { ana.core.project(id) }
        assertEquals(id to DocumentEnd.DELETED, gone.id to gone.end)
        val missing = failing<CoreException.NotFound> { ana.core.module("nonsense") }
        assertEquals(Noun.MODULE to "nonsense", missing.what to missing.id)
    }

    @Test
    fun `what is too large says how much fits`() = story {
        val ana = trainee()
        val id = ana.core.createProject("plan")
        val tooLarge = failing<CoreException.TooLarge> { write(ana, id, "x".repeat(TEXT_CHARS + 1)) }
        assertEquals(TEXT_CHARS.toLong(), tooLarge.limit)
    }

    @Test
    fun `who may only read does not write`() = story {
        val (ana, ben) = trainee() to supervisor()
        settle(ana, ben)
        val plan = ana.core.createProject("plan")
        invite(ana, plan, Right.READ, ben)
        failing<CoreException.NotAllowed> { write(ben, plan, "not mine") }
    }
}

/** The error about the key that [call] ends with, which has this [fault]. */
internal suspend inline fun failingKey(fault: KeyFault, call: suspend () -> Unit): CoreException.KeyUnavailable =
    failing<CoreException.KeyUnavailable>(call).also { assertEquals(fault, it.fault) }

/** The error about the storage that [call] ends with, which has this [fault]. */
internal suspend inline fun failingStorage(fault: StorageFault, call: suspend () -> Unit): CoreException.Storage =
    failing<CoreException.Storage>(call).also { assertEquals(fault, it.fault) }

/** The error of this kind that [call] ends with. Each has a code, and a reason that a person can read. */
internal suspend inline fun <reified E : CoreException> failing(call: suspend () -> Unit): E {
    val failure = try {
        call()
        null
    } catch (error: CoreException) {
        error
    }
    check(failure is E) { "expected ${E::class.simpleName}, was $failure" }
    check(failure.reason.isNotBlank() && failure.message == failure.reason) { "$failure gives no reason" }
    check(failure.code.isNotBlank()) { "$failure has no code" }
    return failure
}
