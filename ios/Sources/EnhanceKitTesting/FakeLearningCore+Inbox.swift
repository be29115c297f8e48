import EnhanceKit
import Foundation

// MARK: What waits, whom a person helps along, and who helps them

extension FakeLearningCore {
  /// All kinds but measures without a value are found.
  public func inbox(after: InboxPosition?, limit: Int) throws -> Inbox {
    try ask { shelf throws(CoreError) in try shelf.inbox(after: after, limit: limit) }
  }

  public func inboxCounts() throws -> InboxCounts {
    try ask { shelf throws(CoreError) in shelf.counts(try shelf.waiting()) }
  }

  public func markInboxSeen(_ item: ItemId) throws {
    try ask { shelf throws(CoreError) in try shelf.markInboxSeen(item) }
  }

  public func cohort() throws -> [CohortTrainee] {
    try ask { shelf throws(CoreError) in try shelf.cohort() }
  }

  public func cohortCsv() throws -> String {
    try ask { shelf throws(CoreError) in
      let lines = try shelf.cohort().flatMap { trainee in
        trainee.projects.map { "\"\(trainee.name)\",\"\($0.title)\",\"\($0.status)\"\r\n" }
      }
      return "\"name\",\"title\",\"status\"\r\n" + lines.joined()
    }
  }

  @discardableResult
  public func nudge(_ project: DocumentId, anchor: String, why: String) throws -> ItemId {
    try ask { shelf throws(CoreError) in
      try shelf.nudge(project, anchor: anchor, why: why)
    }
  }

  public func ownNudge(_ document: DocumentId) throws -> OwnNudge? {
    try ask { shelf throws(CoreError) in try shelf.ownNudge(document) }
  }

  public func checkBeforeNudge(_ document: DocumentId, why: String) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.checkNudge(document, why) }
  }

  @discardableResult
  public func nudgeAcknowledged(
    _ document: DocumentId, anchor: String, why: String, acknowledged: Sha256
  ) throws -> ItemId {
    try ask { shelf throws(CoreError) in
      try shelf.nudge(document, anchor: anchor, why: why, acknowledged)
    }
  }

  public func supervisors() throws -> [SupervisorView] {
    try ask { shelf throws(CoreError) in shelf.supervisors() }
  }
}
