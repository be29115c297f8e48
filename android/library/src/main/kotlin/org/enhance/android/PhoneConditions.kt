package org.enhance.android

import android.app.Activity
import android.app.Application
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.net.NetworkCapabilities.NET_CAPABILITY_INTERNET
import android.net.NetworkCapabilities.NET_CAPABILITY_NOT_METERED
import android.os.Bundle
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.update
import org.enhance.core.Conditions

/** What the phone is like: its network, and whether the app is on the screen. */
internal class PhoneConditions(application: Application) {
    private val connectivity: ConnectivityManager = application.service()
    private val screens = MutableStateFlow(emptySet<Activity>())

    init {
        application.registerActivityLifecycleCallbacks(StartedScreens(screens))
    }

    /** What it is like at the moment. */
    fun now(): Conditions = conditions(connectivity.state(), screens.value)

    /** What it is like now and after every change. Android is asked as long as this is collected. */
    val all: Flow<Conditions> =
        combine(networks(), screens, ::conditions).distinctUntilChanged()

    private fun conditions(network: NetworkState, screens: Set<Activity>) =
        Conditions(online = network.online, metered = network.metered, foreground = screens.isNotEmpty())

    private fun networks(): Flow<NetworkState> = callbackFlow {
        // Without any network Android calls nothing back.
        trySend(connectivity.state())
        val callback = object : ConnectivityManager.NetworkCallback() {
            override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) {
                trySend(NetworkState(capabilities))
            }

            override fun onLost(network: Network) {
                trySend(NetworkState(null))
            }
        }
        connectivity.registerDefaultNetworkCallback(callback)
        awaitClose { connectivity.unregisterNetworkCallback(callback) }
    }.conflate()
}

/** What the default network offers; nothing if there is none. */
internal data class NetworkState(val online: Boolean, val metered: Boolean) {
    constructor(capabilities: NetworkCapabilities?) : this(
        // Whether Android could reach its own servers through it says little of ours: a hospital may
        // let nothing through but that. The core tries, and tells what was in the way.
        online = capabilities.has(NET_CAPABILITY_INTERNET),
        metered = capabilities != null && !capabilities.has(NET_CAPABILITY_NOT_METERED),
    )
}

/** What the default network offers at the moment. */
internal fun ConnectivityManager.state() = NetworkState(getNetworkCapabilities(activeNetwork))

private fun NetworkCapabilities?.has(capability: Int) = this?.hasCapability(capability) == true

/** Knows the screens that can be seen: by themselves, since the first may have been started before this. */
private class StartedScreens(private val screens: MutableStateFlow<Set<Activity>>) :
    Application.ActivityLifecycleCallbacks {
    override fun onActivityStarted(activity: Activity) = screens.update { it + activity }

    override fun onActivityStopped(activity: Activity) = screens.update { it - activity }

    override fun onActivityCreated(activity: Activity, state: Bundle?) = Unit

    override fun onActivityResumed(activity: Activity) = Unit

    override fun onActivityPaused(activity: Activity) = Unit

    override fun onActivitySaveInstanceState(activity: Activity, state: Bundle) = Unit

    override fun onActivityDestroyed(activity: Activity) = Unit
}
