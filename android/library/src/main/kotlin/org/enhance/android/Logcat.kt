package org.enhance.android

import android.util.Log
import org.enhance.core.LogLevel
import org.enhance.core.LogListener
import org.enhance.core.setLogListener

/** What lines of this library are found under: `adb logcat -s Enhance`. */
internal const val TAG = "Enhance"

/** What the core says about its work goes to logcat. It never says what a person wrote. */
internal object Logcat : LogListener {
    override fun log(level: LogLevel, part: String, line: String) {
        Log.println(level.priority, TAG, "$part: $line")
    }

    /** Begins. More is heard after `adb shell setprop log.tag.Enhance DEBUG`. */
    fun listen() {
        setLogListener(this, if (Log.isLoggable(TAG, Log.DEBUG)) LogLevel.DEBUG else LogLevel.INFO)
    }

    private val LogLevel.priority: Int
        get() = when (this) {
            LogLevel.ERROR -> Log.ERROR
            LogLevel.WARN -> Log.WARN
            LogLevel.INFO -> Log.INFO
            LogLevel.DEBUG -> Log.DEBUG
        }
}
