package org.enhance.testing

import java.time.Instant
import java.time.LocalDate
import java.time.format.DateTimeFormatter
import java.util.Locale
import org.enhance.core.*

/** What is known of what is given as evidence beside the record, which is the trainee's own word. */
internal class EvidenceStanding(
    private val deleted: Set<DocumentId> = emptySet(),
    /** Documents of which nothing is here. */
    private val missing: Set<DocumentId> = emptySet(),
    /** Copies that were shared, each with what it is a copy of: together they are one piece. */
    private val copies: Map<DocumentId, DocumentId> = emptyMap(),
    private val answers: Map<EvidenceSource, SupervisorAnswer> = emptyMap(),
) {
    fun isDeleted(source: EvidenceSource) = source is EvidenceSource.Document && source.v1 in deleted

    /** Whether this is a document that was deleted, or of which nothing is here. */
    fun isNotHere(source: EvidenceSource) = source is EvidenceSource.Document && source.v1 in deleted + missing

    fun piece(source: EvidenceSource): EvidenceSource =
        if (source is EvidenceSource.Document) EvidenceSource.Document(copies[source.v1] ?: source.v1) else source

    /** That a supervisor agreed is said by a sign-off; that they did not the trainee may say too. */
    fun agreement(link: EvidenceLink): EvidenceAgreement? =
        answers[link.evidence]?.counted() ?: link.agreement.takeIf { it == EvidenceAgreement.NOT_AGREED }

    /** Whether these links count as agreed to by witnessed sign-offs alone. */
    fun isWitnessed(links: List<EvidenceLink>): Boolean {
        val agreed = links.filter { agreement(it) == EvidenceAgreement.AGREED }
        return agreed.isNotEmpty() && agreed.all { answers[it.evidence]?.isWitnessed == true }
    }

    fun inWords(link: EvidenceLink, who: (PersonId) -> String): String {
        val answer = answers[link.evidence]
        if (answer != null) {
            val said = if (answer.agreement == EvidenceAgreement.AGREED) "signed" else "returned"
            val since = if (answer.isAsSigned) "" else "; changed since"
            val worth = if (answer.agreement == EvidenceAgreement.AGREED && !answer.isNamed) UNNAMED else ""
            return "$said by ${answer.by}, ${DAY.format(answer.on)}$since$worth"
        }
        val said = when (link.agreement) {
            null -> return ""
            EvidenceAgreement.AGREED -> "agreed"
            EvidenceAgreement.NOT_AGREED -> "did not agree"
        }
        return "the trainee says that ${link.agreedBy?.let(who) ?: "a supervisor"} $said; no sign-off says so"
    }
}

/** What a supervisor said of something that is given as evidence, by a sign-off of it. */
internal class SupervisorAnswer(
    val agreement: EvidenceAgreement,
    val by: String,
    val on: LocalDate,
    /** Whether a placement of that day names them as a supervisor of the trainee. */
    val isNamed: Boolean,
    val isAsSigned: Boolean,
    /** Whether it was given there and then on the trainee's own phone, which is said wherever it counts. */
    val isWitnessed: Boolean,
) {
    /** What it says of the evidence. Who supervises follows from placements. */
    fun counted(): EvidenceAgreement? = agreement.takeIf {
        isAsSigned && (isNamed || it == EvidenceAgreement.NOT_AGREED)
    }
}

/** How what this person gives as evidence stands; nothing is known while nobody is enrolled. */
internal fun FakePhone.standing(): EvidenceStanding {
    if (account == null) return EvidenceStanding()
    val record = record().shown
    val cited = record.evidence.mapNotNull { (it.link.evidence as? EvidenceSource.Document)?.v1 }
    val copies = all<KeptReflection>().flatMap { of -> of.content.copies.map { it.document to of.id } }
    val answers = LinkedHashMap<EvidenceSource, SupervisorAnswer>()
    // Of several the last one stands, of those first whom placements name.
    for (one in (signedHere() + signedBefore()).sortedWith(compareBy({ it.answer.isNamed }, { it.at }))) {
        record.sourcesOf(one.subject).forEach { answers[it] = one.answer }
    }
    val (deleted, others) = cited.partition { memory.isDeleted(it) }
    val here = all<Kept<*>>().map { it.id }.toSet()
    return EvidenceStanding(deleted.toSet(), others.toSet() - here, copies.toMap(), answers)
}

