package org.enhance.core

import java.io.File
import kotlinx.coroutines.runBlocking
import org.enhance.testing.MemoryKeyStore

/** Writes plans until it is killed, and says which are safe. */
fun main(arguments: Array<String>): Unit = runBlocking {
    val (folder, key) = arguments
    val bytes = key.split(",").map { it.toByte() }.toByteArray()
    val core = LearningCore.open(File(folder), MemoryKeyStore(bytes))
    while (true) {
        val id = core.createProject("plan")
        core.editProject(id, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, "about $id")))
        println(id)
    }
}
