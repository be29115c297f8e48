package org.enhance.core

import java.time.Instant
import org.enhance.core.harness.Phone
import org.enhance.core.harness.World
import org.enhance.testing.ANA
import org.enhance.testing.BEN
import org.enhance.testing.FakeLearningCore
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue

/** The cores of a trainee and of a colleague of hers, real or in memory, and what happens between them. */
internal class Behaving(
    val core: LearningCoreApi,
    val colleague: LearningCoreApi,
    val other: PersonId,
    val meet: suspend () -> Unit,
    val atOnce: AtOnce,
    /** The colleague leaves the programme. */
    val leave: suspend () -> Unit = {},
    /** How many characters a text may have there. */
    val textChars: Int = 262_144,
) {
    /** A plan of the trainee's in which the colleague may do this, on both phones. */
    suspend fun shared(right: Right): DocumentId {
        val plan = core.createProject("Falls on ward 7")
        core.addMember(plan, other, right)
        meet()
        accepted(plan)
        return plan
    }

    /** The colleague accepts an invitation, and both hear of it. */
    suspend fun accepted(plan: DocumentId) {
        colleague.acceptInvitation(plan)
        meet()
    }

    suspend fun me(): PersonId = requireNotNull(core.account()).person.id
}

internal typealias Behaviour = suspend Behaving.() -> Unit

/** What the trainee says an aim goes to, and what the other says meanwhile. */
internal typealias AtOnce = suspend (plan: DocumentId, mine: String, theirs: String) -> Unit

internal suspend fun World.writeAtOnce(ana: Phone, ben: Phone, plan: DocumentId, ends: Pair<String, String>) {
    invite(ana, plan, Right.EDIT, ben)
    ana.core.editProject(plan, null, listOf(goingTo(ends.first)))
    ben.core.editProject(plan, null, listOf(goingTo(ends.second)))
    settle(ana, ben)
}

internal suspend fun FakeLearningCore.writeAtOnce(plan: DocumentId, ends: Pair<String, String>) {
    val edit = goingTo(ends.first)
    editProject(plan, null, listOf(edit))
    val (mine, theirs) = SetValue(ends.first, ANA.devices.first()) to SetValue(ends.second, BEN.devices.first())
    dispute(plan, Disagreement(requireNotNull(edit.path), listOf(theirs, mine)))
}

private fun goingTo(end: String) = ProjectEdit.Aim(AimEdit.To(end))

