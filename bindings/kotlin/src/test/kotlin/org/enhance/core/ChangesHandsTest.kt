package org.enhance.core

import kotlin.time.Duration.Companion.minutes
import org.enhance.core.harness.Phone
import org.enhance.core.harness.World
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

/** A plan has an owner now, not for ever: who rotates hands it over, and what she began goes on. */
class ChangesHandsTest {
    @Test
    fun `a trainee rotates and her plan goes on without her`() = story(patience = 1.minutes) {
        val (ana, ben, cara) = Triple(trainee(), supervisor(), person("Cara Lind", Role.FELLOW))
        val plan = planOf(ana, ben, cara)
        write(ana, plan, "Nobody sees the wet floor.")
        ben.core.comment(plan, "Whose is it from August?")
        ana.core.offerOwnership(plan, ben.id)
        settle(ana, ben, cara)
        for (phone in listOf(ana, ben, cara)) assertEquals(ben.id, phone.core.project(plan).offeredTo?.id)
        failing<CoreException.NotAllowed> { cara.core.acceptOwnership(plan) }
        failing<CoreException.NotAllowed> { ben.core.offerOwnership(plan, cara.id) }

        // He accepts where there is no signal; until it is back, nobody else knows.
        ben.core.acceptOwnership(plan)
        assertEquals(Right.OWN, ben.core.project(plan).myRight)
        assertEquals(Right.OWN, ana.core.project(plan).myRight)
        settle(ana, ben, cara)
        assertOwner(plan, ben, ana, ben, cara)
        assertEquals("Nobody sees the wet floor.", problem(ana, plan))

        // She reads on, and does nothing to the others.
        failing<CoreException.NotAllowed> { ana.core.delete(plan) }
        failing<CoreException.NotAllowed> { ana.core.deleteForEverybody(plan) }
        failing<CoreException.NotAllowed> { ana.core.removeMember(plan, cara.id) }
        failing<CoreException.NotAllowed> { write(ana, plan, "No.") }

        // Who comes later knows whose it is, and the new owner says who else may.
        val hall = person("Mr Hall", Role.PARTNER)
        settle(ben, hall)
        invite(ben, plan, Right.COMMENT, hall)
        ben.core.addMember(plan, ana.id, Right.EDIT)
        settle(ana, ben, cara, hall)
        write(ana, plan, "Nobody sees the wet floor at night.")
        settle(ana, ben, cara, hall)
        assertOwner(plan, ben, ana, ben, cara, hall)
        assertEquals("Nobody sees the wet floor at night.", problem(hall, plan))
    }

    @Test
    fun `an offer taken back while it is accepted leaves everybody agreed`() = story(patience = 1.minutes) {
        val (ana, ben, cara) = Triple(trainee(), supervisor(), person("Cara Lind", Role.FELLOW))
        for (acceptedFirst in listOf(true, false)) {
            val plan = planOf(ana, ben, cara)
            ana.core.offerOwnership(plan, ben.id)
            settle(ana, ben, cara)
            ben.core.acceptOwnership(plan)
            ana.core.addMember(plan, ben.id, Right.EDIT)
            assertNull(ana.core.project(plan).offeredTo)
            for (phone in if (acceptedFirst) listOf(ben, ana) else listOf(ana, ben)) phone.core.sync()
            settle(ana, ben, cara)
            assertOwner(plan, if (acceptedFirst) ben else ana, ana, ben, cara)
        }
    }

    @Test
    fun `a plan that is declined stays with its owner, on all phones`() = story(patience = 1.minutes) {
        val (ana, ben, cara) = Triple(trainee(), supervisor(), person("Cara Lind", Role.FELLOW))
        val plan = planOf(ana, ben, cara)
        ana.core.offerOwnershipKeeping(plan, ben.id, Right.EDIT)
        settle(ana, ben, cara)
        ben.core.declineOwnership(plan)
        // Until it is told, she sees that it is offered.
        assertEquals(false, ana.core.project(plan).handover?.declined)
        settle(ana, ben, cara)
        assertOwner(plan, ana, ana, ben, cara)
        for (phone in listOf(ana, ben, cara)) assertEquals(true, phone.core.project(plan).handover?.declined)
        assertEquals(InboxKind.HANDOVER_DECLINED, ana.core.inbox().items.single().kind)
        failing<CoreException.NotAllowed> { ben.core.acceptOwnership(plan) }

        // She offers it to another, who takes it; she goes on writing in it.
        ana.core.offerOwnershipKeeping(plan, cara.id, Right.EDIT)
        settle(ana, ben, cara)
        assertEquals(emptyList<InboxView>(), ana.core.inbox().items)
        cara.core.acceptOwnership(plan)
        settle(ana, ben, cara)
        assertOwner(plan, cara, ana, ben, cara)
        write(ana, plan, "Nobody sees the wet floor.")
    }

    private val Phone.id: PersonId get() = account.person.id

    /** A plan of the first in which the others write too, on the phones of all. */
    private suspend fun World.planOf(owner: Phone, vararg others: Phone): DocumentId {
        settle(owner, *others)
        val plan = owner.core.createProject("Falls on ward 7")
        invite(owner, plan, Right.EDIT, *others)
        return plan
    }

    /** That all of these phones name the same owner, and the same rights of everybody. */
    private suspend fun assertOwner(plan: DocumentId, owner: Phone, vararg phones: Phone) {
        val rights = owner.core.project(plan).members.associate { it.person.id to it.right }
        assertEquals(setOf(owner.id), rights.filterValues { it == Right.OWN }.keys)
        for (phone in phones) {
            val shown = phone.core.project(plan)
            assertEquals(rights, shown.members.associate { it.person.id to it.right })
            assertEquals(rights[phone.id], shown.myRight)
            assertNull(shown.offeredTo)
        }
    }
}
