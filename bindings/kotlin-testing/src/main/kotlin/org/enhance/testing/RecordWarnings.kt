package org.enhance.testing

import java.time.LocalDate
import org.enhance.core.EvidenceStatement
import org.enhance.core.GoalStatus
import org.enhance.core.ItemId
import org.enhance.core.PersonalRecord

/** What may be a slip about one thing in a record, a sentence each. It stops nobody. */
internal fun PersonalRecord.warningsAbout(id: ItemId, today: LocalDate, standing: EvidenceStanding): List<String> =
    sessionWarnings(id) + awayWarnings(id) + hoursWarnings(id) + stepWarnings(id) + placementWarnings(id) + evidenceWarnings(id, standing) +
        listOfNotNull(lastDayOf(id)?.takeIf { it < today }?.let { "Look again: ${it.inWords()} is over already." })

private fun PersonalRecord.sessionWarnings(id: ItemId): List<String> {
    val one = sessions.find { it.id == id }?.session ?: return emptyList()
    val others = sessions.filter { it.id != id }.map { it.session }
    val (twice, apart) = others.partition { it.isSameAs(one) }
    return twice.map { "Look again: \"${it.title}\" is noted twice on one day, and both count." } +
        apart.filter { it.overlaps(one) }.map { other ->
            val (first, second) = listOf(one, other).sortedBy { it.start }
            "Look again: \"${first.title}\" and \"${second.title}\" went on at the same time, and both count."
        }
}

/** Days of an absence, or of a break, which goes on if it has no end. */
private class DaysAway(val id: ItemId, val from: LocalDate, val to: LocalDate?, val isBreak: Boolean) {
    val words = when (to) {
        null -> "from ${from.inWords()} on"
        from -> from.inWords()
        else -> "${from.inWords()} to ${to.inWords()}"
    }

    fun shares(other: DaysAway) =
        from <= (other.to ?: LocalDate.MAX) && other.from <= (to ?: LocalDate.MAX)
}

private fun PersonalRecord.awayWarnings(id: ItemId): List<String> {
    val all = absences.map { DaysAway(it.id, it.absence.from, it.absence.lastDay, isBreak = false) } +
        breaks.map { DaysAway(it.id, it.careerBreak.from, it.careerBreak.to, isBreak = true) }
    val one = all.find { it.id == id } ?: return emptyList()
    return listOfNotNull(outsideOfPlacements(one)) + all.filter { it.id != id && it.shares(one) }.sortedBy { it.from }.map { other ->
        val (first, second) = listOf(one, other).sortedBy { it.from }
        val (breaks, absences) = listOf(first, second).partition { it.isBreak }
        when (breaks.size) {
            0 -> "Look again: the absences ${first.words} and ${second.words} share days, which count once."
            2 -> "Look again: the breaks ${first.words} and ${second.words} share days, which count once."
            else -> "Look again: the absence ${absences[0].words} has days in the break ${breaks[0].words}. " +
                "In a break nobody is rostered, and these days do not count as absent."
        }
    }
}

private fun PersonalRecord.outsideOfPlacements(one: DaysAway): String? {
    if (one.isBreak || placements.isEmpty()) return null
    val days = generateSequence(one.from) { it.plusDays(1) }.takeWhile { it <= (one.to ?: one.from) }
    val isPlaced = days.all { day -> placements.any { day in it.placement.start..it.placement.end } }
    if (isPlaced) return null
    return "Look again: the absence ${one.words} has days on which no placement is on. " +
        "Nobody is rostered then; note the placement, or correct the days."
}

private fun PersonalRecord.hoursWarnings(id: ItemId): List<String> {
    val one = wteChanges.find { it.id == id }?.change ?: return emptyList()
    val others = wteChanges.filter { it.id != id && it.change.placement == one.placement && it.change.from == one.from }
    val at = placements.find { it.id == one.placement }?.placement?.organisation.orEmpty()
    return others.map {
        "Look again: two changes of your hours at \"$at\" begin on ${one.from.inWords()}, and only one of them counts."
    }
}

private fun PersonalRecord.stepWarnings(id: ItemId): List<String> {
    val journey = steps.find { it.id == id }?.step?.journey ?: return emptyList()
    val all = steps.filter { it.step.journey == journey }
        .sortedWith(compareBy({ it.step.place == null }, { it.step.place }, { it.id.value }))
    return all.zipWithNext().filter { (one, other) -> one.id == id || other.id == id }.flatMap { (one, other) ->
        val isPlace = one.step.place != null && one.step.place == other.step.place
        val setting = other.step.setting
        val isSetting = one.step.setting.isNotBlank() && one.step.setting.equals(setting, ignoreCase = true)
        listOfNotNull(
            "Look again: two steps are number ${other.step.place} of this journey.".takeIf { isPlace },
            "Look again: \"$setting\" is the same place as the step before.".takeIf { isSetting },
        )
    }
}

private fun PersonalRecord.placementWarnings(id: ItemId): List<String> {
    val one = placements.find { it.id == id }?.placement ?: return emptyList()
    val starts = placements.map { it.placement.start } + wteChanges.map { it.change.from }
    val above = starts.filter { it in one.start..one.end }.sorted().find { wteIn(it) > 1 + TINY_PART }
    return listOfNotNull(above?.let { "Look again: on ${it.inWords()} placements add up to more than full time." })
}

private fun PersonalRecord.evidenceWarnings(id: ItemId, standing: EvidenceStanding): List<String> {
    val link = evidence.find { it.id == id }?.link ?: return emptyList()
    val isTwice = evidence.any {
        it.id != id && it.link.statement == link.statement &&
            standing.piece(it.link.evidence) == standing.piece(link.evidence)
    }
    val statement = when (val of = link.statement) {
        is EvidenceStatement.Capability -> of.v1
        is EvidenceStatement.Outcome -> of.v1
    }
    val twice = "This is given as evidence for $statement already, and counts once.".takeIf { isTwice }
    return listOfNotNull(twice, OWN_WORD.takeIf { link.agreement != null })
}

/** By when a goal that is open is due, a deadline closes or a certificate runs out. */
private fun PersonalRecord.lastDayOf(id: ItemId): LocalDate? =
    goals.find { it.id == id && it.goal.status == GoalStatus.OPEN }?.goal?.due
        ?: deadlines.find { it.id == id }?.deadline?.at
        ?: certificates.find { it.id == id }?.certificate?.expires

private const val OWN_WORD = "What your supervisor says is noted as your word, and covers nothing. " +
    "Their sign-off of the evidence says it for them."

/** What adding parts of a whole may get wrong. */
private const val TINY_PART = 1e-6
