package org.enhance.core.harness

import java.io.File
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import java.nio.ByteOrder.LITTLE_ENDIAN
import javax.crypto.Cipher
import javax.crypto.Mac
import javax.crypto.spec.IvParameterSpec
import javax.crypto.spec.SecretKeySpec

// The first page of a SQLCipher 4 database: the salt, what is encrypted, its IV and its HMAC.
private const val PAGE = 4_096
private const val SALT = 16
private const val IV = PAGE - 80
private const val HMAC = PAGE - 64

/** Where SQLite keeps `user_version` in the first page. */
private const val USER_VERSION = 60

/** Gives a closed database the number of a schema that only a newer app knows. */
fun raiseSchema(database: File, key: ByteArray, number: Int) {
    RandomAccessFile(database, "rw").use { file ->
        val page = ByteArray(PAGE).also(file::readFully)
        val plain = crypt(Cipher.DECRYPT_MODE, key, page)
        ByteBuffer.wrap(plain).putInt(USER_VERSION - SALT, number)
        crypt(Cipher.ENCRYPT_MODE, key, page, plain).copyInto(page, SALT)
        hmac(macKey(key, page), page.copyOfRange(SALT, HMAC), pageNumber(1)).copyInto(page, HMAC)
        file.seek(0)
        file.write(page)
    }
}

private fun crypt(
    mode: Int,
    key: ByteArray,
    page: ByteArray,
    text: ByteArray = page.copyOfRange(SALT, IV),
): ByteArray = Cipher.getInstance("AES/CBC/NoPadding").run {
    init(mode, SecretKeySpec(key, "AES"), IvParameterSpec(page, IV, 16))
    doFinal(text)
}

/** PBKDF2 with two rounds. */
private fun macKey(key: ByteArray, page: ByteArray): ByteArray {
    val salt = ByteArray(SALT) { (page[it].toInt() xor 0x3a).toByte() }
    val first = hmac(key, salt, byteArrayOf(0, 0, 0, 1))
    val second = hmac(key, first)
    return ByteArray(32) { (first[it].toInt() xor second[it].toInt()).toByte() }
}

private fun hmac(key: ByteArray, vararg parts: ByteArray): ByteArray =
    Mac.getInstance("HmacSHA512").run {
        init(SecretKeySpec(key, "HmacSHA512"))
        parts.forEach(::update)
        doFinal()
    }

private fun pageNumber(number: Int): ByteArray =
    ByteBuffer.allocate(4).order(LITTLE_ENDIAN).putInt(number).array()
