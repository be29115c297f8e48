package org.enhance.core

import java.io.File
import kotlin.time.Duration.Companion.minutes
import org.enhance.core.harness.Phone
import org.enhance.core.harness.story
import org.enhance.core.harness.until
import org.enhance.testing.TestServer.Companion.TEXT_CHARS
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/** The courses of `bindings/typing-courses.txt`, which Swift runs as well. */
class TypingCoursesTest {
    @TestFactory
    fun `every course goes as it does in Swift`(): List<DynamicTest> {
        val courses = File("../typing-courses.txt").readText().split("course: ").drop(1)
        assertTrue(courses.size > 5, "$courses")
        return courses.map { it.trim().lines() }.map { lines ->
            dynamicTest(lines.first()) {
                story {
                    val course = begun(trainee())
                    for (line in lines.drop(1)) course.take(line)
                }
            }
        }
    }
}

private suspend fun begun(ana: Phone): Course {
    val id = ana.core.createProject("Falls on ward 7")
    val problem = DraftField.Section(ProjectSection.PROBLEM)
    val typing = ana.core.typing(id, problem, ana.core.project(id).version, pause = 10.minutes)
    return Course(ana, id, typing)
}

private class Course(private val ana: Phone, private val id: DocumentId, private val typing: Typing) {
    suspend fun take(line: String) {
        val text = line.substringAfter(' ', "").let { if (it == "long") "x".repeat(TEXT_CHARS + 1) else it }
        when (val verb = line.substringBefore(' ')) {
            "type" -> assertTrue(typing.typed(text), line)
            "refused" -> assertFalse(typing.typed(text), line)
            "flush" -> typing.flush()
            "settle" -> typing.settle()
            "close" -> typing.close()
            "suspend" -> ana.core.suspendCore()
            "resume" -> ana.core.resumeCore()
            "delete" -> ana.core.delete(id)
            "elsewhere" -> ana.core.editProject(id, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, text)))
            "refresh" -> {
                var shown: String? = null
                until { typing.refresh()?.let { shown = it }; shown == text }
            }
            "text" -> until { ana.core.project(id).project.sections[ProjectSection.PROBLEM].orEmpty() == text }
            "settled" -> until { ana.core.unsettled().isEmpty() }
            "draft" -> until { ana.core.unsettled() == listOf(id) }
            "failure" -> until { (typing.failure.value?.javaClass?.simpleName ?: "none") == text }
            "reopen" -> ana.reopen()
            else -> error("no course knows $verb")
        }
    }
}
