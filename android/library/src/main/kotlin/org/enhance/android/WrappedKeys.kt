package org.enhance.android

import android.util.AtomicFile
import java.io.File
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.StandardOpenOption.READ

/** A key as it lies on the disk: number [number], [sealed] with [iv]. */
internal class WrappedKey(val number: Int, val iv: ByteArray, val sealed: ByteArray)

/** The wrapped keys of a folder, one file each. */
internal class WrappedKeys(private val folder: File) {
    /** The file of a key is shorter or longer than what was written. */
    class CutShort : IOException("the file of a key is not whole")

    /** The number of the key that was kept last, or null if none ever was. */
    fun highest(): Int? = all().maxOrNull()

    /** The numbers of all keys. */
    fun all(): List<Int> {
        // A folder that cannot be listed is a fault; a file that is not in the list is not there.
        val names = folder.list() ?: throw IOException("the folder of the keys cannot be read")
        return names.mapNotNull { NAME.matchEntire(it)?.groupValues?.get(1)?.toIntOrNull() }
    }

    /** Reads the key of that [number]. */
    fun read(number: Int): WrappedKey {
        val bytes = file(number).readFully()
        if (bytes.size != IV_BYTES + SEALED_BYTES) throw CutShort()
        return WrappedKey(number, bytes.copyOfRange(0, IV_BYTES), bytes.copyOfRange(IV_BYTES, bytes.size))
    }

    /** Writes [key] so that it is there after a power cut too. */
    fun write(key: WrappedKey) {
        val file = file(key.number)
        val out = file.startWrite()
        try {
            out.write(key.iv + key.sealed)
        } catch (failure: IOException) {
            file.failWrite(out)
            throw failure
        }
        file.finishWrite(out)
        // The database is about to be written with this key, and must not outlive its name.
        FileChannel.open(folder.toPath(), READ).use { it.force(true) }
    }

    /** Deletes the key of that [number]. */
    fun delete(number: Int): Unit = file(number).delete()

    private fun file(number: Int) = AtomicFile(File(folder, "$PREFIX$number"))

    private companion object {
        const val PREFIX = "enhance-key-"
        const val IV_BYTES = 12
        const val SEALED_BYTES = 32 + 16
        val NAME = Regex("$PREFIX(\\d+)")
    }
}
