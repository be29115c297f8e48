package org.enhance.testing

import java.time.temporal.ChronoUnit.DAYS
import org.enhance.core.CohortCopy
import org.enhance.core.CohortProject
import org.enhance.core.CohortTrainee
import org.enhance.core.Supervision
import org.enhance.core.SupervisorView

/** The trainees whose plans this person is a member of, or who shared copies with them. */
internal fun FakePhone.cohort(): List<CohortTrainee> {
    val me = me()
    val plans = all<KeptProject>().filter { it.owner.id != me.id }.groupBy { it.owner.id }
    val copies = all<KeptCopy>().filter { it.owner.id != me.id }.groupBy { it.owner.id }
    val trainees = (plans.keys + copies.keys).distinct().map(::person).sortedBy { it.name }
    return trainees.map { one ->
        CohortTrainee(
            one.id, one.name,
            plans[one.id].orEmpty().sortedBy { it.versions.last().at }.map(::glance),
            copies[one.id].orEmpty().map { CohortCopy(it.id, it.title(), it.content.sharedAt, it.seen(me)) },
        )
    }
}

private fun FakePhone.glance(plan: KeptProject): CohortProject {
    val (shown, last) = plan.content.shown to plan.versions.last().at
    val open = shown.actions.map { it.action }.filter { it.doneAt == null }
    val observed = shown.observations.map { it.observation.measure }
    return CohortProject(
        plan.id, plan.title(), shown.status, shown.progress, last, DAYS.between(day(last), today).toInt(),
        shown.measures.filter { it.id !in observed }.map { it.measure.name }, open.size,
        open.count { action -> action.due.let { it != null && it < today } },
    )
}

/** Who supervises this person: those of today, then those to come, then those of before. */
internal fun FakePhone.supervisors(): List<SupervisorView> {
    val record = recordIfAny().shown
    return record.supervisors.mapNotNull { (id, one) ->
        val placement = record.placements.find { it.id == one.placement }?.placement ?: return@mapNotNull null
        val person = people.find { it.id == one.person }
        val (name, role) = (person?.name ?: one.name) to one.role.name.lowercase().replace('_', ' ')
        val (supervision, note) = when {
            today < placement.start -> Supervision.FUTURE to "$name is your $role supervisor from ${placement.start}"
            placement.end < today -> Supervision.PAST to "$name was your $role supervisor until ${placement.end}"
            else -> Supervision.PRESENT to null
        }
        SupervisorView(
            id, person, name, one.role, one.part, one.placement, placement.organisation, placement.start,
            placement.end, supervision, note,
        )
    }.sortedWith(compareBy({ it.supervision }, { it.person == null }))
}
