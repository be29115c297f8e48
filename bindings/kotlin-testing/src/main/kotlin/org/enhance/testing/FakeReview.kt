package org.enhance.testing

import java.io.File
import org.enhance.core.*

/** The page for an annual review, and what a person takes with them. */
internal class FakeReview(private val phone: FakePhone) : LearningCoreReview {
    private val memory = phone.memory

    /** A page that this fake, and those of others beside it, know again. */
    override suspend fun arcpHtml(days: DaysInARow): String = phone.asked {
        val (me, said) = phone.me() to phone.fields(days.inOrder())
        val body = said.joinToString("") { field -> "<h2>${field.field.escaped()}</h2><p>${field.text.escaped()}</p>" }
        val html = "<!DOCTYPE html><meta name=\"$MARK\" content=\"${me.id} ${days.from}..${days.to}\">" +
            "<title>Annual review of ${me.name.escaped()}</title>$body"
        html.also { memory.reviews[it] = ReviewPage(me.id, days, said, phone.changes()) }
    }

    override suspend fun arcpCsv(days: DaysInARow): String = phone.asked {
        val rows = phone.fields(days.inOrder()).flatMap { field -> field.text.lines().map { listOf(field.field, it) } }
        csv(listOf(listOf("part", "what")) + rows)
    }

    override suspend fun arcpJson(days: DaysInARow): String = phone.asked {
        val parts = phone.fields(days.inOrder()).joinToString(",") { "${json(it.field)}:${json(it.text)}" }
        "{\"from\":\"${days.from}\",\"to\":\"${days.to}\",\"trainee\":${json(phone.me().name)},$parts}"
    }

    override suspend fun arcpForm(days: DaysInARow): List<FormField> = phone.asked { phone.fields(days.inOrder()) }

    override suspend fun verifyArcp(html: String): ArcpVerdict = phone.asked {
        if (MARK !in html) refused(InputField.PAGE, "page: this is no page for an annual review")
        val page = memory.reviews[html]
        when {
            page == null -> ArcpVerdict.Altered
            page.trainee != phone.me().id -> ArcpVerdict.Unaltered(NotCompared.OF_SOMEBODY_ELSE)
            page.said == phone.fields(page.days) -> ArcpVerdict.Agrees(renamed = emptyList())
            else -> ArcpVerdict.Outdated(phone.changes() - page.changes, renamed = emptyList())
        }
    }

    /** A file that this fake, and those of others beside it, read back. */
    override suspend fun export(): String = phone.asked {
        val (me, all) = phone.me() to phone.all<Kept<*>>()
        val documents = all.joinToString(",", "[", "]") { kept ->
            val texts = kept.texts(me).joinToString(",", "[", "]", transform = ::json)
            "{\"id\":${json(kept.id.value)},\"title\":${json(kept.title())},\"texts\":$texts}"
        }
        val record = phone.record().shown.itemTexts().values.joinToString(",", "[", "]") { json(it.joinToString(" ")) }
        val text = "{\"format\":\"$FORMAT\",\"documents\":$documents,\"personal_record\":$record}"
        text.also { memory.exports[it] = phone.exported() }
    }

    override suspend fun exportCsv(): String = phone.asked {
        val record = phone.record().shown
        val nouns = record.nouns()
        csv(listOf(listOf("kind", "what")) + record.itemTexts().map { (id, texts) ->
            listOf(nouns[id]?.words.orEmpty(), texts.filter { it.isNotEmpty() }.joinToString(" "))
        })
    }

    override suspend fun exportReflections(): String = phone.asked {
        val body = phone.all<KeptReflection>().joinToString("") { kept ->
            val texts = kept.texts(phone.me()).joinToString("") { "<p>${it.escaped()}</p>" }
            "<h2>${kept.title().escaped()}</h2>$texts"
        }
        "<!DOCTYPE html><title>Reflections of ${phone.me().name.escaped()}</title>$body"
    }

    override suspend fun importExport(json: String): ImportReport =
        phone.asked(Topic.DOCUMENTS) { phone.read(exported(json)) }

    override suspend fun exportSizes(): ExportSizes = phone.asked { phone.exportSizes() }

    override suspend fun exportWithFiles(folder: File, fetch: Boolean, onProgress: OnProgress): ExportWithFiles {
        val (words, page, record) = Triple(export(), exportReflections(), exportCsv())
        val export = phone.asked {
            val files = phone.writeFiles(folder, fetch)
            // With other files it is another text.
            val json = words.dropLast(1) + ",\"files\":[${files.joinToString(",") { json(it.id.value) }}]}"
            memory.exports[json] = phone.exported().with(files)
            ExportWithFiles(json, page, record, files)
        }
        onProgress(export.files.filter { it.path != null }.sumOf { it.bytes }.let { SyncProgress.Copied(it, it) })
        return export
    }

