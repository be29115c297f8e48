import EnhanceKit
import Foundation

// What is asked of what somebody notes now, beside whether it makes sense in the record. What was
// written before, or is read back from an export, is taken as it is.

/// Minutes of one stretch of learning: nobody learns for longer than a day without a break.
private let stretch = 1...24 * 60

/// Refuses numbers that nobody means, and days and moments ahead of what is said to have been.
func refuseUnmeant(_ edit: RecordEdit, now: Date) throws(CoreError) {
  switch edit {
  case .start(_, let at): try refuseAhead(.activity, at, now)
  case .learningSession(_, .start(let at)): try refuseAhead(.learningSession, at, now, .start)
  case .learningSession(_, .minutes(let number)):
    try inRange("minutes", number, stretch, .minutes)
  case .learningSession(_, .online(let number)):
    try inRange("online", number, 0...stretch.upperBound, .minutes)
  case .experience(_, .at(let day)): try refuseAhead(.experience, day, now)
  case .experience(_, .minutes(let number)): try inRange("minutes", number, stretch, .minutes)
  case .certificate(_, .issued(let day?)): try refuseAhead(.certificate, day, now)
  case .journeyStep(_, .place(let number)): try inRange("place", number, 1...1_000)
  case .journeyStep(_, .gap(let number)): try inRange("gap", number, 0...45_000)
  case .moduleCompletion(_, .at(let at)): try refuseAhead(.moduleCompletion, at, now)
  case .moduleCompletion(_, .minutes(let number)):
    try inRange("minutes", number, 0...60_000, .minutes)
  case .activityCompletion(_, .at(let at)): try refuseAhead(.activityCompletion, at, now)
  case .debrief(_, .at(let at)): try refuseAhead(.debrief, at, now)
  default: return
  }
}

private func refuseAhead(
  _ noun: Noun, _ at: Date, _ now: Date, _ field: InputField = .edit
) throws(CoreError) {
  guard at > now else { return }
  throw .ahead(noun, at.formatted(.iso8601), field)
}

private func refuseAhead(_ noun: Noun, _ day: CalendarDate, _ now: Date) throws(CoreError) {
  guard day.isAhead(of: now) else { return }
  throw .ahead(noun, "\(day)", .edit)
}

extension CoreError {
  fileprivate static func ahead(_ noun: Noun, _ at: String, _ field: InputField) -> CoreError {
    .unfit(field, "\(at) lies in the future, and \(noun.oneOfThem) is noted once it was")
  }
}

extension RecordEdit {
  /// What it gives as evidence: for a statement, of a completion, as what a debrief says.
  fileprivate var evidence: EvidenceSource? {
    switch self {
    case .evidenceLink(_, .evidence(let source)): source
    case .activityCompletion(_, .evidence(let source)): source
    case .moduleCompletion(_, .evidence(let source)): source
    case .debrief(_, .evidence(let source)): source
    default: nil
    }
  }

  /// Whether it makes a completion, or changes what is asked of one. Whoever corrects the day of one
  /// of before is asked for nothing.
  fileprivate var isOfCompletion: Bool {
    switch self {
    case .add(.activityCompletion, _), .add(.moduleCompletion, _): true
    case .activityCompletion(_, .at), .activityCompletion(_, .packVersion): false
    case .moduleCompletion(_, .at), .moduleCompletion(_, .packVersion),
      .moduleCompletion(_, .minutes):
      false
    case .activityCompletion, .moduleCompletion: true
    default: false
    }
  }
}

extension Shelf {
  /// The version of the programme that the fakes have.
  static let packVersion = 1

  /// Refuses to give as evidence what was deleted, or what the record never had.
  func refuseEvidence(_ edits: [RecordEdit], _ after: PersonalRecord) throws(CoreError) {
    for source in edits.compactMap(\.evidence) {
      switch source {
      case .document(let id):
        if let noun = memory.deleted[id] { throw .deleted(noun, id) }
      case .item(let id):
        let there = after.itemTexts.map(\.id) + after.takenBack.map(\.id)
        guard there.contains(id) else {
          throw .unknown("evidence", .learningSession, id, "record")
        }
      }
    }
  }

