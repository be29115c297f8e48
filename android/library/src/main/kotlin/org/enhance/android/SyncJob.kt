package org.enhance.android

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import android.net.ConnectivityManager
import android.net.NetworkCapabilities.NET_CAPABILITY_INTERNET
import android.net.NetworkCapabilities.NET_CAPABILITY_NOT_METERED
import android.net.NetworkCapabilities.NET_CAPABILITY_NOT_VPN
import android.net.NetworkRequest
import android.os.Build
import android.util.Log
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import org.enhance.core.Budget
import org.enhance.core.CoreException
import org.enhance.core.KeyFault
import org.enhance.core.LearningCore
import org.enhance.core.StorageFault
import org.enhance.core.code

/**
 * Syncs while the app is not on the screen. Nothing needs to be called: [Enhance] arranges for it.
 *
 * What was written is sent as soon as there is any network; what others wrote, and what is newer of
 * the programme, is fetched a few times a day where the network costs nothing. Both outlive a restart
 * of the phone.
 */
public class SyncJob : JobService() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    /** Those that Android has had no answer for. */
    private val running = ConcurrentHashMap<Int, Job>()

    override fun onStartJob(parameters: JobParameters): Boolean {
        val id = parameters.jobId
        lateinit var job: Job
        job = scope.launch(start = CoroutineStart.LAZY) {
            var again = true
            try {
                again = sync()
            } finally {
                if (running.remove(id, job)) jobFinished(parameters, again)
            }
        }
        running[id] = job
        job.start()
        return true
    }

    /** Android wants the job to end. What was sent by now stays sent; the rest is for the next time. */
    override fun onStopJob(parameters: JobParameters): Boolean {
        running.remove(parameters.jobId)?.cancel()
        return true
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    /** Whether it should be tried again soon. The core is let go of when this returns. */
    private suspend fun sync(): Boolean =
        try {
            Enhance.of(this).use { core ->
                val more = core.sync(budget()).more
                if (!service<ConnectivityManager>().state().metered) fetchContent(core)
                more
            }
        } catch (failure: CoreException) {
            Log.i(TAG, "The background did not sync: ${failure.code}")
            failure.mayPass()
        }

    /**
     * Fetches what is newer of the programme, where that costs nothing. What is not here in time goes
     * on from there the next time.
     */
    private suspend fun fetchContent(core: LearningCore) {
        withTimeoutOrNull(LONGEST) {
            core.packs().filter { it.available != null && it.available != it.installed }
                .forEach { core.updatePack(it.key) }
        }
    }

    /** What one sync in the background may cost. */
    internal fun budget(): Budget {
        val metered = service<ConnectivityManager>().state().metered
        return Budget(LONGEST, metered, if (metered) MOST_METERED_BYTES else null)
    }

    internal companion object {
        /** The ids of the jobs; an app with jobs of its own has these two to avoid. */
        const val UNSENT = 0x454E_4801
        const val NEWS = 0x454E_4802

        private val NEWS_EVERY: Duration = 6.hours
        private val FIRST_RETRY: Duration = 30.seconds

        /** Android gives a job ten minutes, and fewer of them to an app whose jobs are long. */
        private val LONGEST: Duration = 2.minutes
        private const val MOST_METERED_BYTES: Long = 4_194_304

        /** Has Android forget both jobs. */
        fun cancel(context: Context): Unit =
            context.service<JobScheduler>().run { listOf(NEWS, UNSENT).forEach(::cancel) }

        /** Has Android start the jobs that are wanted and not waiting or running already. */
        fun arrange(context: Context, unsent: Boolean) {
            val service = ComponentName(context, SyncJob::class.java)
            val scheduler = context.service<JobScheduler>()
            val news = JobInfo.Builder(NEWS, service)
                .setPeriodic(NEWS_EVERY.inWholeMilliseconds)
                .overNetwork(isFree = true)
                .setRequiresBatteryNotLow(true)
            val send = JobInfo.Builder(UNSENT, service)
                .overNetwork(isFree = false)
            for (job in listOfNotNull(news, send.takeIf { unsent })) {
                val info = job.setPersisted(true)
                    .setBackoffCriteria(FIRST_RETRY.inWholeMilliseconds, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
                    .build()
                // Scheduling a job once more would stop it if it runs, and begin its period anew.
                if (scheduler.getPendingJob(info.id) == null) scheduler.schedule(info)
            }
        }
    }
}

/** Whether it may go better the next time, though the person does nothing about it. */
private fun CoreException.mayPass(): Boolean = when (this) {
    is CoreException.Offline,
    is CoreException.Suspended,
    is CoreException.Cancelled,
    is CoreException.Unexpected,
    -> true
    is CoreException.KeyUnavailable -> fault == KeyFault.NOT_YET
    is CoreException.Storage -> fault == StorageFault.IN_USE || fault == StorageFault.FULL
    is CoreException.Refused -> code == "unavailable" || code == "rate_limited"
    else -> false
}

/**
 * Any network that leads somewhere. The types of network that [JobInfo] has names for also ask that
 * Android reached its own servers through it; before Android 9 there is nothing else.
 */
private fun JobInfo.Builder.overNetwork(isFree: Boolean): JobInfo.Builder {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P) {
        return setRequiredNetworkType(if (isFree) JobInfo.NETWORK_TYPE_UNMETERED else JobInfo.NETWORK_TYPE_ANY)
    }
    val network = NetworkRequest.Builder()
        .addCapability(NET_CAPABILITY_INTERNET)
        .removeCapability(NET_CAPABILITY_NOT_VPN)
    if (isFree) network.addCapability(NET_CAPABILITY_NOT_METERED)
    return setRequiredNetwork(network.build())
}
