import Foundation

/// A value that threads take turns with. Held for a moment only, and never while waiting.
package final class Locked<Value>: @unchecked Sendable {
  private let lock: NSLock
  private var value: Value

  /// Values with one lock have their turns together.
  package init(_ value: Value, lock: NSLock = NSLock()) {
    (self.value, self.lock) = (value, lock)
  }

  package func with<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
