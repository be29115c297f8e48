package org.enhance.testing

import java.time.LocalDate
import org.enhance.core.Absence
import org.enhance.core.AbsenceItem
import org.enhance.core.EvidenceStatement
import org.enhance.core.GoalStatus
import org.enhance.core.ItemId
import org.enhance.core.PersonalRecord

/** What may be a slip about one thing in a record, a sentence each. It stops nobody. */
internal fun PersonalRecord.warningsAbout(id: ItemId, today: LocalDate, standing: EvidenceStanding): List<String> =
    sessionWarnings(id) + absenceWarnings(id) + placementWarnings(id) + evidenceWarnings(id, standing) +
        listOfNotNull(lastDayOf(id)?.takeIf { it < today }?.let { "Look again: $it is over already." })

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

private fun PersonalRecord.absenceWarnings(id: ItemId): List<String> {
    val one = absences.find { it.id == id } ?: return emptyList()
    return absences.filter { it.id != id && it.absence.shares(one.absence) }.map { other ->
        val (first, second) = listOf(one, other).sortedBy { it.absence.from }.map { it.days() }
        "Look again: the absences $first and $second share days, which count once."
    }
}

private fun Absence.shares(other: Absence) = from <= other.lastDay && other.from <= lastDay

private fun AbsenceItem.days() = absence.run { if (lastDay == from) "$from" else "$from to $lastDay" }

private fun PersonalRecord.placementWarnings(id: ItemId): List<String> {
    val one = placements.find { it.id == id }?.placement ?: return emptyList()
    val starts = placements.map { it.placement.start } + wteChanges.map { it.change.from }
    val above = starts.filter { it in one.start..one.end }.sorted().find { wteIn(it) > 1 + TINY_PART }
    return listOfNotNull(above?.let { "Look again: on $it placements add up to more than full time." })
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
