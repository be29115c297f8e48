extension LearningCore {
  public func personalRecord() throws -> PersonalRecord {
    try ask { try $0.personalRecord() }
  }

  public func editRecord(_ edits: [RecordEdit]) throws {
    try ask { try $0.editRecord(edits: edits) }
  }

  public func checkJourneys(only: ItemId?) throws -> SharingCheck {
    try ask { try $0.checkJourneys(only: only) }
  }

  public func completeActivityWith(
    _ key: String, evidence: EvidenceSource?, reason: String
  ) throws {
    try ask { try $0.completeActivityWith(key: key, evidence: evidence, reason: reason) }
  }

  @discardableResult
  public func answerDebrief(_ activity: String, answer: DebriefAnswer) throws -> ItemId {
    try ask { try $0.answerDebrief(activity: activity, answer: answer) }
  }

  public func logOf(_ days: DaysInARow) throws -> LearningLog {
    try ask { try $0.logOf(from: days.from, to: days.to) }
  }

  public func trainingYear(_ day: CalendarDate) throws -> DaysInARow {
    try ask { try $0.trainingYear(day: day) }
  }

  public func coverage() throws -> Coverage {
    try ask { try $0.coverage() }
  }

  public func evidence() throws -> [EvidenceView] {
    try ask { try $0.evidence() }
  }

  public func warningsAbout(_ id: ItemId) throws -> [String] {
    try ask { try $0.warningsAbout(id: id) }
  }

  public func programmeMap() throws -> ProgrammeMap {
    try ask { try $0.programmeMap() }
  }

  public func deadlines() throws -> [DeadlineView] {
    try ask { try $0.deadlines() }
  }

  public func deadlineWarnings() throws -> [DeadlineWarning] {
    try ask { try $0.deadlineWarnings() }
  }

  public func certificates() throws -> [CertificateView] {
    try ask { try $0.certificates() }
  }
}
