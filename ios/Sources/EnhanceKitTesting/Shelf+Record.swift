import EnhanceKit
import Foundation

// MARK: A person's own record

extension Shelf {
  /// The day it is, in which the log, deadlines and certificates are counted.
  var today: CalendarDate { CalendarDate(inLondon: clock()) }

  /// Writes what somebody notes now, and which modules are complete with it.
  mutating func editRecord(_ edits: [RecordEdit]) throws(CoreError) {
    _ = try me()
    var after = record
    try after.apply(edits)
    try refuseStrange(edits)
    for edit in edits { try refuseUnmeant(edit, now: clock()) }
    try refuseEvidence(edits, after.shown)
    try refuseVersions(edits)
    try refuseUnknownKeys(edits, after.shown)
    let more = try completed(edits, after.shown)
    for edit in edits { try refuseLong(edit.written, isShort: edit.isShort) }
    try writeRecord(edits + more)
  }

  /// Writes what was in a record before, and which modules are complete with it: that is noted once,
  /// when it comes about.
  mutating func writeRecord(_ edits: [RecordEdit]) throws(CoreError) {
    var after = record
    try after.apply(edits)
    for module in programme?.modules ?? []
    where !record.shown.satisfies(module) && after.shown.satisfies(module) {
      guard after.shown.completed(module.key) == nil else { continue }
      let fact = ModuleCompletion(module: module.key, at: clock(), packVersion: Self.packVersion)
      try after.apply(fact.adding(ItemId(rawValue: memory.fresh("item"))))
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
    let fact = ActivityCompletion(
      activity: key, at: clock(), packVersion: Self.packVersion, evidence: evidence,
      reason: reason)
    try editRecord(fact.adding(ItemId(rawValue: memory.fresh("item"))))
  }

  /// Adds to a completion what was not said of it when it was noted. What was said stands.
  private mutating func showCompleted(
    _ id: ItemId, _ before: ActivityCompletion, _ evidence: EvidenceSource?, _ reason: String
  ) throws(CoreError) {
    let hasOther = evidence != nil && before.evidence != nil && evidence != before.evidence
    let isSaid = !reason.isBlank && reason != before.reason
    if hasOther || isSaid && !before.reason.isBlank {
      let why = "was completed already, and what shows it stands; correct that"
      throw .unfit(.edit, "\(before.activity) \(why)")
    }
    let fact = ActivityCompletion(
      activity: before.activity, at: before.at, packVersion: before.packVersion,
      evidence: before.evidence ?? evidence, reason: isSaid ? reason : before.reason)
    if fact != before { try editRecord(fact.adding(id)) }
  }

  /// What is said of the debrief that is open, or of a new one if the last has been ended by saying
  /// how sure one was after it.
  mutating func answerDebrief(
    _ key: String, _ answer: DebriefAnswer
  ) throws(CoreError) -> ItemId {
    try talkedOver(key)
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
    guard days.from <= days.to else { throw .backwards(days) }
    try days.mustBeCountable()
    return record.shown.log(days, asks: programme != nil, today: today)
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

extension DaysInARow {
  /// Nobody trains for longer, and what is counted year by year has an end.
  private static let mostYears = 60

  /// Refuses more years than are counted, and those that nobody means.
  func mustBeCountable() throws(CoreError) {
    for day in [from, to] { try refuseOtherYear(day, .date) }
    let end = CalendarDate(year: from.year + Self.mostYears, month: from.month, day: from.day)
    guard end > to else {
      throw .unfit(.date, "\(from)..\(to) is longer than \(Self.mostYears) years; ask for fewer")
    }
  }
}

extension CoreError {
  static func backwards(_ days: DaysInARow) -> CoreError {
    .unfit(.date, "a period cannot end on \(days.to), before it begins on \(days.from)")
  }
}
