import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

// What others do in a year of training: they answer, suggest, nudge, and see what waits for them.

extension TrainingYear {
  func aPhotographIsFetchedOnHerTablet(_ note: DocumentId) async throws {
    let (source, bytes) = (EvidenceSource.document(note), try Data(contentsOf: photograph))
    var file: AttachedFile?
    try await withoutASignal {
      file = try await ana.core.attach(bytes, name: "whiteboard.jpg", to: source)
      #expect(try await ana.core.attachments(source).map(\.here) == [true])
    }
    let kept = try #require(file)
    #expect(kept.kept.bytes < bytes.count && !kept.kept.removedInWords.isEmpty)
    let opened = try await ana.core.openAttachment(source, id: kept.id)
    try await meet()
    let state = try await ana.core.syncState()
    #expect(state.attachments == 1 && state.attachmentsStored == 1)

    let there = try #require(try await tablet.core.attachments(source).first)
    #expect(there.id == kept.id && !there.here && there.bytes == opened.count)
    let heard = Heard<SyncProgress>()
    let fetched = try await tablet.core.fetchAttachment(source, id: there.id) { heard.append($0) }
    #expect(fetched == opened && !heard.all.isEmpty)
    #expect(try await tablet.core.attachments(source).map(\.here) == [true])
    await world.server.stop()
    #expect(try await tablet.core.openAttachment(source, id: there.id) == opened)
    try await world.server.startAgain()
    let hidden = await error { try await ben.core.attachments(source) }
    guard case .notFound = hidden else { return unexpected(hidden) }
  }

