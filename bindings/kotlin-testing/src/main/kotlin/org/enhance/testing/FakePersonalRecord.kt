package org.enhance.testing

import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit.DAYS
import org.enhance.core.*

/** What a person noted of their training, and what follows from it. */
internal class FakePersonalRecord(private val phone: FakePhone) : LearningCoreRecord {
    override suspend fun personalRecord(): PersonalRecord = phone.asked { phone.recordIfAny().shown }

    override suspend fun editRecord(edits: List<RecordEdit>): Unit = phone.asked(Topic.DOCUMENTS) { phone.note(edits) }

    override suspend fun checkJourneys(only: ItemId?): SharingCheck =
        phone.asked { phone.checked(id = null, phone.recordIfAny().shown.journeyTexts(only)) }

    override suspend fun completeActivityWith(key: String, evidence: EvidenceSource?, reason: String): Unit =
        phone.asked(Topic.DOCUMENTS) { phone.complete(key, evidence, reason) }

    override suspend fun answerDebrief(activity: String, answer: DebriefAnswer): ItemId =
        phone.asked(Topic.DOCUMENTS) { phone.answer(activity, answer) }

    override suspend fun logOf(days: DaysInARow): LearningLog = phone.asked { phone.log(days.inOrder()) }

    override suspend fun trainingYear(day: LocalDate): DaysInARow = phone.asked {
        refuseStrange(day)
        phone.record().shown.trainingYear(day)
    }

    override suspend fun coverage(): Coverage =
        phone.asked { phone.recordIfAny().shown.coverage(phone.programme, phone.standing()) }

    override suspend fun evidence(): List<EvidenceView> = phone.asked { phone.evidence() }

    override suspend fun warningsAbout(id: ItemId): List<String> =
        phone.asked { phone.recordIfAny().shown.warningsAbout(id, phone.today, phone.standing()) }

    override suspend fun programmeMap(): ProgrammeMap = phone.asked {
        val record = phone.recordIfAny()
        val years = record.shown.years(phone.today)
        val standing = phone.standing()
        ProgrammeMap(years, phone.programme?.modules.orEmpty().map { record.row(it, years, standing) })
    }

    override suspend fun deadlines(): List<DeadlineView> = phone.asked {
        phone.recordIfAny().shown.deadlines.sortedWith(compareBy({ it.deadline.at }, { it.id.value }))
            .map { DeadlineView(it.id, it.deadline, daysUntil(it.deadline.at)) }
    }

    override suspend fun deadlineWarnings(): List<DeadlineWarning> = phone.asked {
        val all = phone.recordIfAny().shown.deadlines.flatMap { (id, deadline) ->
            WARNING_DAYS.map { DeadlineWarning(id, deadline.at.minusDays(it.toLong()), it) }
        }
        all.filter { it.on >= phone.today }.sortedWith(compareBy({ it.on }, { it.deadline.value }))
    }

    override suspend fun certificates(): List<CertificateView> = phone.asked {
        phone.recordIfAny().shown.certificates
            .map { CertificateView(it.id, it.certificate, it.certificate.expires?.let(::daysUntil)) }
            .sortedWith(compareBy<CertificateView, Int?>(nullsLast()) { it.daysLeft }.thenBy { it.id.value })
    }

    private fun daysUntil(day: LocalDate) = DAYS.between(phone.today, day).toInt()
}

/** What the journeys of patients say: all of them, one with its steps, or one step. */
private fun PersonalRecord.journeyTexts(only: ItemId?): List<Pair<TextPlace, String>> {
    val journeys = journeys.filter { only == null || it.id == only }
        .map { TextPlace.Item(Noun.PATIENT_JOURNEY, it.id) to it.journey.run { "$title\n$learned" } }
    val steps = steps.filter { only == null || it.id == only || it.step.journey == only }.map { (id, step) ->
        val said = step.run { listOf(setting, service, roleMet, handedOver, wasted, learned) }
        TextPlace.Item(Noun.JOURNEY_STEP, id) to said.joinToString("\n")
    }
    return journeys + steps
}

/** On how many days before a deadline one is warned of it. */
private val WARNING_DAYS = listOf(28, 14, 7)

internal fun DaysInARow.inOrder(): DaysInARow {
    refuseStrange(this)
    if (to < from) refused(InputField.DATE, "date: a period cannot end on $to, before it begins on $from")
    return this
}

internal fun FakePhone.log(days: DaysInARow): LearningLog =
    record().shown.log(days, if (programme == null) NOTHING_ASKED else FOUNDATION)

/** Writes edits, and which modules are complete with them: it is noted once, when it comes about. */
internal fun FakePhone.note(edits: List<RecordEdit>) {
    val record = record()
    refuseStrange(edits)
    refuseUnshown(edits, record.shown.withItems(edits))
    val before = programme?.modules.orEmpty().filterNot { record.satisfies(it) }
    record.write(edits, now())
    for (module in before.filter { record.satisfies(it) && record.completed(it.key) == null }) {
        record.write(ModuleCompletion(module.key, now(), packVersion = 1).adding(memory.newItem()), now())
    }
}

/** Notes that an activity was completed, unless it asks for evidence and none is named. */
internal fun FakePhone.complete(key: String, evidence: EvidenceSource?, reason: String) {
    activity(key)
    val noted = record().shown.activitiesCompleted.filter { it.completion.activity == key }
    noted.minByOrNull { it.completion.at }?.let { return showCompleted(it.id, it.completion, evidence, reason) }
    note(ActivityCompletion(key, now(), packVersion = 1, evidence, reason).adding(memory.newItem()))
}

