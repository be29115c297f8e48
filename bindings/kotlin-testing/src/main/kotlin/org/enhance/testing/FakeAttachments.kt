package org.enhance.testing

import java.time.Instant
import org.enhance.core.*

/** The files of one person, as they have them on their phone. */
internal class FakeAttachments(private val phone: FakePhone) : LearningCoreAttachments {
    private val memory = phone.memory

    override suspend fun checkAttachment(name: String, bytes: ByteArray): AttachmentCheck =
        phone.asked { check(name, bytes) }

    override suspend fun attach(of: EvidenceSource, name: String, bytes: ByteArray): AttachedFile =
        phone.asked(Topic.DOCUMENTS, (of as? EvidenceSource.Document)?.v1) {
            requireThere(of)
            val (kept, id) = check(name, bytes) to memory.newItem()
            memory.files[id] = FakeFile(phone.me().id, of, kept, bytes.copyOf(), phone.now(), mutableSetOf(phone))
            AttachedFile(id, kept)
        }

    override suspend fun attachments(of: EvidenceSource): List<AttachmentView> = phone.asked {
        requireThere(of)
        filesOf(of).map { (id, file) -> view(id, file) }
    }

    override suspend fun sameAttachment(of: EvidenceSource, bytes: ByteArray): AttachmentView? = phone.asked {
        check("it", bytes)
        requireThere(of)
        val same = filesOf(of).filterValues { phone in it.phones && it.bytes.contentEquals(bytes) }
        same.entries.firstOrNull()?.let { (id, file) -> view(id, file) }
    }

    private fun view(id: ItemId, file: FakeFile): AttachmentView {
        val kept = file.kept
        return AttachmentView(
            id, file.of, kept.name, kept.mediaType, kept.bytes, sealedBytes = kept.bytes, file.addedAt,
            here = phone in file.phones, stored = file.isStored, refusal = null,
        )
    }

    override suspend fun openAttachment(of: EvidenceSource, id: ItemId): ByteArray = phone.asked {
        val file = file(of, id)
        if (phone !in file.phones) throw notFound(Noun.FILE, id.value)
        file.bytes.copyOf()
    }

    /** What the server does not have yet can be fetched from nowhere. */
    override suspend fun fetchAttachment(of: EvidenceSource, id: ItemId, onProgress: OnProgress): ByteArray {
        val bytes = phone.asked {
            val file = file(of, id)
            if (phone !in file.phones && !file.isStored) throw notFound(Noun.FILE, id.value)
            file.phones += phone
            file.bytes.copyOf()
        }
        onProgress(SyncProgress.Downloaded(bytes.size.toLong(), bytes.size.toLong()))
        return bytes
    }

    override suspend fun removeAttachment(of: EvidenceSource, id: ItemId): Unit =
        phone.asked(Topic.DOCUMENTS, (of as? EvidenceSource.Document)?.v1) {
            file(of, id)
            memory.files -= id
        }

    override suspend fun checkBeforeSharingWithFiles(id: DocumentId, files: List<ItemId>): SharingCheck =
        phone.asked {
            files.forEach { file(EvidenceSource.Document(id), it) }
            phone.checkWithFiles(id, files)
        }

    override suspend fun shareReflectionWithFiles(
        id: DocumentId,
        with: PersonId,
        files: List<ItemId>,
        acknowledged: Sha256,
    ): DocumentId = phone.asked(Topic.DOCUMENTS, id) {
        val going = files.map { file(EvidenceSource.Document(id), it) }
        val copy = phone.share(id, with, acknowledged, files).id
        for (one in going) {
            memory.files[memory.newItem()] = FakeFile(
                phone.me().id, EvidenceSource.Document(copy), one.kept, one.bytes, phone.now(), mutableSetOf(phone),
            )
        }
        copy
    }

    /** Those of a copy are its reader's too. */
    private fun filesOf(of: EvidenceSource) = memory.files.filterValues { file ->
        val copy = (of as? EvidenceSource.Document)?.let { memory.documents[it.v1] } as? KeptCopy
        file.of == of && (file.owner == phone.me().id || copy?.reader?.id == phone.me().id)
    }

    private fun file(of: EvidenceSource, id: ItemId): FakeFile {
        requireThere(of)
        return filesOf(of)[id] ?: throw notFound(Noun.ATTACHMENT, id.value)
    }

    private fun requireThere(of: EvidenceSource): Unit = when (of) {
        is EvidenceSource.Document -> phone.here<Kept<*>>(of.v1).let { kept ->
            if (kept !is KeptReflection && kept !is KeptCopy) throw notFound(Noun.DOCUMENT, of.v1.value)
        }
        is EvidenceSource.Item -> phone.record().shown.nouns().let { nouns ->
            if (of.v1 !in nouns) throw notFound(Noun.LEARNING_SESSION, of.v1.value)
        }
    }

    /** The fake takes nothing out of a file: it knows what it is by its first bytes alone. */
    private fun check(name: String, bytes: ByteArray): AttachmentCheck {
        val type = BEGINNINGS.entries.find { (_, first) -> bytes.take(first.size) == first }?.key
            ?: refused(InputField.ATTACHMENT, "attachment: $name is no photograph (JPEG, PNG) and no PDF")
        val found = phone.checked(id = null, listOf(TextPlace.FileName(name) to name)).findings
        val size = bytes.size.toLong()
        return AttachmentCheck(name, type, size, size, emptyList(), emptyList(), found)
    }
}

/** A file, whose it is, and on which phones it is. */
internal class FakeFile(
    val owner: PersonId,
    val of: EvidenceSource,
    val kept: AttachmentCheck,
    val bytes: ByteArray,
    val addedAt: Instant,
    val phones: MutableSet<FakePhone>,
) {
    var isStored = false
}

/** With what a file of each kind begins. */
private val BEGINNINGS = mapOf(
    MediaType.JPEG to listOf(0xFF, 0xD8, 0xFF).map { it.toByte() },
    MediaType.PNG to listOf(0x89, 'P'.code, 'N'.code, 'G'.code).map { it.toByte() },
    MediaType.PDF to "%PDF-".map { it.code.toByte() },
)
