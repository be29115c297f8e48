import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Subject {
  /// A plan of the trainee's, with a problem, in which the colleague may do this, on both phones.
  fileprivate func plan(_ right: Right) async throws -> DocumentId {
    let plan = try await core.createProject(title: "Falls on ward 7")
    let problem = ProjectEdit.section(section: .problem, text: "Too many falls at night.")
    try await core.editProject(plan, base: nil, edits: [problem])
    try await core.addMember(plan, person: colleague, right: right)
    try await meet()
    return plan
  }

  fileprivate func problem(_ plan: DocumentId) async throws -> String? {
    try await core.project(plan).project.sections[.problem]
  }

  /// The kinds of what waits, each once.
  fileprivate func waiting(_ one: any LearningCoreProtocol) async throws -> Set<InboxKind> {
    let inbox = try await one.inbox()
    #expect(inbox.counts.total == inbox.items.count)
    #expect(try await one.inboxCounts() == inbox.counts)
    return Set(inbox.items.map(\.kind))
  }

  fileprivate func see(_ one: any LearningCoreProtocol, _ kind: InboxKind) async throws {
    let item = try #require(try await one.inbox().items.first { $0.kind == kind })
    try await one.markInboxSeen(item.id)
  }
}

private func range(of words: String, in text: String) throws -> TextRange {
  TextRange(try #require(text.range(of: words)), in: text)
}

extension Behaviour {
  /// What people say to each other, and what waits for them.
  static var answering: [Behaviour] { threads + suggestions + inboxes + files }

  private static var threads: [Behaviour] {
    [
      Behaviour("a comment is answered, settled and opened again by anybody") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.comment))
        let id = try await core.commentAt(plan, part: "problem", body: "How many in a month?")
        try await subject.meet()
        let asked = try #require(try await other.threads(plan).first)
        #expect(asked.first?.body == "How many in a month?" && asked.waits)
        #expect(try await other.waitingAnswers(plan).threads == 1)
        try await other.answerComment(plan, to: asked.place, body: "Four, at shift change.")
        try await subject.meet()
        let answered = try #require(try await core.threads(plan).first)
        #expect(answered.answers.map(\.body) == ["Four, at shift change."] && answered.waits)
        #expect(try await other.waitingAnswers(plan).threads == 0)
        try await other.resolveComment(plan, id: id)
        try await subject.meet()
        let settled = try #require(try await core.threads(plan).first)
        #expect(settled.resolvedBy?.id == subject.colleague && !settled.waits)
        try await core.reopenComment(plan, id: id)
        #expect(try await core.threads(plan).first?.resolvedAt == nil)
      },
      Behaviour("what is said is refused until what was found in these words was seen") { subject in
        let (core, plan) = (subject.core, try await subject.plan(.comment))
        let words = "Mrs Okafor fell."
        let refused = await error { try await core.commentAt(plan, part: "", body: words) }
        guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
        try await core.acknowledge(
          try await core.checkBeforeSaying(plan, words: [words]).acknowledgement)
        let id = try await core.commentAt(plan, part: "", body: words)
        let other = await error {
          try await core.rewriteComment(plan, id: id, body: "Mr Smith fell.")
        }
        guard case .notAllowed("unacknowledged", _) = other else { return unexpected(other) }
        try await core.rewriteComment(plan, id: id, body: "Somebody fell.")
      },
      Behaviour("a comment is said in other words, deleted and put back") { subject in
        let (core, plan) = (subject.core, try await subject.plan(.comment))
        let id = try await core.commentAt(plan, part: "", body: "Why hear?")
        try await core.rewriteComment(plan, id: id, body: "Why here?")
        let place = try #require(try await core.threads(plan).first?.place)
        #expect(try await core.commentVersions(place).map(\.body) == ["Why hear?", "Why here?"])
        try await core.deleteComment(plan, id: id)
        #expect(try await core.threads(plan).isEmpty)
        #expect(try await core.takenBackComments(plan).map(\.id) == [id])
        try await core.putBackComment(plan, id: id)
        #expect(try await core.threads(plan).map(\.first?.body) == ["Why here?"])
      },
      Behaviour("a comment about some words stays with them, and says when they are gone") {
        subject in
        let (core, plan) = (subject.core, try await subject.plan(.comment))
        let words = try range(of: "at night", in: "Too many falls at night.")
        try await core.commentAt(plan, part: "problem", body: "Which nights?", range: words)
        let earlier = "We saw it: too many falls at night."
        try await core.editProject(
          plan, base: nil, edits: [.section(section: .problem, text: earlier)])
        let moved = try #require(try await core.threads(plan).first)
        #expect(moved.quote == "at night")
        let there = try range(of: "at night", in: earlier)
        #expect(moved.standing == .at(range: there))
        try await core.editProject(
          plan, base: nil, edits: [.section(section: .problem, text: "We saw it.")])
        #expect(try await core.threads(plan).map(\.standing) == [.deletedText])
      },
      Behaviour("who was shown a copy says something about it") { subject in
        try await subject.meet()
        let note = try await subject.reflect("Four falls.")
        let copy = try await subject.core.shareReflection(note, with: subject.colleague)
        try await subject.meet()
        try await subject.other.commentAt(copy, part: "what", body: "Who else was there?")
        try await subject.meet()
        let threads = try await subject.core.threads(copy)
        #expect(threads.map(\.first?.body) == ["Who else was there?"])
      },
    ]
  }

  private static var suggestions: [Behaviour] {
    [
      Behaviour("a page calls nobody by another name while nobody was renamed") { subject in
        let (core, plan, measure) = try await subject.measured()
        let page = try await core.projectPage(plan)
        #expect(try await core.otherNamesOnPage(page).isEmpty)
        #expect(try await core.chartsByGroup(plan, measure: measure, width: 320).isEmpty)
        #expect(try await core.phaseSuggestion(plan, measure: measure).at == nil)
      },
      Behaviour("a suggestion is accepted, and its words are in the plan") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.comment))
        let words = try range(of: "at night", in: "Too many falls at night.")
        try await other.suggest(
          plan, part: "problem", range: words, replacement: "near the toilets",
          why: "That is where.")
        try await subject.meet()
        let view = try #require(try await core.suggestions(plan).first)
        #expect(view.by?.id == subject.colleague && view.state == .open)
        #expect(view.suggestion.original == "at night" && view.suggestion.why == "That is where.")
        #expect(view.standing == .at(range: words))
        #expect(try await core.waitingAnswers(plan).suggestions == 1)
        let notTheirs = await error { try await other.acceptSuggestion(plan, view.place) }
        guard case .notAllowed = notTheirs else { return unexpected(notTheirs) }
        try await core.acceptSuggestion(plan, view.place)
        #expect(try await subject.problem(plan) == "Too many falls near the toilets.")
        try await subject.meet()
        let decided = try #require(try await other.suggestions(plan).first)
        #expect(decided.state == .accepted && decided.decidedAt != nil)
        #expect(try await core.project(plan).project.decisions.map(\.accepted) == [true])
        let twice = await error { try await core.rejectSuggestion(plan, view.place) }
        guard case .invalidInput(.edit, _, _) = twice else { return unexpected(twice) }
      },
      Behaviour("a suggestion is rejected, or taken back, and changes nothing") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.comment))
        let words = try range(of: "Too many", in: "Too many falls at night.")
        let same = await error {
          try await other.suggest(plan, part: "problem", range: words, replacement: "Too many")
        }
        guard case .invalidInput = same else { return unexpected(same) }
        for words in [words, words] {
          try await other.suggest(plan, part: "problem", range: words, replacement: "Nine")
        }
        try await subject.meet()
        let places = try await core.suggestions(plan).map(\.place)
        try await core.rejectSuggestion(plan, places[0])
        try await other.deleteComment(plan, id: places[1].id)
        try await subject.meet()
        let states = try await core.suggestions(plan).map(\.state)
        #expect(states == [.rejected, .withdrawn])
        #expect(try await subject.problem(plan) == "Too many falls at night.")
      },
      Behaviour("where the words are gone a suggestion cannot be accepted") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.comment))
        let words = try range(of: "at night", in: "Too many falls at night.")
        try await other.suggest(plan, part: "problem", range: words, replacement: "by day")
        try await subject.meet()
        try await core.editProject(
          plan, base: nil, edits: [.section(section: .problem, text: "Too many falls.")])
        let place = try #require(try await core.suggestions(plan).first?.place)
        let refused = await error { try await core.acceptSuggestion(plan, place) }
        guard case .invalidInput(.edit, _, _) = refused else { return unexpected(refused) }
      },
    ]
  }

  private static var inboxes: [Behaviour] {
    [
      Behaviour("what waits leaves when it was done, or seen") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.edit))
        let due = CalendarDate(Date(timeIntervalSinceNow: -3 * 24 * 60 * 60))
        let action = try await core.newItemId()
        let lamps = ProjectAction(text: "Order the lamps", due: due)
        try await core.editProject(plan, base: nil, edits: lamps.adding(action))
        try await core.commentAt(plan, part: "problem", body: "Is this enough?")
        let note = try await subject.reflect("It was busy.")
        try await core.shareReflection(note, with: subject.colleague)
        let request = try await core.requestSignOff(.project(id: plan), with: subject.colleague)
        try await subject.meet()
        #expect(
          try await subject.waiting(other) == [
            .signOffAsked, .copyShared, .commentUnanswered, .actionOverdue,
          ])
        let overdue = try await other.inbox().items.first { $0.kind == .actionOverdue }
        #expect(overdue?.document == plan && overdue?.leaves == .whenDone)
        let id = try #require(overdue?.id)
        let refused = await error { try await other.markInboxSeen(id) }
        guard case .notAllowed(_, let reason) = refused else { return unexpected(refused) }
        #expect(reason.contains("It leaves the inbox when it is done"), "\(reason)")

        let answer = SignOffAnswer(decision: .signed, role: .clinical, statement: "Good.")
        try await other.sign(request, answer: answer)
        try await subject.see(other, .copyShared)
        let thread = try #require(try await other.threads(plan).first)
        try await other.answerComment(plan, to: thread.place, body: "It is.")
        let done = ProjectEdit.action(id: action, edit: .doneAt(.now))
        try await other.editProject(plan, base: nil, edits: [done])
        #expect(try await subject.waiting(other).isEmpty)
        try await subject.meet()
        // That the plan was written in after it was signed, the text of a fake need not show.
        let hers = try await subject.waiting(core).filter { $0 != .signOffEnded }
        #expect(hers == [.commentAnswered, .signOffAnswered])
        for item in try await core.inbox().items { try await core.markInboxSeen(item.id) }
        #expect(try await subject.waiting(core).isEmpty)
      },
      Behaviour("an inbox goes on after a place") { subject in
        let days = [5, 10, 20].map {
          CalendarDate(Date(timeIntervalSinceNow: Double($0) * 24 * 60 * 60))
        }
        for day in days {
          try await subject.add(EvidenceDeadline(name: "\(day)", at: day).adding)
        }
        let all = try await subject.core.inbox()
        #expect(all.items.count == 3 && all.counts.byKind.map(\.kind) == [.deadline])
        let first = try #require(try await subject.core.inbox(limit: 1).items.first)
        let rest = try await subject.core.inbox(after: first.position, limit: 5)
        #expect(rest.items.map(\.id) == all.items.dropFirst().map(\.id))
        #expect(rest.counts.total == 3)
      },
      Behaviour("a supervisor nudges once, and sees whom they help along") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.comment))
        let own = await error { try await core.nudge(plan, why: "It is mine.") }
        guard case .notAllowed = own else { return unexpected(own) }
        #expect(try await other.ownNudge(plan) == nil)
        let first = try await other.nudge(plan, why: "Where are the numbers?")
        #expect(try await other.ownNudge(plan)?.waits == true)
        #expect(try await other.nudge(plan, why: "Where are the numbers?") == first)
        let again = await error { try await other.nudge(plan, anchor: "problem", why: "Here?") }
        guard case .notAllowed = again else { return unexpected(again) }
        try await subject.meet()
        #expect(try await subject.waiting(core) == [.nudge])
        try await subject.see(core, .nudge)
        #expect(try await subject.waiting(core).isEmpty)
        let cohort = try await other.cohort()
        #expect(cohort.flatMap(\.projects).map(\.id) == [plan])
        #expect(try await other.cohortCsv().contains("Falls on ward 7"))
        #expect(try await core.cohort().isEmpty)
      },
      Behaviour("a nudge waits until who is waited for writes herself") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.plan(.edit))
        _ = try await other.nudge(plan, why: "How far are the lamps?")
        let written = ProjectEdit.setting(setting: "Ward 7, by night")
        _ = try await other.editProject(plan, base: nil, edits: [written])
        try await subject.meet()
        #expect(try await subject.waiting(core) == [.nudge])
        let answered = ProjectEdit.setting(setting: "Ward 7, at night")
        _ = try await core.editProject(plan, base: nil, edits: [answered])
        #expect(try await subject.waiting(core).isEmpty)
      },
      Behaviour("who supervises is known from the placements") { subject in
        try await subject.meet()
        let (core, today) = (subject.core, CalendarDate(.now))
        let now = TrainingPlacement(
          organisation: "Willow Surgery", grade: "F1", start: today, end: today)
        let post = try await subject.add(now.adding)
        let before = TrainingPlacement(
          organisation: "Royal Infirmary", grade: "F1",
          start: CalendarDate(year: 2025, month: 8, day: 6),
          end: CalendarDate(year: 2025, month: 12, day: 2))
        let past = try await subject.add(before.adding)
        try await subject.add(
          PlacementSupervisor(placement: past, name: "Dr Lee", role: .clinical).adding)
        try await subject.add(
          PlacementSupervisor(
            placement: post, person: subject.colleague, role: .educational
          ).adding)
        let all = try await core.supervisors()
        #expect(all.map(\.supervision) == [.present, .past])
        #expect(all.map(\.person?.id) == [subject.colleague, nil])
        #expect(all.last?.note?.contains("Dr Lee was your clinical supervisor until") == true)
      },
    ]
  }

  private static var files: [Behaviour] {
    [
      Behaviour("what is no photograph and no PDF is not attached") { subject in
        let (core, note) = (subject.core, try await subject.reflect("The whiteboard."))
        for bytes in [Data(), Data("some words".utf8)] {
          let refused = await error {
            try await core.attach(bytes, name: "board.jpg", to: .document(note))
          }
          guard case .invalidInput(.attachment, _, _) = refused else {
            return unexpected(refused)
          }
        }
        #expect(try await core.attachments(.document(note)).isEmpty)
      },
      Behaviour("a photograph is attached, sent after the words, and taken away") { subject in
        let (core, note) = (subject.core, try await subject.reflect("The whiteboard."))
        let source = EvidenceSource.document(note)
        let photograph = try Data(contentsOf: photograph)
        let check = try await core.checkAttachment(photograph, name: "board.jpg")
        #expect(check.mediaType == .jpeg && check.bytesBefore == photograph.count)
        let file = try await core.attach(photograph, name: "board.jpg", to: source)
        #expect(file.kept == check)
        let there = try await core.attachments(source)
        #expect(there.map(\.id) == [file.id] && there.allSatisfy { $0.here && !$0.stored })
        #expect(try await core.openAttachment(source, id: file.id).count == check.bytes)
        #expect(try await core.fetchAttachment(source, id: file.id).count == check.bytes)
        let state = try await core.syncState()
        #expect(state.attachments == 1 && state.attachmentsStored == 0)
        try await core.sync()
        #expect(try await core.syncState().attachmentsStored == 1)
        #expect(try await core.attachments(source).map(\.stored) == [true])
        try await core.removeAttachment(source, id: file.id)
        #expect(try await core.attachments(source).isEmpty)
        let gone = await error { try await core.openAttachment(source, id: file.id) }
        guard case .notFound = gone else { return unexpected(gone) }
      },
    ]
  }
}

/// A photograph with a place and a camera in it, which nobody has to be able to see.
let photograph = Project.root.appending(
  path: "core/model/tests/golden/attachments/photograph.jpg")
