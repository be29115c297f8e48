package org.enhance.android

import android.app.AlarmManager
import android.app.Application
import android.content.Intent
import java.time.LocalDate
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.enhance.core.DeadlineEdit
import org.enhance.core.DocumentSummary
import org.enhance.core.EvidenceDeadline
import org.enhance.core.RecordEdit
import org.enhance.core.Right
import org.enhance.core.adding
import org.enhance.testing.BEN
import org.enhance.testing.FakeLearningCore
import org.example.notes.Choice
import org.example.notes.Reminders
import org.example.notes.companyIn
import org.example.notes.delete
import org.example.notes.preview
import org.example.notes.previewOfAnOffer
import org.example.notes.tour
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

/** Runs what GUIDE.md shows without the library: over the fake alone. */
@RunWith(RobolectricTestRunner::class)
class GuidePreviewTest {
    private val application: Application = RuntimeEnvironment.getApplication()

    @Test
    fun `the tour and a view model run over the fake as well`() = phone {
        assertEquals("A night on call", tour(FakeLearningCore()))
        assertEquals("Waiting to be sent.", preview())
    }

    @Test
    fun `deadlines are said on the days that the core names`() = phone {
        val (core, day) = FakeLearningCore() to LocalDate.now().plusDays(20)
        core.editRecord(EvidenceDeadline("Portfolio closes", at = day).adding(core.newItemId()))
        val alarms = shadowOf(application.getSystemService(AlarmManager::class.java))
        val scheduling = CoroutineScope(Dispatchers.Unconfined).launch {
            Reminders(application, Intent("org.example.notes.NEAR")).keepScheduled(core)
        }
        eventually("both warnings are scheduled") { alarms.scheduledAlarms.size == 2 }
        val id = core.deadlines().single().id
        core.editRecord(listOf(RecordEdit.EvidenceDeadline(id, DeadlineEdit.At(LocalDate.now().plusDays(10)))))
        eventually("one is left") { alarms.scheduledAlarms.size == 1 }
        scheduling.cancel()
    }

    @Test
    fun `a plan is offered and accepted in a preview`() = phone {
        val expected = listOf(
            listOf(Choice.ACCEPT, Choice.DECLINE, Choice.LEAVE), listOf(Choice.OFFER, Choice.DELETE), listOf(Choice.LEAVE),
        )
        assertEquals(expected, previewOfAnOffer())
        val core = FakeLearningCore()
        val plan = core.createProject("Falls on ward 7")
        core.addMember(plan, BEN.id, Right.READ)
        core.coreOf(BEN).run { acceptInvitation(plan); sync() }
        core.enter(plan)
        core.coreOf(BEN).enter(plan, "problem")
        assertEquals("Dr Ben Okoro", companyIn(core, plan).first())
        delete(core, plan) { reason -> "Dr Ben Okoro" !in reason }
        assertEquals(listOf(plan), core.projects().map { it.id })
        delete(core, plan) { true }
        assertEquals(emptyList<DocumentSummary>(), core.projects().items)
    }
}
