package org.enhance.testing

import java.time.Duration
import java.time.Instant
import org.enhance.core.CoreException
import org.enhance.core.HandoverView
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

    /** Who accepted an invitation and has not fetched the plan yet. */
    private val toCome = mutableSetOf<PersonId>()

    /** Who wants nothing more from its owner. */
    private val unwelcoming = mutableSetOf<PersonId>()

    /** The offer of it that stands, or that was declined last. */
    var offer: FakeOffer? = null
        private set

    /** Whom its owner offers it to. */
    val offeredTo: Person? get() = standing()?.to

    val owner: Person get() = members.first { it.right == Right.OWN }.person

    /** All of them and those who are invited or gone, the owner first. */
    val all: List<Member> get() = members.sortedByDescending { it.right == Right.OWN }

    /** Those who can read it, the owner first. */
    val present: List<Member> get() = all.filter { it.standing == Standing.MEMBER }

    fun rightOf(person: Person?): Right? = present.find { it.person.id == person?.id }?.right

    /** Whether this person took part, and does not any more. */
    fun hasLost(person: Person?): Boolean = former.any { it == person?.id }

    /** Whether this person takes part, and the plan comes with their next sync. */
    fun isToCome(person: Person?): Boolean = toCome.any { it == person?.id }

    /** A person fetched what there is. */
    fun arrive(person: Person) {
        toCome -= person.id
    }

    /** The invitation of a person that they can answer, or that they declined for good. */
    fun invitationOf(person: Person): Pair<Member, InvitationStanding>? {
        val one = members.find { it.person.id == person.id } ?: return null
        return when {
            one.standing == Standing.INVITED -> one to InvitationStanding.WAITING
            person.id in unwelcoming -> one to InvitationStanding.DECLINED_FOR_GOOD
            else -> null
        }
    }

    /** Whether a person takes part, or is invited to do just this. */
    fun isAsked(person: PersonId, right: Right): Boolean {
        val one = members.find { it.person.id == person } ?: return false
        return one.standing == Standing.MEMBER || one.standing == Standing.INVITED && one.right == right
    }

    /** Whether anybody but this person reads it, or will once they accept an invitation. */
    fun othersRead(person: Person): Boolean = members.any {
        it.person.id != person.id && (it.standing == Standing.MEMBER || it.standing == Standing.INVITED)
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

    fun offer(by: Person, person: Person, keeps: Right, at: Instant) {
        require(by, Right.OWN, "handing a plan over")
        if (keeps == Right.OWN) {
            refuse(InputField.RIGHT, "a plan has one owner: who hands it over may read, comment or edit after that")
        }
        if (!isAnother(person)) throw notFound(Noun.MEMBER, person.id.value)
        offer = FakeOffer(person, owner, keeps, at)
    }

    fun withdraw(by: Person) {
        require(by, Right.OWN, "taking an offer of a plan back")
        if (offeredTo == null) notAllowed("this plan is offered to nobody")
        offer = null
    }

    fun accept(by: Person) {
        val offered = offeredTo(by)
        put(owner, offered.keeps)
        put(by, Right.OWN)
        offer = null
    }

    fun declineOffer(by: Person, at: Instant) {
        val offered = offeredTo(by)
        offer = FakeOffer(offered.to, offered.from, offered.keeps, at, isDeclined = true)
    }

    private fun offeredTo(by: Person): FakeOffer =
        standing()?.takeIf { it.to.id == by.id } ?: notAllowed("its owner does not offer you this plan")

    private fun standing(): FakeOffer? = offer?.takeIf { !it.isDeclined }

    /** Takes an offer back that stands: something else was said of the one it is made to. */
    private fun forgetOffer(person: Person) {
        if (offeredTo?.id == person.id) offer = null
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
        toCome += by.id
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
        forgetOffer(person)
    }

    private fun take(person: Person) {
        members.removeAll { it.person.id == person.id }
        forgetOffer(person)
    }

    private fun refuse(field: InputField, why: String): Nothing =
        throw CoreException.InvalidInput(field, "invalid_input", "${field.beforeReason()}$why")

    companion object {
        /** For how long an invitation waits. */
        val ANSWERED_WITHIN: Duration = Duration.ofDays(30)
    }
}

/** A plan that is offered to somebody, or was. */
internal class FakeOffer(
    val to: Person,
    val from: Person,
    /** What who owns it now may do once it is somebody else's. */
    val keeps: Right,
    /** When it was offered, or declined. */
    val since: Instant,
    val isDeclined: Boolean = false,
) {
    fun view() = HandoverView(to, from, byOrganisation = false, keeps, isDeclined)
}
