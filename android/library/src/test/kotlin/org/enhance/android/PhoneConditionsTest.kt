package org.enhance.android

import android.app.Activity
import android.app.Application
import android.net.ConnectivityManager
import android.net.NetworkCapabilities.NET_CAPABILITY_INTERNET
import android.net.NetworkCapabilities.NET_CAPABILITY_NOT_METERED
import android.net.NetworkCapabilities.NET_CAPABILITY_VALIDATED
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import org.enhance.core.Conditions
import org.enhance.core.LearningCore
import org.enhance.core.SyncState
import org.enhance.testing.TestServer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class PhoneConditionsTest {
    @get:Rule val keystore = TestKeystore()
    @get:Rule val running = ServerRule()
    private val server: TestServer get() = running.server
    private val application: Application = RuntimeEnvironment.getApplication()
    private val network = Network(application)

    @Test
    fun `a network counts though Android could not validate it, and is metered unless it says otherwise`() {
        val conditions = PhoneConditions(application)
        val table = mapOf(
            listOf<Int>() to (false to true),
            listOf(NET_CAPABILITY_INTERNET) to (true to true),
            listOf(NET_CAPABILITY_INTERNET, NET_CAPABILITY_NOT_METERED) to (true to false),
            listOf(NET_CAPABILITY_INTERNET, NET_CAPABILITY_VALIDATED) to (true to true),
            Network.FREE.asList() to (true to false),
        )
        for ((capabilities, expected) in table) {
            network.becomes(*capabilities.toIntArray())
            assertEquals("$capabilities", expected, conditions.now().run { online to metered })
        }
        network.isLost()
        assertEquals(Conditions(online = false, metered = false, foreground = false), conditions.now())
    }

    @Test
    fun `the app is on the screen while one of its screens can be seen`() {
        val conditions = PhoneConditions(application)
        val (one, other) = List(2) { Robolectric.buildActivity(Activity::class.java).create() }
        val seen = listOf(
            conditions.now().foreground,
            one.start().let { conditions.now().foreground },
            // One screen leads to another, which is started before the first is stopped.
            other.start().let { conditions.now().foreground },
            one.stop().let { conditions.now().foreground },
            other.stop().let { conditions.now().foreground },
        )
        assertEquals(listOf(false, true, true, true, false), seen)
    }

    @Test
    fun `a screen that was there before anybody looked does not count against another`() {
        val (early, late) = List(2) { Robolectric.buildActivity(Activity::class.java).create() }
        early.start()
        val conditions = PhoneConditions(application)
        late.start()
        early.stop()
        assertTrue(conditions.now().foreground)
    }

    @Test
    fun `a network that is lost and comes back reaches the core, which then syncs by itself`() = phone {
        network.becomes(*Network.FREE)
        application.enrol(server)
        Enhance.of(application).use { core ->
            val syncing = launch { core.keepInSync() }
            core.waitFor { it.lastSuccess != null && it.nextAttempt != null }
            network.isLost()
            core.waitFor { it.nextAttempt == null }
            core.createProject("Written on the underground")
            assertNull(core.syncState().nextAttempt)
            assertTrue(core.syncState().waitingEntries > 0)
            network.becomes(*Network.FREE)
            core.waitFor { it.waitingEntries == 0 }
            syncing.cancelAndJoin()
        }
    }

    @Test
    fun `the core asks more seldom where somebody pays for it, and not at all behind the screen`() = phone {
        val screen = Robolectric.buildActivity(Activity::class.java).create().also { Enhance.of(application) }.start()
        network.becomes(*Network.FREE)
        application.enrol(server)
        Enhance.of(application).use { core ->
            val syncing = launch { core.keepInSync() }
            core.waitFor { it.nextIn(Duration.ofSeconds(30)..Duration.ofSeconds(60)) }
            network.becomes(NET_CAPABILITY_INTERNET, NET_CAPABILITY_VALIDATED)
            core.waitFor { it.nextIn(Duration.ofMinutes(4)..Duration.ofMinutes(5)) }
            screen.stop()
            core.waitFor { it.nextAttempt == null }
            syncing.cancelAndJoin()
        }
    }

    @Test
    fun `Android is not asked any more when nobody uses the core`() = phone {
        val callbacks = shadowOf(application.service<ConnectivityManager>()).networkCallbacks
        Enhance.of(application).use {
            eventually("somebody listens") { callbacks.size == 1 }
        }
        assertEquals(0, callbacks.size)
    }

    private suspend fun LearningCore.waitFor(holds: (SyncState) -> Boolean) =
        eventually("the core to heed it") { holds(syncState()) }

    private fun SyncState.nextIn(expected: ClosedRange<Duration>): Boolean =
        lastSuccess != null && nextAttempt?.let { Duration.between(Instant.now(), it) in expected } == true
}
