package org.enhance.core

/** The part of [LearningCoreApi] that is whose device this is, and which others this person has. */
public interface LearningCoreAccount {
    /** Whose device this is; none before enrolment. */
    public suspend fun account(): Account?

    /** Everybody on the programme this device has heard of. */
    public suspend fun people(): List<Person>

    /**
     * Asks the server for somebody who is not among the people known here, by the id of their account,
     * which they see on their own device. They are among the [people] from then on.
     */
    public suspend fun addPerson(person: PersonId): Person

    /**
     * Makes this device one of a person's, with the invitation they were given.
     *
     * Asked again with the same invitation it goes on where it stopped, and after it succeeded gives
     * the same answer.
     */
    public suspend fun enrol(server: String, invitation: String, deviceName: String): Enrolment

    /** Says that the server is at another address now; it is believed if the same server is there. */
    public suspend fun setServer(address: String): Account

    /** Makes an invitation for another device of the same person. */
    public suspend fun inviteDevice(): String

    /** The recovery key, on the device that made it: for a person who asks to see it once more. */
    public suspend fun recoveryKey(): String?

    /**
     * Opens the private documents of this person with the recovery key of their first device.
     *
     * Needs no network. Capitals, spaces and dashes do not matter, nor do O for 0 and I for 1.
     */
    public suspend fun useRecoveryKey(typed: String)

    /** The devices of this person that are not signed out, in the order in which they joined. */
    public suspend fun devices(): List<OwnDevice>

    /** Gives a device of this person another name, and says which devices there are then. */
    public suspend fun renameDevice(device: DeviceId, name: String): List<OwnDevice>

    /**
     * Ends another device of this person, and says which devices there are then. What is on it stays on
     * it.
     */
    public suspend fun signOutDevice(device: DeviceId): List<OwnDevice>

    /**
     * What is on this device alone and would be lost with it. What is being typed is made durable
     * before, and counted.
     */
    public suspend fun unsent(): Unsent

    /**
     * Signs this device out: tells the server, as far as it can be reached, and wipes everything here.
     * What is on this device alone has to be confirmed with the word that [unsent] gives, otherwise
     * [CoreException.Unsent] says what it is and nothing is done.
     *
     * Whoever still holds the core is answered with [CoreException.SignedOut] from then on, and what
     * watches ends with it. The key in the key store and the background work are the host's to take
     * away: on Android `Enhance.signOut` does all of it.
     */
    public suspend fun signOut(confirmation: String? = null): SignOutReport
}
