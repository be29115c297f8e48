/// What an app asks of the account: whose device this is, whom they know, and which other devices
/// they have.
public protocol AccountProtocol: Actor {
  /// Whose device this is; none before enrolment.
  func account() throws -> Account?

  /// Everybody on the programme this device has heard of.
  func people() throws -> [Person]

  /// Asks the server for somebody who is not among the people known here, by the id of their
  /// account, which they see on their own device. They are among them from then on.
  @discardableResult
  func addPerson(_ person: PersonId) async throws -> Person

  /// The recovery key, on the device that made it: for a person who asks to see it once more.
  func recoveryKey() throws -> String?

  /// Opens the private documents of this person with the recovery key of their first device.
  ///
  /// Needs no network. Capitals, spaces and dashes do not matter, nor do O for 0 and I for 1.
  func useRecoveryKey(_ typed: String) throws

  /// Makes this device one of a person's, with the invitation they were given.
  ///
  /// On a person's first device the answer has the recovery key, once. It is to be written down:
  /// only the person has it. Asked again with the same invitation it goes on where it stopped, and
  /// after it succeeded gives the same answer.
  func enrol(server: String, invitation: String, deviceName: String) async throws -> Enrolment

  /// Says that the server is at another address now; it is believed if the same server is there.
  @discardableResult
  func setServer(_ address: String) async throws -> Account

  /// Makes an invitation for another device of the same person.
  func inviteDevice() async throws -> String

  /// The devices of this person that are not signed out, in the order in which they joined.
  func devices() async throws -> [OwnDevice]

  /// Gives a device of this person another name, and says which devices there are then.
  @discardableResult
  func renameDevice(_ device: DeviceId, to name: String) async throws -> [OwnDevice]

  /// Ends another device of this person, and says which devices there are then. What is on the
  /// device stays on it.
  @discardableResult
  func signOutDevice(_ device: DeviceId) async throws -> [OwnDevice]

  /// What is on this device alone and would be lost with it. What is being typed is put on the disk
  /// before, and counted.
  func unsent() throws -> Unsent

  /// Signs this device out: tells the server, as far as it can be reached, and wipes everything
  /// here. The key goes too, if its key store is a ``ForgetfulKeyStore``.
  ///
  /// Whoever still holds the core is answered with `CoreError.signedOut` from then on, and what
  /// watches ends with it.
  ///
  /// - Parameter confirmation: The word that ``unsent()`` gives. Where something is on this device
  ///   alone nothing is done without it: `CoreError.unsent` says what it is.
  @discardableResult
  func signOut(confirmation: String?) async throws -> SignOutReport
}

extension AccountProtocol {
  /// Signs this device out: tells the server, as far as it can be reached, and wipes everything
  /// here. Nothing may be on this device alone.
  @discardableResult
  public func signOut() async throws -> SignOutReport {
    try await signOut(confirmation: nil)
  }
}

/// A key store that can let go of the key, for a device that is signed out.
public protocol ForgetfulKeyStore: KeyStore {
  /// Forgets the key for good. Fine if there is none.
  func forget() throws
}
