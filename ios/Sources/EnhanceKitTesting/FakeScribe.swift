import EnhanceKit
import Foundation

/// What is typed into one field of a fake. It keeps to the rules of the core's own, except that it
/// does not merge.
final class FakeScribe: TypingHandleProtocol {
  private struct State {
    var base: Version
    /// What the field shows, as far as this is known.
    var shown: String?
    /// What was typed and is not settled.
    var typed: String?
    var isSaved = true
    /// When what was typed is settled.
    var settlesAt: Duration?
    var failure: CoreError?
    var isClosed = false
    var isSuspended = false

    /// Whether it is settled, or what failed would fail again.
    var isOver: Bool {
      switch failure {
      case .suspended: false
      case nil: typed == nil
      default: true
      }
    }
  }

  /// Longer than anybody waits, and short enough to be added to any time.
  private static let longestPause = Duration.seconds(24 * 60 * 60)

  private let core: FakeLearningCore
  private let id: DocumentId
  private let field: DraftField
  private let pause: Duration
  private let held: Locked<State>

  init(
    _ core: FakeLearningCore, _ id: DocumentId, _ field: DraftField, base: Version, pause: Duration
  ) {
    (self.core, self.id, self.field) = (core, id, field)
    self.pause = min(max(pause, .zero), Self.longestPause)
    held = Locked(State(base: base, shown: core.text(id, field)))
  }

  func typed(text: String, now: Duration) -> Bool {
    held.with { state in
      guard !state.isClosed else { return false }
      (state.typed, state.shown, state.isSaved) = (text, text, false)
      state.settlesAt = now + pause
      return true
    }
  }

  func on(event: TypingEvent) {
    held.with { state in
      switch event {
      case .leave: state.settlesAt = .zero
      case .close: (state.isClosed, state.settlesAt) = (true, .zero)
      case .suspend: state.isSuspended = true
      case .resume: state.isSuspended = false
      case .changed, .others, .flush: break
      }
    }
  }

  func work(now: Duration) {
    try? flush(now: now)
    let isDue = held.with { state in
      !state.isSuspended && state.settlesAt.map { $0 <= now } ?? false
    }
    if isDue { _ = try? settle(now: now) }
  }

  func flush(now: Duration) throws {
    let unsaved = held.with { $0.isSaved ? nil : ($0.typed ?? "", $0.base) }
    guard let (text, base) = unsaved else { return }
    try trying { () throws(CoreError) in try core.keep(text, in: field, of: id, base: base) }
    held.with { if $0.typed == text { $0.isSaved = true } }
  }

  func settle(now: Duration) throws -> Version {
    try flush(now: now)
    let text = held.with { $0.typed }
    let version = try trying { () throws(CoreError) in try core.settleDrafts(of: id) }
    held.with { state in
      state.base = version
      guard state.typed == text else { return }
      (state.typed, state.settlesAt) = (nil, nil)
    }
    return version
  }

  func refresh() -> String? {
    guard let newer else { return nil }
    held.with { $0.shown = newer }
    return newer
  }

  func state() -> TypingState {
    let newer = newer != nil
    return held.with { state in
      TypingState(
        failure: state.failure, due: state.failure == nil ? state.settlesAt : nil, newer: newer,
        rests: state.isOver, closed: state.isClosed && state.isOver)
    }
  }

  /// The text of the document, if it is not what the field shows and nothing typed is unsettled.
  private var newer: String? {
    let text = core.text(id, field) ?? ""
    return held.with { $0.typed == nil && $0.shown ?? "" != text ? text : nil }
  }

  private func trying<Answer>(
    _ work: () throws(CoreError) -> Answer
  ) throws(CoreError) -> Answer {
    do {
      let answer = try work()
      held.with { $0.failure = nil }
      return answer
    } catch {
      held.with { $0.failure = error }
      throw error
    }
  }
}

extension FakeLearningCore {
  /// What a field says, with what was typed and is not settled.
  nonisolated func text(_ id: DocumentId, _ field: DraftField) -> String? {
    shelf.with { try? $0.document(id).shown.text(of: field) }
  }

  nonisolated func keep(
    _ text: String, in field: DraftField, of id: DocumentId, base: Version
  ) throws(CoreError) {
    try ask { shelf throws(CoreError) in
      try shelf.autosave(id, field, base: base, text: text)
    }
  }

  nonisolated func settleDrafts(of id: DocumentId) throws(CoreError) -> Version {
    try ask { shelf throws(CoreError) in try shelf.settle(id) }
  }
}
