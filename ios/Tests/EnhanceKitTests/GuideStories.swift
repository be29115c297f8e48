import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

@testable import Guide

extension Stories {
  /// The app of GUIDE.md, as a person uses it.
  @MainActor @Suite final class GuideStories {
    private let world: World
    private let keys = MemoryKeys()
    private let folder: URL
    private let notes: Notes

    init() async throws {
      world = try await World()
      try await world.server.publishProgramme()
      folder = world.folder.appending(path: "notes")
      notes = Notes(folder: folder, keys: keys)
    }

    @Test func whatIsTypedIsShownInTheListAndReachesTheServer() async throws {
      let core = try await join()
      #expect(notes.account?.person.name == "Dr Ana Ruiz" && notes.recoveryKey != nil)
      let list = NoteList(core)
      let showing = Task { await list.show() }
      try await until { !list.templates.isEmpty }

      let template = try #require(list.templates.first { $0.key == "what-so-what" })
      let editor = try await NoteEditor.begin(template, in: core)
      let editing = Task { await editor.show() }
      try await until { editor.answer?.isLoaded == true }
      #expect(editor.question == "What?")
      editor.answer?.text = "Four falls"
      editor.answer?.text = "Four falls in one night."
      try await until { list.reflections.first?.preview.contains("one night") == true }
      editing.cancel()
      await editing.value
      #expect(try await core.unsettled().isEmpty)

      try await until { list.status == "Everything is on the server." }
      let id = try #require(list.reflections.first?.id)
      #expect(try await core.status(id).stage == .stored)
      #expect(list.problem == nil && editor.problem == nil && notes.problem == nil)
      #expect(editor.answer?.failure == nil)
      showing.cancel()
      await showing.value
    }

    @Test func anEditorShowsWhatWasTypedBefore() async throws {
      let core = try await join()
      let list = NoteList(core)
      let showing = Task { await list.show() }
      try await until { !list.templates.isEmpty }
      let editor = try await NoteEditor.begin(list.templates[0], in: core)
      for (expected, typed) in [("", "Ask"), ("Ask", "Ask the pharmacist")] {
        let editing = Task { await editor.show() }
        try await until { editor.answer?.isLoaded == true }
        #expect(editor.answer?.text == expected)
        editor.answer?.text = typed
        editing.cancel()
        await editing.value
        #expect(try await core.unsettled().isEmpty, "the person is done")
      }
      let id = try #require(try await core.reflections().first?.id)
      #expect(
        try await core.reflection(id).reflection.answers.values.contains("Ask the pharmacist"))
      showing.cancel()
      await showing.value
    }

    @Test func theFolderIsLeftWithTheScreenAndEverythingGoesOnWhenThePersonIsBack() async throws {
      let core = try await join()
      let list = NoteList(core)
      let showing = Task { await list.show() }
      try await until { list.state?.lastSuccess != nil }
      let id = try await core.createReflection(template: "what-so-what", title: "Before")
      await notes.leave().value
      let other = try await LearningCore.open(folder, keys: keys)
      #expect(try await other.status(id).stage == .stored, "it was sent on leaving")
      await other.close()

      await notes.enter().value
      _ = try await core.createReflection(template: "what-so-what", title: "After")
      try await until { list.reflections.map(\.title) == ["After", "Before"] }

      await world.server.stall()
      _ = try await core.createReflection(template: "what-so-what", title: "Quickly")
      notes.leave()
      let back = ContinuousClock.now
      await notes.enter().value
      #expect(back.duration(to: .now) < .seconds(5), "coming back ends what leaving began")
      try await until { list.reflections.count == 3 }
      #expect(list.status != "Everything is on the server.")
      #expect(list.problem == nil && notes.problem == nil)
      await world.server.goOn()
      showing.cancel()
      await showing.value
    }

    @Test func aRefreshInTheBackgroundSendsAndLetsGo() async throws {
      let core = try await join()
      let id = try await core.createReflection(template: "what-so-what")
      await core.suspendCore()
      notes.enter()
      await notes.leave().value
      let other = try await LearningCore.open(folder, keys: keys)
      #expect(try await other.status(id).stage == .stored)
      await other.close()
    }

