import Foundation

/// The listeners of a core, for what the core itself does not tell: that it was resumed or
/// closed.
package final class Listeners: Sendable {
  private struct Listener {
    let resumed: @Sendable () -> Void
    let closed: @Sendable () -> Void
  }

  private let listeners = Locked<[UUID: Listener]>([:])

  package init() {}

  /// Adds one; the answer takes it out again.
  package func add(
    resumed: @escaping @Sendable () -> Void, closed: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void {
    let id = UUID()
    listeners.with { $0[id] = Listener(resumed: resumed, closed: closed) }
    return { self.listeners.with { $0[id] = nil } }
  }

  package func resumed() {
    for listener in listeners.with({ $0 }).values { listener.resumed() }
  }

  package func close() {
    for listener in listeners.with({ $0 }).values { listener.closed() }
  }
}
