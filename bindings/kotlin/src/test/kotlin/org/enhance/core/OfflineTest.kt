package org.enhance.core

import org.enhance.core.harness.story
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What a person does by themselves, with or without a network. */
class OfflineTest {
    @Test
    fun `the first opening makes a key and the next uses it`() = story {
        val phone = phone()
        assertNull(phone.core.account())
        val key = phone.keys.key
        assertEquals(32, key?.size)
        assertNotEquals("SQLite format 3", phone.database.readBytes().decodeToString(0, 15))
        assertNull(phone.reopen().account())
        assertArrayEquals(key, phone.keys.key)
    }

    @Test
    fun `enrolment gives an account and the key to write down`() = story {
        val ana = trainee()
        assertEquals("Dr Ana Ruiz", ana.core.account()?.person?.name)
        assertEquals(ana.account, ana.reopen().account())
        assertTrue(ana.enrolled.recoveryKey.orEmpty().length > 20)
    }

    @Test
    fun `the programme is read without a network`() = story(ownServer = true) {
        val ana = trainee()
        val heard = mutableListOf<SyncProgress>()
        val update = ana.core.updatePack("enhance") { heard += it }
        assertNull(update.before)
        val arrived = heard.last() as SyncProgress.Downloaded
        assertEquals(arrived.total, arrived.bytes)

        server.stop()
        val core = ana.reopen()
        assertEquals(update.version, core.packs().single().installed)
        assertEquals("enhance", core.programme()?.key)
        val modules = core.modules()
        assertEquals(8, modules.size)
        val module = core.module(modules.first().key)
        assertEquals(modules.first(), module.summary)
        assertTrue(core.page(module.activities.first().activity.page.key).text.isNotBlank())
        assertTrue(core.templates().any { it.key == "what-so-what" })
        assertTrue(core.search("multimorb").isNotEmpty())

        core.completeActivity(module.activities.first().activity.key)
        assertEquals(1, core.modules().first().activitiesDone)
    }

    @Test
    fun `what was written and what was typed is there after reopening`() = story {
        val ana = trainee().withProgramme()
        val id = ana.core.createReflection("what-so-what", title = "A fall on ward 7")
        val written = ana.core.editReflection(id, null, listOf(ReflectionEdit.Answer("what", "She fell.")))
        ana.core.autosave(id, DraftField.Answer("so-what"), written, "Nobody had thought of slip")
        ana.core.autosave(id, DraftField.Answer("so-what"), written, "Nobody had thought of slippersocks.")

        val core = ana.reopen()
        val found = core.reflection(id)
        assertEquals("A fall on ward 7", found.reflection.title)
        assertEquals("She fell.", found.reflection.answers["what"])
        assertEquals("Nobody had thought of slippersocks.", found.reflection.answers["so-what"])
        assertEquals(listOf(id), core.unsettled())
        assertTrue(core.reflections().single().unsettled)

        core.settle(id)
        assertEquals(emptyList<DocumentId>(), core.unsettled())
        assertEquals(found.reflection.answers, core.reflection(id).reflection.answers)
        assertEquals(id, (core.search("slippersocks").single().target as HitTarget.Document).id)
        assertTrue("Nobody had thought of slippersocks." in core.export())
    }
}
