package org.enhance.testing

import org.enhance.core.AttachmentCheck
import org.enhance.core.CoreException
import org.enhance.core.DocumentId
import org.enhance.core.EvidenceLinkEdit
import org.enhance.core.EvidenceSource
import org.enhance.core.ExportedFile
import org.enhance.core.ImportCheck
import org.enhance.core.ImportReport
import org.enhance.core.RecordEdit
import org.enhance.core.Reflection
import org.enhance.core.Right
import org.enhance.core.item

/** What was in an export when it was made. */
internal class Exported(
    val reflections: Map<DocumentId, Reflection>,
    val projects: Map<DocumentId, FakeProject>,
    val record: List<RecordEdit>,
    val projectsOfOthers: Int,
    val sharedCopies: Int,
    val comments: Int,
    /** Own requests for a sign-off, each with its answers. */
    val signed: Map<DocumentId, List<SignedPaper>>,
    /** What those were about that nobody had answered. */
    val unanswered: Map<DocumentId, String>,
) {
    /** The files that were written beside it. */
    var files: List<TakenFile> = emptyList()

    /** The same export, with the files that were written beside it. */
    fun with(files: List<ExportedFile>): Exported = also { exported ->
        exported.files = files.map { one ->
            TakenFile(
                one.id, one.of,
                AttachmentCheck(one.name, one.mediaType, one.bytes, one.bytes, emptyList(), emptyList()), one.path,
            )
        }
    }
}

internal fun FakePhone.exported(): Exported {
    val (own, others) = all<KeptProject>().partition { it.members.rightOf(me()) == Right.OWN }
    val shown = record().shown.nouns()
    val (signed, unanswered) = signedPapers().entries.partition { it.value.isNotEmpty() }
    return Exported(
        all<KeptReflection>().associate { it.id to it.withDrafts(me()) },
        own.associate { it.id to it.withDrafts(me()) },
        record().edits.filter { it.item?.second in shown }, others.size, all<KeptCopy>().size,
        (own + others).sumOf { it.comments.shownTo(me()).size },
        signed.associate { it.key to it.value }, unanswered.associate { it.key to here<KeptRequest>(it.key).title() },
    )
}

/** The documents of an export that are not here yet. */
private fun FakePhone.wanted(file: Exported): List<DocumentId> {
    val (me, here) = me() to all<Kept<*>>().map { it.id }
    return (file.reflections.keys + file.projects.keys)
        .filter { it !in here && memory.imported[me.id to it] == null }
}

/** What reading an export back would bring. */
internal fun FakePhone.check(file: Exported, found: FoundFiles): ImportCheck {
    val wanted = wanted(file)
    return ImportCheck(
        file.reflections.keys.count { it in wanted }, file.projects.keys.count { it in wanted },
        things(file).count { it is RecordEdit.Add },
        file.reflections.size + file.projects.size - wanted.size + knownOf(file),
        found.new.size, found.new.sumOf { (_, bytes) -> bytes.size.toLong() }, room = Long.MAX_VALUE,
        found.alreadyHere, found.notRead, lackingOf(file).size, leftOutOf(file),
        asTheyWere = asTheyWere(things(file)),
    )
}

/** Makes of an export what is not here yet. */
internal fun FakePhone.read(file: Exported): ImportReport {
    val me = me()
    val wanted = wanted(file)
    for ((id, reflection) in file.reflections.filterKeys { it in wanted }) {
        val kept = KeptReflection(memory.newId(), me)
        memory.write(kept, reflection.copy(copies = emptyList()), me)
        memory.imported[me.id to id] = kept.id
    }
    for ((id, project) in file.projects.filterKeys { it in wanted }) {
        val kept = KeptProject(memory.newId(), me)
        memory.write(kept, project, me)
        memory.imported[me.id to id] = kept.id
    }
    val things = things(file)
    if (things.isNotEmpty()) noteAsItWas(things)
    val (lacking, known) = lackingOf(file) to knownOf(file)
    keep(lacking)
    return ImportReport(
        file.reflections.keys.count { it in wanted }, file.projects.keys.count { it in wanted },
        things.count { it is RecordEdit.Add },
        file.reflections.size + file.projects.size - wanted.size + known,
        file.projectsOfOthers, file.sharedCopies, file.comments,
        signOffs = lacking.size, signOffsLeftOut = leftOutOf(file), asTheyWere = asTheyWere(things),
    )
}

/** What nobody could note now and came as it was, a sentence each with the reason. */
private fun FakePhone.asTheyWere(things: List<RecordEdit>): List<String> =
    things.groupBy { it.item?.second }.values.mapNotNull { of ->
        try {
            refuseUnmeant(of, now())
            null
        } catch (unmeant: CoreException.InvalidInput) {
            "Something in the record: ${unmeant.reason}"
        }
    }

/** What the record here lacks, with documents under the ids they have here. */
private fun FakePhone.things(file: Exported): List<RecordEdit> {
    val known = record().shown.run { nouns().keys + takenBack.map { it.id } }
    return file.record.filter { edit -> edit.item.let { it != null && it.second !in known } }.map { edit ->
        val source = ((edit as? RecordEdit.EvidenceLink)?.edit as? EvidenceLinkEdit.Evidence)?.v1
        val document = (source as? EvidenceSource.Document)?.v1
        val new = document?.let { memory.imported[me().id to it] } ?: return@map edit
        RecordEdit.EvidenceLink(edit.id, EvidenceLinkEdit.Evidence(EvidenceSource.Document(new)))
    }
}
