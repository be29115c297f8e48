package org.enhance.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** The page a trainee prints for her review, and what she takes with her into another account. */
internal val REVIEWING: List<Pair<String, Behaviour>> = listOf(
    "a page says what the record says until that changes" to {
        val year = noted()
        val page = core.arcpHtml(year)
        for (said in listOf("Royal Infirmary", "Dr Okafor", "A home visit", "Lead a team")) assertTrue(said in page, page)
        assertFalse("no rail" in page, "what a reflection says is nobody else's")
        assertEquals(ArcpVerdict.Agrees(emptyList()), core.verifyArcp(page))
        assertEquals(page, core.arcpHtml(year))

        assertEquals(ArcpVerdict.Unaltered(NotCompared.OF_SOMEBODY_ELSE), colleague.verifyArcp(page))
        val altered = page.replace("Royal Infirmary", "Royal Hospital")
        for (each in listOf(core, colleague)) assertEquals(ArcpVerdict.Altered, each.verifyArcp(altered))
        val garbage = failing<CoreException.InvalidInput> { core.verifyArcp("<p>Not a page</p>") }
        assertEquals(InputField.PAGE, garbage.field)

        adds(Certificate("Life support")::adding)
        assertEquals(ArcpVerdict.Outdated(changes = 1, emptyList()), core.verifyArcp(page))
    },
    "the page is data too, and texts for the form of a portfolio" to {
        val year = noted()
        assertTrue("Royal Infirmary" in core.arcpCsv(year))
        val json = core.arcpJson(year)
        assertTrue("Royal Infirmary" in json && "${year.from}" in json, json)
        val fields = core.arcpForm(year)
        assertTrue(fields.any { "Royal Infirmary" in it.text }, "$fields")
        assertEquals(fields.map { it.field }.distinct(), fields.map { it.field })
        val backwards = DaysInARow(year.to, year.from)
        for (ask in listOf(core::arcpHtml, core::arcpCsv, core::arcpJson)) {
            assertEquals(InputField.DATE, failing<CoreException.InvalidInput> { ask(backwards) }.field)
        }
    },
    "the page says who signed, and whether that still holds" to {
        val plan = shared(Right.READ)
        val request = core.requestSignOff(SignOffSubject.Project(plan), with = other)
        meet()
        val year = core.trainingYear(TODAY)
        assertFalse("as it was then" in core.arcpHtml(year))
        colleague.sign(request, signed(""))
        meet()
        val page = core.arcpHtml(year)
        assertTrue("as it was then" in page, page)
        core.editProject(plan, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, "Too many falls.")))
        assertTrue(core.verifyArcp(page) is ArcpVerdict.Outdated)
        assertTrue("changed since" in core.arcpHtml(year))
    },
    "an export is read back into another account, once" to {
        noted()
        shared(Right.READ)
        val json = core.export()
        val same = core.importExport(json)
        assertEquals(listOf(0, 0, 0, 2), same.run { listOf(reflections, projects, things, alreadyHere) })

        val read = colleague.importExport(json)
        assertEquals(1 to 5, read.reflections to read.things)
        val reflection = colleague.reflections().single()
        assertEquals("A home visit", reflection.title)
        assertNotEquals(core.reflections().single().id, reflection.id)
        val (here, there) = core.personalRecord() to colleague.personalRecord()
        assertEquals(listOf(here.placements, here.sessions), listOf(there.placements, there.sessions))
        assertEquals(EvidenceSource.Document(reflection.id), there.evidence.single().link.evidence)
        val again = colleague.importExport(json)
        assertEquals(0 to 0, again.reflections to again.things)
        assertEquals(1, colleague.reflections().size)
    },
    "what is no export changes nothing" to {
        val refused = failing<CoreException.InvalidInput> { core.importExport("{\"mine\": true}") }
        assertEquals(InputField.EXPORT, refused.field)
        noted()
        val before = colleague.personalRecord()
        failing<CoreException.InvalidInput> { colleague.importExport(core.export().dropLast(10)) }
        assertEquals(before, colleague.personalRecord())
    },
    "a record is a table, and reflections are a page" to {
        noted()
        assertTrue("Royal Infirmary" in core.exportCsv(), core.exportCsv())
        assertTrue("no rail" in core.exportReflections(), core.exportReflections())
        assertTrue("no rail" in core.export())
    },
)

/** A placement, who supervises there, a session, a goal, and a reflection as evidence. */
private suspend fun Behaving.noted(): DaysInARow {
    val post = adds(POST::adding)
    adds(PlacementSupervisor(post, "Dr Okafor", role = SupervisorRole.EDUCATIONAL)::adding)
    adds(session(daysAgo = 1, "Grand round")::adding)
    adds(PdpGoal(text = "Lead a team")::adding)
    val reflection = core.createReflection("quick-capture", "A home visit")
    core.editReflection(reflection, null, listOf(ReflectionEdit.Answer("thought", "Stairs, and no rail.")))
    val link = EvidenceLink(
        EvidenceSource.Document(reflection), EvidenceStatement.Capability("foundation/fpc-9"), "I asked what mattered.",
    )
    adds(link::adding)
    return core.trainingYear(TODAY)
}
