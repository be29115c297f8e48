import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  /// Whatever a host hands in, for every function there is: nothing but the library's own errors
  /// comes back, and the core works afterwards.
  @Suite struct HandedInStories {
    @Test func e4EveryFunctionIsCalledWithWhatAHostMayHandIn() throws {
      let listed = try String(
        contentsOf: Project.root.appending(path: "bindings/api.txt"), encoding: .utf8)
      let core = listed.split(separator: "\n").drop { $0 != "object CoreHandle" }.dropFirst()
        .prefix { $0.hasPrefix(" ") }
      let functions = core.compactMap { line -> String? in
        let name = line.split(separator: "(")[0].split(separator: " ").last.map(String.init)
        return line.contains("constructor") ? nil : name.map(camelCase)
      }
      #expect(functions.count > 150)
      let called = Set((Call.all + Call.last).map(\.name))
      let missing = Set(functions).subtracting(called).subtracting(Self.calledOtherwise)
      #expect(missing.isEmpty, "\(missing.sorted())")
    }

    /// What the library calls for its own purposes, without a value, or in stories of their own.
    private static let calledOtherwise: Set = [
      "observe", "leave", "suspend", "resume", "keepInSync", "signOut", "typing",
    ]

    @Test func e4WhateverIsHandedInHasAnAnswerOfTheLibrary() async throws {
      let world = try await World()
      let ana = try await world.trainee()
      try await ana.core.sync()
      try await handIn(to: ana.core, files: world.folder.appending(path: "files"))
    }

    @Test func e4WhateverIsHandedInTheFakeHasAnAnswerToo() async throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
      defer { try? FileManager.default.removeItem(at: folder) }
      try await handIn(to: FakeLearningCore(), files: folder)
    }

    private func handIn(to core: any LearningCoreProtocol, files: URL) async throws {
      for (document, item) in try await known(core) {
        for it in HandedIn.all(document, item, in: files) {
          for call in Call.all { try await make(call, core, it) }
          if it.document != document {
            for call in Call.last { try await make(call, core, it) }
          }
          await type(it, into: core)
        }
      }
      try await works(core)
    }

    /// A reflection and a plan, and things in them.
    private func known(
      _ core: any LearningCoreProtocol
    ) async throws -> [(DocumentId, ItemId)] {
      let note = try await core.createReflection(template: "what-so-what", title: "A long night")
      let plan = try await core.createProject(title: "Falls")
      let comment = try await core.comment(plan, body: "Which ward?")
      let session = try await core.addSession(
        NewSession(
          title: "Falls clinic", activity: nil, module: nil,
          start: Date(timeIntervalSinceNow: -3600), minutes: 60, kind: .core))
      return [(note, session), (plan, comment)]
    }

    private func make(
      _ call: Call, _ core: any LearningCoreProtocol, _ it: HandedIn
    ) async throws {
      do {
        try await call.make(core, it)
      } catch is CoreError {
        // As it should be.
      } catch {
        Issue.record("\(call.name) throws \(error)")
      }
    }

    private func type(_ it: HandedIn, into core: any LearningCoreProtocol) async {
      let typing = core.typing(
        it.document, field: it.draftField, base: it.version, pause: it.length)
      typing.typed(it.text)
      for attempt in [{ try await typing.flush() }, { try await typing.close() }] {
        do {
          try await attempt()
        } catch is CoreError {
          // As it should be.
        } catch {
          Issue.record("typing throws \(error)")
        }
      }
    }

    private func works(_ core: any LearningCoreProtocol) async throws {
      let id = try await core.createReflection(template: "what-so-what", title: "After all that")
      #expect(try await core.reflection(id).reflection.title == "After all that")
      #expect(try await core.reflections().contains { $0.id == id })
      _ = try await core.account()
    }

    private func camelCase(_ name: String) -> String {
      let words = name.split(separator: "_").map(String.init)
      return words[0] + words.dropFirst().map(\.capitalized).joined()
    }
  }
}
