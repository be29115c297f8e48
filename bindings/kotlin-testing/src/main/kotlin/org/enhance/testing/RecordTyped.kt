package org.enhance.testing

import java.time.Instant
import java.time.LocalDate
import org.enhance.core.*

// What is asked of what somebody notes now, beside whether it makes sense in the record. What was
// written before, or is read back from an export, is taken as it is.

/** Refuses numbers that nobody means, and days and moments ahead of what is said to have been. */
internal fun refuseUnmeant(edits: List<RecordEdit>, now: Instant): Unit = edits.forEach { edit ->
    when (edit) {
        is RecordEdit.Start -> refuseAhead(Noun.ACTIVITY, edit.at, now)
        is RecordEdit.LearningSession -> when (val written = edit.edit) {
            is SessionEdit.Start -> refuseAhead(Noun.LEARNING_SESSION, written.v1, now, InputField.START)
            is SessionEdit.Minutes -> inRange("minutes", written.v1, STRETCH, InputField.MINUTES)
            is SessionEdit.Online -> inRange("online", written.v1, 0..STRETCH.last, InputField.MINUTES)
            else -> Unit
        }
        is RecordEdit.Experience -> when (val written = edit.edit) {
            is LearningExperienceEdit.At -> refuseAhead(Noun.EXPERIENCE, written.v1, now)
            is LearningExperienceEdit.Minutes -> inRange("minutes", written.v1, STRETCH, InputField.MINUTES)
            else -> Unit
        }
        is RecordEdit.Certificate -> (edit.edit as? CertificateEdit.Issued)?.v1
            ?.let { refuseAhead(Noun.CERTIFICATE, it, now) }
        is RecordEdit.JourneyStep -> when (val written = edit.edit) {
            is JourneyStepEdit.Place -> inRange("place", written.v1, 1..1_000)
            is JourneyStepEdit.Gap -> inRange("gap", written.v1, 0..45_000)
            else -> Unit
        }
        is RecordEdit.ModuleCompletion -> when (val written = edit.edit) {
            is ModuleCompletionEdit.At -> refuseAhead(Noun.MODULE_COMPLETION, written.v1, now)
            is ModuleCompletionEdit.Minutes -> inRange("minutes", written.v1, 0..60_000, InputField.MINUTES)
            else -> Unit
        }
        is RecordEdit.ActivityCompletion -> (edit.edit as? ActivityCompletionEdit.At)?.v1
            ?.let { refuseAhead(Noun.ACTIVITY_COMPLETION, it, now) }
        is RecordEdit.Debrief -> (edit.edit as? DebriefEdit.At)?.v1?.let { refuseAhead(Noun.DEBRIEF, it, now) }
        else -> Unit
    }
}

/** Minutes of one stretch of learning: nobody learns for longer than a day without a break. */
private val STRETCH = 1..24 * 60

private fun refuseAhead(noun: Noun, at: Instant, now: Instant, of: InputField = InputField.EDIT) {
    if (at > now) refused(of, "${of.beforeReason()}${future(noun, "$at")}")
}

private fun refuseAhead(noun: Noun, at: LocalDate, now: Instant) {
    if (at.isAhead(now)) refuse(future(noun, "$at"))
}

private fun future(noun: Noun, at: String) =
    "$at lies in the future, and ${article(noun)} ${noun.words} is noted once it was"

/** Refuses to give as evidence what was deleted, or what the record never had. */
internal fun FakePhone.refuseEvidence(edits: List<RecordEdit>, after: PersonalRecord) {
    val there = after.nouns().keys + record().shown.takenBack.map { it.id }
    for (source in edits.mapNotNull { it.evidence }) {
        when (source) {
            is EvidenceSource.Document -> if (memory.isDeleted(source.v1, me())) memory.refuseGone(source.v1, me())
            is EvidenceSource.Item -> if (source.v1 !in there) {
                refuseUnknown("evidence", Noun.LEARNING_SESSION, source.v1, "record")
            }
        }
    }
}

private val RecordEdit.evidence: EvidenceSource?
    get() = when (this) {
        is RecordEdit.EvidenceLink -> (edit as? EvidenceLinkEdit.Evidence)?.v1
        is RecordEdit.ActivityCompletion -> (edit as? ActivityCompletionEdit.Evidence)?.v1
        is RecordEdit.ModuleCompletion -> (edit as? ModuleCompletionEdit.Evidence)?.v1
        is RecordEdit.Debrief -> (edit as? DebriefEdit.Evidence)?.v1
        else -> null
    }