    override suspend fun checkImport(json: String, beside: File, onProgress: OnProgress): ImportCheck =
        phone.asked { exported(json).let { phone.check(it, phone.find(it.files, beside)) } }

    override suspend fun importWithFiles(json: String, beside: File, onProgress: OnProgress): ImportReport =
        phone.asked(Topic.DOCUMENTS) {
            val file = exported(json)
            val (read, found) = phone.read(file) to phone.find(file.files, beside)
            phone.attach(found)
            read.copy(files = found.new.size, filesAlreadyHere = found.alreadyHere, filesNotRead = found.notRead)
        }

    private fun exported(json: String): Exported {
        if (FORMAT !in json) refused(InputField.EXPORT, "export: this is no export of Enhance")
        return memory.exports[json] ?: refused(InputField.EXPORT, "export: it is damaged, or another core made it")
    }

    private companion object {
        const val MARK = "enhance-arcp"
        const val FORMAT = "enhance export"
    }
}

/** What a page for a review was made of. */
internal class ReviewPage(val trainee: PersonId, val days: DaysInARow, val said: List<FormField>, val changes: Int)

/** The parts of a page for a review, and what each says. Only what the person wrote to be shown is in it. */
private fun FakePhone.fields(days: DaysInARow): List<FormField> {
    val (record, log) = record().shown to log(days)
    val posts = record.placements.filter { it.placement.start <= days.to && it.placement.end >= days.from }
    val supervisors = record.supervisors.filter { one -> posts.any { it.id == one.supervisor.placement } }
        .map { one -> "${called(one.supervisor)} (${one.supervisor.role.name.lowercase()})" }
    return listOf(
        FormField("Placements", (posts.sortedBy { it.placement.start }.map { it.placement.said() } + supervisors).lined()),
        FormField("Learning log", log.count.run { "$counted min counted, $core of them core; ${left ?: 0} left to do" }),
        FormField("Modules", record.modulesCompleted.map { it.completion.module }.lined()),
        FormField("Evidence", record.evidence.map { said(it.link) }.lined()),
        FormField("Goals", record.goals.map { "${it.goal.text} (${it.goal.status.name.lowercase()})" }.lined()),
        FormField("Certificates", record.certificates.map { it.certificate.run { "$title, ${expires ?: "does not run out"}" } }.lined()),
        FormField("Projects", all<KeptProject>().map { "${it.title()} (${it.state()})" }.sorted().lined()),
        FormField("Sign-offs", all<KeptRequest>().filter { it.owner.id == me().id }.flatMap(::signatures).lined()),
    )
}

private fun List<String>.lined() = joinToString("\n").ifEmpty { "none" }

private fun TrainingPlacement.said() =
    "$organisation, $grade, $start to $end" + wte?.let { ", ${it.amount} of full time" }.orEmpty()

private fun FakePhone.said(link: EvidenceLink): String {
    val what = when (val source = link.evidence) {
        is EvidenceSource.Document -> all<Kept<*>>().find { it.id == source.v1 }?.title() ?: "something not here"
        is EvidenceSource.Item -> record().shown.itemTexts()[source.v1]?.firstOrNull { it.isNotEmpty() } ?: "something taken back"
    }
    val statement = when (val of = link.statement) {
        is EvidenceStatement.Capability -> of.v1
        is EvidenceStatement.Outcome -> of.v1
    }
    return "$statement: $what. ${link.justification}"
}

private fun FakePhone.signatures(request: KeptRequest): List<String> {
    val counting = view(request).answers.filter { !it.superseded && it.decision == SignOffDecision.SIGNED }
    val since = if (changedSince(request) == ChangedSince.Unchanged) "as it was then" else "changed since"
    return counting.map { "${request.title()}: ${it.signer}, ${it.role.name.lowercase()}, $since" }
}

private fun FakePhone.called(one: PlacementSupervisor) =
    one.name.ifEmpty { people.find { it.id == one.person }?.name ?: "somebody" }

/** How many changes were made to all that a page is made of. */
private fun FakePhone.changes(): Int {
    val linked = record().shown.evidence.mapNotNull { (it.link.evidence as? EvidenceSource.Document)?.v1 }
    val documents = all<Kept<*>>().filter { it is KeptProject || it is KeptSignOff || it.id in linked }
    return record().changes + documents.sumOf { it.versions.size }
}

private fun String.escaped() = replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")

internal fun csv(rows: List<List<String>>): String =
    rows.joinToString("\r\n", postfix = "\r\n") { row -> row.joinToString(",") { "\"${it.replace("\"", "\"\"")}\"" } }
