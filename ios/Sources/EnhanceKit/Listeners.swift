import Foundation

/// Everybody who listens to a core, for what the core itself does not tell: that it was resumed or
/// closed.
final class Listeners: Sendable {
  private struct Listener {
    let resumed: @Sendable () -> Void
    let closed: @Sendable () -> Void
  }

  private let listeners = Locked<[UUID: Listener]>([:])

  /// Adds one; the answer takes it out again.
  func add(
    resumed: @escaping @Sendable () -> Void, closed: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void {
    let id = UUID()
    listeners.with { $0[id] = Listener(resumed: resumed, closed: closed) }
    return { self.listeners.with { $0[id] = nil } }
  }

  func resumed() {
    for listener in listeners.with({ $0 }).values { listener.resumed() }
  }

  func close() {
    for listener in listeners.with({ $0 }).values { listener.closed() }
  }
}

/// Passes changes on.
private final class Ear: Observer {
  private let hear: @Sendable (Changes) -> Void

  init(_ hear: @escaping @Sendable (Changes) -> Void) {
    self.hear = hear
  }

  func changed(changes: Changes) {
    hear(changes)
  }
}

extension LearningCore {
  /// What `hear` makes of each change, until whoever listens stops or the core is closed.
  nonisolated func listen<Element: Sendable>(
    buffering: AsyncStream<Element>.Continuation.BufferingPolicy,
    onResume: Element? = nil,
    hear: @escaping @Sendable (Changes) -> Element?
  ) -> AsyncStream<Element> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Element.self, bufferingPolicy: buffering)
    let tell: @Sendable (Element?) -> Void = { heard in
      if let heard { continuation.yield(heard) }
    }
    let leave = listeners.add(
      resumed: { tell(onResume) }, closed: { continuation.finish() })
    // A core that is closed has nothing to tell. One that closes just now ends the stream itself.
    guard let subscription = handle?.observe(observer: Ear { tell(hear($0)) }) else {
      leave()
      continuation.finish()
      return stream
    }
    continuation.onTermination = { _ in
      leave()
      subscription.cancel()
    }
    return stream
  }
}
