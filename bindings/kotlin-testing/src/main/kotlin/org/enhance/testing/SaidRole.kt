package org.enhance.testing

import java.time.Instant
import java.time.LocalDate
import org.enhance.core.PlacementSupervisor
import org.enhance.core.Role
import org.enhance.core.SupervisorRole
import org.enhance.core.TrainingPlacement

/** As what somebody signed, in words that never say a claim as a fact, and whether others say so too. */
internal class SaidRole(
    val inWords: String,
    val agrees: Boolean,
    /** Whether a placement of that day names them as what they say. */
    val isNamed: Boolean,
    /** Where a placement of that day names them; empty where none does. */
    val organisation: String,
)

/** What a placement names somebody as, from one day to another. */
private class NamedRole(val role: SupervisorRole, val placement: TrainingPlacement) {
    operator fun contains(day: LocalDate) = day in placement.start..placement.end
}

/** As what a sign-off was signed. Only its trainee can read what placements say of who signed. */
internal fun FakePhone.saidRole(signed: KeptSignOff): SaidRole = signed.content.run {
    saidRole(answer.role, by, signed.versions.first().at, isTrainee = signed.request.owner.id == me().id)
}

internal fun FakePhone.saidRole(said: SupervisorRole, by: Signer, moment: Instant, isTrainee: Boolean): SaidRole {
    val at = day(moment)
    val known = people.find { it.id == by.person && by.witnessed == null }?.roles.orEmpty().map { it.role }
    val placements = if (isTrainee) namesOf(by) else null
    val now = placements.orEmpty().filter { at in it }
    val isNamed = now.any { it.role == said }
    val organisation = now.maxByOrNull { it.role == said }?.placement?.organisation.orEmpty()
    fun role(inWords: String, agrees: Boolean) = SaidRole(inWords, agrees, isNamed, organisation)
    return when {
        isNamed -> role("${said.words}, as the placement names them", agrees = true)
        said.isOf(known) -> role("${said.words}, as the server knows them", agrees = true)
        else -> {
            val others = listOfNotNull(
                placements?.let { named(it, at) },
                "the server knows them as ${known.distinct().joinToString(" and ") { it.name.lowercase() }}"
                    .takeIf { now.isEmpty() && known.isNotEmpty() },
            )
            role((listOf("says of themselves: ${said.words}") + others).joinToString("; "), agrees = false)
        }
    }
}

/** Whether a placement of the trainee names them as a supervisor on the day of a moment. */
internal fun FakePhone.supervises(by: Signer, moment: Instant): Boolean =
    namesOf(by).any { day(moment) in it && it.role.supervises() }

internal fun SupervisorRole.supervises(): Boolean = this != SupervisorRole.PARTNER && this != SupervisorRole.ADMINISTRATOR

private fun FakePhone.namesOf(by: Signer): List<NamedRole> = record().shown.run {
    supervisors.map { it.supervisor }.filter { it.isOf(by) }.mapNotNull { one ->
        placements.find { it.id == one.placement }?.let { NamedRole(one.role, it.placement) }
    }
}

private fun PlacementSupervisor.isOf(by: Signer): Boolean =
    if (person != null && by.person != null) person == by.person else name.asCompared() == by.name.asCompared()

private fun named(placements: List<NamedRole>, at: LocalDate): String {
    val now = placements.filter { at in it }.map { it.role.words }.distinct().sorted()
    if (now.isNotEmpty()) return "the placement names them as ${now.joinToString(" and ")}"
    val nearest = placements.maxWithOrNull(compareBy({ it.placement.end < at }, { it.placement.end }))
        ?: return "no placement names them"
    val over = nearest.placement.end < at
    val whenever = if (over) "until ${nearest.placement.end}" else "from ${nearest.placement.start}"
    return "no placement of that day names them, but one did as ${nearest.role.words} $whenever"
}

/** Whether the server knows them so. Who supervises whom it does not know. */
private fun SupervisorRole.isOf(known: List<Role>): Boolean = when (this) {
    SupervisorRole.FELLOW -> Role.FELLOW in known
    SupervisorRole.PARTNER -> Role.PARTNER in known
    SupervisorRole.ADMINISTRATOR -> Role.ADMIN in known
    else -> false
}

private val SupervisorRole.words: String
    get() = when (this) {
        SupervisorRole.CLINICAL -> "clinical supervisor"
        SupervisorRole.EDUCATIONAL -> "educational supervisor"
        SupervisorRole.NAMED -> "named supervisor"
        SupervisorRole.FELLOW -> "fellow"
        SupervisorRole.PARTNER -> "partner"
        SupervisorRole.PROGRAMME_DIRECTOR -> "programme director"
        SupervisorRole.ADMINISTRATOR -> "administrator"
    }
