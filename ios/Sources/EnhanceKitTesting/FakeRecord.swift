import EnhanceKit
import Foundation

/// A personal record: every edit of it, and what it says after them.
struct FakeRecord {
  private(set) var edits: [RecordEdit] = []
  /// How often something was written, by which a page of paper knows that it is out of date.
  private(set) var changes = 0

  /// What it says. What was taken back is set aside with all that was written in it.
  var shown: PersonalRecord {
    let written = PersonalRecord().withItems(edits)
    let aside = aside(of: written)
    return written.withoutItems(Set(aside.map(\.id))).copy(takenBack: aside)
  }

  /// How far an activity has come. Of several completions the first counts.
  func progress(_ key: String) -> ActivityProgress {
    let begun = edits.compactMap { edit in
      if case .start(key, let at) = edit { at } else { nil }
    }
    let facts = shown.activitiesCompleted.map(\.completion).filter { $0.activity == key }
    let first = facts.min { $0.at < $1.at }
    return ActivityProgress(
      startedAt: begun.first, completedAt: first?.at,
      packVersion: first?.packVersion.map(PackVersion.init(rawValue:)))
  }

  /// Takes in edits that make sense, all of them or none.
  mutating func apply(_ new: [RecordEdit]) throws(CoreError) {
    var after = self
    after.edits += new
    try RecordRules(record: after.shown).check(new)
    try after.refuseUnknown(new)
    self = after
    changes += 1
  }

  private func refuseUnknown(_ new: [RecordEdit]) throws(CoreError) {
    let added = edits.compactMap { if case .add(_, let id) = $0 { id } else { nil } }
    for case (let noun, let id)? in new.map(\.item) where !added.contains(id) {
      throw .notFound(noun, id.rawValue)
    }
  }

  private func aside(of record: PersonalRecord) -> [TakenBackItem] {
    let texts = Dictionary(record.itemTexts.map { ($0.id, $0.texts) }) { $1 }
    return edits.reduce(into: []) { aside, edit in
      switch edit {
      case .takeBack(let noun, let id, let at):
        guard let texts = texts[id] else { return }
        let label = texts.first { !$0.isEmpty } ?? ""
        aside.removeAll { $0.id == id }
        aside.append(TakenBackItem(id: id, thing: TakenBack(noun: noun, label: label, at: at)))
      case .putBack(_, let id): aside.removeAll { $0.id == id }
      default: return
      }
    }
  }
}

/// What no record may say, in the words of the core.
struct RecordRules {
  /// With what is to be written.
  let record: PersonalRecord

  func check(_ edits: [RecordEdit]) throws(CoreError) {
    for edit in edits {
      if edit.isOfKeptSignOff {
        throw .notAllowed(
          "a sign-off that was read back says what its file says, and nobody writes it")
      }
      guard let (noun, id) = edit.item else { continue }
      guard Self.needs.keys.contains(noun) else {
        throw .unfit(.edit, "a personal record has no \(noun.words) to add")
      }
      switch edit {
      case .takeBack, .putBack: continue
      default: try check(noun, id)
      }
    }
  }

  /// What there is in a record, and what each of it needs.
  private static let needs: [Noun: String] = [
    .placement: "start and end", .supervisor: "placement", .wteChange: "placement and from and wte",
    .careerBreak: "from", .absence: "from and days", .learningSession: "start and minutes",
    .experience: "at", .patientJourney: "", .journeyStep: "journey", .pdpGoal: "",
    .certificate: "", .evidenceLink: "evidence and statement", .evidenceDeadline: "at",
    .moduleCompletion: "module and at", .activityCompletion: "activity and at",
    .debrief: "activity and at",
  ]

  private func check(_ noun: Noun, _ id: ItemId) throws(CoreError) {
    guard !record.takenBack.contains(where: { $0.id == id }) else { return }
    guard record.itemTexts.contains(where: { $0.id == id }) else {
      throw .unfit(.edit, "\(noun.oneOfThem) needs \(Self.needs[noun] ?? "") too")
    }
    switch noun {
    case .placement: try placement(id)
    case .supervisor: try supervisor(id)
    case .wteChange: try hours(id)
    case .careerBreak: try careerBreak(id)
    case .absence: try absence(id)
    case .learningSession: try session(id)
    case .experience: try experience(id)
    case .journeyStep: try step(id)
    case .pdpGoal: try said("what you want to be able to do", record.goals.of(id)?.goal.text)
    case .certificate: try certificate(id)
    case .evidenceLink: try evidence(id)
    case .evidenceDeadline:
      try said("what closes on that day", record.deadlines.of(id)?.deadline.name)
    case .debrief: try debrief(id)
    default: return
    }
  }

  private func placement(_ id: ItemId) throws(CoreError) {
    guard let one = record.placements.of(id)?.placement else { return }
    try said("the organisation of the placement", one.organisation)
    try inOrder(one.start, one.end)
    if let wte = one.wte { try withinFullTime(wte) }
    let shares = (one.split ?? []).map(\.share.amount)
    guard shares.isEmpty || abs(shares.reduce(0, +) - 1) < 0.000_001 else {
      throw .unfit(.value, "the shares of a placement add up to 1")
    }
  }

  private func supervisor(_ id: ItemId) throws(CoreError) {
    guard let one = record.supervisors.of(id)?.supervisor else { return }
    try known(.placement, "placement", one.placement, record.placements.map(\.id))
    if one.person == nil { try said("the name of the supervisor", one.name) }
  }

