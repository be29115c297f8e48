package org.enhance.core

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue

/** What a trainee does who has the programme, whether the real core is behind it or the fake. */
internal val ON_THE_PROGRAMME: List<Pair<String, Behaviour>> = listOf(
    "an activity that asks for evidence is completed with it, or with a reason" to {
        val asking = activities().first { it.evidence == Evidence.REFLECTION }.key
        val refused = failing<CoreException.InvalidInput> { core.completeActivity(asking) }
        assertTrue("asks for a reflection: name it, or say why there is none" in refused.reason, refused.reason)
        core.startActivity(asking)
        core.completeActivityWith(asking, reason = "I talked it through with Dr Lee.")
        core.completeActivityWith(asking, reason = "I talked it through with Dr Lee.")
        failing<CoreException.InvalidInput> { core.completeActivityWith(asking, reason = "Again.") }
        val fact = core.personalRecord().activitiesCompleted.single().completion
        assertEquals(asking to "I talked it through with Dr Lee.", fact.activity to fact.reason)
        val module = core.modules().single { it.activitiesDone == 1 }
        val progress = core.module(module.key).activities.single { it.activity.key == asking }.progress
        assertNotNull(progress.startedAt)
        assertEquals(fact.at, progress.completedAt)
        failing<CoreException.NotFound> { core.completeActivityWith("never", reason = "None.") }
        failing<CoreException.NotFound> { core.startActivity("never") }
    },
    "a module is complete once, whatever becomes of its time" to {
        val module = core.modules().first()
        val view = core.module(module.key)
        for (one in view.activities.map { it.activity }.filter { it.required }) {
            core.completeActivityWith(one.key, reason = "I was there.")
        }
        assertTrue(core.modules().none { it.complete })
        val minutes = maxOf(module.minMinutes, 1)
        val spent = core.addSession(NewSession("All of it", null, module.key, PAST, minutes, SessionKind.CORE))
        val done = core.modules().first()
        assertTrue(done.complete)
        assertEquals(minutes, done.minutesDone)
        assertEquals(listOf(module.key), core.personalRecord().modulesCompleted.map { it.completion.module })
        core.removeSession(spent)
        assertEquals(done.completedAt to true, core.modules().first().run { completedAt to complete })
        val request = core.requestSignOff(SignOffSubject.Module(module.key), with = other)
        val asked = core.signOffRequest(request)
        assertTrue(module.title == asked.title && module.title in asked.text, asked.text)
        failing<CoreException.NotFound> { core.requestSignOff(SignOffSubject.Module("never")) }
        assertTrue(core.programmeMap().modules.single { it.key == module.key }.years.last().completed)
    },
    "the log is counted by the rule of the programme, part for part of full time" to {
        adds(POST.copy(wte = ObservedValue.Ratio(1, 2))::adding)
        val year = core.trainingYear(TODAY)
        assertEquals(LogRule(target = 1_800, core = 900, elearningCap = 180), core.logOf(year).rule)
        adds(session(daysAgo = 1, "Grand round")::adding)
        adds(session(daysAgo = 2, "Asthma").copy(kind = SessionKind.ELEARNING, minutes = 240)::adding)
        val theatre = session(daysAgo = 3, "Theatre").copy(kind = SessionKind.NON_CORE, minutes = 200)
        adds(theatre.copy(isSpecialty = true)::adding)
        adds(session(daysAgo = 4, "Fire safety").copy(kind = SessionKind.STATUTORY)::adding)
        val log = core.logOf(year)
        val expected = LogCount(
            counted = 60 + 180 + 150, core = 60, elearning = 240, excluded = 60, targetMet = false, coreMet = false,
            left = 1_800 - 390, coreLeft = 840, nonCore = 200, aboveLimits = 110,
        )
        assertEquals(expected, log.count)
        assertEquals(20, log.years.single().absenceLimit)
        assertEquals(year.to, log.years.single().by)
        val closes = year.to.minusDays(40)
        adds(EvidenceDeadline("Portfolio closes", at = closes)::adding)
        assertEquals(closes, core.logOf(year).years.single().by)
    },
    "an activity is talked over, before it and after it" to {
        val activity = activities().firstOrNull { it.debrief != null }?.key
        if (activity != null) {
            val id = core.answerDebrief(activity, DebriefAnswer(before = 3, after = null, reflection = null))
            assertEquals(id, core.answerDebrief(activity, DebriefAnswer(before = null, after = 8, reflection = null)))
            val debrief = core.personalRecord().debriefs.single().debrief
            assertEquals(3 to 8, debrief.confidenceBefore to debrief.confidenceAfter)
            failing<CoreException.InvalidInput> {
                core.answerDebrief(activity, DebriefAnswer(before = 11, after = null, reflection = null))
            }
        }
        failing<CoreException.NotFound> { core.answerDebrief("never", DebriefAnswer(null, null, null)) }
    },
    "time counts towards the module of its activity" to {
        val module = core.modules().first().key
        val activity = core.module(module).activities.first().activity.key
        core.addSession(NewSession("Reading", activity, null, PAST, minutes = 20, SessionKind.ELEARNING))
        assertEquals(listOf(module), core.learningLog().sessions.map { it.session.module })
        val never = NewSession("Reading", null, "never", PAST, minutes = 20, SessionKind.ELEARNING)
        assertEquals(Noun.MODULE, failing<CoreException.NotFound> { core.addSession(never) }.what)
        failing<CoreException.NotFound> { core.addSession(never.copy(activity = "never", module = null)) }
    },
    "evidence covers an outcome, and a domain as a whole" to {
        assertTrue(core.coverage().domains.all { it.cover == EvidenceCover.MISSING })
        val outcome = core.module(core.modules().first().key).outcomes.first()
        val shown = EvidenceSource.Item(adds(session(daysAgo = 1, "Grand round")::adding))
        adds(EvidenceLink(shown, EvidenceStatement.Outcome(outcome.key), "I led the round.")::adding)
        adds(EvidenceLink(shown, EvidenceStatement.Outcome("of-another-programme"), "It was the same.")::adding)
        val covered = core.coverage()
        assertEquals(EvidenceCover.THIN, covered.domains.single { it.key == outcome.domain }.cover)
        assertEquals(EvidenceStatement.Outcome("of-another-programme"), covered.otherOutcomes.single().statement)
        val rows = core.programmeMap().modules.flatMap { it.outcomes }.filter { it.cover == EvidenceCover.THIN }
        assertTrue(rows.all { it.statement == EvidenceStatement.Outcome(outcome.key) } && rows.isNotEmpty(), "$rows")
    },
)

private suspend fun Behaving.activities() =
    core.modules().flatMap { core.module(it.key).activities }.map { it.activity }

private val PAST: Instant = Instant.now().minusSeconds(86_400)
