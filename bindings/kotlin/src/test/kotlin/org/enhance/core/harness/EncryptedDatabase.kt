package org.enhance.core.harness

import java.io.File
import java.io.RandomAccessFile
import java.math.BigInteger
import java.math.BigInteger.ONE
import java.nio.ByteBuffer
import java.nio.ByteOrder.LITTLE_ENDIAN
import javax.crypto.Cipher
import javax.crypto.spec.ChaCha20ParameterSpec
import javax.crypto.spec.SecretKeySpec

// The first page: the key's mark and what SQLite must know beforehand, what is encrypted, a nonce
// with a counter, and the tag over all that.
private const val PAGE = 4_096
private const val ENCRYPTED = 24
private const val NONCE = PAGE - 32
private const val COUNTER = PAGE - 20
private const val TAG = PAGE - 16

/** Where SQLite keeps `user_version` in the first page. */
private const val USER_VERSION = 60

private val PRIME = ONE.shiftLeft(130) - BigInteger.valueOf(5)
private val CLAMP = BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16)

/** Gives a closed database the number of a schema that only a newer app knows. */
fun raiseSchema(database: File, key: ByteArray, number: Int) {
    RandomAccessFile(database, "rw").use { file ->
        val page = ByteArray(PAGE).also(file::readFully)
        // The first page is number 1.
        val counter = ByteBuffer.wrap(page).order(LITTLE_ENDIAN).getInt(COUNTER) xor 1
        val keys = chacha20(key, page, counter, ByteArray(64))
        val (tagKey, pageKey) = keys.copyOfRange(0, 32) to keys.copyOfRange(32, 64)
        check(poly1305(tagKey, page).contentEquals(page.copyOfRange(TAG, PAGE))) { "not this key" }
        val plain = chacha20(pageKey, page, counter + 1, page.copyOfRange(ENCRYPTED, NONCE))
        ByteBuffer.wrap(plain).putInt(USER_VERSION - ENCRYPTED, number)
        chacha20(pageKey, page, counter + 1, plain).copyInto(page, ENCRYPTED)
        poly1305(tagKey, page).copyInto(page, TAG)
        file.seek(0)
        file.write(page)
    }
}

/** Encrypts and decrypts: both are the same. */
private fun chacha20(key: ByteArray, page: ByteArray, counter: Int, text: ByteArray): ByteArray {
    val nonce = ChaCha20ParameterSpec(page.copyOfRange(NONCE, COUNTER), counter)
    return Cipher.getInstance("ChaCha20").run {
        init(Cipher.ENCRYPT_MODE, SecretKeySpec(key, "ChaCha20"), nonce)
        doFinal(text)
    }
}

private fun poly1305(key: ByteArray, page: ByteArray): ByteArray {
    val factor = number(key.copyOfRange(0, 16)) and CLAMP
    val sum = page.copyOfRange(0, TAG).toList().chunked(16).fold(BigInteger.ZERO) { before, block ->
        (before + number(block.toByteArray() + 1)) * factor % PRIME
    }
    val tag = (sum + number(key.copyOfRange(16, 32))).toByteArray().reversedArray()
    return tag.copyOf(16)
}

private fun number(littleEndian: ByteArray) = BigInteger(1, littleEndian.reversedArray())