  private func hours(_ id: ItemId) throws(CoreError) {
    guard let one = record.wteChanges.of(id)?.change else { return }
    try known(.placement, "placement", one.placement, record.placements.map(\.id))
    try withinFullTime(one.wte)
    guard let placement = record.placements.of(one.placement)?.placement else { return }
    guard placement.days.contains(one.from) else {
      let days = "from \(placement.start) to \(placement.end)"
      throw .unfit(.edit, "the hours change on \(one.from), and the placement runs \(days)")
    }
  }

  private func careerBreak(_ id: ItemId) throws(CoreError) {
    guard let one = record.breaks.of(id)?.careerBreak else { return }
    try inOrder(one.from, one.to ?? one.from)
  }

  private func absence(_ id: ItemId) throws(CoreError) {
    guard let one = record.absences.of(id)?.absence else { return }
    let days = DaysInARow(from: one.from, to: one.to ?? one.from)
    try inOrder(days.from, days.to)
    let isWithin = one.days.amount >= 0.5 && one.days.amount <= Double(days.count)
    guard isWithin, one.days.fault == nil else {
      let most = "the \(days.count) from its first day to its last"
      throw .unfit(.edit, "\(one.days.said) days are not between half a day and \(most)")
    }
  }

  private func session(_ id: ItemId) throws(CoreError) {
    guard let one = record.sessions.of(id)?.session else { return }
    try said("what it was, as the title of the learning session", one.title, .title)
    guard one.minutes > 0 else { throw .unfit(.minutes, "it took at least a minute") }
    let online = one.online ?? 0
    guard online <= one.minutes else {
      let took = "the \(one.minutes.asTime) it took"
      throw .unfit(.minutes, "\(online.asTime) of it online are more than \(took)")
    }
  }

  private func debrief(_ id: ItemId) throws(CoreError) {
    guard let one = record.debriefs.of(id)?.debrief else { return }
    try inRange("confidence_before", one.confidenceBefore, 0...10)
    try inRange("confidence_after", one.confidenceAfter, 0...10)
  }

  private func experience(_ id: ItemId) throws(CoreError) {
    guard let one = record.experiences.of(id)?.experience else { return }
    try said("the host of the experience", one.host)
    if let placement = one.placement {
      try known(.placement, "placement", placement, record.placements.map(\.id))
    }
  }

  private func step(_ id: ItemId) throws(CoreError) {
    guard let one = record.steps.of(id)?.step else { return }
    try known(.patientJourney, "journey", one.journey, record.journeys.map(\.id))
  }

  private func certificate(_ id: ItemId) throws(CoreError) {
    guard let one = record.certificates.of(id)?.certificate else { return }
    try said("what the certificate is for", one.title)
    if let issued = one.issued, let expires = one.expires { try inOrder(issued, expires) }
  }

  private func evidence(_ id: ItemId) throws(CoreError) {
    guard let one = record.evidence.of(id)?.link else { return }
    try said("why it shows that", one.justification)
    if case .item(let item) = one.evidence {
      try known(.learningSession, "evidence", item, record.itemTexts.map(\.id))
    }
  }

  private func said(
    _ what: String, _ text: String?, _ field: InputField = .edit
  ) throws(CoreError) {
    if let text, text.allSatisfy(\.isWhitespace) { throw .unfit(field, "say \(what)") }
  }

  private func inOrder(_ start: CalendarDate, _ end: CalendarDate) throws(CoreError) {
    guard start <= end else {
      throw .unfit(.edit, "it cannot end on \(end), before it begins on \(start)")
    }
  }

  private func withinFullTime(_ wte: ObservedValue) throws(CoreError) {
    guard wte.fault == nil, wte.amount >= 0.2, wte.amount <= 1 else {
      throw .unfit(.edit, "whole-time equivalents go from 0.2 to 1, and \(wte.said) is outside")
    }
  }

  /// A thing that is named must be there; what was taken back still is.
  private func known(
    _ noun: Noun, _ of: String, _ id: ItemId, _ there: [ItemId]
  ) throws(CoreError) {
    guard !there.contains(id), !record.takenBack.contains(where: { $0.id == id }) else { return }
    throw .unknown(of, noun, id, "record")
  }
}

extension RecordEdit {
  /// Whether it writes what reading an export alone may write.
  fileprivate var isOfKeptSignOff: Bool {
    switch self {
    case .keptSignOff, .add(.keptSignOff, _): true
    default: false
    }
  }
}

extension Int {
  /// Minutes as people say them.
  fileprivate var asTime: String {
    if self < 60 { return "\(self) min" }
    return isMultiple(of: 60) ? "\(self / 60) h" : "\(self / 60) h \(self % 60) min"
  }
}

extension TrainingPlacement {
  var days: DaysInARow { DaysInARow(from: start, to: end) }
}

extension ObservedValue {
  /// As a number, which here need not be exact.
  var amount: Double {
    switch self {
    case .number(let thousandths): Double(thousandths) / 1000
    case .ratio(let numerator, let denominator): Double(numerator) / Double(denominator)
    }
  }
}

extension Array where Element: Identifiable {
  /// The one with this id.
  func of(_ id: Element.ID) -> Element? { first { $0.id == id } }
}
