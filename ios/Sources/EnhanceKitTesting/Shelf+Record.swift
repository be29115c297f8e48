import EnhanceKit
import Foundation

// MARK: A person's own record

extension Shelf {
  /// The day it is, in which the log, deadlines and certificates are counted.
  var today: CalendarDate { CalendarDate(inLondon: clock()) }

  mutating func editRecord(_ edits: [RecordEdit]) throws(CoreError) {
    _ = try me()
    try refuseStrange(edits)
    var after = record
    try after.apply(edits, at: clock())
    try refuseUnshown(edits, after)
    for module in programme?.modules ?? []
    where !record.satisfies(module) && after.satisfies(module) {
      guard after.shown.completed(module.key) == nil else { continue }
      let fact = ModuleCompletion(module: module.key, at: clock())
      try after.apply(fact.adding(ItemId(rawValue: memory.fresh("item"))), at: clock())
    }
    record = after
    note(.documents)
  }

  mutating func start(_ key: String) throws(CoreError) {
    _ = try activity(key)
    try editRecord([.start(activity: key, at: clock())])
  }

  mutating func complete(
    _ key: String, evidence: EvidenceSource?, reason: String
  ) throws(CoreError) {
    _ = try activity(key)
    let noted = record.shown.activitiesCompleted.filter { $0.completion.activity == key }
    if let first = noted.min(by: { $0.completion.at < $1.completion.at }) {
      return try showCompleted(first.id, first.completion, evidence, reason)
    }
    let fact = ActivityCompletion(activity: key, at: clock(), evidence: evidence, reason: reason)
    try editRecord(fact.adding(ItemId(rawValue: memory.fresh("item"))))
  }

  /// Refuses keys that the programme does not have, and completions that lack what it asks for,
  /// however they are noted.
  private func refuseUnshown(
    _ edits: [RecordEdit], _ after: FakeRecord
  ) throws(CoreError) {
    guard let modules = programme?.modules else { return }
    for case .learningSession(_, let edit) in edits {
      if case .activity(let key?) = edit { _ = try activity(key) }
      if case .module(let key?) = edit, !modules.contains(where: { $0.key == key }) {
        throw .notFound(.module, key)
      }
    }
    let added = Set(edits.compactMap { if case .add(_, let id) = $0 { id } else { nil } })
    for one in after.shown.activitiesCompleted where added.contains(one.id) {
      let fact = one.completion
      let asks = try activity(fact.activity).0.evidence
      if asks != .none, fact.evidence == nil, fact.reason.allSatisfy(\.isWhitespace) {
        let asked = asks == .signoff ? "a sign-off" : "a reflection"
        let why = "asks for \(asked): name it, or say why there is none"
        throw .unfit(.evidence, "\(fact.activity) \(why)")
      }
    }
    for one in after.shown.modulesCompleted where added.contains(one.id) {
      let fact = one.completion
      guard let module = modules.first(where: { $0.key == fact.module }) else {
        throw .notFound(.module, fact.module)
      }
      let isShown = fact.evidence != nil || !fact.reason.allSatisfy(\.isWhitespace)
      guard isShown || after.satisfies(module) else {
        let why =
          "asks for more than the record has: name what shows that it is complete, "
          + "or say why there is nothing"
        throw .unfit(.evidence, "\(fact.module) \(why)")
      }
    }
  }

  /// Adds to a completion what was not said of it when it was noted. What was said stands.
  private mutating func showCompleted(
    _ id: ItemId, _ before: ActivityCompletion, _ evidence: EvidenceSource?, _ reason: String
  ) throws(CoreError) {
    let hasOther = evidence != nil && before.evidence != nil && evidence != before.evidence
    let isSaid = !reason.allSatisfy(\.isWhitespace) && reason != before.reason
    if hasOther || isSaid && !before.reason.allSatisfy(\.isWhitespace) {
      let why = "was completed already, and what shows it stands; correct that"
      throw .unfit(.edit, "\(before.activity) \(why)")
    }
    let fact = ActivityCompletion(
      activity: before.activity, at: before.at, evidence: before.evidence ?? evidence,
      reason: isSaid ? reason : before.reason)
    if fact != before { try editRecord(fact.adding(id)) }
  }

