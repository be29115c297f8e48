package org.enhance.core

import java.nio.file.Files
import kotlinx.coroutines.runBlocking
import org.enhance.core.harness.Phone
import org.enhance.testing.TestServer

private const val CALLS = 10_000
private const val RECORDS = 1_000
private const val RUNS = 15

/** Prints what crossing from Kotlin to the core costs. */
fun main(): Unit = runBlocking {
    val folder = Files.createTempDirectory("enhance-figures").toFile()
    try {
        TestServer(folder = folder.resolve("server")).use { server ->
            Phone(folder.resolve("phone")).use { phone -> figures(phone, server) }
        }
    } finally {
        folder.deleteRecursively()
    }
}

private suspend fun figures(phone: Phone, server: TestServer) {
    val core = phone.open()
    core.enrol(server.url, server.invite("Dr Ana Ruiz"), "a phone")
    core.updatePack("enhance")
    repeat(RECORDS) { core.createReflection("quick-capture", "What I learned on day $it") }

    val call = median { repeat(CALLS) { core.newItemId() } } / CALLS
    println("a call from Kotlin: %.1f µs".format(call / 1e3))
    val page = median { check(core.reflections(limit = RECORDS).size == RECORDS) }
    val one = median { core.reflections(limit = 1) }
    println("a page of 1,000 reflections: %.1f ms (a page of one: %.2f ms)".format(page / 1e6, one / 1e6))
}

/** Nanoseconds that [work] takes: the median of several runs, after as many to warm up. */
private suspend fun median(work: suspend () -> Unit): Long {
    repeat(RUNS) { work() }
    val runs = List(RUNS) {
        val began = System.nanoTime()
        work()
        System.nanoTime() - began
    }
    return runs.sorted()[RUNS / 2]
}
