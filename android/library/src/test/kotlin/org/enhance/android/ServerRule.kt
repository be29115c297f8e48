package org.enhance.android

import org.enhance.testing.TestServer
import org.junit.rules.ExternalResource

/** A real server for each test of a class. */
class ServerRule : ExternalResource() {
    lateinit var server: TestServer
        private set

    override fun before() {
        server = TestServer()
    }

    override fun after(): Unit = server.close()
}
