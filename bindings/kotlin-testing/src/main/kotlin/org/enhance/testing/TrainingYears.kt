package org.enhance.testing

import java.time.DayOfWeek
import java.time.LocalDate
import java.time.temporal.ChronoUnit.DAYS
import java.util.Locale
import kotlin.math.abs
import kotlin.math.ceil
import kotlin.math.floor
import kotlin.math.roundToInt
import org.enhance.core.Absence
import org.enhance.core.DaysInARow
import org.enhance.core.ItemId
import org.enhance.core.LearningLog
import org.enhance.core.LearningSession
import org.enhance.core.LogCount
import org.enhance.core.LogRule
import org.enhance.core.LogYear
import org.enhance.core.PersonalRecord
import org.enhance.core.SessionKind
import org.enhance.core.SessionView
import org.enhance.core.TrainingPlacement

/**
 * The figures of a full-time year, as the foundation programme has them: minutes in all, of core
 * teaching at least, of other learning, of one specialty and of e-learning at most, and days absent.
 */
internal class YearFigures(
    val target: Int,
    val core: Int,
    val others: Int,
    val specialty: Int,
    val elearning: Int,
    val absentDays: Int?,
)

internal val FOUNDATION = YearFigures(3_600, 1_800, 1_800, 300, 360, absentDays = 20)

/** What is asked where there is no programme. */
internal val NOTHING_ASKED = YearFigures(0, 0, Int.MAX_VALUE, Int.MAX_VALUE, Int.MAX_VALUE, absentDays = null)

/** The training year in which a day falls: it follows the placements, or begins in August. */
internal fun PersonalRecord.trainingYear(day: LocalDate): DaysInARow {
    val first = placements.minOfOrNull { it.placement.start }
    if (first == null || first > day) {
        val august = LocalDate.of(day.year, 8, 1)
        return yearFrom(if (august <= day) august else august.minusYears(1))
    }
    var year = followingPlacements(first)
    while (day !in year) year = followingPlacements(year.to.plusDays(1))
    return year
}

private fun PersonalRecord.followingPlacements(start: LocalDate): DaysInARow {
    val year = yearFrom(start)
    fun LocalDate.isNear() = abs(DAYS.between(year.to, this)) <= 7
    val posts = placements.map { it.placement }
    val before = posts.filter { it.start > start }.map { it.start.minusDays(1) }.filter { it.isNear() }.minOrNull()
    val end = before ?: posts.filter { start < it.end }.map { it.end }.filter { it.isNear() }.maxOrNull()
    return if (end == null) year else DaysInARow(start, end)
}

private fun yearFrom(start: LocalDate) = DaysInARow(start, start.plusYears(1).minusDays(1))

internal operator fun DaysInARow.contains(day: LocalDate): Boolean = day in from..to

/**
 * Days off, as the parts of them that were not worked. Those that absences share count once, and
 * nobody is absent in a break.
 */
private fun PersonalRecord.daysOff(): Map<LocalDate, Double> {
    val parts = HashMap<LocalDate, Double>()
    val sorted = absences.map { it.absence }.sortedWith(compareBy({ it.lastDay }, { it.from }))
    sorted.forEachIndexed { place, one ->
        val shared = sorted.drop(place + 1).minOfOrNull { it.from }
        var left = one.days.amount - DaysInARow(one.from, one.lastDay).each().sumOf { parts[it] ?: 0.0 }
        for (day in one.byLikelihood(shared)) {
            val more = minOf(left, 1 - (parts[day] ?: 0.0))
            if (more <= 0) continue
            parts[day] = (parts[day] ?: 0.0) + more
            left -= more
        }
    }
    return parts.filterKeys { !isInBreak(it) }
}

/** The days of an absence: those that others may share from the end on, then weeks, then weekends. */
private fun Absence.byLikelihood(shared: LocalDate?): List<LocalDate> {
    val (both, own) = DaysInARow(from, lastDay).each().partition { shared != null && shared <= it }
    val (week, weekend) = own.partition { it.dayOfWeek <= DayOfWeek.FRIDAY }
    return both.reversed() + week + weekend
}

private fun Map<LocalDate, Double>.within(first: LocalDate, last: LocalDate) =
    filterKeys { it in first..last }.values.sum()

internal val Absence.lastDay: LocalDate get() = to ?: from

private val DaysInARow.count: Long get() = DAYS.between(from, to) + 1

