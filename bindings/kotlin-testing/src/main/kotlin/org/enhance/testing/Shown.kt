package org.enhance.testing

import org.enhance.core.Hit
import org.enhance.core.HitTarget
import org.enhance.core.Person
import org.enhance.core.SnippetPiece

/** Where these words stand in a document as a reader has it, if they do. */
internal fun Kept<*>.hit(words: String, reader: Person): Hit? {
    val text = (texts(reader) + title()).find { it.contains(words, ignoreCase = true) } ?: return null
    val start = text.indexOf(words, ignoreCase = true)
    val end = start + words.length
    val pieces = listOf(
        SnippetPiece(text.take(start), false), SnippetPiece(text.substring(start, end), true),
        SnippetPiece(text.drop(end), false),
    )
    return Hit(HitTarget.Document(id, kind), title(), pieces.filter { it.text.isNotEmpty() }, versions.last().at)
}

/** A text as JSON has it. */
internal fun json(text: String): String = buildString {
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
