package org.enhance.testing

import java.time.Instant
import org.enhance.core.ActionItem
import org.enhance.core.Aim
import org.enhance.core.ChangeProject
import org.enhance.core.CommentEdit
import org.enhance.core.CommentView
import org.enhance.core.CycleDecision
import org.enhance.core.CycleItem
import org.enhance.core.CycleText
import org.enhance.core.DraftField
import org.enhance.core.ItemId
import org.enhance.core.MeasureItem
import org.enhance.core.Noun
import org.enhance.core.ObservationItem
import org.enhance.core.PdsaCycle
import org.enhance.core.ProjectComment
import org.enhance.core.ProjectEdit
import org.enhance.core.ProjectSection
import org.enhance.core.ProjectStatus
import org.enhance.core.Reflection
import org.enhance.core.ReflectionEdit
import org.enhance.core.TemplateVersion
import org.enhance.core.TextField

private val NO_AIM = Aim(sentence = "", direction = null, from = "", to = "", byDate = null)

private val NEW_CYCLE = PdsaCycle("", "", null, "", "", "", "", CycleDecision.UNDECIDED)

internal fun newReflection(
    title: String,
    template: String,
    version: TemplateVersion,
    promptedBy: String?,
    at: Instant,
) = Reflection(title, template, version, emptyMap(), emptyList(), promptedBy, at, emptyList())

internal fun newProject(title: String, topic: String, setting: String, at: Instant) = ChangeProject(
    title, topic, setting, ProjectStatus.IDEA, emptyMap(), NO_AIM, emptyList(), emptyList(), emptyList(),
    emptyList(), emptyList(), at,
)

internal fun Reflection.edited(edit: ReflectionEdit): Reflection = when (edit) {
    is ReflectionEdit.Title -> copy(title = edit.title)
    is ReflectionEdit.Answer -> copy(answers = answers + (edit.prompt to edit.text))
    is ReflectionEdit.AddTag -> copy(tags = (tags + edit.tag).distinct())
    is ReflectionEdit.RemoveTag -> copy(tags = tags - edit.tag)
}

internal fun ChangeProject.edited(edit: ProjectEdit): ChangeProject = when (edit) {
    is ProjectEdit.Title -> copy(title = edit.title)
    is ProjectEdit.Topic -> copy(topic = edit.topic)
    is ProjectEdit.Setting -> copy(setting = edit.setting)
    is ProjectEdit.Status -> copy(status = edit.status)
    is ProjectEdit.Section -> copy(sections = sections + (edit.section to edit.text))
    is ProjectEdit.Aim -> copy(aim = edit.aim)
    is ProjectEdit.Measure ->
        copy(measures = measures.filter { it.id != edit.id } + MeasureItem(edit.id, edit.measure))
    is ProjectEdit.Observe ->
        ObservationItem(edit.id, edit.observation)
            .let { new -> copy(observations = observations.filter { it.id != edit.id } + new) }
    is ProjectEdit.StartCycle -> copy(cycles = cycles + CycleItem(edit.id, NEW_CYCLE))
    is ProjectEdit.CycleText -> cycle(edit.id) { it.with(edit.which, edit.text) }
    is ProjectEdit.CycleScale -> cycle(edit.id) { it.copy(scale = edit.scale) }
    is ProjectEdit.Decide -> cycle(edit.id) { it.copy(decision = edit.decision) }
    is ProjectEdit.Action ->
        copy(actions = actions.filter { it.id != edit.id } + ActionItem(edit.id, edit.action))
    is ProjectEdit.AddTag -> copy(tags = (tags + edit.tag).distinct())
    is ProjectEdit.RemoveTag -> copy(tags = tags - edit.tag)
}

internal fun MutableList<CommentView>.change(edit: CommentEdit) {
    val (id, change) = when (edit) {
        is CommentEdit.Rewrite -> edit.id to { said: ProjectComment -> said.copy(body = edit.body) }
        is CommentEdit.Resolve -> edit.id to { said: ProjectComment -> said.copy(resolvedAt = edit.at) }
    }
    val place = indexOfFirst { it.id == id }
    if (place < 0) throw notFound(Noun.COMMENT, id.value)
    this[place] = this[place].run { copy(comment = change(comment)) }
}

/** What a draft will be when it is settled; none where a reflection has no such field. */
internal fun reflectionEdit(field: DraftField, text: String): ReflectionEdit? =
    (field as? DraftField.Answer)?.let { ReflectionEdit.Answer(it.v1, text) }

/** What a draft will be when it is settled; none where a project has no such field. */
internal fun projectEdit(field: DraftField, text: String): ProjectEdit? = when (field) {
    is DraftField.Answer -> null
    is DraftField.Section -> ProjectEdit.Section(field.v1, text)
    is DraftField.Cycle -> ProjectEdit.CycleText(field.v1, field.v2, text)
}

internal fun ChangeProject.text(field: TextField): String = when (field) {
    is TextField.Section -> sections[field.v1].orEmpty()
    is TextField.Cycle -> cycles.find { it.id == field.v1 }?.cycle?.text(field.v2).orEmpty()
    is TextField.AimSentence -> aim.sentence
    is TextField.Answer, is TextField.Comment -> ""
}

internal fun ChangeProject.texts(): List<String> =
    ProjectSection.entries.mapNotNull { sections[it] } + aim.sentence +
        cycles.flatMap { item -> CycleText.entries.map { item.cycle.text(it) } }

private fun ChangeProject.cycle(id: ItemId, edit: (PdsaCycle) -> PdsaCycle): ChangeProject =
    copy(cycles = cycles.map { if (it.id == id) it.copy(cycle = edit(it.cycle)) else it })

private fun PdsaCycle.with(which: CycleText, text: String): PdsaCycle = when (which) {
    CycleText.CHANGE_IDEA -> copy(changeIdea = text)
    CycleText.PREDICTION -> copy(prediction = text)
    CycleText.PLAN -> copy(plan = text)
    CycleText.DONE -> copy(done = text)
    CycleText.STUDIED -> copy(studied = text)
    CycleText.LEARNED -> copy(learned = text)
}

private fun PdsaCycle.text(which: CycleText): String = when (which) {
    CycleText.CHANGE_IDEA -> changeIdea
    CycleText.PREDICTION -> prediction
    CycleText.PLAN -> plan
    CycleText.DONE -> done
    CycleText.STUDIED -> studied
    CycleText.LEARNED -> learned
}
