import EnhanceKit
import Foundation

// The devices of a person of a fake, and signing out.

extension Shelf {
  mutating func setServer(_ address: String) throws(CoreError) -> Account {
    _ = try me()
    guard let url = URL(string: address), url.host() != nil else {
      throw .unfit(.server, "this is no address of a server")
    }
    let account = Self.account(of: try me(), server: address)
    self.account = account
    note(.account)
    return account
  }

  func addPerson(_ id: PersonId) throws(CoreError) -> Person {
    _ = try me()
    return try person(id)
  }

  func devices() throws(CoreError) -> [OwnDevice] {
    let (me, this) = (try me(), account?.device)
    let all = me.devices.isEmpty ? [this].compactMap { $0 } : me.devices
    return all.filter { !signedOut.contains($0) }.map { device in
      OwnDevice(
        id: device, name: deviceNames[device] ?? "a phone", joinedAt: clock(), lastSeen: clock(),
        isThis: device == this)
    }
  }

  mutating func renameDevice(
    _ device: DeviceId, _ name: String
  ) throws(CoreError) -> [OwnDevice] {
    let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !name.isEmpty, name.count <= 100, !name.contains(where: \.isNewline) else {
      throw .unfit(.title, "a device needs a name of letters on one line")
    }
    try mustBeOwn(device)
    deviceNames[device] = name
    return try devices()
  }

  mutating func signOutDevice(_ device: DeviceId) throws(CoreError) -> [OwnDevice] {
    _ = try me()
    guard device != account?.device else {
      throw .notAllowed("this is the device you are holding: sign out on it")
    }
    try mustBeOwn(device)
    signedOut.insert(device)
    return try devices()
  }

  private func mustBeOwn(_ device: DeviceId) throws(CoreError) {
    guard try devices().contains(where: { $0.id == device }) else {
      throw .notFound(.document, device.rawValue)
    }
  }

  func unsentWork() -> Unsent {
    let open = refused.filter { $0.summary.resolvedAt == nil }
    let counts = [
      unsent.count, drafts.values.map(\.count).reduce(0, +),
      attached.filter { !$0.isStored }.count, open.count,
    ]
    let texts = drafts.values.joined().map(\.text).sorted()
    let word = seal(unsent.map(\.rawValue).sorted() + texts + counts.map(String.init))
    return Unsent(
      documents: counts[0], drafts: counts[1], files: counts[2], refused: counts[3],
      confirmation: counts.allSatisfy { $0 == 0 } ? nil : String(word.prefix(8)))
  }

  mutating func signOut(_ confirmation: String?) throws(CoreError) -> SignOutReport {
    let unsent = unsentWork()
    guard unsent.confirmation == nil || unsent.confirmation == confirmation else {
      throw .unsent(unsent)
    }
    life = .signedOut
    return SignOutReport(serverTold: networkFailure == nil)
  }
}

// MARK: The account

extension FakeLearningCore {
  public func account() throws -> Account? {
    try ask { shelf throws(CoreError) in shelf.account }
  }

  public func people() throws -> [Person] {
    try ask { shelf throws(CoreError) in shelf.people.map(shelf.known) }
  }

  /// Whoever has a fake of this memory is known already.
  @discardableResult
  public func addPerson(_ person: PersonId) async throws -> Person {
    try exchange { shelf throws(CoreError) in try shelf.addPerson(person) }
  }

  public func recoveryKey() throws -> String? {
    try ask { shelf throws(CoreError) in
      _ = try shelf.me()
      return Shelf.recoveryKey
    }
  }

  public func useRecoveryKey(_ typed: String) throws {
    try ask { shelf throws(CoreError) in _ = try shelf.me() }
  }

  public func enrol(
    server: String, invitation: String, deviceName: String
  ) async throws -> Enrolment {
    try exchange { shelf throws(CoreError) in try shelf.enrol(server: server) }
  }

  /// Any address is believed.
  @discardableResult
  public func setServer(_ address: String) async throws -> Account {
    try exchange { shelf throws(CoreError) in try shelf.setServer(address) }
  }

  public func inviteDevice() async throws -> String {
    try exchange { shelf throws(CoreError) in
      _ = try shelf.me()
      return "7KQD-0M2P"
    }
  }

  public func devices() async throws -> [OwnDevice] {
    try exchange { shelf throws(CoreError) in try shelf.devices() }
  }

  @discardableResult
  public func renameDevice(_ device: DeviceId, to name: String) async throws -> [OwnDevice] {
    try exchange { shelf throws(CoreError) in try shelf.renameDevice(device, name) }
  }

  @discardableResult
  public func signOutDevice(_ device: DeviceId) async throws -> [OwnDevice] {
    try exchange { shelf throws(CoreError) in try shelf.signOutDevice(device) }
  }

  public func unsent() throws -> Unsent {
    typings.flushAll()
    return try ask { shelf throws(CoreError) in shelf.unsentWork() }
  }

  @discardableResult
  public func signOut(confirmation: String?) async throws -> SignOutReport {
    typings.flushAll()
    let report = try ask { shelf throws(CoreError) in try shelf.signOut(confirmation) }
    listeners.close()
    return report
  }
}
