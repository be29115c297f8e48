package org.enhance.core.harness

import java.io.File
import java.nio.file.Files
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.enhance.core.Account
import org.enhance.core.DocumentId
import org.enhance.core.Enrolment
import org.enhance.core.LearningCore
import org.enhance.core.Right
import org.enhance.core.Role
import org.enhance.testing.MemoryKeyStore
import org.enhance.testing.TestServer

/** Tells a story among people who have the server to themselves only if it says so. */
fun story(
    ownServer: Boolean = false,
    patience: Duration = 30.seconds,
    tell: suspend World.() -> Unit,
) {
    World(ownServer).use { world -> runBlocking { withTimeout(patience) { world.tell() } } }
}

/** For stories in which the server just does what it should. */
private val sharedServer: TestServer by lazy {
    val server = TestServer()
    Runtime.getRuntime().addShutdownHook(thread(start = false) { server.close() })
    server
}

/** A server and people's phones, gone when the story ends. */
class World(private val ownServer: Boolean = false) : AutoCloseable {
    private val folder = Files.createTempDirectory("enhance").toFile()
    private val phones = mutableListOf<Phone>()
    private val started = lazy { if (ownServer) TestServer(folder = File(folder, "server")) else sharedServer }

    /** The server; it runs from the first mention. */
    val server: TestServer by started

    /** A phone on which no person is enrolled, with its core open. */
    suspend fun phone(): Phone {
        val phone = Phone(File(folder, "phone-${phones.size}"))
        phones += phone
        phone.open()
        return phone
    }

    /** A person with their first phone. */
    suspend fun person(name: String, role: Role): Phone {
        val phone = phone()
        phone.enrolled = phone.core.enrol(server.url, server.invite(name, role), "$name's phone")
        return phone
    }

    suspend fun trainee(): Phone = person("Dr Ana Ruiz", Role.TRAINEE)

    suspend fun supervisor(): Phone = person("Dr Ben Okoro", Role.SUPERVISOR)

    /** What happens while no phone reaches the server. */
    suspend fun withoutASignal(what: suspend () -> Unit) {
        server.stop()
        what()
        server.start()
    }

    /** Invites others to a plan, one after the other, who accept, and has all of them hear of it. */
    suspend fun invite(owner: Phone, plan: DocumentId, right: Right, vararg others: Phone) {
        for (other in others) {
            val person = other.account.person.id
            if (owner.core.people().none { it.id == person }) owner.core.addPerson(person)
            owner.core.addMember(plan, person, right)
            settle(owner, other)
            other.core.acceptInvitation(plan)
            settle(owner, *others)
        }
        settle(owner, *others)
    }

    /** Syncs these until none has anything new for another. */
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
class Phone(val folder: File, val keys: MemoryKeyStore = MemoryKeyStore()) : AutoCloseable {
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

/** Waits until [done] says so. The story's time limits the patience. */
suspend fun until(done: suspend () -> Boolean) {
    while (!done()) delay(10.milliseconds)
}
