extension LearningCore {
  @discardableResult
  public func sync(
    budget: Budget, onProgress: @escaping OnProgress
  ) async throws -> SyncReport {
    try await cancellable {
      try await $0.sync(budget: budget, cancellation: $1, listener: Listener(onProgress))
    }
  }

  public func keepInSync() async throws -> Never {
    let syncing = try ask { try $0.keepInSync() }
    defer { syncing.stop() }
    while true {
      try await Task.sleep(for: .seconds(24 * 60 * 60))
    }
  }

  public func setConditions(_ conditions: Conditions) throws {
    try ask { $0.setConditions(conditions: conditions) }
  }

  public func syncState() throws -> SyncState {
    try ask { try $0.syncState() }
  }
}

/// Passes progress on to a closure, as the library wants an object.
final class Listener: ProgressListener {
  private let tell: OnProgress

  init(_ tell: @escaping OnProgress) {
    self.tell = tell
  }

  func progressed(progress: SyncProgress) {
    tell(progress)
  }
}

extension LearningCore {
  /// Does long work that ends soon after the task is cancelled. Returns when the core has ended it:
  /// nothing goes on behind the caller's back, and what was done all the same is not thrown away.
  func cancellable<Result: Sendable>(
    _ work: @Sendable (CoreHandle, Cancellation) async throws -> Result
  ) async throws -> Result {
    guard let handle else { throw CoreError.closed }
    return try await ending { try await work(handle, $0) }
  }
}
