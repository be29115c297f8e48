package org.enhance.android

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Test
import org.w3c.dom.Element

/** Without what the manifest says, Android refuses the jobs on a real phone. */
class ManifestTest {
    private val manifest = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(File("src/main/AndroidManifest.xml")).documentElement

    private fun elements(tag: String) = manifest.getElementsByTagName(tag)
        .let { all -> List(all.length) { all.item(it) as Element } }

    @Test
    fun `the service of the jobs is Android's alone to start`() {
        val service = elements("service").single()
        assertEquals(SyncJob::class.java.name, service.getAttribute("android:name"))
        assertEquals("android.permission.BIND_JOB_SERVICE", service.getAttribute("android:permission"))
        assertEquals("false", service.getAttribute("android:exported"))
    }

    @Test
    fun `no more is asked of the phone than is used`() {
        val permissions = elements("uses-permission").map { it.getAttribute("android:name").substringAfterLast('.') }
        assertEquals(listOf("INTERNET", "ACCESS_NETWORK_STATE", "RECEIVE_BOOT_COMPLETED"), permissions)
    }
}
