package org.enhance.android

import android.app.Application
import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.os.UserManager
import android.util.Log
import java.io.File
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import org.enhance.core.CoreException
import org.enhance.core.KeyFault
import org.enhance.core.StorageFault
import org.enhance.testing.TestServer
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLog

@RunWith(RobolectricTestRunner::class)
class EnhanceTest {
    @get:Rule val keystore = TestKeystore()
    @get:Rule val running = ServerRule()
    private val server: TestServer get() = running.server
    private val application: Application = RuntimeEnvironment.getApplication()
    private val enhance = Enhance.of(application)

    @Test
    fun `whoever asks gets the same core`() = phone {
        assertSame(enhance, Enhance.of(application.applicationContext))
        enhance.use { one -> Enhance.of(application).use { other -> assertSame(one, other) } }
    }

    @Test
    fun `many who come at once get the same core and leave it free`() = phone {
        val cores = (1..64).map { async { enhance.use { core -> core.also { delay(it.hashCode() % 5L) } } } }.awaitAll()
        assertEquals(1, cores.toSet().size)
        application.openedByAnother()
    }

    @Test
    fun `the folder is held until the last has left`() = phone {
        val first = CompletableDeferred<Unit>()
        val other = launch { enhance.use { first.complete(Unit).also { awaitCancellation() } } }
        first.await()
        enhance.use { it.people() }
        assertInUse { application.openedByAnother() }
        other.cancelAndJoin()
        application.openedByAnother()
    }

    @Test
    fun `who is cancelled while it opens leaves nothing held`() = phone {
        repeat(20) { round ->
            val opening = launch { enhance.use { awaitCancellation() } }
            delay(round.toLong())
            opening.cancelAndJoin()
            application.openedByAnother()
        }
    }

    @Test
    fun `what fails in somebody's work leaves nothing held`() = phone {
        assertThrows(IllegalStateException::class.java) { phone { enhance.use { error("theirs") } } }
        application.openedByAnother()
    }

    @Test
    fun `what was written is there the next time, and none of it is in the log`() = phone {
        ShadowLog.setLoggable(TAG, Log.DEBUG)
        application.enrol(server)
        val plan = enhance.use { it.createProject(CANARY) }
        assertEquals(CANARY, enhance.use { it.project(plan).project.title })
        val anew = application.restarted()
        assertEquals(CANARY, anew.use { it.project(plan).project.title })
        server.stop()
        assertThrows(CoreException.Offline::class.java) { phone { anew.use { it.sync() } } }
        val lines = ShadowLog.getLogsForTag(TAG).map { it.msg }
        assertTrue("the core says nothing", lines.isNotEmpty())
        assertFalse(lines.any { CANARY in it })
    }

    @Test
    fun `before the first unlock it does not open, and afterwards it does`() = phone {
        enhance.use {}
        val users = shadowOf(application.getSystemService(UserManager::class.java))
        users.setUserUnlocked(false)
        val anew = application.restarted()
        val lost = assertThrows(CoreException.KeyUnavailable::class.java) { phone { anew.use {} } }
        assertEquals(KeyFault.NOT_YET, lost.fault)
        users.setUserUnlocked(true)
        anew.use {}
    }

    @Test
    fun `an invalidated key is said to be one, and setting aside loses nothing`() = phone {
        enhance.use {}
        val before = File(application.coreFolder, "enhance.db").readBytes()
        keystore.keys.clear()
        val anew = application.restarted()
        val lost = assertThrows(CoreException.KeyUnavailable::class.java) { phone { anew.use {} } }
        assertEquals(KeyFault.INVALIDATED, lost.fault)
        val aside = anew.setAside()
        assertArrayEquals(before, File(aside, "enhance.db").readBytes())
        anew.use { assertNull(it.account()) }
    }

    @Test
    fun `nothing is set aside while somebody uses it`() = phone {
        enhance.use {
            assertInUse { enhance.setAside() }
            it.people()
        }
        assertTrue(enhance.setAside().isDirectory)
        enhance.use { it.people() }
    }

    @Test
    fun `signing out takes files, keys and jobs away while screens hold the core`() = phone {
        application.enrol(server)
        enhance.use { it.createProject(CANARY) }
        val jobs = application.service<JobScheduler>()
        assertEquals(2, jobs.allPendingJobs.size)
        val shown = CompletableDeferred<Unit>()
        val screen = async {
            val watching = runCatching { enhance.use { core -> core.watchProjects().collect { shown.complete(Unit) } } }
            watching.exceptionOrNull()
        }
        shown.await()
        val refused = assertThrows(CoreException.Unsent::class.java) { phone { enhance.signOut() } }
        assertEquals(1, enhance.use { it.projects().size })
        keystore.mayDelete = true
        assertTrue(enhance.signOut(refused.unsent.confirmation).serverTold)
        assertTrue("${screen.await()}", screen.await() is CoreException.SignedOut)
        assertEquals(emptyList<JobInfo>(), jobs.allPendingJobs)
        assertEquals(emptyMap<String, Any>(), keystore.keys)
        enhance.use { assertNull(it.account()) }
        application.enrol(server)
        assertEquals(0, enhance.use { it.projects().size })
    }

    @Test
    fun `it lies where no backup goes`() = phone {
        enhance.use {}
        assertTrue(application.noBackupFilesDir.list()!!.contains("enhance"))
        assertFalse(application.filesDir.walk().any(File::isFile))
    }

    @Test
    fun `the phone's authorities are trusted`() {
        assertTrue(authorities().size > 10)
        assertTrue(authorities().all { it.size > 100 && it[0] == 0x30.toByte() })
    }

    private fun assertInUse(work: suspend () -> Unit) {
        val refused = assertThrows(CoreException.Storage::class.java) { phone { work() } }
        assertEquals(StorageFault.IN_USE, refused.fault)
    }

    private companion object {
        const val CANARY = "Falls on ward 7 in the small hours"
    }
}
