package org.enhance.android

import java.security.KeyStore
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/**
 * The certificate authorities that this app trusts, each as DER bytes: those of the phone, or what
 * the app's network security configuration says instead. The core cannot read them by itself.
 */
internal fun authorities(): List<ByteArray> {
    val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
    factory.init(null as KeyStore?)
    return factory.trustManagers.filterIsInstance<X509TrustManager>()
        .flatMap { it.acceptedIssuers.asList() }
        .map { it.encoded }
}
