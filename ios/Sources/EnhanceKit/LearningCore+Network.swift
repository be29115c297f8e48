/// Hears how far long work has come. Called on a thread of the core; it should be quick.
public typealias OnProgress = @Sendable (SyncProgress) -> Void

/// The network.
extension LearningCore {
  /// Exchanges with the server until nothing waits on either side, or the budget is spent.
  ///
  /// When the task is cancelled it ends at its next step and throws `CancellationError`. What was
  /// exchanged by then stays exchanged.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  @discardableResult
  public func sync(
    budget: Budget = Budget(), onProgress: @escaping OnProgress = { _ in }
  ) async throws -> SyncReport {
    try await cancellable {
      try await $0.sync(budget: budget, cancellation: $1, listener: Listener(onProgress))
    }
  }

  /// Syncs by itself until the task is cancelled: soon after something was written, at once when
  /// the network or the person is back, and ever more rarely while the server cannot be reached.
  /// Then throws `CancellationError`.
  public func keepInSync() async throws -> Never {
    let syncing = try ask { try $0.keepInSync() }
    defer { syncing.stop() }
    while true {
      try await Task.sleep(for: .seconds(24 * 60 * 60))
    }
  }

  /// Tells the core what the phone is like at the moment; ``keepInSync()`` heeds it.
  public func setConditions(_ conditions: Conditions) throws {
    try ask { $0.setConditions(conditions: conditions) }
  }

  /// How this device stands with the server.
  public func syncState() throws -> SyncState {
    try ask { try $0.syncState() }
  }
}

/// Passes progress on.
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
    let cancellation = Cancellation()
    do {
      return try await withTaskCancellationHandler {
        try await work(handle, cancellation)
      } onCancel: {
        cancellation.cancel()
      }
    } catch CoreError.cancelled {
      throw CancellationError()
    } catch {
      throw CoreError(error)
    }
  }
}
