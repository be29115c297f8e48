package org.enhance.testing

import java.time.LocalDate
import java.time.temporal.ChronoUnit.DAYS
import org.enhance.core.Absence
import org.enhance.core.EvidenceLink
import org.enhance.core.EvidenceSource
import org.enhance.core.InputField
import org.enhance.core.ItemId
import org.enhance.core.LearningSession
import org.enhance.core.Noun
import org.enhance.core.ObservedValue
import org.enhance.core.PersonalRecord
import org.enhance.core.PlacementSupervisor
import org.enhance.core.RecordEdit
import org.enhance.core.TrainingPlacement
import org.enhance.core.WteChange
import org.enhance.core.item

/** Refuses edits that make no sense in the record as they leave it, in words for who made them. */
internal fun PersonalRecord.check(edits: List<RecordEdit>) {
    val aside = takenBack.map { it.id }
    val touched = edits.filter { it !is RecordEdit.TakeBack && it !is RecordEdit.PutBack }.mapNotNull { it.item }
    for ((noun, id) in touched.distinct()) if (id !in aside) checkThing(noun, id)
}

/** By id, what kind of thing is in the record. */
internal fun PersonalRecord.nouns(): Map<ItemId, Noun> = buildMap {
    placements.forEach { put(it.id, Noun.PLACEMENT) }
    supervisors.forEach { put(it.id, Noun.SUPERVISOR) }
    wteChanges.forEach { put(it.id, Noun.WTE_CHANGE) }
    breaks.forEach { put(it.id, Noun.CAREER_BREAK) }
    absences.forEach { put(it.id, Noun.ABSENCE) }
    sessions.forEach { put(it.id, Noun.LEARNING_SESSION) }
    experiences.forEach { put(it.id, Noun.EXPERIENCE) }
    journeys.forEach { put(it.id, Noun.PATIENT_JOURNEY) }
    steps.forEach { put(it.id, Noun.JOURNEY_STEP) }
    goals.forEach { put(it.id, Noun.PDP_GOAL) }
    certificates.forEach { put(it.id, Noun.CERTIFICATE) }
    evidence.forEach { put(it.id, Noun.EVIDENCE_LINK) }
    deadlines.forEach { put(it.id, Noun.EVIDENCE_DEADLINE) }
    modulesCompleted.forEach { put(it.id, Noun.MODULE_COMPLETION) }
    activitiesCompleted.forEach { put(it.id, Noun.ACTIVITY_COMPLETION) }
    debriefs.forEach { put(it.id, Noun.DEBRIEF) }
}

private fun PersonalRecord.checkThing(noun: Noun, id: ItemId) {
    if (nouns()[id] != noun) {
        val needs = NEEDED[noun] ?: return
        refuse("${article(noun)} ${noun.words} needs $needs too")
    }
    placements.find { it.id == id }?.placement?.check()
    supervisors.find { it.id == id }?.supervisor?.let { check(it) }
    wteChanges.find { it.id == id }?.change?.let { check(it) }
    breaks.find { it.id == id }?.careerBreak?.run { inOrder(from, to ?: from) }
    absences.find { it.id == id }?.absence?.check()
    sessions.find { it.id == id }?.session?.check()
    experiences.find { it.id == id }?.experience?.run {
        said("the host of the experience", host)
        placement?.let { known(Noun.PLACEMENT, "placement", it) }
    }
    steps.find { it.id == id }?.step?.let { known(Noun.PATIENT_JOURNEY, "journey", it.journey) }
    goals.find { it.id == id }?.goal?.let { said("what you want to be able to do", it.text) }
    certificates.find { it.id == id }?.certificate?.run {
        said("what the certificate is for", title)
        val (first, last) = issued to expires
        if (first != null && last != null) inOrder(first, last)
    }
    evidence.find { it.id == id }?.link?.let { check(it) }
    deadlines.find { it.id == id }?.deadline?.run {
        said("what closes on that day", name)
    }
    debriefs.find { it.id == id }?.debrief?.run {
        inRange("confidence_before", confidenceBefore, 0..10)
        inRange("confidence_after", confidenceAfter, 0..10)
    }
}

