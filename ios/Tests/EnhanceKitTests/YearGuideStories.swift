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
        let next = try await pair.core.createReflection(template: "gibbs", title: "A second visit")
        let covers = [
          try await link(pair.core, note, to: "pop-o1", why: "I asked."),
          try await link(pair.core, next, to: "pop-o1", why: "I asked again."),
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

    @Test @MainActor func aPhotographIsAttachedAndOpened() async throws {
      let bytes = try Data(contentsOf: photograph)
      for pair in try await pairs() {
        let core = pair.core
        let note = try await core.createReflection(template: "gibbs", title: "The whiteboard")
        let source = EvidenceSource.document(note)
        let name = "board.jpg"
        let none = try await attachPhotograph(core, bytes, named: name, to: source) { _ in false }
        #expect(none == nil)
        let file = try await attachPhotograph(core, bytes, named: name, to: source) {
          $0.bytesBefore == bytes.count
        }
        let view = try #require(try await core.attachments(source).first)
        #expect(view.id == file?.id)
        #expect(try await core.syncState().files == "0 of 1 stored")
        let opened = try await openFile(core, view) { _ in false }
        #expect(opened?.count == view.bytes)
      }
    }

    @Test @MainActor func wordsAreSuggestedAndAccepted() async throws {
      for pair in try await pairs() {
        let core = pair.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        let text = ProjectEdit.section(section: .problem, text: "Too many falls at night.")
        try await core.editProject(plan, base: nil, edits: [text])
        try await core.addMember(plan, person: pair.colleague, right: .comment)
        try await pair.meet()
        let made = try await suggest(
          pair.other, plan, in: .problem, part: "problem", instead: "by day",
          of: { $0.range(of: "at night") })
        #expect(made != nil)
        try await pair.other.commentAt(
          plan, part: "problem", body: "Are you sure?",
          range: TextRange(start: 0, end: 8))
        try await pair.meet()
        let suggestion = try #require(try await core.suggestions(plan).first)
        try await accept(core, plan, suggestion) { _ in false }
        let read = try await core.project(plan).project.sections[.problem]
        #expect(read == "Too many falls by day.")
        #expect(try await core.threads(plan).map(\.about) == ["\u{201c}Too many\u{201d}"])
      }
    }

    @Test @MainActor func whatWaitsIsShownAndSeen() async throws {
      for pair in try await pairs() {
        let waiting = Waiting(pair.other)
        let showing = Task { try await waiting.show() }
        let note = try await pair.core.createReflection(template: "gibbs", title: "A night")
        _ = try await pair.core.shareReflection(note, with: pair.colleague)
        try await pair.meet()
        try await until { waiting.badge == 1 }
        let item = try #require(waiting.items.first)
        #expect(item.kind == .copyShared && item.title == "A night")
        try await waiting.saw(item)
        try await until { waiting.items.isEmpty }
        showing.cancel()
      }
    }

    /// Waits until a screen shows it, for at most ten seconds.
    @MainActor private func until(_ isShown: () -> Bool) async throws {
      let limit = ContinuousClock.now + .seconds(10)
      while !isShown() {
        guard ContinuousClock.now < limit else {
          Issue.record("it was never shown")
          return
        }
        try await Task.sleep(for: .milliseconds(5))
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
      for each in [core, other] { try await each.syncAndJoin() }
    }
  }
}
