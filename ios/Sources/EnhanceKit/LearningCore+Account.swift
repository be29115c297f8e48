/// Whose device this is.
extension LearningCore {
  /// Whose device this is; none before enrolment.
  public func account() throws -> Account? {
    try ask { try $0.account() }
  }

  /// Everybody on the programme this device has heard of.
  public func people() throws -> [Person] {
    try ask { try $0.people() }
  }

  /// Opens the private entries of this person with the recovery key of their first device.
  public func useRecoveryKey(_ typed: String) throws {
    try ask { try $0.useRecoveryKey(typed: typed) }
  }

  /// Makes this device one of a person's, with the invitation they were given.
  ///
  /// On a person's first device the answer has the recovery key, once. It is to be written down:
  /// nobody else has it.
  public func enrol(
    server: String, invitation: String, deviceName: String
  ) async throws -> Enrolment {
    try await cancellable { handle, cancellation in
      try await handle.enrol(
        server: server, invitation: invitation, deviceName: deviceName,
        cancellation: cancellation)
    }
  }

  /// Makes an invitation for another device of the same person.
  public func inviteDevice() async throws -> String {
    try await cancellable { try await $0.inviteDevice(cancellation: $1) }
  }
}
