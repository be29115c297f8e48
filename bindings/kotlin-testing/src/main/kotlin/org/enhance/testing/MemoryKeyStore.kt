package org.enhance.testing

import org.enhance.core.KeyAnswer
import org.enhance.core.KeyStore

/** Keeps the key of a database as long as it is in memory itself. */
public class MemoryKeyStore(public var key: ByteArray? = null) : KeyStore {
    /** What is answered instead of the key, if anything. */
    public var answer: KeyAnswer? = null

    override fun fetch(): KeyAnswer =
        answer ?: key?.let { KeyAnswer.Key(it.copyOf()) } ?: KeyAnswer.Missing

    override fun keep(key: ByteArray) {
        this.key = key.copyOf()
    }
}