/** Some days in the training years they lie in. As many as a year has are one. */
private fun PersonalRecord.parts(days: DaysInARow): List<Pair<DaysInARow, DaysInARow>> {
    if (days.count in 364..371) return listOf(days to days)
    val parts = mutableListOf<Pair<DaysInARow, DaysInARow>>()
    var from = days.from
    while (from <= days.to) {
        val year = trainingYear(from)
        val part = DaysInARow(from, minOf(year.to, days.to))
        parts += part to year
        from = part.to.plusDays(1)
    }
    return parts
}

/** The part of a full-time year that was worked on some days of it. */
private fun PersonalRecord.factor(days: DaysInARow, year: DaysInARow): Double {
    val isAssumed = isFullTimeAssumed(year)
    val worked = days.each().sumOf { day -> if (isInBreak(day)) 0.0 else if (isAssumed) 1.0 else wteOn(day) }
    return worked / year.count
}

private fun PersonalRecord.isFullTimeAssumed(year: DaysInARow) =
    placements.none { it.placement.start <= year.to && it.placement.end >= year.from }

private fun DaysInARow.each() = generateSequence(from) { it.plusDays(1) }.takeWhile { it <= to }

private fun PersonalRecord.isInBreak(day: LocalDate) =
    breaks.map { it.careerBreak }.any { off -> off.from <= day && off.to.let { it == null || day <= it } }

private fun PersonalRecord.wteOn(day: LocalDate): Double = wteIn(day).coerceAtMost(1.0)

/** What the placements of a day add up to; more than full time is a slip. */
internal fun PersonalRecord.wteIn(day: LocalDate): Double = placements
    .filter { day in it.placement.start..it.placement.end }
    .sumOf { wteOf(it.id, it.placement, day) }

private fun PersonalRecord.wteOf(id: ItemId, placement: TrainingPlacement, day: LocalDate): Double {
    val changes = wteChanges.map { it.change }.filter { it.placement == id && it.from <= day }
    return (changes.maxByOrNull { it.from }?.wte ?: placement.wte)?.amount ?: 1.0
}

/** The learning log of some days, newest session first. */
internal fun PersonalRecord.log(days: DaysInARow, figures: YearFigures, today: LocalDate): LearningLog {
    val years = parts(days).map { (part, year) -> logYear(part, year, figures, today) }
    val inDays = sessions.filter { day(it.session.start) in days }
    val newest = inDays.sortedWith(compareByDescending<SessionView> { it.session.start }.thenByDescending { it.id.value })
    return LearningLog(newest, years.map { it.count }.sum(), years.map { it.rule }.asked(), years, doubtful(inDays))
}

private fun PersonalRecord.logYear(
    days: DaysInARow,
    year: DaysInARow,
    figures: YearFigures,
    today: LocalDate,
): LogYear {
    val factor = factor(days, year)
    val counting = sessions.map { it.session }.filter { day(it.start) in days }
    val off = daysOff()
    val absent = off.within(days.from, minOf(days.to, today))
    val ofYear = off.within(year.from, minOf(year.to, today))
    val late = deadlines.map { it.deadline.at }.filter { it in days && DaysInARow(it, days.to).count * 4 <= days.count }
    return LogYear(
        days.from, days.to, "%.4f".format(Locale.ROOT, factor), isFullTimeAssumed(year),
        LogRule(whole(figures.target * factor), whole(figures.core * factor), cap(figures.elearning, factor)),
        counting.count(figures, factor), by = late.minOrNull() ?: days.to, "%.1f".format(Locale.ROOT, absent),
        figures.absentDays, figures.absentDays.let { it != null && ofYear > it },
        factorInWords(factor, year),
        absenceInWords(absent, off.within(days.from, days.to) - absent, ofYear, figures.absentDays),
    )
}

private fun factorInWords(factor: Double, year: DaysInARow): String {
    fun nearest(whole: Int): Int {
        val part = (factor * whole).roundToInt()
        return if (factor > 0 && factor < 1) part.coerceIn(1, whole - 1) else part
    }
    val days = year.count.toInt()
    return "${nearest(100)} % of a full-time year (${nearest(days)} of $days days)"
}

/** Days absent, those to come and those of the training year, against the limit. */
private fun absenceInWords(absent: Double, ahead: Double, ofYear: Double, limit: Int?): String {
    if (absent == 0.0 && ahead == 0.0 && ofYear == 0.0) return ""
    fun days(number: Double): String {
        val text = "%.1f".format(Locale.ROOT, number).removeSuffix(".0")
        return if (text == "1") "1 day" else "$text days"
    }
    val toCome = if (ahead > 0) ", and ${days(ahead)} noted for days to come" else ""
    val inAll = if (ofYear != absent) "; ${days(ofYear)} in the whole training year" else ""
    val isMore = if (limit != null && ofYear > limit) ", and this is more" else ""
    val asks = "; more than $limit in a training year ask for a review of the end of training$isMore"
    return days(absent) + toCome + inAll + if (limit == null) "" else asks
}

