package org.enhance.android

import android.graphics.Bitmap
import android.graphics.Bitmap.CompressFormat.PNG
import android.graphics.Canvas
import android.graphics.Color
import android.view.View.MeasureSpec.EXACTLY
import android.view.View.MeasureSpec.makeMeasureSpec
import java.io.File
import java.time.LocalDate
import org.enhance.core.Improvement
import org.enhance.core.Measure
import org.enhance.core.MeasureObservation
import org.enhance.core.MeasurePhase
import org.enhance.core.ObservedValue
import org.enhance.core.adding
import org.example.notes.ChartPicture
import org.example.notes.join
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.GraphicsMode

/** Draws the chart of GUIDE.md as a phone does, into a picture that can be looked at. */
@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class ChartPictureTest {
    @get:Rule val keystore = TestKeystore()
    @get:Rule val running = ServerRule()
    private val application = RuntimeEnvironment.getApplication()

    @Test
    fun `a chart is drawn, and said to who does not see it`() = phone {
        join(application, running.server.url, running.server.invite("Dr Ana Ruiz"))
        val chart = Enhance.of(application).use { core ->
            val (plan, falls) = core.createProject("Falls on ward 7") to core.newItemId()
            core.editProject(plan, null, Measure(name = "Falls a week", improvement = Improvement.DOWN).adding(falls))
            for ((week, seen) in FALLS.withIndex()) {
                val observation = MeasureObservation(falls, week(week), ObservedValue.Number(seen * 1_000L))
                core.editProject(plan, null, observation.adding(core.newItemId()))
            }
            core.editProject(plan, null, MeasurePhase(falls, week(16), label = "with lamps").adding(core.newItemId()))
            core.chart(plan, falls)
        }
        val picture = ChartPicture(application, chart)
        picture.measure(makeMeasureSpec(WIDTH, EXACTLY), makeMeasureSpec(HEIGHT, EXACTLY))
        picture.layout(0, 0, WIDTH, HEIGHT)
        val drawn = Bitmap.createBitmap(WIDTH, HEIGHT, Bitmap.Config.ARGB_8888)
        picture.draw(Canvas(drawn))
        val file = File("${System.getProperty("robolectric.dependency.dir")}/../chart.png")
        file.outputStream().use { drawn.compress(PNG, 100, it) }

        assertEquals(chart.summary.joinToString(" "), picture.contentDescription)
        val colours = (0 until WIDTH).flatMap { x -> (0 until HEIGHT).map { y -> drawn.getPixel(x, y) } }.toSet()
        assertTrue("points and lines", colours.containsAll(listOf(Color.WHITE, Color.GRAY, Color.rgb(0, 114, 178))))
    }

    private fun week(number: Int) = LocalDate.of(2026, 1, 5).plusWeeks(number.toLong())

    private companion object {
        const val WIDTH = 720
        const val HEIGHT = 480

        /** Falls in each week; lamps came with the fourteenth. */
        val FALLS = listOf(9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 9, 10, 8, 9, 7, 6, 4, 3, 4, 2, 3, 4, 3, 2, 3, 4, 3)
    }
}
