package org.enhance.core

import java.io.File
import java.nio.file.Files
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** Files that go with what is exported, read back and shared. */
internal val TAKEN_ALONG: List<Pair<String, Behaviour>> = listOf(
    "files go with an export, and are read back with it" to {
        val of = EvidenceSource.Document(core.createReflection("quick-capture", "A teaching session"))
        core.attach(of, "certificate.pdf", PDF)
        assertEquals(1 to 1, core.exportSizes().run { files to filesHere })
        val beside = Files.createTempDirectory("enhance").toFile()
        try {
            val export = core.exportWithFiles(File(beside, "files"))
            val file = export.files.single()
            assertEquals(of to "certificate.pdf", file.of to file.name)
            assertTrue(File(beside, requireNotNull(file.path)).isFile)
            val check = colleague.checkImport(export.json, beside)
            assertEquals(listOf(1, 1, 0), check.run { listOf(reflections, files, filesAlreadyHere) })
            assertEquals(0, colleague.reflections().size)
            val report = colleague.importWithFiles(export.json, beside)
            assertEquals(listOf(1, 1), report.run { listOf(reflections, files) })
            val read = EvidenceSource.Document(colleague.reflections().single().id)
            val id = colleague.attachments(read).single().id
            assertArrayEquals(core.openAttachment(of, core.attachments(of).single().id), colleague.openAttachment(read, id))
            val again = colleague.importWithFiles(export.json, beside)
            assertEquals(listOf(0, 0, 1), again.run { listOf(reflections, files, filesAlreadyHere) })
        } finally {
            beside.deleteRecursively()
        }
    },
    "a file that is not there is named, and everything else is read" to {
        val of = EvidenceSource.Document(core.createReflection("quick-capture", "A teaching session"))
        core.attach(of, "certificate.pdf", PDF)
        val beside = Files.createTempDirectory("enhance").toFile()
        try {
            val export = core.exportWithFiles(File(beside, "files"))
            File(beside, requireNotNull(export.files.single().path)).delete()
            val report = colleague.importWithFiles(export.json, beside)
            assertEquals(1 to 0, report.run { reflections to files })
            assertEquals(FileFault.MISSING, report.filesNotRead.single().fault)
            failing<CoreException.InvalidInput> { colleague.importWithFiles("never", beside) }
        } finally {
            beside.deleteRecursively()
        }
    },
    "a reflection is shared with a file once somebody has looked at it" to {
        val id = core.createReflection("quick-capture", "A teaching session")
        val file = core.attach(EvidenceSource.Document(id), "certificate.pdf", PDF).id
        core.sync()
        val check = core.checkBeforeSharingWithFiles(id, listOf(file))
        assertEquals(listOf(FindingKind.UNSEEN_FILE to 1), check.probable.map { it.kind to it.count })
        val unseen = core.checkBeforeSharing(id).acknowledgement
        failing<CoreException.NotAllowed> { core.shareReflectionWithFiles(id, other, listOf(file), unseen) }
        val copy = core.shareReflectionWithFiles(id, other, listOf(file), check.acknowledgement)
        meet()
        val of = EvidenceSource.Document(copy)
        val read = colleague.attachments(of).single()
        assertEquals("certificate.pdf", read.name)
        val bytes = core.openAttachment(EvidenceSource.Document(id), file)
        assertArrayEquals(bytes, colleague.fetchAttachment(of, read.id))
    },
)