private fun List<LearningSession>.count(figures: YearFigures, factor: Double): LogCount {
    val (counting, excluded) = partition { it.kind in COUNTING }
    val online = counting.sumOf { it.inElearning() }
    val core = counting.filter { it.kind == SessionKind.CORE }.sumOf { it.minutes - it.inElearning() }
    val other = counting.filter { it.kind == SessionKind.NON_CORE }
    val (specialty, general) = other.partition { it.isSpecialty }
        .let { (one, all) -> one.sumOf { it.minutes - it.inElearning() } to all.sumOf { it.minutes - it.inElearning() } }
    val others = general + atMost(specialty, figures.specialty, factor) + atMost(online, figures.elearning, factor)
    val counted = core + minOf(others, limit(figures.others, factor))
    val (left, coreLeft) = missing(figures.target, factor, counted) to missing(figures.core, factor, core.toDouble())
    val teaching = other.sumOf { it.minutes - it.inElearning() }
    return LogCount(
        done(counted), core, online, excluded.sumOf { it.minutes },
        isMet(figures.target, factor, left), isMet(figures.core, factor, coreLeft), left, coreLeft,
        nonCore = teaching, aboveLimits = core + teaching + online - done(counted),
    )
}

/** Minutes that count as e-learning, whatever the kind of the session is. */
private fun LearningSession.inElearning() =
    if (kind == SessionKind.ELEARNING) minutes else minOf(online ?: 0, minutes)

private fun limit(figure: Int, factor: Double) = if (figure == Int.MAX_VALUE) Double.MAX_VALUE else figure * factor

private fun atMost(minutes: Int, figure: Int, factor: Double) = minOf(minutes.toDouble(), limit(figure, factor))

/** What is asked for less what counts, both as they are shown; nothing once it is reached. */
private fun missing(figure: Int, factor: Double, there: Double) =
    if (figure * factor - there > TINY) whole(figure * factor) - done(there) else 0

private fun cap(figure: Int, factor: Double) = if (figure == Int.MAX_VALUE) figure else done(figure * factor)

/** Whole minutes of what is asked for: rounded up. */
private fun whole(minutes: Double) = ceil(minutes - TINY).toInt()

/** Whole minutes of what was done or counts at most: rounded down. */
private fun done(minutes: Double) = floor(minutes + TINY).toInt()

/** Whether what is asked is reached; nothing where nothing is asked. */
private fun isMet(figure: Int, factor: Double, left: Int) = if (figure * factor > 0) left == 0 else null

/** Whether it is reached in every year that asks for something. */
private fun List<LogCount>.isMet(inYear: (LogCount) -> Boolean?) =
    mapNotNull(inYear).takeIf { it.isNotEmpty() }?.all { it }

private fun List<LogCount>.sum() = LogCount(
    sumOf { it.counted }, sumOf { it.core }, sumOf { it.elearning }, sumOf { it.excluded },
    isMet { it.targetMet }, isMet { it.coreMet }, sumOf { it.left ?: 0 }, sumOf { it.coreLeft ?: 0 },
    sumOf { it.nonCore ?: 0 }, sumOf { it.aboveLimits ?: 0 },
)

private fun List<LogRule>.asked(): LogRule {
    val isCapped = any { it.elearningCap != Int.MAX_VALUE }
    return LogRule(sumOf { it.target }, sumOf { it.core }, if (isCapped) sumOf { it.elearningCap } else Int.MAX_VALUE)
}

/** Sessions that say the same of the same day as one before them, or went on while it did. */
private fun doubtful(sessions: List<SessionView>): List<ItemId> = sessions.filterIndexed { place, one ->
    sessions.take(place).any { before -> before.session.isSameAs(one.session) || before.session.overlaps(one.session) }
}.map { it.id }

internal fun LearningSession.isSameAs(other: LearningSession) =
    day(start) == day(other.start) && title.trim().equals(other.title.trim(), ignoreCase = true)

internal fun LearningSession.overlaps(other: LearningSession) =
    start < other.start.plusSeconds(60L * other.minutes) && other.start < start.plusSeconds(60L * minutes)

private val COUNTING = listOf(SessionKind.CORE, SessionKind.NON_CORE, SessionKind.ELEARNING)

/** What floating point may get wrong of a minute. */
private const val TINY = 1e-6
