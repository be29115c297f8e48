package org.enhance.testing

import org.enhance.core.ActivityView
import org.enhance.core.DebriefView
import org.enhance.core.LearningActivity
import org.enhance.core.MediaView
import org.enhance.core.ModuleSummary
import org.enhance.core.ModuleView
import org.enhance.core.Noun
import org.enhance.core.PageView
import org.enhance.core.ProgrammeModule
import org.enhance.core.ProgrammePage

/** The programme, with how far one person has come in it. */
internal class FakeProgramme(private val phone: FakePhone, private val pages: Map<String, String>) {
    private val modules get() = phone.programme?.modules.orEmpty()

    fun modules(): List<ModuleSummary> = modules.map(::summary)

    fun module(key: String): ModuleView {
        val module = modules.find { it.key == key } ?: throw notFound(Noun.MODULE, key)
        return ModuleView(summary(module), view(module.page), module.outcomes, module.activities.map(::view))
    }

    fun page(key: String): PageView {
        val all = phone.programme?.handbook.orEmpty() + modules.map { it.page } +
            modules.flatMap { it.activities }.map { it.page }
        return view(all.find { it.key == key } ?: throw notFound(Noun.PAGE, key))
    }

    fun media(key: String): MediaView {
        val resource = phone.programme?.resources?.find { it.key == key } ?: throw notFound(Noun.RESOURCE, key)
        return MediaView(
            key, resource.title, resource.kind, bytes = 0, mediaType = null, path = null, url = resource.url,
            transcript = null, pausePoints = resource.pausePoints,
        )
    }

    /** The module that time counts towards: the one named, or that of the activity. */
    fun moduleOf(module: String?, activity: String?): String? = when {
        module != null -> (modules.find { it.key == module } ?: throw notFound(Noun.MODULE, module)).key
        activity != null -> moduleWith(activity).key
        else -> null
    }

    fun moduleWith(activity: String): ProgrammeModule = modules.find { module -> module.activities.any { it.key == activity } }
        ?: throw notFound(Noun.ACTIVITY, activity)

    private fun summary(module: ProgrammeModule): ModuleSummary {
        val record = phone.recordIfAny()
        val completedAt = record.completed(module.key)
        return ModuleSummary(
            module.key, module.title, module.domains, module.themes, module.suggestedStage, module.minMinutes,
            minutesDone = record.minutesOn(module),
            activities = module.activities.size,
            activitiesDone = module.activities.count { record.progress(it.key).completedAt != null },
            complete = completedAt != null || record.satisfies(module),
            completedAt = completedAt,
        )
    }

    private fun view(activity: LearningActivity): ActivityView {
        val resources = phone.programme?.resources.orEmpty().filter { it.key in activity.resources }
        val record = phone.recordIfAny()
        val debriefs = record.shown.debriefs.filter { it.debrief.activity == activity.key }.sortedBy { it.debrief.at }
        return ActivityView(activity, record.progress(activity.key), resources, debriefs.map { DebriefView(it.id, it.debrief) })
    }

    private fun view(page: ProgrammePage) = PageView(page.key, page.title, pages[page.key].orEmpty(), isMissing = false)
}
