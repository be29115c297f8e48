import Foundation

/// What a person types into one text field of an entry.
///
/// Each text is on the disk moments after it was typed, and becomes part of the entry after a pause
/// in the typing, merged by character with whatever arrived meanwhile. The screen goes on showing
/// what was typed; when the person is done, ``close()`` it and read the entry again.
///
/// Whatever fails, what was typed stays: in here, and on the disk as soon as there is room for it.
public final class Typing: Sendable {
  /// The entry.
  public let id: DocumentId
  /// Its field.
  public let field: DraftField

  private let core: LearningCore
  private let pause: Duration
  private let typed: Locked<Typed>
  /// Held while the core is asked, so that an older text is never saved on top of a newer one.
  private let turn = Locked(())

  private struct Typed {
    /// The version that has what was on the screen before `text` was typed.
    var base: Version
    /// The whole text of the field, if it is not settled.
    var text: String?
    var isSaved = true
    /// How many texts were typed. Tells whether another was, while the core was asked.
    var count = 0
    var failure: CoreError?
    var listeners: [UUID: AsyncStream<CoreError?>.Continuation] = [:]
  }

  init(
    _ core: LearningCore, id: DocumentId, field: DraftField, base: Version, pause: Duration
  ) {
    (self.core, self.id, self.field, self.pause) = (core, id, field, pause)
    typed = Locked(Typed(base: base))
    core.typings.add(self)
  }

  deinit {
    core.typings.remove(self)
    for listener in typed.with({ $0.listeners }).values { listener.finish() }
  }

  /// Takes in what the field says now, the whole text. Returns at once; may be called on the main
  /// thread with every key.
  public func typed(_ text: String) {
    let count = typed.with { typed in
      (typed.text, typed.isSaved) = (text, false)
      typed.count += 1
      return typed.count
    }
    core.lane.perform { try? self.save() }
    settleAfterPause(count)
  }

  /// Returns when the newest text is on the disk. Throws if it cannot be put there; then it is kept
  /// in here and tried again after a pause, or when the core is resumed.
  public func flush() async throws {
    try await core.inLane { try self.save() }
  }

  /// Makes what was typed part of the entry, and says on which version the screen goes on. If that
  /// cannot be done, for example because the text is too long, what was typed stays as it was.
  @discardableResult
  public func settle() async throws -> Version {
    try await core.inLane { try self.settleNow() }
  }

  /// The person is done: settles. What is typed later is taken in all the same.
  public func close() async throws {
    try await settle()
  }

  /// Why the newest text could not be saved or settled, if it could not.
  public var failure: CoreError? {
    typed.with { $0.failure }
  }

  /// ``failure`` now and whenever it changes; nothing when all is well again.
  public var failures: AsyncStream<CoreError?> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: CoreError?.self, bufferingPolicy: .bufferingNewest(1))
    let id = UUID()
    continuation.onTermination = { [weak self] _ in
      self?.typed.with { $0.listeners[id] = nil }
    }
    typed.with { typed in
      typed.listeners[id] = continuation
      continuation.yield(typed.failure)
    }
    return stream
  }

  /// Takes up what could not be done while the core was suspended.
  func resume() {
    try? save()
    settleAfterPause(typed.with { $0.count })
  }

  /// Settles unless something else is typed before. Where there is no room, there may be later.
  private func settleAfterPause(_ count: Int) {
    core.lane.perform(after: pause) { [self] in
      guard typed.with({ $0.count == count }) else { return }
      do {
        try settleNow()
      } catch CoreError.StorageFull {
        settleAfterPause(count)
      } catch {
        // Whoever watches `failures` has heard of it.
      }
    }
  }

  /// Puts the newest text on the disk, if it is not there.
  func save() throws {
    try turn.with { _ in try noting { try saveInTurn() } }
  }

  /// Makes the newest text part of the entry, if it is not.
  @discardableResult
  func settleNow() throws -> Version {
    try turn.with { _ in
      try noting {
        _ = try saveInTurn()
        try settleInTurn()
        // Whatever was wrong is not any more.
        return nil
      }
      return typed.with { $0.base }
    }
  }

  /// Saves, and says what is wrong with a text that was saved nevertheless.
  private func saveInTurn() throws -> CoreError? {
    let (text, base, count) = typed.with { ($0.isSaved ? nil : $0.text, $0.base, $0.count) }
    guard let text else { return failure }
    var flaw: CoreError?
    do {
      try core.handle.autosave(id: id, field: field, base: base, text: text)
    } catch let tooLarge as CoreError where tooLarge.isTooLarge {
      flaw = tooLarge
    }
    typed.with { $0.isSaved = $0.count == count }
    return flaw
  }

  private func settleInTurn() throws {
    let (text, base, count) = typed.with { ($0.text, $0.base, $0.count) }
    guard let text else { return }
    let version = try core.handle.write(text, to: field, of: id, base: base)
    typed.with { typed in
      typed.base = version
      if typed.count == count { typed.text = nil }
    }
  }

  /// Notes what went wrong, or that nothing did, for whoever watches ``failures``.
  private func noting(_ work: () throws -> CoreError?) throws {
    do {
      note(try work())
    } catch {
      note(error as? CoreError ?? .Internal(reason: String(describing: error)))
      throw error
    }
  }

  private func note(_ failure: CoreError?) {
    typed.with { typed in
      guard typed.failure != failure else { return }
      typed.failure = failure
      for listener in typed.listeners.values { listener.yield(failure) }
    }
  }
}

extension LearningCore {
  /// Begins to take in what a person types into a text field.
  ///
  /// - Parameters:
  ///   - base: The version of the entry that the screen shows.
  ///   - pause: How long nothing must be typed before the text becomes part of the entry.
  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration = .milliseconds(1500)
  ) -> Typing {
    Typing(self, id: id, field: field, base: base, pause: pause)
  }

  fileprivate func inLane<Result: Sendable>(
    _ work: @Sendable () throws -> Result
  ) throws -> Result {
    try work()
  }
}

/// What is being typed at the moment, in every field.
final class Typings: Sendable {
  private struct Weak {
    weak var typing: Typing?
  }

  private let typings = Locked<[ObjectIdentifier: Weak]>([:])

  func add(_ typing: Typing) {
    typings.with { $0[ObjectIdentifier(typing)] = Weak(typing: typing) }
  }

  func remove(_ typing: Typing) {
    typings.with { $0[ObjectIdentifier(typing)] = nil }
  }

  func saveAll() {
    for typing in all() { try? typing.save() }
  }

  func resumeAll() {
    for typing in all() { typing.resume() }
  }

  /// Settles what is being typed into an entry. Only a field that knows it was settled can go on
  /// from there.
  func settle(_ id: DocumentId) throws {
    for typing in all() where typing.id == id { try typing.settleNow() }
  }

  private func all() -> [Typing] {
    typings.with { $0.values.compactMap(\.typing) }
  }
}

extension CoreHandle {
  /// Makes the text of a field part of an entry.
  fileprivate func write(
    _ text: String, to field: DraftField, of id: DocumentId, base: Version
  ) throws -> Version {
    switch field {
    case .answer(let prompt):
      try editReflection(id: id, base: base, edits: [.answer(prompt: prompt, text: text)])
    case .section(let section):
      try editProject(id: id, base: base, edits: [.section(section: section, text: text)])
    case .cycle(let cycle, let which):
      try editProject(id: id, base: base, edits: [.cycleText(id: cycle, which: which, text: text)])
    }
  }
}

extension CoreError {
  fileprivate var isTooLarge: Bool {
    if case .TooLarge = self { true } else { false }
  }
}
