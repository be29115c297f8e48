package org.enhance.android

import android.app.Activity
import android.view.View
import android.view.ViewGroup

/** The first view of a kind on a screen. */
internal inline fun <reified V : View> Activity.find(): V = window.decorView.all().first { it is V } as V

internal fun View.all(): Sequence<View> = sequence {
    yield(this@all)
    if (this@all is ViewGroup) for (child in 0 until childCount) yieldAll(getChildAt(child).all())
}
