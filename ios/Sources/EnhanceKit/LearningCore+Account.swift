extension LearningCore {
  public func account() throws -> Account? {
    try ask { try $0.account() }
  }

  public func people() throws -> [Person] {
    try ask { try $0.people() }
  }

  @discardableResult
  public func addPerson(_ person: PersonId) async throws -> Person {
    try await cancellable { try await $0.addPerson(person: person, cancellation: $1) }
  }

  public func recoveryKey() throws -> String? {
    try ask { try $0.recoveryKey() }
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

  @discardableResult
  public func setServer(_ address: String) async throws -> Account {
    try await cancellable { try await $0.setServer(address: address, cancellation: $1) }
  }

  public func inviteDevice() async throws -> String {
    try await cancellable { try await $0.inviteDevice(cancellation: $1) }
  }

  public func devices() async throws -> [OwnDevice] {
    try await cancellable { try await $0.devices(cancellation: $1) }
  }

  @discardableResult
  public func renameDevice(_ device: DeviceId, to name: String) async throws -> [OwnDevice] {
    try await cancellable {
      try await $0.renameDevice(device: device, name: name, cancellation: $1)
    }
  }

  @discardableResult
  public func signOutDevice(_ device: DeviceId) async throws -> [OwnDevice] {
    try await cancellable { try await $0.signOutDevice(device: device, cancellation: $1) }
  }

  public func unsent() throws -> Unsent {
    typings.flushAll()
    return try ask { try $0.unsent() }
  }

  @discardableResult
  public func signOut(confirmation: String?) async throws -> SignOutReport {
    typings.flushAll()
    let report = try await cancellable {
      try await $0.signOut(confirmation: confirmation, cancellation: $1)
    }
    // What still watches is told why nothing comes any more.
    listeners.close()
    // Nothing is left that the key would open, should it stay.
    try? (keys as? any ForgetfulKeyStore)?.forget()
    return report
  }
}
