package org.enhance.core

import com.sun.management.OperatingSystemMXBean
import java.lang.management.ManagementFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

private const val TELLING = "Mrs Okafor fell."

/** What may tell who somebody is, and where hosts hear of it. */
internal val FOUND: List<Pair<String, Behaviour>> = listOf(
    "what is said about a plan that nobody else reads is asked about when somebody is let in" to {
        val plan = core.createProject("Fewer falls")
        assertEquals(emptyList<FindingCount>(), core.checkBeforeSaying(plan, listOf(TELLING)).probable)
        val comment = core.commentAt(plan, "", TELLING)
        val refused = failing<CoreException.NotAllowed> { core.addMember(plan, other, Right.COMMENT) }
        assertEquals("unacknowledged", refused.code)
        val check = core.checkBeforeSharing(plan)
        assertEquals(listOf<TextPlace>(TextPlace.Item(Noun.COMMENT, comment)), check.findings.map { it.place })
        core.addMemberAcknowledged(plan, other, Right.COMMENT, check.acknowledgement)
        failing<CoreException.NotAllowed> { core.commentAt(plan, "", "Mr Smith fell.") }
        assertEquals(emptyList<Finding>(), core.checkBeforeSharing(plan).findings)
    },
    "what a plan tells its readers is said at once and stops nobody" to {
        val plan = core.createProject("Fewer falls")
        core.editProject(plan, null, listOf(problem(TELLING)))
        assertEquals(emptyList<Finding>(), core.findingsOf(plan))
        core.addMemberAcknowledged(plan, other, Right.EDIT, core.checkBeforeSharing(plan).acknowledgement)
        val found = core.findingsOf(plan).single()
        assertEquals(TextPlace.Section(ProjectSection.PROBLEM) to "Mrs Okafor", found.place to found.text)
        core.editProject(plan, null, listOf(problem("A patient fell.")))
        assertEquals(emptyList<Finding>(), core.findingsOf(plan))
        failing<CoreException.NotFound> { core.findingsOf(core.createReflection("quick-capture", "A night")) }
    },
    "the name of a file is looked through before it is attached and before it is shared" to {
        val reflection = core.createReflection("quick-capture", "A teaching session")
        val (of, name) = EvidenceSource.Document(reflection) to "Mrs Okafor.pdf"
        assertEquals(emptyList<Finding>(), core.checkAttachment("board.pdf", PDF).found)
        val found = core.checkAttachment(name, PDF).found.single()
        assertEquals(TextPlace.FileName(name) to "Mrs Okafor", found.place to found.text)
        val file = core.attach(of, name, PDF)
        assertEquals(listOf(found), file.kept.found)
        val check = core.checkBeforeSharingWithFiles(reflection, listOf(file.id))
        assertEquals(setOf(FindingKind.TITLE_NAME, FindingKind.UNSEEN_FILE), check.probable.map { it.kind }.toSet())
        core.shareReflectionWithFiles(reflection, other, listOf(file.id), check.acknowledgement)
    },
    "one very long word is looked through once" to {
        val plan = core.createProject("Fewer falls")
        val long = "a".repeat(39_000)
        val edits = ProjectSection.entries.take(5).map { ProjectEdit.Section(it, long) }
        core.editProject(plan, null, edits + ProjectEdit.Setting("or ana.ruiz@nhs.example"))
        val (before, check) = spent() to core.checkBeforeSharing(plan)
        assertEquals(listOf("ana.ruiz@nhs.example"), check.findings.map { it.text })
        assertTrue(spent() - before < 5_000, "${spent() - before} ms of a processor")
    },
)

/** Milliseconds for which processors have worked for this process, however long it waited for them. */
private fun spent(): Long =
    (ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean).processCpuTime / 1_000_000

private fun problem(text: String) = ProjectEdit.Section(ProjectSection.PROBLEM, text)
