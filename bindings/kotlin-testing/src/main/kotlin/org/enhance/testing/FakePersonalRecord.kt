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
        refuseOtherYear(day, InputField.DATE)
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

/** Nobody trains for longer, and what is counted year by year has an end. */
private const val MOST_YEARS = 60L

/** On how many days before a deadline one is warned of it. */
private val WARNING_DAYS = listOf(28, 14, 7)

internal fun DaysInARow.inOrder(): DaysInARow {
    if (to < from) refused(InputField.DATE, "date: a period cannot end on $to, before it begins on $from")
    listOf(from, to).forEach { refuseOtherYear(it, InputField.DATE) }
    if (from.plusYears(MOST_YEARS) <= to) {
        refused(InputField.DATE, "date: $from..$to is longer than $MOST_YEARS years; ask for fewer")
    }
    return this
}

internal fun FakePhone.log(days: DaysInARow): LearningLog =
    record().shown.log(days, if (programme == null) NOTHING_ASKED else FOUNDATION, today)

/** Writes what somebody notes now, and which modules are complete with it. */
internal fun FakePhone.note(edits: List<RecordEdit>) {
    val record = record()
    record.check(edits)
    refuseStrange(edits)
    refuseUnmeant(edits, now())
    val after = record.shown.withItems(edits)
    refuseEvidence(edits, after)
    refuseVersions(edits)
    refuseUnknownKeys(edits, after)
    val more = if (programme == null) emptyList() else completed(edits, after)
    edits.forEach { refuseLong(it.written, it.isShort) }
    noteAsItWas(edits + more)
}

/** Writes what was in a record before, and which modules are complete with it: noted once, when it comes about. */
internal fun FakePhone.noteAsItWas(edits: List<RecordEdit>) {
    val record = record()
    val before = programme?.modules.orEmpty().filterNot { record.satisfies(it) }
    record.write(edits)
    for (module in before.filter { record.satisfies(it) && record.completed(it.key) == null }) {
        record.write(ModuleCompletion(module.key, now(), PACK_VERSION).adding(memory.newItem()))
    }
}

/** Notes that an activity was completed, unless it asks for evidence and none is named. */
internal fun FakePhone.complete(key: String, evidence: EvidenceSource?, reason: String) {
    activity(key)
    val noted = record().shown.activitiesCompleted.filter { it.completion.activity == key }
    noted.minByOrNull { it.completion.at }?.let { return showCompleted(it.id, it.completion, evidence, reason) }
    note(ActivityCompletion(key, now(), PACK_VERSION, evidence, reason).adding(memory.newItem()))
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
    talkedOver(activity)
    if (answer.before == null && answer.after == null && answer.reflection == null) {
        refuse("say how sure you are, from 0 to 10, or name the reflection")
    }
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

internal fun OwnRecord.satisfies(module: ProgrammeModule): Boolean = isSatisfied(module, shown)

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
