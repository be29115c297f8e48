import Dispatch

/// Where a core's local work is done: off the caller's thread and off Swift's own threads, which
/// must never wait for a disk; one thing at a time, and first what was asked first.
///
/// An ordinary actor may do first what seems more urgent, and then an older text would be saved on
/// top of a newer one.
package final class Lane: SerialExecutor {
  private let queue = DispatchQueue(
    label: "org.enhance.core", qos: .userInitiated, autoreleaseFrequency: .workItem)

  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  /// Does `work` when its turn has come.
  func perform(_ work: @escaping @Sendable () -> Void) {
    queue.async(execute: work)
  }

  /// Does `work` when its turn has come, and says what came of it.
  func perform<Value: Sendable, Failure: Error>(
    _ work: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let outcome: Result<Value, Failure> = await withCheckedContinuation { done in
      perform { done.resume(returning: Result(catching: work)) }
    }
    return try outcome.get()
  }

  /// Does `work` in its turn, once so much time has gone by.
  func perform(after pause: Duration, _ work: @escaping @Sendable () -> Void) {
    let (seconds, attoseconds) = pause.components
    let nanoseconds = Int(clamping: attoseconds / 1_000_000_000)
    let moment = DispatchTime.now() + .seconds(Int(clamping: seconds)) + .nanoseconds(nanoseconds)
    queue.asyncAfter(deadline: moment, execute: work)
  }
}

/// Does `work` on another thread at once, without a turn in a lane. On a queue of its own, since
/// those that everybody shares have no more threads than the phone has cores.
func elsewhere<Value: Sendable, Failure: Error>(
  _ work: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
  let outcome: Result<Value, Failure> = await withCheckedContinuation { done in
    DispatchQueue(label: "org.enhance.core.elsewhere", qos: .userInitiated).async {
      done.resume(returning: Result(catching: work))
    }
  }
  return try outcome.get()
}
