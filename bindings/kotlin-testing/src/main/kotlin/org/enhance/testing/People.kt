package org.enhance.testing

import org.enhance.core.Account
import org.enhance.core.DeviceId
import org.enhance.core.Person
import org.enhance.core.PersonId
import org.enhance.core.PersonRole
import org.enhance.core.PrivateAccess
import org.enhance.core.Role

/** The trainee whose device a [FakeLearningCore] is, if no other is named. */
public val ANA: Person = person(1, "Dr Ana Ruiz", Role.TRAINEE)

/** A supervisor whom [ANA] can share with. */
public val BEN: Person = person(2, "Dr Ben Okoro", Role.SUPERVISOR)

/** An educational fellow whom [ANA] can share with. */
public val CARA: Person = person(3, "Cara Lind", Role.FELLOW)

private fun person(number: Int, name: String, role: Role) =
    Person(PersonId(uuid(number)), name, listOf(PersonRole(role, organisation = "")), listOf(DeviceId(uuid(number + 100))))

/** The text of an id that is made of a number. */
internal fun uuid(number: Int): String = "00000000-0000-0000-0000-%012d".format(number)

/** The account of a person on their first device. */
internal fun account(person: Person) =
    Account(person, person.devices.first(), "https://enhance.example.org", PrivateAccess.OPEN)