/** An activity of the programme. */
private fun FakePhone.activity(key: String): LearningActivity =
    programme?.modules.orEmpty().flatMap { it.activities }.find { it.key == key } ?: throw notFound(Noun.ACTIVITY, key)

/** Refuses keys that the programme does not have, and completions that lack what it asks for, however noted. */
private fun FakePhone.refuseUnshown(edits: List<RecordEdit>, after: PersonalRecord) {
    val modules = programme?.modules ?: return
    edits.forEach { edit ->
        val session = (edit as? RecordEdit.LearningSession)?.edit
        (session as? SessionEdit.Activity)?.v1?.let { activity(it) }
        val module = (session as? SessionEdit.Module)?.v1
        if (module != null && modules.none { it.key == module }) throw notFound(Noun.MODULE, module)
    }
    val added = edits.filterIsInstance<RecordEdit.Add>().map { it.id }
    for (fact in after.activitiesCompleted.filter { it.id in added }.map { it.completion }) {
        val asked = when (activity(fact.activity).evidence) {
            Evidence.NONE -> null
            Evidence.REFLECTION -> "a reflection"
            Evidence.SIGNOFF -> "a sign-off"
        }
        if (asked != null && fact.evidence == null && fact.reason.isBlank()) {
            refused(InputField.EVIDENCE, "evidence: ${fact.activity} asks for $asked: name it, or say why there is none")
        }
    }
    for (fact in after.modulesCompleted.filter { it.id in added }.map { it.completion }) {
        val module = modules.find { it.key == fact.module } ?: throw notFound(Noun.MODULE, fact.module)
        if (fact.evidence == null && fact.reason.isBlank() && !record().satisfies(module)) {
            val why = "asks for more than the record has: name what shows that it is complete, or say why there is nothing"
            refused(InputField.EVIDENCE, "evidence: ${fact.module} $why")
        }
    }
}

/** Adds to a completion what was not said of it when it was noted. What was said stands. */
private fun FakePhone.showCompleted(id: ItemId, before: ActivityCompletion, evidence: EvidenceSource?, reason: String) {
    val hasOther = evidence != null && before.evidence != null && evidence != before.evidence
    val isSaid = reason.isNotBlank() && reason != before.reason
    if (hasOther || isSaid && before.reason.isNotBlank()) {
        val why = "was completed already, and what shows it stands; correct that"
        refused(InputField.EDIT, "${before.activity} $why")
    }
    val shown = evidence?.takeIf { before.evidence == null }?.let { ActivityCompletionEdit.Evidence(it) }
    val said = reason.takeIf { isSaid }?.let { ActivityCompletionEdit.Reason(it) }
    note(listOfNotNull(shown, said).map { RecordEdit.ActivityCompletion(id, it) })
}

/** Notes how an activity was talked over: in the debrief that was begun last, or in a new one. */
private fun FakePhone.answer(activity: String, answer: DebriefAnswer): ItemId {
    val known = programme?.modules.orEmpty().flatMap { it.activities }.find { it.key == activity }
        ?: throw notFound(Noun.ACTIVITY, activity)
    if (known.debrief == null) refused(InputField.EDIT, "$activity is not talked over")
    val before = record().shown.debriefs.filter { it.debrief.activity == activity }.maxByOrNull { it.debrief.at }
    val shown = answer.reflection?.let { EvidenceSource.Document(here<KeptReflection>(it).id) }
    val said = listOfNotNull(
        answer.before?.let { DebriefEdit.ConfidenceBefore(it) }, answer.after?.let { DebriefEdit.ConfidenceAfter(it) },
        shown?.let { DebriefEdit.Evidence(it) },
    )
    val id = before?.id ?: memory.newItem()
    val begun = if (before == null) Debrief(activity, now()).adding(id) else emptyList()
    note(begun + said.map { RecordEdit.Debrief(id, it) })
    return id
}

internal fun OwnRecord.minutesOn(module: ProgrammeModule): Int =
    shown.sessions.map { it.session }.filter { it.module == module.key }.sumOf { it.minutes }

internal fun OwnRecord.completed(module: String): Instant? =
    shown.modulesCompleted.map { it.completion }.filter { it.module == module }.minOfOrNull { it.at }

internal fun OwnRecord.satisfies(module: ProgrammeModule): Boolean =
    module.activities.filter { it.required }.all { progress(it.key).completedAt != null } &&
        minutesOn(module) >= module.minMinutes

private fun OwnRecord.row(
    module: ProgrammeModule,
    years: List<DaysInARow>,
    standing: EvidenceStanding,
): ModuleRow {
    val at = completed(module.key)
    val ofModule = shown.sessions.map { it.session }.filter { it.module == module.key }
    val done = module.activities.mapNotNull { progress(it.key).completedAt }
    val byYear = years.map { year ->
        ModuleYear(
            ofModule.filter { day(it.start) in year }.sumOf { it.minutes }, done.count { day(it) in year },
            at != null && day(at) in year,
        )
    }
    val outcomes = module.outcomes.map { shown.cover(EvidenceStatement.Outcome(it.key), standing) }
    return ModuleRow(module.key, module.title, module.minMinutes, at, byYear, outcomes)
}

/** The training years in which something happened, and that of today. */
private fun PersonalRecord.years(today: LocalDate): List<DaysInARow> {
    val days = sessions.map { day(it.session.start) } + activitiesCompleted.map { day(it.completion.at) } +
        modulesCompleted.map { day(it.completion.at) } + placements.map { it.placement.start }.filter { it <= today } +
        today
    return days.distinct().sorted().map { trainingYear(it) }.distinct()
}