    @Test func aSyncIsWatchedAndCancelled() async throws {
      let list = NoteList(try await join())
      await world.server.stall()
      list.sync()
      #expect(list.isSyncing)
      list.cancelSync()
      try await until { !list.isSyncing }
      #expect(list.problem == nil)

      await world.server.goOn()
      list.sync()
      try await until { !list.isSyncing && list.arrived > 0 }
      await world.server.stop()
      list.sync()
      try await until { !list.isSyncing }
      guard case .offline = list.problem else {
        Issue.record("\(String(describing: list.problem))")
        return
      }
    }

    @Test func whenTheKeyIsLostThePersonBeginsAnew() async throws {
      try await join().close()
      keys.answer = .missing
      let started = Notes(folder: folder, keys: keys)
      await started.enter().value
      guard case .keyUnavailable(.missing, _, _) = started.problem else {
        Issue.record("\(String(describing: started.problem))")
        return
      }
      #expect(started.isLost && started.core == nil)
      await started.startAnew().value
      #expect(!started.isLost && started.core != nil && started.account == nil)
      await started.startAnew().value
      #expect(started.problem == nil && started.core != nil, "also one that is open")
    }

    @Test func anInvitationThatWasUsedIsAProblemWithACode() async throws {
      await notes.enter().value
      let invitation = try await world.server.invite("trainee", "Dr Ana Ruiz")
      _ = try await world.enrol(try await world.phone(), with: invitation)
      await notes.join(server: world.server.address, invitation: invitation)
      guard case .refused("invitation_used", _) = notes.problem else {
        Issue.record("\(String(describing: notes.problem))")
        return
      }
      #expect(notes.account == nil)
    }

    @Test func theTourGoesItsWayOverTheRealCoreAndTheFake() async throws {
      #expect(try await tour(try await join()) == "A night on call")
      #expect(try await tour(FakeLearningCore()) == "A night on call")
    }

    @Test func aPlanIsWrittenOverTheRealCoreAndTheFake() async throws {
      for core: any LearningCoreProtocol in [try await join(), FakeLearningCore()] {
        let plan = try await core.createProject(title: "Falls on ward 7")
        let seen = try await measureFalls(core, plan, seen: 40)
        try await correct(core, plan, seen, seen: 4)
        try await predict(core, plan, "Nobody falls in bay 2.")
        let written = try await core.project(plan).project
        #expect(written.observations.map(\.observation.value) == [.number(thousandths: 4_000)])
        #expect(written.cycles.map(\.cycle.prediction) == ["Nobody falls in bay 2."])
        try await takeBack(core, plan, .observation, seen)
        #expect(try await core.project(plan).project.takenBack.map(\.id) == [seen])
        #expect(try await disputed(core, plan, .topic(topic: "pcp")).isEmpty)
      }
    }

    @Test func aPlanIsCountedSaidAndPrintedOverTheRealCoreAndTheFake() async throws {
      for core: any LearningCoreProtocol in [try await join(), FakeLearningCore()] {
        let plan = try await core.createProject(title: "Falls on ward 7")
        _ = try await measureFalls(core, plan, seen: 4)
        let measure = try #require(try await core.project(plan).project.measures.first?.id)
        let sheet = try await layOutSheet(core, plan)
        for met in [true, false, true] { _ = try await tick(core, plan, sheet, met: met) }
        let counted = try await untick(core, plan, sheet, met: true)
        #expect(counted == .ratio(numerator: 1, denominator: 2))
        let chart = try await core.chart(plan, measure: measure)
        #expect(chart.stretches.map(\.count) == [1] && !chart.spoken.isEmpty)

        try await core.comment(plan, body: "Which ward?")
        let comment = try #require(try await core.project(plan).comments.first)
        let undo = try await takeBack(core, plan, comment)
        #expect(try await core.project(plan).comments.isEmpty)
        try await undo()
        #expect(try await core.project(plan).comments == [comment])

        let file = world.folder.appending(path: "plan.html")
        try await writePage(core, plan, to: file)
        #expect(try await verdict(core, on: file) == "This is what the plan says.")
        try await core.editProject(plan, base: nil, edits: [.title(title: "Falls at night")])
        let said = try await verdict(core, on: file)
        #expect(said == "The plan has been changed 1 times since.")
        let other = try await beginFromText(core, try await core.recipe(plan), ward: "Ward 9")
        #expect(try await core.project(other).project.title == "Falls on Ward 9")

        let me = try #require(try await core.account()).person.id
        #expect(try await core.project(plan).choices(of: me) == [.offer, .delete])
        try await delete(core, plan) { _ in false }
        #expect(try await core.projects().map(\.id) == [other], "nobody else reads it")
      }
    }