  func aSimulationIsTalkedOver() async throws {
    let core = ana.core
    let activities = try await modules(core).flatMap(\.activities)
    let one = try #require(activities.first { $0.activity.debrief != nil })
    let (key, plan) = (one.activity.key, try #require(one.activity.debrief))
    let note = try await core.createReflection(template: plan.template, title: "In the film")
    let begun = DebriefAnswer(before: 3, after: nil, reflection: nil)
    let id = try await core.answerDebrief(key, answer: begun)
    let outside = DebriefAnswer(before: nil, after: 11, reflection: nil)
    let refused = await error { try await core.answerDebrief(key, answer: outside) }
    guard case .invalidInput = refused else { return unexpected(refused) }
    let ended = DebriefAnswer(before: nil, after: 7, reflection: note)
    #expect(try await core.answerDebrief(key, answer: ended) == id)
    try await meet()
    let seen = try await modules(tablet.core).flatMap(\.activities)
    let debriefs = try #require(seen.first { $0.activity.key == key }).debriefs
    #expect(debriefs.map(\.id) == [id])
    #expect(debriefs.map(\.debrief.confidenceBefore) == [3])
    #expect(debriefs.map(\.debrief.confidenceAfter) == [7])
    #expect(debriefs.map(\.debrief.evidence) == [.document(note)])
  }

  private func modules(_ core: LearningCore) async throws -> [ModuleView] {
    var views: [ModuleView] = []
    for module in try await core.modules() { views.append(try await core.module(module.key)) }
    return views
  }

  func benSuggestsAndSheAccepts() async throws -> DocumentId {
    let plan = try await ana.core.createProject(title: "Lamps on the ward")
    let text = "Too many falls at night."
    try await ana.core.write(text, in: .problem, of: plan)
    try await ana.core.addMember(plan, person: ben.person, right: .comment)
    try await meet()
    let words = TextRange(try #require(text.range(of: "at night")), in: text)
    try await withoutASignal {
      try await ben.core.suggest(
        plan, part: "problem", range: words, replacement: "near the toilets")
      try await ben.core.commentAt(
        plan, part: "problem", body: "How many in a month?",
        range: TextRange(try #require(text.range(of: "Too many")), in: text))
    }
    try await meet()
    try await ana.core.write("We saw it: \(text)", in: .problem, of: plan)
    let view = try #require(try await ana.core.suggestions(plan).first)
    #expect(view.by?.id == ben.person && view.suggestion.replacement == "near the toilets")
    try await ana.core.acceptSuggestion(plan, view.place)
    let thread = try #require(try await ana.core.threads(plan).first)
    #expect(thread.quote == "Too many" && thread.waits)
    try await ana.core.answerComment(plan, to: thread.place, body: "Four.")
    try await meet()
    let read = try await ben.core.section(.problem, of: plan)
    #expect(read == "We saw it: Too many falls near the toilets.")
    #expect(try await ben.core.suggestions(plan).map(\.state) == [.accepted])
    let answered = try #require(try await ben.core.threads(plan).first)
    #expect(answered.answers.map(\.body) == ["Four."])
    try await ben.core.resolveComment(plan, id: answered.place.id)
    try await meet()
    #expect(try await ana.core.threads(plan).map(\.resolvedBy?.id) == [ben.person])
    return plan
  }

  func caraSeesHerAndNudgesOnce(_ plan: DocumentId) async throws {
    let cara = try await world.person("fellow", "Cara Lind")
    try await EnhanceKitTests.meet(ana, cara)
    try await ana.core.addMember(plan, person: cara.person, right: .comment)
    try await EnhanceKitTests.meet(ana, cara)
    let trainees = try await cara.core.cohort()
    #expect(trainees.map(\.name) == ["Dr Ana Ruiz"])
    #expect(trainees.flatMap(\.projects).map(\.title) == ["Lamps on the ward"])
    let first = try await cara.core.nudge(plan, why: "Where are the numbers?")
    #expect(try await cara.core.nudge(plan, why: "Where are the numbers?") == first)
    let again = await error { try await cara.core.nudge(plan, anchor: "problem", why: "Now?") }
    guard case .notAllowed = again else { return unexpected(again) }
    try await EnhanceKitTests.meet(cara, ana)
    let waiting = try await ana.core.inbox().items.filter { $0.kind == .nudge }
    #expect(waiting.map(\.words) == ["Where are the numbers?"])
    #expect(waiting.flatMap(\.people).map(\.id) == [cara.person])
  }

  /// Each does what waits, or sees it; the tablet hears of what was done on the phone.
  func bothEmptyTheirInboxes() async throws {
    let supervisors = try await ana.core.supervisors()
    #expect(supervisors.map(\.person?.id) == [ben.person])
    let plan = try await ana.core.createProject(title: "A rota for lamps")
    try await ana.core.addMember(plan, person: ben.person, right: .comment)
    try await ana.core.comment(plan, body: "Whom do I ask?", anchor: "problem")
    let request = try await ana.core.requestSignOff(.project(id: plan), with: ben.person)
    try await meet()
    let kinds = Set(try await ben.core.inbox().items.map(\.kind))
    #expect(kinds.isSuperset(of: [.copyShared, .commentUnanswered, .signOffAsked]))
    try await withoutASignal { try await empty(ben) }
    try await meet()
    #expect(try await ana.core.signOffRequest(request).standing == .signed)
    let hers = Set(try await ana.core.inbox().items.map(\.kind))
    #expect(hers.isSuperset(of: [.commentAnswered, .signOffAnswered, .nudge]))
    try await empty(ana)
    try await meet()
    #expect(try await tablet.core.inboxCounts().total == 0)
    try await ana.core.delete(plan: plan)
    try await meet()
  }

  private func empty(_ phone: Phone) async throws {
    let core = phone.core
    for item in try await core.inbox().items {
      switch item.kind {
      case .signOffAsked:
        let answer = SignOffAnswer(decision: .signed, role: .educational, statement: "Go on.")
        try await core.sign(item.document, answer: answer)
      case .commentUnanswered:
        for thread in try await core.threads(item.document) where thread.waits {
          try await core.answerComment(item.document, to: thread.place, body: "The ward clerk.")
        }
      default:
        #expect(item.leaves == .whenSeen, "\(item.kind) is nothing that only is seen")
        try await core.markInboxSeen(item.id)
      }
    }
    let left = try await core.inbox()
    #expect(left.items.isEmpty && left.counts.total == 0, "\(left.items.map(\.kind))")
  }
}

extension LearningCore {
  /// Deletes a plan that others read.
  fileprivate func delete(plan: DocumentId) throws {
    try deleteForEverybody(plan)
  }
}
