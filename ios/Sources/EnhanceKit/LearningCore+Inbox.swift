extension LearningCore {
  public func inbox(after: InboxPosition?, limit: Int) throws -> Inbox {
    try ask { try $0.inbox(after: after, limit: limit) }
  }

  public func inboxCounts() throws -> InboxCounts {
    try ask { try $0.inboxCounts() }
  }

  public func markInboxSeen(_ item: ItemId) throws {
    try ask { try $0.markInboxSeen(item: item) }
  }

  public func cohort() throws -> [CohortTrainee] {
    try ask { try $0.cohort() }
  }

  public func cohortCsv() throws -> String {
    try ask { try $0.cohortCsv() }
  }

  @discardableResult
  public func nudge(_ project: DocumentId, anchor: String, why: String) throws -> ItemId {
    try ask { try $0.nudge(project: project, anchor: anchor, why: why) }
  }

  public func ownNudge(_ document: DocumentId) throws -> OwnNudge? {
    try ask { try $0.ownNudge(document: document) }
  }

  public func checkBeforeNudge(_ document: DocumentId, why: String) throws -> SharingCheck {
    try ask { try $0.checkBeforeNudge(document: document, why: why) }
  }

  @discardableResult
  public func nudgeAcknowledged(
    _ document: DocumentId, anchor: String, why: String, acknowledged: Sha256
  ) throws -> ItemId {
    try ask {
      try $0.nudgeAcknowledged(
        document: document, anchor: anchor, why: why, acknowledged: acknowledged)
    }
  }

  public func supervisors() throws -> [SupervisorView] {
    try ask { try $0.supervisors() }
  }
}
