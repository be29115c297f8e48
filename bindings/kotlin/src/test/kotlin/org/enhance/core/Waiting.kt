package org.enhance.core

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue

/** What waits for a supervisor and for a trainee, and how it leaves. */
internal val WAITING: List<Pair<String, Behaviour>> = listOf(
    "an inbox is emptied by doing what waits" to {
        val plan = shared(Right.EDIT)
        val action = core.newItemId()
        val lamps = ProjectAction("Order the lamps", owner = me(), due = TODAY.minusDays(2))
        core.editProject(plan, null, lamps.adding(action))
        val reflection = core.createReflection("quick-capture", "A night on call")
        val copy = core.shareReflection(reflection, with = other)
        val request = core.requestSignOff(SignOffSubject.Project(plan), with = other, "Before Friday.")
        core.comment(plan, "Is this enough?", anchor = "problem")
        meet()
        val inbox = colleague.inbox()
        val kinds = listOf(
            InboxKind.SIGN_OFF_ASKED, InboxKind.COPY_SHARED, InboxKind.COMMENT_UNANSWERED, InboxKind.ACTION_OVERDUE,
        )
        assertEquals(kinds.toSet() to 4, inbox.items.map { it.kind }.toSet() to inbox.counts.total)
        assertEquals(inbox.counts, colleague.inboxCounts())
        fun found(kind: InboxKind) = inbox.items.single { it.kind == kind }
        assertEquals(copy, found(InboxKind.COPY_SHARED).document)
        assertEquals(request to "Before Friday.", found(InboxKind.SIGN_OFF_ASKED).run { document to words })
        assertEquals(listOf(me()), found(InboxKind.SIGN_OFF_ASKED).people.map { it.id })
        assertEquals("problem" to "Is this enough?", found(InboxKind.COMMENT_UNANSWERED).run { place to words })
        val overdue = found(InboxKind.ACTION_OVERDUE)
        assertEquals(action.value to Leaves.WHEN_DONE, overdue.place to overdue.leaves)
        failing<CoreException.NotAllowed> { colleague.markInboxSeen(overdue.id) }
        assertEquals(inbox.items.drop(1), colleague.inbox(after = inbox.items.first().position).items)

        colleague.sign(request, signed("Well thought through."))
        colleague.markInboxSeen(found(InboxKind.COPY_SHARED).id)
        colleague.answerComment(plan, colleague.threads(plan).single().place, "It is. Say who was asked.")
        colleague.editProject(plan, null, listOf(ProjectEdit.Action(action, ProjectActionEdit.DoneAt(Instant.now()))))
        assertEquals(0, colleague.inboxCounts().total)
        meet()
        // That the plan was written in after it was signed, the text of a fake need not show.
        assertEquals(
            setOf(InboxKind.SIGN_OFF_ANSWERED, InboxKind.COMMENT_ANSWERED),
            core.inbox().items.map { it.kind }.toSet() - InboxKind.SIGN_OFF_ENDED,
        )
        core.inbox().items.forEach { core.markInboxSeen(it.id) }
        assertEquals(emptyList<InboxView>(), core.inbox().items)
        assertEquals(listOf(other), core.status(copy).seenBy.map { it.person.id })
        failing<CoreException.NotFound> { core.markInboxSeen(core.newItemId()) }
    },
    "a deadline that is near waits until it was seen" to {
        adds(EvidenceDeadline("Portfolio closes", at = TODAY.plusDays(20))::adding)
        adds(EvidenceDeadline("Far away", at = TODAY.plusDays(60))::adding)
        val near = core.inbox().items.single()
        assertEquals(listOf(InboxKind.DEADLINE, "Portfolio closes", Leaves.WHEN_SEEN), near.run { listOf(kind, title, leaves) })
        core.markInboxSeen(near.id)
        assertEquals(0, core.inboxCounts().total)
    },
    "a nudge goes out once" to {
        val plan = shared(Right.COMMENT)
        val first = colleague.nudge(plan, why = "How far are the lamps?")
        assertEquals(first, colleague.nudge(plan, why = " How far are the lamps?"))
        failing<CoreException.NotAllowed> { colleague.nudge(plan, why = "How far are they?") }
        failing<CoreException.NotAllowed> { core.nudge(plan, why = "Me?") }
        failing<CoreException.InvalidInput> { colleague.nudge(plan, anchor = "problem", why = " ") }
        meet()
        val waiting = core.inbox().items.single()
        assertEquals(InboxKind.NUDGE to "How far are the lamps?", waiting.kind to waiting.words)
        assertEquals(listOf(other), waiting.people.map { it.id })
    },
    "a nudge waits until who is waited for writes herself" to {
        val plan = shared(Right.EDIT)
        colleague.nudge(plan, why = "How far are the lamps?")
        val written = listOf(ProjectEdit.Setting("Ward 7, by night"))
        colleague.editProject(plan, null, written)
        meet()
        assertEquals(listOf(InboxKind.NUDGE), core.inbox().items.map { it.kind })
        core.editProject(plan, null, listOf(ProjectEdit.Setting("Ward 7, at night")))
        assertEquals(emptyList<InboxView>(), core.inbox().items)
    },
    "a cohort shows what was shared and nothing else" to {
        shared(Right.READ)
        core.createProject("Mine alone")
        val copy = core.shareReflection(core.createReflection("quick-capture", "A night on call"), with = other)
        meet()
        val trainee = colleague.cohort().single()
        assertEquals("Dr Ana Ruiz", trainee.name)
        assertEquals(listOf("Falls on ward 7"), trainee.projects.map { it.title })
        assertEquals(listOf(copy to null), trainee.copies.map { it.id to it.seenAt })
        val csv = colleague.cohortCsv()
        assertTrue("Falls on ward 7" in csv && "Mine alone" !in csv, csv)
        assertEquals(emptyList<CohortTrainee>(), core.cohort())
    },
    "who supervises follows from the placements" to {
        val now = adds(POST::adding)
        val before = POST.copy(start = POST.start.minusDays(300), end = POST.start.minusDays(1))
        val past = adds(before::adding)
        adds(PlacementSupervisor(past, person = other, role = SupervisorRole.EDUCATIONAL)::adding)
        adds(PlacementSupervisor(now, "Dr Lee", role = SupervisorRole.CLINICAL)::adding)
        val (lee, ben) = core.supervisors()
        assertEquals(Supervision.PRESENT to "Dr Lee", lee.supervision to lee.name)
        assertNull(lee.note)
        assertEquals(Supervision.PAST to other, ben.supervision to ben.person?.id)
        val note = requireNotNull(ben.note)
        assertTrue(note.startsWith("Dr Ben Okoro was your educational supervisor until"), note)
    },
)
