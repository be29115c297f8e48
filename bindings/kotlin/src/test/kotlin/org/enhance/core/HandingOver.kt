package org.enhance.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue

/** How a plan is offered, declined and taken over, and who is shown what of it first. */
internal val HANDING_OVER: List<Pair<String, Behaviour>> = listOf(
    "who declines a plan leaves it with its owner, who sees that" to {
        val plan = shared(Right.EDIT)
        core.offerOwnership(plan, other)
        meet()
        val offered = requireNotNull(colleague.project(plan).handover)
        assertEquals(listOf(other, me()), listOf(offered.to.id, offered.from.id))
        assertEquals(Right.READ to false, offered.keeps to offered.declined)
        assertFalse(offered.byOrganisation)
        val waiting = colleague.inbox().items.single()
        assertEquals(InboxKind.HANDOVER_OFFERED to Leaves.WHEN_DONE, waiting.kind to waiting.leaves)
        failing<CoreException.NotAllowed> { core.declineOwnership(plan) }

        colleague.declineOwnership(plan)
        meet()
        assertEquals(0, colleague.inboxCounts().total)
        failing<CoreException.NotAllowed> { colleague.acceptOwnership(plan) }
        for (each in listOf(core, colleague)) {
            assertTrue(requireNotNull(each.project(plan).handover).declined)
            assertNull(each.project(plan).offeredTo)
        }
        assertEquals(Right.OWN, core.project(plan).myRight)
        val told = core.inbox().items.single()
        assertEquals(InboxKind.HANDOVER_DECLINED to listOf(other), told.kind to told.people.map { it.id })
        core.markInboxSeen(told.id)
        assertEquals(0, core.inboxCounts().total)
    },
    "who hands a plan over says what they may still do with it" to {
        val plan = shared(Right.COMMENT)
        assertEquals(
            InputField.RIGHT, failing<CoreException.InvalidInput> { core.offerOwnershipKeeping(plan, other, Right.OWN) }.field,
        )
        core.offerOwnershipKeeping(plan, other, Right.EDIT)
        meet()
        assertEquals(Right.EDIT, colleague.project(plan).handover?.keeps)
        colleague.acceptOwnership(plan)
        meet()
        assertEquals(Right.EDIT to Right.OWN, core.project(plan).myRight to colleague.project(plan).myRight)
        assertNull(core.project(plan).handover)
        core.editProject(plan, null, listOf(ProjectEdit.Title("Falls at night")))
    },
    "an offer that nobody answered is taken back" to {
        val plan = shared(Right.EDIT)
        failing<CoreException.NotAllowed> { core.withdrawOffer(plan) }
        core.offerOwnership(plan, other)
        meet()
        failing<CoreException.NotAllowed> { colleague.withdrawOffer(plan) }
        core.withdrawOffer(plan)
        meet()
        failing<CoreException.NotAllowed> { colleague.acceptOwnership(plan) }
        assertNull(core.project(plan).handover)
        assertEquals(0, colleague.inboxCounts().total)
    },
    "a probable identifier is asked about before somebody begins to read a plan" to {
        val plan = core.createProject("Falls on ward 7")
        core.editProject(plan, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, "Her number: 943 476 5919.")))
        val check = core.checkBeforeSharing(plan)
        val refused = failing<CoreException.NotAllowed> { core.addMember(plan, other, Right.EDIT) }
        assertEquals("unacknowledged", refused.code)
        core.addMemberAcknowledged(plan, other, Right.EDIT, check.acknowledgement)
        meet()
        accepted(plan)
        // Who reads it already is given another right without being asked about.
        core.addMember(plan, other, Right.COMMENT)
    },
    "a plan is entered at a place, and nobody is in it alone" to {
        val plan = core.createProject("Falls on ward 7")
        core.enter(plan, "problem")
        assertEquals(emptyList<PresentView>(), core.company(plan))
        core.enter(plan)
        assertEquals(InputField.COMMENT, failing<CoreException.InvalidInput> { core.enter(plan, "answers/thought") }.field)
        failing<CoreException.NotFound> { core.enter(DocumentId(me().value)) }
        core.stepOut()
        core.stepOut()
    },
    "the same copy and the same file are told before they are given again" to {
        val reflection = core.createReflection("quick-capture", "A night on call")
        assertNull(core.sameCopy(reflection, other))
        val copy = core.shareReflection(reflection, with = other)
        assertEquals(copy, core.sameCopy(reflection, other)?.document)
        core.editReflection(reflection, null, listOf(ReflectionEdit.Title("A long night on call")))
        assertNull(core.sameCopy(reflection, other))
        val of = EvidenceSource.Document(reflection)
        assertNull(core.sameAttachment(of, PDF))
        val file = core.attach(of, "certificate.pdf", PDF).id
        assertEquals(file, core.sameAttachment(of, PDF)?.id)
        assertEquals(InputField.ATTACHMENT, failing<CoreException.InvalidInput> { core.sameAttachment(of, ByteArray(3)) }.field)
    },
    "the device that made the recovery key shows it once more" to {
        val key = requireNotNull(core.recoveryKey())
        core.useRecoveryKey(key.lowercase())
    },
)