/** What two people who take part in a plan do with it, and with each other. */
internal val TAKING_PART: List<Pair<String, Behaviour>> = listOf(
    "what one writes the other reads, and whose words they are" to {
        val plan = shared(Right.EDIT)
        colleague.editProject(plan, null, listOf(problem("Patients fall.")))
        meet()
        assertEquals("Patients fall.", core.project(plan).project.sections[ProjectSection.PROBLEM])
        val authors = core.textAuthors(plan, TextField.Section(ProjectSection.PROBLEM))
        assertEquals(listOf(other), authors.map { it.by?.id })
        assertEquals(other, core.history(plan).last().by?.id)
        assertEquals(other, core.sittings(plan).first().by?.id)
        assertEquals(me(), core.sittings(plan).last().by?.id)
    },
    "what one types the other does not read before it is settled" to {
        val plan = shared(Right.EDIT)
        val field = DraftField.Section(ProjectSection.PROBLEM)
        colleague.autosave(plan, field, colleague.project(plan).version, "Patients fa")
        meet()
        assertEquals(emptyList<DraftView>(), core.project(plan).drafts)
        assertNull(core.project(plan).project.sections[ProjectSection.PROBLEM]?.ifEmpty { null })
        assertEquals(emptyList<DocumentId>(), core.unsettled())
        assertEquals(listOf(plan), colleague.unsettled())
        colleague.settle(plan)
        meet()
        assertEquals("Patients fa", core.project(plan).project.sections[ProjectSection.PROBLEM])
    },
    "a reflection is its author's alone, and a copy its reader's too" to {
        val id = core.createReflection("quick-capture", "Night shift")
        val copy = core.shareReflection(id, with = other)
        meet()
        failing<CoreException.NotFound> { colleague.reflection(id) }
        assertEquals(listOf(copy), colleague.sharedWithMe().map { it.id })
        assertEquals(emptyList<DocumentSummary>(), colleague.sharedByMe())
        colleague.markSeen(copy)
        meet()
        assertEquals(listOf(other), core.status(copy).seenBy.map { it.person.id })
    },
    "each does what they have a right to" to {
        val plan = shared(Right.READ)
        failing<CoreException.NotAllowed> { colleague.comment(plan, "Which ward?") }
        core.addMember(plan, other, Right.COMMENT)
        meet()
        colleague.comment(plan, "Which ward?")
        failing<CoreException.NotAllowed> { colleague.editProject(plan, null, listOf(problem("Mine."))) }
        failing<CoreException.NotAllowed> { colleague.addMember(plan, me(), Right.READ) }
        failing<CoreException.NotAllowed> { colleague.removeMember(plan, me()) }
        failing<CoreException.NotAllowed> { colleague.delete(plan) }
        failing<CoreException.InvalidInput> { core.addMember(plan, other, Right.OWN) }
        failing<CoreException.InvalidInput> { core.addMember(plan, me(), Right.READ) }
    },
    "a comment is changed by who made it, and by nobody else" to {
        val plan = shared(Right.COMMENT)
        val (comment, at) = colleague.comment(plan, "Which ward?") to Instant.ofEpochMilli(1_800_000_000_000)
        meet()
        val read = core.project(plan).comments.single()
        assertFalse(read.mine)
        assertEquals(other, read.by?.id)
        failing<CoreException.NotFound> { core.editComments(plan, listOf(CommentEdit.TakeBack(comment, at))) }
        colleague.editComments(plan, listOf(CommentEdit.TakeBack(comment, at)))
        meet()
        assertEquals(emptyList<CommentView>(), core.project(plan).comments)
        colleague.editComments(plan, listOf(CommentEdit.PutBack(comment)))
        meet()
        assertEquals(listOf(read), core.project(plan).comments)
    },
    "an offered plan belongs to who accepts it, and who had it reads on" to {
        val plan = shared(Right.EDIT)
        core.offerOwnership(plan, other)
        meet()
        assertEquals(other, colleague.project(plan).offeredTo?.id)
        assertEquals(Right.OWN to Right.EDIT, core.project(plan).myRight to colleague.project(plan).myRight)
        colleague.acceptOwnership(plan)
        assertEquals(Right.OWN, colleague.project(plan).myRight)
        meet()
        for (each in listOf(core, colleague)) {
            val shown = each.project(plan)
            assertEquals(listOf(other to Right.OWN, me() to Right.READ), shown.members.map { it.person.id to it.right })
            assertNull(shown.offeredTo)
            assertEquals(other, each.projects().single().owner?.id)
        }
        assertEquals(Right.READ, core.project(plan).myRight)
        failing<CoreException.NotAllowed> { core.editProject(plan, null, listOf(problem("Mine."))) }
        failing<CoreException.NotAllowed> { core.offerOwnership(plan, other) }
        failing<CoreException.NotAllowed> { core.deleteForEverybody(plan) }
        core.leaveProject(plan)
        meet()
        assertEquals(listOf(Standing.MEMBER, Standing.LEFT), colleague.project(plan).members.map { it.standing })
    },
    "nobody takes a plan that is not offered to them" to {
        val plan = shared(Right.EDIT)
        failing<CoreException.NotAllowed> { colleague.acceptOwnership(plan) }
        failing<CoreException.NotAllowed> { core.acceptOwnership(plan) }
        failing<CoreException.NotAllowed> { colleague.offerOwnership(plan, me()) }
        core.offerOwnership(plan, other)
        assertEquals(other, core.project(plan).offeredTo?.id)
        core.addMember(plan, other, Right.EDIT)
        assertNull(core.project(plan).offeredTo)
        meet()
        failing<CoreException.NotAllowed> { colleague.acceptOwnership(plan) }
        core.removeMember(plan, other)
        failing<CoreException.NotFound> { core.offerOwnership(plan, other) }
    },
    "who leaves a plan takes nothing from the others" to {
        val plan = shared(Right.EDIT)
        failing<CoreException.NotAllowed> { core.leaveProject(plan) }
        colleague.editProject(plan, null, listOf(problem("Patients fall.")))
        colleague.leaveProject(plan)
        meet()
        assertEquals(DocumentEnd.REVOKED, failing<CoreException.Gone> { colleague.project(plan) }.end)
        assertEquals(emptyList<DocumentSummary>(), colleague.projects().items)
        assertEquals("Patients fall.", core.project(plan).project.sections[ProjectSection.PROBLEM])
        val standing = core.project(plan).members.associate { it.person.id to it.standing }
        assertEquals(mapOf(me() to Standing.MEMBER, other to Standing.LEFT), standing)
        assertEquals(listOf(me()), core.readers(plan).map { it.person.id })
        core.addMember(plan, other, Right.READ)
        meet()
        accepted(plan)
        assertEquals(Right.READ, colleague.project(plan).myRight)
    },
    "a plan that others read is deleted for everybody, or not at all" to {
        val plan = shared(Right.READ)
        val refused = failing<CoreException.NotAllowed> { core.delete(plan) }
        assertEquals("still_read", refused.code)
        assertTrue("Dr Ben Okoro" in refused.reason, refused.reason)
        failing<CoreException.NotAllowed> { colleague.deleteForEverybody(plan) }
        core.deleteForEverybody(plan)
        meet()
        for (each in listOf(core, colleague)) {
            assertEquals(DocumentEnd.DELETED, failing<CoreException.Gone> { each.project(plan) }.end)
        }
    },
)

private fun problem(text: String) = ProjectEdit.Section(ProjectSection.PROBLEM, text)
