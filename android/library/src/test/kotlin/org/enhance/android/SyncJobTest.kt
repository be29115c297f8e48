package org.enhance.android

import android.app.Application
import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.net.NetworkCapabilities.NET_CAPABILITY_INTERNET
import android.net.NetworkCapabilities.NET_CAPABILITY_VALIDATED
import android.os.PersistableBundle
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import org.enhance.core.LearningCore
import org.enhance.testing.TestServer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowJobService

@RunWith(RobolectricTestRunner::class)
@Config(shadows = [AnsweredJob::class])
class SyncJobTest {
    @get:Rule val keystore = TestKeystore()
    @get:Rule val running = ServerRule()
    private val server: TestServer get() = running.server
    private val application: Application = RuntimeEnvironment.getApplication()
    private val scheduler = application.service<JobScheduler>()
    private val enhance = Enhance.of(application)
    private val job = Robolectric.buildService(SyncJob::class.java).create()
    private val answers: List<Boolean> get() = Shadow.extract<AnsweredJob>(job.get()).answers

    @Test
    fun `what was written offline is sent in the background`() = phone {
        application.enrol(server)
        server.stop()
        enhance.use { it.createProject("Written on the underground") }
        assertNotNull("nothing is left behind to send it", scheduler.getPendingJob(SyncJob.UNSENT))
        server.start()
        start(SyncJob.UNSENT)
        eventually("the job to end") { answers.isNotEmpty() }
        // Answered before anything else looks at the core: it was let go of by then.
        application.openedByAnother { assertEquals(0, it.syncState().waitingEntries) }
        assertEquals(listOf(false), answers)
    }

    @Test
    fun `where nobody answers it asks for another time`() = phone {
        application.enrol(server)
        server.stop()
        enhance.use { it.createProject("Written on the underground") }
        start(SyncJob.UNSENT)
        eventually("the job to end") { answers.isNotEmpty() }
        assertEquals(listOf(true), answers)
        application.openedByAnother { assertTrue(it.syncState().waitingEntries > 0) }
    }

    @Test
    fun `where nobody is enrolled it does not ask for another time`() = phone {
        start(SyncJob.NEWS)
        eventually("the job to end") { answers.isNotEmpty() }
        assertEquals(listOf(false), answers)
    }

    @Test
    fun `stopped in flight it asks for another time and leaves no lock`() = phone {
        application.enrol(server)
        server.stall().use { stalled ->
            val parameters = start(SyncJob.NEWS)
            stalled.awaitCall()
            assertTrue(job.get().onStopJob(parameters))
            free(within = 2.seconds)
        }
        delay(200)
        assertEquals("Android was answered twice", listOf<Boolean>(), answers)
    }

    @Test
    fun `a service that ends takes its work with it`() = phone {
        application.enrol(server)
        server.stall().use { stalled ->
            start(SyncJob.NEWS)
            stalled.awaitCall()
            job.destroy()
            free(within = 2.seconds)
        }
    }

    @Test
    fun `the core of a screen is shared and stays`() = phone {
        application.enrol(server)
        enhance.use { core: LearningCore ->
            core.createProject("Falls on ward 7")
            start(SyncJob.UNSENT)
            eventually("the job to end") { answers.isNotEmpty() }
            assertEquals(listOf(false), answers)
            assertEquals(0, core.syncState().waitingEntries)
        }
    }

    @Test
    fun `two jobs at once are each answered once`() = phone {
        application.enrol(server)
        start(SyncJob.NEWS)
        start(SyncJob.UNSENT)
        eventually("both jobs to end") { answers.size == 2 }
        delay(200)
        assertEquals(listOf(false, false), answers)
        application.openedByAnother()
    }

    @Test
    fun `a sync in the background ends before Android ends it, and is small where somebody pays`() {
        val network = Network(application)
        network.becomes(*Network.FREE)
        val free = job.get().budget()
        assertTrue(checkNotNull(free.deadline) < 10.minutes)
        assertEquals(false to null, free.run { metered to maxBytes })
        network.becomes(NET_CAPABILITY_INTERNET, NET_CAPABILITY_VALIDATED)
        val paid = job.get().budget()
        assertEquals(free.deadline, paid.deadline)
        assertTrue(paid.metered && paid.maxBytes != null)
    }

