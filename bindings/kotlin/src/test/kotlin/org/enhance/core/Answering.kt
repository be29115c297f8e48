package org.enhance.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue

/** What people answer each other: threads about plans and copies, and suggestions. */
internal val ANSWERING: List<Pair<String, Behaviour>> = listOf(
    "a thread is answered, settled by another and opened again" to {
        val plan = written("Patients fall at night.")
        val comment = core.commentAt(plan, "problem", "Is this enough?")
        meet()
        val asked = colleague.threads(plan).single()
        assertEquals("problem" to "Is this enough?", asked.anchor to asked.first?.body)
        assertTrue(asked.waits)
        assertEquals(WaitingAnswers(threads = 1, suggestions = 0), colleague.waitingAnswers(plan))
        colleague.answerComment(plan, asked.place, "It is.")
        assertFalse(colleague.threads(plan).single().waits)
        meet()
        val answered = core.threads(plan).single()
        assertEquals(listOf(other to "It is."), answered.answers.map { it.by?.id to it.body })
        assertTrue(answered.waits)
        colleague.resolveComment(plan, comment)
        meet()
        assertEquals(other, core.threads(plan).single().resolvedBy?.id)
        core.reopenComment(plan, comment)
        assertNull(core.threads(plan).single().resolvedAt)
    },
    "a comment is its author's to say otherwise, and what it said is kept" to {
        val plan = written("Patients fall at night.")
        val comment = core.commentAt(plan, "", "Which wards?")
        core.rewriteComment(plan, comment, "Which ward?")
        val thread = core.threads(plan).single()
        assertEquals("Which ward?", thread.first?.body)
        assertEquals(listOf("Which wards?", "Which ward?"), core.commentVersions(thread.place).map { it.body })
        meet()
        failing<CoreException.NotFound> { colleague.rewriteComment(plan, comment, "None.") }
        core.deleteComment(plan, comment)
        assertEquals(emptyList<CommentView>(), core.project(plan).comments)
        core.putBackComment(plan, comment)
        assertEquals("Which ward?", core.project(plan).comments.single().comment.body)
    },
    "what is said is refused until what was found in these words was seen" to {
        val plan = written("Patients fall at night.")
        val words = "Mrs Okafor fell."
        val refused = failing<CoreException.NotAllowed> { core.commentAt(plan, "", words) }
        assertEquals("unacknowledged", refused.code)
        core.acknowledge(core.checkBeforeSaying(plan, listOf(words)).acknowledgement)
        val comment = core.commentAt(plan, "", words)
        failing<CoreException.NotAllowed> { core.rewriteComment(plan, comment, "Mr Smith fell.") }
        core.rewriteComment(plan, comment, "Somebody fell.")
        val range = "Patients fall at night.".textRange(0..7)
        failing<CoreException.NotAllowed> { colleague.suggest(plan, "problem", range, "Mrs Okafor") }
    },
    "a comment on some characters says when they are gone" to {
        val plan = written("Patients fall at night.")
        val range = "Patients fall at night.".textRange(14..21)
        val version = core.project(plan).version
        core.commentAt(plan, "problem", "And by day?", range, version)
        val thread = core.threads(plan).single()
        assertEquals("at night" to AnchorStanding.At(range), thread.quote to thread.standing)
        core.editProject(plan, null, listOf(problem("Patients fall.")))
        assertEquals(AnchorStanding.DeletedText, core.threads(plan).single().standing)
        assertEquals("at night", core.threads(plan).single().quote)
    },
    "a copy is talked over between who shared it and who reads it" to {
        val copy = core.shareReflection(core.createReflection("quick-capture", "A night on call"), with = other)
        meet()
        colleague.commentAt(copy, "", "What would you do next time?")
        meet()
        val asked = core.threads(copy).single()
        assertEquals(other, asked.first?.by?.id)
        core.answerComment(copy, asked.place, "Ask sooner.")
        meet()
        assertEquals(listOf("Ask sooner."), colleague.threads(copy).single().answers.map { it.body })
    },
    "a suggestion is accepted, and its words are part of the plan" to {
        val plan = written("Patients fall at night.")
        val range = "Patients fall at night.".textRange(0..7)
        colleague.suggest(plan, "problem", range, "Older people", why = "It is the elderly ward.")
        meet()
        val one = core.suggestions(plan).single()
        assertEquals(other to "Patients", one.by?.id to one.suggestion.original)
        assertEquals(SuggestionState.OPEN to WaitingAnswers(0, 1), one.state to core.waitingAnswers(plan))
        core.acceptSuggestion(plan, one.place)
        assertEquals("Older people fall at night.", core.project(plan).project.sections[ProjectSection.PROBLEM])
        val decided = core.suggestions(plan).single()
        assertEquals(SuggestionState.ACCEPTED to me(), decided.state to decided.decidedBy?.id)
        failing<CoreException.InvalidInput> { core.acceptSuggestion(plan, one.place) }
        meet()
        assertEquals(SuggestionState.ACCEPTED, colleague.suggestions(plan).single().state)
    },
    "a suggestion is rejected and kept, or taken back by who made it" to {
        val plan = written("Patients fall at night.")
        val range = "Patients fall at night.".textRange(0..7)
        val same = failing<CoreException.InvalidInput> { colleague.suggest(plan, "problem", range, "Patients") }
        assertEquals(InputField.COMMENT, same.field)
        val taken = colleague.suggest(plan, "problem", range, "People")
        val kept = colleague.suggest(plan, "problem", range, "Older people")
        colleague.deleteComment(plan, taken)
        failing<CoreException.NotAllowed> {
            colleague.rejectSuggestion(plan, colleague.suggestions(plan).first { it.place.id == kept }.place)
        }
        meet()
        core.rejectSuggestion(plan, core.suggestions(plan).first { it.place.id == kept }.place)
        val states = core.suggestions(plan).associate { it.place.id to it.state }
        assertEquals(mapOf(taken to SuggestionState.WITHDRAWN, kept to SuggestionState.REJECTED), states)
        assertEquals("Patients fall at night.", core.project(plan).project.sections[ProjectSection.PROBLEM])
    },
)

/** A plan with this problem, on which the colleague may comment. */
private suspend fun Behaving.written(text: String): DocumentId {
    val plan = shared(Right.COMMENT)
    core.editProject(plan, null, listOf(problem(text)))
    meet()
    return plan
}

private fun problem(text: String) = ProjectEdit.Section(ProjectSection.PROBLEM, text)
