import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class LimitStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func sixtyFourTasksAtOnceNeverWaitForEachOtherForEver() async throws {
      let core = try await world.trainee().core
      let first = try await core.reflect("Four falls.")
      let took = try await time {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<64 {
            group.addTask { try await Self.live(number, core, first) }
          }
          try await group.waitForAll()
        }
      }
      #expect(took < .seconds(10))
      try await core.sync()
      #expect(try await core.reflections(limit: 1_000).count == 1 + 16 * 4)
      #expect(try await core.syncState().waitingEntries == 0)
    }

    private static func live(_ number: Int, _ core: LearningCore, _ id: DocumentId) async throws {
      for round in 0..<4 {
        switch number % 4 {
        case 0:
          _ = try await core.reflect("Task \(number), round \(round)")
        case 1:
          for try await _ in core.watchReflections() { break }
        case 2:
          let syncing = Task { try await core.sync() }
          try await Task.sleep(for: .milliseconds(number % 7))
          syncing.cancel()
          do { _ = try await syncing.value } catch is CancellationError {}
        default:
          let shown = try await core.reflection(id).version
          let typing = core.typing(id, field: .answer("what"), base: shown)
          typing.typed("Task \(number), round \(round)")
          try await typing.close()
        }
      }
    }
  }
}
