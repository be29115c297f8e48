package org.enhance.core

import org.enhance.core.harness.Child
import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test

/** Phones that are ended at any moment, and phones that are full. */
class CrashTest {
    @Test
    fun `what was said to be safe is there after a kill`() = story {
        val ana = trainee()
        ana.core.close()
        val key = requireNotNull(ana.keys.key)
        repeat(3) { round ->
            val known = ana.open().projects(limit = 10_000).size
            ana.core.close()
            val writer = Child.start("WriterKt", ana.folder.path, key.joinToString(","))
            val safe = mutableListOf<DocumentId>()
            for (line in writer.lines) {
                safe += DocumentId(line)
                if (safe.size == 20 + round) writer.kill()
            }
            val plans = ana.open().projects(limit = 10_000)
            assertTrue(plans.size in known + safe.size..known + safe.size + 1, "${plans.size}")
            assertEquals(emptyList<DocumentId>(), safe - plans.map { it.id }.toSet())
            for (id in safe) assertEquals("about $id", problem(ana, id))
            ana.core.close()
        }
    }

    @Test
    fun `a full phone says so, shows what is there, and goes on when there is room`() = story {
        assumeTrue(Child.canMount, "this machine lets no process have a disk of its own")
        val disk = phone().folder.resolve("disk").apply { mkdirs() }
        val full = Child.startOnSmallDisk(
            disk, 6, "SmallDiskKt", disk.path, server.url, server.invite("Dr Ana Ruiz"),
        )
        val said = full.lines.toList()
        assertEquals(0, full.awaitEnd(), "$said")
        assertEquals(listOf("full", "read", "freed", "written"), said)
    }
}
