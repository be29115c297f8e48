package org.enhance.core

import java.io.File
import java.io.IOException
import kotlinx.coroutines.runBlocking
import org.enhance.testing.MemoryKeyStore

/** Fills its disk, finds that writing is refused and reading is not, and makes room again. */
fun main(arguments: Array<String>): Unit = runBlocking {
    val (disk, server, invitation) = arguments
    val filler = File(disk, "filler")
    LearningCore.open(File(disk, "account"), MemoryKeyStore()).use { core ->
        core.enrol(server, invitation, "a full phone")
        val before = List(3) { core.createProject("plan $it") }
        fill(filler)
        val written = before.toMutableList()
        val full = runCatching { while (true) written += core.createProject("one more") }
        check((full.exceptionOrNull() as? CoreException.Storage)?.fault == StorageFault.FULL) { "$full" }
        println("full")

        check(core.projects(limit = 10_000).map { it.id }.toSet() == written.toSet())
        check(core.project(before.first()).project.title == "plan 0")
        println("read")

        check(filler.delete())
        println("freed")

        val after = core.createProject("after")
        check(core.projects().first().id == after)
        println("written")
    }
}

private fun fill(file: File) {
    try {
        file.outputStream().use { while (true) it.write(ByteArray(1_024)) }
    } catch (_: IOException) {
        // That was the last of the room.
    }
}
