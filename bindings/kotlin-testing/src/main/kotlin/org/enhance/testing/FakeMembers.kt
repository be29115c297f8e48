package org.enhance.testing

import org.enhance.core.CoreException
import org.enhance.core.InputField
import org.enhance.core.Member
import org.enhance.core.Noun
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.Right

/** Who takes part in a plan, whom its owner offers it to, and who took part once. */
internal class FakeMembers(owner: Person) {
    private val members = mutableListOf(Member(owner, Right.OWN, confirmed = true))
    private val former = mutableSetOf<PersonId>()

    /** Whom its owner offers it to. */
    var offeredTo: Person? = null
        private set

    val owner: Person get() = members.first { it.right == Right.OWN }.person

    /** All of them, the owner first. */
    val all: List<Member> get() = members.sortedByDescending { it.right == Right.OWN }

    fun rightOf(person: Person?): Right? = members.find { it.person.id == person?.id }?.right

    /** Whether this person took part, and does not any more. */
    fun hasLost(person: Person?): Boolean = former.any { it == person?.id }

    /** Refuses what a person has no right to. */
    fun require(person: Person, right: Right, what: String) {
        val mine = rightOf(person) ?: Right.READ
        if (mine >= right) return
        notAllowed("$what needs the right to ${right.name.lowercase()}; yours is ${mine.name.lowercase()}")
    }

    fun add(by: Person, person: Person, right: Right) {
        require(by, Right.OWN, "adding a member")
        if (person.id == by.id) refuse(InputField.PERSON, "that is you")
        if (right == Right.OWN) refuse(InputField.RIGHT, "a plan has one owner: offer it to a member, who accepts it")
        put(person, right)
    }

    fun remove(by: Person, person: Person) {
        require(by, Right.OWN, "removing a member")
        if (!isAnother(person)) throw notFound(Noun.MEMBER, person.id.value)
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
        take(by)
    }

    /** The server knows of all of them. */
    fun confirm(): Unit = members.replaceAll { it.copy(confirmed = true) }

    private fun isAnother(person: Person) = rightOf(person) != null && person.id != owner.id

    private fun put(person: Person, right: Right) {
        take(person)
        former -= person.id
        members += Member(person, right, confirmed = false)
    }

    private fun take(person: Person) {
        members.removeAll { it.person.id == person.id }
        former += person.id
        if (offeredTo?.id == person.id) offeredTo = null
    }

    private fun refuse(field: InputField, why: String): Nothing =
        throw CoreException.InvalidInput(field, "invalid_input", "${field.name.lowercase()}: $why")
}
