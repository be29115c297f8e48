package org.enhance.android

import android.app.Application
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.net.NetworkCapabilities.NET_CAPABILITY_INTERNET
import android.net.NetworkCapabilities.NET_CAPABILITY_NOT_METERED
import android.net.NetworkCapabilities.NET_CAPABILITY_VALIDATED
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetworkCapabilities

/** The phone's default network, as the system would tell of it. */
class Network(application: Application) {
    private val manager = application.service<ConnectivityManager>()
    private val network = checkNotNull(manager.activeNetwork)

    /** It is there, with these capabilities and no others. */
    fun becomes(vararg capabilities: Int) {
        val all: NetworkCapabilities = ShadowNetworkCapabilities.newInstance()
        all.capabilities.forEach(shadowOf(all)::removeCapability)
        capabilities.forEach(shadowOf(all)::addCapability)
        shadowOf(manager).setDefaultNetworkActive(true)
        shadowOf(manager).setNetworkCapabilities(network, all)
        shadowOf(manager).networkCallbacks.forEach { it.onCapabilitiesChanged(network, all) }
    }

    /** The phone has no network any more. */
    fun isLost() {
        shadowOf(manager).setDefaultNetworkActive(false)
        shadowOf(manager).setNetworkCapabilities(network, null)
        shadowOf(manager).networkCallbacks.forEach { it.onLost(network) }
    }

    companion object {
        /** What a network that costs nothing is capable of. */
        val FREE = intArrayOf(NET_CAPABILITY_INTERNET, NET_CAPABILITY_VALIDATED, NET_CAPABILITY_NOT_METERED)
    }
}
