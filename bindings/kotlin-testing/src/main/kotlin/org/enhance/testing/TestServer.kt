package org.enhance.testing

import java.io.File
import java.io.OutputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.nio.file.Files
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.concurrent.thread
import org.enhance.core.PersonId
import org.enhance.core.Role

/**
 * The real server as a process of its own, on a free port of this machine, with a data folder that
 * is gone when this is closed.
 *
 * [program] is `enhance-server`, and [content] the folder of the programme that is published on it;
 * both come from the environment if they are not named, as `cargo xtask` sets it.
 */
public class TestServer(
    private val program: File = File(environment("ENHANCE_SERVER")),
    content: File? = File(environment("ENHANCE_CONTENT")),
    private val folder: File = Files.createTempDirectory("enhance-server").toFile(),
) : AutoCloseable {
    private val data = File(folder, "data").path
    private val settings = File(folder, "settings.toml").apply {
        parentFile.mkdirs()
        writeText("[limits]\nrequests_per_minute = 1000000\ntext_chars = $TEXT_CHARS\n")
    }
    private lateinit var process: Process

    /** Where it listens, and goes on listening when it is started again. */
    public lateinit var url: String
        private set

    init {
        listen("127.0.0.1:0")
        if (content != null) run("publish", "--data", data, content.path)
    }

    /** A code by which a person of this name joins. */
    public fun invite(name: String, role: Role = Role.TRAINEE): String {
        val named = role.name.lowercase()
        val said = run("invite", "--data", data, "--role", named, "--name", name, "--json")
        return Regex("\"invitation\": \"([^\"]+)\"").find(said)?.groupValues?.get(1) ?: error(said)
    }

    /** Says goodbye to a person: their roles end, and their devices are signed out. */
    public fun leaver(person: PersonId) {
        val exported = File(folder, "leaver-${person.value}").path
        run("leaver", "--data", data, person.value, "--yes", "--export-to", exported)
    }

    /** Ends the process. After that nothing listens there. */
    public fun stop() {
        process.destroy()
        check(process.waitFor(20, SECONDS)) { "the server did not stop" }
    }

    /** Starts it again after [stop], at the same [url]. */
    public fun start(): Unit = listen(URI(url).authority)

    /** Ends the process and puts in its place a listener that takes calls and never answers. */
    public fun stall(): StalledServer {
        stop()
        return StalledServer(URI(url).port)
    }

    override fun close() {
        process.destroyForcibly().waitFor()
        folder.deleteRecursively()
    }

    private fun listen(address: String) {
        val log = File(folder, "server.log")
        process = ProcessBuilder(
            program.path, "serve", "--data", data, "--listen", address, "--config", settings.path,
        ).redirectError(ProcessBuilder.Redirect.appendTo(log)).start()
        val line = process.inputStream.bufferedReader().readLine()
        url = line?.removePrefix("enhance-server ready at ") ?: error("no server:\n${log.readText()}")
    }

    private fun run(vararg arguments: String): String {
        val command = ProcessBuilder(program.path, *arguments).redirectErrorStream(true).start()
        val said = command.inputStream.bufferedReader().readText()
        check(command.waitFor() == 0) { "${arguments.first()}: $said" }
        return said
    }

    public companion object {
        /** Characters that a text may have on this server. */
        public const val TEXT_CHARS: Int = 40_000
    }
}

/** Takes calls in the place of a server and never answers. */
public class StalledServer internal constructor(port: Int) : AutoCloseable {
    private val socket = ServerSocket(port, 50, InetAddress.getLoopbackAddress())
    private val asked = Semaphore(0)
    private val hungUp = Semaphore(0)

    init {
        thread(isDaemon = true) {
            runCatching {
                while (true) {
                    val caller = socket.accept()
                    thread(isDaemon = true) { hear(caller) }
                }
            }
        }
    }

    /** Waits until a caller has asked something. */
    public fun awaitCall(): Unit = check(asked.tryAcquire(10, SECONDS)) { "no caller asked" }

    /** Waits until a caller that asked has given up. */
    public fun awaitHangUp(): Unit = check(hungUp.tryAcquire(10, SECONDS)) { "the caller still waits" }

    override fun close(): Unit = socket.close()

    private fun hear(caller: Socket) {
        if (caller.getInputStream().read() < 0) return
        asked.release()
        runCatching { caller.getInputStream().copyTo(OutputStream.nullOutputStream()) }
        hungUp.release()
    }
}

private fun environment(name: String): String = System.getenv(name)
    ?: error("$name is not set: name the program and the content, or run `cargo xtask kotlin`")
