package org.enhance.core

import java.time.Instant
import kotlinx.coroutines.CoroutineStart.UNDISPATCHED
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue

/** What a person does with any document, and what a core is. */
internal val ALONE: List<Pair<String, Behaviour>> = listOf(
    "what is created is listed, the newest first" to {
        val first = core.createReflection("quick-capture", "One")
        val second = core.createReflection("quick-capture", "Two")
        assertEquals(listOf(second, first), core.reflections().map { it.id })
        val project = core.createProject("Falls on ward 7", topic = "pcp", setting = "Ward 7")
        assertEquals(listOf(project), core.projects().map { it.id })
        assertEquals("Ward 7", core.project(project).project.setting)
        assertEquals(Right.OWN, core.project(project).myRight)
    },
    "a list goes on after a place, whatever becomes of the document there" to {
        val (first, second, third) =
            listOf("One", "Two", "Three").map { core.createReflection("quick-capture", it) }
        val (top, middle) = core.reflections(limit = 2).map { it.position }
        assertEquals(listOf(second), core.reflections(after = top, limit = 1).map { it.id })
        core.delete(third)
        assertEquals(listOf(second, first), core.reflections(after = top).map { it.id })
        core.editReflection(second, null, listOf(answer("Changed, so that it is on top.")))
        assertEquals(listOf(second, first), core.reflections().map { it.id })
        assertEquals(listOf(first), core.reflections(after = middle).map { it.id })
        val last = core.reflections().last().position
        assertEquals(emptyList<DocumentSummary>(), core.reflections(after = last).items)
    },
    "each list says whether there is more of it" to {
        val plan = core.createProject("Falls on ward 7")
        repeat(3) { core.createReflection("quick-capture", "Night $it") }
        assertEquals(listOf(true, true, false, false), listOf(0, 2, 3, 4).map { core.reflections(limit = it).more })
        val (top, second) = core.reflections(limit = 2).map { it.position }
        assertTrue(core.reflections(after = top, limit = 1).more)
        assertFalse(core.reflections(after = second, limit = 1).more)
        assertFalse(core.projects(limit = 1).more)
        assertEquals(listOf(true, false), listOf(2, 3).map { core.search("night", limit = it).more })
        assertFalse(core.search("night", offset = 1, limit = 2).more)
        assertEquals(listOf(true, false), listOf(0, 10).map { core.sittings(plan, limit = it).more })
        failing<CoreException.InvalidInput> { core.reflections(limit = -1) }
        failing<CoreException.InvalidInput> { core.search("night", offset = -1) }
    },
    "a list says how far each document has come" to {
        val id = core.createReflection("quick-capture")
        assertEquals(Stage.SAVED, core.reflections().single().stage)
        core.sync()
        assertEquals(Stage.STORED, core.reflections().single().stage)
        core.autosave(id, THOUGHT, core.reflection(id).version, "She fell.")
        val listed = core.reflections().single()
        assertEquals(Stage.SAVED to Stage.SAVED, listed.stage to core.status(id).stage)
        assertTrue(listed.unsettled)
        assertFalse(listed.quarantined)
    },
    "what is edited is read again in another version" to {
        val id = core.createReflection("quick-capture")
        val before = core.reflection(id).version
        val after = core.editReflection(id, before, listOf(ReflectionEdit.Title("A fall"), answer("She fell.")))
        assertNotEquals(before, after)
        assertEquals(after, core.reflection(id).version)
        assertEquals("A fall", core.reflection(id).reflection.title)
        assertEquals(mapOf("thought" to "She fell."), core.reflection(id).reflection.answers)
    },
    "what is typed is a draft until it is settled" to {
        val id = core.createReflection("quick-capture")
        val base = core.reflection(id).version
        core.autosave(id, THOUGHT, base, "She fe")
        core.autosave(id, THOUGHT, base, "She fell.")
        assertEquals(listOf(id), core.unsettled())
        assertEquals(listOf("She fell."), core.reflection(id).drafts.map { it.text })
        assertEquals("She fell.", core.reflection(id).reflection.answers["thought"])
        assertTrue(core.reflections().single().unsettled)
        assertEquals(base, core.reflection(id).version)
        assertNotEquals(base, core.settle(id))
        assertEquals(emptyList<DocumentId>(), core.unsettled())
        assertEquals("She fell.", core.reflection(id).reflection.answers["thought"])
    },
    "settling without drafts writes nothing" to {
        val id = core.createReflection("quick-capture")
        assertEquals(core.reflection(id).version, core.settle(id))
    },
    "a field that is closed has settled, and takes nothing more" to {
        val id = core.createReflection("quick-capture")
        val typing = core.typing(id, THOUGHT, core.reflection(id).version)
        assertTrue(typing.typed("She fell."))
        typing.flush()
        typing.close()
        assertFalse(typing.typed("She fell again."))
        assertEquals("She fell.", core.reflection(id).reflection.answers["thought"])
        assertEquals(emptyList<DocumentId>(), core.unsettled())
    },
    "words are found where they were saved" to {
        val id = core.createReflection("quick-capture", "Night shift")
        core.editReflection(id, null, listOf(answer("The ward was cold and full.")))
        core.createReflection("quick-capture", "Day shift")
        val hit = core.search("cold").single()
        assertEquals(id, (hit.target as HitTarget.Document).id)
        assertEquals("cold", hit.snippet.filter { it.marked }.joinToString("") { it.text })
        assertEquals(emptyList<Hit>(), core.search("slippersocks").items)
    },
    "a copy has the text as it stood and its reader" to {
        val id = core.createReflection("quick-capture", "For Ben")
        core.autosave(id, THOUGHT, core.reflection(id).version, "Ask sooner.")
        val copy = core.shareReflection(id, with = other)
        core.editReflection(id, null, listOf(answer("Ask much sooner.")))
        assertEquals("Ask sooner.", core.sharedReflection(copy).copy.answers["thought"])
        assertEquals(listOf(copy), core.sharedByMe().map { it.id })
        assertEquals(emptyList<DocumentSummary>(), core.sharedWithMe())
        assertEquals(other, core.readers(id).last().person.id)
        assertEquals(listOf(copy), core.reflection(id).reflection.copies.map { it.document })
    },
    "members come and go" to {
        val id = core.createProject("Falls on ward 7")
        core.addMember(id, other, Right.COMMENT)
        core.addMember(id, other, Right.EDIT)
        val invited = core.project(id).members.single { it.person.id == other }
        assertEquals(Right.EDIT to Standing.INVITED, invited.right to invited.standing)
        meet()
        accepted(id)
        assertEquals(Standing.MEMBER, core.project(id).members.single { it.person.id == other }.standing)
        val refused = failing<CoreException.NotAllowed> { core.delete(id) }
        assertEquals("still_read", refused.code)
        core.removeMember(id, other)
        assertEquals(1, core.project(id).members.size)
    },
    "a comment is read, changed and resolved" to {
        val id = core.createProject("Falls on ward 7")
        val comment = core.comment(id, "Which ward?", anchor = "problem")
        val at = Instant.ofEpochMilli(1_800_000_000_000)
        core.editComments(id, listOf(CommentEdit.Rewrite(comment, "Which wards?"), CommentEdit.Resolve(comment, at)))
        val read = core.project(id).comments.single()
        assertEquals("Which wards?", read.comment.body)
        // The core says itself when it was done.
        assertNotNull(read.comment.resolvedAt)
        assertTrue(read.mine)
        core.editComments(id, listOf(CommentEdit.TakeBack(comment, at)))
        assertTrue(core.project(id).comments.isEmpty())
        core.editComments(id, listOf(CommentEdit.PutBack(comment)))
        assertEquals(read, core.project(id).comments.single())
    },
    "sessions are counted until they are taken out" to {
        // The log is of the training year of today.
        val start = Instant.now().minusSeconds(3600)
        val session = NewSession("Journal club", null, null, start, minutes = 45, SessionKind.CORE)
        val id = core.addSession(session)
        assertEquals(listOf(id), core.learningLog().sessions.map { it.id })
        assertEquals(45, core.learningLog().count.core)
        core.removeSession(id)
        assertEquals(0, core.learningLog().count.counted)
    },
    "what is deleted is gone, and says so" to {
        val id = core.createProject("Falls on ward 7")
        core.delete(id)
        assertEquals(emptyList<DocumentSummary>(), core.projects().items)
        val gone = failing<CoreException.Gone> { core.project(id) }
        assertEquals(DocumentEnd.DELETED, gone.end)
        failing<CoreException.Gone> { core.editProject(id, null, listOf(section("Late."))) }
        failing<CoreException.Gone> { core.autosave(id, PROBLEM, Version(""), "Late.") }
    },
    "what never was is not found" to {
        val never = DocumentId("01010101-0101-0101-0101-010101010101")
        failing<CoreException.NotFound> { core.reflection(never) }
        failing<CoreException.NotFound> { core.project(never) }
        failing<CoreException.NotFound> { core.sharedReflection(never) }
        failing<CoreException.NotFound> { core.settle(never) }
        failing<CoreException.NotFound> { core.delete(never) }
        failing<CoreException.NotFound> { core.quarantinedItem(QuarantineId(1)) }
    },
    "a plan without a title is refused" to {
        val refused = failing<CoreException.InvalidInput> { core.createProject(" ") }
        assertEquals(InputField.TITLE, refused.field)
        assertEquals("invalid_input", refused.code)
    },
    "what waits is sent by a sync" to {
        val id = core.createProject("Falls on ward 7")
        assertEquals(Stage.SAVED, core.status(id).stage)
        assertTrue(core.syncState().waitingEntries > 0)
        assertTrue(core.sync().pushed > 0)
        assertEquals(Stage.STORED, core.status(id).stage)
        assertEquals(0, core.syncState().waitingEntries)
    },
    "a screen is told of what changes" to {
        coroutineScope {
            val shown = async(start = UNDISPATCHED) { core.watchProjects().first { it.isNotEmpty() } }
            val id = core.createProject("Falls on ward 7")
            assertEquals(id, shown.await().single().id)
        }
    },
    "while it is suspended everything says so" to {
        core.suspendCore()
        failing<CoreException.Suspended> { core.projects() }
        core.resumeCore()
        assertEquals(0, core.projects().size)
        core.close()
        failing<CoreException.Suspended> { core.projects() }
        failing<CoreException.Suspended> { core.resumeCore() }
    },
)

private val THOUGHT = DraftField.Answer("thought")
private val PROBLEM = DraftField.Section(ProjectSection.PROBLEM)

private fun answer(text: String) = ReflectionEdit.Answer("thought", text)
