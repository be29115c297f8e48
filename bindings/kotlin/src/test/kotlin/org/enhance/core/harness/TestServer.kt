package org.enhance.core.harness

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

/** Characters a text may have here. */
const val TEXT_CHARS = 40_000

/** A server as a real process with a data folder of its own, on which the programme is published. */
class TestServer(private val folder: File) : AutoCloseable {
    private val data = File(folder, "data").path
    private val settings = File(folder, "settings.toml").apply {
        parentFile.mkdirs()
        writeText("[limits]\nrequests_per_minute = 1000000\ntext_chars = $TEXT_CHARS\n")
    }
    private lateinit var process: Process

    /** Where it listens, and goes on listening when it is started again. */
    lateinit var url: String
        private set

    init {
        start("127.0.0.1:0")
        run("publish", "--data", data, environment("ENHANCE_CONTENT"))
    }

    /** A code by which a person of this name joins. */
    fun invite(name: String, role: String = "trainee"): String {
        val said = run("invite", "--data", data, "--role", role, "--name", name, "--json")
        return Regex("\"invitation\": \"([^\"]+)\"").find(said)?.groupValues?.get(1) ?: error(said)
    }

    /** Ends the process; nobody listens there any more. */
    fun stop() {
        process.destroy()
        check(process.waitFor(10, SECONDS)) { "the server did not stop" }
    }

    fun startAgain(): Unit = start(URI(url).authority)

    /** Has something else listen in the place of the server: it takes calls and never answers. */
    fun stall(): Stalled {
        stop()
        return Stalled(URI(url).port)
    }

    override fun close() {
        process.destroyForcibly().waitFor()
        folder.deleteRecursively()
    }

    private fun start(listen: String) {
        val log = File(folder, "server.log")
        process = ProcessBuilder(
            program, "serve", "--data", data, "--listen", listen, "--config", settings.path,
        ).redirectError(ProcessBuilder.Redirect.appendTo(log)).start()
        val line = process.inputStream.bufferedReader().readLine()
        url = line?.removePrefix("enhance-server ready at ") ?: error("no server:\n${log.readText()}")
    }

    private fun run(vararg arguments: String): String {
        val command = ProcessBuilder(program, *arguments).redirectErrorStream(true).start()
        val said = command.inputStream.bufferedReader().readText()
        check(command.waitFor() == 0) { "${arguments.first()}: $said" }
        return said
    }

    companion object {
        private val program = environment("ENHANCE_SERVER")

        /** For stories in which the server just does what it should. */
        val shared: TestServer by lazy {
            val server = TestServer(Files.createTempDirectory("enhance-server").toFile())
            Runtime.getRuntime().addShutdownHook(thread(start = false) { server.close() })
            server
        }
    }
}

/** Takes calls and never answers. */
class Stalled(port: Int) : AutoCloseable {
    private val socket = ServerSocket(port, 50, InetAddress.getLoopbackAddress())
    private val asked = Semaphore(0)
    private val hungUp = Semaphore(0)

    init {
        thread(isDaemon = true) {
            runCatching {
                while (true) {
                    val caller = socket.accept()
                    thread(isDaemon = true) { listen(caller) }
                }
            }
        }
    }

    /** Waits until somebody has asked something. */
    fun awaitCall(): Unit = check(asked.tryAcquire(10, SECONDS)) { "nobody asked" }

    /** Waits until whoever asked has given up. */
    fun awaitHangUp(): Unit = check(hungUp.tryAcquire(10, SECONDS)) { "somebody still waits" }

    override fun close(): Unit = socket.close()

    private fun listen(caller: Socket) {
        if (caller.getInputStream().read() < 0) return
        asked.release()
        runCatching { caller.getInputStream().copyTo(OutputStream.nullOutputStream()) }
        hungUp.release()
    }
}

fun environment(name: String): String =
    System.getenv(name) ?: error("$name is not set: run these tests with `cargo xtask test`")
