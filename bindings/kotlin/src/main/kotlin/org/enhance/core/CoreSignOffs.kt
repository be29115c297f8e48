package org.enhance.core

/** [LearningCoreSignOffs] with the native library. */
internal class CoreSignOffs(private val calls: Calls, private val writing: Writing) : LearningCoreSignOffs {
    override suspend fun requestSignOff(
        subject: SignOffSubject,
        with: PersonId?,
        message: String,
    ): DocumentId = calls.local {
        subject.document?.let(writing::settle)
        requestSignOff(subject, with, message)
    }

    override suspend fun checkBeforeSignOff(subject: SignOffSubject, message: String): SharingCheck =
        calls.local { checkBeforeSignOff(subject, message) }

    override suspend fun requestSignOffAcknowledged(
        subject: SignOffSubject,
        with: PersonId?,
        message: String,
        acknowledged: Sha256,
    ): DocumentId = calls.local {
        subject.document?.let(writing::settle)
        requestSignOffAcknowledged(subject, with, message, acknowledged)
    }

    override suspend fun sign(request: DocumentId, answer: SignOffAnswer): DocumentId =
        calls.local { sign(request, answer) }

    override suspend fun signWitnessed(
        request: DocumentId,
        by: WitnessedSigner,
        answer: SignOffAnswer,
    ): DocumentId = calls.local { signWitnessed(request, by, answer) }

    override suspend fun signOffsAskedByMe(): Portion<SignOffRequestView> =
        calls.local { signOffsAskedByMe().asPortion() }

    override suspend fun signOffsAskedOfMe(): Portion<SignOffRequestView> =
        calls.local { signOffsAskedOfMe().asPortion() }

    override suspend fun signOffsPage(
        mine: Boolean,
        after: DocumentId?,
        limit: Int,
    ): Portion<SignOffRequestView> = calls.local { signOffsPage(mine, after, limit).asPortion() }

    override suspend fun signOffsOf(document: DocumentId): List<SignOffRequestView> =
        calls.local { signOffsOf(document) }

    override suspend fun signOffRequest(id: DocumentId): SignOffRequestView =
        calls.local { signOffRequest(id) }

    override suspend fun changedSinceSignOff(request: DocumentId): ChangedSince =
        calls.local { changedSinceSignOff(request) }

    override suspend fun exportSignOff(id: DocumentId): String = calls.local { exportSignOff(id) }

    override suspend fun takeBackSignOff(request: DocumentId, withAnswers: Boolean): Boolean =
        calls.local { takeBackSignOff(request, withAnswers) }

    override suspend fun keptSignOffs(): List<KeptSignOffView> = calls.local { keptSignOffs() }

    override suspend fun exportKeptSignOff(id: ItemId): String = calls.local { exportKeptSignOff(id) }

    override suspend fun verifySignOff(json: String): SignOffFault? =
        calls.local { org.enhance.core.verifySignOff(json) }

    override suspend fun checkSignOff(json: String): SignOffCheck =
        calls.local { org.enhance.core.checkSignOff(json) }

    override suspend fun renewSigningKey(): Unit = calls.long { renewSigningKey(it) }
}

/** The document it is about; null for what is in the personal record. */
public val SignOffSubject.document: DocumentId?
    get() = when (this) {
        is SignOffSubject.Reflection -> id
        is SignOffSubject.SharedReflection -> id
        is SignOffSubject.Project -> id
        is SignOffSubject.Module, is SignOffSubject.Sessions -> null
    }
