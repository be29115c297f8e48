import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class ProgrammeStories {
    private let world: World

    init() async throws {
      world = try await World()
      try await world.server.publishProgramme()
    }

    @Test func modulesAreBrowsedAndWorkedThroughWithoutANetwork() async throws {
      let core = try await world.trainee().core
      try await core.sync()
      let heard = Heard<SyncProgress>()
      let update = try await core.updatePack("enhance") { heard.append($0) }
      #expect(update.before == nil && update.bytes > 0)
      guard case .downloaded(let bytes, let total) = heard.all.last else {
        Issue.record("no progress was heard of")
        return
      }
      #expect(bytes == total && total > 0)
      await world.server.stop()

      let modules = try await core.modules()
      #expect(modules.count == 8)
      let module = try await core.module(modules[0].key)
      #expect(!module.page.text.isEmpty && !module.outcomes.isEmpty)
      let activity = try #require(module.activities.first?.activity.key)
      try await core.startActivity(activity)
      try await core.completeActivity(activity)
      #expect(try await core.modules()[0].activitiesDone == 1)
      #expect(try await core.templates().contains { $0.key == "what-so-what" })
      #expect(try await core.programme()?.key == "enhance")
      #expect(try await core.packs().first?.installed != nil)
      #expect(try await !core.search("patient").isEmpty)
    }

    @Test func mediaIsFetchedOnceItIsAskedForAndThenThereAsAFile() async throws {
      let core = try await world.trainee().core
      try await core.sync()
      _ = try await core.updatePack("enhance")
      let programme = try #require(try await core.programme())
      let resource = try #require(programme.resources.first { $0.file != nil })
      #expect(try await core.media(resource.key).path == nil)
      let file = try await core.fetchMedia(resource.key)
      let media = try await core.media(resource.key)
      #expect(media.path == file.path)
      #expect(try Data(contentsOf: file).count == Int(media.bytes))
    }
  }
}