private fun TrainingPlacement.check() {
    said("the organisation of the placement", organisation)
    inOrder(start, end)
    wte?.let(::checkWte)
}

private fun PersonalRecord.check(one: PlacementSupervisor) {
    known(Noun.PLACEMENT, "placement", one.placement)
    if (one.person == null) said("the name of the supervisor", one.name)
}

private fun PersonalRecord.check(change: WteChange) {
    known(Noun.PLACEMENT, "placement", change.placement)
    checkWte(change.wte)
    val placement = placements.find { it.id == change.placement }?.placement ?: return
    if (change.from < placement.start || change.from > placement.end) {
        refuse("the hours change on ${change.from}, and the placement runs from ${placement.start} to ${placement.end}")
    }
}

private fun Absence.check() {
    val last = to ?: from
    inOrder(from, last)
    val most = DAYS.between(from, last) + 1
    val missed = days.amount
    if (days.fault != null || missed < 0.5 || missed > most) {
        refuse("${days.said} days are not between half a day and the $most from its first day to its last")
    }
}

private fun LearningSession.check() {
    said("what it was, as the title of the learning session", title, InputField.TITLE)
    if (minutes == 0) refused(InputField.MINUTES, "minutes: it took at least a minute")
    val part = online ?: 0
    if (part > minutes) {
        val took = "the ${minutes.asTime()} it took"
        refused(InputField.MINUTES, "minutes: ${part.asTime()} of it online are more than $took")
    }
}

private fun PersonalRecord.check(link: EvidenceLink) {
    said("why it shows that", link.justification)
    val item = (link.evidence as? EvidenceSource.Item)?.v1 ?: return
    if (item !in nouns()) known(Noun.LEARNING_SESSION, "evidence", item)
}

/** A thing that an edit names must be there; what was taken back still is. */
private fun PersonalRecord.known(noun: Noun, of: String, id: ItemId) {
    if (nouns()[id] != noun && takenBack.none { it.id == id }) refuseUnknown(of, noun, id, "record")
}

private fun checkWte(wte: ObservedValue) {
    if (wte.fault != null || wte.amount < 0.2 || wte.amount > 1) {
        refuse("whole-time equivalents go from 0.2 to 1, and ${wte.said} is outside")
    }
}

private fun said(what: String, text: String, field: InputField = InputField.EDIT) {
    if (text.isBlank()) refused(field, "${field.beforeReason()}say $what")
}

private fun inOrder(first: LocalDate, last: LocalDate) {
    if (last < first) refuse("it cannot end on $last, before it begins on $first")
}

internal fun article(noun: Noun) = if (noun.words.first() in "aeiou") "an" else "a"

/** As a number. */
internal val ObservedValue.amount: Double
    get() = when (this) {
        is ObservedValue.Number -> thousandths / 1_000.0
        is ObservedValue.Ratio -> numerator.toDouble() / denominator
    }

/** Minutes as people say them. */
private fun Int.asTime() = when {
    this < 60 -> "$this min"
    this % 60 == 0 -> "${this / 60} h"
    else -> "${this / 60} h ${this % 60} min"
}

/** What things lack without which they are none. */
private val NEEDED = mapOf(
    Noun.PLACEMENT to "start and end",
    Noun.SUPERVISOR to "placement",
    Noun.WTE_CHANGE to "placement and from and wte",
    Noun.CAREER_BREAK to "from",
    Noun.ABSENCE to "from and days",
    Noun.LEARNING_SESSION to "start and minutes",
    Noun.EXPERIENCE to "at",
    Noun.JOURNEY_STEP to "journey",
    Noun.EVIDENCE_LINK to "evidence and statement",
    Noun.EVIDENCE_DEADLINE to "at",
    Noun.MODULE_COMPLETION to "module and at",
    Noun.ACTIVITY_COMPLETION to "activity and at",
    Noun.DEBRIEF to "activity and at",
)
