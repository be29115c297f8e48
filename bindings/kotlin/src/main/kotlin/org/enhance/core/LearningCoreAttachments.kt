package org.enhance.core

/**
 * The part of [LearningCoreApi] that is files as evidence: photographs (JPEG, PNG) and PDFs, which
 * belong to a reflection or to a thing in the personal record, are sealed as it is, and are gone with
 * it.
 */
public interface LearningCoreAttachments {
    /**
     * What would be kept of a file and what is taken out of it, before anything is written: its size,
     * its type, place and camera, and what in its name may tell who somebody is. A file that is too
     * large is [CoreException.TooLarge], one that is none of these [CoreException.InvalidInput].
     */
    public suspend fun checkAttachment(name: String, bytes: ByteArray): AttachmentCheck

    /**
     * Attaches a photograph (JPEG, PNG) or a PDF to a reflection or to a thing in the record, and says
     * what was kept. Place and camera are taken out; it is sealed and durable here when this returns,
     * and goes to the server after the words.
     */
    public suspend fun attach(of: EvidenceSource, name: String, bytes: ByteArray): AttachedFile

    /**
     * The attached file that has the same in it as this one would, if there is one on this device: to be
     * asked before the same is attached again.
     */
    public suspend fun sameAttachment(of: EvidenceSource, bytes: ByteArray): AttachmentView?

    /**
     * The files of a reflection or of a thing in the record: how large each is, whether it is on this
     * device and whether the server has it.
     */
    public suspend fun attachments(of: EvidenceSource): List<AttachmentView>

    /** What is in a file that is on this device. */
    public suspend fun openAttachment(of: EvidenceSource, id: ItemId): ByteArray

    /**
     * What is in a file, which is fetched if it is not on this device. Goes on where an earlier attempt
     * stopped.
     */
    public suspend fun fetchAttachment(
        of: EvidenceSource,
        id: ItemId,
        onProgress: OnProgress = {},
    ): ByteArray

    /**
     * Takes a file away for ever: here at once, on the server and on other devices of this person when
     * they hear of it.
     */
    public suspend fun removeAttachment(of: EvidenceSource, id: ItemId)

    /**
     * Looks through a reflection that is to be shared with some of its files. Nobody looks through a
     * picture, so that each file is counted among what is asked about; their names are looked through
     * with the texts.
     */
    public suspend fun checkBeforeSharingWithFiles(id: DocumentId, files: List<ItemId>): SharingCheck

    /**
     * Shares a reflection with some of its files, which must be on this device. Its reader lists and
     * fetches them under the id of the copy; they are destroyed with it. [acknowledged] comes with
     * the check of the same files.
     */
    public suspend fun shareReflectionWithFiles(
        id: DocumentId,
        with: PersonId,
        files: List<ItemId>,
        acknowledged: Sha256,
    ): DocumentId
}
