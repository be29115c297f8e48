import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Stories {
  @Suite final class SyncStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    @Test func aFewKilobytesAtATimeBringEverythingInTheEnd() async throws {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await ana.core.sync()
      for number in 0..<20 {
        let project = try await ana.core.createProject(title: "Project \(number)")
        let text = String(repeating: UUID().uuidString, count: 60)
        try await ana.core.write(text, in: .problem, of: project)
        try await ana.core.addMember(project, person: ben.person, right: .read)
      }
      let heard = Heard<SyncProgress>()
      let sent = try await ana.core.sync { heard.append($0) }
      #expect(sent.pushed >= 60 && sent.waiting == 0 && !sent.more)
      guard case .exchanged(let pushed, _, more: false) = heard.all.last else {
        Issue.record("\(heard.all)")
        return
      }
      #expect(pushed == sent.pushed)

      try await ben.core.sync()
      for one in try await ben.core.invitations() {
        try await ben.core.acceptInvitation(one.project)
      }
      let budget = Budget(maxBytes: 10_000)
      #expect(try await ben.core.sync(budget: budget).more)
      #expect(try await ben.core.projects().count < 20)
      while try await ben.core.sync(budget: budget).more {}
      #expect(try await ben.core.projects().count == 20)
    }

    @Test func aDeadlineEndsASyncThatIsNotAnswered() async throws {
      let core = try await world.trainee().core
      _ = try await core.reflect("Four falls.")
      await world.server.stall()
      for deadline in [Duration.milliseconds(300), .zero] {
        let took = await time {
          _ = try? await core.sync(budget: Budget(deadline: deadline))
        }
        #expect(took < .seconds(2))
      }
      await world.server.goOn()
      let forEver = Duration.seconds(Int64.max)
      #expect(try await core.sync(budget: Budget(deadline: forEver)).waiting == 0)
    }

    @Test func aBudgetOfLessThanNothingIsInvalid() async throws {
      let core = try await world.trainee().core
      let late = await error { try await core.sync(budget: Budget(deadline: .seconds(-1))) }
      guard case .invalidInput(.duration, _, _) = late else { return unexpected(late) }
      let owing = await error { try await core.sync(budget: Budget(maxBytes: -1)) }
      guard case .invalidInput(.value, _, _) = owing else { return unexpected(owing) }
    }

    @Test func aSyncThatIsCancelledEndsAndTheNextOneGoesOn() async throws {
      let core = try await world.trainee().core
      let id = try await core.reflect("Four falls.")
      await world.server.stall()
      let syncing = Task { try await core.sync() }
      try await Task.sleep(for: .milliseconds(200))
      let took = await time {
        syncing.cancel()
        await #expect(throws: CancellationError.self) { try await syncing.value }
      }
      #expect(took < .seconds(1))
      #expect(try await core.answer(id) == "Four falls.")
      await world.server.goOn()
      #expect(try await core.sync().waiting == 0)
    }

    @Test func whatWasCancelledBeforeItBeganIsNotBegun() async throws {
      let core = try await world.trainee().core
      _ = try await core.reflect("Four falls.")
      let waiting = try await core.syncState().waitingEntries
      let syncing = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await core.sync()
      }
      await #expect(throws: CancellationError.self) { try await syncing.value }
      #expect(try await core.syncState().waitingEntries == waiting)
    }

    @Test func aSaveIsDoneEvenIfItsTaskIsCancelled() async throws {
      let core = try await world.trainee().core
      let saving = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await core.reflect("Four falls.")
      }
      let id = try await saving.value
      #expect(try await core.answer(id) == "Four falls.")
    }

    @Test func keptInSyncAPhoneSendsWhatIsWrittenUntilItsTaskIsCancelled() async throws {
      let core = try await world.trainee().core
      let keeping = Task { try await core.keepInSync() }
      let id = try await core.reflect("Four falls.")
      try await wait { try await core.status(id).stage == .stored }
      keeping.cancel()
      await #expect(throws: CancellationError.self) { try await keeping.value }
      let later = try await core.reflect("Another.")
      try await Task.sleep(for: .seconds(2))
      #expect(try await core.status(later).stage == .saved)
    }

    @Test func aPhoneThatIsOfflineWaitsForTheNetwork() async throws {
      let core = try await world.trainee().core
      try await core.setConditions(.init(online: false, metered: false, foreground: true))
      let keeping = Task { try await core.keepInSync() }
      let id = try await core.reflect("Written in the lift.")
      try await Task.sleep(for: .seconds(2))
      #expect(try await core.status(id).stage == .saved)
      try await core.setConditions(.init(online: true, metered: false, foreground: true))
      try await wait { try await core.status(id).stage == .stored }
      keeping.cancel()
    }
  }
}
