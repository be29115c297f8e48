package org.enhance.testing

import org.enhance.core.*

// What edits name of the programme must be there. Before there is one, any key will do.

/** An activity of the programme. */
internal fun FakePhone.activity(key: String): LearningActivity =
    programme?.modules.orEmpty().flatMap { it.activities }.find { it.key == key } ?: throw notFound(Noun.ACTIVITY, key)

/** A module of the programme. */
internal fun FakePhone.module(key: String): ProgrammeModule =
    programme?.modules.orEmpty().find { it.key == key } ?: throw notFound(Noun.MODULE, key)

/** Refuses edits of a record that name something of the programme that is not there. */
internal fun FakePhone.refuseUnknownKeys(edits: List<RecordEdit>, after: PersonalRecord) {
    if (programme == null) return
    for (edit in edits) {
        when (edit) {
            is RecordEdit.Start -> activity(edit.activity)
            is RecordEdit.PdpGoal -> (edit.edit as? GoalEdit.Capabilities)?.let { refuseTags(it.v1) }
            is RecordEdit.Debrief -> (edit.edit as? DebriefEdit.Activity)?.let { talkedOver(it.v1) }
            is RecordEdit.LearningSession -> when (val written = edit.edit) {
                is SessionEdit.Activity -> written.v1?.let { activity(it) }
                is SessionEdit.Module -> written.v1?.let { module(it) }
                is SessionEdit.Themes -> refuseTags(written.v1)
                is SessionEdit.Part ->
                    refusePart(after.sessions.find { it.id == edit.id }?.session?.activity, written.v1)
                else -> Unit
            }
            else -> Unit
        }
    }
}

/** Refuses an activity that is nothing that is talked over. */
internal fun FakePhone.talkedOver(key: String) {
    if (activity(key).debrief == null) refuse("$key is nothing that is talked over: it has no debrief")
}

private fun FakePhone.refusePart(key: String?, part: String) {
    if (part.isEmpty()) return
    if (key == null) refuse("say of which activity \"$part\" is a part")
    val activity = programme?.modules.orEmpty().flatMap { it.activities }.find { it.key == key }
        ?: refuse("$key is no activity of the programme, and has no parts")
    if (activity.parts.any { it.key == part }) return
    val parts = activity.parts.joinToString { it.key }
    refuse(if (parts.isEmpty()) "$key has no parts" else "$key has no part \"$part\"; its parts are $parts")
}

/** Refuses a topic that is no domain of the programme. A plan may have none. */
internal fun FakePhone.refuseTopic(topic: String) {
    if (topic.isNotEmpty()) refuseTags(listOf(ProgrammeTag.Domain(topic)))
}

/** Refuses tags for domains and themes that nobody published. */
internal fun FakePhone.refuseTags(tags: List<ProgrammeTag>) {
    val known = programme ?: return
    for (tag in tags) {
        when (tag) {
            is ProgrammeTag.Domain -> oneOf("domain", tag.v1, known.domains.map { it.key })
            is ProgrammeTag.Theme -> oneOf("theme", tag.v1, known.themes.map { it.key })
            // Frameworks are not handed in with a programme.
            is ProgrammeTag.Capability -> Unit
        }
    }
}

private fun oneOf(what: String, key: String, known: List<String>) {
    if (known.isEmpty() || key in known) return
    refuse("\"$key\" is no $what of the programme; they are: ${known.joinToString()}")
}

/** Refuses what asks for no reflection: with a programme it is an activity or a pause point of it. */
internal fun FakePhone.refuseUnasked(key: String) {
    val known = programme ?: return
    val activities = known.modules.flatMap { it.activities }.map { it.key }
    val pauses = known.resources.flatMap { it.pausePoints }.map { it.key }
    if (key !in activities + pauses) {
        refused(InputField.KEY, "key: \"$key\" is no activity and no pause point of the programme")
    }
}

/** Refuses an edit of a reflection that is too long, or of what the programme does not have. */
internal fun FakePhone.refuse(edit: ReflectionEdit, reflection: Reflection): Unit = when (edit) {
    is ReflectionEdit.Title -> refuseLong(edit.title, isShort = true)
    is ReflectionEdit.AddTag -> refuseTags(listOf(edit.tag))
    is ReflectionEdit.RemoveTag -> Unit
    is ReflectionEdit.Answer -> {
        refuseUnaskedPrompt(reflection, edit.prompt)
        DraftField.Answer(edit.prompt).tooLong(edit.text, template(reflection.template))?.let { throw it } ?: Unit
    }
}

/** One of no known template asks what is written in it. */
private fun FakePhone.refuseUnaskedPrompt(reflection: Reflection, prompt: String) {
    val prompts = template(reflection.template)?.prompts.orEmpty().map { it.key }
    if (prompts.isEmpty() || prompt in prompts || prompt in reflection.answers) return
    val asked = "${reflection.template} asks nothing called \"$prompt\"; its prompts are: ${prompts.joinToString()}"
    refused(InputField.KEY, "key: $asked")
}
