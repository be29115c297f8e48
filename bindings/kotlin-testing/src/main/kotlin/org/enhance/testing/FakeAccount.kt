package org.enhance.testing

import java.time.Instant
import org.enhance.core.*

/** Whose phone this is, and which others this person has. Their server takes whatever it is asked. */
internal class FakeAccount(private val phone: FakePhone) : LearningCoreAccount {
    private val names = HashMap<DeviceId, String>()
    private val ended = HashSet<DeviceId>()

    override suspend fun account(): Account? = phone.asked { phone.account }

    override suspend fun people(): List<Person> = phone.asked { phone.people }

    /** Everybody there is, is known already. */
    override suspend fun addPerson(person: PersonId): Person = phone.asked(Topic.PEOPLE) {
        phone.me()
        phone.person(person)
    }

    override suspend fun enrol(server: String, invitation: String, deviceName: String): Enrolment =
        phone.asked(Topic.ACCOUNT) {
            if (phone.account != null) notAllowed("this device is enrolled already", "already_enrolled")
            val account = account(phone.people.first()).also { phone.account = it }
            Enrolment(account, RECOVERY_KEY)
        }

    override suspend fun setServer(address: String): Account = phone.asked(Topic.ACCOUNT) {
        phone.me()
        if ("://" !in address) refused(InputField.SERVER, "server: $address is no address")
        requireNotNull(phone.account).copy(server = address).also { phone.account = it }
    }

    override suspend fun inviteDevice(): String = phone.asked { "FAKE-0000".also { phone.me() } }

    /** Every phone in memory is the one that made it. */
    override suspend fun recoveryKey(): String? = phone.asked { RECOVERY_KEY.also { phone.me() } }

    override suspend fun useRecoveryKey(typed: String): Unit = phone.asked { phone.me() }

    override suspend fun devices(): List<OwnDevice> = phone.asked { own() }

    override suspend fun renameDevice(device: DeviceId, name: String): List<OwnDevice> =
        phone.asked(Topic.ACCOUNT) {
            if (name.isBlank() || name.trim().any { it.isISOControl() }) {
                refused(InputField.TITLE, "title: a device needs a name of letters on one line")
            }
            requireOwn(device)
            names[device] = name.trim()
            own()
        }

    override suspend fun signOutDevice(device: DeviceId): List<OwnDevice> = phone.asked(Topic.ACCOUNT) {
        phone.me()
        if (device == phone.account?.device) notAllowed("this is the device you are holding: sign out on it")
        requireOwn(device)
        ended += device
        own()
    }

    private fun requireOwn(device: DeviceId) {
        if (own().none { it.id == device }) throw unknown(device)
    }

    private fun unknown(device: DeviceId) =
        CoreException.Refused("not_found", "$device is no device of yours")

    private fun own(): List<OwnDevice> = (phone.me().devices - ended).map { id ->
        val name = names[id] ?: "${phone.me().name}'s phone"
        OwnDevice(id, name, joinedAt = Instant.EPOCH, lastSeen = phone.now(), isThis = id == phone.account?.device)
    }

    override suspend fun unsent(): Unsent = phone.asked { phone.unsent() }

    override suspend fun signOut(confirmation: String?): SignOutReport {
        phone.asked {
            val unsent = phone.unsent()
            if (unsent.confirmation != null && unsent.confirmation != confirmation) {
                throw CoreException.Unsent(unsent, "unsent", "some of it is on this device alone")
            }
        }
        phone.leave(CoreException.SignedOut("signed_out", "this device is signed out; enrol it with an invitation"))
        return SignOutReport(serverTold = true)
    }

    private companion object {
        const val RECOVERY_KEY = "FAKE-FAKE-FAKE-FAKE"
    }
}

/** What is on this phone alone. */
private fun FakePhone.unsent(): Unsent {
    val me = account?.person ?: return Unsent(0, 0, 0, 0, confirmation = null)
    val all = all<Kept<*>>()
    val documents = all.count { it.waiting(me) > 0 } + if (record().waiting > 0) 1 else 0
    val drafts = all.sumOf { it.drafts(me).size }
    val files = memory.files.values.count { it.owner == me.id && !it.isStored }
    val word = "fake-$documents-$drafts-$files".takeIf { documents + drafts + files > 0 }
    return Unsent(documents, drafts, files, refused = 0, confirmation = word)
}
