extension LearningCore {
  public func account() throws -> Account? {
    try ask { try $0.account() }
  }

  public func people() throws -> [Person] {
    try ask { try $0.people() }
  }

  public func useRecoveryKey(_ typed: String) throws {
    try ask { try $0.useRecoveryKey(typed: typed) }
  }

  public func enrol(
    server: String, invitation: String, deviceName: String
  ) async throws -> Enrolment {
    try await cancellable { handle, cancellation in
      try await handle.enrol(
        server: server, invitation: invitation, deviceName: deviceName,
        cancellation: cancellation)
    }
  }

  public func inviteDevice() async throws -> String {
    try await cancellable { try await $0.inviteDevice(cancellation: $1) }
  }
}
