package org.enhance.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue

/** How people join plans, and what becomes of copies; and which devices a person has. */
internal val JOINING: List<Pair<String, Behaviour>> = listOf(
    "an invitation waits until it is accepted, and then the plan is there" to {
        val plan = invited()
        failing<CoreException.NotFound> { colleague.project(plan) }
        assertEquals(Standing.INVITED, standing(plan))
        val waiting = colleague.invitations().single()
        assertEquals(InvitationStanding.WAITING to plan, waiting.standing to waiting.project)
        assertEquals("Falls on ward 7" to Right.EDIT, waiting.title to waiting.right)
        assertEquals(me(), waiting.inviter?.id)
        assertTrue(waiting.cameAt < waiting.expiresAt && waiting.bytes > 0)
        val item = colleague.inbox().items.single()
        assertEquals(InboxKind.PROJECT_INVITED to null, item.kind to item.documentKind)
        failing<CoreException.NotAllowed> { colleague.markInboxSeen(item.id) }
        colleague.acceptInvitation(plan)
        val toCome = failing<CoreException.Gone> { colleague.project(plan) }
        assertEquals(DocumentEnd.TO_COME to "to_come", toCome.end to toCome.code)
        meet()
        assertEquals(emptyList<InvitationView>(), colleague.invitations())
        assertEquals(0, colleague.inboxCounts().total)
        assertEquals(Right.EDIT, colleague.project(plan).myRight)
        assertEquals(Standing.MEMBER, standing(plan))
    },
    "who declines is shown as that, and can be left alone for good" to {
        val plan = invited()
        colleague.declineInvitation(plan)
        meet()
        assertEquals(Standing.DECLINED, standing(plan))
        assertEquals(emptyList<InvitationView>(), colleague.invitations())
        failing<CoreException.NotFound> { colleague.acceptInvitation(plan) }
        core.addMember(plan, other, Right.READ)
        meet()
        colleague.declineInvitation(plan, forGood = true)
        meet()
        assertEquals(InvitationStanding.DECLINED_FOR_GOOD, colleague.invitations().single().standing)
        failing<CoreException.NotAllowed> { colleague.acceptInvitation(plan) }
        colleague.welcomeSender(plan)
        meet()
        assertEquals(emptyList<InvitationView>(), colleague.invitations())
        core.addMember(plan, other, Right.READ)
        meet()
        accepted(plan)
        assertEquals(Right.READ, colleague.project(plan).myRight)
    },
    "copies are listed with their readers, put away and taken back" to {
        val reflection = core.createReflection("quick-capture", "A night on call")
        val first = core.shareReflection(reflection, with = other)
        val second = core.shareReflection(reflection, with = other)
        meet()
        assertEquals(setOf(first, second), core.copies(reflection).map { it.document }.toSet())
        assertEquals(setOf(other), core.copies(reflection).map { it.reader?.id }.toSet())
        failing<CoreException.NotAllowed> { core.putAway(first) }
        colleague.putAway(first)
        meet()
        val standing = core.copies(reflection).associate { it.document to it.standing }
        assertEquals(mapOf(first to Standing.LEFT, second to Standing.MEMBER), standing)
        assertEquals(listOf(second), colleague.sharedWithMe().map { it.id })
        assertEquals(setOf(first, second), core.takeBackCopies(reflection).toSet())
        meet()
        assertEquals(emptyList<CopyView>(), core.copies(reflection))
        assertEquals(emptyList<DocumentSummary>(), colleague.sharedWithMe())
        assertEquals(emptyList<SharedCopy>(), core.reflection(reflection).reflection.copies)
    },
    "what was signed remains when its document and the copies are deleted" to {
        val reflection = core.createReflection("quick-capture", "A night on call")
        val request = core.requestSignOff(SignOffSubject.Reflection(reflection), with = other)
        val copy = core.shareReflection(reflection, with = other)
        meet()
        val answer = SignOffAnswer(SignOffDecision.SIGNED, SupervisorRole.CLINICAL, statement = "")
        colleague.sign(request, answer)
        meet()
        val plan = core.deletionPreview(reflection)
        assertEquals(DocumentKind.REFLECTION to "A night on call", plan.kind to plan.title)
        assertEquals(mapOf(request to 1L, copy to 0L), plan.copies.associate { it.document to it.signOffs })
        assertEquals(listOf(request), core.deleteWithCopies(reflection).map { it.document })
        failing<CoreException.Gone> { core.reflection(reflection) }
        failing<CoreException.Gone> { core.sharedReflection(copy) }
        assertEquals(SignOffStanding.SIGNED, core.signOffRequest(request).standing)
    },
    "a plan that others read is not deleted with its copies" to {
        val plan = shared(Right.READ)
        assertEquals(listOf(other), core.deletionPreview(plan).readers.map { it.id })
        failing<CoreException.NotAllowed> { core.deleteWithCopies(plan) }
        failing<CoreException.NotAllowed> { colleague.copies(plan) }
    },
    "a person sees and names their devices" to {
        val own = core.devices().single()
        assertTrue(own.isThis)
        assertEquals(core.account()?.device, own.id)
        assertEquals("The old phone", core.renameDevice(own.id, " The old phone ").single().name)
        failing<CoreException.InvalidInput> { core.renameDevice(own.id, " ") }
        failing<CoreException.NotAllowed> { core.signOutDevice(own.id) }
        assertEquals("Dr Ben Okoro", core.addPerson(other).name)
    },
    "signing out asks about what is unsent, and ends everything" to {
        meet()
        assertNull(core.unsent().confirmation)
        val id = core.createReflection("quick-capture", "A night on call")
        core.autosave(id, DraftField.Answer("thought"), core.reflection(id).version, "She fell.")
        val unsent = core.unsent()
        assertEquals(1 to 1, unsent.documents to unsent.drafts)
        assertEquals(unsent, failing<CoreException.Unsent> { core.signOut() }.unsent)
        failing<CoreException.Unsent> { core.signOut("never") }
        assertEquals(1, core.syncState().waitingDocuments)
        core.signOut(unsent.confirmation)
        failing<CoreException.SignedOut> { core.reflections() }
        failing<CoreException.SignedOut> { core.account() }
    },
    "nothing is shared with who has left, and they are told that they have" to {
        val reflection = core.createReflection("quick-capture", "A night on call")
        meet()
        leave()
        core.sync()
        val refused = failing<CoreException.InvalidInput> { core.shareReflection(reflection, with = other) }
        assertTrue("has left the programme" in refused.reason, refused.reason)
        val subject = SignOffSubject.Reflection(reflection)
        failing<CoreException.InvalidInput> { core.requestSignOff(subject, with = other) }
        assertEquals("has_left", failing<CoreException.Refused> { colleague.sync() }.code)
        assertTrue(core.people().single { it.id == other }.roles.isEmpty())
    },
    "nothing holds up what was just written" to {
        val id = core.createReflection("quick-capture", "A night on call")
        assertNull(core.heldBy(id))
        assertFalse(core.status(id).held)
        assertEquals(0, core.syncState().heldDocuments)
        meet()
        assertTrue(core.syncState().run { online && !syncing && failedAt == null && waitingDocuments == 0 })
    },
)

private suspend fun Behaving.invited(): DocumentId {
    val plan = core.createProject("Falls on ward 7")
    core.addMember(plan, other, Right.EDIT)
    meet()
    return plan
}

private suspend fun Behaving.standing(plan: DocumentId): Standing =
    core.project(plan).members.single { it.person.id == other }.standing
