package org.enhance.testing

import java.time.Instant
import org.enhance.core.ActivityProgress
import org.enhance.core.ActivityView
import org.enhance.core.ItemId
import org.enhance.core.LearningActivity
import org.enhance.core.LearningLog
import org.enhance.core.LearningSession
import org.enhance.core.LogCount
import org.enhance.core.LogRule
import org.enhance.core.MediaView
import org.enhance.core.ModuleSummary
import org.enhance.core.ModuleView
import org.enhance.core.NewSession
import org.enhance.core.Noun
import org.enhance.core.PackVersion
import org.enhance.core.PageView
import org.enhance.core.Programme
import org.enhance.core.ProgrammeModule
import org.enhance.core.ProgrammePage
import org.enhance.core.SessionKind
import org.enhance.core.SessionView

/** A year of the foundation programme: 60 hours, 30 of them core, 6 at most of e-learning. */
private val RULE = LogRule(target = 3_600, core = 1_800, elearningCap = 360)

/** The programme, and one person's way through it. */
internal class FakeRecord(
    private val programme: Programme?,
    private val pages: Map<String, String>,
    private val now: () -> Instant,
) {
    private val progress = HashMap<String, ActivityProgress>()
    private val sessions = LinkedHashMap<ItemId, LearningSession>()

    fun modules(): List<ModuleSummary> = programme?.modules.orEmpty().map(::summary)

    fun module(key: String): ModuleView {
        val module = programme?.modules?.find { it.key == key } ?: throw notFound(Noun.MODULE, key)
        return ModuleView(summary(module), view(module.page), module.outcomes, module.activities.map(::view))
    }

    fun page(key: String): PageView {
        val modules = programme?.modules.orEmpty()
        val all = programme?.handbook.orEmpty() + modules.map { it.page } +
            modules.flatMap { it.activities }.map { it.page }
        return view(all.find { it.key == key } ?: throw notFound(Noun.PAGE, key))
    }

    fun media(key: String): MediaView {
        val resource = programme?.resources?.find { it.key == key } ?: throw notFound(Noun.RESOURCE, key)
        return MediaView(
            key, resource.title, resource.kind, bytes = 0, mediaType = null, path = null, url = resource.url,
            transcript = null, pausePoints = resource.pausePoints,
        )
    }

    fun start(key: String) = note(key) { it.copy(startedAt = it.startedAt ?: now()) }

    fun complete(key: String) = note(key) { it.copy(completedAt = it.completedAt ?: now()) }

    fun add(id: ItemId, session: NewSession) {
        sessions[id] = session.run { LearningSession(title, activity, module, start, minutes, kind) }
    }

    fun remove(id: ItemId) {
        sessions.remove(id) ?: throw notFound(Noun.LEARNING_SESSION, id.value)
    }

    fun log(): LearningLog {
        val newest = sessions.map { (id, session) -> SessionView(id, session) }.sortedByDescending { it.session.start }
        val (core, elearning) = minutes(SessionKind.CORE) to minutes(SessionKind.ELEARNING)
        val counted = core + minutes(SessionKind.NON_CORE) + minOf(elearning, RULE.elearningCap)
        val excluded = sessions.values.sumOf { it.minutes } - core - minutes(SessionKind.NON_CORE) - elearning
        val met = (counted >= RULE.target) to (core >= RULE.core)
        return LearningLog(newest, LogCount(counted, core, elearning, excluded, met.first, met.second), RULE)
    }

    private fun minutes(kind: SessionKind) = sessions.values.filter { it.kind == kind }.sumOf { it.minutes }

    private fun note(key: String, change: (ActivityProgress) -> ActivityProgress) {
        if (activities().none { it.key == key }) throw notFound(Noun.ACTIVITY, key)
        progress[key] = change(progressOf(key))
    }

    private fun activities(): List<LearningActivity> = programme?.modules.orEmpty().flatMap { it.activities }

    private fun progressOf(key: String) = progress[key] ?: ActivityProgress(null, null, PackVersion(1))

    private fun isDone(activity: LearningActivity) = progressOf(activity.key).completedAt != null

    private fun summary(module: ProgrammeModule) = ModuleSummary(
        module.key, module.title, module.domains, module.themes, module.suggestedStage, module.minMinutes,
        minutesDone = sessions.values.filter { it.module == module.key }.sumOf { it.minutes },
        activities = module.activities.size,
        activitiesDone = module.activities.count(::isDone),
        complete = module.activities.filter { it.required }.all(::isDone),
    )

    private fun view(activity: LearningActivity): ActivityView {
        val resources = programme?.resources.orEmpty().filter { it.key in activity.resources }
        return ActivityView(activity, progressOf(activity.key), resources)
    }

    private fun view(page: ProgrammePage) = PageView(page.key, page.title, pages[page.key].orEmpty())
}
