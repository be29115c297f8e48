import EnhanceKit
import Foundation

// MARK: A person's own record

extension FakeLearningCore {
  public func personalRecord() throws -> PersonalRecord {
    try ask { shelf throws(CoreError) in shelf.record.shown }
  }

  public func editRecord(_ edits: [RecordEdit]) throws {
    try ask { shelf throws(CoreError) in try shelf.editRecord(edits) }
  }

  public func checkJourneys(only: ItemId?) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.checkJourneys(only) }
  }

  public func startActivity(_ key: String) throws {
    try ask { shelf throws(CoreError) in try shelf.start(key) }
  }

  public func completeActivity(_ key: String) throws {
    try completeActivityWith(key, evidence: nil, reason: "")
  }

  public func completeActivityWith(
    _ key: String, evidence: EvidenceSource?, reason: String
  ) throws {
    try ask { shelf throws(CoreError) in
      try shelf.complete(key, evidence: evidence, reason: reason)
    }
  }

  @discardableResult
  public func answerDebrief(_ activity: String, answer: DebriefAnswer) throws -> ItemId {
    try ask { shelf throws(CoreError) in try shelf.answerDebrief(activity, answer) }
  }

  @discardableResult
  public func addSession(_ session: NewSession) throws -> ItemId {
    try ask { shelf throws(CoreError) in try shelf.add(session) }
  }

  public func removeSession(_ id: ItemId) throws {
    try ask { shelf throws(CoreError) in try shelf.removeSession(id) }
  }

  public func learningLog() throws -> LearningLog {
    try ask { shelf throws(CoreError) in
      try shelf.log(shelf.record.shown.trainingYear(shelf.today))
    }
  }

  /// What is asked for, once there is a programme, is what the foundation programme asked for in
  /// 2026. What is for one specialty has no limit of its own here.
  public func logOf(_ days: DaysInARow) throws -> LearningLog {
    try ask { shelf throws(CoreError) in try shelf.log(days) }
  }

  public func trainingYear(_ day: CalendarDate) throws -> DaysInARow {
    try ask { shelf throws(CoreError) in
      _ = try shelf.me()
      try refuseOtherYear(day, .date)
      try shelf.refuseStrange(day)
      return shelf.record.shown.trainingYear(day)
    }
  }

  public func coverage() throws -> Coverage {
    try ask { shelf throws(CoreError) in
      shelf.record.shown.coverage(shelf.programme, shelf.standing)
    }
  }

  public func evidence() throws -> [EvidenceView] {
    try ask { shelf throws(CoreError) in try shelf.evidence() }
  }

  /// Of what the core tells, what concerns evidence and deadlines.
  public func warningsAbout(_ id: ItemId) throws -> [String] {
    try ask { shelf throws(CoreError) in try shelf.warnings(about: id) }
  }

  public func programmeMap() throws -> ProgrammeMap {
    try ask { shelf throws(CoreError) in shelf.programmeMap() }
  }

  public func deadlines() throws -> [DeadlineView] {
    try ask { shelf throws(CoreError) in shelf.record.shown.deadlines(on: shelf.today) }
  }

  public func deadlineWarnings() throws -> [DeadlineWarning] {
    try ask { shelf throws(CoreError) in shelf.record.shown.warnings(from: shelf.today) }
  }

  public func certificates() throws -> [CertificateView] {
    try ask { shelf throws(CoreError) in shelf.record.shown.certificates(on: shelf.today) }
  }
}
