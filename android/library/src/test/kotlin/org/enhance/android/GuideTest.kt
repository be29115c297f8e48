package org.enhance.android

import android.app.Activity
import android.app.Application
import android.content.Intent
import android.widget.EditText
import android.widget.ListView
import android.widget.TextView
import java.time.Instant
import java.time.LocalDate
import kotlinx.coroutines.flow.first
import org.enhance.core.CommentView
import org.enhance.core.CoreException
import org.enhance.core.DocumentId
import org.enhance.core.EvidenceCover
import org.enhance.core.LearningCore
import org.enhance.core.LearningCoreApi
import org.enhance.core.NewSession
import org.enhance.core.Noun
import org.enhance.core.ObservedValue
import org.enhance.core.PersonId
import org.enhance.core.ProjectEdit
import org.enhance.core.ProjectSection
import org.enhance.core.ReflectionEdit
import org.enhance.core.Right
import org.enhance.core.Role
import org.enhance.core.SessionKind
import org.enhance.core.Stage
import org.enhance.core.WitnessedSigner
import org.enhance.testing.BEN
import org.enhance.testing.FakeLearningCore
import org.enhance.testing.MemoryKeyStore
import org.enhance.testing.TestServer
import org.example.notes.Choice
import org.example.notes.NotesScreen
import org.example.notes.WriteScreen
import org.example.notes.acceptAll
import org.example.notes.answerAll
import org.example.notes.answerInvitations
import org.example.notes.askForSignature
import org.example.notes.attach
import org.example.notes.badge
import org.example.notes.beginFromPack
import org.example.notes.beginFromText
import org.example.notes.choices
import org.example.notes.correct
import org.example.notes.delete
import org.example.notes.disputed
import org.example.notes.fetchProgramme
import org.example.notes.filesSaid
import org.example.notes.giveAsEvidence
import org.example.notes.join
import org.example.notes.layOutSheet
import org.example.notes.measureFalls
import org.example.notes.moveTo
import org.example.notes.notePlacement
import org.example.notes.predict
import org.example.notes.read
import org.example.notes.returnAll
import org.example.notes.seeAll
import org.example.notes.share
import org.example.notes.signOut
import org.example.notes.signHere
import org.example.notes.standingOf
import org.example.notes.suggestWord
import org.example.notes.takeBack
import org.example.notes.tick
import org.example.notes.tour
import org.example.notes.untick
import org.example.notes.verdictOn
import org.example.notes.verdictOnReview
import org.example.notes.whatIsLeft
import org.example.notes.writePage
import org.example.notes.writeReview
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** Runs what GUIDE.md builds, with a person in front of it. */
@RunWith(RobolectricTestRunner::class)
class GuideTest {
    @get:Rule val keystore = TestKeystore()
    @get:Rule val running = ServerRule()
    private val server: TestServer get() = running.server
    private val application: Application = RuntimeEnvironment.getApplication()
    private val network = Network(application)
    private val enhance = Enhance.of(application)
    private lateinit var recoveryKey: String

    @Test
    fun `the list shows what was written offline, and sends it when there is a server again`() = phone {
        val id = begun("Night shift")
        server.stop()
        enhance.use { it.createReflection("quick-capture", "In the lift") }
        shown<NotesScreen> { notes ->
            eventually("both are listed") { notes.titles() == listOf("In the lift", "Night shift") }
            assertEquals("On this phone. Waiting to be sent.", notes.state())
            server.start()
            networkGoesAndReturns()
            eventually("both are sent") { notes.state() == "Everything is on the server." }
        }
        application.openedByAnother { assertEquals(Stage.STORED, it.status(id).stage) }
    }

    @Test
    fun `what another phone wrote appears in the list while it can be seen`() = phone {
        begun("Night shift")
        val invitation = enhance.use { it.inviteDevice() }
        shown<NotesScreen> { notes ->
            eventually("the first is listed") { notes.titles() == listOf("Night shift") }
            anotherPhone { other ->
                other.enrol(server.url, invitation, "Ana's tablet")
                other.useRecoveryKey(recoveryKey)
                fetchProgramme(other)
                assertEquals(listOf("Night shift"), other.reflections().map { it.title })
                other.createReflection("quick-capture", "On the tablet")
                other.sync()
            }
            networkGoesAndReturns()
            eventually("the second is listed") { notes.titles() == listOf("On the tablet", "Night shift") }
        }
    }

    @Test
    fun `a tap opens an entry`() = phone {
        val id = begun("Night shift")
        shown<NotesScreen> { notes ->
            eventually("it is listed") { notes.titles() == listOf("Night shift") }
            notes.find<ListView>().performItemClick(null, 0, 0)
            val next = shadowOf(notes).nextStartedActivity
            assertEquals(WriteScreen::class.java.name, next.component?.className)
            assertEquals(id.value, next.getStringExtra("id"))
        }
    }

