package org.enhance.testing

import org.enhance.core.Hit
import org.enhance.core.HitTarget
import org.enhance.core.SnippetPiece

/** Where these words stand in a document, if they do. */
internal fun Kept<*>.hit(words: String): Hit? {
    val text = (texts() + title()).find { it.contains(words, ignoreCase = true) } ?: return null
    val start = text.indexOf(words, ignoreCase = true)
    val end = start + words.length
    val pieces = listOf(
        SnippetPiece(text.take(start), false), SnippetPiece(text.substring(start, end), true),
        SnippetPiece(text.drop(end), false),
    )
    return Hit(HitTarget.Document(id, kind), title(), pieces.filter { it.text.isNotEmpty() }, versions.last().at)
}

/** All these documents as one JSON text. */
internal fun exported(documents: List<Kept<*>>): String =
    documents.joinToString(",", "{\"documents\":[", "]}") { kept ->
        val texts = kept.texts().joinToString(",", "[", "]", transform = ::json)
        "{\"id\":${json(kept.id.value)},\"title\":${json(kept.title())},\"texts\":$texts}"
    }

private fun json(text: String): String = buildString {
    append('"')
    for (letter in text) {
        when {
            letter == '"' || letter == '\\' -> append('\\').append(letter)
            letter < ' ' -> append("\\u%04x".format(letter.code))
            else -> append(letter)
        }
    }
    append('"')
}
