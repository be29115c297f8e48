import EnhanceKitTesting
import Foundation
import Testing

@testable import EnhanceKit

extension Stories {
  @Suite final class WatchingStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func everySetOfChangesIsHeardInOrderHoweverSlowTheListener() async throws {
      let core = try await world.trainee().core
      let changes = core.changes
      var written: [DocumentId] = []
      for number in 0..<50 {
        written.append(try await core.createReflection(template: "gibbs", title: "\(number)"))
      }
      await core.close()
      var heard: [DocumentId] = []
      for await change in changes {
        heard += change.topics.filter { $0.topic == .documents }.flatMap(\.documents)
        try await Task.sleep(for: .milliseconds(1))
      }
      #expect(heard == written)
    }

    @Test func theCoreLetsGoOfAListenerThatStopped() async throws {
      let core = try await world.trainee().core
      weak var token: Token?
      do {
        let held = Token()
        token = held
        let stream = core.listen(buffering: .unbounded) { _ in held.value }
        #expect(token != nil)
        _ = try await core.reflect("Four falls.")
        for await value in stream {
          #expect(value == 1)
          break
        }
      }
      try await wait { token == nil }
      _ = core
    }

    @Test func aWatchShowsWhatIsThereAtOnceAndAgainAfterEachChange() async throws {
      let core = try await world.trainee().core
      var shown = core.watchReflections().makeAsyncIterator()
      #expect(try await shown.next()?.count == 0)
      let id = try await core.createReflection(template: "gibbs", title: "One")
      #expect(try await shown.next()?.map(\.id) == [id])
      try await core.editReflection(id, base: nil, edits: [.title(title: "Another")])
      #expect(try await shown.next()?.map(\.title) == ["Another"])
    }

    @Test func aSlowScreenGetsTheNewestOnly() async throws {
      let core = try await world.trainee().core
      let read = Heard<Int>()
      var shown = countingReflections(of: core, read).makeAsyncIterator()
      #expect(try await shown.next() == 0)
      for _ in 0..<20 { _ = try await core.createReflection(template: "gibbs") }
      #expect(try await shown.next() == 20)
      _ = try await core.createReflection(template: "gibbs")
      #expect(try await shown.next() == 21)
      #expect(read.all == [0, 20, 21], "only what was to be shown was read")
    }

    @Test func whatIsShownAlreadyIsNotShownAgain() async throws {
      let core = try await world.trainee().core
      let (read, shown) = (Heard<Int>(), Heard<Int>())
      let watching = Task {
        for try await count in countingReflections(of: core, read) { shown.append(count) }
      }
      try await wait { shown.all == [0] }
      let id = try await core.createReflection(template: "gibbs")
      try await wait { shown.all == [0, 1] }
      let before = read.all.count
      try await core.editReflection(id, base: nil, edits: [.title(title: "Another")])
      try await wait { read.all.count > before }
      _ = try await core.createReflection(template: "gibbs")
      try await wait { shown.all.last == 2 }
      #expect(shown.all == [0, 1, 2])
      await core.close()
      let ended = await error { try await watching.value }
      guard case .suspended("closed", _) = ended else { return unexpected(ended) }
    }

    @Test func aWatchGoesOnAfterTheCoreWasSuspended() async throws {
      let phone = try await world.trainee()
      let shown = Heard<Int>()
      let watching = Task {
        for try await newest in phone.core.watchReflections() { shown.append(newest.count) }
      }
      try await wait { shown.all == [0] }
      await phone.core.suspendCore()
      // Another part of the app, such as a share extension.
      let other = try await LearningCore.open(phone.folder, keys: phone.keys)
      _ = try await other.createReflection(template: "gibbs")
      await other.close()
      try await phone.core.resumeCore()
      try await wait { shown.all == [0, 1] }
      await phone.core.close()
      let ended = await error { try await watching.value }
      guard case .suspended("closed", _) = ended else { return unexpected(ended) }
    }

    @Test func aWatchEndsWithItsTaskOrWithAnErrorOfWhatItReads() async throws {
      let core = try await world.trainee().core
      let watching = Task {
        for try await _ in core.watchProjects() {}
      }
      watching.cancel()
      try await watching.value

      let id = try await core.reflect("Four falls.")
      var shown = core.watchReflection(id).makeAsyncIterator()
      #expect(try await shown.next()?.reflection.answers["what"] == "Four falls.")
      try await core.delete(id)
      let ended = await error { try await shown.next() }
      guard case .gone(_, id, .deleted, _, _) = ended else { return unexpected(ended) }
      #expect(try await shown.next() == nil)
    }

    @Test func eachScreenOfTheAppHasItsWatch() async throws {
      let core = try await world.trainee().core
      let project = try await core.createProject(title: "Falls")
      var (modules, shared) = (
        core.watchModules().makeAsyncIterator(), core.watchSharedWithMe().makeAsyncIterator()
      )
      var (quarantined, state, shown) = (
        core.watchQuarantined().makeAsyncIterator(), core.watchSyncState().makeAsyncIterator(),
        core.watchProject(project).makeAsyncIterator()
      )
      #expect(try await modules.next() == [])
      #expect(try await shared.next() == [])
      #expect(try await quarantined.next() == [])
      #expect(try await state.next()?.waitingEntries != 0)
      #expect(try await shown.next()?.project.title == "Falls")
      try await core.sync()
      #expect(try await state.next()?.waitingEntries == 0)
      #expect(try await shown.next()?.status.stage == .stored)
    }
  }
}

/// How many reflections there are, and whenever that is looked up.
private func countingReflections(
  of core: LearningCore, _ read: Heard<Int>
) -> AsyncThrowingStream<Int, any Error> {
  core.watch(.documents) {
    let count = try await core.reflections().count
    read.append(count)
    return count
  }
}

private final class Token: Sendable {
  let value = 1
}
