import EnhanceKitTesting
import Foundation
import Testing

@testable import EnhanceKit

extension Stories {
  @Suite final class ErrorStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func whoIsNotEnrolledIsToldSo() async throws {
      let core = try await world.phone().core
      let refused = await error { try await core.createReflection(template: "what-so-what") }
      guard case .signInNeeded(neverEnrolled: true, _, let reason) = refused else {
        return unexpected(refused)
      }
      #expect(refused?.localizedDescription == reason && refused?.reason == reason)
      #expect(refused?.code == "not_enrolled")
      #expect(!reason.isEmpty)
    }

    @Test func whatCannotBeTakenIsInvalidInputAndSaysWhichField() async throws {
      let core = try await world.trainee().core
      let madeUp = DocumentId(rawValue: "no id")
      let refused = await error { try await core.reflection(madeUp) }
      guard case .invalidInput(.id, _, let reason) = refused else { return unexpected(refused) }
      #expect(reason.contains("no id"))
    }

    @Test func whatIsNotThereIsNotFound() async throws {
      let core = try await world.trainee().core
      let elsewhere = try await world.supervisor().core
      let id = try await elsewhere.createProject(title: "Another person's")
      let refused = await error { try await core.project(id) }
      guard case .notFound = refused else { return unexpected(refused) }
    }

    @Test func anErrorOfAnotherKindIsUnexpectedAndNotQuoted() async {
      let foreign = CoreError(CocoaError(.fileNoSuchFile, userInfo: ["said": "canary"]))
      guard case .unexpected("internal", let reason) = foreign else { return unexpected(foreign) }
      #expect(!reason.isEmpty && !reason.contains("canary"))
      #expect(CoreError(CoreError.closed) == .closed)
    }

    @Test func rightsAreOrderedAndWhatCanBeChosenIsListed() async {
      #expect(Right.allCases.sorted() == [.read, .comment, .edit, .own])
      #expect(Role.allCases.count == 5 && ProjectSection.allCases.first == .problem)
    }

    @Test func anInvitationIsGoodForOneDevice() async throws {
      let invitation = try await world.server.invite("trainee", "Dr Ana Ruiz")
      _ = try await world.enrol(try await world.phone(), with: invitation)
      let second = try await world.phone()
      let refused = await error { try await self.world.enrol(second, with: invitation) }
      guard case .refused("invitation_used", _) = refused else { return unexpected(refused) }
      #expect(try await second.core.account() == nil)
    }

    @Test func whoIsEnrolledCannotBeEnrolledAgain() async throws {
      let phone = try await world.trainee()
      let invitation = try await world.server.invite("trainee", "Dr Cem Aydin")
      let refused = await error { try await self.world.enrol(phone, with: invitation) }
      guard case .notAllowed("already_enrolled", _) = refused else { return unexpected(refused) }
    }

    @Test func withoutAServerASyncIsOfflineAndEverythingIsKept() async throws {
      let core = try await world.trainee().core
      await world.server.stop()
      let id = try await core.reflect("Written in the lift.")
      let refused = await error { try await core.sync() }
      guard case .offline = refused else { return unexpected(refused) }
      #expect(try await core.answer(id) == "Written in the lift.")
      #expect(try await core.syncState().lastError == refused)
      try await world.server.startAgain()
      #expect(try await core.sync().waiting == 0)
    }
  }
}
