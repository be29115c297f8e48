package org.enhance.testing

import org.enhance.core.DocumentId
import org.enhance.core.FindingCount
import org.enhance.core.FindingKind
import org.enhance.core.ItemId
import org.enhance.core.PersonId
import org.enhance.core.Sha256
import org.enhance.core.SharedCopy
import org.enhance.core.SharedReflection
import org.enhance.core.SharingCheck
import org.enhance.core.TextPlace

/** Gives a person a copy of a reflection as it stands, unless something has to be acknowledged first. */
internal fun FakePhone.share(
    id: DocumentId,
    with: PersonId,
    acknowledged: Sha256?,
    files: List<ItemId> = emptyList(),
): KeptCopy {
    val (kept, other) = here<KeptReflection>(id) to other(with)
    memory.settle(kept, me())
    checkWithFiles(id, files).requireAcknowledged(acknowledged)
    val (copy, text) = KeptCopy(memory.newId(), me(), other) to kept.content
    memory.write(
        copy,
        SharedReflection(text.title, text.template, text.templateVersion, text.answers, text.tags, now()),
        me(),
    )
    memory.write(kept, text.copy(copies = text.copies + SharedCopy(copy.id, with, now())), me())
    return copy
}

/** Each file is asked about, since nobody looks through a picture; its name is looked through. */
internal fun FakePhone.checkWithFiles(id: DocumentId, files: List<ItemId>): SharingCheck {
    val names = files.mapNotNull { memory.files[it]?.kept?.name }
    val check = check(id, names.map { TextPlace.FileName(it) to it })
    if (files.isEmpty()) return check
    val unseen = FindingCount(FindingKind.UNSEEN_FILE, files.size)
    val word = Sha256(sha256("${check.acknowledgement} ${files.joinToString(" ")}"))
    return check.copy(probable = check.probable + unseen, acknowledgement = word)
}