  /// What is said of the debrief that is open, or of a new one if the last has been ended by saying
  /// how sure one was after it.
  mutating func answerDebrief(
    _ key: String, _ answer: DebriefAnswer
  ) throws(CoreError) -> ItemId {
    guard try activity(key).0.debrief != nil else {
      throw .unfit(.edit, "\(key) is nothing that is talked over: it has no debrief")
    }
    guard answer.before != nil || answer.after != nil || answer.reflection != nil else {
      throw .unfit(.edit, "say how sure you are, from 0 to 10, or name the reflection")
    }
    if let reflection = answer.reflection { _ = try document(reflection, .reflection) }
    let last = record.shown.debriefs.last { $0.debrief.activity == key }
    let goesOn = answer.before == nil || last?.debrief.confidenceAfter == nil
    let open = goesOn ? last : nil
    let id = open?.id ?? ItemId(rawValue: memory.fresh("item"))
    let evidence = answer.reflection.map { EvidenceSource.document($0) }
    let said = Debrief(
      activity: key, at: open?.debrief.at ?? clock(),
      confidenceBefore: answer.before ?? open?.debrief.confidenceBefore,
      confidenceAfter: answer.after ?? open?.debrief.confidenceAfter,
      evidence: evidence ?? open?.debrief.evidence)
    try editRecord(said.adding(id))
    return id
  }

  mutating func add(_ new: NewSession) throws(CoreError) -> ItemId {
    let session = LearningSession(
      title: new.title, activity: new.activity, module: try module(of: new), start: new.start,
      minutes: new.minutes, kind: new.kind)
    let id = ItemId(rawValue: memory.fresh("session"))
    try editRecord(session.adding(id))
    return id
  }

  mutating func removeSession(_ id: ItemId) throws(CoreError) {
    try editRecord([.takeBack(noun: .learningSession, id: id, at: clock())])
  }

  func log(_ days: DaysInARow) throws(CoreError) -> LearningLog {
    _ = try me()
    try refuseStrange(days)
    guard days.from <= days.to else { throw .backwards(days) }
    return record.shown.log(days, asks: programme != nil)
  }

  /// The programme by module, and by the training years in which there is something.
  func programmeMap() -> ProgrammeMap {
    let shown = record.shown
    let facts =
      shown.activitiesCompleted.map(\.completion.at) + shown.modulesCompleted.map(\.completion.at)
    let posts = shown.placements.map(\.placement.start).filter { $0 <= today }
    let days = shown.sessions.map(\.day) + facts.map { CalendarDate(inLondon: $0) } + posts
    let years = (days + [today]).sorted().map(shown.trainingYear).once
    let rows = (programme?.modules ?? []).map { row($0, years, shown) }
    return ProgrammeMap(years: years, modules: rows)
  }

  private func row(
    _ module: ProgrammeModule, _ years: [DaysInARow], _ shown: PersonalRecord
  ) -> ModuleRow {
    let completedAt = shown.completed(module.key)
    let of = { (year: DaysInARow) in
      let isIn = { (at: Date?) in at.map { year.contains(CalendarDate(inLondon: $0)) } ?? false }
      return ModuleYear(
        minutes: shown.minutes(on: module.key, in: year),
        activitiesDone: module.activities.filter { isIn(record.progress($0.key).completedAt) }
          .count,
        completed: isIn(completedAt))
    }
    return ModuleRow(
      key: module.key, title: module.title, minMinutes: module.minMinutes,
      completedAt: completedAt, years: years.map(of),
      outcomes: shown.coverage(module.outcomes.map { .outcome($0.key) }, standing))
  }

  private func activity(
    _ key: String
  ) throws(CoreError) -> (LearningActivity, ProgrammeModule) {
    for module in try installed().modules {
      if let found = module.activities.first(where: { $0.key == key }) { return (found, module) }
    }
    throw .notFound(.activity, key)
  }

  /// The module that time counts towards: the one named, or that of the activity.
  private func module(of new: NewSession) throws(CoreError) -> String? {
    if let key = new.module {
      guard try installed().modules.contains(where: { $0.key == key }) else {
        throw .notFound(.module, key)
      }
      return key
    }
    guard let key = new.activity else { return nil }
    return try activity(key).1.key
  }
}

extension CoreError {
  static func backwards(_ days: DaysInARow) -> CoreError {
    .unfit(.date, "a period cannot end on \(days.to), before it begins on \(days.from)")
  }
}
