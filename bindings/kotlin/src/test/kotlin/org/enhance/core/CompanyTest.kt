package org.enhance.core

import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.enhance.core.harness.story
import org.enhance.testing.ANA
import org.enhance.testing.BEN
import org.enhance.testing.FakeLearningCore
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** People who have a plan open at the same time see each other in it. */
class CompanyTest {
    @Test
    fun `two who sync by themselves meet in a plan and see the other go`() = story(patience = 1.minutes) {
        val (ana, ben) = trainee() to supervisor()
        val plan = sharedPlan(ana, ben)
        for (phone in listOf(ana, ben)) {
            phone.core.setConditions(Conditions(online = true, metered = false, foreground = true))
        }
        coroutineScope {
            val keeping = listOf(ana, ben).map { launch { it.core.keepInSync() } }
            ana.core.enter(plan, "problem")
            ben.core.enter(plan)
            val met = ben.core.watchCompany(plan).first { it.isNotEmpty() }.single()
            assertEquals(ana.account.person.id to "problem", met.person.id to met.place)
            assertEquals(ben.account.person.id, ana.core.watchCompany(plan).first { it.isNotEmpty() }.single().person.id)
            ben.core.stepOut()
            ana.core.watchCompany(plan).first { it.isEmpty() }
            keeping.forEach { it.cancel() }
        }
    }

    @Test
    fun `in memory they meet at once`(): Unit = runBlocking {
        val ana = FakeLearningCore()
        val ben = ana.coreOf(BEN)
        val plan = ana.createProject("Falls on ward 7")
        ana.addMember(plan, BEN.id, Right.EDIT)
        ben.acceptInvitation(plan)
        ben.sync()
        val met = async(start = UNDISPATCHED) { ana.watchCompany(plan).first { it.isNotEmpty() } }
        ana.enter(plan)
        ben.enter(plan, "problem")
        assertEquals(listOf(PresentView(BEN, "problem")), met.await())
        ben.suspendCore()
        assertEquals(emptyList<PresentView>(), ana.company(plan))
    }

    @Test
    fun `who types into a field of a plan is seen in it by the others`() = story {
        val (ana, ben) = FakeLearningCore().let { it to it.coreOf(BEN) }
        val plan = ana.createProject("Falls on ward 7")
        ana.addMember(plan, BEN.id, Right.EDIT)
        ben.acceptInvitation(plan)
        ben.sync()
        ben.enter(plan)
        val driver = ana.newItemId()
        ana.editProject(plan, null, Driver(name = "Light").adding(driver))
        val fields = listOf(
            DraftField.Section(ProjectSection.WHY_HERE) to "why_here",
            DraftField.Item(DriverText.NAME.of(driver)) to "drivers/$driver/name",
        )
        for ((field, place) in fields) {
            coroutineScope {
                val binding = TextFieldBinding(ana, plan, field, this)
                binding.onTextChange("Light at night")
                val met = ben.watchCompany(plan).first { company -> company.any { it.place == place } }
                assertEquals(listOf(ANA), met.map { it.person })
                coroutineContext.cancelChildren()
            }
        }
    }
}
