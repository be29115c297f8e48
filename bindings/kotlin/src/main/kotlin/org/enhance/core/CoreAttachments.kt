package org.enhance.core

/** [LearningCoreAttachments] with the native library. */
internal class CoreAttachments(
    private val calls: Calls,
    private val writing: Writing,
) : LearningCoreAttachments {
    override suspend fun checkAttachment(name: String, bytes: ByteArray): AttachmentCheck =
        calls.local { checkAttachment(name, bytes) }

    override suspend fun attach(of: EvidenceSource, name: String, bytes: ByteArray): AttachedFile =
        calls.local { attach(of, name, bytes) }

    override suspend fun sameAttachment(of: EvidenceSource, bytes: ByteArray): AttachmentView? =
        calls.local { sameAttachment(of, bytes) }

    override suspend fun attachments(of: EvidenceSource): List<AttachmentView> =
        calls.local { attachments(of) }

    override suspend fun openAttachment(of: EvidenceSource, id: ItemId): ByteArray =
        calls.local { openAttachment(of, id) }

    override suspend fun fetchAttachment(
        of: EvidenceSource,
        id: ItemId,
        onProgress: OnProgress,
    ): ByteArray = calls.long(onProgress) { cancellation, listener ->
        fetchAttachment(of, id, cancellation, listener)
    }

    override suspend fun removeAttachment(of: EvidenceSource, id: ItemId): Unit =
        calls.local { removeAttachment(of, id) }

    override suspend fun checkBeforeSharingWithFiles(id: DocumentId, files: List<ItemId>): SharingCheck =
        calls.local { checkBeforeSharingWithFiles(id, files) }

    override suspend fun shareReflectionWithFiles(
        id: DocumentId,
        with: PersonId,
        files: List<ItemId>,
        acknowledged: Sha256,
    ): DocumentId = calls.local {
        writing.settle(id)
        shareReflectionWithFiles(id, with, files, acknowledged)
    }
}
