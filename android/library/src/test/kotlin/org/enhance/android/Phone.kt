package org.enhance.android

import android.app.Application
import android.os.Looper
import java.io.File
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.enhance.core.Enrolment
import org.enhance.core.LearningCore
import org.enhance.testing.TestServer
import org.robolectric.Shadows.shadowOf

private val PATIENCE = 15.seconds

/** Does what an app does in its coroutines, here on the main thread, and waits for it. */
fun phone(work: suspend CoroutineScope.() -> Unit): Unit = runBlocking { withTimeout(PATIENCE, work) }

/** Lets the main thread do what there is until something holds. */
suspend fun eventually(what: String, holds: suspend () -> Boolean) {
    val end = System.nanoTime() + PATIENCE.inWholeNanoseconds
    while (!holds()) {
        check(System.nanoTime() < end) { "in vain: $what" }
        shadowOf(Looper.getMainLooper()).idle()
        delay(5)
    }
}

/** Where the core of an app is. */
val Application.coreFolder: File get() = File(noBackupFilesDir, "enhance")

/** Opens the folder of the app as a second process would; it must be free. */
suspend fun Application.openedByAnother(work: suspend (LearningCore) -> Unit = {}): Unit =
    LearningCore.open(coreFolder, AndroidKeyStore(this)).use { work(it) }

/** Makes this phone one of a person's. */
suspend fun Application.enrol(server: TestServer, name: String = "Dr Ana Ruiz"): Enrolment =
    Enhance.of(this).use { it.enrol(server.url, server.invite(name), "Ana's phone") }

/** As after the process was ended: nothing in memory, everything on the disk. */
fun Application.restarted(): Enhance {
    Enhance.current = null
    return Enhance.of(this)
}