/** Refuses a version of the programme that nobody has seen here, and one of a statement beside it. */
internal fun FakePhone.refuseVersions(edits: List<RecordEdit>) {
    val links = edits.filterIsInstance<RecordEdit.EvidenceLink>()
    val stated = links.filter { it.edit is EvidenceLinkEdit.Statement }.map { it.id }
    for (edit in edits) {
        val version = when (edit) {
            is RecordEdit.ActivityCompletion -> (edit.edit as? ActivityCompletionEdit.PackVersion)?.v1
            is RecordEdit.ModuleCompletion -> (edit.edit as? ModuleCompletionEdit.PackVersion)?.v1
            is RecordEdit.EvidenceLink -> {
                val isOfStatement = edit.edit is EvidenceLinkEdit.Said || edit.edit is EvidenceLinkEdit.Version
                if (isOfStatement && edit.id !in stated) {
                    refuse("what a statement says is kept with it, and so is the version; set the statement anew")
                }
                null
            }
            else -> null
        }
        if (version == null || programme != null && version == PACK_VERSION) continue
        val newest = if (programme == null) "none is here yet" else "the newest here is $PACK_VERSION"
        refuse("no version $version of the programme's content is known: $newest")
    }
}

/** The version of the programme that the fakes have. */
internal const val PACK_VERSION: Int = 1

/** Refuses completions that lack what the programme asks for. Returns what is written with them. */
internal fun FakePhone.completed(edits: List<RecordEdit>, after: PersonalRecord): List<RecordEdit> {
    val asked = edits.mapNotNull { edit -> edit.item?.second.takeIf { edit.isOfCompletion } }.toSet()
    after.modulesCompleted.filter { it.id in asked }.forEach { refuseUnshown(it.completion, after) }
    return after.activitiesCompleted.filter { it.id in asked }.mapNotNull { (id, fact) -> shown(id, fact, after) }
}

/** Whoever corrects the day of a completion of before is asked for nothing. */
private val RecordEdit.isOfCompletion: Boolean
    get() = when (this) {
        is RecordEdit.Add -> noun == Noun.ACTIVITY_COMPLETION || noun == Noun.MODULE_COMPLETION
        is RecordEdit.ActivityCompletion -> when (edit) {
            is ActivityCompletionEdit.At, is ActivityCompletionEdit.PackVersion -> false
            else -> true
        }
        is RecordEdit.ModuleCompletion -> when (edit) {
            is ModuleCompletionEdit.At, is ModuleCompletionEdit.PackVersion, is ModuleCompletionEdit.Minutes -> false
            else -> true
        }
        else -> false
    }

/** An activity shows what it asks for, or why there is nothing; what its debrief was written in shows it too. */
private fun FakePhone.shown(id: ItemId, fact: ActivityCompletion, after: PersonalRecord): RecordEdit? {
    val asked = when (activity(fact.activity).evidence) {
        Evidence.NONE -> return null
        Evidence.REFLECTION -> "a reflection"
        Evidence.SIGNOFF -> "a sign-off"
    }
    if (fact.evidence is EvidenceSource.Document) return null
    val debrief = after.debriefs.filter { it.debrief.activity == fact.activity }.maxByOrNull { it.debrief.at }
    val written = debrief?.debrief?.evidence.takeIf { fact.evidence == null }
    if (written != null) return RecordEdit.ActivityCompletion(id, ActivityCompletionEdit.Evidence(written))
    if (fact.reason.isBlank()) {
        refused(InputField.EVIDENCE, "evidence: ${fact.activity} asks for $asked: name it, or say why there is none")
    }
    return null
}

private fun FakePhone.refuseUnshown(fact: ModuleCompletion, after: PersonalRecord) {
    val module = module(fact.module)
    fact.activities.split(' ').filter { it.isNotBlank() }.forEach { activity(it) }
    if (fact.evidence != null || fact.reason.isNotBlank() || isSatisfied(module, after)) return
    val why = "asks for more than the record has: name what shows that it is complete, or say why there is nothing"
    refused(InputField.EVIDENCE, "evidence: ${fact.module} $why")
}

/** Whether a record has all that a module asks for: its minutes, and each required activity. */
internal fun isSatisfied(module: ProgrammeModule, record: PersonalRecord): Boolean {
    val done = record.activitiesCompleted.map { it.completion.activity }.toSet()
    val minutes = record.sessions.map { it.session }.filter { it.module == module.key }.sumOf { it.minutes }
    return module.activities.filter { it.required }.all { it.key in done } && minutes >= module.minMinutes
}
