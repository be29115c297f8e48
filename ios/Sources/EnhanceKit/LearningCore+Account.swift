/// Whose device this is.
extension LearningCore {
  /// Whose device this is; none before enrolment.
  public func account() throws -> Account? {
    try handle.account()
  }

  /// Everybody on the programme this device has heard of.
  public func people() throws -> [Person] {
    try handle.people()
  }

  /// Opens the private entries of this person with the recovery key of their first device.
  public func useRecoveryKey(_ typed: String) throws {
    try handle.useRecoveryKey(typed: typed)
  }

  /// Makes this device one of a person's, with the invitation they were given.
  ///
  /// On a person's first device the answer has the recovery key, once. It is to be written down:
  /// nobody else has it.
  public func enrol(
    server: String, invitation: String, deviceName: String
  ) async throws -> Enrolment {
    let handle = try handle
    return try await cancellable {
      try await handle.enrol(
        server: server, invitation: invitation, deviceName: deviceName, cancellation: $0)
    }
  }

  /// Makes an invitation for another device of the same person.
  public func inviteDevice() async throws -> String {
    let handle = try handle
    return try await cancellable { try await handle.inviteDevice(cancellation: $0) }
  }
}