/** What a supervisor said by a sign-off, and of what. */
private class SaidOf(val subject: SignOffSubject, val at: Instant, val answer: SupervisorAnswer)

private fun FakePhone.signedHere(): List<SaidOf> = all<KeptRequest>().filter { it.owner.id == me().id }.flatMap { of ->
    val isAsSigned = changedSince(of) == ChangedSince.Unchanged
    val superseded = view(of).answers.filter { it.superseded }.map { it.id }
    answersTo(of).filter { it.id !in superseded }.mapNotNull { one ->
        said(of.subject, one.content.answer, one.content.by, one.versions.first().at to isAsSigned)
    }
}

/** What was read back from an export counts as it did there. */
private fun FakePhone.signedBefore(): List<SaidOf> = standingSigned().mapNotNull { one ->
    val subject = asItIsHere(one.subject)
    val isAsSigned = changedSince(subject, one.paper.text) == ChangedSince.Unchanged
    said(subject, one.answer, one.by, one.at to isAsSigned)
}

private fun FakePhone.said(
    subject: SignOffSubject,
    answer: SignOffAnswer,
    by: Signer,
    signed: Pair<Instant, Boolean>,
): SaidOf? {
    val (at, isAsSigned) = signed
    if (!answer.role.supervises()) return null
    val agreement =
        if (answer.decision == SignOffDecision.SIGNED) EvidenceAgreement.AGREED else EvidenceAgreement.NOT_AGREED
    val witnessed = if (by.witnessed == null) "" else ", $WITNESSED"
    val who = "${by.name}, ${saidRole(answer.role, by, at, isTrainee = true).inWords}$witnessed"
    return SaidOf(subject, at, SupervisorAnswer(agreement, who, day(at), supervises(by, at), isAsSigned, by.witnessed != null))
}

/** What of a record a sign-off is of, as evidence names it. */
private fun PersonalRecord.sourcesOf(subject: SignOffSubject): List<EvidenceSource> = when (subject) {
    is SignOffSubject.Sessions -> subject.ids.map { EvidenceSource.Item(it) }
    is SignOffSubject.Module ->
        modulesCompleted.filter { it.completion.module == subject.key }.map { EvidenceSource.Item(it.id) }
    else -> listOfNotNull(subject.document?.let { EvidenceSource.Document(it) })
}

/** Everything that is given as evidence, with what supervisors say of it. */
internal fun FakePhone.evidence(): List<EvidenceView> {
    val (record, standing) = recordIfAny().shown to standing()
    return record.evidence.map { (id, link) ->
        val source = link.evidence
        val said = standing.inWords(link) { person -> people.find { it.id == person }?.name ?: "somebody" }
        EvidenceView(id, link, shown(source, standing), !record.isThere(link, standing), said)
    }
}

private fun FakePhone.shown(source: EvidenceSource, standing: EvidenceStanding): String = when (source) {
    is EvidenceSource.Document -> {
        val kept = all<Kept<*>>().find { it.id == source.v1 }
        val kind = when (kept) {
            is KeptReflection -> "Reflection"
            is KeptCopy -> "Shared reflection"
            is KeptProject -> "Change project"
            else -> "Document"
        }
        when {
            kept != null -> if (kept.title().isBlank()) kind else "$kind: ${kept.title().trim()}"
            standing.isDeleted(source) -> "A document that was deleted"
            else -> "A document that is not on this device"
        }
    }
    is EvidenceSource.Item -> recordIfAny().shown.run {
        val noun = nouns()[source.v1]
        val aside = takenBack.find { it.id == source.v1 }?.thing
        val label = itemTexts()[source.v1].orEmpty().firstOrNull { it.isNotBlank() }.orEmpty()
        when {
            noun != null -> "${noun.words.capital()}: $label"
            aside != null -> "${aside.noun.words.capital()}: ${aside.label}, taken back"
            else -> "Something that is not in the record"
        }
    }
}

