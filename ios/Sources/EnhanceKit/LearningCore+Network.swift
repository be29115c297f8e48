import Foundation

/// Hears how far long work has come. Called on a thread of the core; it should be quick.
public typealias OnProgress = @Sendable (SyncProgress) -> Void

extension Budget {
  /// The same with a deadline that can cross to the core, where no time is less than none.
  fileprivate var crossing: Budget {
    let year: TimeInterval = 365 * 24 * 60 * 60
    return Budget(
      deadline: deadline.map { min(max(0, $0), year) }, metered: metered, maxBytes: maxBytes)
  }
}

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
    let handle = try handle
    return try await cancellable {
      try await handle.sync(
        budget: budget.crossing, cancellation: $0, listener: Listener(onProgress))
    }
  }

  /// Syncs by itself until the task is cancelled: soon after something was written, at once when
  /// the network or the person is back, and ever more rarely while the server cannot be reached.
  /// Then throws `CancellationError`.
  public func keepInSync() async throws -> Never {
    let syncing = try handle.keepInSync()
    defer { syncing.stop() }
    while true {
      try await Task.sleep(for: .seconds(24 * 60 * 60))
    }
  }

  /// Tells the core what the phone is like at the moment; ``keepInSync()`` heeds it.
  public func setConditions(_ conditions: Conditions) throws {
    try handle.setConditions(conditions: conditions)
  }

  /// How this device stands with the server.
  public func syncState() throws -> SyncState {
    try handle.syncState()
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

/// Does long work that ends soon after the task is cancelled. Returns when the core has ended it:
/// nothing goes on behind the caller's back, and what was done all the same is not thrown away.
func cancellable<Result: Sendable>(
  _ work: @Sendable (Cancellation) async throws -> Result
) async throws -> Result {
  let cancellation = Cancellation()
  do {
    return try await withTaskCancellationHandler {
      try await work(cancellation)
    } onCancel: {
      cancellation.cancel()
    }
  } catch CoreError.Cancelled {
    throw CancellationError()
  }
}
