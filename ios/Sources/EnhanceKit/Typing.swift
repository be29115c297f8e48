import Foundation

/// What a person types into one text field of a document.
///
/// Each text is on the disk moments after it was typed, and becomes part of the document after a
/// pause in the typing, merged by character with what arrived meanwhile. What cannot be written at
/// the moment, since the storage is full or the core is suspended, is tried again; what is too long
/// is kept, and ``failure`` says so while the person can still shorten it.
///
/// What others write meanwhile waits for ``refresh()`` once everything typed here is part of the
/// document. A screen that never asks for it goes on showing what was typed.
public final class Typing: Sendable {
  public let id: DocumentId
  public let field: DraftField

  /// Nothing if the core was closed before: then nothing is taken.
  private let handle: (any TypingHandleProtocol)?
  private let typings: Typings
  private let began = ContinuousClock.now
  private let shown = Locked(Publication())

  /// What was said of the field last, and to whom.
  private struct Publication {
    var failure: CoreError?
    var newer = false
    /// When the next step is taken by itself.
    var wakesAt: Duration?
    var failures: [UUID: AsyncStream<CoreError?>.Continuation] = [:]
    var arrivals: [UUID: AsyncStream<Void>.Continuation] = [:]
  }

  package init(
    _ handle: (any TypingHandleProtocol)?, id: DocumentId, field: DraftField, among typings: Typings
  ) {
    (self.handle, self.id, self.field, self.typings) = (handle, id, field, typings)
    typings.add(self)
  }

  deinit {
    typings.remove(self)
    let (failures, arrivals) = shown.with { ($0.failures, $0.arrivals) }
    for listener in failures.values { listener.finish() }
    for listener in arrivals.values { listener.finish() }
  }

  /// Takes in what the field says now, the whole text. Returns at once; may be called on the main
  /// thread with every key. False once the field was closed: then the text is not taken, and
  /// nothing changes.
  @discardableResult
  public func typed(_ text: String) -> Bool {
    let isTaken = handle?.typed(text: text, now: now) ?? false
    soon()
    return isTaken
  }

  /// Whether a newer text than that of the field waits to be shown. See ``refresh()``.
  public var hasNewer: Bool {
    shown.with { $0.newer }
  }

  /// Says something whenever a newer text begins to wait: a reason to ``refresh()``.
  public var arrivals: AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id = UUID()
    continuation.onTermination = { [weak self] _ in
      self?.shown.with { $0.arrivals[id] = nil }
    }
    shown.with { shown in
      shown.arrivals[id] = continuation
      if shown.newer { continuation.yield() }
    }
    return stream
  }

  /// The newer text that waits, if one does. What is typed from now on is typed on it: call this on
  /// the thread that takes the keys, and show it there before the next.
  public func refresh() -> String? {
    defer { publish() }
    return handle?.refresh()
  }

  /// Tells whether another person is in the same document: then what is typed settles sooner.
  public func others(present: Bool) {
    tell(.others(present: present))
  }

  /// Returns when the newest text is on the disk. Throws if it cannot be put there; then it is kept
  /// in here and tried again.
  public func flush() async throws {
    try await typings.lane.perform { () throws(CoreError) in
      try self.working { try $0.flush(now: self.now) }
    }
  }

  /// Makes what was typed part of the document, and says on which version the screen goes on. If
  /// that cannot be done, for example because the text is too long, what was typed stays as it was.
  @discardableResult
  public func settle() async throws -> Version {
    try await typings.lane.perform { () throws(CoreError) in try self.settleNow() }
  }

  /// Ends the typing and settles, and says which version has what the field showed last. If that
  /// cannot be done this throws, and it is tried again as ever; what is typed later is not taken in
  /// any case.
  @discardableResult
  public func close() async throws -> Version {
    tell(.close)
    return try await settle()
  }

  /// Why the newest text is not on the disk or not settled; nothing if it is, or will be.
  public var failure: CoreError? {
    shown.with { $0.failure }
  }

  /// ``failure`` now and whenever it changes; nothing when all is well again.
  public var failures: AsyncStream<CoreError?> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: CoreError?.self, bufferingPolicy: .bufferingNewest(1))
    let id = UUID()
    continuation.onTermination = { [weak self] _ in
      self?.shown.with { $0.failures[id] = nil }
    }
    shown.with { shown in
      shown.failures[id] = continuation
      continuation.yield(shown.failure)
    }
    return stream
  }

  /// Settles on this thread, which is the lane's.
  @discardableResult
  func settleNow() throws(CoreError) -> Version {
    try working { try $0.settle(now: now) }
  }

  /// Takes in what happened, and does on this thread what is due then.
  func work(on event: TypingEvent) {
    handle?.on(event: event)
    work()
  }

  /// Takes in what happened; what is due then is done when the lane is free.
  func tell(_ event: TypingEvent) {
    handle?.on(event: event)
    soon()
  }

  private func soon() {
    typings.lane.perform { self.work() }
  }

  private func work() {
    try? working { $0.work(now: now) }
  }

  private func working<Result>(
    _ work: (any TypingHandleProtocol) throws -> Result
  ) throws(CoreError) -> Result {
    guard let handle else { throw .closed }
    defer { publish() }
    do {
      return try work(handle)
    } catch {
      throw CoreError(error)
    }
  }

  /// Shows how it stands, and comes back when the next step is due.
  private func publish() {
    guard let handle else { return }
    let rests = shown.with { shown in
      let state = handle.state()
      if shown.failure != state.failure {
        shown.failure = state.failure
        for listener in shown.failures.values { listener.yield(state.failure) }
      }
      if state.newer && !shown.newer {
        for listener in shown.arrivals.values { listener.yield() }
      }
      shown.newer = state.newer
      if let due = state.due, shown.wakesAt.map({ due < $0 }) ?? true { wake(at: due, &shown) }
      return state.rests
    }
    typings.hold(self, rests ? .whileUsed : .untilItRests)
  }

  private func wake(at due: Duration, _ shown: inout Publication) {
    shown.wakesAt = due
    typings.lane.perform(after: max(.zero, due - now)) { [weak self] in
      guard let self else { return }
      self.shown.with { $0.wakesAt = nil }
      self.work()
    }
  }

  private var now: Duration { ContinuousClock.now - began }
}