    @Test
    fun `before enrolment nothing is arranged`() = phone {
        enhance.use { it.people() }
        assertEquals(listOf<JobInfo>(), scheduler.allPendingJobs)
    }

    @Test
    fun `news are for a network that costs nothing, and outlive a restart`() = phone {
        application.enrol(server)
        enhance.use { it.sync() }
        val news = scheduler.allPendingJobs.single { it.id == SyncJob.NEWS }
        assertTrue(news.isPeriodic && news.isPersisted && news.isRequireBatteryNotLow)
        assertEquals(6.hours.inWholeMilliseconds, news.intervalMillis)
        @Suppress("DEPRECATION")
        assertEquals(JobInfo.NETWORK_TYPE_UNMETERED, news.networkType)
    }

    @Test
    fun `what is unsent goes over any network`() {
        SyncJob.arrange(application, unsent = true)
        val send = checkNotNull(scheduler.getPendingJob(SyncJob.UNSENT))
        assertTrue(send.isPersisted)
        assertFalse(send.isPeriodic)
        @Suppress("DEPRECATION")
        assertEquals(JobInfo.NETWORK_TYPE_ANY, send.networkType)
        assertEquals(SyncJob::class.java.name, send.service.className)
    }

    @Test
    fun `no job waits until Android has validated the network`() {
        SyncJob.arrange(application, unsent = true)
        for (info in scheduler.allPendingJobs) {
            val needed = checkNotNull(info.requiredNetwork)
            assertTrue(needed.hasCapability(NET_CAPABILITY_INTERNET))
            assertFalse(needed.hasCapability(NET_CAPABILITY_VALIDATED))
        }
    }

    @Test
    fun `newer content is fetched in the background where that costs nothing`() = phone {
        val network = Network(application)
        network.becomes(NET_CAPABILITY_INTERNET)
        application.enrol(server)
        start(SyncJob.NEWS)
        eventually("the job to end") { answers.size == 1 }
        enhance.use { core -> assertTrue(core.packs().all { it.installed == null }) }
        network.becomes(*Network.FREE)
        start(SyncJob.NEWS)
        eventually("the job to end") { answers.size == 2 }
        enhance.use { core ->
            val pack = core.packs().single()
            assertNotNull(pack.installed)
            assertEquals(pack.available, pack.installed)
        }
    }

    @Test
    fun `what is arranged already is left alone`() {
        SyncJob.arrange(application, unsent = true)
        val before = scheduler.allPendingJobs
        SyncJob.arrange(application, unsent = true)
        assertEquals(2, before.size)
        before.forEach { assertSame(it, scheduler.getPendingJob(it.id)) }
    }

    @Test
    fun `what was sent is no reason for a job`() = phone {
        application.enrol(server)
        scheduler.cancelAll()
        enhance.use {
            it.createProject("Falls on ward 7")
            it.sync()
        }
        assertNull(scheduler.getPendingJob(SyncJob.UNSENT))
    }

    private fun start(id: Int): JobParameters {
        val parameters = JobParameters(
            null, null, id, PersistableBundle(), null, null, 0, false, false, false, null, null, null,
        )
        assertTrue("the work goes on after this", job.get().onStartJob(parameters))
        return parameters
    }

    private suspend fun free(within: Duration) {
        val end = System.nanoTime() + within.inWholeNanoseconds
        while (runCatching { application.openedByAnother() }.isFailure) {
            check(System.nanoTime() < end) { "the folder is still held" }
            delay(10)
        }
    }
}

/** Writes down what Android is answered: each time, whether there should be another. */
@Implements(JobService::class)
class AnsweredJob : ShadowJobService() {
    val answers: MutableList<Boolean> = CopyOnWriteArrayList()

    @Implementation
    override fun jobFinished(params: JobParameters, needsReschedule: Boolean) {
        answers += needsReschedule
    }
}
