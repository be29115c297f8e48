import EnhanceKit
import Foundation

/// A core in memory, for previews and for tests of view models. It asks nothing of the library, a
/// disk or a server.
///
/// It keeps what is written, finds it, and tells of changes as ``LearningCore`` does. It does not
/// merge: of two texts for one field the later stands. With ``core(of:)`` others take part. Its ids
/// count up, so that a test can foretell them.
///
///     let core = FakeLearningCore()
///     let plan = try await core.createProject(title: "Falls on ward 7")
///     try await core.addMember(plan, person: Person.ben.id, right: .edit)
///     let bens = core.core(of: .ben)
///     try await bens.acceptInvitation(plan)
///     try await bens.sync()
///     let list = PlanList(bens)
public actor FakeLearningCore: LearningCoreProtocol {
  let lane = Lane()
  let typings: Typings
  package let listeners = Listeners()
  let shelf: Locked<Shelf>
  private let hearers: Locked<[UUID: @Sendable (Changes) -> Void]>

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// - Parameters:
  ///   - person: Whose device it is. None: it is not enrolled; enrolling makes it Dr Ana Ruiz's.
  ///   - people: Others on the programme.
  ///   - programme: What the content pack says; none if it is not here.
  ///   - clock: What time it is.
  public init(
    person: Person? = .ana, people: [Person] = [.ben, .cara], programme: Programme? = nil,
    clock: @escaping @Sendable () -> Date = { .now }
  ) {
    let memory = Memory()
    self.init(
      Shelf(
        person: person, people: people, programme: programme, clock: clock, memory: memory))
  }

  private init(_ own: Shelf) {
    let memory = own.memory
    let (typings, hearers) = (Typings(lane), Locked<[UUID: @Sendable (Changes) -> Void]>([:]))
    (self.typings, self.hearers) = (typings, hearers)
    shelf = Locked(own, lock: memory.lock)
    memory.lock.withLock {
      memory.hearers.append { [weak typings, weak hearers] changes in
        typings?.heard(changes)
        for hear in hearers?.with({ $0 }).values.map({ $0 }) ?? [] { hear(changes) }
      }
    }
  }

  /// The core of another person, on a phone of their own: what one of them does is at once on the
  /// phones of all whom it concerns.
  public nonisolated func core(of other: Person) -> FakeLearningCore {
    FakeLearningCore(shelf.with { $0.beside(other) })
  }

  /// From now on the server cannot be reached, or answers with another error; none: it can.
  public func setNetworkFailure(_ failure: CoreError?) {
    shelf.with { $0.networkFailure = failure }
  }

  /// Somebody leaves the programme: nothing is shared with them any more, and their next sync says so.
  public func leaves(_ person: PersonId) throws {
    try ask { shelf throws(CoreError) in
      _ = try shelf.person(person)
      shelf.memory.left.insert(person)
      shelf.note(.people)
    }
  }

  /// Does as if the server had refused the newest change of a document, and says which refused work
  /// that is.
  @discardableResult
  public func refuse(
    _ id: DocumentId, code: String = "not_granted", explanation: String
  ) throws -> QuarantineId {
    try ask { shelf throws(CoreError) in
      try shelf.refuse(id, code: code, explanation: explanation)
    }
  }

  /// Shows on a plan a field that two people set at once. Whoever sets it again settles it.
  public func dispute(_ plan: DocumentId, _ field: Disagreement) throws {
    try ask { shelf throws(CoreError) in try shelf.dispute(plan, field) }
  }

  /// Asks what is kept, and tells of what has changed.
  nonisolated func ask<Answer>(
    _ question: (inout Shelf) throws(CoreError) -> Answer
  ) throws(CoreError) -> Answer {
    let (answer, changes, hearers) = try shelf.with { shelf throws(CoreError) in
      try shelf.mustBeOpen()
      let answer = try question(&shelf)
      return (answer, shelf.takeChanges(), shelf.memory.hearers)
    }
    // What one of them did may be on the screens of the others.
    if let changes { for hear in hearers { hear(changes) } }
    return answer
  }

  /// What the server would do: it may not be reachable, and the task may be cancelled.
  nonisolated func exchange<Answer>(
    _ work: (inout Shelf) throws(CoreError) -> Answer
  ) throws -> Answer {
    try Task.checkCancellation()
    return try ask { shelf throws(CoreError) in
      if let failure = shelf.networkFailure { throw failure }
      return try work(&shelf)
    }
  }
}

// MARK: The network

extension FakeLearningCore {
  @discardableResult
  public func sync(budget: Budget, onProgress: @escaping OnProgress) async throws -> SyncReport {
    let report = try exchange { shelf throws(CoreError) in try shelf.sync() }
    onProgress(.exchanged(pushed: report.pushed, pulled: report.pulled, more: report.more))
    return report
  }

  public func keepInSync() async throws -> Never {
    _ = try? await sync()
    for await change in changes where change.topics.contains(where: { $0.topic == .documents }) {
      _ = try? await sync()
    }
    while true { try await Task.sleep(for: .seconds(24 * 60 * 60)) }
  }

  public func setConditions(_ conditions: Conditions) throws {
    try ask { shelf throws(CoreError) in shelf.conditions = conditions }
  }

  public func syncState() throws -> SyncState {
    try ask { shelf throws(CoreError) in shelf.syncState }
  }
}

// MARK: Changes, and letting go

extension FakeLearningCore: ChangeSource {
  package nonisolated func observe(
    _ hear: @escaping @Sendable (Changes) -> Void
  ) -> (@Sendable () -> Void)? {
    guard shelf.with({ !$0.isLeft }) else { return nil }
    let id = UUID()
    hearers.with { $0[id] = hear }
    return { self.hearers.with { $0[id] = nil } }
  }

  public nonisolated var changes: AsyncStream<Changes> {
    listen(buffering: .unbounded) { $0 }
  }

  public nonisolated func watch<Value: Equatable & Sendable>(
    _ topics: Topic..., read: @escaping @Sendable () async throws -> Value
  ) -> AsyncThrowingStream<Value, any Error> {
    watching(Set(topics), read: read)
  }

  public nonisolated func suspendCore() async {
    typings.suspendAll()
    shelf.with { if $0.life == .open { $0.life = .suspended } }
  }

  public func resumeCore() throws {
    try shelf.with { shelf throws(CoreError) in
      if shelf.isLeft { try shelf.mustBeOpen() }
      shelf.life = .open
    }
    typings.resumeAll()
    listeners.resumed()
  }

  public func close() {
    typings.closeAll()
    shelf.with { if !$0.isLeft { $0.life = .closed } }
    listeners.close()
  }
}

extension Person {
  /// Dr Ana Ruiz, a doctor in training.
  public static let ana = Person(
    id: PersonId(rawValue: "ana"), name: "Dr Ana Ruiz", roles: [.trainee],
    devices: [DeviceId(rawValue: "device")])

  /// Dr Ben Okoro, her supervisor.
  public static let ben = Person(
    id: PersonId(rawValue: "ben"), name: "Dr Ben Okoro", roles: [.supervisor],
    devices: [DeviceId(rawValue: "device-of-ben")])

  /// Cara Lind, an educational fellow.
  public static let cara = Person(
    id: PersonId(rawValue: "cara"), name: "Cara Lind", roles: [.fellow],
    devices: [DeviceId(rawValue: "device-of-cara")])
}

extension PersonRole {
  fileprivate static let trainee = PersonRole(role: .trainee, organisation: "")
  fileprivate static let supervisor = PersonRole(role: .supervisor, organisation: "")
  fileprivate static let fellow = PersonRole(role: .fellow, organisation: "")
}
