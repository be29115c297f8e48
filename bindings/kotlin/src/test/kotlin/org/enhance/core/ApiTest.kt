package org.enhance.core

import kotlinx.coroutines.runBlocking
import org.enhance.core.harness.story
import org.enhance.testing.BEN
import org.enhance.testing.FakeLearningCore
import org.enhance.testing.TestServer
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/** What holds of [LearningCoreApi], whether the real core is behind it or the fake. */
class ApiTest {
    @TestFactory
    fun `of the real core`(): List<DynamicTest> = ALL.map { (name, holds) ->
        dynamicTest(name) {
            story {
                val (ana, ben) = trainee() to supervisor()
                settle(ana, ben)
                val atOnce: AtOnce = { plan, mine, theirs -> writeAtOnce(ana, ben, plan, mine to theirs) }
                val leave = suspend { server.leaver(ben.account.person.id) }
                val (other, meet) = ben.account.person.id to suspend { settle(ana, ben) }
                holds(Behaving(ana.core, ben.core, other, meet, atOnce, leave, TestServer.TEXT_CHARS))
            }
        }
    }

    @TestFactory
    fun `of the real core with the programme`(): List<DynamicTest> = WITH_THE_PROGRAMME.map { (name, holds) ->
        dynamicTest(name) {
            story {
                val (ana, ben) = trainee().withProgramme() to supervisor()
                settle(ana, ben)
                holds(Behaving(ana.core, ben.core, ben.account.person.id, { settle(ana, ben) }, { _, _, _ -> }))
            }
        }
    }

    @TestFactory
    fun `of the fake with the programme of the real core`(): List<DynamicTest> {
        var programme: Programme? = null
        story { programme = trainee().withProgramme().core.programme() }
        return WITH_THE_PROGRAMME.map { (name, holds) ->
            dynamicTest(name) {
                val core = FakeLearningCore(programme = programme)
                runBlocking { holds(Behaving(core, core.coreOf(BEN), BEN.id, { core.sync() }, { _, _, _ -> })) }
            }
        }
    }

    @TestFactory
    fun `of the fake`(): List<DynamicTest> = ALL.map { (name, holds) ->
        dynamicTest(name) {
            val core = FakeLearningCore()
            val bens = core.coreOf(BEN)
            val meet = suspend { listOf(core, bens).forEach { it.sync() } }
            val atOnce: AtOnce = { plan, mine, theirs -> core.writeAtOnce(plan, mine to theirs) }
            runBlocking { holds(Behaving(core, bens, BEN.id, meet, atOnce, { core.leaves(BEN.id) })) }
        }
    }
}

private val ALL: List<Pair<String, Behaviour>> get() =
    ALONE + PLANNING + TAKING_PART + JOINING + OWN_RECORD + SIGNING + REVIEWING + ATTACHED + TAKEN_ALONG + ANSWERING +
        WAITING + HANDING_OVER + EVIDENCED + TICKETED + REFUSED_ALIKE + FOUND

private val WITH_THE_PROGRAMME get() = ON_THE_PROGRAMME + REFUSED_WITH_THE_PROGRAMME
