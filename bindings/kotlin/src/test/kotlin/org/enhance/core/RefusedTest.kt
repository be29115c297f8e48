package org.enhance.core

import kotlinx.coroutines.runBlocking
import org.enhance.testing.BEN
import org.enhance.testing.FakeLearningCore
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Work that the server of a fake refuses, as the real core shows it. */
class RefusedTest {
    @Test
    fun `refused work says whether it can be done once more as things stand`(): Unit = runBlocking {
        val core = FakeLearningCore()
        val colleague = core.coreOf(BEN)
        val plan = core.createProject("Falls on ward 7")
        core.addMember(plan, BEN.id, Right.EDIT)
        colleague.acceptInvitation(plan)
        colleague.sync()
        for (code in listOf("part_full", "not_published")) {
            val id = colleague.refuse(plan, code, "the server does not take it")
            assertEquals(listOf(code), colleague.quarantined().map { it.code })
            assertTrue(colleague.quarantinedItem(id).canReplay && colleague.status(plan).quarantined)
            colleague.replay(id)
            assertEquals(emptyList<QuarantineSummary>(), colleague.quarantined())
            assertFalse(colleague.status(plan).quarantined)
        }
        val last = colleague.refuse(plan)
        core.addMember(plan, BEN.id, Right.READ)
        assertFalse(colleague.quarantinedItem(last).canReplay)
        failing<CoreException.NotAllowed> { colleague.replay(last) }
        core.removeMember(plan, BEN.id)
        assertFalse(colleague.quarantinedItem(last).canReplay)
        colleague.dismiss(last)
        assertEquals(emptyList<QuarantineSummary>(), colleague.quarantined())
        assertEquals(emptyList<QuarantineSummary>(), core.quarantined())
    }
}
