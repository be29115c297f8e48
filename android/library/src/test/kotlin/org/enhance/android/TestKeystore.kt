package org.enhance.android

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec
import org.junit.rules.ExternalResource

/** Stands in for the phone's Keystore, which Robolectric does not have: under its name, as far as it is used. */
class TestKeystore : ExternalResource() {
    /** The keys by their alias. */
    val keys = mutableMapOf<String, SecretKey>()

    /** What the keys were asked to be. */
    val asked = mutableListOf<KeyGenParameterSpec>()

    /** What is thrown when a key is asked for. */
    var failure: Exception? = null

    /** What is thrown when one is made. */
    var failureToMake: Exception? = null

    /** Whether a key may be taken away. Only who signs out does that. */
    var mayDelete = false

    private val provider = object : Provider("AndroidKeyStore", "1.0", "the Keystore of a test") {
        init {
            putService(Made("KeyStore", "AndroidKeyStore") { Store() })
            putService(Made("KeyGenerator", "AES") { Generator() })
        }

        inner class Made(type: String, algorithm: String, private val make: () -> Any) :
            Service(this, type, algorithm, "", null, null) {
            override fun newInstance(parameter: Any?): Any = make()
        }
    }

    override fun before() {
        Security.addProvider(provider)
    }

    override fun after() = Security.removeProvider(provider.name)

    private inner class Generator : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = parameters as KeyGenParameterSpec
        }

        override fun engineGenerateKey(): SecretKey {
            failureToMake?.let { throw it }
            asked += spec
            val key = SecretKeySpec(SecureRandom().generateSeed(spec.keySize / 8), "AES")
            return key.also { keys[spec.keystoreAlias] = it }
        }

        override fun engineInit(random: SecureRandom?) = error("without parameters")

        override fun engineInit(size: Int, random: SecureRandom?) = error("without parameters")
    }

    private inner class Store : KeyStoreSpi() {
        override fun engineLoad(from: InputStream?, password: CharArray?) = Unit

        override fun engineGetKey(alias: String, password: CharArray?): Key? {
            failure?.let { throw it }
            return keys[alias]
        }

        override fun engineContainsAlias(alias: String) = alias in keys

        override fun engineIsKeyEntry(alias: String) = alias in keys

        override fun engineSize() = keys.size

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(keys.keys)

        override fun engineDeleteEntry(alias: String) {
            check(mayDelete) { "a key is deleted" }
            keys -= alias
        }

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineSetKeyEntry(a: String, key: Key, p: CharArray?, c: Array<Certificate>?) = error("put in")

        override fun engineSetKeyEntry(a: String, key: ByteArray, c: Array<Certificate>?) = error("put in")

        override fun engineSetCertificateEntry(a: String, c: Certificate) = error("put in")

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificateAlias(certificate: Certificate): String? = null

        override fun engineStore(to: OutputStream, password: CharArray?) = error("taken out")
    }
}