  /// Refuses a version of the programme that nobody has seen here, and one of a statement beside it.
  func refuseVersions(_ edits: [RecordEdit]) throws(CoreError) {
    let stated = edits.compactMap { edit in
      if case .evidenceLink(let id, .statement) = edit { id } else { nil }
    }
    for edit in edits {
      switch edit {
      case .evidenceLink(let id, .said), .evidenceLink(let id, .version):
        guard stated.contains(id) else {
          throw .unfit(
            .edit,
            "what a statement says is kept with it, and so is the version; set the statement anew")
        }
      case .activityCompletion(_, .packVersion(let version?)),
        .moduleCompletion(_, .packVersion(let version?)):
        guard programme == nil || version != Self.packVersion else { continue }
        let newest =
          programme == nil ? "none is here yet" : "the newest here is \(Self.packVersion)"
        let unknown = "no version \(version) of the programme's content is known"
        throw .unfit(.edit, "\(unknown): \(newest)")
      default: continue
      }
    }
  }

  /// Refuses completions that lack what the programme asks for, however they are noted. Returns what
  /// is written with them.
  func completed(
    _ edits: [RecordEdit], _ after: PersonalRecord
  ) throws(CoreError) -> [RecordEdit] {
    guard programme != nil else { return [] }
    let asked = Set(edits.filter(\.isOfCompletion).compactMap { $0.item?.id })
    for one in after.modulesCompleted where asked.contains(one.id) {
      try refuseUnshown(one.completion, after)
    }
    var more: [RecordEdit] = []
    for one in after.activitiesCompleted where asked.contains(one.id) {
      guard let written = try shown(one.completion, after) else { continue }
      more.append(.activityCompletion(id: one.id, edit: .evidence(written)))
    }
    return more
  }

  /// An activity shows what it asks for, or why there is nothing; what its debrief was written in
  /// shows it too, and is written then.
  private func shown(
    _ fact: ActivityCompletion, _ after: PersonalRecord
  ) throws(CoreError) -> EvidenceSource? {
    let asks = try activity(fact.activity).0.evidence
    if asks == .none { return nil }
    if case .document = fact.evidence { return nil }
    let debriefs = after.debriefs.map(\.debrief).filter { $0.activity == fact.activity }
    let written = debriefs.max { $0.at < $1.at }?.evidence
    if let written, fact.evidence == nil { return written }
    guard fact.reason.isBlank else { return nil }
    let asked = asks == .signoff ? "a sign-off" : "a reflection"
    throw .unfit(
      .evidence, "\(fact.activity) asks for \(asked): name it, or say why there is none")
  }

  private func refuseUnshown(
    _ fact: ModuleCompletion, _ after: PersonalRecord
  ) throws(CoreError) {
    guard let module = try installed().modules.first(where: { $0.key == fact.module }) else {
      throw .notFound(.module, fact.module)
    }
    for key in fact.activities.split(separator: " ") { _ = try activity(String(key)) }
    let isShown = fact.evidence != nil || !fact.reason.isBlank
    guard !isShown, !after.satisfies(module) else { return }
    let why =
      "asks for more than the record has: name what shows that it is complete, "
      + "or say why there is nothing"
    throw .unfit(.evidence, "\(fact.module) \(why)")
  }
}

extension PersonalRecord {
  /// Whether it has all that a module asks for: its minutes, and each required activity.
  func satisfies(_ module: ProgrammeModule) -> Bool {
    let done = Set(activitiesCompleted.map(\.completion.activity))
    return minutes(on: module.key) >= module.minMinutes
      && module.activities.filter(\.required).allSatisfy { done.contains($0.key) }
  }
}
