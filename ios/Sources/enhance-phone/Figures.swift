import EnhanceKit
import EnhanceKitTesting
import Foundation

private let calls = 10_000
private let records: Int = 1_000
private let runs = 15

/// Says what crossing from Swift to the core costs. Takes a server of its own.
func takeFigures() async throws {
  let world = try await World()
  try await world.server.publishProgramme()
  let core = try await world.trainee().core
  try await core.sync()
  _ = try await core.updatePack("enhance")
  for day in 0..<records {
    _ = try await core.createReflection(
      template: "quick-capture", title: "What I learned on day \(day)")
  }

  let call = try await median { for _ in 0..<calls { _ = try await core.newItemId() } }
  say(String(format: "a call from Swift: %.1f µs", call / .microseconds(calls)))
  let page = try await median {
    let page = try await core.reflections(limit: records)
    precondition(page.count == records)
  }
  let one = try await median { _ = try await core.reflections(limit: 1) }
  say(
    String(
      format: "a page of 1,000 reflections: %.1f ms (a page of one: %.2f ms)",
      page / .milliseconds(1), one / .milliseconds(1)))
  await core.close()
  await world.server.stop()
}

/// How long `work` takes: the median of several runs, after as many to warm up.
private func median(_ work: () async throws -> Void) async throws -> Duration {
  for _ in 0..<runs { try await work() }
  var took: [Duration] = []
  for _ in 0..<runs { took.append(try await ContinuousClock().measure(work)) }
  return took.sorted()[runs / 2]
}
