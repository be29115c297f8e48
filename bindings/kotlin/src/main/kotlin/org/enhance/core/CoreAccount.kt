package org.enhance.core

/** [LearningCoreAccount] with the native library. */
internal class CoreAccount(
    private val calls: Calls,
    private val writing: Writing,
    private val watching: Watching,
) : LearningCoreAccount {
    override suspend fun account(): Account? = calls.local { account() }

    override suspend fun people(): List<Person> = calls.local { people() }

    override suspend fun addPerson(person: PersonId): Person = calls.long { addPerson(person, it) }

    override suspend fun enrol(server: String, invitation: String, deviceName: String): Enrolment =
        calls.long { enrol(server, invitation, deviceName, it) }

    override suspend fun setServer(address: String): Account = calls.long { setServer(address, it) }

    override suspend fun inviteDevice(): String = calls.long { inviteDevice(it) }

    override suspend fun recoveryKey(): String? = calls.local { recoveryKey() }

    override suspend fun useRecoveryKey(typed: String): Unit = calls.local { useRecoveryKey(typed) }

    override suspend fun devices(): List<OwnDevice> = calls.long { devices(it) }

    override suspend fun renameDevice(device: DeviceId, name: String): List<OwnDevice> =
        calls.long { renameDevice(device, name, it) }

    override suspend fun signOutDevice(device: DeviceId): List<OwnDevice> =
        calls.long { signOutDevice(device, it) }

    override suspend fun unsent(): Unsent {
        save()
        return calls.local { unsent() }
    }

    override suspend fun signOut(confirmation: String?): SignOutReport {
        save()
        return calls.long { signOut(confirmation, it) }.also { watching.ended() }
    }

    /** Makes durable what is being typed, so that it is counted. */
    private suspend fun save() {
        try {
            calls.local { writing.flush() }
        } catch (_: CoreException) {
            // The field says so itself; nobody is kept from signing out by it.
        }
    }
}
