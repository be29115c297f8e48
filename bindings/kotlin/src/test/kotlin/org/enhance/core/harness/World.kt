package org.enhance.core.harness

import java.io.File
import java.nio.file.Files
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.enhance.core.Account
import org.enhance.core.Enrolment
import org.enhance.core.KeyAnswer
import org.enhance.core.KeyStore
import org.enhance.core.LearningCore

/** Tells a story among people who have the server to themselves only if it says so. */
fun story(ownServer: Boolean = false, tell: suspend World.() -> Unit) {
    World(ownServer).use { world -> runBlocking { withTimeout(30.seconds) { world.tell() } } }
}

/** A server and people's phones, gone when the story ends. */
class World(private val ownServer: Boolean = false) : AutoCloseable {
    private val folder = Files.createTempDirectory("enhance").toFile()
    private val phones = mutableListOf<Phone>()
    private val started = lazy { if (ownServer) TestServer(File(folder, "server")) else TestServer.shared }

    /** The server; it runs from the first mention. */
    val server: TestServer by started

    /** A phone on which nobody is enrolled, with its core open. */
    suspend fun phone(): Phone {
        val phone = Phone(File(folder, "phone-${phones.size}"))
        phones += phone
        phone.open()
        return phone
    }

    /** A person with their first phone. */
    suspend fun person(name: String, role: String): Phone {
        val phone = phone()
        phone.enrolled = phone.core.enrol(server.url, server.invite(name, role), "$name's phone")
        return phone
    }

    suspend fun trainee(): Phone = person("Dr Ana Ruiz", "trainee")

    suspend fun supervisor(): Phone = person("Dr Ben Okoro", "supervisor")

    /** Syncs these until nobody has anything new for anybody. */
    suspend fun settle(vararg phones: Phone) {
        repeat(20) {
            val reports = phones.map { it.core.sync() }
            if (reports.all { it.pushed == 0 && it.pulled == 0 && !it.more }) return
        }
        error("the phones never come to rest")
    }

    override fun close() {
        phones.forEach(Phone::close)
        if (ownServer && started.isInitialized()) server.close()
        folder.deleteRecursively()
    }
}

/** A folder, a place for its key, and the core that has it open. */
class Phone(val folder: File, val keys: MemoryKeys = MemoryKeys()) : AutoCloseable {
    lateinit var core: LearningCore
        private set

    lateinit var enrolled: Enrolment

    val account: Account get() = enrolled.account

    val database: File get() = File(folder, "enhance.db")

    /** Fetches the programme: templates for reflections, and everything there is to read. */
    suspend fun withProgramme(): Phone = also { core.updatePack("enhance") }

    suspend fun open(): LearningCore = LearningCore.open(folder, keys).also { core = it }

    suspend fun reopen(): LearningCore {
        core.close()
        return open()
    }

    override fun close() {
        if (::core.isInitialized) core.close()
    }
}

/** Keeps the key as long as the test runs. */
class MemoryKeys(var key: ByteArray? = null) : KeyStore {
    /** What is answered instead of the key, if anything. */
    var mood: KeyAnswer? = null

    override fun fetch(): KeyAnswer = mood ?: key?.let(KeyAnswer::Key) ?: KeyAnswer.Missing

    override fun keep(key: ByteArray) {
        this.key = key
    }
}

/** Waits until [done] says so. The story's time limits the patience. */
suspend fun until(done: suspend () -> Boolean) {
    while (!done()) delay(10.milliseconds)
}
