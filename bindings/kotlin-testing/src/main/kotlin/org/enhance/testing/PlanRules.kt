package org.enhance.testing

import java.time.Instant
import org.enhance.core.*

/** What an edit of a plan must not say, in words for who made it. The core asks the same. */
internal class PlanRules(
    private val before: ChangeProject,
    private val after: ChangeProject,
    private val now: Instant,
) {
    fun check(edits: List<ProjectEdit>) {
        if (edits.any { it is ProjectEdit.Aim }) check(after.aim)
        edits.forEach(::check)
        edits.forEach(::refuseAhead)
        if (edits.any { it is ProjectEdit.Aim }) refusePast(after.aim)
        edits.forEach(::refuseLong)
    }

    private fun check(edit: ProjectEdit): Unit = when (edit) {
        is ProjectEdit.Add -> refuseOthers(edit.noun)
        is ProjectEdit.TakeBack -> refuseOthers(edit.noun)
        is ProjectEdit.PutBack -> refuseOthers(edit.noun)
        is ProjectEdit.Start, is ProjectEdit.End -> refuseBackwards()
        is ProjectEdit.Move -> refuseWithoutOutcome(edit)
        else -> checkThing(edit)
    }

    private fun refuseOthers(noun: Noun) {
        if (noun !in NOUNS) refuse("a plan has no ${noun.words} to add")
    }

    private fun refuseBackwards() {
        val (start, end) = (after.start ?: return) to (after.end ?: return)
        if (end < start) refuse("the plan cannot end on $end, before it begins on $start")
    }

    private fun refuseWithoutOutcome(edit: ProjectEdit.Move) {
        if (edit.to != ProjectStatus.COMPLETED || edit.note.isNotBlank()) return
        if (after.sections[ProjectSection.OUTCOME].isNullOrBlank()) {
            refuse("say what came of it: a completed plan needs an outcome, in the note or the section")
        }
    }

    /** What is asked of a field of a thing depends on what else it says. */
    private fun checkThing(edit: ProjectEdit) {
        when (edit) {
            is ProjectEdit.Driver -> (edit.edit as? DriverEdit.Parent)?.v1?.let { checkParent(edit.id, it) }
            is ProjectEdit.ChangeIdea -> (edit.edit as? ChangeIdeaEdit.Drivers)?.v1.orEmpty()
                .forEach { known(Noun.DRIVER, "drivers", it) }
            is ProjectEdit.Stakeholder -> check(edit.edit)
            is ProjectEdit.Observation -> when (edit.edit) {
                is MeasureObservationEdit.Measure, is MeasureObservationEdit.Value ->
                    after.observations.find { it.id == edit.id }?.observation?.let { checkValue(it.measure, it.value) }
                else -> Unit
            }
            is ProjectEdit.Target -> if (edit.edit !is MeasureTargetEdit.From) {
                after.targets.find { it.id == edit.id }?.target?.let { checkValue(it.measure, it.value) }
            }
            is ProjectEdit.Tally -> if (edit.edit is TallySheetEdit.Measure || edit.edit is TallySheetEdit.Ticks) {
                after.tallies.find { it.id == edit.id }?.tally?.let(::check)
            }
            is ProjectEdit.Phase -> check(edit.edit)
            is ProjectEdit.Cycle -> after.cycles.find { it.id == edit.id }?.cycle?.let { check(edit, it) }
            is ProjectEdit.Impact ->
                inRange("factor_year", (edit.edit as? ProjectImpactEdit.FactorYear)?.v1, 1990..2200)
            else -> Unit
        }
    }

    private fun check(edit: StakeholderEdit): Unit = when (edit) {
        is StakeholderEdit.Power -> inRange("power", edit.v1, 1..5)
        is StakeholderEdit.Interest -> inRange("interest", edit.v1, 1..5)
        else -> Unit
    }

    private fun check(edit: MeasurePhaseEdit): Unit = when (edit) {
        is MeasurePhaseEdit.Measure -> known(Noun.MEASURE, "measure", edit.v1)
        is MeasurePhaseEdit.FixedAfter -> inRange("fixed_after", edit.v1, 12..10_000)
        else -> Unit
    }

    private fun check(sheet: TallySheet) {
        known(Noun.MEASURE, "measure", sheet.measure)
        sheet.ticks.values.forEach { checkValue(sheet.measure, it) }
    }

    private fun check(edit: ProjectEdit.Cycle, cycle: PdsaCycle) {
        val (idea, previous) = cycle.idea to cycle.previous
        when (edit.edit) {
            is CycleEdit.Decision -> if (cycle.decision != CycleDecision.UNDECIDED && cycle.studied.isBlank()) {
                refuse("say what was studied before saying what follows: a cycle is decided after its study")
            }
            is CycleEdit.Idea -> if (idea != null) known(Noun.CHANGE_IDEA, "idea", idea)
            is CycleEdit.Previous -> if (previous != null) {
                if (previous == edit.id) refuseUnknown("previous", Noun.CYCLE, previous, PLAN)
                known(Noun.CYCLE, "previous", previous)
            }
            else -> Unit
        }
    }

    /** A tree of two levels: the one above must be a primary driver, and nothing may be below. */
    private fun checkParent(id: ItemId, parent: ItemId) {
        known(Noun.DRIVER, "parent", parent)
        val isSecondary = after.drivers.any { it.id == parent && it.driver.parent != null }
        if (parent == id || isSecondary || after.drivers.any { it.driver.parent == id }) {
            refuse(
                "a driver under this one cannot be above it: a tree has an aim, primary drivers, and secondary " +
                    "drivers under these",
            )
        }
    }

    private fun checkValue(measure: ItemId, value: ObservedValue) {
        known(Noun.MEASURE, "measure", measure)
        value.fault?.let { refuse("${value.said} is no value: $it") }
        val unit = after.measures.find { it.id == measure }?.measure?.unit ?: return
        val thousandths = (value as? ObservedValue.Number)?.thousandths
        val why = when {
            thousandths == null -> "a share is a value in percent".takeIf { unit != MeasureUnit.PERCENT }
            unit == MeasureUnit.PERCENT && thousandths > 100_000 -> "there are not more than 100"
            unit in COUNTED && thousandths < 0 -> "it is less than nothing"
            else -> null
        }
        if (why != null) refuse("${value.said} is no value in ${unit.name.lowercase()}: $why")
    }

    private fun check(aim: Aim) {
        val ends = listOf(Triple("from", aim.from, before.aim.from), Triple("to", aim.to, before.aim.to))
        for ((which, text, was) in ends) {
            if (text.isNotEmpty() && text != was && text.toValue() == null) {
                refuse("the aim goes $which \"$text\", which is neither a number nor a share such as 4/10")
            }
        }
        val (from, to) = aim.from.toValue() to aim.to.toValue()
        val way = aim.direction
        if (way != null && from != null && to != null && !way.leads(from, to)) {
            refuse("an aim to ${way.name.lowercase()} does not go from ${from.said} to ${to.said}")
        }
        aim.measure?.let { known(Noun.MEASURE, "measure", it) }
    }

    private fun AimDirection.leads(from: ObservedValue, to: ObservedValue) = when (this) {
        AimDirection.INCREASE -> to > from
        AimDirection.DECREASE -> to < from
        AimDirection.MAINTAIN -> to.compareTo(from) == 0
    }

    /** An aim is set for a day to come; whoever changes something else of it is not asked. */
    private fun refusePast(aim: Aim) {
        val by = aim.byDate?.takeIf { it != before.aim.byDate } ?: return
        val last = maxOf(after.start ?: day(now), day(now))
        if (by <= last) refuse("the aim ends on $by, which is not after $last")
    }

    /** What is said to have been cannot lie ahead by more than the day that clocks and zones differ. */
    private fun refuseAhead(edit: ProjectEdit) {
        val seen = when (edit) {
            is ProjectEdit.Observation -> (edit.edit as? MeasureObservationEdit.At)?.v1
            is ProjectEdit.Tally ->
                after.tallies.find { edit.edit is TallySheetEdit.Ticks && it.id == edit.id }?.tally?.at
            else -> null
        }
        if (seen?.isAhead(now) == true) refuse("$seen has not come yet, so nothing can have been seen")
        val (field, at) = when (edit) {
            is ProjectEdit.Cycle -> "did_at of the cycle" to (edit.edit as? CycleEdit.DidAt)?.v1
            is ProjectEdit.Annotation -> "at of the annotation" to (edit.edit as? ChartAnnotationEdit.At)?.v1
            is ProjectEdit.Action -> return refuseDoneAhead(edit)
            else -> return
        }
        if (at?.isAhead(now) == true) refuse("$at lies in the future, and $field says when it was")
    }

    private fun refuseDoneAhead(edit: ProjectEdit.Action) {
        val at = (edit.edit as? ProjectActionEdit.DoneAt)?.v1 ?: return
        if (at > now.plusSeconds(DAY)) refuse("$at lies in the future, and done_at of the action says when it was")
    }

    /** A thing that an edit names must be there; what was taken back still is. */
    private fun known(noun: Noun, of: String, id: ItemId) {
        val there = when (noun) {
            Noun.DRIVER -> after.drivers.map { it.id }
            Noun.CHANGE_IDEA -> after.ideas.map { it.id }
            Noun.MEASURE -> after.measures.map { it.id }
            else -> after.cycles.map { it.id }
        }
        if (id in there || after.takenBack.any { it.id == id && it.thing.noun == noun }) return
        refuseUnknown(of, noun, id, PLAN)
    }

    private companion object {
        const val PLAN = "plan"
        const val DAY = 24L * 60 * 60

        /** In these nothing is less than nothing. */
        val COUNTED = listOf(MeasureUnit.PERCENT, MeasureUnit.COUNT, MeasureUnit.MINUTES, MeasureUnit.DAYS)

        /** What a plan holds. */
        val NOUNS = listOf(
            Noun.DRIVER, Noun.CHANGE_IDEA, Noun.STAKEHOLDER, Noun.TEAM_MEMBER, Noun.MEASURE, Noun.TARGET,
            Noun.OBSERVATION, Noun.TALLY, Noun.PHASE, Noun.ANNOTATION, Noun.CYCLE, Noun.ACTION, Noun.IMPACT,
            Noun.OUTPUT, Noun.STATUS_MOVE,
        )
    }
}
