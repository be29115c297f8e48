extension LearningCore: ChangeSource {
  package nonisolated func observe(
    _ hear: @escaping @Sendable (Changes) -> Void
  ) -> (@Sendable () -> Void)? {
    guard let subscription = handle?.observe(observer: Ear(hear)) else { return nil }
    return { subscription.cancel() }
  }

  public nonisolated var changes: AsyncStream<Changes> {
    listen(buffering: .unbounded) { $0 }
  }

  public nonisolated func watch<Value: Equatable & Sendable>(
    _ topics: Topic..., read: @escaping @Sendable () async throws -> Value
  ) -> AsyncThrowingStream<Value, any Error> {
    watching(Set(topics), read: read)
  }
}

/// Passes changes on to a closure, as the library wants an object.
private final class Ear: Observer {
  private let hear: @Sendable (Changes) -> Void

  init(_ hear: @escaping @Sendable (Changes) -> Void) {
    self.hear = hear
  }

  func changed(changes: Changes) {
    hear(changes)
  }
}
