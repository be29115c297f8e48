package org.enhance.testing

import org.enhance.core.ActivityProgress
import org.enhance.core.ItemId
import org.enhance.core.Noun
import org.enhance.core.PackVersion
import org.enhance.core.PersonalRecord
import org.enhance.core.RecordEdit
import org.enhance.core.TakenBack
import org.enhance.core.TakenBackItem
import org.enhance.core.item
import org.enhance.core.itemTexts
import org.enhance.core.withItems
import org.enhance.core.withoutItems

/** What a person noted of their training, edit by edit. It is on their phones and on no others. */
internal class OwnRecord {
    private val written = mutableListOf<RecordEdit>()

    /** How many changes the server does not have. */
    var waiting = 0
        private set

    /** How many changes were made of it. */
    var changes = 0
        private set

    /** What it says. What was taken back is set aside with all that was written in it. */
    var shown = PersonalRecord()
        private set

    /** What was written of the things in it, for another account to take over. */
    val edits: List<RecordEdit> get() = written.filter { it !is RecordEdit.TakeBack && it !is RecordEdit.PutBack }

    /** What the record says with these edits, if they make sense in it. */
    fun check(edits: List<RecordEdit>): PersonalRecord {
        edits.forEach(::refuseOthers)
        return shown(written + edits).also { after ->
            after.check(edits)
            refuseUnknown(edits)
        }
    }

    /** Writes edits that make sense, all of them or none. */
    fun write(edits: List<RecordEdit>) {
        shown = check(edits)
        written += edits
        changes++
        waiting++
    }

    fun send() {
        waiting = 0
    }

    /** How far an activity has come. Of several completions the first counts. */
    fun progress(activity: String): ActivityProgress {
        val started = written.filterIsInstance<RecordEdit.Start>().firstOrNull { it.activity == activity }?.at
        val facts = shown.activitiesCompleted.map { it.completion }.filter { it.activity == activity }
        val first = facts.minByOrNull { it.at }
        return ActivityProgress(started, first?.at, first?.packVersion?.let { PackVersion(it.toLong()) })
    }

    private fun shown(edits: List<RecordEdit>): PersonalRecord {
        val all = PersonalRecord().withItems(edits)
        val (texts, aside) = all.itemTexts() to LinkedHashMap<ItemId, TakenBack>()
        for (edit in edits) {
            if (edit is RecordEdit.TakeBack) {
                val label = texts[edit.id].orEmpty().firstOrNull { it.isNotBlank() }.orEmpty()
                aside[edit.id] = TakenBack(edit.noun, label, edit.at)
            }
            if (edit is RecordEdit.PutBack) aside -= edit.id
        }
        return all.withoutItems(aside.keys).copy(takenBack = aside.map { (id, thing) -> TakenBackItem(id, thing) })
    }

    private fun refuseOthers(edit: RecordEdit) {
        if (edit is RecordEdit.KeptSignOff || edit is RecordEdit.Add && edit.noun == Noun.KEPT_SIGN_OFF) {
            notAllowed("a sign-off that was read back says what its file says, and nobody writes it")
        }
        val noun = edit.item?.first ?: return
        if (noun !in NOUNS) {
            refuse("a personal record has no ${noun.words} to add")
        }
    }

    private fun refuseUnknown(new: List<RecordEdit>) {
        val added = (written + new).filterIsInstance<RecordEdit.Add>().map { it.noun to it.id }.toSet()
        val unknown = new.mapNotNull { it.item }.firstOrNull { it !in added } ?: return
        throw notFound(unknown.first, unknown.second.value)
    }
}

/** What a personal record holds. */
private val NOUNS = listOf(
    Noun.PLACEMENT, Noun.SUPERVISOR, Noun.WTE_CHANGE, Noun.CAREER_BREAK, Noun.ABSENCE, Noun.LEARNING_SESSION,
    Noun.EXPERIENCE, Noun.PATIENT_JOURNEY, Noun.JOURNEY_STEP, Noun.PDP_GOAL, Noun.CERTIFICATE,
    Noun.EVIDENCE_LINK, Noun.EVIDENCE_DEADLINE, Noun.MODULE_COMPLETION, Noun.ACTIVITY_COMPLETION, Noun.DEBRIEF,
)

/** As a sentence has it. */
internal val Noun.words: String
    get() = when (this) {
        Noun.WTE_CHANGE -> "change of hours"
        Noun.CAREER_BREAK -> "break in training"
        Noun.JOURNEY_STEP -> "step of a journey"
        Noun.PDP_GOAL -> "goal"
        Noun.TALLY -> "tally sheet"
        Noun.MODULE_COMPLETION -> "completed module"
        Noun.ACTIVITY_COMPLETION -> "completed activity"
        Noun.KEPT_SIGN_OFF -> "kept sign-off"
        else -> name.lowercase().replace('_', ' ')
    }
