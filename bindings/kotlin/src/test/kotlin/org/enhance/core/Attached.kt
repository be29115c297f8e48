package org.enhance.core

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** Photographs and PDFs that belong to a reflection or to a thing in the record. */
internal val ATTACHED: List<Pair<String, Behaviour>> = listOf(
    "a file is attached, kept with its entry and stored after the words" to {
        val of = EvidenceSource.Document(core.createReflection("quick-capture", "A teaching session"))
        val check = core.checkAttachment("certificate.pdf", PDF)
        assertEquals(MediaType.PDF to PDF.size.toLong(), check.mediaType to check.bytesBefore)
        val attached = core.attach(of, "certificate.pdf", PDF)
        assertEquals(check, attached.kept)
        val listed = core.attachments(of).single()
        assertEquals(attached.id to "certificate.pdf", listed.id to listed.name)
        assertEquals(true to false, listed.here to listed.stored)
        assertEquals(check.bytes, core.openAttachment(of, attached.id).size.toLong())
        meet()
        assertTrue(core.attachments(of).single().stored)
        assertArrayEquals(core.openAttachment(of, attached.id), core.fetchAttachment(of, attached.id))
    },
    "a file of a thing in the record is taken away again" to {
        val of = EvidenceSource.Item(adds(Certificate("Life support")::adding))
        val id = core.attach(of, "certificate.pdf", PDF).id
        core.removeAttachment(of, id)
        assertEquals(emptyList<AttachmentView>(), core.attachments(of))
        failing<CoreException.NotFound> { core.openAttachment(of, id) }
        failing<CoreException.NotFound> { core.removeAttachment(of, id) }
    },
    "what is no photograph and no PDF is refused with words" to {
        val of = EvidenceSource.Document(core.createReflection("quick-capture", "A teaching session"))
        val refused = failing<CoreException.InvalidInput> { core.attach(of, "notes.txt", "Some notes".toByteArray()) }
        assertEquals(InputField.ATTACHMENT, refused.field)
        failing<CoreException.InvalidInput> { core.checkAttachment("empty.jpg", ByteArray(0)) }
        assertEquals(emptyList<AttachmentView>(), core.attachments(of))
        failing<CoreException.NotFound> { core.attach(EvidenceSource.Item(core.newItemId()), "certificate.pdf", PDF) }
    },
    "a file is gone with its entry" to {
        val reflection = core.createReflection("quick-capture", "A teaching session")
        val of = EvidenceSource.Document(reflection)
        val id = core.attach(of, "certificate.pdf", PDF).id
        core.delete(reflection)
        failing<CoreException.Gone> { core.attachments(of) }
        failing<CoreException.Gone> { core.openAttachment(of, id) }
    },
)

/** One page without anything on it. */
internal val PDF: ByteArray = """
    %PDF-1.4
    1 0 obj
    <</Type/Catalog/Pages 2 0 R>>
    endobj
    2 0 obj
    <</Type/Pages/Kids[]/Count 0>>
    endobj
    trailer
    <</Root 1 0 R>>
    startxref
    0
    %%EOF
""".trimIndent().toByteArray()
