package org.enhance.android

import android.content.Context
import android.os.Build
import android.os.UserManager
import android.security.KeyStoreException.ERROR_KEY_CORRUPTED
import android.security.KeyStoreException.ERROR_KEY_DOES_NOT_EXIST
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.Log
import java.io.IOException
import java.security.KeyStore.getInstance
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import org.enhance.core.KeyAnswer
import org.enhance.core.KeyStore
import org.enhance.core.KeyStoreException

/**
 * Keeps the key of the database: wrapped by a key of Android's Keystore, which cannot be taken
 * out of the phone, in a file that no backup takes.
 *
 * The key is not bound to a fingerprint or a screen lock, since work in the background needs it and
 * a changed screen lock would destroy it; an app that wants to be unlocked asks for that itself.
 *
 * Nothing is deleted or written over until the person signs out: each key that is kept gets a number,
 * and the highest counts. A database that was set aside can so be opened as long as the phone has its
 * key.
 *
 * The tests run this over a stand-in for Android's Keystore; how the real one says that a key is
 * gone was read in its source and not seen on a phone.
 */
public class AndroidKeyStore(context: Context) : KeyStore {
    private val users: UserManager = context.service()
    private val wrapped: WrappedKeys by lazy { WrappedKeys(context.noBackupFilesDir) }

    /**
     * The key; or `NotYet` until the phone was unlocked and while the Keystore fails, `Missing`
     * where none was ever kept, `Invalidated` where one was and cannot be had any more.
     */
    override fun fetch(): KeyAnswer {
        if (!users.isUserUnlocked) return KeyAnswer.NotYet
        return try {
            when (val number = wrapped.highest()) {
                null -> KeyAnswer.Missing
                else -> unwrap(wrapped.read(number))?.let(KeyAnswer::Key) ?: KeyAnswer.Invalidated
            }
        } catch (failure: Exception) {
            // The Keystore throws much that it does not declare. A fault taken for a lost key could
            // cost a person their work; one taken for a locked phone costs another attempt.
            Log.w(TAG, "The Keystore does not hand out the key: ${failure.javaClass.name}")
            if (failure.isForGood()) KeyAnswer.Invalidated else KeyAnswer.NotYet
        }
    }

    /** Keeps a new key, which counts from now on. */
    override fun keep(key: ByteArray) {
        try {
            val number = (wrapped.highest() ?: 0) + 1
            val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, newKey(number)) }
            wrapped.write(WrappedKey(number, cipher.iv, cipher.doFinal(key)))
        } catch (failure: Exception) {
            Log.w(TAG, "The Keystore does not keep the key: ${failure.javaClass.name}")
            throw KeyStoreException.NotKept("The phone could not keep the key (${failure.javaClass.simpleName}).")
        }
    }

    /** Takes every key away for good: the person has signed out. */
    internal fun forget() {
        try {
            val store = getInstance(KEYSTORE).apply { load(null) }
            for (number in wrapped.all()) {
                // Without what it is wrapped by, what is left of it on the disk opens nothing.
                store.deleteEntry(alias(number))
                wrapped.delete(number)
            }
        } catch (failure: Exception) {
            Log.w(TAG, "The Keystore does not let go of the key: ${failure.javaClass.name}")
        }
    }

    private fun unwrap(key: WrappedKey): ByteArray? {
        val store = getInstance(KEYSTORE).apply { load(null) }
        val wrapping = store.getKey(alias(key.number), null) ?: return null
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, wrapping, GCMParameterSpec(TAG_BITS, key.iv))
        return cipher.doFinal(key.sealed)
    }

    private fun newKey(number: Int): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val parameters = KeyGenParameterSpec.Builder(alias(number), purposes)
            .setKeySize(KEY_BITS)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEYSTORE)
            .apply { init(parameters) }
            .generateKey()
    }

    private companion object {
        const val KEYSTORE = "AndroidKeyStore"
        const val CIPHER = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val TAG_BITS = 128

        fun alias(number: Int) = "enhance-database-$number"
    }
}

private fun Exception.isForGood(): Boolean = when (this) {
    is KeyPermanentlyInvalidatedException, is AEADBadTagException, is WrappedKeys.CutShort -> true
    // Without a cause this is how Android's own provider passes on that the key was invalidated;
    // with one it may be a Keystore that is busy or not up yet.
    is UnrecoverableKeyException -> cause == null || keystoreHasLostIt()
    is IOException -> false
    else -> keystoreHasLostIt()
}

private fun Throwable.keystoreHasLostIt(): Boolean =
    Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU &&
        generateSequence(this) { it.cause }
            .filterIsInstance<android.security.KeyStoreException>()
            .any { it.numericErrorCode == ERROR_KEY_CORRUPTED || it.numericErrorCode == ERROR_KEY_DOES_NOT_EXIST }