    @Test
    fun `what was typed is there after the screen was left, and part of the entry`() = phone {
        val id = begun("Night shift")
        val intent = Intent().putExtra("id", id.value)
        shown<WriteScreen>(intent) { screen ->
            eventually("the question is asked") { !screen.find<EditText>().hint.isNullOrEmpty() }
            screen.find<EditText>().append("I was afraid.")
        }
        application.openedByAnother {
            val answers = it.reflection(id).reflection.answers
            assertEquals(mapOf("thought" to "I was afraid."), answers)
        }
        shown<WriteScreen>(intent) { screen ->
            eventually("it is shown") { screen.find<EditText>().text.toString() == "I was afraid." }
        }
    }

    @Test
    fun `the tour leads to what was written`() = phone {
        join(application, server.url, server.invite("Dr Ana Ruiz"))
        assertEquals("A night on call", enhance.use { tour(it) })
    }

    @Test
    fun `a plan is written over the real core and over the fake`() = phone {
        join(application, server.url, server.invite("Dr Ana Ruiz"))
        enhance.use { planned(it) }
        planned(FakeLearningCore())
    }

    private suspend fun planned(core: LearningCoreApi) {
        val plan = core.createProject("Falls on ward 7")
        val seen = measureFalls(core, plan, seen = 40)
        correct(core, plan, seen, seen = 4)
        predict(core, plan, "Nobody falls in bay 2.")
        val written = core.project(plan).project
        assertEquals(listOf(ObservedValue.Number(4_000)), written.observations.map { it.observation.value })
        assertEquals(listOf("Nobody falls in bay 2."), written.cycles.map { it.cycle.prediction })
        takeBack(core, plan, Noun.OBSERVATION, seen)
        assertEquals(listOf(seen), core.project(plan).project.takenBack.map { it.id })
        assertEquals(emptyList<String>(), disputed(core, plan, ProjectEdit.Topic("pcp")))
    }

    @Test
    fun `a plan is counted, said and printed over the real core and over the fake`() = phone {
        join(application, server.url, server.invite("Dr Ana Ruiz"))
        enhance.use { carriedOut(it) }
        carriedOut(FakeLearningCore())
    }

    private suspend fun carriedOut(core: LearningCoreApi) {
        val plan = core.createProject("Falls on ward 7")
        val sheet = layOutSheet(core, plan)
        tick(core, plan, sheet, met = true)
        tick(core, plan, sheet, met = false)
        tick(core, plan, sheet, met = true)
        assertEquals(ObservedValue.Ratio(1, 2), untick(core, plan, sheet, met = true))

        core.comment(plan, "Which ward?")
        val comment = core.project(plan).comments.single()
        val undo = takeBack(core, plan, comment)
        assertEquals(emptyList<CommentView>(), core.project(plan).comments)
        undo()
        assertEquals(listOf(comment), core.project(plan).comments)

        val file = application.cacheDir.resolve("plan.html")
        writePage(core, plan, file)
        assertEquals("This is what the plan says.", verdictOn(core, file))
        core.editProject(plan, null, listOf(ProjectEdit.Title("Falls at night")))
        assertEquals("The plan has been changed 1 times since.", verdictOn(core, file))
        val other = beginFromText(core, core.recipe(plan), "Ward 9")
        assertEquals("Falls on Ward 9", core.project(other).project.title)

        assertEquals(listOf(Choice.OFFER, Choice.DELETE), choices(core.project(plan), core.account()!!.person.id))
        delete(core, plan) { error("nobody else reads it") }
        assertEquals(listOf(other), core.projects().map { it.id })
    }

    @Test
    fun `a year is noted, signed and printed over the real core and over the fake`() = phone {
        join(application, server.url, server.invite("Dr Ana Ruiz"))
        anotherPhone { bens ->
            val ben = bens.enrol(server.url, server.invite("Dr Ben Okoro", Role.SUPERVISOR), "Ben's phone").account.person
            enhance.use { it.sync() }
            bens.sync()
            enhance.use { core -> trained(core, bens, ben.id) { listOf(core, bens, core).forEach { it.sync() } } }
        }
        val core = FakeLearningCore()
        val bens = core.coreOf(BEN)
        trained(core, bens, BEN.id) { listOf(core, bens).forEach { it.sync() } }
    }

