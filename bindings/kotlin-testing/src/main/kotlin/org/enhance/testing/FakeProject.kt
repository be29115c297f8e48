package org.enhance.testing

import java.time.Instant
import org.enhance.core.*

/** A plan as it was begun, with every edit since and what nobody has settled yet. */
internal class FakeProject(
    private val begun: ChangeProject,
    private val edits: List<ProjectEdit> = emptyList(),
    private val disagreements: List<Disagreement> = emptyList(),
) {
    /** What it says. What was taken back is set aside with all that was written in it. */
    val shown: ChangeProject by lazy {
        val written = edits.fold(begun) { plan, edit -> plan.edited(edit) }.withItems(edits)
        val aside = written.aside()
        written.withoutItems(aside.keys).copy(
            takenBack = aside.map { (id, thing) -> TakenBackItem(id, thing) },
            disagreements = disagreements,
        )
    }

    /** The plan with more edits, if they make sense in it at this moment. */
    fun with(new: List<ProjectEdit>, now: Instant): FakeProject {
        val logged = new.flatMap { if (it is ProjectEdit.Move) listOf(it) + it.logged() else listOf(it) }
        val after = written(logged)
        PlanRules(shown, after.shown, now).check(new)
        after.refuseUnknown(logged)
        return after
    }

    /** The plan with more edits, whatever they say. */
    fun written(new: List<ProjectEdit>): FakeProject {
        val settled = new.mapNotNull { it.path }
        return FakeProject(begun, edits + new, disagreements.filter { it.path !in settled })
    }

    /** The plan with one more field that two people set at once. */
    fun disputed(field: Disagreement) = FakeProject(begun, edits, disagreements + field)

    private fun ChangeProject.aside(): Map<ItemId, TakenBack> {
        val (texts, aside) = itemTexts() to LinkedHashMap<ItemId, TakenBack>()
        for (edit in edits) {
            if (edit is ProjectEdit.TakeBack) {
                val label = texts[edit.id].orEmpty().firstOrNull { it.isNotEmpty() }.orEmpty()
                aside[edit.id] = TakenBack(edit.noun, label, edit.at)
            }
            if (edit is ProjectEdit.PutBack) aside -= edit.id
        }
        return aside
    }

    private fun refuseUnknown(new: List<ProjectEdit>) {
        val added = edits.filterIsInstance<ProjectEdit.Add>().map { it.noun to it.id }.toSet()
        val unknown = new.mapNotNull { it.item }.firstOrNull { it !in added } ?: return
        throw notFound(unknown.first, unknown.second.value)
    }
}

internal fun newProject(title: String, topic: String, setting: String, at: Instant) = FakeProject(
    ChangeProject(title, topic, setting, ProjectStatus.IDEA, createdAt = at),
)

/** What an edit does to the plan itself. What is in it is for [withItems]. */
private fun ChangeProject.edited(edit: ProjectEdit): ChangeProject = when (edit) {
    is ProjectEdit.Title -> copy(title = edit.title)
    is ProjectEdit.Topic -> copy(topic = edit.topic)
    is ProjectEdit.Setting -> copy(setting = edit.setting)
    is ProjectEdit.Move -> copy(status = edit.to)
    is ProjectEdit.Progress -> copy(progress = edit.score)
    is ProjectEdit.Start -> copy(start = edit.on)
    is ProjectEdit.End -> copy(end = edit.on)
    is ProjectEdit.Section -> copy(sections = sections + (edit.section to edit.text))
    is ProjectEdit.Aim -> copy(aim = aim.with(listOf(edit.edit)))
    is ProjectEdit.AddTag -> copy(tags = (tags + edit.tag).distinct())
    is ProjectEdit.RemoveTag -> copy(tags = tags - edit.tag)
    else -> this
}

/** Its structure without data, for another plan to begin with. */
internal fun ChangeProject.recipe(): List<ProjectEdit> =
    drivers.flatMap { it.driver.adding(it.id) } + ideas.flatMap { it.idea.adding(it.id) } +
        stakeholders.flatMap { it.stakeholder.adding(it.id) } + measures.flatMap { it.measure.adding(it.id) }

/** Every check of a plan. It is simpler than the core's: it looks whether there is something. */
internal fun ChangeProject.checks(): List<PlanCheck> =
    PlanCheckKind.entries.map { PlanCheck(it, meets(it), it.sentence, it.part) }

