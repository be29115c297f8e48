package org.enhance.android

import android.app.Application
import android.os.UserManager
import android.security.KeyStoreException as SystemKeyStoreException
import android.security.keystore.KeyPermanentlyInvalidatedException
import java.io.File
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import org.enhance.core.KeyAnswer
import org.enhance.core.KeyStoreException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class AndroidKeyStoreTest {
    @get:Rule val keystore = TestKeystore()
    private val application: Application = RuntimeEnvironment.getApplication()
    private val store get() = AndroidKeyStore(application)
    private val key = ByteArray(32) { it.toByte() }

    private fun files() = checkNotNull(application.noBackupFilesDir.listFiles()).sortedBy(File::getName)

    private fun fetched(): ByteArray = (store.fetch() as KeyAnswer.Key).bytes

    @Test
    fun `a key is found again after the app was started anew`() {
        assertSame(KeyAnswer.Missing, store.fetch())
        store.keep(key)
        assertArrayEquals(key, fetched())
    }

    @Test
    fun `what lies on the disk is not the key`() {
        store.keep(key)
        val file = files().single()
        assertTrue(file.path, file.path.contains("no_backup"))
        assertEquals(12 + 32 + 16, file.readBytes().size)
        assertFalse(file.readBytes().toList().windowed(8).any { it == key.toList().take(8) })
    }

    @Test
    fun `the wrapping key asks nobody to be there`() {
        store.keep(key)
        val spec = keystore.asked.single()
        assertFalse(spec.isUserAuthenticationRequired)
        assertFalse(spec.isUnlockedDeviceRequired)
        assertTrue(spec.isRandomizedEncryptionRequired)
        assertEquals(256, spec.keySize)
    }

    @Test
    fun `before the first unlock it is not known whether there is a key`() {
        store.keep(key)
        shadowOf(application.getSystemService(UserManager::class.java)).setUserUnlocked(false)
        assertSame(KeyAnswer.NotYet, store.fetch())
    }

    @Test
    fun `a key that the Keystore has lost or made unusable is invalidated`() {
        store.keep(key)
        for (lost in listOf(
            UnrecoverableKeyException("User changed or deleted their auth credentials"),
            UnrecoverableKeyException("Failed to obtain information about key").initCause(corrupted()) as Exception,
            KeyPermanentlyInvalidatedException(),
        )) {
            keystore.failure = lost
            assertSame(lost.toString(), KeyAnswer.Invalidated, store.fetch())
        }
        keystore.failure = null
        keystore.keys.clear()
        assertSame(KeyAnswer.Invalidated, store.fetch())
    }

    @Test
    fun `a Keystore that fails is asked again later`() {
        store.keep(key)
        for (passing in listOf(
            ProviderException("the Keystore is not up"),
            UnrecoverableKeyException("Failed to obtain information about key").initCause(busy()) as Exception,
            NullPointerException(),
        )) {
            keystore.failure = passing
            assertSame(passing.toString(), KeyAnswer.NotYet, store.fetch())
        }
        keystore.failure = null
        assertArrayEquals(key, fetched())
    }

    @Test
    fun `a file that was cut short or changed is no key, and not a missing one`() {
        store.keep(key)
        val file = files().single()
        val whole = file.readBytes()
        for (size in listOf(0, 1, 12, 59)) {
            file.writeBytes(whole.copyOf(size))
            assertSame("$size bytes", KeyAnswer.Invalidated, store.fetch())
        }
        file.writeBytes(whole.also { it[20] = (it[20] + 1).toByte() })
        assertSame(KeyAnswer.Invalidated, store.fetch())
    }

    @Test
    fun `a folder that cannot be read is not a missing key`() {
        store.keep(key)
        val folder = application.noBackupFilesDir
        val aside = File(folder.parentFile, "aside")
        assertTrue(folder.renameTo(aside) && folder.createNewFile())
        assertSame(KeyAnswer.NotYet, store.fetch())
        assertTrue(folder.delete() && aside.renameTo(folder))
        assertArrayEquals(key, fetched())
    }

    @Test
    fun `a new key leaves the one before where it is`() {
        val other = ByteArray(32) { 7 }
        store.keep(key)
        val before = files().single().readBytes()
        files().single().writeBytes(before.copyOf(30))
        store.keep(other)
        assertArrayEquals(other, fetched())
        assertEquals(2, files().size)
        assertEquals(2, keystore.keys.size)
        assertArrayEquals(before.copyOf(30), files().first().readBytes())
    }

    @Test
    fun `the tenth key counts before the ninth`() {
        repeat(10) { store.keep(ByteArray(32) { _ -> it.toByte() }) }
        assertEquals(9, fetched().first().toInt())
    }

    @Test
    fun `a key that cannot be kept is said to be`() {
        keystore.failureToMake = ProviderException("no room")
        val failure = assertThrows(KeyStoreException.NotKept::class.java) { store.keep(key) }
        assertTrue(failure.reason, failure.reason.contains("ProviderException"))
        keystore.failureToMake = null
        assertSame(KeyAnswer.Missing, store.fetch())
    }

    // The error codes of the Keystore service: a key blob it cannot read, and one of its own faults.
    private fun corrupted() = SystemKeyStoreException(8, "value corrupted")

    private fun busy() = SystemKeyStoreException(4, "system error")
}
