package org.enhance.testing

import java.time.Duration
import java.time.Instant
import org.enhance.core.CoreException
import org.enhance.core.InputField
import org.enhance.core.InvitationStanding
import org.enhance.core.Member
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.Right
import org.enhance.core.Standing

/** Who takes part in a plan, who is invited to it, whom its owner offers it to, and who took part once. */
internal class FakeMembers(owner: Person) {
    private val members =
        mutableListOf(Member(owner, Right.OWN, Standing.MEMBER, expiresAt = null, confirmed = true))
    private val former = mutableSetOf<PersonId>()

    /** Who wants nothing more from its owner. */
    private val unwelcoming = mutableSetOf<PersonId>()

    /** Whom its owner offers it to. */
    var offeredTo: Person? = null
        private set

    val owner: Person get() = members.first { it.right == Right.OWN }.person

    /** All of them and those who are invited or gone, the owner first. */
    val all: List<Member> get() = members.sortedByDescending { it.right == Right.OWN }

    /** Those who can read it, the owner first. */
    val present: List<Member> get() = all.filter { it.standing == Standing.MEMBER }

    fun rightOf(person: Person?): Right? = present.find { it.person.id == person?.id }?.right

    /** Whether this person took part, and does not any more. */
    fun hasLost(person: Person?): Boolean = former.any { it == person?.id }

    /** The invitation of a person that they can answer, or that they declined for good. */
    fun invitationOf(person: Person): Pair<Member, InvitationStanding>? {
        val one = members.find { it.person.id == person.id } ?: return null
        return when {
            one.standing == Standing.INVITED -> one to InvitationStanding.WAITING
            person.id in unwelcoming -> one to InvitationStanding.DECLINED_FOR_GOOD
            else -> null
        }
    }

    /** Refuses what a person has no right to. */
    fun require(person: Person, right: Right, what: String) {
        val mine = rightOf(person) ?: Right.READ
        if (mine >= right) return
        notAllowed("$what needs the right to ${right.name.lowercase()}; yours is ${mine.name.lowercase()}")
    }

    /** Invites a person, or gives a member another right. */
    fun add(by: Person, person: Person, right: Right, at: Instant) {
        require(by, Right.OWN, "adding a member")
        if (person.id == by.id) refuse(InputField.PERSON, "that is you")
        if (right == Right.OWN) refuse(InputField.RIGHT, "a plan has one owner: offer it to a member, who accepts it")
        if (person.id in unwelcoming) return
        if (rightOf(person) != null) put(person, right) else invite(person, right, at)
    }

    fun remove(by: Person, person: Person) {
        require(by, Right.OWN, "removing a member")
        val isInvited = members.any { it.person.id == person.id && it.standing == Standing.INVITED }
        if (!isAnother(person) && !isInvited) throw notFound(Noun.MEMBER, person.id.value)
        if (!isInvited) former += person.id
        take(person)
    }

    fun offer(by: Person, person: Person) {
        require(by, Right.OWN, "handing a plan over")
        if (!isAnother(person)) throw notFound(Noun.MEMBER, person.id.value)
        offeredTo = person
    }

    fun accept(by: Person) {
        if (offeredTo?.id != by.id) notAllowed("its owner does not offer you this plan")
        put(owner, Right.READ)
        put(by, Right.OWN)
    }

    fun leave(by: Person) {
        if (owner.id == by.id) notAllowed("its owner cannot leave a plan; hand it over first")
        former += by.id
        stand(by, Standing.LEFT)
    }

    /** Makes a member of who is invited. */
    fun join(by: Person, invited: Member) {
        if (by.id in unwelcoming) {
            notAllowed("you declined this for good; let them send to you again, and ask for another")
        }
        put(by, invited.right)
    }

    fun decline(by: Person, forGood: Boolean) {
        if (forGood) unwelcoming += by.id
        stand(by, Standing.DECLINED)
    }

    fun welcome(by: Person) {
        if (!unwelcoming.remove(by.id)) notAllowed("this invitation was not declined for good")
    }

    /** The server knows of all of them. */
    fun confirm(): Unit = members.replaceAll { it.copy(confirmed = true) }

    private fun isAnother(person: Person) = rightOf(person) != null && person.id != owner.id

    private fun invite(person: Person, right: Right, at: Instant) {
        take(person)
        members += Member(person, right, Standing.INVITED, at.plus(ANSWERED_WITHIN), confirmed = false)
    }

    private fun put(person: Person, right: Right) {
        take(person)
        former -= person.id
        members += Member(person, right, Standing.MEMBER, expiresAt = null, confirmed = false)
    }

    private fun stand(person: Person, standing: Standing) {
        members.replaceAll {
            if (it.person.id == person.id) it.copy(standing = standing, expiresAt = null) else it
        }
        if (offeredTo?.id == person.id) offeredTo = null
    }

    private fun take(person: Person) {
        members.removeAll { it.person.id == person.id }
        if (offeredTo?.id == person.id) offeredTo = null
    }

    private fun refuse(field: InputField, why: String): Nothing =
        throw CoreException.InvalidInput(field, "invalid_input", "${field.name.lowercase()}: $why")

    companion object {
        /** For how long an invitation waits. */
        val ANSWERED_WITHIN: Duration = Duration.ofDays(30)
    }
}