private fun ChangeProject.meets(check: PlanCheckKind): Boolean = when (check) {
    PlanCheckKind.AIM_SPECIFIC -> aim.direction != null && aim.from.isNotEmpty() && aim.to.isNotEmpty()
    PlanCheckKind.AIM_MEASURABLE -> measures.any { it.id == aim.measure }
    PlanCheckKind.AIM_ACHIEVABLE -> ideas.isNotEmpty()
    PlanCheckKind.AIM_RELEVANT -> !sections[ProjectSection.WHY_HERE].isNullOrBlank()
    PlanCheckKind.AIM_TIME_BOUND -> aim.byDate != null
    PlanCheckKind.OUTCOME_MEASURE -> measures.any { it.measure.kind == MeasureKind.OUTCOME }
    PlanCheckKind.PROCESS_MEASURE -> measures.any { it.measure.kind == MeasureKind.PROCESS }
    PlanCheckKind.BALANCING_MEASURE -> measures.any { it.measure.kind == MeasureKind.BALANCING }
    PlanCheckKind.IDEAS_UNDER_DRIVERS -> ideas.isNotEmpty() && ideas.all { it.idea.drivers.isNotEmpty() }
    PlanCheckKind.BASELINE -> phases.isNotEmpty()
    PlanCheckKind.PREDICTIONS -> cycles.isNotEmpty() && cycles.all { it.cycle.prediction.isNotBlank() }
    PlanCheckKind.SMALL_FIRST -> cycles.any { it.cycle.scale != null && it.cycle.scale != CycleScale.WHOLE }
    PlanCheckKind.LINKED_CYCLES -> cycles.any { it.cycle.previous != null }
    PlanCheckKind.THREE_CONSECUTIVE -> observations.size >= 3
}

/** The values of a measure as a chart that says nothing of them; null if there is no such measure. */
internal fun ChangeProject.chart(measure: ItemId): ChartView? {
    val name = measures.find { it.id == measure }?.measure?.name ?: return null
    val seen = observations.map { it.observation }.filter { it.measure == measure }.sortedBy { it.at }
    val points = seen.map { one ->
        val (counts, state) =
            if (one.excluded.isEmpty()) true to ChartPointState.COUNTED else false to ChartPointState.EXCLUDED
        val value = one.value.drawn().takeIf { counts }
        ChartPoint(one.at, "${one.at}", phase = 1, state, value, target = null, ChartMeaning.COMMON)
    }
    val phase = ChartPhase("", first = 1, last = points.size, centre = null, lower = null, upper = null)
    return ChartView(
        name, points, listOf(phase).filter { points.isNotEmpty() }, signals = emptyList(), notes = emptyList(),
        notices = emptyList(), summary = listOf("$name: ${points.size} values"), svg = "<svg/>", table = "<table/>",
    )
}

/** The same of the values of each group. */
internal fun ChangeProject.chartsByGroup(measure: ItemId): List<GroupChart>? {
    val groups = observations.map { it.observation }.filter { it.measure == measure }.map { it.group }
    return groups.filter { it.isNotEmpty() }.distinct().sorted().map { group ->
        val ofGroup = copy(observations = observations.filter { it.observation.group == group })
        GroupChart(group, ofGroup.chart(measure) ?: return null)
    }.takeIf { chart(measure) != null }
}

private fun ObservedValue.drawn(): Double = when (this) {
    is ObservedValue.Number -> thousandths / 1_000.0
    is ObservedValue.Ratio -> 100.0 * numerator / denominator
}

/** What a device has counted with so many ticks more. */
internal fun TallySheet.ticked(device: DeviceId, numerator: Int, denominator: Int): ObservedValue {
    val counted = ticks[device] as? ObservedValue.Ratio ?: ObservedValue.Ratio(0, 0)
    val (hits, all) = counted.numerator.toLong() + numerator to counted.denominator.toLong() + denominator
    if (all !in 1..Int.MAX_VALUE || hits !in 0..all) {
        refuse("this device would have ticked $hits of $all, which no sheet can say")
    }
    return ObservedValue.Ratio(hits.toInt(), all.toInt())
}

private fun ProjectEdit.Move.logged() = StatusMove(to, at, note).adding(id)
