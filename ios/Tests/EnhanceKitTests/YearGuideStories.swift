import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

@testable import Guide

extension Stories {
  /// What GUIDE.md says of a year in training, over the real core and the fake.
  @Suite struct YearGuideStories {
    private let world: World

    init() async throws {
      world = try await World()
    }

    /// A trainee's core and that of a colleague: over a server, and in memory.
    private func pairs() async throws -> [Pair] {
      let (ana, ben) = (try await world.trainee(), try await world.supervisor())
      try await meet(ana, ben)
      let (fake, memory) = (FakeLearningCore(), Person.ben)
      return [
        Pair(core: ana.core, other: ben.core, colleague: ben.person),
        Pair(core: fake, other: fake.core(of: memory), colleague: memory.id),
      ]
    }

    @Test func aPlacementALogAndALinkAreNoted() async throws {
      let (start, end) = (
        CalendarDate(year: 2025, month: 8, day: 6), CalendarDate(year: 2026, month: 8, day: 4)
      )
      for pair in try await pairs() {
        let post = try await notePlacement(
          pair.core, at: "Willow Surgery", from: start, to: end, wte: .number(thousandths: 600),
          supervisor: pair.colleague)
        let record = try await pair.core.personalRecord()
        #expect(record.supervisors.map(\.supervisor.placement) == [post])
        let said = try await missing(pair.core, on: start)
        #expect(said == ["0 of 0 minutes are left until \(end)"], "nothing is asked without a pack")
        let note = try await pair.core.createReflection(template: "gibbs", title: "A visit")
        let covers = [
          try await link(pair.core, note, to: "pop-o1", why: "I asked."),
          try await link(pair.core, note, to: "pop-o1", why: "I asked again."),
        ]
        #expect(covers == [.thin, .covered])
      }
    }

    @Test func remindersFollowTheDeadlines() async throws {
      for pair in try await pairs() {
        let core = pair.core
        let heard = Heard<[Reminder]>()
        let reminding = Task { try await remind(core) { heard.append($0) } }
        try await wait { heard.all == [[]] }
        let day = CalendarDate(Date(timeIntervalSinceNow: 40 * 24 * 60 * 60))
        let closes = EvidenceDeadline(name: "The portfolio closes", at: day)
        try await core.editRecord(closes.adding(core.newItemId()))
        try await wait { heard.all.last?.count == 3 }
        let last = try #require(heard.all.last?.last)
        #expect(last.words == "The portfolio closes: 7 days are left" && last.at.hour == 8)
        reminding.cancel()
      }
    }

    @Test @MainActor func aNameIsSeenBeforeAReflectionIsShared() async throws {
      for pair in try await pairs() {
        let core = pair.core
        let note = try await core.createReflection(template: "gibbs", title: "Mrs Okafor")
        let kept = try await share(core, note, with: pair.colleague) { found in
          #expect(found.map(\.text) == ["Mrs Okafor"])
          return false
        }
        #expect(kept == nil)
        let copy = try await share(core, note, with: pair.colleague) { _ in true }
        #expect(try await core.sharedByMe().map(\.id) == [copy])
      }
    }

    @Test func aRequestIsAnsweredAndSaysHowItStands() async throws {
      for pair in try await pairs() {
        let core = pair.core
        let note = try await core.createReflection(template: "gibbs", title: "A long night")
        let request = try await core.requestSignOff(.reflection(id: note), with: pair.colleague)
        let says = { try await standing(core, try await core.signOffRequest(request)) }
        #expect(try await says() == "Nobody has answered yet.")
        try await pair.meet()
        let asked = try #require(try await pair.other.signOffsAskedOfMe().first)
        try await answer(pair.other, asked, returned: "Who else was there?")
        try await pair.meet()
        #expect(try await says() == "Who else was there?")
        try await answer(pair.other, asked)
        try await pair.meet()
        #expect(try await says() == "Signed.")
        let edit = ReflectionEdit.title(title: "A short night")
        try await core.editReflection(note, base: nil, edits: [edit])
        #expect(try await says().contains("lines have changed since."))
      }
    }

    @Test func aReviewIsWrittenToAFileAndChecked() async throws {
      let year = DaysInARow(
        from: CalendarDate(year: 2025, month: 8, day: 6),
        to: CalendarDate(year: 2026, month: 8, day: 4))
      for pair in try await pairs() {
        let noted = Certificate(title: "Life support")
        try await pair.core.editRecord(noted.adding(pair.core.newItemId()))
        let file = world.folder.appending(path: "review.html")
        try await writeReview(pair.core, year, to: file)
        let said = try await verdict(pair.core, onReview: file)
        #expect(said == "This is what your record says.")
        let others = try await verdict(pair.other, onReview: file)
        #expect(others.hasPrefix("Nobody altered this page"))
        let goal = PdpGoal(text: "To lead a team meeting")
        try await pair.core.editRecord(goal.adding(pair.core.newItemId()))
        let outdated = try await verdict(pair.core, onReview: file)
        #expect(outdated == "Your record has changed 1 times since.")
      }
    }
  }
}

private struct Pair {
  let core: any LearningCoreProtocol
  let other: any LearningCoreProtocol
  let colleague: PersonId

  /// Both hear of each other.
  func meet() async throws {
    for _ in 0..<2 {
      for each in [core, other] { try await each.sync() }
    }
  }
}
