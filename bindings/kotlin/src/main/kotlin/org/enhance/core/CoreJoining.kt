package org.enhance.core

/** [LearningCoreJoining] with the native library. */
internal class CoreJoining(private val calls: Calls) : LearningCoreJoining {
    override suspend fun invitations(): List<InvitationView> = calls.local { invitations() }

    override suspend fun acceptInvitation(project: DocumentId): Unit =
        calls.local { acceptInvitation(project) }

    override suspend fun declineInvitation(project: DocumentId, forGood: Boolean): Unit =
        calls.local { declineInvitation(project, forGood) }

    override suspend fun welcomeSender(project: DocumentId): Unit = calls.local { welcomeSender(project) }

    override suspend fun enter(project: DocumentId, place: String): Unit =
        calls.local { enter(project, place) }

    override suspend fun stepOut(): Unit = calls.local { stepOut() }

    override suspend fun company(project: DocumentId): List<PresentView> = calls.local { company(project) }

    override suspend fun putAway(document: DocumentId): Unit = calls.local { putAway(document) }

    override suspend fun copies(id: DocumentId): List<CopyView> = calls.local { copies(id) }

    override suspend fun sameCopy(reflection: DocumentId, with: PersonId): CopyView? =
        calls.local { sameCopy(reflection, with) }

    override suspend fun takeBackCopies(id: DocumentId): List<DocumentId> =
        calls.local { takeBackCopies(id) }

    override suspend fun deletionPreview(id: DocumentId): DeletionPreview = calls.local { deletionPreview(id) }

    override suspend fun deleteWithCopies(id: DocumentId): List<CopyView> =
        calls.local { deleteWithCopies(id) }
}
