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
import org.enhance.core.SignOutReport
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

    /** Guarded by the lock. */
    private var open: Shared? = null

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
        val shared = withContext(NonCancellable) { lock.withLock { enter() } }
        try {
            currentCoroutineContext().ensureActive()
            return work(shared.core)
        } finally {
            withContext(NonCancellable) { lock.withLock { leave(shared) } }
        }
    }

    /**
     * Signs this device out: tells the server, as far as it can be reached, and takes away everything
     * that is here, the keys and the work in the background with it. What is on this device alone has
     * to be confirmed with the word that `LearningCore.unsent` gives.
     *
     * Screens may hold the core meanwhile: they are answered with [CoreException.SignedOut], and what
     * they watch ends with it. After that [use] begins anew, for somebody to enrol.
     *
     * @throws CoreException why not, for example `Unsent`; then nothing has changed.
     */
    public suspend fun signOut(confirmation: String? = null): SignOutReport = use { core ->
        try {
            core.signOut(confirmation)
        } finally {
            // Also where nobody waits for the report any more.
            withContext(NonCancellable) { if (core.isSignedOut()) lock.withLock { forget(core) } }
        }
    }

    private fun forget(core: LearningCore) {
        if (open?.core !== core) return
        open = null
        SyncJob.cancel(application)
        AndroidKeyStore(application).forget()
    }

    /**
     * Moves a database that is damaged or whose key is lost out of the way, whole, and says where
     * to. After that [use] begins a new one, and the device has to be enrolled again.
     *
     * @throws CoreException why not, for example `Storage` with the fault `IN_USE` while the core is used.
     */
    public suspend fun setAside(): File = lock.withLock {
        if (open?.users == 0) {
            open?.core?.close()
            open = null
        }
        LearningCore.setAside(folder())
    }

    private suspend fun enter(): Shared {
        val shared = opened()
        if (shared.users == 0) {
            shared.core.setConditions(conditions.now())
            shared.telling = scope.launch { tell(shared.core) }
        }
        shared.users += 1
        return shared
    }

    private suspend fun tell(core: LearningCore) {
        try {
            conditions.all.collect(core::setConditions)
        } catch (_: CoreException.SignedOut) {
            // What the phone is like concerns this core no more.
        }
    }

    private suspend fun opened(): Shared {
        open?.let {
            if (it.users == 0) it.core.resumeCore()
            return it
        }
        Logcat.listen()
        // Reading the phone's authorities takes longer than opening the database.
        val trusted = withContext(Dispatchers.IO) { authorities() }
        return Shared(LearningCore.open(folder(), AndroidKeyStore(application), trusted)).also { open = it }
    }

    private suspend fun leave(shared: Shared) {
        shared.users -= 1
        if (shared.users > 0) return
        shared.telling?.cancelAndJoin()
        if (shared === open) rest(shared.core) else close(shared.core)
    }

    private suspend fun rest(core: LearningCore) {
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

    /** Closes a core that was signed out: what was typed into it can be saved nowhere. */
    private fun close(core: LearningCore) {
        try {
            core.close()
        } catch (failure: CoreException) {
            Log.i(TAG, "The core that was signed out is closed: ${failure.code}")
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

/** The core and those who use it at the moment. */
private class Shared(val core: LearningCore) {
    var users = 0
    var telling: Job? = null
}

private suspend fun LearningCore.isSignedOut(): Boolean =
    try {
        account()
        false
    } catch (_: CoreException.SignedOut) {
        true
    } catch (_: CoreException) {
        false
    }
