package org.enhance.android

import android.app.Application
import android.content.Context
import android.util.Log
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.enhance.core.CoreException
import org.enhance.core.LearningCore
import org.enhance.core.code

/**
 * The learning core of this app, as Android wants it: in a folder that no backup takes, with its key
 * in the Keystore, told of the network and the screen, and synced in the background.
 *
 * What needs the core says so with [use], for as long as it needs it:
 *
 * ```
 * Enhance.of(context).use { core -> core.watchReflections().collect { show(it) } }
 * ```
 *
 * However many screens do, there is one core. When the last has left, the folder is let go of, and if
 * something was not sent yet, [SyncJob] is left behind to send it.
 *
 * Begin with [of] in `Application.onCreate` or the `onCreate` of the first screen: from then on it
 * is known whether the app is on the screen.
 */
public class Enhance private constructor(private val application: Application) {
    private val conditions = PhoneConditions(application)
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val lock = Mutex()

    // What the lock guards.
    private var core: LearningCore? = null
    private var users = 0
    private var telling: Job? = null

    /**
     * Opens the core, or shares it if it is open, and does [work] with it.
     *
     * The core is there until [work] returns or is cancelled; do not close it or keep it. Everything
     * that was asked of it by then is durable.
     *
     * @throws CoreException why it does not open, for example `KeyUnavailable`: before the phone
     *   was unlocked for the first time, or because the key is lost; see [setAside].
     */
    public suspend fun <T> use(work: suspend (LearningCore) -> T): T {
        // Not cancelled half way: a user would then be counted who never leaves.
        val core = withContext(NonCancellable) { lock.withLock { enter() } }
        try {
            currentCoroutineContext().ensureActive()
            return work(core)
        } finally {
            withContext(NonCancellable) { lock.withLock { leave(core) } }
        }
    }

    /**
     * Moves a database that is damaged or whose key is lost out of the way, whole, and says where
     * to. After that [use] begins a new one, and the device has to be enrolled again.
     *
     * @throws CoreException why not, for example `Storage` with the fault `IN_USE` while the core is used.
     */
    public suspend fun setAside(): File = lock.withLock {
        if (users == 0) {
            core?.close()
            core = null
        }
        LearningCore.setAside(folder())
    }

    private suspend fun enter(): LearningCore {
        val core = opened()
        if (users == 0) {
            core.setConditions(conditions.now())
            telling = scope.launch { conditions.all.collect(core::setConditions) }
        }
        users += 1
        return core
    }

    private suspend fun opened(): LearningCore {
        core?.let {
            if (users == 0) it.resumeCore()
            return it
        }
        Logcat.listen()
        // Reading the phone's authorities takes longer than opening the database.
        val trusted = withContext(Dispatchers.IO) { authorities() }
        return LearningCore.open(folder(), AndroidKeyStore(application), trusted).also { core = it }
    }

    private suspend fun leave(core: LearningCore) {
        users -= 1
        if (users > 0) return
        telling?.cancelAndJoin()
        try {
            if (core.account() != null) {
                SyncJob.arrange(application, unsent = core.syncState().waitingEntries > 0)
            }
        } catch (failure: CoreException) {
            Log.w(TAG, "Nothing was arranged for the background: ${failure.code}")
        } finally {
            core.suspendCore()
        }
    }

    private fun folder() = File(application.noBackupFilesDir, "enhance")

    public companion object {
        internal var current: Enhance? = null

        /** The core of this app. In an app that has several processes, use it in one of them only. */
        @JvmStatic
        @Synchronized
        public fun of(context: Context): Enhance {
            val application = context.applicationContext as Application
            // In tests one application follows another in the same process.
            current?.takeIf { it.application === application }?.let { return it }
            return Enhance(application).also { current = it }
        }
    }
}
