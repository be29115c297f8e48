import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class ErrorStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func whoIsNotEnrolledIsToldSo() async throws {
      let core = try await world.phone().core
      let refused = await error { try await core.createReflection(template: "what-so-what") }
      guard case .NotEnrolled(let reason) = refused else { return unexpected(refused) }
      #expect(refused?.localizedDescription == reason && refused?.reason == reason)
      #expect(!reason.isEmpty)
    }

    @Test func whatCannotBeTakenIsInvalidInputAndSaysWhichField() async throws {
      let core = try await world.trainee().core
      let refused = await error { try await core.reflection("no id") }
      guard case .InvalidInput(let field, let reason) = refused else { return unexpected(refused) }
      #expect(field == "document id" && reason.contains("no id"))
    }

    @Test func whatIsNotThereIsNotFound() async throws {
      let core = try await world.trainee().core
      let elsewhere = try await world.supervisor().core
      let id = try await elsewhere.createProject(title: "Somebody else's")
      let refused = await error { try await core.project(id) }
      guard case .NotFound = refused else { return unexpected(refused) }
    }

    @Test func anInvitationIsGoodForOneDevice() async throws {
      let invitation = try await world.server.invite("trainee", "Dr Ana Ruiz")
      _ = try await world.enrol(try await world.phone(), with: invitation)
      let second = try await world.phone()
      let refused = await error { try await self.world.enrol(second, with: invitation) }
      guard case .Refused(let code, _) = refused else { return unexpected(refused) }
      #expect(code == "invitation_used")
      #expect(try await second.core.account() == nil)
    }

    @Test func whoIsEnrolledCannotBeEnrolledAgain() async throws {
      let phone = try await world.trainee()
      let invitation = try await world.server.invite("trainee", "Dr Cem Aydin")
      let refused = await error { try await self.world.enrol(phone, with: invitation) }
      guard case .AlreadyEnrolled = refused else { return unexpected(refused) }
    }

    @Test func withoutAServerASyncIsOfflineAndEverythingIsKept() async throws {
      let core = try await world.trainee().core
      await world.server.stop()
      let id = try await core.reflect("Written in the lift.")
      let refused = await error { try await core.sync() }
      guard case .Offline = refused else { return unexpected(refused) }
      #expect(try await core.answer(id) == "Written in the lift.")
      #expect(try await core.syncState().lastError == refused)
      try await world.server.startAgain()
      #expect(try await core.sync().waiting == 0)
    }
  }
}
