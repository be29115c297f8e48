import EnhanceKit
import EnhanceKitTesting
import Testing

extension Stories {
  @Suite final class SuspendStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func aCoreThatSyncsWithAServerThatStallsLetsGoWithinTwoSeconds() async throws {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect("Four falls.")
      await world.server.stall()
      let syncing = Task { try await phone.core.sync() }
      try await Task.sleep(for: .milliseconds(200))
      let took = await time { await phone.core.suspendCore() }
      #expect(took < .seconds(2))
      let ended = await error { try await syncing.value }
      guard case .suspended = ended else { return unexpected(ended) }
      let refused = await error { try await phone.core.reflections() }
      guard case .suspended = refused else { return unexpected(refused) }

      let other = try await LearningCore.open(phone.folder, keys: phone.keys)
      #expect(try await other.answer(id) == "Four falls.")
      let inUse = await error { try await phone.core.resumeCore() }
      guard case .storage(.inUse, _, _) = inUse else { return unexpected(inUse) }
      await other.close()

      await world.server.goOn()
      try await phone.core.resumeCore()
      try await phone.core.resumeCore()
      #expect(try await phone.core.sync().waiting == 0)
    }

    @Test func suspendingLetsGoOfTheFolderWhateverCannotBeSaved() async throws {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect("Four falls.")
      let shown = try await phone.core.reflection(id).version
      let pause = Duration.seconds(600)
      let tooLong = phone.core.typing(id, field: .answer("what"), base: shown, pause: pause)
      let noVersion = phone.core.typing(
        id, field: .answer("so-what"), base: Version(rawValue: "none"), pause: pause)
      let noDocument = phone.core.typing(
        DocumentId(rawValue: "none"), field: .answer("what"), base: shown, pause: pause)
      tooLong.typed(String(repeating: "a", count: 300_000))
      for typing in [noVersion, noDocument] { typing.typed("Nobody can take this.") }
      await phone.core.suspendCore()
      let other = try await LearningCore.open(phone.folder, keys: phone.keys)
      #expect(try await other.answer(id) == "Four falls.")
      await other.close()
      try await phone.core.resumeCore()
    }

    @Test func suspendingDoesNotWaitForCallsThatHaveNotBegun() async throws {
      let core = try await world.trainee().core
      let changes = core.changes
      let writing = (0..<2_000).map { number in
        Task { try await core.createReflection(template: "gibbs", title: "\(number)") }
      }
      _ = await changes.first { _ in true }
      let took = await time { await core.suspendCore() }
      #expect(took < .seconds(2))
      var written: [DocumentId] = []
      for task in writing {
        if case .success(let id) = await task.result { written.append(id) }
      }
      #expect(written.count < 2_000)
      try await core.resumeCore()
      let kept = try await core.reflections(limit: 2_000).map(\.id)
      #expect(Set(kept) == Set(written), "what was said to be written is, and nothing else")
    }
  }
}