    private suspend fun trained(core: LearningCoreApi, bens: LearningCoreApi, ben: PersonId, meet: suspend () -> Unit) {
        val today = LocalDate.now()
        notePlacement(core, start = today.minusDays(30))
        assertTrue(whatIsLeft(core, today), "minutes are left until" in whatIsLeft(core, today))
        val start = Instant.now().minusSeconds(7200)
        val session = core.addSession(NewSession("Teaching", null, null, start, minutes = 60, SessionKind.CORE))
        correct(core, session, minutes = 45)
        assertEquals(45, core.learningLog().count.core)
        val lee = WitnessedSigner("Dr Lee", person = null, knownBy = "consultant on this ward")
        assertEquals("Dr Lee signed it.", standingOf(core, signHere(core, listOf(session), lee)))

        val reflection = core.createReflection("quick-capture", "A home visit")
        val text = ReflectionEdit.Answer("thought", "Her NHS number is 943 476 5919.")
        core.editReflection(reflection, null, listOf(text))
        assertEquals(null, share(core, reflection, ben) { false })
        val shared = share(core, reflection, ben) { found -> found.any { it.text == "943 476 5919" } }
        assertEquals(listOf(shared), core.sharedByMe().map { it.id })
        val id = attach(core, reflection, application.cacheDir.resolve("page.pdf").apply { writeText(PDF) }) { true }
        meet()
        assertEquals("1 of 1 stored", filesSaid(core, reflection))
        assertTrue(read(core, reflection, checkNotNull(id)).isNotEmpty())
        giveAsEvidence(core, reflection, "foundation/fpc-9", "I asked what mattered.")
        assertEquals(EvidenceCover.THIN, core.coverage().capabilities.single().cover)

        val plan = core.createProject("Falls on ward 7")
        core.addMember(plan, ben, Right.COMMENT)
        meet()
        assertEquals(1, answerInvitations(bens) { it.title == "Falls on ward 7" })
        meet()
        core.editProject(plan, null, listOf(ProjectEdit.Section(ProjectSection.PROBLEM, "Patients fall.")))
        meet()
        bens.commentAt(plan, "problem", "Which ward?")
        suggestWord(bens, plan, "Patients", "Older people")
        meet()
        assertEquals(1, answerAll(core, plan, "Ward 7."))
        assertEquals(1, acceptAll(core, plan))
        assertEquals("Older people fall.", core.project(plan).project.sections[ProjectSection.PROBLEM])
        val request = askForSignature(core, plan, ben)
        assertEquals("Nobody has answered.", standingOf(core, request))
        meet()
        assertEquals(listOf("Falls on ward 7: It leaves the inbox when you sign it or return it."), seeAll(bens))
        returnAll(bens, "Which ward?")
        assertEquals(0, badge(bens).first())
        meet()
        assertEquals("Dr Ben Okoro: Which ward?", standingOf(core, request))

        val file = application.cacheDir.resolve("review.html")
        writeReview(core, today, file)
        assertEquals("This is what the record says.", verdictOnReview(core, file))
        assertEquals("Nobody altered it. More can be said on the trainee's own phone.", verdictOnReview(bens, file))
        assertEquals(1, moveTo(new = bens, old = core).reflections)
    }

    @Test
    fun `a plan is begun from a recipe of the programme`() = phone {
        join(application, server.url, server.invite("Dr Ana Ruiz"))
        enhance.use { core ->
            fetchProgramme(core)
            val plan = beginFromPack(core, "Ward 7") { titles -> titles.lastIndex }
            assertEquals(core.recipes().last().title, core.project(plan).project.title)
            assertTrue(core.project(plan).project.measures.isNotEmpty())
        }
    }

    @Test
    fun `who hands the phone back is asked about what nobody else has`() = phone {
        begun("Night shift")
        enhance.use { it.createReflection("quick-capture", "In the lift") }
        assertFalse(signOut(application) { unsent -> unsent.documents != 1 })
        assertEquals(2, enhance.use { it.reflections().size })
        keystore.mayDelete = true
        assertTrue(signOut(application) { true })
        assertEquals(null, enhance.use { it.account() })
    }

    @Test
    fun `a phone whose key is lost says so`() = phone {
        begun("Night shift")
        keystore.keys.clear()
        application.restarted()
        shown<NotesScreen> { notes ->
            eventually("the reason is shown") { notes.state().isNotEmpty() }
            assertTrue(notes.state(), "key" in notes.state())
        }
    }

    /** A person who has joined, with the programme and one reflection that was sent. */
    private suspend fun begun(title: String): DocumentId {
        val key = join(application, server.url, server.invite("Dr Ana Ruiz"))
        assertNotNull("no recovery key on the first phone", key)
        recoveryKey = checkNotNull(key)
        return enhance.use { core ->
            fetchProgramme(core)
            core.createReflection("quick-capture", title).also { core.sync() }
        }
    }

    private suspend fun networkGoesAndReturns() {
        network.isLost()
        eventually("the core to heed it") { enhance.use { it.syncState().nextAttempt == null } }
        network.becomes(*Network.FREE)
    }

    private suspend fun anotherPhone(work: suspend (LearningCore) -> Unit) {
        val folder = application.cacheDir.resolve("another")
        LearningCore.open(folder, MemoryKeyStore()).use { work(it) }
    }

    private suspend inline fun <reified A : Activity> shown(intent: Intent? = null, work: (A) -> Unit) {
        val screen: ActivityController<A> = Robolectric.buildActivity(A::class.java, intent).setup()
        work(screen.get())
        screen.pause().stop()
        eventually("the core is let go of") {
            runCatching { application.openedByAnother() }.exceptionOrNull() !is CoreException.Storage
        }
        screen.destroy()
    }

    private fun NotesScreen.titles(): List<String> {
        val rows = find<ListView>().adapter
        return (0 until rows.count).map { rows.getItem(it) as String }
    }

    private fun NotesScreen.state() = find<TextView>().text.toString()
}

/** A page without anything on it. */
private const val PDF = "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