    @Test func aPlanIsOfferedAndAcceptedInAPreview() async throws {
      #expect(try await previewOfAnOffer() == [[.accept, .leave], [.offer, .delete], [.leave]])
      let core = FakeLearningCore()
      let plan = try await core.createProject(title: "Falls on ward 7")
      try await core.addMember(plan, person: Person.ben.id, right: .read)
      let bens = core.core(of: .ben)
      try await bens.acceptInvitation(plan)
      try await bens.sync()
      try await delete(core, plan) { reason in !reason.contains("Dr Ben Okoro") }
      #expect(try await core.projects().map(\.id) == [plan])
      try await delete(core, plan) { _ in true }
      #expect(try await core.projects().isEmpty)
    }

    @Test func invitationsAreAnsweredAndAPhoneIsSignedOut() async throws {
      let core = FakeLearningCore()
      let bens = core.core(of: .ben)
      var plans: [DocumentId] = []
      for title in ["Falls on ward 7", "Lamps"] {
        plans.append(try await core.createProject(title: title))
        try await core.addMember(plans[plans.count - 1], person: Person.ben.id, right: .read)
      }
      try await answerInvitations(bens) { $0.title == "Lamps" }
      #expect(try await bens.projects().map(\.id) == [plans[1]])

      await core.setNetworkFailure(
        .offline(obstacle: .noRoute, errand: .syncing, code: "offline", reason: "no network"))
      _ = try await core.createReflection(template: "gibbs")
      #expect(try await !signOut(core) { _ in false })
      #expect(try await signOut(core) { $0.documents > 0 })
      do {
        _ = try await core.account()
        Issue.record("a phone that is signed out answers")
      } catch CoreError.signedOut {
        // As it should be.
      }
    }

    @Test func aPlanIsBegunFromARecipeOfTheProgramme() async throws {
      let core = try await join()
      try await core.sync()
      for pack in try await core.packs() { try await core.updatePack(pack.key) }
      let first = try #require(try await core.recipes().first)
      let plan = try await beginFromPack(core, ward: "Ward 7") { _ in first }
      let begun = try await core.project(plan).project
      #expect(begun.title == first.title && !begun.measures.isEmpty)
    }

    @Test func aPreviewShowsItsListWithoutALibraryOrANetwork() async throws {
      let list = try await previewedList()
      let showing = Task { await list.show() }
      try await until { list.reflections.map(\.title) == ["A night on call"] }
      try await until { list.state?.lastError != nil }
      #expect(list.status == "the server cannot be reached" && list.problem == nil)
      showing.cancel()
      await showing.value
    }

    private func join() async throws -> LearningCore {
      await notes.enter().value
      let invitation = try await world.server.invite("trainee", "Dr Ana Ruiz")
      await notes.join(server: world.server.address, invitation: invitation)
      return try #require(notes.core)
    }

    /// Waits until a screen shows it, for at most ten seconds.
    private func until(
      sourceLocation: SourceLocation = #_sourceLocation, _ isShown: () async throws -> Bool
    ) async throws {
      let limit = ContinuousClock.now + .seconds(10)
      while try await !isShown() {
        guard ContinuousClock.now < limit else {
          Issue.record("it was never shown", sourceLocation: sourceLocation)
          return
        }
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }
}
