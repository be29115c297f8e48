package org.enhance.testing

import java.io.File
import org.enhance.core.*

/** A file as an export names it, with the id under which it was attached. */
internal class TakenFile(val id: ItemId, val of: EvidenceSource, val kept: AttachmentCheck, val path: String?)

private fun FakePhone.ownFiles(): Map<ItemId, FakeFile> = memory.files.filterValues { it.owner == me().id }

internal fun FakePhone.exportSizes(): ExportSizes {
    val all = ownFiles().values
    val here = all.filter { this in it.phones }
    return ExportSizes(all.size, all.sumOf { it.kept.bytes }, here.size, here.sumOf { it.kept.bytes })
}

/** Writes the files into a folder under their ids, and says where each is, as seen from beside it. */
internal fun FakePhone.writeFiles(folder: File, fetch: Boolean): List<ExportedFile> {
    folder.mkdirs()
    return ownFiles().map { (id, file) ->
        if (fetch && file.isStored) file.phones += this
        val name = "${id.value}-${file.kept.name}".takeIf { this in file.phones }
        name?.let { File(folder, it).writeBytes(file.bytes) }
        val leftOut = LeftOutOfExport.NOT_HERE.takeIf { name == null }
        ExportedFile(
            id, file.of, file.kept.name, file.kept.mediaType, file.kept.bytes, file.addedAt,
            name?.let { "${folder.name}/$it" }, sha256 = null, leftOut, leftOut?.let { "it is not on this device" },
        )
    }
}

/** What there is to be read of the files that an export names. */
internal class FoundFiles(
    val new: List<Pair<TakenFile, ByteArray>>,
    val alreadyHere: Int,
    val notRead: List<FileNotRead>,
)

internal fun FakePhone.find(files: List<TakenFile>, beside: File): FoundFiles {
    val (known, others) = files.partition { (me().id to it.id) in memory.importedFiles || it.id in ownFiles() }
    val (new, notRead) = mutableListOf<Pair<TakenFile, ByteArray>>() to mutableListOf<FileNotRead>()
    for (file in others) {
        val at = file.path?.let { File(beside, it) }
        when {
            at == null -> notRead += FileNotRead(file.kept.name, null, FileFault.LEFT_OUT, "it was left out")
            !at.isFile -> notRead += FileNotRead(file.kept.name, file.path, FileFault.MISSING, "it is not there")
            at.length() != file.kept.bytes ->
                notRead += FileNotRead(file.kept.name, file.path, FileFault.CHANGED, "it was changed")
            else -> new += file to at.readBytes()
        }
    }
    return FoundFiles(new, known.size, notRead)
}

/** Attaches files to what was made of that to which they belonged. */
internal fun FakePhone.attach(files: FoundFiles) {
    for ((file, bytes) in files.new) {
        val of = when (val source = file.of) {
            is EvidenceSource.Document ->
                EvidenceSource.Document(memory.imported[me().id to source.v1] ?: source.v1)
            is EvidenceSource.Item -> source
        }
        val id = memory.newItem()
        memory.files[id] = FakeFile(me().id, of, file.kept, bytes, now(), mutableSetOf(this))
        memory.importedFiles[me().id to file.id] = id
    }
}
