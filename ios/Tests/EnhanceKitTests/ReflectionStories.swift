import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class ReflectionStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func whatWasWrittenAndTypedIsThereAfterTheAppWasClosed() async throws {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect("Four falls.")
      let shown = try await phone.core.reflection(id).version
      try await phone.core.autosave(
        id, field: .answer("so-what"), base: shown, text: "Nobody had told")

      let core = try await phone.openAgain()
      let view = try await core.reflection(id)
      #expect(view.reflection.title == "A long night")
      #expect(view.reflection.answers["what"] == "Four falls.")
      #expect(view.reflection.answers["so-what"] == "Nobody had told")
      #expect(view.drafts.map(\.field) == [.answer("so-what")])
      #expect(try await core.unsettled() == [id])
      try await core.settle(id)
      #expect(try await core.unsettled().isEmpty)
      let hits = try await core.search("nobody").map(\.target)
      #expect(hits == [.document(id: id, kind: .reflection)])
    }

    @Test func aSupervisorReadsWhatWasSharedAndTheAuthorSeesThatTheyDid() async throws {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      let id = try await ana.core.reflect("Four falls in one night.")
      let copy = try await ana.core.shareReflection(id, with: ben.person)
      try await ana.core.sync()

      try await ben.core.sync()
      #expect(try await ben.core.sharedWithMe().map(\.id) == [copy])
      let shown = try await ben.core.sharedReflection(copy)
      #expect(shown.copy.answers["what"] == "Four falls in one night.")
      #expect(shown.owner?.name == "Dr Ana Ruiz")
      #expect(try await ben.core.reflections().isEmpty, "a copy is not the reflection")

      try await ben.core.markSeen(copy)
      try await ben.core.sync()
      try await ana.core.sync()
      #expect(try await ana.core.status(id).seenBy.map(\.person.name) == ["Dr Ben Okoro"])
      #expect(try await ana.core.readers(id).map(\.person.id) == [ana.person, ben.person])
    }

    @Test func aSecondDeviceReadsPrivateEntriesOnceTheRecoveryKeyIsTyped() async throws {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect("Four falls.")
      try await phone.core.sync()
      let invitation = try await phone.core.inviteDevice()
      let tablet = try await world.enrol(try await world.phone(), with: invitation)
      #expect(try await tablet.core.account()?.private == .recoveryKeyNeeded)
      let refused = await error { try await tablet.core.reflect("Too early.") }
      guard case .RecoveryKeyNeeded = refused else { return unexpected(refused) }
      try await tablet.core.useRecoveryKey(try #require(phone.recoveryKey))
      try await tablet.core.sync()
      #expect(try await tablet.core.answer(id) == "Four falls.")
    }

    @Test func whatWasDeletedIsGone() async throws {
      let phone = try await world.trainee()
      let id = try await phone.core.reflect("Four falls.")
      try await phone.core.delete(id)
      let refused = await error { try await phone.core.reflection(id) }
      guard case .NotFound = refused else { return unexpected(refused) }
    }

    @Test func theTimeOfASessionComesBack() async throws {
      let phone = try await world.trainee()
      let starts = (0..<10).map { Date(timeIntervalSince1970: 1_763_000_000 + Double($0) / 1000) }
      for start in starts {
        _ = try await phone.core.addSession(
          NewSession(
            title: "Falls clinic", activity: nil, module: nil, start: start, minutes: 60,
            kind: .core)
        )
      }
      let kept = try await phone.core.learningLog().sessions.map(\.session.start)
      for (start, kept) in zip(starts, kept.sorted()) {
        #expect(abs(start.timeIntervalSince(kept)) < 0.0005)
      }
    }
  }
}
