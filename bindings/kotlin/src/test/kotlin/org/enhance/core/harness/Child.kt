package org.enhance.core.harness

import java.io.File
import java.util.concurrent.TimeUnit.SECONDS

/** Another process with this one's classes and library; it runs the `main` of a file of tests. */
class Child private constructor(val process: Process) {
    /** What it says, line by line, until it ends. */
    val lines: Sequence<String> = process.inputStream.bufferedReader().lineSequence()

    /** Ends it without asking. What it had said can still be read. */
    fun kill() {
        process.toHandle().destroyForcibly()
        process.waitFor()
    }

    fun awaitEnd(): Int {
        check(process.waitFor(30, SECONDS)) { "it does not end" }
        return process.exitValue()
    }

    companion object {
        fun start(main: String, vararg arguments: String): Child = run(java(main) + arguments)

        /** The same with a small disk of its own at [folder]. */
        fun startOnSmallDisk(folder: File, megabytes: Int, main: String, vararg arguments: String): Child {
            val mount = "mount -t tmpfs -o size=${megabytes}m enhance \"$0\" && exec \"$@\""
            return run(ownMounts + listOf("sh", "-c", mount, folder.path) + java(main) + arguments)
        }

        /** Whether this machine lets a process have mounts of its own. */
        val canMount: Boolean by lazy {
            val dry = ProcessBuilder(ownMounts + listOf("mount", "-t", "tmpfs", "enhance", "/mnt")).start()
            dry.waitFor() == 0
        }

        private val ownMounts = when (System.getProperty("user.name")) {
            "root" -> listOf("unshare", "--mount")
            else -> listOf("unshare", "--user", "--map-root-user", "--mount")
        }

        private fun run(command: List<String>): Child =
            Child(ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start())

        private fun java(main: String): List<String> = listOf(
            File(System.getProperty("java.home"), "bin/java").path,
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-cp", System.getProperty("java.class.path"),
            "-Djna.library.path=${System.getProperty("jna.library.path")}",
            "-Djna.tmpdir=${System.getProperty("jna.tmpdir")}",
            "org.enhance.core.$main",
        )
    }
}
