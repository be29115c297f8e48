package org.enhance.android

import java.io.File
import java.net.ServerSocket
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import org.junit.rules.ExternalResource

/** A real server: its data and its process, both gone when the test ends. */
class TestServer : ExternalResource() {
    private val folder: File = Files.createTempDirectory("enhance-server").toFile()
    private var process: Process? = null
    private var port = 0

    /** Where it is, whether it runs or not. */
    val url: String get() = "http://127.0.0.1:$port"

    override fun before() {
        File(folder, "settings.toml").writeText("[limits]\nrequests_per_minute = 1000000\n")
        run("publish", env("ENHANCE_CONTENT"))
        start()
    }

    override fun after() {
        stop()
        folder.deleteRecursively()
    }

    /** Starts the process, on the same port as before. */
    fun start() {
        val settings = File(folder, "settings.toml").path
        val started = command("serve", "--listen", "127.0.0.1:$port", "--config", settings).start()
        process = started
        val ready = started.inputStream.bufferedReader().readLine()
        val address = ready?.substringAfter("ready at http://127.0.0.1:", "")
        port = checkNotNull(address?.toIntOrNull()) { "not ready: $ready" }
    }

    /** Ends the process; the phone then finds nobody there. */
    fun stop() {
        process?.run {
            destroy()
            check(waitFor(20, TimeUnit.SECONDS)) { "the server does not end" }
        }
        process = null
    }

    /** Ends the process and puts in its place one that takes calls and never answers. */
    fun stall(): ServerSocket {
        stop()
        return ServerSocket(port)
    }

    /** Invites somebody and returns the code. */
    fun invite(name: String, role: String = "trainee"): String {
        val said = run("invite", "--role", role, "--name", name, "--json")
        return checkNotNull(Regex("\"invitation\": \"([^\"]+)\"").find(said)) { said }.groupValues[1]
    }

    private fun run(verb: String, vararg arguments: String): String {
        val process = command(verb, *arguments).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { "$verb: $said" }
        return said
    }

    private fun command(verb: String, vararg arguments: String): ProcessBuilder =
        ProcessBuilder(env("ENHANCE_SERVER"), verb, "--data", File(folder, "data").path, *arguments)
            .redirectError(ProcessBuilder.Redirect.appendTo(File(folder, "server.log")))

    private fun env(name: String) = checkNotNull(System.getenv(name)) { "$name is not set" }
}