private fun String.capital() = replaceFirstChar { it.uppercase() }

/** What in a record is shown by something: evidence, completions and debriefs. */
internal fun PersonalRecord.shownBy(source: EvidenceSource): List<ItemId> =
    evidence.filter { it.link.evidence == source }.map { it.id } +
        modulesCompleted.filter { it.completion.evidence == source }.map { it.id } +
        activitiesCompleted.filter { it.completion.evidence == source }.map { it.id } +
        debriefs.filter { it.debrief.evidence == source }.map { it.id }

internal fun PersonalRecord.coverage(programme: Programme?, standing: EvidenceStanding): Coverage {
    val outcomes = programme?.modules.orEmpty().flatMap { it.outcomes }.distinctBy { it.key }
    val domains = programme?.domains.orEmpty().map { domain ->
        val ofDomain = outcomes.filter { it.domain == domain.key }
        val covers = ofDomain.map { cover(EvidenceStatement.Outcome(it.key), standing) }
        DomainCover(domain.key, domain.title, covers.map { it.cover }.together(), covers)
    }
    val known = domains.flatMap { it.outcomes }.map { it.statement }.toSet()
    val others = evidence.filter { isThere(it.link, standing) }.map { it.link.statement }.distinct()
        .filter { it !in known }
    val (capabilities, other) = others.partition { it is EvidenceStatement.Capability }
    return Coverage(domains, other.map { cover(it, standing) }, capabilities.map { cover(it, standing) })
}

/**
 * How well there is evidence for a statement. One piece that is linked twice counts once, and what
 * shows something that was taken back or deleted shows nothing.
 */
internal fun PersonalRecord.cover(statement: EvidenceStatement, standing: EvidenceStanding): StatementCover {
    val links = evidence.filter { it.link.statement == statement && isThere(it.link, standing) }
    val counting = links.filter { standing.agreement(it.link) != EvidenceAgreement.NOT_AGREED }
    val pieces = counting.map { standing.piece(it.link.evidence) }.distinct()
    val isAgreed = counting.any { standing.agreement(it.link) == EvidenceAgreement.AGREED }
    val cover = when {
        pieces.isEmpty() -> EvidenceCover.MISSING
        pieces.size >= 2 || isAgreed -> EvidenceCover.COVERED
        else -> EvidenceCover.THIN
    }
    val first = links.distinctBy { standing.piece(it.link.evidence) }.map { it.id }
    return StatementCover(statement, cover, first, standing.isWitnessed(links.map { it.link }))
}

private fun PersonalRecord.isThere(link: EvidenceLink, standing: EvidenceStanding): Boolean {
    val item = (link.evidence as? EvidenceSource.Item)?.v1
    return !standing.isNotHere(link.evidence) && (item == null || item in nouns())
}

private fun List<EvidenceCover>.together() = when {
    all { it == EvidenceCover.MISSING } -> EvidenceCover.MISSING
    all { it == EvidenceCover.COVERED } -> EvidenceCover.COVERED
    else -> EvidenceCover.THIN
}

/** What is said of a sign-off that was given there and then on the trainee's own phone. */
internal const val WITNESSED = "witnessed by the trainee, not signed with the signer's own key"

private const val UNNAMED = "; it covers nothing alone, since supervision follows from placements"

private val DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK)

/** A day as people read it: 5 August 2026. */
internal fun LocalDate.inWords(): String = DAY.format(this)
