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
  /// The document that has the field.
  public let id: DocumentId
  /// Which of the document's texts it is.
  public let field: DraftField

  private let core: LearningCore
  /// Nothing if the core was closed before: then nothing is taken.
  private let handle: TypingHandle?
  private let began = ContinuousClock.now
  private let shown = Locked(Shown())

  /// What was said of the field last, and to whom.
  private struct Shown {
    var failure: CoreError?
    var newer = false
    /// When the next step is taken by itself.
    var wakesAt = TimeInterval.infinity
    var failures: [UUID: AsyncStream<CoreError?>.Continuation] = [:]
    var arrivals: [UUID: AsyncStream<Void>.Continuation] = [:]
  }

  init(_ core: LearningCore, _ handle: TypingHandle?, id: DocumentId, field: DraftField) {
    (self.core, self.handle, self.id, self.field) = (core, handle, id, field)
    core.typings.add(self)
  }

  deinit {
    core.typings.remove(self)
    let (failures, arrivals) = shown.with { ($0.failures, $0.arrivals) }
    for listener in failures.values { listener.finish() }
    for listener in arrivals.values { listener.finish() }
  }

  /// Takes in what the field says now, the whole text. Returns at once; may be called on the main
  /// thread with every key. False once the field was closed: then the text is not taken, and nothing
  /// changes.
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
    try await core.inLane { try self.working { try $0.flush(now: self.now) } }
  }

  /// Makes what was typed part of the document, and says on which version the screen goes on. If
  /// that cannot be done, for example because the text is too long, what was typed stays as it was.
  @discardableResult
  public func settle() async throws -> Version {
    try await core.inLane { try self.settleNow() }
  }

  /// Ends the typing, and settles. If that cannot be done this throws, and it is tried again as
  /// ever; what is typed later is not taken in any case.
  public func close() async throws {
    tell(.close)
    try await settle()
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
  func settleNow() throws -> Version {
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
    core.lane.perform { self.work() }
  }

  private func work() {
    try? working { $0.work(now: now) }
  }

  private func working<Result>(_ work: (TypingHandle) throws -> Result) throws -> Result {
    guard let handle else { throw CoreError.Suspended(reason: "the core is closed; open it again") }
    defer { publish() }
    return try work(handle)
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
      if let due = state.due, due < shown.wakesAt { wake(at: due, &shown) }
      return state.rests
    }
    core.typings.hold(self, rests ? .whileUsed : .untilItRests)
  }

  private func wake(at due: TimeInterval, _ shown: inout Shown) {
    shown.wakesAt = due
    core.lane.perform(after: .seconds(max(0, due - now))) { [weak self] in
      guard let self else { return }
      self.shown.with { $0.wakesAt = .infinity }
      self.work()
    }
  }

  private var now: TimeInterval { (ContinuousClock.now - began).inSeconds }
}

extension LearningCore {
  /// Begins to take in what a person types into a text field.
  ///
  /// - Parameters:
  ///   - base: The version of the document that the screen shows.
  ///   - pause: How long nothing must be typed before the text becomes part of the document; the
  ///     usual time if none is named.
  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration? = nil
  ) -> Typing {
    let usual = usualPauses()
    let pauses = TypingPauses(alone: pause?.inSeconds ?? usual.alone, together: usual.together)
    let handle = try? handle
    if let handle { typings.listen(to: handle) }
    let typing = handle?.typing(id: id, field: field, base: base, pauses: pauses)
    return Typing(self, typing, id: id, field: field)
  }

  fileprivate func inLane<Result: Sendable>(
    _ work: @Sendable () throws -> Result
  ) throws -> Result {
    try work()
  }
}

/// What is being typed at the moment, in every field.
final class Typings: Sendable {
  enum Hold {
    /// As long as the app has it.
    case whileUsed
    /// Also if the app has forgotten it: what was typed is not safe, or not settled.
    case untilItRests
  }

  private struct Entry {
    weak var typing: Typing?
    var held: Typing?
  }

  private struct Entries {
    var fields: [ObjectIdentifier: Entry] = [:]
    /// Keeps an ear open for documents that change.
    var subscription: Subscription?
  }

  private let entries = Locked(Entries())

  func add(_ typing: Typing) {
    entries.with { $0.fields[ObjectIdentifier(typing)] = Entry(typing: typing) }
  }

  func remove(_ typing: Typing) {
    entries.with { $0.fields[ObjectIdentifier(typing)] = nil }
  }

  func hold(_ typing: Typing, _ hold: Hold) {
    entries.with {
      $0.fields[ObjectIdentifier(typing)]?.held = hold == .untilItRests ? typing : nil
    }
  }

  /// Tells each field of changes of its document, from the first field on.
  func listen(to handle: CoreHandle) {
    entries.with { entries in
      guard entries.subscription == nil else { return }
      entries.subscription = handle.observe(observer: DocumentEar(self))
    }
  }

  func suspendAll() {
    for typing in all() { typing.work(on: .suspend) }
  }

  func resumeAll() {
    for typing in all() { typing.work(on: .resume) }
  }

  /// The core is closed after this: what is on the disk by then is settled when it is open again.
  func closeAll() {
    suspendAll()
    for typing in all() { typing.tell(.close) }
    let gone = entries.with { entries in
      defer { entries = Entries() }
      return entries
    }
    gone.subscription?.cancel()
  }

  /// Settles what is being typed into a document. Only a field that knows it was settled can go on
  /// from there.
  func settle(_ id: DocumentId) throws {
    for typing in all() where typing.id == id { try typing.settleNow() }
  }

  fileprivate func heard(_ changes: Changes) {
    let documents = Set(
      changes.topics.filter { $0.topic == .documents }.flatMap(\.documents))
    for typing in all() where documents.contains(typing.id) { typing.tell(.changed) }
  }

  private func all() -> [Typing] {
    entries.with { $0.fields.values.compactMap(\.typing) }
  }
}

/// Hears of documents that change.
private final class DocumentEar: Observer {
  private let typings: Typings

  init(_ typings: Typings) {
    self.typings = typings
  }

  func changed(changes: Changes) {
    typings.heard(changes)
  }
}

extension Duration {
  fileprivate var inSeconds: TimeInterval {
    let (seconds, attoseconds) = components
    return TimeInterval(seconds) + TimeInterval(attoseconds) / 1e18
  }
}
