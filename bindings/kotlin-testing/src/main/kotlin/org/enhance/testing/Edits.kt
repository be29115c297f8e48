package org.enhance.testing

import java.time.Instant
import org.enhance.core.ChangeProject
import org.enhance.core.DraftField
import org.enhance.core.ProjectEdit
import org.enhance.core.ProjectSection
import org.enhance.core.Reflection
import org.enhance.core.ReflectionEdit
import org.enhance.core.TemplateVersion
import org.enhance.core.TextField
import org.enhance.core.edit
import org.enhance.core.itemTexts
import org.enhance.core.text

internal fun newReflection(
    title: String,
    template: String,
    version: TemplateVersion,
    promptedBy: String?,
    at: Instant,
) = Reflection(title, template, version, emptyMap(), emptyList(), promptedBy, at, emptyList())

internal fun Reflection.edited(edit: ReflectionEdit): Reflection = when (edit) {
    is ReflectionEdit.Title -> copy(title = edit.title)
    is ReflectionEdit.Answer -> copy(answers = answers + (edit.prompt to edit.text))
    is ReflectionEdit.AddTag -> copy(tags = (tags + edit.tag).distinct())
    is ReflectionEdit.RemoveTag -> copy(tags = tags - edit.tag)
}

/** What a draft will be when it is settled; none where a reflection has no such field. */
internal fun reflectionEdit(field: DraftField, text: String): ReflectionEdit? =
    (field as? DraftField.Answer)?.let { ReflectionEdit.Answer(it.v1, text) }

/** What a draft will be when it is settled; none where a project has no such field. */
internal fun projectEdit(field: DraftField, text: String): ProjectEdit? = when (field) {
    is DraftField.Answer -> null
    is DraftField.Section -> ProjectEdit.Section(field.v1, text)
    is DraftField.Item -> field.v1.edit(text)
}

internal fun ChangeProject.text(field: TextField): String = when (field) {
    is TextField.Section -> sections[field.v1].orEmpty()
    is TextField.Item -> text(field.v1).orEmpty()
    is TextField.AimSentence -> aim.sentence
    is TextField.Answer, is TextField.Comment -> ""
}

internal fun ChangeProject.texts(): List<String> =
    ProjectSection.entries.mapNotNull { sections[it] } + aim.sentence + itemTexts().values.flatten()
